//! What emitted types tell of themselves. What the runtime wants of a value follows from it here, once for all of them: a function
//! that every emitted type repeats is one that the compiler holds in memory some ten thousand times.

use super::{Form, Object, ObjectMut, OneOf, OpenEnum, Shape, Slot, Value, View};

/// What is in a member of an object.
pub type Member<'a> = Option<View<'a>>;
/// A member of an object, to be filled.
pub type MemberMut<'a> = Option<&'a mut dyn Value>;

/// What is asked of an object: both in one function, since each function costs.
#[derive(Clone, Copy)]
pub enum Wanted {
    /// The description of its members.
    Shape,
    /// The member at an index, `None` past the last.
    Member(usize),
}

/// What an object answers.
pub enum Told<'a> {
    /// The description of its members.
    Shape(&'static Shape),
    /// The member.
    Member(Member<'a>),
}

/// An emitted type: an object tells its shape and its members, an enumeration its text and its form.
pub trait Generated: Send + Sync + Sized + 'static {
    /// What it is.
    type Kind: Kind<Self>;

    /// The value before anything was put into it.
    const EMPTY: Self;

    /// How an enumeration is written in JSON.
    const FORM: Form = Form::Text;

    /// The description of an object's members, or one of these; of what is no object, that there is none.
    fn tell(&self, _wanted: Wanted) -> Told<'_> {
        Told::Member(None)
    }

    /// The member at an index, to be filled; `None` past the last.
    fn member_mut(&mut self, _index: usize) -> MemberMut<'_> {
        None
    }

    /// The value of an enumeration as WeChat Pay writes it.
    fn text(&self) -> &str {
        ""
    }
}

/// How a type of one kind shows itself, and is filled.
pub trait Kind<T> {
    /// What is in a value.
    fn view(value: &T) -> View<'_>;

    /// Where to put what was received.
    fn slot(value: &mut T) -> Slot<'_>;

    /// The value before anything was put into it.
    fn empty() -> T;

    /// Takes the text of an enumeration's value, and tells whether it is a known one.
    fn set(_value: &mut T, _text: &str) -> bool {
        false
    }
}

/// An object with described members.
pub struct AnObject;

impl<T: Generated> Kind<T> for AnObject {
    fn view(value: &T) -> View<'_> {
        View::Object(value)
    }
    fn slot(value: &mut T) -> Slot<'_> {
        Slot::Object(value)
    }
    fn empty() -> T {
        T::EMPTY
    }
}

/// An enumeration that keeps values which it does not know.
pub struct AnEnum;

impl<T: Generated + for<'a> From<&'a str>> Kind<T> for AnEnum {
    fn view(value: &T) -> View<'_> {
        View::Enum(Generated::text(value), T::FORM)
    }
    fn slot(value: &mut T) -> Slot<'_> {
        Slot::Enum(value)
    }
    fn empty() -> T {
        T::EMPTY
    }
    fn set(value: &mut T, text: &str) -> bool {
        *value = T::from(text);
        // What is kept, though it is not known, is kept in the variant that an empty value has.
        core::mem::discriminant(value) != core::mem::discriminant(&T::EMPTY)
    }
}

/// An enumeration of which no other value can come.
pub struct AClosedEnum;

impl<T: Generated + core::str::FromStr> Kind<T> for AClosedEnum {
    fn view(value: &T) -> View<'_> {
        View::Enum(Generated::text(value), T::FORM)
    }
    fn slot(value: &mut T) -> Slot<'_> {
        Slot::Enum(value)
    }
    fn empty() -> T {
        T::EMPTY
    }
    fn set(value: &mut T, text: &str) -> bool {
        let known = T::from_str(text);
        known.map(|known| *value = known).is_ok()
    }
}

/// One of several objects.
pub struct AChoice;

impl<T: Generated + OneOf> Kind<T> for AChoice {
    fn view(value: &T) -> View<'_> {
        value.chosen().view()
    }
    fn slot(value: &mut T) -> Slot<'_> {
        Slot::OneOf(value)
    }
    fn empty() -> T {
        T::EMPTY
    }
}

/// A box around any of these, which breaks a cycle.
pub struct ABox;

impl<T: Generated> Kind<Box<T>> for ABox {
    fn view(value: &Box<T>) -> View<'_> {
        (**value).view()
    }
    fn slot(value: &mut Box<T>) -> Slot<'_> {
        (**value).slot()
    }
    fn empty() -> Box<T> {
        Box::new(<T as Value>::empty())
    }
}

impl<T: Generated> Generated for Box<T> {
    type Kind = ABox;
    // Nothing names it: a cycle is broken where a member is optional, and `Option` has an empty value without.
    const EMPTY: Self = panic!("a box cannot be made while the program is compiled");
}

impl<T: Generated> Value for T {
    fn empty() -> Self {
        T::Kind::empty()
    }
    fn view(&self) -> View<'_> {
        T::Kind::view(self)
    }
    fn slot(&mut self) -> Slot<'_> {
        T::Kind::slot(self)
    }
}

impl<T: Generated> Object for T {
    fn shape(&self) -> &'static Shape {
        match self.tell(Wanted::Shape) {
            Told::Shape(shape) => shape,
            Told::Member(_) => &Shape::NOTHING,
        }
    }
    fn get(&self, index: usize) -> Member<'_> {
        match self.tell(Wanted::Member(index)) {
            Told::Member(member) => member,
            Told::Shape(_) => None,
        }
    }
}

impl<T: Generated> ObjectMut for T {
    fn get_mut(&mut self, index: usize) -> MemberMut<'_> {
        self.member_mut(index)
    }
}

impl<T: Generated> OpenEnum for T {
    fn text(&self) -> &str {
        Generated::text(self)
    }
    fn set(&mut self, text: &str) -> bool {
        T::Kind::set(self, text)
    }
    fn form(&self) -> Form {
        T::FORM
    }
}
