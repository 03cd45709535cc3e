//! A person at the customer, and the ways to reach them.

use crate::id::{ContactId, ContactPointId};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// A person at the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    pub id: ContactId,
    pub given_name: String,
    pub family_name: String,
    pub job_title: Option<String>,
    /// BCP 47 tag of the language the contact prefers.
    pub language: Option<String>,
    /// Whether marketing by e-mail was agreed to; nothing means never asked. Guarded.
    pub consent: Option<bool>,
    pub archived: bool,
    pub points: BTreeMap<ContactPointId, ContactPoint>,
}

/// Returns a full name: family name last, but first and close where it is in ideographs.
pub fn full_name(given: &str, family: &str) -> String {
    let ideographs =
        |text: &str| text.chars().any(|letter| ('\u{3400}'..='\u{9fff}').contains(&letter));
    if ideographs(family) && ideographs(given) {
        return format!("{family}{given}");
    }
    format!("{given} {family}").trim().to_owned()
}

/// One way to reach a contact; one value, so that kind and number never mix.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ContactPoint {
    #[n(0)]
    pub kind: ContactPointKind,
    #[n(1)]
    pub value: String,
    #[n(2)]
    pub label: Option<String>,
    #[n(3)]
    pub removed: Option<bool>,
}

/// What kind of way to reach a contact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum ContactPointKind {
    #[n(0)]
    Email,
    #[n(1)]
    Phone,
    #[n(2)]
    Messenger,
    #[n(3)]
    Web,
}

/// The plain fields of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum ContactField {
    #[n(0)]
    GivenName,
    #[n(1)]
    FamilyName,
    #[n(2)]
    JobTitle,
    #[n(3)]
    Language,
}

/// What is known of a contact when it is added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct NewContact {
    #[n(0)]
    pub given_name: String,
    #[n(1)]
    pub family_name: String,
    #[n(2)]
    pub job_title: Option<String>,
    #[n(3)]
    pub language: Option<String>,
    #[n(4)]
    pub consent: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::full_name;

    #[test]
    fn a_name_is_written_the_way_its_people_write_it() {
        assert_eq!(full_name("洋", "陈"), "陈洋");
        assert_eq!(full_name("Анна", "Иванова"), "Анна Иванова");
        assert_eq!(full_name("", "Smith"), "Smith");
    }
}
