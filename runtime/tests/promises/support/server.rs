//! A server on loopback that answers what a test tells it to, and keeps what it received.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The connection that it came by: the port of its other end.
    pub(crate) connection: u16,
}

pub(crate) struct Server {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Answers each request by writing to its connection, which closes where the answer says `false`.
    pub(crate) fn start(
        answer: impl Fn(&Received, &mut TcpStream) -> bool + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let received = Arc::new(Mutex::new(Vec::new()));
        let (keep, answer) = (Arc::clone(&received), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (keep, answer) = (Arc::clone(&keep), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &keep, &*answer));
            }
        });
        Self { url, received }
    }

    /// Answers each request with the same bytes.
    pub(crate) fn answering(reply: Vec<u8>) -> Self {
        Self::start(move |_, stream| stream.write_all(&reply).is_ok())
    }

    /// What arrived until now.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().expect("the requests").clone()
    }

    /// The only request that arrived.
    pub(crate) fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received.into_iter().next().expect("a request")
    }
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self
            .headers
            .iter()
            .filter(|(own, _)| own.eq_ignore_ascii_case(name));
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "`{name}` came twice");
        value
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("a text")
    }
}

fn serve(
    stream: TcpStream,
    keep: &Mutex<Vec<Received>>,
    answer: &dyn Fn(&Received, &mut TcpStream) -> bool,
) {
    let mut writer = stream.try_clone().expect("a connection");
    let Ok(other_end) = stream.peer_addr() else {
        return;
    };
    let mut reader = BufReader::new(stream);
    while let Some(mut request) = receive(&mut reader) {
        request.connection = other_end.port();
        keep.lock().expect("the requests").push(request.clone());
        if !answer(&request, &mut writer) {
            break;
        }
    }
    drop(writer.shutdown(std::net::Shutdown::Both));
}

fn receive(reader: &mut impl BufRead) -> Option<Received> {
    let first = line(reader)?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let line = line(reader)?;
        match line.split_once(": ") {
            Some((name, value)) => headers.push((name.to_owned(), value.to_owned())),
            None => break,
        }
    }
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = length.map_or(0, |(_, value)| value.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Received {
        method,
        target,
        headers,
        body,
        connection: 0,
    })
}

fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut bytes = Vec::new();
    let count = reader.read_until(b'\n', &mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
    (count > 0).then_some(text)
}
