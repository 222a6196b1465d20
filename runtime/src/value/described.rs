//! The description of an object as emitted code has it: one text, read when it is first needed.
//!
//! A line for each member: its name, then its rules. `!` required, `?` nullable, `*` private, `@query`, `@header`, `@form` where it
//! travels, `>=`, `<=` the bounds of a number or of a text's length, `#>=`, `#<=` those of the number of items, and at last `~`
//! with a pattern, which takes the rest of the line. A line that begins with `|` is a group of members of which exactly one is set.
//! A text costs the compiler next to nothing, where a table of the same had to be checked and evaluated for each of thousands of types.

use super::{Field, Members, Pattern, Place, Shape, Told, Wanted};
use crate::cut::cut;
use core::any::TypeId;
use std::sync::{PoisonError, RwLock};

/// What was read already, sorted. A table of all costs a look-up at each use, and the compiler nothing, where a static of its own for each
/// type had to be checked and evaluated.
static READ: RwLock<Vec<(TypeId, &'static Shape)>> = RwLock::new(Vec::new());

/// What an object without any pattern tells: its shape, read of this text, or one of its members.
pub fn plain<'a, T: 'static>(
    name: &'static str,
    text: &'static str,
    members: impl Members<'a>,
    wanted: Wanted,
) -> Told<'a> {
    match wanted {
        Wanted::Shape => Told::Shape(known(TypeId::of::<T>(), name, text, None)),
        Wanted::Member(index) => Told::Member(members.at(index)),
    }
}

/// What an object with patterns tells: its program carries the engine.
pub fn patterned<'a, T: 'static>(
    name: &'static str,
    text: &'static str,
    members: impl Members<'a>,
    wanted: Wanted,
) -> Told<'a> {
    let matches = super::shape::matches_whole;
    match wanted {
        Wanted::Shape => Told::Shape(known(TypeId::of::<T>(), name, text, Some(matches))),
        Wanted::Member(index) => Told::Member(members.at(index)),
    }
}

type Matches = fn(&str, &str) -> bool;

fn known(
    id: TypeId,
    name: &'static str,
    text: &'static str,
    matches: Option<Matches>,
) -> &'static Shape {
    let read = READ.read().unwrap_or_else(PoisonError::into_inner);
    if let Ok(place) = place(&read, id) {
        return read[place].1;
    }
    drop(read);
    let mut read = READ.write().unwrap_or_else(PoisonError::into_inner);
    let place = place(&read, id).unwrap_or_else(|place| {
        let shape = Box::leak(Box::new(shape(name, text, matches)));
        read.insert(place, (id, shape));
        place
    });
    read[place].1
}

/// Where a type is, or would be.
fn place(read: &[(TypeId, &'static Shape)], id: TypeId) -> Result<usize, usize> {
    read.binary_search_by_key(&id, |(known, _)| *known)
}

fn shape(name: &'static str, text: &'static str, matches: Option<Matches>) -> Shape {
    let groups = |line: &&'static str| line.starts_with('|');
    let lines = || text.split('\n').filter(|line| !line.is_empty());
    let fields: Vec<Field> = lines()
        .filter(|line| !groups(line))
        .map(|line| field(line, matches))
        .collect();
    let exactly_one: Vec<&'static [&'static str]> = lines()
        .filter(groups)
        .map(|line| {
            let names: Vec<&'static str> = line[1..].split(' ').collect();
            &*names.leak()
        })
        .collect();
    Shape {
        name,
        fields: fields.leak(),
        exactly_one: exactly_one.leak(),
    }
}

fn field(line: &'static str, matches: Option<Matches>) -> Field {
    let (line, pattern) = match cut(line, " ~") {
        Some((line, pattern)) => (line, Some(pattern)),
        None => (line, None),
    };
    let mut words = line.split(' ');
    let mut field = Field::new(words.next().unwrap_or_default());
    for word in words {
        apply(&mut field, word);
    }
    field.pattern = match (pattern, matches) {
        (Some(text), Some(matches)) => Some(Pattern { text, matches }),
        _ => None,
    };
    field
}

fn apply(field: &mut Field, word: &str) {
    match word {
        "!" => field.required = true,
        "?" => field.nullable = true,
        "*" => field.private = true,
        "@query" => field.place = Place::Query,
        "@header" => field.place = Place::Header,
        "@form" => field.place = Place::Form,
        _ => bound(field, word),
    }
}

fn bound(field: &mut Field, word: &str) {
    let (sign, items) = match word.as_bytes() {
        [b'#', sign, b'=', ..] => (sign, true),
        [sign, b'=', ..] => (sign, false),
        _ => return,
    };
    let digits = word.get(if items { 3 } else { 2 }..).unwrap_or_default();
    let number: Option<i64> = digits.parse().ok();
    let count = || u32::try_from(number?).ok();
    match (sign, items) {
        (b'>', false) => field.min = number,
        (b'<', false) => field.max = number,
        (b'>', true) => field.min_items = count(),
        (b'<', true) => field.max_items = count(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: 'static>(name: &'static str, text: &'static str) -> &'static Shape {
        match patterned::<T>(name, text, (), Wanted::Shape) {
            Told::Shape(shape) => shape,
            Told::Member(_) => panic!("a shape was asked for"),
        }
    }

    #[test]
    fn every_rule_is_read() {
        struct Order;
        let shape = read::<Order>(
            "Order",
            "id !\nname ? * >=1 <=32\nX-Store @header\npage @query <=-1\nparts @form #>=1 #<=9\n\
             code ! <=8 ~[A-Z ]{2} ~\\d+\n|id name\n|page parts code",
        );
        assert!(core::ptr::eq(shape, read::<Order>("Order", "")));
        assert_eq!(shape.name, "Order");
        let names: Vec<_> = shape.fields.iter().map(|field| field.name).collect();
        assert_eq!(names, ["id", "name", "X-Store", "page", "parts", "code"]);
        let [id, name, store, page, parts, code] = shape.fields else {
            panic!("six fields");
        };
        assert!(id.required && !id.nullable && !id.private);
        assert!(name.nullable && name.private && !name.required);
        assert_eq!((name.min, name.max), (Some(1), Some(32)));
        assert_eq!((store.place, page.place), (Place::Header, Place::Query));
        assert_eq!(page.max, Some(-1));
        assert_eq!(parts.place, Place::Form);
        assert_eq!((parts.min_items, parts.max_items), (Some(1), Some(9)));
        assert_eq!((code.required, code.max), (true, Some(8)));
        let pattern = code.pattern.expect("a pattern");
        assert_eq!(pattern.text, "[A-Z ]{2} ~\\d+");
        assert!((pattern.matches)(pattern.text, "A  ~1"));
        let groups: &[&[&str]] = &[&["id", "name"], &["page", "parts", "code"]];
        assert_eq!(shape.exactly_one, groups);
    }

    #[test]
    fn an_object_may_have_no_members() {
        struct Nothing;
        assert!(read::<Nothing>("Nothing", "").fields.is_empty());
    }
}
