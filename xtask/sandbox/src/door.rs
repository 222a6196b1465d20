//! Where connections are accepted. A door can be shut, so that its port refuses connections as a host does that is down.

use crate::line::{Line, LineIo};
use crate::server::Shared;
use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{mpsc, oneshot};

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;

/// How long a door rests where the machine has no more sockets to give.
const REST: Duration = Duration::from_millis(100);

/// Which of all hosts it is.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The host family.
    pub(crate) family: Arc<str>,
    /// The place among the family's hosts, the backups after the first.
    pub(crate) host: usize,
}

/// The door of a host.
pub(crate) struct Door {
    place: Place,
    address: SocketAddr,
    leaf: Leaf,
    orders: mpsc::Receiver<Order>,
    shared: Arc<Shared>,
    /// The connections that came through.
    lines: Vec<Weak<Line>>,
}

/// The door's state.
enum Leaf {
    Open(TcpListener),
    /// A socket that is bound and does not listen keeps the port: connecting to it is refused.
    Shut(Option<TcpSocket>),
}

/// To open a door or to shut it.
pub(crate) struct Order {
    pub(crate) open: bool,
    pub(crate) done: oneshot::Sender<io::Result<()>>,
}

impl Door {
    pub(crate) fn new(
        place: Place,
        address: SocketAddr,
        listener: TcpListener,
        orders: mpsc::Receiver<Order>,
        shared: Arc<Shared>,
    ) -> Self {
        Self {
            place,
            address,
            leaf: Leaf::Open(listener),
            orders,
            shared,
            lines: Vec::new(),
        }
    }

    fn obey(&mut self, order: Order) {
        let obeyed = match order.open {
            true => self.open(),
            false => self.shut(),
        };
        // Nobody may wait for it any more.
        let _ = order.done.send(obeyed);
    }

    fn shut(&mut self) -> io::Result<()> {
        if let Leaf::Open(_) = self.leaf {
            // A listener must be gone before the port can be bound again.
            self.leaf = Leaf::Shut(None);
            self.leaf = Leaf::Shut(Some(bound(self.address)?));
        }
        for line in self.lines.drain(..).filter_map(|line| line.upgrade()) {
            line.cut();
        }
        Ok(())
    }

    fn open(&mut self) -> io::Result<()> {
        let Leaf::Shut(kept) = &mut self.leaf else {
            return Ok(());
        };
        let socket = match kept.take() {
            Some(socket) => socket,
            None => bound(self.address)?,
        };
        self.leaf = Leaf::Open(socket.listen(BACKLOG)?);
        Ok(())
    }

    fn let_in(&mut self, stream: TcpStream) -> LineIo {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let line = Arc::new(Line::new(number, stream));
        self.lines.retain(|line| line.strong_count() > 0);
        self.lines.push(Arc::downgrade(&line));
        LineIo(line)
    }
}

impl Leaf {
    async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        match self {
            Self::Open(listener) => listener.accept().await,
            Self::Shut(_) => pending().await,
        }
    }
}

fn bound(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

impl axum::serve::Listener for Door {
    type Io = LineIo;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (LineIo, SocketAddr) {
        loop {
            tokio::select! {
                biased;
                Some(order) = self.orders.recv() => self.obey(order),
                accepted = self.leaf.accept() => match accepted {
                    Ok((stream, address)) => {
                        let line = self.let_in(stream);
                        if !self.shared.faults.take_at_the_door() {
                            return (line, address);
                        }
                        self.shared.arrivals.turned_away(&self.place, line.0.number);
                    }
                    Err(_) => tokio::time::sleep(REST).await,
                },
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
