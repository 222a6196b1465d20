//! `upload`: the parts of a form that carries a file.

use super::Reader;
use super::keys::Keys;
use super::node::Node;
use crate::model::{Upload, UploadDigest};

const KEYS: [&str; 6] = ["part", "file_name", "digest", "algorithm", "meta", "fields"];

impl Reader<'_> {
    /// An upload, at `pointer`; what is not said is as in most uploads.
    pub(crate) fn upload(&mut self, node: &Node, pointer: &str) -> Upload {
        let usual = Upload::default();
        let Some(keys) = Keys::of(self, node, pointer, "an upload", &KEYS) else {
            return usual;
        };
        let file_name = match self.text(&keys, "file_name", pointer, "file_name: filename") {
            Some(name) => (name != "none").then_some(name),
            None => usual.file_name,
        };
        Upload {
            part: self
                .text(&keys, "part", pointer, "part: file")
                .unwrap_or(usual.part),
            file_name,
            digest: UploadDigest {
                field: self
                    .text(&keys, "digest", pointer, "digest: sha256")
                    .unwrap_or(usual.digest.field),
                algorithm: self
                    .text(&keys, "algorithm", pointer, "algorithm: sha256")
                    .unwrap_or(usual.digest.algorithm),
            },
            meta: self.flag_or(&keys, "meta", pointer, true),
            fields: match keys.get("fields") {
                Some(fields) => self.fields(fields, pointer),
                None => Vec::new(),
            },
        }
    }
}
