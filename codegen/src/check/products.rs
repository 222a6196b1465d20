//! `products.yaml`, and the products that files name.

use super::Problems;
use super::survey::Survey;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::Product;
use crate::read::{Document, Table};
use std::collections::BTreeMap;

type Products = BTreeMap<String, Product>;

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    let none = Products::new();
    let products = match &survey.spec.products {
        Table::Absent => &none,
        Table::Unreadable => return,
        Table::Read(document) => {
            table(survey, document, problems);
            &document.content
        }
    };
    for path in &survey.spec.paths {
        let span = survey.place(path.file, "#product");
        known(products, &path.content.product, span, problems);
    }
    for (id, document) in &survey.spec.shapes {
        known(
            products,
            &id.product,
            Span::start_of(document.file),
            problems,
        );
    }
    for ((product, _), document) in &survey.spec.events {
        known(products, product, Span::start_of(document.file), problems);
    }
}

fn table(survey: &Survey<'_>, document: &Document<Products>, problems: &mut Problems) {
    for name in document.content.keys() {
        let span = survey.place(document.file, &format!(".{name}"));
        if !super::identifiers::is_value_name(&name.replace('-', "_")) {
            problems.push(
                Diagnostic::error("bad-name", span, format!("`{name}` cannot be a product's name"))
                    .help("it becomes a Cargo feature: lower case, with `-` between words, as in `brand-card`"),
            );
        }
        if survey.spec.complete && !is_used(survey, name) {
            problems.push(
                Diagnostic::warning(
                    "empty-product",
                    span,
                    format!("no path and no notification belongs to the product `{name}`"),
                )
                .help("its Cargo feature would do nothing"),
            );
        }
    }
}

fn is_used(survey: &Survey<'_>, name: &str) -> bool {
    let mut paths = survey.spec.paths.iter();
    let mut events = survey.spec.events.keys();
    paths.any(|path| path.content.product == name) || events.any(|(product, _)| product == name)
}

fn known(products: &Products, name: &str, span: Span, problems: &mut Problems) {
    // A file without a product has been reported already.
    if name.is_empty() || products.contains_key(name) {
        return;
    }
    problems.push(
        Diagnostic::error(
            "unknown-product",
            span,
            format!("there is no product `{name}`"),
        )
        .near_miss(name, products.keys().map(String::as_str))
        .help(format!(
            "products.yaml lists them; a new one is a line there: `{name}: {{ title: … }}`"
        )),
    );
}
