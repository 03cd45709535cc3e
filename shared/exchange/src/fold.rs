//! Texts made alike: without case, marks, punctuation, wide letters and what cannot be seen.

/// What a company's legal form is called, folded.
const FORMS: [&str; 18] = [
    "ооо", "оао", "зао", "пао", "ао", "ип", "тоо", "inc", "ltd", "llc", "gmbh", "ag", "corp", "co",
    "company", "limited", "plc", "sa",
];
const FORMS_AT_THE_END: [&str; 4] = ["股份有限公司", "有限责任公司", "有限公司", "公司"];

/// Returns the words of a text, folded.
pub fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in text.chars().flat_map(char::to_lowercase).filter_map(folded) {
        match words.last_mut() {
            Some(last) if letter.is_alphanumeric() => last.push(letter),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Returns the name of a company without its legal form, as one word.
pub fn company(name: &str) -> String {
    let mut words = words(name);
    if words.iter().any(|word| !FORMS.contains(&word.as_str())) {
        words.retain(|word| !FORMS.contains(&word.as_str()));
    }
    let name = words.concat();
    let bare = FORMS_AT_THE_END.iter().find_map(|form| name.strip_suffix(form));
    bare.filter(|bare| !bare.is_empty()).map(str::to_owned).unwrap_or(name)
}

/// Returns the name of a person, whichever of its parts stands first.
pub fn person(given: &str, family: &str) -> String {
    let mut words = words(&format!("{given} {family}"));
    words.sort();
    words.join(" ")
}

/// Returns the digits of a telephone number that tell it from others; nothing of a short one.
pub fn phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.len().checked_sub(10).map(|extra| digits[extra..].to_owned())
}

/// Returns the host of an address on the web.
pub fn host(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let text = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// Returns a letter without its mark, or nothing where it cannot be seen.
fn folded(letter: char) -> Option<char> {
    Some(match letter {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => return None,
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'ё' => 'е',
        'й' => 'и',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_known_by_any_way_its_name_is_written() {
        for other in ["Северный Торг", "ООО \"СЕВЕРНЫЙ ТОРГ\"", " северныи\u{306} торг "]
        {
            assert_eq!(company(other), company("ООО «Северный Торг»"), "{other}");
        }
        assert_eq!(company("华东科技有限公司"), company("华东科技"));
        assert_eq!(company("North Foods, LLC"), company("NORTH FOODS"));
        assert_ne!(company("North Foods"), company("South Foods"));
        assert_eq!(company("АО"), "ао");
    }

    #[test]
    fn keys_do_not_depend_on_how_they_are_written() {
        assert_eq!(person("Анна", "Иванова"), person("Иванова", "АННА"));
        assert_eq!(phone("+7 900 795-29-90"), phone("8 (900) 795 29 90"));
        assert_eq!(phone("доб. 12"), None);
        assert_eq!(host("https://www.North.example/about"), "north.example");
    }
}
