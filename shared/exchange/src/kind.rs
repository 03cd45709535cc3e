//! The files a book is made of, and what becomes of each.

use std::path::Path;

/// A file whose rows become accounts and what belongs to them, in the order they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Accounts,
    Addresses,
    Contacts,
    ContactPoints,
    Leads,
    Deals,
    StageHistory,
    Activities,
    Tasks,
    Purchases,
}

/// What is done with a file of the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    /// Its rows are taken in.
    Taken(Kind),
    /// There is no feature for it yet: it is kept with the workspace as it is.
    Kept,
    /// It is not customers' data.
    Skipped,
}

impl Kind {
    pub const ALL: [Self; 10] = [
        Self::Accounts,
        Self::Addresses,
        Self::Contacts,
        Self::ContactPoints,
        Self::Leads,
        Self::Deals,
        Self::StageHistory,
        Self::Activities,
        Self::Tasks,
        Self::Purchases,
    ];

    /// Returns the file's name without its ending.
    pub fn stem(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Addresses => "addresses",
            Self::Contacts => "contacts",
            Self::ContactPoints => "contact_points",
            Self::Leads => "leads",
            Self::Deals => "deals",
            Self::StageHistory => "deal_stage_history",
            Self::Activities => "activities",
            Self::Tasks => "tasks",
            Self::Purchases => "purchases",
        }
    }

    /// Returns the kind a number stands for in the staging table.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == number)
    }
}

impl Treatment {
    /// Says what is done with a file, by its name.
    pub fn of(path: &Path) -> Self {
        let part = |part: Option<&std::ffi::OsStr>| {
            part.map(|text| text.to_string_lossy().to_lowercase()).unwrap_or_default()
        };
        let (stem, ending) = (part(path.file_stem()), part(path.extension()));
        if ending != "csv" || stem == "truth" || stem == "duplicates" {
            return Self::Skipped;
        }
        let kind = Kind::ALL.into_iter().find(|kind| kind.stem() == stem);
        kind.map_or(Self::Kept, Self::Taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_a_folder_has_a_treatment() {
        let check = |name: &str, expected| assert_eq!(Treatment::of(Path::new(name)), expected);
        check("accounts.csv", Treatment::Taken(Kind::Accounts));
        check("Deals.CSV", Treatment::Taken(Kind::Deals));
        check("tickets.csv", Treatment::Kept);
        check("own list.csv", Treatment::Kept);
        check("truth.csv", Treatment::Skipped);
        check("manifest.json", Treatment::Skipped);
    }

    #[test]
    fn a_kind_reads_back_from_its_number() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_number(kind as u8), Some(kind));
        }
        assert_eq!(Kind::from_number(200), None);
    }
}
