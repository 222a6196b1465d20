//! Bills, what leads to them, and who serves them.

use super::example::BillReply;
use super::server::{Received, Server};
use flate2::{Compression, write::GzEncoder};
use sha1::{Digest as _, Sha1};
use std::io::Write;
use std::net::TcpStream;
use wechatpay_runtime::{DownloadFailure, Error, ErrorKind};

pub(crate) const TARGET: &str = "/v3/billdownload/file?token=a%2Fb+c%3D";

pub(crate) const FLOWS: &str = "记账时间,微信支付业务单号,收支类型,收支金额(元),账户结余(元),备注\n\
    `2019-06-11 10:34:56,`4200000480,`收入,`12.30,`112.30,`\n\
    资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\n`1,`1,`12.30,`0,`0\n";

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

pub(crate) fn sha1(bytes: &[u8]) -> String {
    let digest = Sha1::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// A reply that leads to a bill of a hash.
pub(crate) fn leads_to(hash: &str) -> BillReply {
    BillReply {
        download_url: Some(format!("https://api.mch.weixin.qq.com{TARGET}")),
        hash_type: Some("SHA1".to_owned()),
        hash_value: Some(hash.to_owned()),
        encrypt_key: None,
        nonce: None,
    }
}

pub(crate) fn failure(error: &Error) -> DownloadFailure {
    match error.kind() {
        ErrorKind::Download(failure) => *failure,
        other => panic!("{other:?}: {error}"),
    }
}

/// A server that answers with a file, in chunks of a few bytes.
pub(crate) fn serving(content: Vec<u8>) -> Server {
    Server::start(move |_: &Received, stream: &mut TcpStream| {
        let head = "HTTP/1.1 200 OK\r\nRequest-ID: 08F7\r\nTransfer-Encoding: chunked\r\n\r\n";
        let mut body = head.as_bytes().to_vec();
        for piece in content.chunks(7) {
            body.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
            body.extend_from_slice(piece);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"0\r\n\r\n");
        stream.write_all(&body).is_ok()
    })
}
