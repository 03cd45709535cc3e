//! Which column of a file is which: one name of ours, several headings of theirs.
//!
//! Headings are compared without regard to case. A column no feature has a place for yet is named
//! in the summary, and its file is kept whole beside what was taken.

mod columns;

use crate::{form::Form, kind::Kind, reason::Reason};
use columns::{Keeping, columns};
use std::collections::BTreeSet;

/// A column of ours that something in a file can be taken into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub name: &'static str,
    /// What other systems and languages call it.
    pub others: &'static [&'static str],
    /// Whether the file means nothing without it.
    pub needed: bool,
}

/// Returns the columns a kind of file is read into, in their order.
pub fn known(kind: Kind) -> impl Iterator<Item = Known> {
    let placed = columns(kind).iter().filter(|column| column.keeping != Keeping::NoPlace);
    placed.map(|column| Known {
        name: column.name,
        others: column.others,
        needed: column.keeping == Keeping::Needed,
    })
}

/// Returns what kind of file one is: by its name, or else the kind that knows most of its headings,
/// if it knows half of them.
pub fn kind_of(file: &str, headings: &[String]) -> Option<Kind> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_lowercase();
    let named = Kind::ALL.into_iter().find(|kind| kind.stem() == stem);
    let fits = |kind: Kind| {
        let is_known =
            |heading: &&String| columns(kind).iter().any(|column| column.is_headed(heading));
        headings.iter().filter(is_known).count()
    };
    // Where two know as many, the earlier kind is what others build on.
    named.or_else(|| {
        let likeliest = Kind::ALL.into_iter().rev().max_by_key(|kind| fits(*kind))?;
        (fits(likeliest) * 2 >= headings.len().max(1)).then_some(likeliest)
    })
}

/// Holds where each known column stands in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub kind: Kind,
    /// How its cells are written.
    pub form: Form,
    /// The file's name, as told in reports.
    pub file: String,
    pub headings: Vec<String>,
    places: Vec<(&'static str, usize)>,
    /// Headings whose values have no place yet, or not for every detail of them.
    pub homeless: Vec<String>,
}

/// Whose meaning the headings have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// What the heading says is what the cells hold.
    AsNamed,
    /// The book was made with borrowed headings: the cells under each hold what the plain style
    /// has there, so that "opted out" holds the consent itself.
    AsPlain,
}

impl Layout {
    /// Finds the columns by their headings, or names a column that cannot be done without.
    pub fn new(
        kind: Kind,
        file: String,
        headings: Vec<String>,
        meaning: Meaning,
    ) -> Result<Self, Reason> {
        Self::proposed(kind, file, headings, meaning).complete()
    }

    /// Finds the columns by their headings, as many as there are.
    pub fn proposed(kind: Kind, file: String, headings: Vec<String>, meaning: Meaning) -> Self {
        let mut places = Vec::new();
        let mut homeless = Vec::new();
        for (place, heading) in headings.iter().enumerate() {
            let found = columns(kind).iter().find(|column| column.is_headed(heading));
            match found.map(|column| (column.name, column.keeping)) {
                Some((name, keeping)) => {
                    if !places.iter().any(|(other, _)| *other == name) {
                        places.push((name, place));
                    }
                    if matches!(keeping, Keeping::InPart | Keeping::NoPlace) {
                        homeless.push(heading.clone());
                    }
                }
                None => homeless.push(heading.clone()),
            }
        }
        if meaning == Meaning::AsPlain {
            for (name, _) in &mut places {
                if *name == "opted_out_email" {
                    *name = "consent_email";
                }
            }
        }
        Self { kind, form: Form::PLAIN, file, headings, places, homeless }
    }

    /// Names a column that cannot be done without and is not there.
    pub fn complete(self) -> Result<Self, Reason> {
        let kind = self.kind;
        let missing = columns(kind)
            .iter()
            .filter(|column| column.keeping == Keeping::Needed)
            .find(|column| self.place(column.name).is_none());
        match missing {
            Some(column) => Err(Reason::NoColumn(column.describe())),
            None => Ok(self),
        }
    }

