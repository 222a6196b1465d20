//! Who makes the call.

use crate::keys::Keys;
use crate::{by_hand, sdk};
use std::sync::Arc;
use std::time::Duration;
use wechatpay_openapi::WechatPay;

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Who {
    ByHand,
    Sdk,
}

/// A client of either.
#[derive(Clone)]
pub(crate) enum Caller {
    ByHand(Arc<by_hand::Client>),
    Sdk(WechatPay),
}

impl Who {
    pub(crate) const BOTH: [Self; 2] = [Self::ByHand, Self::Sdk];

    pub(crate) fn caller(self, keys: &Keys, url: &str, limit: Duration) -> Caller {
        match self {
            Self::ByHand => Caller::ByHand(Arc::new(by_hand::Client::new(keys, url, limit))),
            Self::Sdk => Caller::Sdk(sdk::wechat_pay(keys, url, limit)),
        }
    }
}

impl Caller {
    async fn call(self) -> String {
        match self {
            Self::ByHand(client) => client.prepay().await,
            Self::Sdk(wxpay) => sdk::prepay(&wxpay).await,
        }
    }

    /// Makes so many calls at once, each in a task of its own, and waits for all answers.
    pub(crate) async fn calls(&self, in_flight: usize) {
        let tasks: Vec<_> = (0..in_flight)
            .map(|_| tokio::spawn(self.clone().call()))
            .collect();
        for task in tasks {
            let prepay_id = task.await.expect("a call that ends");
            assert!(prepay_id.starts_with("wx"));
        }
    }
}
