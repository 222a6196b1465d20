//! Marks that mean something for texts or for APIv2 alone.

use super::Problems;
use super::survey::{Owner, Survey, Value};
use crate::diagnostic::Diagnostic;
use crate::model::{SchemaKind, Wire};

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    let shapes = survey.wires_of_shapes();
    for value in &survey.values {
        let on_json = match value.at.owner {
            Owner::Wire(wire) => wire == Wire::Json,
            Owner::Shape(id) => shapes
                .get(id)
                .is_some_and(|wires| wires.contains(&Wire::Json)),
        };
        texts_only(survey, value, problems);
        if on_json {
            xml_only(survey, value, problems);
        }
    }
    for call in &survey.operations {
        let flags = [
            ("no_nonce", call.operation.no_nonce),
            ("client_certificate", call.operation.client_certificate),
        ];
        for (key, _) in flags
            .iter()
            .filter(|(_, set)| *set && call.item.wire == Wire::Json)
        {
            let span = survey.place(call.file, &format!("{}#{key}", call.method.key()));
            problems.push(of_xml(span, key));
        }
    }
}

fn texts_only(survey: &Survey<'_>, value: &Value<'_>, problems: &mut Problems) {
    let schema = value.schema;
    let text = matches!(schema.kind, SchemaKind::Text(_) | SchemaKind::Any);
    let written_as_text = text
        || matches!(
            schema.kind,
            SchemaKind::Json(_) | SchemaKind::UrlEncoded(_) | SchemaKind::Enum(_)
        );
    let marks = [
        ("sensitive", schema.sensitive && !text),
        ("cdata", schema.cdata && !written_as_text),
    ];
    for (key, _) in marks.iter().filter(|(_, wrong)| *wrong) {
        let span = survey.place(value.at.file, &format!("{}#{key}", value.pointer));
        let help = match *key {
            "sensitive" => "what is encrypted on the wire is a text; mark the texts inside",
            _ => "CDATA is a way to write a text in XML; mark the texts inside",
        };
        problems.push(
            Diagnostic::error("not-a-text", span, format!("`{key}` is for texts")).help(help),
        );
    }
}

fn xml_only(survey: &Survey<'_>, value: &Value<'_>, problems: &mut Problems) {
    let place = |pointer: &str| survey.place(value.at.file, pointer);
    if value.schema.cdata {
        problems.push(of_xml(place(&format!("{}#cdata", value.pointer)), "cdata"));
    }
    let name = value.pointer.rsplit('.').next().unwrap_or_default();
    if name.contains("$n") || name.contains("$m") {
        problems.push(of_xml(place(&value.pointer), "$n"));
    }
}

fn of_xml(span: crate::diagnostic::Span, key: &str) -> Diagnostic {
    let message = format!("`{key}` belongs to APIv2's XML, and this is JSON");
    Diagnostic::error("xml-only", span, message)
        .help("remove it, or say `wire: xml` at the top of the file if the path is one of APIv2")
}
