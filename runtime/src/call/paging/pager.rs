//! Which page comes next, and whether any does. Nothing here depends on the reply's type.

use super::page::Page;
use crate::call::options::Options;
use crate::call::prepare::{Answered, Described};
use crate::client::Client;
use crate::error::{CallName, Error, ErrorKind, Outcome, Report};
use crate::operation::Operation;
use crate::paging::{PagedBy, Paging};
use crate::read::items_of;
use crate::value::{Object, Value, View, digest};
use crate::verify::Read;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::collections::BTreeSet;

type Exchange<'a> = Pin<Box<dyn Future<Output = Result<Answered<'a>, Error>> + Send + 'a>>;

/// The calls of one list.
pub(super) struct Pager<'a> {
    client: &'a Client,
    operation: &'static Operation,
    variables: Vec<&'a str>,
    request: Option<&'a dyn Object>,
    options: Options,
    next: Next,
    exchange: Option<Exchange<'a>>,
    /// How many items stand before the end of what came, counted from the list's beginning as far as that is known.
    before: i64,
    /// Whether `before` is known: where the list is read from a later page on, nobody may know how long the pages before it are.
    counted: bool,
    /// What stood on the page that came last. Its bytes do not tell: the request may be echoed in them, and fields be encrypted anew.
    last: Option<u64>,
    tokens: BTreeSet<String>,
}

/// What is asked for next.
enum Next {
    /// The page that the request asks for.
    First,
    /// The page at this offset, or of this number.
    Number(i64),
    /// The page of this token.
    Token(String),
    /// An error, and then nothing.
    Fault(String),
    /// Nothing.
    End,
}

/// What is to be done with a page.
pub(super) enum Arrival {
    /// It is one of the list.
    Page,
    /// It is none: the list ended before it.
    PastTheEnd,
}

impl<'a> Pager<'a> {
    #[inline]
    pub(super) fn new(
        client: &'a Client,
        operation: &'static Operation,
        variables: Vec<&'a str>,
        request: Option<&'a dyn Object>,
        options: Options,
    ) -> Self {
        Self {
            client,
            operation,
            variables,
            request,
            options,
            next: Next::First,
            exchange: None,
            before: 0,
            counted: true,
            last: None,
            tokens: BTreeSet::new(),
        }
    }

