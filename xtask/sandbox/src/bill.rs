//! Bills: the answer that leads to one, and the file, made row by row while it is sent.

mod sealed;

use crate::Error;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use rsa::PublicKey;
use serde_json::{Map, Value};
use sha1::{Digest as _, Sha1};
use std::convert::Infallible;
use std::io::Write as _;

/// How many bytes are made at once.
const PIECE: usize = 64 * 1024;

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

const TRADES: [&str; 27] = [
    "交易时间",
    "公众账号ID",
    "商户号",
    "特约商户号",
    "设备号",
    "微信订单号",
    "商户订单号",
    "用户标识",
    "交易类型",
    "交易状态",
    "付款银行",
    "货币种类",
    "应结订单金额",
    "代金券金额",
    "微信退款单号",
    "商户退款单号",
    "退款金额",
    "充值券退款金额",
    "退款类型",
    "退款状态",
    "商品名称",
    "商户数据包",
    "手续费",
    "费率",
    "订单金额",
    "申请退款金额",
    "费率备注",
];

const TRADE_TOTALS: [&str; 7] = [
    "总交易单数",
    "应结订单总金额",
    "退款总金额",
    "充值券退款总金额",
    "手续费总金额",
    "订单总金额",
    "申请退款总金额",
];

const FUND_FLOWS: [&str; 11] = [
    "记账时间",
    "微信支付业务单号",
    "资金流水单号",
    "业务名称",
    "业务类型",
    "收支类型",
    "收支金额(元)",
    "账户结余(元)",
    "资金变更提交申请人",
    "备注",
    "业务凭证号",
];

const FUND_FLOW_TOTALS: [&str; 5] = [
    "资金流水总笔数",
    "收入笔数",
    "收入金额",
    "支出笔数",
    "支出金额",
];

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

    /// The file in pieces, before it is encrypted.
    fn packed_pieces(self) -> impl Iterator<Item = Bytes> + Send {
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

    /// The bill's lines, each with its line break.
    pub fn lines(self) -> impl Iterator<Item = String> + Send {
        let head = match self.kind {
            BillKind::Trades => TRADES.join(","),
            BillKind::FundFlows => FUND_FLOWS.join(","),
        };
        let rows = (0..self.rows).map(move |index| match self.kind {
            BillKind::Trades => trade(index),
            BillKind::FundFlows => fund_flow(index),
        });
        std::iter::once(format!("\u{feff}{head}\r\n"))
            .chain(rows)
            .chain(std::iter::once_with(move || self.totals()))
    }

    fn totals(self) -> String {
        let (rows, sum) = (self.rows, yuan((0..self.rows).map(fen).sum()));
        match self.kind {
            BillKind::Trades => format!(
                "{}\r\n`{rows}.0,`{sum},`0.00,`0.00,`0.00000,`{sum},`0.00\r\n",
                TRADE_TOTALS.join(",")
            ),
            BillKind::FundFlows => {
                format!(
                    "{}\r\n`{rows},`{rows},`{sum},`0,`0.00\r\n",
                    FUND_FLOW_TOTALS.join(",")
                )
            }
        }
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

/// What a row's payment or flow amounts to.
fn fen(index: u64) -> u64 {
    1 + index % 10_000
}

fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// Some second of the day.
fn clock(index: u64) -> String {
    let second = index % 86_400;
    format!(
        "2019-06-11 {:02}:{:02}:{:02}",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

fn trade(index: u64) -> String {
    let (time, amount) = (clock(index), yuan(fen(index)));
    format!(
        "`{time},`wxd678efh567hg6787,`1900000109,`0,`,`4200000480{index:018},`order-{index:012},`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`JSAPI,`SUCCESS,`OTHERS,`CNY,`{amount},`0.00,`0,`0,`0.00,`0.00,`,`,`a cup, and \"a\" spoon,`{{\"shop\":7}},`0.00000,`0.60%,`{amount},`0.00,`\r\n"
    )
}

fn fund_flow(index: u64) -> String {
    let (time, amount) = (clock(index), yuan(fen(index)));
    format!(
        "`{time},`4200000480{index:018},`5030080{index:021},`交易,`交易,`收入,`{amount},`{amount},`1900000109API,`a note, with a comma,`order-{index:012}\r\n"
    )
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
