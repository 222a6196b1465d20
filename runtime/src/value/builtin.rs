//! The values that Rust has by itself.

use super::{List, ListMut, Map, MapMut, ReadJson, ReadNumber, Slot, Value, View, WriteJson};
use std::collections::BTreeMap;

impl Value for () {
    fn empty() -> Self {}
    fn view(&self) -> View<'_> {
        View::Absent
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Nothing
    }
}

impl Value for String {
    fn empty() -> Self {
        Self::new()
    }
    fn view(&self) -> View<'_> {
        View::Text(self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }
}

impl Value for i64 {
    fn empty() -> Self {
        0
    }
    fn view(&self) -> View<'_> {
        View::Integer(*self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Integer(self)
    }
}

impl Value for f64 {
    fn empty() -> Self {
        0.0
    }
    fn view(&self) -> View<'_> {
        View::Number(*self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Number(self, ReadNumber::new())
    }
}

impl Value for bool {
    fn empty() -> Self {
        false
    }
    fn view(&self) -> View<'_> {
        View::Boolean(*self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Boolean(self)
    }
}

impl Value for serde_json::Value {
    fn empty() -> Self {
        Self::Null
    }
    fn view(&self) -> View<'_> {
        View::Json(self, WriteJson::new())
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Json(self, ReadJson::new())
    }
}

impl<T: Value> Value for Option<T> {
    fn empty() -> Self {
        None
    }
    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view(),
            None => View::Absent,
        }
    }
    fn slot(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::empty).slot()
    }
    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Value> Value for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }
    fn view(&self) -> View<'_> {
        View::List(self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
    fn clear(&mut self) {
        Vec::clear(self);
    }
}

impl<T: Value> List for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }
    fn get(&self, index: usize) -> Option<View<'_>> {
        self.as_slice().get(index).map(Value::view)
    }
}

impl<T: Value> ListMut for Vec<T> {
    fn push(&mut self) -> &mut dyn Value {
        let index = Vec::len(self);
        Vec::push(self, T::empty());
        &mut self[index]
    }
    fn pop(&mut self) {
        Vec::pop(self);
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    fn empty() -> Self {
        Self::new()
    }
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
    fn clear(&mut self) {
        BTreeMap::clear(self);
    }
}

impl<T: Value> Map for BTreeMap<String, T> {
    fn each<'a>(&'a self, show: &mut dyn FnMut(&'a str, View<'a>)) {
        for (key, value) in self {
            show(key, value.view());
        }
    }
}

impl<T: Value> MapMut for BTreeMap<String, T> {
    fn entry(&mut self, key: &str) -> &mut dyn Value {
        BTreeMap::entry(self, key.to_owned()).or_insert_with(T::empty)
    }
    fn remove(&mut self, key: &str) {
        BTreeMap::remove(self, key);
    }
}
