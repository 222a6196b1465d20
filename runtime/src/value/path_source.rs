//! A file on a disk as the content of an upload.

use super::File;
use super::source::{Opened, Opening, Source};
use bytes::{Bytes, BytesMut};
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use futures_core::Stream;
use std::io;
use std::path::{Path, PathBuf};
use tokio::io::{AsyncRead, ReadBuf};

/// How many bytes are read at once.
const PIECE: usize = 64 * 1024;

impl File {
    /// A file on a disk, which is read while it is sent, never whole. It bears the path's last part as its name.
    ///
    /// It is read for its digest when the call is made, and again for each attempt to send it. A file that cannot be read is an error
    /// of validation that names the field, before anything is sent; one that changed in between is such an error too, and WeChat Pay
    /// gets no whole upload.
    ///
    /// ```
    /// let video = wechatpay_runtime::File::from_path("videos/shop.mp4");
    /// assert_eq!((video.name(), video.media_type()), ("shop.mp4", "video/mp4"));
    /// ```
    pub fn from_path(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self::from_source(name, PathSource(path.to_owned()))
    }
}

struct PathSource(PathBuf);

impl Source for PathSource {
    fn open(&self) -> Opening<'_> {
        Box::pin(async move {
            let file = tokio::fs::File::open(&self.0).await?;
            let metadata = file.metadata().await?;
            if !metadata.is_file() {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidInput,
                    "this is no file",
                ));
            }
            let pieces = Pieces {
                file,
                room: BytesMut::new(),
            };
            Ok(Opened::new(pieces).with_length(metadata.len()))
        })
    }
}

struct Pieces {
    file: tokio::fs::File,
    room: BytesMut,
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        this.room.resize(PIECE, 0);
        let mut room = ReadBuf::new(&mut this.room);
        let read = ready!(Pin::new(&mut this.file).poll_read(context, &mut room));
        let count = room.filled().len();
        Poll::Ready(match read {
            Err(error) => Some(Err(error)),
            Ok(()) if count == 0 => None,
            Ok(()) => Some(Ok(this.room.split_to(count).freeze())),
        })
    }
}
