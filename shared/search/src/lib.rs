//! Finds and sorts account rows as fast as one types: every row's searchable text is folded once,
//! and again only when the row changes. Pure.

mod alphabet;
mod entry;
mod fold;

use alphabet::Alphabet;
pub use alphabet::InOrder;
use domain::{
    filter::{Filter, Reader},
    row::AccountRow,
};
use entry::{Entry, Term};
pub use fold::fold;
use std::cmp::Ordering;

/// More renamed rows than this are sorted in at once, fewer one by one.
const RENAMED_MAX: usize = 32;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Name,
    LastActivity,
}

/// The folded text of every row, by the row's place.
#[derive(Debug)]
pub struct Index {
    entries: Vec<Entry>,
    by_name: Vec<u32>,
    alphabet: Alphabet,
}

impl Index {
    /// Returns an index of nothing, that will sort names by letters put in this order.
    pub fn new(in_order: InOrder) -> Self {
        Self { entries: Vec::new(), by_name: Vec::new(), alphabet: Alphabet::new(in_order) }
    }

    pub fn clear(&mut self) {
        self.entries.clear();
        self.by_name.clear();
    }

    /// Takes in up to so many rows more; says whether every row is in.
    pub fn read_on(&mut self, rows: &[AccountRow], rows_max: usize) -> bool {
        for row in rows.iter().skip(self.entries.len()).take(rows_max) {
            self.take_in(row);
        }
        if self.entries.len() < rows.len() {
            return false;
        }
        self.settle_alphabet();
        self.sort_by_name();
        true
    }

    /// Takes in the rows at these places again.
    pub fn update(&mut self, rows: &[AccountRow], places: &[usize]) {
        let known = self.entries.len();
        let (mut renamed, mut new_letters) = (Vec::new(), false);
        for place in places.iter().copied().filter(|place| *place < known) {
            let Some(row) = rows.get(place) else { continue };
            new_letters |= self.take_in(row);
            // It came in at the end, and goes where the one before it stood.
            let before = self.entries.swap_remove(place);
            if self.entries.get(place).map(Entry::name) != Some(before.name()) {
                renamed.push(place as u32);
            }
        }
        renamed.extend(known as u32..rows.len() as u32);
        for row in rows.iter().skip(known) {
            new_letters |= self.take_in(row);
        }
        if new_letters {
            self.settle_alphabet();
        } else {
            for place in places.iter().copied().chain(known..rows.len()) {
                if let Some(entry) = self.entries.get_mut(place) {
                    entry.stand(&self.alphabet);
                }
            }
        }
        if new_letters || renamed.len() > RENAMED_MAX {
            self.sort_by_name();
        } else if !renamed.is_empty() {
            self.by_name.retain(|place| !renamed.contains(place));
            renamed.into_iter().for_each(|place| self.put_in_order(place));
        }
    }

    /// Returns the places of the rows that fit, sorted. Rows whose name begins with what was typed
    /// come first.
    pub fn find(
        &self,
        rows: &[AccountRow],
        filter: &Filter,
        reader: Reader,
        sort: Sort,
    ) -> Vec<u32> {
        let text = fold(&filter.text);
        let terms: Vec<Term<'_>> = text.split_whitespace().map(Term::of).collect();
        // Looked at in the order they lie in memory, which is much faster than in that of their names.
        let fits = |(entry, row): (&Entry, &AccountRow)| {
            terms.iter().all(|term| entry.holds(term)) && filter.fits(row, reader)
        };
        let fitting: Vec<bool> = self.entries.iter().zip(rows).map(fits).collect();
        let fits = |place: &u32| fitting.get(*place as usize) == Some(&true);
        let mut hits: Vec<u32> = self.by_name.iter().copied().filter(fits).collect();
        if sort == Sort::LastActivity {
            let last = |place: &u32| rows.get(*place as usize).and_then(|row| row.last_activity);
            hits.sort_by_cached_key(|place| std::cmp::Reverse(last(place)));
        } else if let Some(first) = terms.first() {
            let begins = |place: &u32| {
                self.entries.get(*place as usize).is_some_and(|entry| first.begins(entry.name()))
            };
            let (mut beginning, others): (Vec<u32>, Vec<u32>) = hits.into_iter().partition(begins);
            beginning.extend(others);
            return beginning;
        }
        hits
    }

    /// Returns the places of the rows that hold the text, archived ones too, in no order.
    pub fn find_text(&self, rows: &[AccountRow], text: &str) -> Vec<u32> {
        let text = fold(text);
        let terms: Vec<Term<'_>> = text.split_whitespace().map(Term::of).collect();
        let holds = |place: &u32| {
            let entry = self.entries.get(*place as usize);
            entry.is_some_and(|entry| terms.iter().all(|term| entry.holds(term)))
        };
        (0..rows.len() as u32).filter(holds).collect()
    }

    /// Takes in a row at the end; says whether its name has a letter that was not met before.
    fn take_in(&mut self, row: &AccountRow) -> bool {
        let entry = Entry::of(row);
        let new_letters = self.alphabet.meet(entry.name());
        self.entries.push(entry);
        new_letters
    }

    /// Gives every letter and with it every name its place in the order.
    fn settle_alphabet(&mut self) {
        self.alphabet.settle();
        self.entries.iter_mut().for_each(|entry| entry.stand(&self.alphabet));
    }

    fn sort_by_name(&mut self) {
        // An order that is nearly right is sorted in nearly one pass. What decides most comparisons
        // stands beside the place, so that few entries are looked at.
        let known = self.by_name.len() as u32;
        let places = self.by_name.iter().copied().chain(known..self.entries.len() as u32);
        let mut headed: Vec<_> = places.map(|place| (self.head(place), place)).collect();
        headed.sort_by(|left, right| {
            left.0.cmp(&right.0).then_with(|| self.by_whole_name(left.1, right.1))
        });
        self.by_name = headed.into_iter().map(|(_, place)| place).collect();
    }

    fn put_in_order(&mut self, place: u32) {
        let head = self.head(place);
        let at = self.by_name.partition_point(|other| {
            let by_head = self.head(*other).cmp(&head);
            by_head.then_with(|| self.by_whole_name(*other, place)).is_lt()
        });
        self.by_name.insert(at, place);
    }

    fn head(&self, place: u32) -> entry::Head {
        self.entries.get(place as usize).map(Entry::head).unwrap_or_default()
    }

    /// Compares rows by their whole names, then by their places.
    fn by_whole_name(&self, left: u32, right: u32) -> Ordering {
        let name = |place: u32| self.entries.get(place as usize).map_or("", Entry::name);
        let (left_name, right_name) = (name(left), name(right));
        // Whose first letters are the same is often the same in all.
        if left_name == right_name {
            return left.cmp(&right);
        }
        let places = |name| self.alphabet.places(name);
        places(left_name).cmp(places(right_name)).then(left.cmp(&right))
    }
}

#[cfg(test)]
mod tests;
