//! What was typed between two versions of a text, as one stretch. Pure.
//!
//! Places count Unicode code points, as the documents do; the browser counts UTF-16 units.

/// A stretch of typing: at a place, so many characters go and some text comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub at: usize,
    pub delete: usize,
    pub insert: String,
}

impl Difference {
    /// Returns the one stretch that makes `new` of `old`, or nothing when they are equal.
    pub fn between(old: &str, new: &str) -> Option<Self> {
        if old == new {
            return None;
        }
        let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let same = |pair: &(&char, &char)| pair.0 == pair.1;
        let before = old.iter().zip(&new).take_while(same).count();
        let after = old.iter().skip(before).rev().zip(new.iter().skip(before).rev());
        let after = after.take_while(same).count();
        let insert = new.iter().skip(before).take(new.len() - before - after).collect();
        Some(Self { at: before, delete: old.len() - before - after, insert })
    }

    /// Returns where a place in the old text is in the new one. A place where text comes in stays
    /// before it: the other person's words do not push the caret along.
    pub fn carry(&self, place: usize) -> usize {
        if place <= self.at {
            place
        } else if place < self.at + self.delete {
            self.at
        } else {
            place - self.delete + self.insert.chars().count()
        }
    }
}

/// Returns how many code points come before a UTF-16 place.
pub fn code_points(text: &str, utf16: u32) -> usize {
    let mut units = 0;
    let before = |letter: &char| {
        units += letter.len_utf16() as u32;
        units <= utf16
    };
    text.chars().take_while(before).count()
}

/// Returns the UTF-16 place before which so many code points stand.
pub fn utf16_units(text: &str, code_points: usize) -> u32 {
    text.chars().take(code_points).map(|letter| letter.len_utf16() as u32).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, at: usize, delete: usize, insert: &str) {
        let expected = Difference { at, delete, insert: insert.to_owned() };
        assert_eq!(Difference::between(old, new), Some(expected));
    }

    #[test]
    fn one_stretch_tells_what_was_typed() {
        check("", "hi", 0, 0, "hi");
        check("hello", "help", 3, 2, "p");
        check("aa", "aaa", 2, 0, "a");
        check("день", "дни", 1, 3, "ни");
        check("a😀b", "a😀😀b", 2, 0, "😀");
        check("gone", "", 0, 4, "");
        assert_eq!(Difference::between("same", "same"), None);
    }

    #[test]
    fn the_caret_stays_with_its_words() {
        let typed = Difference::between("one three", "one two three").expect("differs");
        assert_eq!([0, 4, 9].map(|place| typed.carry(place)), [0, 4, 13]);
        let erased = Difference::between("one two", "two").expect("differs");
        assert_eq!([0, 2, 7].map(|place| erased.carry(place)), [0, 0, 3]);
    }

    #[test]
    fn places_survive_the_way_to_the_browser_and_back() {
        let text = "a😀б";
        for place in 0..=3 {
            assert_eq!(code_points(text, utf16_units(text, place)), place);
        }
    }
}
