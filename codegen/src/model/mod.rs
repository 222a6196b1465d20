//! The API as it is: products, paths, operations, shapes, events. No YAML in it, and no Rust.
//!
//! Readers fill it, checks and views read it, the lowering turns it into what will be emitted.

mod api;
mod event;
mod operation;
mod paging;
mod path;
mod schema;
mod shape;

pub use api::{Api, Deviation, HostFamily, Product};
pub use event::{Event, EventVariant, Wire};
pub use operation::{
    Body, Identity, Method, Operation, Repeatable, Response, Upload, UploadDigest,
};
pub use paging::{PagedBy, Paging};
pub use path::{PathItem, Segment, UrlPath};
pub use schema::{
    Alternative, EnumSchema, EnumValue, Field, ListSchema, Literal, NumberSchema, ObjectSchema,
    Schema, SchemaKind, TextSchema,
};
pub use shape::{Shape, ShapeId};
