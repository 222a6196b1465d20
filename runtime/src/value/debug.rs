//! `Debug` for described values: absent members are left out, what is private or encrypted is hidden.

use super::{List, Map, Object, View};
use core::fmt;

/// What stands in the place of a hidden value.
pub(crate) const HIDDEN: &str = "<hidden>";

/// Writes an object for `Debug`.
///
/// # Errors
/// Those of the formatter.
#[inline]
pub fn debug(object: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let shape = object.shape();
    let mut shown = f.debug_struct(shape.name);
    for (index, field) in shape.fields.iter().enumerate() {
        match object.get(index) {
            None | Some(View::Absent) => {}
            Some(View::List(list)) if list.is_empty() => {}
            Some(_) if field.private => {
                shown.field(field.name, &format_args!("{HIDDEN}"));
            }
            Some(view) => {
                shown.field(field.name, &Shown(view));
            }
        }
    }
    shown.finish()
}

struct Shown<'a>(View<'a>);

impl fmt::Debug for Shown<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Absent => f.write_str("None"),
            View::Text(text) => fmt::Debug::fmt(text, f),
            View::Integer(number) => fmt::Debug::fmt(&number, f),
            View::Number(number) => fmt::Debug::fmt(&number, f),
            View::Boolean(value) => fmt::Debug::fmt(&value, f),
            View::Enum(text, _) => f.write_str(text),
            View::Sensitive(..) => f.write_str(HIDDEN),
            View::Object(object) => debug(object, f),
            View::List(list) => show_list(list, f),
            View::Map(map) => show_map(map, f),
            View::JsonText(value) | View::UrlEncoded(value) => Shown(value.shown()).fmt(f),
            View::File(file) => fmt::Debug::fmt(file, f),
            View::Json(value, _) => fmt::Debug::fmt(value, f),
        }
    }
}

#[inline]
fn show_list(list: &dyn List, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let items = (0..list.len()).filter_map(|index| list.get(index));
    f.debug_list().entries(items.map(Shown)).finish()
}

#[inline]
fn show_map(map: &dyn Map, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_map();
    map.each(&mut |key, value| {
        shown.entry(&key, &Shown(value));
    });
    shown.finish()
}