    /// The operation, to be shown.
    #[inline]
    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The next page's reply; `None` after the last.
    #[inline]
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Answered<'a>, Error>>> {
        let mut exchange = match self.exchange.take() {
            Some(exchange) => exchange,
            None => match self.begin() {
                Ok(Some(exchange)) => exchange,
                Ok(None) => return Poll::Ready(None),
                Err(error) => {
                    self.next = Next::End;
                    return Poll::Ready(Some(Err(error)));
                }
            },
        };
        let Poll::Ready(answered) = exchange.as_mut().poll(context) else {
            self.exchange = Some(exchange);
            return Poll::Pending;
        };
        if answered.is_err() {
            self.next = Next::End;
        }
        Poll::Ready(Some(answered))
    }

    /// Waits for a page's encrypted fields, which a key elsewhere opens, before the page is given again.
    #[inline]
    pub(super) fn open(&mut self, opening: Exchange<'a>) {
        self.exchange = Some(opening);
    }

    /// Whether nothing comes any more.
    #[cfg(feature = "blocking")]
    #[inline]
    pub(super) fn has_ended(&self) -> bool {
        self.exchange.is_none() && matches!(self.next, Next::End)
    }

    /// Ends the list: what came could not be read.
    #[inline]
    pub(super) fn end(&mut self) {
        self.next = Next::End;
    }

    #[inline]
    fn begin(&mut self) -> Result<Option<Exchange<'a>>, Error> {
        let (Some(paging), Some(request)) = (self.operation.paging, self.request) else {
            if matches!(self.next, Next::End) {
                return Ok(None);
            }
            let text = "the description does not say how this list is paged";
            return Err(self.error(ErrorKind::Configuration, Outcome::NotSent, text));
        };
        let value: Option<Box<dyn Value>> = match &self.next {
            Next::End => return Ok(None),
            Next::Fault(text) => {
                return Err(self.error(ErrorKind::Paging, Outcome::Answered, text));
            }
            Next::First => None,
            Next::Number(number) => Some(Box::new(*number)),
            Next::Token(token) => Some(Box::new(token.clone())),
        };
        let replaced = match value {
            None => {
                self.start(paging, request);
                None
            }
            Some(value) => index_of(request, paging.by.field()).map(|index| (index, value)),
        };
        let page = Page { request, replaced };
        let (client, operation) = (self.client, self.operation);
        let (variables, options) = (self.variables.clone(), self.options.clone());
        Ok(Some(Box::pin(async move {
            let described = Described {
                client,
                operation,
                variables,
                request: Some(&page),
                options,
            };
            let answered = described.send().await?;
            Ok(Answered {
                client,
                operation,
                outgoing: answered.outgoing,
                read: answered.read,
                strict: answered.strict,
                attempts: answered.attempts,
                opened: answered.opened,
            })
        })))
    }

    /// Where the list begins, as the request says.
    #[inline]
    fn start(&mut self, paging: Paging, request: &dyn Object) {
        let own = |field| number_of(request, field);
        match paging.by {
            PagedBy::Offset(field) => self.before = own(field).unwrap_or(0),
            PagedBy::Page { field, first } => {
                let number = own(field).unwrap_or(first);
                let limit = paging.limit.and_then(own);
                self.counted = number == first || limit.is_some();
                self.before = number
                    .saturating_sub(first)
                    .saturating_mul(limit.unwrap_or(0));
            }
            PagedBy::Token { field, .. } => self.tokens.extend(text_of(request, field)),
        }
    }

    /// Takes note of a page, and decides what comes next.
    ///
    /// # Errors
    /// Where the server gave the same page again.
    #[inline]
    pub(super) fn arrived(&mut self, reply: &dyn Value, read: &Read) -> Result<Arrival, Error> {
        let asked = core::mem::replace(&mut self.next, Next::End);
        let (Some(paging), View::Object(reply)) = (self.operation.paging, reply.view()) else {
            return Ok(Arrival::Page);
        };
        let count = count_of(reply, paging.items, read);
        let first = matches!(asked, Next::First);
        let items = digest(value_of(reply, paging.items));
        if !first && count > 0 && self.last == Some(items) {
            let text = format!(
                "the server gave the same page again: it takes no notice of `{}`",
                paging.by.field()
            );
            return Err(self.error(ErrorKind::Paging, Outcome::Answered, &text));
        }
        self.last = Some(items);
        self.before = self.before.saturating_add(count);
        if let PagedBy::Token { field, next } = paging.by {
            self.next = self.after_token(field, text_of(reply, next));
            return Ok(Arrival::Page);
        }
        self.next = self.after_number(paging, &asked, reply, count);
        match count {
            0 if !first => Ok(Arrival::PastTheEnd),
            _ => Ok(Arrival::Page),
        }
    }

    #[inline]
    fn after_token(&mut self, field: &str, next: Option<String>) -> Next {
        match next {
            None => Next::End,
            Some(token) if self.tokens.insert(token.clone()) => Next::Token(token),
            Some(_) => Next::Fault(format!(
                "the server gave a `{field}` for the second time: the list would never end"
            )),
        }
    }

    #[inline]
    fn after_number(&self, paging: Paging, asked: &Next, reply: &dyn Object, count: i64) -> Next {
        let total = paging.total.filter(|_| self.counted);
        let total = total.and_then(|field| number_of(reply, field));
        let limit = paging.limit.zip(self.request);
        let limit = limit.and_then(|(field, request)| number_of(request, field));
        let ended = match (total, limit) {
            (Some(total), _) => self.before >= total,
            (None, Some(limit)) => count < limit,
            (None, None) => count == 0,
        };
        match (ended, total) {
            (true, _) => Next::End,
            (false, Some(total)) if count == 0 => Next::Fault(format!(
                "the server says that there are {total} items, and gave none after {}",
                self.before
            )),
            (false, None) if count == 0 => Next::End,
            (false, _) => Next::Number(self.number_after(paging, asked)),
        }
    }

    #[inline]
    fn number_after(&self, paging: Paging, asked: &Next) -> i64 {
        match (paging.by, asked) {
            (PagedBy::Page { .. }, Next::Number(number)) => number.saturating_add(1),
            (PagedBy::Page { field, first }, _) => {
                let own = self.request.and_then(|request| number_of(request, field));
                own.unwrap_or(first).saturating_add(1)
            }
            _ => self.before,
        }
    }

    #[inline]
    fn error(&self, kind: ErrorKind, outcome: Outcome, text: &str) -> Error {
        let name = CallName {
            method: self.operation.method.as_str(),
            path: self.operation.path.into(),
            operation: Some(self.operation),
            repeatable: self.operation.repeatable,
            known: None,
        };
        Report::new(kind, outcome, text).call(&name).into()
    }
}

#[inline]
fn index_of(object: &dyn Object, field: &str) -> Option<usize> {
    object.shape().fields.iter().position(|it| it.name == field)
}

#[inline]
fn value_of<'o>(object: &'o dyn Object, field: &str) -> View<'o> {
    let value = index_of(object, field).and_then(|index| object.get(index));
    value.unwrap_or(View::Absent)
}

/// A number, also where it is written as a text.
#[inline]
fn number_of(object: &dyn Object, field: &str) -> Option<i64> {
    match value_of(object, field) {
        View::Integer(number) => Some(number),
        View::Number(number) => Some(number as i64),
        View::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A text that is there, and not empty.
#[inline]
fn text_of(object: &dyn Object, field: &str) -> Option<String> {
    match value_of(object, field) {
        View::Text(text) if !text.is_empty() => Some(text.to_owned()),
        _ => None,
    }
}

/// How many items a page came with. One that was left out, since it does not fit its description, stands in the server's list too: without it
/// the next page would begin too early, or a full page be taken for the last.
#[inline]
fn count_of(object: &dyn Object, field: &str, read: &Read) -> i64 {
    let kept = match value_of(object, field) {
        View::List(list) => list.len(),
        _ => 0,
    };
    let came = match read.drift.is_empty() {
        true => None,
        false => items_of(&read.body, field),
    };
    i64::try_from(came.unwrap_or(kept)).unwrap_or(i64::MAX)
}
