//! The members of an object, by index.
//!
//! They come as tuples of references, and tuples of such tuples. A list of `&dyn Value` would be the same to the program, but each
//! member of each type would be converted in emitted code, which costs the compiler three times as much.

use super::Value;
use super::generated::{Member, MemberMut};

/// Members that are read.
pub trait Members<'a> {
    /// How many there are.
    const COUNT: usize;
    /// The one at an index, `None` past the last.
    fn at(self, index: usize) -> Member<'a>;
}

/// Members that are filled.
pub trait MembersMut<'a> {
    /// How many there are.
    const COUNT: usize;
    /// The one at an index, `None` past the last.
    fn at(self, index: usize) -> MemberMut<'a>;
}

/// The member at an index, to be filled.
pub fn at_mut<'a>(members: impl MembersMut<'a>, index: usize) -> MemberMut<'a> {
    members.at(index)
}

impl<'a, T: Value> Members<'a> for &'a T {
    const COUNT: usize = 1;
    fn at(self, index: usize) -> Member<'a> {
        match index {
            0 => Some(self.view()),
            _ => None,
        }
    }
}

impl<'a, T: Value> MembersMut<'a> for &'a mut T {
    const COUNT: usize = 1;
    fn at(self, index: usize) -> MemberMut<'a> {
        match index {
            0 => Some(self),
            _ => None,
        }
    }
}

macro_rules! tuples {
    ($(($($part:ident $place:tt)*))*) => {
        $(
            impl<'a, $($part: Members<'a>),*> Members<'a> for ($($part,)*) {
                const COUNT: usize = 0 $(+ $part::COUNT)*;
                #[allow(unused_assignments, unused_mut, unused_variables)]
                fn at(self, mut index: usize) -> Member<'a> {
                    $(
                        if index < $part::COUNT {
                            return self.$place.at(index);
                        }
                        index -= $part::COUNT;
                    )*
                    None
                }
            }

            impl<'a, $($part: MembersMut<'a>),*> MembersMut<'a> for ($($part,)*) {
                const COUNT: usize = 0 $(+ $part::COUNT)*;
                #[allow(unused_assignments, unused_mut, unused_variables)]
                fn at(self, mut index: usize) -> MemberMut<'a> {
                    $(
                        if index < $part::COUNT {
                            return self.$place.at(index);
                        }
                        index -= $part::COUNT;
                    )*
                    None
                }
            }
        )*
    };
}

tuples! {
    ()
    (A 0)
    (A 0 B 1)
    (A 0 B 1 C 2)
    (A 0 B 1 C 2 D 3)
    (A 0 B 1 C 2 D 3 E 4)
    (A 0 B 1 C 2 D 3 E 4 F 5)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::View;

    #[test]
    fn a_member_is_found_in_whichever_tuple_it_is() {
        let numbers: Vec<i64> = (0..4).collect();
        let all = || {
            (
                (&numbers[0], &numbers[1]),
                (&numbers[2],),
                (),
                (&numbers[3],),
            )
        };
        for index in 0..4 {
            let found = all().at(index);
            assert!(matches!(found, Some(View::Integer(number)) if number as usize == index));
        }
        assert!(all().at(4).is_none());
        let (mut one, mut other) = (1_i64, String::new());
        assert!(at_mut(((&mut one,), (&mut other,)), 1).is_some());
        assert!(at_mut(((&mut one,), (&mut other,)), 2).is_none());
    }
}
