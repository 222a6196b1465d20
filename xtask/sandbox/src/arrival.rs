//! What left the client, as it arrived: every connection that was turned away, and every request, however little of it came.

use crate::authorization::Authorization;
use crate::check_request::{WECHATPAY_SERIAL, header};
use crate::door::Place;
use crate::fault::{Fault, LineFault};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A request as far as it arrived, and how its exchange ended.
#[derive(Clone)]
pub struct Arrival {
    /// Counts all arrivals from 1.
    pub number: u64,
    /// Counts the arrivals of the same method and target from 1: which attempt it is, where one call has them.
    pub attempt: usize,
    /// The host family.
    pub family: String,
    /// The place among the family's hosts: 0, then its backups.
    pub host: usize,
    /// The number of the connection, which may carry several requests.
    pub connection: u64,
    /// The method; empty where no head came.
    pub method: String,
    /// The path and the query as sent; empty where no head came.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as far as it was read.
    pub body: Vec<u8>,
    /// How much of the request was read.
    pub reached: Reached,
    /// What it met.
    pub fault: Option<Fault>,
    /// How the exchange ended.
    pub end: End,
}

/// How much of a request was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// The connection was made. The client may have sent more.
    Connection,
    /// The head came, and maybe a part of the body.
    Head,
    /// All of it came.
    Whole,
}

/// How an exchange ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It goes on.
    Underway,
    /// It was answered with this status.
    Answered(u16),
    /// A fault of the line ended it.
    Broken,
    /// The client left before it was answered.
    ClientLeft,
}

impl Arrival {
    /// What `Authorization` says, where it can be read.
    pub fn authorization(&self) -> Option<Authorization> {
        Authorization::parse(header(&self.headers, "Authorization")?).ok()
    }

    /// The platform key that the client asks for by `Wechatpay-Serial`.
    pub fn platform_serial(&self) -> Option<&str> {
        header(&self.headers, WECHATPAY_SERIAL)
    }
}

/// Shows neither headers nor body, which may hold secrets.
impl fmt::Debug for Arrival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arrival")
            .field("number", &self.number)
            .field("attempt", &self.attempt)
            .field("family", &self.family)
            .field("host", &self.host)
            .field("method", &self.method)
            .field("target", &self.target)
            .field("reached", &self.reached)
            .field("fault", &self.fault)
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}

/// The latest arrivals, the oldest first.
#[derive(Debug)]
pub(crate) struct Arrivals {
    list: Mutex<List>,
    kept: usize,
}

#[derive(Debug, Default)]
struct List {
    arrivals: VecDeque<Arrival>,
    counted: u64,
}

impl Arrivals {
    pub(crate) fn keeping(kept: usize) -> Self {
        Self {
            list: Mutex::default(),
            kept,
        }
    }

    pub(crate) fn all(&self) -> Vec<Arrival> {
        self.lock().arrivals.iter().cloned().collect()
    }

    /// A connection that was closed before anything was read of it.
    pub(crate) fn turned_away(&self, place: &Place, connection: u64) {
        let mut arrival = Arrival::at(place, connection);
        arrival.fault = Some(LineFault::Closed.into());
        arrival.end = End::Broken;
        self.add(arrival);
    }

    /// A request's head; gives its number.
    pub(crate) fn head(
        &self,
        place: &Place,
        connection: u64,
        request: &http::request::Parts,
    ) -> u64 {
        let mut arrival = Arrival::at(place, connection);
        arrival.method = request.method.to_string();
        arrival.target = target(request).to_owned();
        arrival.headers = discreet(request.headers.clone());
        arrival.reached = Reached::Head;
        self.add(arrival)
    }

    /// Changes an arrival, where it is still kept.
    pub(crate) fn change(&self, number: u64, change: impl FnOnce(&mut Arrival)) {
        let mut list = self.lock();
        let mut latest = list.arrivals.iter_mut().rev();
        if let Some(arrival) = latest.find(|arrival| arrival.number == number) {
            change(arrival);
        }
    }

    fn add(&self, mut arrival: Arrival) -> u64 {
        let mut list = self.lock();
        list.counted += 1;
        let number = list.counted;
        arrival.number = number;
        let same = |it: &&Arrival| (&it.method, &it.target) == (&arrival.method, &arrival.target);
        arrival.attempt = list.arrivals.iter().filter(same).count() + 1;
        list.arrivals.push_back(arrival);
        while list.arrivals.len() > self.kept {
            list.arrivals.pop_front();
        }
        number
    }

    fn lock(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Arrival {
    fn at(place: &Place, connection: u64) -> Self {
        Self {
            number: 0,
            attempt: 1,
            family: place.family.as_ref().to_owned(),
            host: place.host,
            connection,
            method: String::new(),
            target: String::new(),
            headers: HeaderMap::new(),
            body: Vec::new(),
            reached: Reached::Connection,
            fault: None,
            end: End::Underway,
        }
    }
}

/// The path and the query as sent.
pub(crate) fn target(request: &http::request::Parts) -> &str {
    let target = request.uri.path_and_query();
    target.map_or("*", |target| target.as_str())
}

/// The headers, with `Authorization` hidden from `Debug`.
pub(crate) fn discreet(mut headers: HeaderMap) -> HeaderMap {
    if let Some(authorization) = headers.get_mut(AUTHORIZATION) {
        authorization.set_sensitive(true);
    }
    headers
}
