//! Every value of a description with its place: what most rules walk over.

use crate::diagnostic::{FileId, Span};
use crate::model::{
    Body, Field, Method, ObjectSchema, Operation, PathItem, Response, Schema, SchemaKind, ShapeId,
    Wire,
};
use crate::read::{Document, Spec};
use std::collections::BTreeMap;

/// A description laid out flat.
pub(crate) struct Survey<'a> {
    pub(crate) spec: &'a Spec,
    /// Every value, outer before inner; shared shapes once, where they are described.
    pub(crate) values: Vec<Value<'a>>,
    /// Every object with members.
    pub(crate) objects: Vec<Object<'a>>,
    /// Every operation, in the order of files.
    pub(crate) operations: Vec<Call<'a>>,
    /// Every place where a shared shape is named.
    pub(crate) references: Vec<Reference<'a>>,
}

/// A value and where it is described.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) file: FileId,
    pub(crate) owner: Owner<'a>,
}

/// What a value belongs to.
#[derive(Clone, Copy)]
pub(crate) enum Owner<'a> {
    /// A path's variables, a request, a reply.
    Wire(Wire),
    /// A shared shape.
    Shape(&'a ShapeId),
}

pub(crate) struct Value<'a> {
    pub(crate) at: At<'a>,
    pub(crate) pointer: String,
    pub(crate) schema: &'a Schema,
}

pub(crate) struct Object<'a> {
    pub(crate) at: At<'a>,
    pub(crate) pointer: String,
    pub(crate) object: &'a ObjectSchema,
}

pub(crate) struct Reference<'a> {
    pub(crate) at: At<'a>,
    pub(crate) pointer: String,
    pub(crate) id: &'a ShapeId,
}

/// An operation, its path and its method.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) file: FileId,
    pub(crate) item: &'a PathItem,
    pub(crate) method: Method,
    pub(crate) operation: &'a Operation,
}

impl<'a> Survey<'a> {
    pub(crate) fn of(spec: &'a Spec) -> Self {
        let mut survey = Self {
            spec,
            values: Vec::new(),
            objects: Vec::new(),
            operations: Vec::new(),
            references: Vec::new(),
        };
        for document in &spec.paths {
            survey.path(document);
        }
        for (id, document) in &spec.shapes {
            let at = At {
                file: document.file,
                owner: Owner::Shape(id),
            };
            survey.value(at, String::new(), &document.content.schema);
        }
        for document in spec.events.values() {
            let event = &document.content;
            let at = At {
                file: document.file,
                owner: Owner::Wire(event.wire),
            };
            survey.fields(at, "envelope", &event.envelope);
            for (index, variant) in event.variants.iter().enumerate() {
                survey.body(at, format!("variants.{index}"), &variant.body);
            }
            if let Some(answer) = &event.answer {
                survey.object(at, "answer".to_owned(), answer);
            }
        }
        survey
    }

    /// Whether a part was written, but could not be read: that has been reported.
    pub(crate) fn is_unreadable(&self, file: FileId, pointer: &str) -> bool {
        self.spec.places.is_unreadable(file, pointer)
    }

    /// The place of a part of a file.
    pub(crate) fn place(&self, file: FileId, pointer: &str) -> Span {
        self.spec.place(file, pointer)
    }

