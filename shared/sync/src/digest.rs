//! What a scope's rows add up to, so that a divergence is found and not believed away (rule D1).

use crate::id::*;
use sha2::{Digest as _, Sha256};

/// The digest of no rows.
pub const EMPTY: Digest = Digest([0; 16]);

impl Digest {
    /// Returns the digest with a row added.
    #[must_use]
    pub fn with(self, document: DocumentId, sequence: Sequence, row: &[u8]) -> Self {
        self.map(|sum| sum.wrapping_add(term(document, sequence, row)))
    }

    /// Returns the digest with a row taken out.
    #[must_use]
    pub fn without(self, document: DocumentId, sequence: Sequence, row: &[u8]) -> Self {
        self.map(|sum| sum.wrapping_sub(term(document, sequence, row)))
    }

    fn map(self, change: impl FnOnce(u128) -> u128) -> Self {
        Self(change(u128::from_be_bytes(self.0)).to_be_bytes())
    }
}

fn term(document: DocumentId, sequence: Sequence, row: &[u8]) -> u128 {
    let mut hasher = Sha256::new();
    hasher.update(document.0);
    hasher.update(sequence.0.to_be_bytes());
    hasher.update(row);
    let hash: [u8; 32] = hasher.finalize().into();
    let (first, _) = hash.split_at(16);
    u128::from_be_bytes(first.try_into().expect("the first half of 32 bytes is 16 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d1_a_row_taken_out_leaves_no_trace_and_order_does_not_matter() {
        let (a, b) = (DocumentId([1; 16]), DocumentId([2; 16]));
        let one = EMPTY.with(a, Sequence(1), b"a").with(b, Sequence(2), b"b");
        let other = EMPTY.with(b, Sequence(2), b"b").with(a, Sequence(1), b"a");
        assert_eq!(one, other);
        assert_eq!(one.without(a, Sequence(1), b"a"), EMPTY.with(b, Sequence(2), b"b"));
        assert_ne!(EMPTY.with(a, Sequence(1), b"a"), EMPTY.with(a, Sequence(2), b"a"));
    }
}
