//! Finds and sorts account rows as fast as one types: every row's searchable text is folded once,
//! and again only when the row changes. Pure.

use domain::{account::LifecycleStage, id::PersonId, row::AccountRow};

/// Which rows fit, besides the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub owner: Option<PersonId>,
    pub territory: Option<String>,
    pub stage: Standing,
}

/// Where the accounts looked for stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    Any,
    In(LifecycleStage),
    Archived,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Name,
    LastActivity,
}

/// The folded text of every row, by the row's place.
#[derive(Debug, Default)]
pub struct Index {
    entries: Vec<Entry>,
    by_name: Vec<u32>,
}

#[derive(Debug)]
struct Entry {
    /// Name, people, tags and city, folded, one a line.
    text: Box<str>,
    name_length: u32,
    /// The first bytes of the name, as a number: most comparisons need nothing more.
    head: u64,
}

impl Entry {
    fn of(row: &AccountRow) -> Self {
        let mut text = String::with_capacity(row.name.len() + 32);
        fold_into(&mut text, &row.name);
        let name_length = text.len() as u32;
        let others = row.people.iter().chain(&row.tags).chain(&row.city);
        for other in others {
            text.push('\n');
            fold_into(&mut text, other);
        }
        let mut head = [0; 8];
        let name = text.as_bytes().iter().take(name_length as usize);
        head.iter_mut().zip(name).for_each(|(byte, letter)| *byte = *letter);
        Self { text: text.into_boxed_str(), name_length, head: u64::from_be_bytes(head) }
    }

    fn holds(&self, term: &str) -> bool {
        let Some((first, others)) = term.as_bytes().split_first() else { return true };
        let mut rest = self.text.as_bytes();
        while let Some(at) = rest.iter().position(|byte| byte == first) {
            rest = rest.get(at + 1..).unwrap_or_default();
            if rest.starts_with(others) {
                return true;
            }
        }
        false
    }

    fn name(&self) -> &str {
        self.text.get(..self.name_length as usize).unwrap_or_default()
    }
}

impl Index {
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes in up to so many rows more; says whether every row is in.
    pub fn read_on(&mut self, rows: &[AccountRow], rows_max: usize) -> bool {
        let next = rows.iter().skip(self.entries.len()).take(rows_max);
        self.entries.extend(next.map(Entry::of));
        if self.entries.len() < rows.len() {
            return false;
        }
        self.sort_by_name();
        true
    }

    /// Takes in the rows at these places again.
    pub fn update(&mut self, rows: &[AccountRow], places: &[usize]) {
        let mut renamed = false;
        for place in places {
            let Some(row) = rows.get(*place) else { continue };
            let entry = Entry::of(row);
            match self.entries.get_mut(*place) {
                Some(old) => {
                    renamed |= old.name() != entry.name();
                    *old = entry;
                }
                None => renamed = true,
            }
        }
        if self.entries.len() < rows.len() {
            self.entries.extend(rows.iter().skip(self.entries.len()).map(Entry::of));
        }
        if renamed {
            self.sort_by_name();
        }
    }

    /// Returns the places of the rows that fit, sorted. Rows whose name begins with what was typed
    /// come first.
    pub fn find(&self, rows: &[AccountRow], text: &str, filter: &Filter, sort: Sort) -> Vec<u32> {
        let text = fold(text);
        let terms: Vec<&str> = text.split_whitespace().collect();
        let fits = |place: &u32| {
            let place = *place as usize;
            let (Some(entry), Some(row)) = (self.entries.get(place), rows.get(place)) else {
                return false;
            };
            terms.iter().all(|term| entry.holds(term)) && filter.fits(row)
        };
        let mut hits: Vec<u32> = self.by_name.iter().copied().filter(fits).collect();
        if sort == Sort::LastActivity {
            let last = |place: &u32| rows.get(*place as usize).and_then(|row| row.last_activity);
            hits.sort_by_key(|place| std::cmp::Reverse(last(place)));
        } else if let Some(first) = terms.first() {
            let begins = |place: &u32| {
                self.entries
                    .get(*place as usize)
                    .is_some_and(|entry| entry.name().starts_with(first))
            };
            hits.sort_by_cached_key(|place| !begins(place));
        }
        hits
    }

    fn sort_by_name(&mut self) {
        // An order that is nearly right is sorted in nearly one pass.
        let known = self.by_name.len() as u32;
        self.by_name.extend(known..self.entries.len() as u32);
        let entries = &self.entries;
        let key = |place: &u32| {
            let entry = entries.get(*place as usize);
            (entry.map(|entry| entry.head), entry.map(Entry::name), *place)
        };
        self.by_name.sort_by(|left, right| key(left).cmp(&key(right)));
    }
}

impl Filter {
    fn fits(&self, row: &AccountRow) -> bool {
        let archived = row.archived == Some(true);
        let stands = match self.stage {
            Standing::Any => !archived,
            Standing::In(stage) => !archived && row.stage == stage,
            Standing::Archived => archived,
        };
        stands
            && (self.owner.is_none() || row.owner == self.owner)
            && (self.territory.is_none() || row.territory == self.territory)
    }
}

/// Returns a text without case and without marks on its letters.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(&mut out, text);
    out
}

fn fold_into(out: &mut String, text: &str) {
    if text.is_ascii() {
        out.extend(text.chars().map(|letter| letter.to_ascii_lowercase()));
        return;
    }
    for letter in text.chars().flat_map(char::to_lowercase) {
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
}

#[cfg(test)]
mod tests;
