//! Bills: the answer that leads to one, and the file, made row by row while it is sent.

mod packing;
mod rows;
mod sealed;

use crate::Error;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use rsa::PublicKey;
use serde_json::{Map, Value};
use sha1::{Digest as _, Sha1};
use std::convert::Infallible;

/// The path that files of bills are served at.
const FILE_PATH: &str = "/v3/billdownload/file";

/// A bill of the sandbox's: everything of it follows from what is here, so that a link can tell all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SandboxBill {
    /// What it lists.
    pub kind: BillKind,
    /// How many rows it has.
    pub rows: u64,
    /// Whether it comes as gzip.
    pub packed: bool,
    /// Whether it comes encrypted, with a key of its own. Such a bill is made as a whole before it is sent.
    pub sealed: bool,
}

/// What a bill lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillKind {
    /// Payments and refunds.
    Trades,
    /// Money that came into an account or left it.
    FundFlows,
}

impl SandboxBill {
    /// The bill that a link was made for.
    pub fn of_target(target: &str) -> Option<Self> {
        let query = target.strip_prefix(FILE_PATH)?.strip_prefix('?')?;
        let token = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("token="))?;
        let mut words = token.split('.');
        let kind = match words.next()? {
            "trades" => BillKind::Trades,
            "fundflows" => BillKind::FundFlows,
            _ => return None,
        };
        let rows = words.next()?.parse().ok()?;
        let packed = match words.next()? {
            "plain" => false,
            "gzip" => true,
            _ => return None,
        };
        let sealed = match words.next() {
            None => false,
            Some("sealed") => true,
            Some(_) => return None,
        };
        let whole = words.next().is_none();
        whole.then_some(Self {
            kind,
            rows,
            packed,
            sealed,
        })
    }

    /// The path and the query that the file is served at.
    pub fn target(self) -> String {
        let kind = match self.kind {
            BillKind::Trades => "trades",
            BillKind::FundFlows => "fundflows",
        };
        let packing = if self.packed { "gzip" } else { "plain" };
        let seal = if self.sealed { ".sealed" } else { "" };
        format!("{FILE_PATH}?token={kind}.{}.{packing}{seal}", self.rows)
    }

    /// Puts link and hash into an answer that leads to a bill, and into each member of its list of bills the key that the bill is encrypted
    /// with. Any other answer stays as it is.
    ///
    /// # Errors
    ///
    /// The key can't be encrypted for whoever asked.
    pub(crate) fn put_into(
        answer: &mut Value,
        path: &str,
        query: &Map<String, Value>,
        rows: u64,
        asker: &PublicKey,
    ) -> Result<(), Error> {
        let bill = |sealed| Self {
            kind: match path.contains("fundflow") {
                true => BillKind::FundFlows,
                false => BillKind::Trades,
            },
            rows,
            packed: query.get("tar_type").is_some_and(|tar| tar == "GZIP"),
            sealed,
        };
        if rows == 0 {
            return Ok(());
        }
        if let Some(list) = answer.get_mut("download_bill_list") {
            let members = list.as_array_mut().into_iter().flatten();
            for member in members.filter_map(Value::as_object_mut) {
                if bill(true).lead_to(member, "/v3/") && member.contains_key("encrypt_key") {
                    sealed::tell(member, asker)?;
                }
            }
        } else if let Some(members) = answer.as_object_mut() {
            bill(false).lead_to(members, FILE_PATH);
        }
        Ok(())
    }

    /// Puts link and hash in the place of those of the example, whose path begins so.
    fn lead_to(self, members: &mut Map<String, Value>, path: &str) -> bool {
        let leads_to_a_bill = members.get("hash_type").is_some_and(|kind| kind == "SHA1")
            && members.contains_key("hash_value");
        let url = members.get("download_url").and_then(Value::as_str);
        let origin = url.and_then(|url| url.split_once(path));
        let Some((origin, _)) = origin.filter(|_| leads_to_a_bill) else {
            return false;
        };
        let url = format!("{origin}{}", self.target());
        members.insert("download_url".into(), url.into());
        members.insert("hash_value".into(), self.sha1().into());
        true
    }

    /// Sends the bill that a link was made for in place of the example, where the link was followed with success.
    pub(crate) fn serve(answer: Response, target: &str) -> Response {
        let Some(bill) = Self::of_target(target).filter(|_| answer.status() == StatusCode::OK)
        else {
            return answer;
        };
        let (mut head, _) = answer.into_parts();
        let media_type = HeaderValue::from_static(bill.media_type());
        head.headers.insert(CONTENT_TYPE, media_type);
        let pieces = futures_util::stream::iter(bill.pieces().map(Ok::<_, Infallible>));
        Response::from_parts(head, Body::from_stream(pieces))
    }

    /// The digest of the bill before it is packed, in lower-case hexadecimal.
    pub fn sha1(self) -> String {
        let mut digest = Sha1::new();
        self.lines().for_each(|line| digest.update(line));
        digest
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The media type of the file.
    pub(crate) fn media_type(self) -> &'static str {
        match (self.sealed, self.packed) {
            (true, _) => "application/octet-stream",
            (false, true) => "application/x-gzip",
            (false, false) => "text/plain",
        }
    }

    /// The file in pieces.
    pub fn pieces(self) -> Box<dyn Iterator<Item = Bytes> + Send> {
        match self.sealed {
            true => Box::new(std::iter::once(sealed::seal(self.packed_pieces()))),
            false => Box::new(self.packed_pieces()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    const BILL: SandboxBill = SandboxBill {
        kind: BillKind::Trades,
        rows: 1000,
        packed: false,
        sealed: false,
    };

    #[test]
    fn a_link_tells_the_whole_bill() {
        for bill in [
            BILL,
            SandboxBill {
                packed: true,
                kind: BillKind::FundFlows,
                ..BILL
            },
            SandboxBill {
                sealed: true,
                ..BILL
            },
        ] {
            assert_eq!(SandboxBill::of_target(&bill.target()), Some(bill));
        }
        for other in [
            "/v3/billdownload/file",
            "/v3/billdownload/file?token=x",
            "/v3/x?token=trades.1.plain",
            "/v3/billdownload/file?token=trades.1.plain.x",
        ] {
            assert_eq!(SandboxBill::of_target(other), None, "{other}");
        }
    }

    #[test]
    fn the_digest_is_that_of_what_is_unpacked() {
        let plain: Vec<u8> = BILL.pieces().flatten().collect();
        let packed: Vec<u8> = SandboxBill {
            packed: true,
            ..BILL
        }
        .pieces()
        .flatten()
        .collect();
        let mut unpacked = Vec::new();
        let mut decoder = flate2::read::GzDecoder::new(&packed[..]);
        decoder.read_to_end(&mut unpacked).expect("gzip");
        assert_eq!(unpacked, plain);
        let digest = Sha1::digest(&plain);
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, BILL.sha1());
        assert!(
            String::from_utf8(plain)
                .expect("UTF-8")
                .ends_with("`1000.0,`5005.00,`0.00,`0.00,`0.00000,`5005.00,`0.00\r\n")
        );
    }
}
