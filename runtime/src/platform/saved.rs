//! Certificates in a file, so that a restart fetches nothing. They are saved as they came, sealed: whoever can write the file can put no key of
//! their own into it.

use super::answer::{Opened, open};
use crate::credentials::Apiv3Key;
use crate::sign;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// What the file says of itself.
const FORMAT: &str = "wechatpay platform certificates, 2";

/// The longest file that is read, in bytes. A certificate has about two thousand.
const LONGEST: u64 = 1024 * 1024;

/// The file of one merchant's certificates of one family.
#[derive(Clone, Debug)]
pub(super) struct SavedFile {
    path: PathBuf,
    family: &'static str,
    mchid: String,
}

#[derive(Deserialize, Serialize)]
struct Document {
    format: String,
    family: String,
    mchid: String,
    fetched_at: u64,
    data: Vec<Value>,
}

impl SavedFile {
    #[inline]
    pub(super) fn new(path: PathBuf, family: &'static str, mchid: &str) -> Self {
        Self {
            path,
            family,
            mchid: mchid.to_owned(),
        }
    }

    /// What was saved, and when it was fetched, where it is of use now.
    #[inline]
    pub(super) fn load(&self, key: &Apiv3Key, now: u64) -> Option<(u64, Vec<Opened>)> {
        let reason = match self.read() {
            Ok(document) => match self.check(document, key, now) {
                Ok(found) => return Some(found),
                Err(reason) => reason.to_owned(),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            Err(error) => error.to_string(),
        };
        tracing::warn!(
            family = self.family,
            path = %self.path.display(),
            reason,
            "a file of platform certificates was ignored"
        );
        None
    }

    #[inline]
    fn read(&self) -> io::Result<Document> {
        let mut text = Vec::new();
        let mut file = File::open(&self.path)?.take(LONGEST + 1);
        file.read_to_end(&mut text)?;
        if text.len() as u64 > LONGEST {
            return Err(io::Error::other("it is too long"));
        }
        serde_json::from_slice(&text)
            .map_err(|_| io::Error::other("it is damaged, or another kind of file"))
    }

    #[inline]
    fn check(
        &self,
        document: Document,
        key: &Apiv3Key,
        now: u64,
    ) -> Result<(u64, Vec<Opened>), &'static str> {
        if document.format != FORMAT {
            return Err("it is of another format");
        }
        if document.family != self.family {
            return Err("it is another host family's");
        }
        // The seals do not tell: several merchants may have set the same APIv3 key.
        if document.mchid != self.mchid {
            return Err("it is another merchant's");
        }
        if document.fetched_at > now {
            return Err("it was written in the future");
        }
        let mut opened = open(document.data, key);
        if opened.is_empty() {
            return Err("nothing in it is sealed with this APIv3 key");
        }
        let now = i64::try_from(now).unwrap_or(i64::MAX);
        opened.retain(|one| one.certificate.validity().1 >= now);
        match opened.is_empty() {
            true => Err("all of its certificates have ended"),
            false => Ok((document.fetched_at, opened)),
        }
    }

    /// The text of the file.
    #[inline]
    pub(super) fn text<'o>(
        &self,
        fetched_at: u64,
        listed: impl Iterator<Item = &'o Opened>,
    ) -> serde_json::Result<Vec<u8>> {
        let data = listed.map(|one| serde_json::to_value(&one.sealed));
        serde_json::to_vec_pretty(&Document {
            format: FORMAT.to_owned(),
            family: self.family.to_owned(),
            mchid: self.mchid.clone(),
            fetched_at,
            data: data.collect::<Result<_, _>>()?,
        })
    }

    /// Writes the file in a thread of its own: a slow disk holds up no call.
    #[inline]
    pub(super) fn save(&self, text: serde_json::Result<Vec<u8>>) {
        let file = self.clone();
        let saved = text.map_err(io::Error::from).and_then(|text| {
            let thread = std::thread::Builder::new().name("wechatpay-certificates".to_owned());
            thread.spawn(move || {
                if let Err(error) = replace(&file.path, &text) {
                    file.not_saved(&error);
                }
            })
        });
        if let Err(error) = saved {
            self.not_saved(&error);
        }
    }

    #[inline]
    fn not_saved(&self, error: &io::Error) {
        tracing::warn!(
            family = self.family,
            path = %self.path.display(),
            %error,
            "platform certificates could not be saved"
        );
    }
}

/// Replaces a file: the new one is whole on the disk before it takes the old one's name.
#[inline]
fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::other("the path names no file"))?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let unique = sign::nonce().map_err(io::Error::other)?;
    let temporary = folder.join(format!(".{}.{unique}", name.to_string_lossy()));
    let written = write(&temporary, text).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        drop(fs::remove_file(&temporary));
    }
    written?;
    // The new name is on the disk too. Where a folder cannot be opened, as on Windows, it is there soon.
    if let Ok(folder) = File::open(folder) {
        drop(folder.sync_all());
    }
    Ok(())
}

#[inline]
fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text)?;
    file.sync_all()
}