    /// What the shared shape of a name is.
    pub(crate) fn shape(&self, id: &ShapeId) -> Option<&'a Schema> {
        self.spec
            .shapes
            .get(id)
            .map(|document| &document.content.schema)
    }

    /// The members of a body, shared or not.
    pub(crate) fn members(&self, body: &'a Body) -> Option<&'a ObjectSchema> {
        match body {
            Body::Object(object) => Some(object),
            Body::Ref(id) => match &self.shape(id)?.kind {
                SchemaKind::Object(object) => Some(object),
                _ => None,
            },
        }
    }

    fn path(&mut self, document: &'a Document<PathItem>) {
        let item = &document.content;
        let at = At {
            file: document.file,
            owner: Owner::Wire(item.wire),
        };
        self.fields(at, "params", &item.params);
        for (method, operation) in &item.operations {
            self.operations.push(Call {
                file: document.file,
                item,
                method: *method,
                operation,
            });
            self.operation(at, method.key(), operation);
        }
    }

    fn operation(&mut self, at: At<'a>, pointer: &str, operation: &'a Operation) {
        self.fields(at, &format!("{pointer}.query"), &operation.query);
        self.fields(at, &format!("{pointer}.headers"), &operation.headers);
        self.fields(at, &format!("{pointer}.form"), &operation.form);
        if let Some(upload) = &operation.upload {
            self.fields(at, &format!("{pointer}.upload"), &upload.fields);
        }
        if let Some(body) = &operation.body {
            self.body(at, format!("{pointer}.body"), body);
        }
        for (status, response) in &operation.responses {
            let pointer = format!("{pointer}.{status}");
            match response {
                Response::Body(body) => self.body(at, pointer, body),
                Response::Value(schema) => self.value(at, pointer, schema),
                Response::Empty | Response::File => {}
            }
        }
    }

    fn body(&mut self, at: At<'a>, pointer: String, body: &'a Body) {
        match body {
            Body::Object(object) => self.object(at, pointer, object),
            Body::Ref(id) => self.references.push(Reference { at, pointer, id }),
        }
    }

    fn object(&mut self, at: At<'a>, pointer: String, object: &'a ObjectSchema) {
        self.fields(at, &pointer, &object.fields);
        self.objects.push(Object {
            at,
            pointer,
            object,
        });
    }

    fn fields(&mut self, at: At<'a>, pointer: &str, fields: &'a [Field]) {
        for field in fields {
            self.value(at, format!("{pointer}.{}", field.name), &field.schema);
        }
    }

    fn value(&mut self, at: At<'a>, pointer: String, schema: &'a Schema) {
        self.values.push(Value {
            at,
            pointer: pointer.clone(),
            schema,
        });
        match &schema.kind {
            SchemaKind::Object(object) | SchemaKind::UrlEncoded(object) => {
                self.object(at, pointer, object)
            }
            SchemaKind::List(list) => self.value(at, pointer + "[]", &list.items),
            SchemaKind::Map(values) => self.value(at, pointer + "{}", values),
            SchemaKind::Json(inner) => self.value(at, pointer + "~", inner),
            SchemaKind::OneOf(alternatives) => {
                for alternative in alternatives {
                    let pointer = format!("{pointer}|{}", alternative.name);
                    self.object(at, pointer, &alternative.object);
                }
            }
            SchemaKind::Ref(id) => self.references.push(Reference { at, pointer, id }),
            SchemaKind::Text(_)
            | SchemaKind::Integer(_)
            | SchemaKind::Number(_)
            | SchemaKind::Boolean
            | SchemaKind::Enum(_)
            | SchemaKind::Any => {}
        }
    }

    /// The shapes that each shape names.
    fn inner_shapes(&self) -> BTreeMap<&'a ShapeId, Vec<&'a ShapeId>> {
        let mut inner: BTreeMap<&'a ShapeId, Vec<&'a ShapeId>> = BTreeMap::new();
        for reference in &self.references {
            if let Owner::Shape(owner) = reference.at.owner {
                inner.entry(owner).or_default().push(reference.id);
            }
        }
        inner
    }

    /// The wires on which each shared shape travels, through other shapes too. A shape that nothing uses is not there.
    pub(crate) fn wires_of_shapes(&self) -> BTreeMap<&'a ShapeId, Vec<Wire>> {
        let inner = self.inner_shapes();
        let mut wires: BTreeMap<&'a ShapeId, Vec<Wire>> = BTreeMap::new();
        let mut open: Vec<(&'a ShapeId, Wire)> = Vec::new();
        for reference in &self.references {
            if let Owner::Wire(wire) = reference.at.owner {
                open.push((reference.id, wire));
            }
        }
        while let Some((id, wire)) = open.pop() {
            let known = wires.entry(id).or_default();
            if !known.contains(&wire) {
                known.push(wire);
                open.extend(
                    inner
                        .get(id)
                        .into_iter()
                        .flatten()
                        .map(|shape| (*shape, wire)),
                );
            }
        }
        wires
    }
}
