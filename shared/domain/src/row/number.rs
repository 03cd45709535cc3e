//! Numbers of variable length, seven bits a byte, the least first; differences are zigzagged.

/// Returns the place of a word among the known ones, which it joins.
pub(super) fn place<T: Clone + PartialEq>(known: &mut Vec<T>, wanted: &T) -> u64 {
    let found = known.iter().position(|one| one == wanted).unwrap_or_else(|| {
        known.push(wanted.clone());
        known.len() - 1
    });
    found as u64
}

/// Returns 0 for nothing and one more than the place otherwise.
pub(super) fn place_or_none<T: Clone + PartialEq>(known: &mut Vec<T>, wanted: Option<&T>) -> u64 {
    wanted.map_or(0, |wanted| place(known, wanted) + 1)
}

/// Returns what [`place_or_none`] gave the number to.
pub(super) fn named<T>(known: &[T], number: u64) -> Option<&T> {
    known.get(usize::try_from(number.checked_sub(1)?).ok()?)
}

pub(super) fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

pub(super) fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

pub(super) fn write(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

pub(super) fn read(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for place in 0..10 {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f).checked_shl(place * 7)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_reads_back_as_written() {
        for number in [0, 1, -1, 63, -64, 64, 86_400, i64::MAX, i64::MIN] {
            let mut bytes = Vec::new();
            write(&mut bytes, zigzag(number));
            assert_eq!(read(&mut &bytes[..]).map(unzigzag), Some(number));
        }
        assert_eq!(read(&mut &[0x80][..]), None);
    }

    #[test]
    fn what_was_placed_is_found_again() {
        let mut known = vec!["a"];
        assert_eq!(place_or_none(&mut known, None), 0);
        assert_eq!(place_or_none(&mut known, Some(&"b")), 2);
        assert_eq!(
            (named(&known, 0), named(&known, 2), named(&known, 3)),
            (None, Some(&"b"), None)
        );
    }
}
