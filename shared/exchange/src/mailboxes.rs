//! E-mail addresses looked for in bytes that hold text among other things, such as changes of a
//! document nobody has opened: only a document that may hold one is worth opening.

use std::collections::HashMap;

/// The last byte before the sign and the first ones after it, in lower case.
type Around = [u8; 4];

/// Addresses that are looked for.
#[derive(Debug, Default)]
pub struct Mailboxes(HashMap<Around, Vec<String>>);

impl Mailboxes {
    /// Looks for one address more; what is too short to be one is passed over.
    pub fn seek(&mut self, address: &str) {
        let address = address.trim().to_lowercase();
        let at = address.find('@');
        if let Some(around) = at.and_then(|at| around(address.as_bytes(), at)) {
            self.0.entry(around).or_default().push(address);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Says whether one of the addresses may stand in these bytes, in whatever case.
    pub fn may_be_in(&self, bytes: &[u8]) -> bool {
        let signs = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'@');
        signs.map(|(at, _)| at).any(|at| {
            let likely = around(bytes, at).and_then(|around| self.0.get(&around));
            likely.into_iter().flatten().any(|address| stands(address.as_bytes(), bytes, at))
        })
    }
}

fn around(bytes: &[u8], at: usize) -> Option<Around> {
    let before = bytes.get(at.checked_sub(1)?)?;
    let [first, second, third] = bytes.get(at + 1..at + 4)? else { return None };
    Some([before, first, second, third].map(u8::to_ascii_lowercase))
}

/// Says whether the address stands around the sign at that place.
fn stands(address: &[u8], bytes: &[u8], at: usize) -> bool {
    let own = address.iter().position(|byte| *byte == b'@').unwrap_or_default();
    let begin = at.checked_sub(own);
    let found = begin.and_then(|begin| bytes.get(begin..begin + address.len()));
    found.is_some_and(|found| found.eq_ignore_ascii_case(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: bool) {
        let mut sought = Mailboxes::default();
        for address in ["Ann@Torg.example", "b@c", "@nobody.example", "анна@торг.рф"] {
            sought.seek(address);
        }
        assert_eq!(sought.may_be_in(bytes), expected);
    }

    #[test]
    fn an_address_is_found_among_other_bytes_in_any_case() {
        check(b"\xff\x00IvanovaANN@torg.EXAMPLE+49 30", true);
        check("x@y анна@торг.рф".as_bytes(), true);
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        check(b"hann@torg.exampl", false);
        check(b"ann@tor", false);
        check(b"@@@@ann@", false);
        check(b"dan@torg.example", false);
        check(b"b@c", false);
    }
}
