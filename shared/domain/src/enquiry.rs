//! A first sign of interest: what a lead list holds about a party.

use crate::{money::Money, time::Timestamp};
use minicbor::{Decode, Encode};

/// One enquiry. Written once; a party may send several.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Enquiry {
    #[n(0)]
    pub at: Timestamp,
    /// Where it came from, such as `referral`.
    #[n(1)]
    pub source: Option<String>,
    #[n(2)]
    pub status: EnquiryStatus,
    #[n(3)]
    pub converted_at: Option<Timestamp>,
    /// What it cost to attract.
    #[n(4)]
    pub cost: Option<Money>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum EnquiryStatus {
    #[n(0)]
    New,
    #[n(1)]
    Working,
    #[n(2)]
    Qualified,
    #[n(3)]
    Disqualified,
    #[n(4)]
    Converted,
}