    /// Takes the columns from where somebody says they stand: each of ours by the number of a
    /// heading, or from nowhere. What is not said stays as found.
    pub fn arranged(mut self, said: &[(&'static str, Option<usize>)]) -> Self {
        for (name, place) in said {
            self.places.retain(|(known, _)| known != name);
            if let Some(place) = place.filter(|place| *place < self.headings.len()) {
                self.places.push((name, place));
            }
        }
        let used: BTreeSet<_> = self.places.iter().map(|(_, place)| *place).collect();
        let unused = self.headings.iter().enumerate().filter(|(place, _)| !used.contains(place));
        self.homeless = unused.map(|(_, heading)| heading.clone()).collect();
        self
    }

    /// Reads the cells as they are written in this file.
    #[must_use]
    pub fn written(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// Returns where a column stands.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.iter().find(|(known, _)| *known == name).map(|(_, place)| *place)
    }

    /// Returns the heading the file itself has for a column.
    pub fn heading(&self, name: &str) -> &str {
        self.place(name).map_or("", |place| self.headings[place].as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lay(kind: Kind, headings: &str) -> Result<Layout, Reason> {
        let headings = headings.split(',').map(str::to_owned).collect();
        Layout::new(kind, "file.csv".to_owned(), headings, Meaning::AsNamed)
    }

    #[test]
    fn three_styles_name_the_same_columns() {
        let plain = lay(Kind::Deals, "deal_id,account_id,name,stage,created_at,expected_close");
        let hubspot =
            "Record ID,Associated Company IDs,Deal Name,Deal Stage,Create Date,Close Date";
        let salesforce = "Id,AccountId,Name,StageName,CreatedDate,CloseDate";
        let places = plain.expect("a layout").places;
        assert_eq!(lay(Kind::Deals, hubspot).expect("a layout").places, places);
        assert_eq!(lay(Kind::Deals, salesforce).expect("a layout").places, places);
    }

    #[test]
    fn headings_are_known_in_russian_and_chinese() {
        let plain = lay(Kind::Accounts, "account_id,name,city,created_at").expect("a layout");
        let russian = lay(Kind::Accounts, "Код,НАЗВАНИЕ,Город,Дата создания");
        let chinese = lay(Kind::Accounts, "客户编号,公司名称,城市,创建时间");
        assert_eq!(russian.expect("a layout").places, plain.places);
        assert_eq!(chinese.expect("a layout").places, plain.places);
    }

    #[test]
    fn every_column_has_a_name_in_russian_and_in_chinese_and_no_two_share_one() {
        let is_chinese = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
        for kind in Kind::ALL {
            let mut seen = BTreeSet::new();
            for column in columns::columns(kind) {
                let told = column.describe();
                let holds = |of: fn(char) -> bool| told.chars().any(of);
                assert!(holds(|letter| ('а'..='я').contains(&letter)), "{kind:?}: {told}");
                assert!(holds(is_chinese), "{kind:?}: {told}");
                for name in told.split(" / ") {
                    assert!(seen.insert(name.to_lowercase()), "{kind:?}: two columns are {name}");
                }
            }
        }
    }

    #[test]
    fn a_file_without_a_column_it_needs_is_refused() {
        let refused = lay(Kind::Leads, "lead_id,created_at");
        assert_eq!(
            refused,
            Err(Reason::NoColumn("status / Lead Status / Статус / 状态".to_owned()))
        );
    }

    #[test]
    fn a_file_is_known_by_its_name_or_by_its_headings() {
        let kind = |file: &str, headings: &str| {
            kind_of(file, &headings.split(',').map(str::to_owned).collect::<Vec<_>>())
        };
        assert_eq!(kind("Deals.csv", "a,b"), Some(Kind::Deals));
        assert_eq!(kind("клиенты.csv", "Код,Название,Город,Дата создания"), Some(Kind::Accounts));
        assert_eq!(kind("export.csv", "Id,AccountId,FirstName,LastName,x"), Some(Kind::Contacts));
        assert_eq!(kind("what.csv", "colour,shape,size"), None);
    }

    #[test]
    fn a_column_is_taken_from_where_somebody_says() {
        let headings = ["Number", "Client", "Since", "Colour"].map(str::to_owned).to_vec();
        let lay = Layout::proposed(Kind::Accounts, String::new(), headings, Meaning::AsNamed);
        assert!(lay.clone().complete().is_err());
        let said = [("account_id", Some(0)), ("name", Some(1)), ("created_at", Some(2))];
        let layout = lay.arranged(&said).complete().expect("a layout");
        assert_eq!(
            (layout.heading("name"), layout.homeless.as_slice()),
            ("Client", &["Colour".to_owned()][..])
        );
        assert!(layout.arranged(&[("name", None)]).complete().is_err());
    }

    #[test]
    fn columns_without_a_place_are_named() {
        let layout = lay(Kind::Contacts, "contact_id,account_id,created_at,shoe size");
        assert_eq!(layout.expect("a layout").homeless, ["created_at", "shoe size"]);
    }

    #[test]
    fn having_opted_out_is_not_consent_unless_the_headings_are_borrowed() {
        let headings = || ["Id", "AccountId", "HasOptedOutOfEmail"].map(str::to_owned).to_vec();
        let lay = |meaning| Layout::new(Kind::Contacts, String::new(), headings(), meaning);
        let named = lay(Meaning::AsNamed).expect("a layout");
        assert_eq!((named.place("opted_out_email"), named.place("consent_email")), (Some(2), None));
        let plain = lay(Meaning::AsPlain).expect("a layout");
        assert_eq!((plain.place("opted_out_email"), plain.place("consent_email")), (None, Some(2)));
    }
}
