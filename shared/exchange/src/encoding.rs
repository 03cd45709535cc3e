//! Which encoding a file is in, told from its bytes alone.
//!
//! `chardetng` would tell more encodings, but needs the tables of all of them, which the app would
//! download before a browser that has its own decoders. Six that business files come in are told
//! apart by how their bytes follow each other; where two are as likely, none is named.

/// An encoding of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1251,
    Windows1252,
    Gb18030,
    ShiftJis,
}

impl Encoding {
    pub const ALL: [Self; 7] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Windows1251,
        Self::Windows1252,
        Self::Gb18030,
        Self::ShiftJis,
    ];

    /// Returns the name by the WHATWG encoding standard, as browsers know it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1251 => "windows-1251",
            Self::Windows1252 => "windows-1252",
            Self::Gb18030 => "gb18030",
            Self::ShiftJis => "shift_jis",
        }
    }

    /// Returns the encoding of that name.
    pub fn of_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.label().eq_ignore_ascii_case(label))
    }
}

/// How much of what is not ASCII has to look right, in hundredths.
const RIGHT_MIN: usize = 80;
/// By how much the likeliest has to lead, in hundredths.
const LEAD_MIN: usize = 15;

/// Tells the encoding of a file by its beginning, or that it cannot be told.
pub fn detect(begin: &[u8]) -> Option<Encoding> {
    match begin {
        [0xEF, 0xBB, 0xBF, ..] => return Some(Encoding::Utf8),
        [0xFF, 0xFE, ..] => return Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Encoding::Utf16Be),
        [first, 0, ..] if *first != 0 => return Some(Encoding::Utf16Le),
        [0, second, ..] if *second != 0 => return Some(Encoding::Utf16Be),
        _ => {}
    }
    if is_utf8(begin) {
        return Some(Encoding::Utf8);
    }
    let mut likely = [
        (right(begin, cyrillic), Encoding::Windows1251),
        (right(begin, western), Encoding::Windows1252),
        (right(begin, chinese), Encoding::Gb18030),
        (right(begin, japanese), Encoding::ShiftJis),
    ];
    likely.sort_by_key(|(right, _)| std::cmp::Reverse(*right));
    let [(first, encoding), (second, _), ..] = likely;
    (first >= RIGHT_MIN && first >= second + LEAD_MIN).then_some(encoding)
}

/// Whether the bytes are UTF-8, a character cut off at their end or a few spoiled ones apart.
fn is_utf8(begin: &[u8]) -> bool {
    let spoiled: usize = begin.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let foreign = begin.iter().filter(|byte| !byte.is_ascii()).count();
    spoiled <= 3 && spoiled * 20 <= foreign || spoiled == 0
}

/// Returns how many hundredths of what is not ASCII look right in an encoding. `look` is given the
/// byte before and the bytes from here on; it says how many make one character and whether that
/// looks right.
fn right(bytes: &[u8], look: fn(u8, &[u8]) -> (usize, bool)) -> usize {
    let (mut place, mut before) = (0, b' ');
    let (mut seen, mut right) = (0, 0);
    while let Some(rest) = bytes.get(place..).filter(|rest| !rest.is_empty()) {
        let mut length = 1;
        if !rest[0].is_ascii() {
            let (characters, looks) = look(before, rest);
            length = characters.min(rest.len());
            seen += length;
            right += if looks { length } else { 0 };
        }
        before = rest[length - 1];
        place += length;
    }
    right * 100 / seen.max(1)
}

/// Letters stand among letters, and no capital follows a small one.
fn cyrillic(before: u8, rest: &[u8]) -> (usize, bool) {
    let letter = |byte: u8| byte >= 0xC0 || byte == 0xA8 || byte == 0xB8;
    let small = |byte: u8| byte >= 0xE0 || byte == 0xB8;
    let after = rest.get(1).copied().unwrap_or(b' ');
    let sign = [0xAB, 0xBB, 0xB9, 0x96, 0x97, 0xA0, 0x93, 0x94, 0x88].contains(&rest[0]);
    let turned = letter(before) && small(before) && !small(rest[0]);
    let alone = !letter(before) && !letter(after);
    (1, sign || letter(rest[0]) && !turned && !alone)
}

/// One accented letter stands among plain ones.
fn western(before: u8, rest: &[u8]) -> (usize, bool) {
    let after = rest.get(1).copied().unwrap_or(b' ');
    let sign =
        [0xAB, 0xBB, 0x80, 0xA3, 0x92, 0x93, 0x94, 0x96, 0x97, 0xA0, 0xB0].contains(&rest[0]);
    let letter = rest[0] >= 0xC0 && rest[0] != 0xD7 && rest[0] != 0xF7;
    let among = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
    (1, sign || letter && among && after.is_ascii())
}

/// The common characters of GB 2312 and its signs, in pairs.
fn chinese(_: u8, rest: &[u8]) -> (usize, bool) {
    let common = (0xB0..=0xD7).contains(&rest[0]) || (0xA1..=0xA3).contains(&rest[0]);
    let pair = rest.get(1).is_none_or(|second| *second >= 0xA1);
    (2, common && pair)
}

/// Kana, signs and the common characters of JIS, in pairs.
fn japanese(_: u8, rest: &[u8]) -> (usize, bool) {
    let second = rest.get(1).copied().unwrap_or(0x40);
    let trail = (0x40..=0xFC).contains(&second) && second != 0x7F;
    let lead = (0x81..=0x83).contains(&rest[0]) || (0x88..=0x97).contains(&rest[0]);
    (2, lead && trail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(encoding: Encoding, text: &str) {
        let standard = encoding_rs::Encoding::for_label(encoding.label().as_bytes()).unwrap();
        let (bytes, _, lost) = standard.encode(text);
        assert!(!lost, "{text}");
        assert_eq!(detect(&bytes), Some(encoding), "{text}");
    }

    #[test]
    fn each_encoding_is_told_from_the_others() {
        check(
            Encoding::Windows1251,
            "название,город\nООО «Северный Торг»,Москва\nАО «Ёлка»,Казань\n",
        );
        check(Encoding::Windows1252, "name,city\nMüller & Söhne GmbH,Köln\nLefèvre,Besançon\n");
        check(Encoding::Gb18030, "公司,城市\n华东科技有限公司,上海\n明达贸易,深圳\n");
        check(Encoding::ShiftJis, "会社名,都市\n山田商事（株）のデータ,東京\nさくら,大阪\n");
        check(Encoding::Utf8, "name,город\nПётр,上海\n");
        check(Encoding::Utf8, "plain,ascii\n");
    }

    #[test]
    fn bytes_that_look_like_nothing_are_not_guessed() {
        assert_eq!(detect(&[b'a', 0x81, b' ', 0xFF, b' ', 0x8D, b'\n']), None);
    }
}
