//! A bill as a file: in pieces, as gzip or not.

use super::SandboxBill;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

/// How many bytes are made at once.
const PIECE: usize = 64 * 1024;

impl SandboxBill {
    /// The file in pieces, before it is encrypted.
    pub(super) fn packed_pieces(self) -> impl Iterator<Item = Bytes> + Send {
        let mut packing = match self.packed {
            true => Packing::Gzip(Box::new(GzEncoder::new(Vec::new(), Compression::fast()))),
            false => Packing::Plain(Vec::new()),
        };
        let mut lines = self.lines();
        let mut ended = false;
        std::iter::from_fn(move || {
            while !ended && packing.len() < PIECE {
                match lines.next() {
                    Some(line) => packing.write(line.as_bytes()),
                    None => {
                        packing.finish();
                        ended = true;
                    }
                }
            }
            let piece = packing.take();
            (!piece.is_empty()).then(|| piece.into())
        })
    }
}

enum Packing {
    Plain(Vec<u8>),
    Gzip(Box<GzEncoder<Vec<u8>>>),
    Ended(Vec<u8>),
}

impl Packing {
    fn out(&mut self) -> &mut Vec<u8> {
        match self {
            Self::Plain(out) | Self::Ended(out) => out,
            Self::Gzip(encoder) => encoder.get_mut(),
        }
    }

    fn len(&mut self) -> usize {
        self.out().len()
    }

    /// Writing into memory does not fail.
    fn write(&mut self, bytes: &[u8]) {
        match self {
            Self::Plain(out) | Self::Ended(out) => out.extend_from_slice(bytes),
            Self::Gzip(encoder) => drop(encoder.write_all(bytes)),
        }
    }

    fn finish(&mut self) {
        let own = std::mem::replace(self, Self::Ended(Vec::new()));
        *self = match own {
            Self::Gzip(encoder) => Self::Ended(encoder.finish().unwrap_or_default()),
            Self::Plain(out) | Self::Ended(out) => Self::Ended(out),
        };
    }

    fn take(&mut self) -> Vec<u8> {
        std::mem::take(self.out())
    }
}
