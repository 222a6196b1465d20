//! Fields that share an index (`coupon_id_0`, `coupon_fee_0` …), as one list.

use super::{Builder, Spot};
use crate::lower::docs;
use crate::lower::fields;
use crate::lower::items::{FieldItem, Place, Rules, TypeItem, TypeRef};
use crate::numbered::Numbered;

impl<'a> Builder<'a, '_> {
    /// The list of what shares an index.
    pub(super) fn numbered(
        &mut self,
        path: &str,
        place: Place,
        list: Numbered<'a>,
        level: usize,
    ) -> FieldItem {
        if let ([only], true) = (list.fields.as_slice(), list.type_name.is_empty()) {
            let spot = Spot {
                field: &only.name,
                path: &only.name,
                item: true,
            };
            let ty = TypeItem::List(Box::new(self.type_of(&only.schema, spot)));
            let item = fields::item(only, place, ty);
            return FieldItem {
                name: list.name,
                ..item
            };
        }
        let names: Vec<_> = list
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        let docs = docs::numbered(&names);
        let required = list.fields.iter().any(|field| field.required);
        if !self.names.take(&list.type_name) {
            let message = format!("another type here is called `{}`", list.type_name);
            self.problem(path, message);
        }
        let inner = list.fields.iter().map(|field| (place, *field)).collect();
        let fields = self.members(path, inner, level + 1);
        let object = self.item(list.type_name.clone(), docs.clone(), fields, &[]);
        self.objects.push(object);
        FieldItem {
            wire: list.wire,
            name: list.name,
            place,
            required,
            ty: TypeItem::List(Box::new(TypeItem::Named(TypeRef::Nested(list.type_name)))),
            rules: Rules::default(),
            docs,
            example: None,
            deprecated: None,
        }
    }
}
