//! The files that answers bring.

use wechatpay_codegen::model::Operation;

/// A file as an answer brings it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The value of `Content-Type`.
    pub media_type: String,
    /// What is in it.
    pub content: Vec<u8>,
}

/// A bill of one line. Bills begin with a byte order mark, and have a backtick before each value.
const BILL: &str = "\u{feff}交易时间,商户号,商户订单号,订单金额\r\n`2018-06-08 10:34:56,`1900000109,`1217752501201407033233368018,`1.00\r\n";

/// A document without pages.
const PDF: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// A file of the first media type that the operation produces. Where there is no content to tell for that type, it is every byte
/// once, so that a client that takes the file for a text is found out.
pub fn example_file(operation: &Operation) -> File {
    let described = operation.produces.first().map(String::as_str);
    let media_type = described.unwrap_or("application/octet-stream");
    let content = match media_type.split(';').next().unwrap_or_default().trim() {
        "text/plain" | "text/csv" => BILL.into(),
        "application/pdf" => PDF.into(),
        _ => (0..=u8::MAX).collect(),
    };
    File {
        media_type: media_type.into(),
        content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_media_type_tells_what_is_in_a_file() {
        let of = |produces: &[&str]| {
            example_file(&Operation {
                produces: produces.iter().map(|one| (*one).to_owned()).collect(),
                ..Operation::default()
            })
        };
        let bill = of(&["text/plain", "application/x-gzip"]);
        assert_eq!(bill.media_type, "text/plain");
        assert!(String::from_utf8(bill.content).is_ok());
        assert!(of(&["application/pdf"]).content.starts_with(b"%PDF-"));
        let other = of(&[]);
        assert_eq!(other.media_type, "application/octet-stream");
        assert!(String::from_utf8(other.content).is_err());
    }
}
