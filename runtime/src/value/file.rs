//! A file that is uploaded, and one that is downloaded.

use super::{ReadFile, Slot, Source, Value, View};
use bytes::Bytes;
use core::fmt;
use core::ops::Deref;
use std::sync::Arc;

/// A file to upload: its name and its bytes. The digest that WeChat Pay wants with it is made by the SDK.
///
/// ```
/// use wechatpay_runtime::File;
/// let file = File::new("licence.png", vec![0x89, b'P', b'N', b'G']);
/// assert_eq!(file.media_type(), "image/png");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    name: String,
    content: Content,
    media_type: Option<String>,
}

/// The bytes of a file, or where they are read from.
#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Bytes),
    Source(Arc<dyn Source>),
}

impl PartialEq for Content {
    /// Sources are equal where they are the same one.
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            (Self::Source(one), Self::Source(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Eq for Content {}

impl File {
    /// A file with the name that WeChat Pay is told, `licence.png`, and its bytes. The name's extension tells the media type.
    #[inline]
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self {
            name: name.into(),
            content: Content::Bytes(content.into()),
            media_type: None,
        }
    }

    /// A file whose bytes are read while it is sent, so that a large one never lies in memory whole.
    #[inline]
    pub fn from_source(name: impl Into<String>, source: impl Source) -> Self {
        Self {
            name: name.into(),
            content: Content::Source(Arc::new(source)),
            media_type: None,
        }
    }

    /// A file without a name and without bytes.
    pub(crate) const fn nothing() -> Self {
        Self {
            name: String::new(),
            content: Content::Bytes(Bytes::new()),
            media_type: None,
        }
    }

    /// Names the media type, where the extension does not tell it: `image/png`.
    #[inline]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The name.
    #[inline]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The bytes, where they are in memory; `None` where they are read from a source.
    #[inline]
    pub fn content(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Source(_) => None,
        }
    }

    /// Where the bytes are read from, where they are not in memory.
    #[inline]
    pub(crate) fn source(&self) -> Option<&Arc<dyn Source>> {
        match &self.content {
            Content::Bytes(_) => None,
            Content::Source(source) => Some(source),
        }
    }

    /// The media type that was named.
    #[cfg(feature = "serde")]
    #[inline]
    pub(crate) fn named_media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The media type: the one that was named, else what the extension stands for, else `application/octet-stream`.
    #[inline]
    pub fn media_type(&self) -> &str {
        match &self.media_type {
            Some(named) => named,
            None => by_extension(&self.name),
        }
    }
}

/// The kinds of files that WeChat Pay takes.
#[inline]
fn by_extension(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "bmp" => "image/bmp",
        "gif" => "image/gif",
        "mp4" | "m4v" | "f4v" => "video/mp4",
        "mpeg" | "mpg" => "video/mpeg",
        "mov" => "video/quicktime",
        "avi" => "video/x-msvideo",
        "wmv" => "video/x-ms-wmv",
        "flv" => "video/x-flv",
        "mkv" => "video/x-matroska",
        "pdf" => "application/pdf",
        "ofd" => "application/ofd",
        "xml" => "application/xml",
        "csv" => "text/csv",
        "txt" => "text/plain",
        _ => "application/octet-stream",
    }
}

impl Value for File {
    #[inline]
    fn empty() -> Self {
        Self::nothing()
    }
    #[inline]
    fn view(&self) -> View<'_> {
        View::File(self)
    }
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::File(self, ReadFile::new())
    }
}

impl fmt::Debug for File {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("File");
        shown.field("name", &self.name);
        match &self.content {
            Content::Bytes(bytes) => shown.field("content", &format_args!("{} bytes", bytes.len())),
            Content::Source(_) => shown.field("content", &"read while it is sent"),
        };
        shown.finish_non_exhaustive()
    }
}

/// The bytes of a file that was downloaded, as they came. It derefs to them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FileContent(pub Bytes);

impl Deref for FileContent {
    type Target = Bytes;
    #[inline]
    fn deref(&self) -> &Bytes {
        &self.0
    }
}

impl Value for FileContent {
    #[inline]
    fn empty() -> Self {
        Self::default()
    }
    #[inline]
    fn view(&self) -> View<'_> {
        View::Absent
    }
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Bytes(&mut self.0)
    }
}

impl fmt::Debug for FileContent {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileContent({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_tells_the_media_type_unless_it_is_named() {
        for (name, expected) in [
            ("a.JPG", "image/jpeg"),
            ("订单.csv", "text/csv"),
            ("a.tar.gz", "application/octet-stream"),
            ("png", "application/octet-stream"),
        ] {
            assert_eq!(File::new(name, "x").media_type(), expected, "{name}");
        }
        let named = File::new("a.bin", "x").with_media_type("image/png");
        assert_eq!(named.media_type(), "image/png");
    }

    #[test]
    fn debug_shows_no_content() {
        let file = File::new("a.png", "secret");
        assert!(!format!("{file:?}").contains("secret"));
        assert!(!format!("{:?}", FileContent("secret".into())).contains("secret"));
    }
}
