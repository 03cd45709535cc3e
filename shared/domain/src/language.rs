//! The languages Tessera speaks, and names kept in several of them.

use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Language {
    #[n(0)]
    English,
    #[n(1)]
    Russian,
    #[n(2)]
    Chinese,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::English, Self::Russian, Self::Chinese];

    /// Returns the BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
            Self::Chinese => "zh",
        }
    }
}

/// What something is called, by language; each name is set by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Names(#[n(0)] pub BTreeMap<Language, String>);

impl Names {
    /// Returns names in English, Russian and Chinese, in that order.
    pub fn of(names: [&str; 3]) -> Self {
        Self(Language::ALL.into_iter().zip(names.map(str::to_owned)).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the name in that language, else in another one, else nothing.
    pub fn best(&self, language: Language) -> Option<&str> {
        let name = self.0.get(&language).or_else(|| self.0.values().next());
        name.map(String::as_str)
    }
}
