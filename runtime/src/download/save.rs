//! Where a download is written: into any writer, or to a path, where it appears only when it is whole.

use super::content::Download;
use crate::error::DownloadFailure;
use crate::error::Error;
use crate::sign;
use std::io;
use std::path::{Path, PathBuf};
use tokio::fs::File;
use tokio::io::{AsyncWrite, AsyncWriteExt};

impl Download {
    /// Writes the content into a writer, flushes it, and tells how many bytes it has. `Ok`: the whole content was written, with the
    /// hash that was told.
    ///
    /// # Errors
    /// As [`Download::next_piece`]; the writer failed, and what was written by then is to be thrown away. Some of the content was handed out
    /// before, and nothing was written.
    pub async fn write_to<W>(mut self, writer: &mut W) -> Result<u64, Error>
    where
        W: AsyncWrite + Unpin + Send + ?Sized,
    {
        self.is_whole_yet()?;
        while let Some(piece) = self.next_piece().await? {
            let written = writer.write_all(&piece).await;
            written.map_err(|error| self.unwritten(error))?;
        }
        let flushed = writer.flush().await;
        flushed.map_err(|error| self.unwritten(error))?;
        Ok(self.length())
    }

    /// Writes the content to a file, and tells how many bytes it has.
    ///
    /// It is written beside the path under a name of its own, and takes the path's name only when it is whole, has the hash that
    /// was told, and has reached the disk: at the path there is the old file, or none, or the whole new one. If it fails, or the
    /// future is dropped, what was written is removed.
    ///
    /// # Errors
    /// As [`Download::next_piece`]; the file could not be written; some of the content was handed out before.
    pub async fn save(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        self.is_whole_yet()?;
        let path = path.as_ref();
        let (mut file, unfinished) = match Unfinished::create(path).await {
            Ok(created) => created,
            Err(error) => return Err(self.unwritten(error)),
        };
        while let Some(piece) = self.next_piece().await? {
            let written = file.write_all(&piece).await;
            written.map_err(|error| self.unwritten(error))?;
        }
        let finished = async {
            file.flush().await?;
            file.sync_all().await?;
            drop(file);
            unfinished.finish(path).await
        };
        finished.await.map_err(|error| self.unwritten(error))?;
        Ok(self.length())
    }

    fn unwritten(&self, error: io::Error) -> Error {
        let report = self.error(
            DownloadFailure::Write,
            format!("the content could not be written: {}", error.kind()),
        );
        report.source(error).into()
    }
}

/// A file that is not whole, and is removed unless it becomes so.
struct Unfinished(Option<PathBuf>);

impl Unfinished {
    /// Creates a file beside a path, under a name that nobody else has.
    async fn create(path: &Path) -> io::Result<(File, Self)> {
        if path.file_name().is_none() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the path names no file",
            ));
        }
        // The name's own length is not added to: a file system bounds it.
        let nonce = sign::nonce().map_err(io::Error::other)?;
        let own = path.with_file_name(format!(".{nonce}.part"));
        // Both are made on the other thread: where nobody waits any more for what is created there, it is removed there.
        let created = tokio::task::spawn_blocking(move || {
            let file = std::fs::File::create_new(&own)?;
            io::Result::Ok((file, Self(Some(own))))
        });
        let (file, unfinished) = created.await.map_err(io::Error::other)??;
        Ok((File::from_std(file), unfinished))
    }

    async fn finish(mut self, path: &Path) -> io::Result<()> {
        if let Some(own) = &self.0 {
            tokio::fs::rename(own, path).await?;
        }
        self.0 = None;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(own) = &self.0 {
            // Nobody is left to be told; a name that ends in `.part` tells it.
            drop(std::fs::remove_file(own));
        }
    }
}
