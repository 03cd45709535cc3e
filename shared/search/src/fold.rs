//! Text without case and without marks on its letters, so that what sounds alike is found alike.

/// Returns a text without case and without marks on its letters.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(&mut out, text);
    out
}

pub fn fold_into(out: &mut String, text: &str) {
    if text.is_ascii() {
        let begin = out.len();
        out.push_str(text);
        return out[begin..].make_ascii_lowercase();
    }
    for letter in text.chars() {
        match letter {
            // Most letters need no table.
            '\0'..='\u{7f}' => out.push(letter.to_ascii_lowercase()),
            'а'..='я' | '\u{4e00}'..='\u{9fff}' => out.push(letter),
            _ => letter.to_lowercase().for_each(|letter| push_bare(out, letter)),
        }
    }
}

/// Puts a small letter without its marks.
fn push_bare(out: &mut String, letter: char) {
    match letter {
        '\u{300}'..='\u{36f}' => {}
        'à'..='å' | 'ā' | 'ă' | 'ą' => out.push('a'),
        'æ' => out.push_str("ae"),
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => out.push('c'),
        'ď' | 'đ' | 'ð' => out.push('d'),
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => out.push('e'),
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => out.push('g'),
        'ĥ' | 'ħ' => out.push('h'),
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => out.push('i'),
        'ĵ' => out.push('j'),
        'ķ' => out.push('k'),
        'ĺ' | 'ļ' | 'ľ' | 'ł' => out.push('l'),
        'ñ' | 'ń' | 'ņ' | 'ň' => out.push('n'),
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => out.push('o'),
        'œ' => out.push_str("oe"),
        'ŕ' | 'ŗ' | 'ř' => out.push('r'),
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => out.push('s'),
        'ß' => out.push_str("ss"),
        'ţ' | 'ť' | 'ŧ' | 'ț' => out.push('t'),
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => out.push('u'),
        'ŵ' => out.push('w'),
        'ý' | 'ÿ' | 'ŷ' => out.push('y'),
        'ź' | 'ż' | 'ž' => out.push('z'),
        'ё' => out.push('е'),
        other => out.push(other),
    }
}
