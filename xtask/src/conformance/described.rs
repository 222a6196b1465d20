//! The witness that knows the API from its description, and has the sandbox answer by it.

mod received;
mod requests;

use super::callable::{name, operation, why_not};
use super::damage::damage;
use super::verdict::{self, Expected};
use super::witness::{Case, Host, Outcome, Server, Witness};
use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use requests::Requests;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use wechatpay_codegen::model::{Api, Operation, Response, Schema};
use wechatpay_sandbox::answer::answers_with_a_file;
use wechatpay_sandbox::check_value::schema_of;
use wechatpay_sandbox::{Alteration, ReceivedRequest, Sandbox, SandboxKeys};

/// The description as a witness.
pub(crate) struct Described<'a> {
    api: &'a Api,
    keys: SandboxKeys,
    cases: Vec<Case>,
    sandbox: Option<Sandbox>,
    answers: Answers,
    received: OnceCell<HashMap<usize, Vec<ReceivedRequest>>>,
}

/// What the answer of each case must become, by the case's number.
type Answers = Arc<Mutex<HashMap<usize, Expected>>>;

impl<'a> Described<'a> {
    /// Makes the cases of all operations that can be called.
    ///
    /// # Errors
    ///
    /// No keys can be made, or there is no example of a request.
    pub(crate) fn new(api: &'a Api) -> Result<Self> {
        let keys = SandboxKeys::shared()?;
        let requests = Requests::new(api, &keys)?;
        let mut cases = Vec::new();
        for item in api.paths.values() {
            for (method, operation) in &item.operations {
                if why_not(item, operation).is_none() {
                    requests.add_cases(item, *method, operation, &mut cases)?;
                }
            }
        }
        Ok(Self {
            api,
            keys,
            cases,
            sandbox: None,
            answers: Answers::default(),
            received: OnceCell::new(),
        })
    }

    /// Damages the answers of the cases that say so, and keeps what must be read of each.
    fn alteration(&self) -> Alteration {
        let api = self.api.clone();
        let kinds: HashMap<_, _> = self.cases.iter().map(|case| (case.id, case.kind)).collect();
        let replies = replies(self.api);
        let answers = Arc::clone(&self.answers);
        Alteration::from_fn(move |answering, body| {
            let Some(id) = received::case_of(answering.headers) else {
                return;
            };
            let mut reply = answering.plain.clone();
            let mut drift = Vec::new();
            if let (Some(kind), Some(schema)) = (kinds.get(&id), replies.get(answering.operation)) {
                drift = damage(&api, *kind, schema, body, &mut reply).drift;
            }
            let expected = Expected {
                status: answering.status,
                reply: Some(reply),
                file: None,
                drift,
            };
            let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
            answers.insert(id, expected);
        })
    }

    fn received(&self) -> &HashMap<usize, Vec<ReceivedRequest>> {
        self.received.get_or_init(|| {
            let mut received: HashMap<_, Vec<_>> = HashMap::new();
            for request in self.sandbox.iter().flat_map(Sandbox::requests) {
                if let Some(id) = received::case_of(&request.headers) {
                    received.entry(id).or_default().push(request);
                }
            }
            received
        })
    }

    /// What the answer to a request must become: what was kept of its document, else a file, else a status alone.
    fn expected(&self, case: &Case, request: &ReceivedRequest) -> Expected {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.get(&case.id).cloned().unwrap_or_else(|| {
            let is_file = operation(self.api, &case.operation).is_some_and(answers_with_a_file);
            Expected {
                status: request.verdict.status(),
                file: is_file.then(|| STANDARD.encode(&request.answer)),
                ..Expected::default()
            }
        })
    }
}

impl Witness for Described<'_> {
    fn name(&self) -> &'static str {
        "description"
    }

    fn cases(&self) -> &[Case] {
        &self.cases
    }

    async fn start(&mut self) -> Result<Server> {
        let sandbox = Sandbox::builder(self.api.clone())
            .bill_rows(0)
            .keys(self.keys.clone())
            .alteration(self.alteration())
            .kept_requests(usize::MAX)
            .start()
            .await?;
        let client = sandbox.client_material()?;
        let hosts = sandbox.family_urls().map(|(family, url)| {
            let host = Host {
                url,
                public_key_id: client.public_key_id.clone(),
                public_key: client.public_key.clone(),
            };
            (family.to_owned(), host)
        });
        let hosts = hosts.collect();
        self.sandbox = Some(sandbox);
        Ok(Server { hosts, client })
    }

    fn judge(&self, case: &Case, outcome: &Outcome) -> Vec<String> {
        let requests = self.received().get(&case.id).map_or(&[][..], Vec::as_slice);
        let [request] = requests else {
            let mut problems = vec![format!("{} requests were received", requests.len())];
            problems.extend(outcome.error.as_ref().map(|error| error.message.clone()));
            return problems;
        };
        let problems = received::judge(self.api, case, request);
        if !problems.is_empty() {
            return problems;
        }
        verdict::judge(case, &self.expected(case, request), outcome)
    }

    async fn stop(&mut self) {
        if let Some(sandbox) = self.sandbox.take() {
            sandbox.shutdown().await;
        }
    }
}

/// What each operation answers with, by its name.
fn replies(api: &Api) -> HashMap<String, Schema> {
    let operations = api.paths.values().flat_map(|item| {
        let operations = item.operations.iter();
        operations.map(move |(method, operation)| (item, *method, operation))
    });
    operations
        .filter_map(|(item, method, operation)| Some((name(item, method), reply(operation)?)))
        .collect()
}

/// What a successful answer holds, where it is a document.
fn reply(operation: &Operation) -> Option<Schema> {
    let mut responses = operation.responses.iter();
    let (_, response) = responses.find(|(status, _)| (200..300).contains(*status))?;
    match response {
        Response::Empty | Response::File => None,
        Response::Body(body) => Some(schema_of(body)),
        Response::Value(schema) => Some((**schema).clone()),
    }
}
