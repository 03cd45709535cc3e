//! A purchase or a refund, as the till or the order system told it.

use crate::{id::PurchaseId, money::Money, time::Timestamp};
use minicbor::{Decode, Encode};

/// One purchase. Written once. A refund has a negative amount and names what it refunds.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Purchase {
    #[n(0)]
    pub at: Timestamp,
    #[n(1)]
    pub amount: Money,
    #[n(2)]
    pub category: Option<String>,
    #[n(3)]
    pub quantity: Option<u32>,
    #[n(4)]
    pub channel: Option<String>,
    #[n(5)]
    pub refund_of: Option<PurchaseId>,
    /// What it cost the company, where known.
    #[n(6)]
    pub cost: Option<Money>,
}
