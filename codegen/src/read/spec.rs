//! All the documents of a description, each with its file.

use super::places::Places;
use crate::diagnostic::{FileId, Sources, Span};
use crate::model::{Api, Deviation, Event, HostFamily, PathItem, Product, Shape, ShapeId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was read, before it is checked.
#[derive(Debug)]
pub(crate) struct Spec {
    pub(crate) sources: Arc<Sources>,
    pub(crate) places: Places,
    pub(crate) products: Table<BTreeMap<String, Product>>,
    pub(crate) hosts: Table<BTreeMap<String, HostFamily>>,
    pub(crate) deviations: Table<Vec<Deviation>>,
    pub(crate) paths: Vec<Document<PathItem>>,
    pub(crate) shapes: BTreeMap<ShapeId, Document<Shape>>,
    pub(crate) events: BTreeMap<(String, String), Document<Event>>,
    /// Shapes that have a file which could not be read: they are not to be called unknown.
    pub(crate) unreadable_shapes: BTreeSet<ShapeId>,
    /// Whether each file of a path or an event was read: only then can a thing be called unused.
    pub(crate) complete: bool,
}

/// A part of the model and the file that it stands in.
#[derive(Debug)]
pub(crate) struct Document<T> {
    pub(crate) file: FileId,
    pub(crate) content: T,
}

/// One of the files that are there once.
#[derive(Debug)]
pub(crate) enum Table<T> {
    /// There is no such file.
    Absent,
    /// It is there, but it cannot be parsed.
    Unreadable,
    Read(Document<T>),
}

impl<T> Table<T> {
    pub(crate) fn read(file: FileId, content: T) -> Self {
        Self::Read(Document { file, content })
    }

    pub(crate) fn document(&self) -> Option<&Document<T>> {
        match self {
            Self::Read(document) => Some(document),
            Self::Absent | Self::Unreadable => None,
        }
    }

    fn into_content(self) -> Option<T> {
        match self {
            Self::Read(document) => Some(document.content),
            Self::Absent | Self::Unreadable => None,
        }
    }
}

impl Spec {
    /// A description of which nothing is read yet.
    pub(crate) fn new(sources: Sources) -> Self {
        Self {
            sources: Arc::new(sources),
            places: Places::default(),
            products: Table::Absent,
            hosts: Table::Absent,
            deviations: Table::Absent,
            paths: Vec::new(),
            shapes: BTreeMap::new(),
            events: BTreeMap::new(),
            unreadable_shapes: BTreeSet::new(),
            complete: true,
        }
    }

    pub(crate) fn place(&self, file: FileId, pointer: &str) -> Span {
        self.places.get(file, pointer)
    }

    /// The model without the places.
    pub(crate) fn into_api(self) -> Api {
        Api {
            products: self.products.into_content().unwrap_or_default(),
            hosts: self.hosts.into_content().unwrap_or_default(),
            deviations: self.deviations.into_content().unwrap_or_default(),
            shapes: contents(self.shapes),
            events: contents(self.events),
            paths: self
                .paths
                .into_iter()
                .map(|document| (document.content.path.as_str().to_owned(), document.content))
                .collect(),
        }
    }
}

fn contents<K: Ord, T>(documents: BTreeMap<K, Document<T>>) -> BTreeMap<K, T> {
    documents
        .into_iter()
        .map(|(key, document)| (key, document.content))
        .collect()
}
