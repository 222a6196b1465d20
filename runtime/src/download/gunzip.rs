//! Gunzip of what comes in pieces, with bounded room: input is given, output is taken, nothing waits in between.

use bytes::{Buf, Bytes, BytesMut};
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, ErrorKind, Read};

/// How many bytes are unpacked at once, at most.
const PIECE: usize = 64 * 1024;

/// How gzip begins. No bill and no other file of WeChat Pay's begins so.
pub(super) const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Unpacks one gzip file, of one member or several.
pub(super) struct Gunzip {
    decoder: MultiGzDecoder<Given>,
    room: BytesMut,
}

/// What is not gzip, or ends before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotGzip;

impl Gunzip {
    /// Waits for input.
    pub(super) fn new() -> Self {
        Self {
            decoder: MultiGzDecoder::new(Given::default()),
            room: BytesMut::new(),
        }
    }

    /// Gives the next piece of input. What was given before must be taken first, or its rest is lost.
    pub(super) fn give(&mut self, piece: Bytes) {
        self.decoder.get_mut().piece = piece;
    }

    /// There is no more input.
    pub(super) fn end(&mut self) {
        self.decoder.get_mut().ended = true;
    }

    /// Takes the next piece of output. `None`: all that was given is unpacked; if the end was told, well to its end.
    pub(super) fn take(&mut self) -> Result<Option<Bytes>, NotGzip> {
        self.room.resize(PIECE, 0);
        loop {
            match self.decoder.read(&mut self.room) {
                Ok(0) => return Ok(None),
                Ok(count) => {
                    self.room.truncate(count);
                    return Ok(Some(self.room.split().freeze()));
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Err(NotGzip),
            }
        }
    }
}

/// The piece of input that was given. Where it is used up, and is not the last, reading would block.
#[derive(Default)]
struct Given {
    piece: Bytes,
    ended: bool,
}

impl Read for Given {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Given {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece.is_empty() && !self.ended {
            return Err(ErrorKind::WouldBlock.into());
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, count: usize) {
        self.piece.advance(count.min(self.piece.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::download::tests::{cut, gzip};
    use proptest::prelude::*;

    fn unpacked(pieces: impl IntoIterator<Item = Bytes>) -> Result<Vec<u8>, NotGzip> {
        let mut gunzip = Gunzip::new();
        let mut all = Vec::new();
        let mut take = |gunzip: &mut Gunzip| -> Result<(), NotGzip> {
            while let Some(piece) = gunzip.take()? {
                assert!(piece.len() <= PIECE);
                all.extend_from_slice(&piece);
            }
            Ok(())
        };
        for piece in pieces {
            gunzip.give(piece);
            take(&mut gunzip)?;
        }
        gunzip.end();
        take(&mut gunzip)?;
        Ok(all)
    }

    #[test]
    fn a_bomb_comes_out_in_small_pieces() {
        let packed = gzip(&vec![0; 32 << 20]);
        assert!(packed.len() < 64 * 1024);
        assert_eq!(unpacked([packed.into()]).expect("unpacked").len(), 32 << 20);
    }

    proptest! {
        #[test]
        fn any_cut_gives_the_same_bytes(
            members in proptest::collection::vec(any::<Vec<u8>>(), 1..4),
            cuts in proptest::collection::vec(0_usize..400, 0..12),
        ) {
            let packed: Vec<u8> = members.iter().flat_map(|one| gzip(one)).collect();
            prop_assert_eq!(unpacked(cut(&packed, &cuts)).expect("unpacked"), members.concat());
        }

        #[test]
        fn what_breaks_off_is_an_error(bytes in any::<Vec<u8>>(), at in any::<proptest::sample::Index>()) {
            let packed = gzip(&bytes);
            let end = at.index(packed.len());
            prop_assert!(unpacked([Bytes::copy_from_slice(&packed[..end])]).is_err());
        }

        #[test]
        fn a_changed_byte_is_an_error_or_changes_nothing(
            bytes in any::<Vec<u8>>(), at in any::<proptest::sample::Index>(), change in 1_u8..,
        ) {
            let mut packed = gzip(&bytes);
            let place = at.index(packed.len());
            packed[place] ^= change;
            if let Ok(unpacked) = unpacked([packed.into()]) {
                prop_assert_eq!(unpacked, bytes);
            }
        }

        #[test]
        fn nothing_panics(bytes in any::<Vec<u8>>(), cuts in proptest::collection::vec(0_usize..64, 0..12)) {
            drop(unpacked(cut(&bytes, &cuts)));
            let headed = [&MAGIC[..], &[8, 0, 0, 0, 0, 0, 0, 3], &bytes].concat();
            drop(unpacked(cut(&headed, &cuts)));
        }
    }
}
