//! Changes before the gate, one after another, as somebody signed in would push them.

use documents::{class::Class, document::Document, gate};
use domain::id::PersonId;
use sha2::{Digest, Sha256};
use sync::change;

/// Whose changes they are.
pub const PERSON: PersonId = PersonId([7; 16]);
/// The account they are to.
pub const ACCOUNT: [u8; 16] = [9; 16];

/// Has the gate judge the bodies of changes, in order, and returns how many it let in. What the scan
/// refuses it never sees.
///
/// # Panics
///
/// When the gate lets in what cannot be opened again to the same row.
pub fn judge(bodies: &[&[u8]]) -> usize {
    let mut document = Document::new(Class::Account, ACCOUNT);
    let mut accepted = Vec::new();
    for body in bodies {
        let change = framed(body);
        let Ok(scanned) = change::scan(&change) else { continue };
        let judged = gate::judge(&document, PERSON, std::slice::from_ref(&change));
        let (after, verdicts) = judged.expect("the document before was let in by the gate");
        if verdicts[0].is_err() {
            continue;
        }
        accepted.push(change);
        assert!(
            after.heads().contains(&scanned.hash.0),
            "the scan names the change as Automerge does"
        );
        let again = Document::open(Class::Account, ACCOUNT, &accepted);
        let again = again.expect("what was let in opens again");
        assert_eq!(again.row().ok(), after.row().ok(), "and says the same");
        document = after;
    }
    accepted.len()
}

/// Returns a change chunk with that body: magic, checksum, kind, length.
pub fn framed(body: &[u8]) -> Vec<u8> {
    let mut rest = vec![1];
    let mut length = body.len();
    while length >= 0x80 {
        rest.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    rest.push(length as u8);
    rest.extend(body);
    let checksum = Sha256::digest(&rest);
    [&[0x85, 0x6f, 0x4a, 0x83], &checksum[..4], &rest].concat()
}

/// Returns the body of a change chunk as our own code writes it.
pub fn body(change: &[u8]) -> &[u8] {
    let length = change[9..].iter().position(|byte| byte & 0x80 == 0).unwrap_or_default();
    &change[10 + length..]
}
