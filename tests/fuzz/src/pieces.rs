//! Bytes of a fuzzer, cut into pieces.

/// The most pieces of one attempt.
const PIECES_MAX: usize = 16;

/// Returns the pieces of some bytes; a length that says too much takes what there is.
pub fn cut(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    while let [high, low, rest @ ..] = bytes
        && pieces.len() < PIECES_MAX
    {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (piece, after) = rest.split_at(length.min(rest.len()));
        pieces.push(piece);
        bytes = after;
    }
    pieces
}

/// Puts pieces together as [`cut`] takes them apart.
pub fn join<'p>(target: u8, pieces: impl IntoIterator<Item = &'p [u8]>) -> Vec<u8> {
    let mut bytes = vec![target];
    for piece in pieces {
        let length = u16::try_from(piece.len()).unwrap_or(u16::MAX);
        bytes.extend(length.to_be_bytes());
        bytes.extend(&piece[..usize::from(length)]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_put_together_are_cut_where_they_were() {
        let pieces: [&[u8]; 3] = [b"one", b"", b"three"];
        assert_eq!(cut(&join(0, pieces)[1..]), pieces);
        assert_eq!(cut(&[0, 9, 1, 2]), [[1, 2]]);
    }
}
