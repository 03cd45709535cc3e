//! A note two people can type in at once; a document of its own.

use crate::id::AccountId;
use minicbor::{Decode, Encode};

/// The shared note of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub account: AccountId,
    pub text: String,
}

/// A stretch of typing: at a place, so many characters go and some text comes.
///
/// Places and lengths count Unicode code points. `cursor` names the place in a way that survives
/// other people's typing, so that the edit can be made again after a merge.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Splice {
    #[n(0)]
    pub at: u32,
    #[n(1)]
    pub delete: u32,
    #[n(2)]
    pub insert: String,
    #[n(3)]
    pub cursor: Option<String>,
}
