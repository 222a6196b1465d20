//! What is logged while a test runs in its thread.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::Once;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    static HEARD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// All events of all crates in this thread, as text, until it is dropped.
pub(crate) struct Log(());

impl Log {
    /// Begins to listen. The subscriber is the whole program's: one for a thread alone misses what another thread met first.
    pub(crate) fn listen() -> Self {
        static INSTALLED: Once = Once::new();
        INSTALLED
            .call_once(|| tracing::subscriber::set_global_default(Listener).expect("the first"));
        HEARD.set(Some(String::new()));
        Self(())
    }

    pub(crate) fn text(&self) -> String {
        HEARD.with_borrow(|heard| heard.clone().expect("a listener"))
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        HEARD.set(None);
    }
}

struct Listener;

struct Written<'a>(&'a mut String);

impl Visit for Written<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").expect("a text");
    }
}

fn hear(write: impl FnOnce(&mut Written<'_>)) {
    HEARD.with_borrow_mut(|heard| {
        if let Some(text) = heard {
            write(&mut Written(text));
            text.push('\n');
        }
    });
}

impl Subscriber for Listener {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        HEARD.with_borrow(Option::is_some)
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        hear(|text| span.record(text));
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        hear(|text| values.record(text));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        hear(|text| event.record(text));
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
