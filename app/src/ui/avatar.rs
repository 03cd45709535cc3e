//! Initials on a quiet colour that is always the same for the same name.

use leptos::prelude::*;

/// How many colours the style sheet has for it.
const TINTS: u32 = 6;

#[component]
pub fn Avatar(#[prop(into)] name: Signal<String>) -> impl IntoView {
    view! {
        <span class="avatar" data-tint=move || tint(&name.read()) aria-hidden="true">
            {move || initials(&name.read())}
        </span>
    }
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    // One ideograph says enough; two Latin or Cyrillic letters are needed.
    let wide = first.is_some_and(|letter| letter > '\u{2e7f}');
    let last = if wide { None } else { words.next_back() };
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

fn tint(name: &str) -> String {
    let sum = name.bytes().fold(7u32, |sum, byte| sum.wrapping_mul(31) + u32::from(byte));
    (sum % TINTS).to_string()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_fit_every_script() {
        assert_eq!(initials("Anna Maria Kovač"), "AK");
        assert_eq!(initials("Ольга Смирнова"), "ОС");
        assert_eq!(initials("王 小明"), "王");
        assert_eq!(initials(""), "");
    }
}
