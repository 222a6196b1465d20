//! A server in a process of its own, which answers every request alike.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;

const VARIABLE: &str = "WECHATPAY_BENCH_REPLY";
const HOLD: &str = "WECHATPAY_BENCH_HOLD";

pub(crate) struct Server {
    child: Child,
    url: String,
}

impl Server {
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The answer to give, where this process was started to be the server.
pub(crate) fn asked_for() -> Option<String> {
    std::env::var(VARIABLE).ok()
}

/// Starts this program again, as the server.
pub(crate) fn start(reply: &str) -> Server {
    start_holding(reply, 0)
}

/// The same, but nobody is answered before so many requests are there.
pub(crate) fn start_holding(reply: &str, requests: usize) -> Server {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .env(VARIABLE, reply)
        .env(HOLD, requests.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a server");
    let mut line = String::new();
    let output = child.stdout.take().expect("its output");
    BufReader::new(output)
        .read_line(&mut line)
        .expect("its address");
    Server {
        child,
        url: format!("http://{}", line.trim()),
    }
}

/// Gives the next answer.
pub(crate) type Answers = Arc<dyn Fn() -> Arc<str> + Send + Sync>;

/// Serves one and the same answer until killed.
pub(crate) fn serve(reply: &str) {
    let reply: Arc<str> = reply.into();
    serve_each(Arc::new(move || reply.clone()));
}

/// Serves until killed.
pub(crate) fn serve_each(answers: Answers) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let hold = std::env::var(HOLD).ok().and_then(|text| text.parse().ok());
        let gate = Arc::new(Gate::new(hold.unwrap_or(0)));
        let listener = listen();
        println!("{}", listener.local_addr().expect("an address"));
        loop {
            let (stream, _) = listener.accept().await.expect("a connection");
            tokio::spawn(answer(stream, answers.clone(), gate.clone()));
        }
    });
}

/// A port with room for all who knock at once.
fn listen() -> TcpListener {
    let socket = TcpSocket::new_v4().expect("a socket");
    let any = "127.0.0.1:0".parse().expect("an address");
    socket.bind(any).expect("a port");
    socket.listen(16 * 1024).expect("a listener")
}

/// Opens when so many requests are there.
struct Gate {
    wanted: usize,
    arrived: AtomicUsize,
    open: Notify,
}

impl Gate {
    fn new(wanted: usize) -> Self {
        Self {
            wanted,
            arrived: AtomicUsize::new(0),
            open: Notify::new(),
        }
    }

    async fn pass(&self) {
        let opened = self.open.notified();
        let arrived = self.arrived.fetch_add(1, Ordering::SeqCst) + 1;
        if arrived < self.wanted {
            opened.await;
        } else {
            self.open.notify_waiters();
        }
    }
}

async fn answer(mut stream: TcpStream, answers: Answers, gate: Arc<Gate>) {
    let mut received = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(count) => received.extend_from_slice(&buffer[..count]),
        }
        while let Some(length) = whole_request(&received) {
            received.drain(..length);
            gate.pass().await;
            if stream.write_all(answers().as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

/// The length of the first request, once all of it is there.
fn whole_request(received: &[u8]) -> Option<usize> {
    let head = received.windows(4).position(|part| part == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&received[..head]).to_ascii_lowercase();
    let body = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|length| length.trim().parse::<usize>().ok())
        .unwrap_or(0);
    (received.len() >= head + body).then_some(head + body)
}
