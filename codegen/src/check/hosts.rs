//! `hosts.yaml`, and the host families that paths name.

use super::Problems;
use super::survey::Survey;
use crate::diagnostic::{Diagnostic, Span};
use crate::read::Table;

const DEFAULT: &str = "default";

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    match &survey.spec.hosts {
        Table::Absent => absent(survey, problems),
        Table::Unreadable => {}
        Table::Read(document) => {
            let hosts = &document.content;
            if !hosts.contains_key(DEFAULT) {
                problems.push(
                    Diagnostic::error("missing-host", Span::start_of(document.file), "no host family is called `default`")
                        .help("it serves all paths that name no `host`: `default: { base: https://api.mch.weixin.qq.com }`"),
                );
            }
            for (name, family) in hosts {
                let base = survey.place(document.file, &format!(".{name}#base"));
                problems.extend(bad_base(base, &family.base));
                for (index, backup) in family.backups.iter().enumerate() {
                    let span = survey.place(document.file, &format!(".{name}#backups.{index}"));
                    problems.extend(bad_base(span, backup));
                }
            }
            for path in &survey.spec.paths {
                if let Some(host) = &path.content.host
                    && !hosts.contains_key(host)
                {
                    let span = survey.place(path.file, "#host");
                    problems.push(
                        Diagnostic::error(
                            "unknown-host",
                            span,
                            format!("there is no host family `{host}`"),
                        )
                        .near_miss(host, hosts.keys().map(String::as_str))
                        .help("hosts.yaml lists them"),
                    );
                }
            }
        }
    }
}

fn absent(survey: &Survey<'_>, problems: &mut Problems) {
    if let Some(first) = survey.spec.paths.first() {
        problems.push(
            Diagnostic::error(
                "missing-host",
                Span::start_of(first.file),
                "there is no hosts.yaml, so nobody knows where to send a request",
            )
            .help("write hosts.yaml: `default: { base: https://api.mch.weixin.qq.com }`"),
        );
    }
}

fn bad_base(span: Span, base: &str) -> Option<Diagnostic> {
    let host = base.strip_prefix("https://");
    let good =
        host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']));
    (!good).then(|| {
        Diagnostic::error("bad-host", span, format!("`{base}` is no base URL"))
            .help("write `https://` and the host's name, without a slash at the end: `https://api.mch.weixin.qq.com`")
    })
}
