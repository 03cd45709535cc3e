//! Which column of a file is which: one name of ours, several headings of theirs.
//!
//! Headings are compared without regard to case. A column no feature has a place for yet is named
//! in the summary, and its file is kept whole beside what was taken.

use super::{kind::Kind, reason::Reason};

/// Holds where each known column stands in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub kind: Kind,
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
        let layout = Self { kind, file, headings, places, homeless };
        let missing = columns(kind)
            .iter()
            .filter(|column| column.keeping == Keeping::Needed)
            .find(|column| layout.place(column.name).is_none());
        match missing {
            Some(column) => Err(Reason::NoColumn(column.describe())),
            None => Ok(layout),
        }
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeping {
    /// The file means nothing without it.
    Needed,
    Taken,
    /// Taken, but not in every detail.
    InPart,
    /// Known, but no feature has a place for it yet.
    NoPlace,
}

struct Column {
    name: &'static str,
    /// What HubSpot and Salesforce call it.
    others: &'static [&'static str],
    keeping: Keeping,
}

impl Column {
    fn is_headed(&self, heading: &str) -> bool {
        let heading = heading.trim();
        self.name.eq_ignore_ascii_case(heading)
            || self.others.iter().any(|other| other.eq_ignore_ascii_case(heading))
    }

    fn describe(&self) -> String {
        [&[self.name], self.others].concat().join(" / ")
    }
}

const fn needed(name: &'static str, others: &'static [&'static str]) -> Column {
    Column { name, others, keeping: Keeping::Needed }
}

const fn taken(name: &'static str, others: &'static [&'static str]) -> Column {
    Column { name, others, keeping: Keeping::Taken }
}

const fn no_place(name: &'static str, others: &'static [&'static str]) -> Column {
    Column { name, others, keeping: Keeping::NoPlace }
}

const fn in_part(name: &'static str, others: &'static [&'static str]) -> Column {
    Column { name, others, keeping: Keeping::InPart }
}

fn columns(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Accounts => ACCOUNTS,
        Kind::Addresses => ADDRESSES,
        Kind::Contacts => CONTACTS,
        Kind::ContactPoints => CONTACT_POINTS,
        Kind::Leads => LEADS,
        Kind::Deals => DEALS,
        Kind::StageHistory => STAGE_HISTORY,
        Kind::Activities => ACTIVITIES,
        Kind::Tasks => TASKS,
        Kind::Purchases => PURCHASES,
    }
}

const ACCOUNTS: &[Column] = &[
    needed("account_id", &["Record ID", "Id"]),
    needed("name", &["Company name"]),
    taken("domain", &["Company Domain Name", "Website"]),
    taken("industry", &[]),
    taken("country", &["Country/Region", "BillingCountry"]),
    taken("city", &["BillingCity"]),
    taken("time_zone", &["Time Zone", "TimeZone__c"]),
    taken("currency", &["CurrencyIsoCode"]),
    taken("employees", &["Number of Employees", "NumberOfEmployees"]),
    taken("annual_revenue", &["Annual Revenue", "AnnualRevenue"]),
    needed("created_at", &["Create Date", "CreatedDate"]),
    taken("owner", &["Company owner", "Owner.Name"]),
    taken("source", &["Original Source Type", "AccountSource"]),
    taken("parent_account_id", &["Parent Company", "ParentId"]),
    taken("is_reference", &["Is Reference", "Is_Reference__c"]),
    taken("tags", &["Tags__c"]),
    taken("notes", &["Description"]),
    taken("external_id", &[]),
    taken("stage", &[]),
    taken("party", &[]),
    taken("territory", &[]),
    taken("archived", &[]),
];

const ADDRESSES: &[Column] = &[
    needed("address_id", &[]),
    needed("account_id", &[]),
    taken("lines", &[]),
    needed("city", &[]),
    taken("region", &[]),
    taken("postal_code", &[]),
    taken("country", &[]),
];

const CONTACTS: &[Column] = &[
    needed("contact_id", &["Record ID", "Id"]),
    needed("account_id", &["Associated Company IDs", "AccountId"]),
    taken("first_name", &["First Name", "FirstName"]),
    taken("last_name", &["Last Name", "LastName"]),
    taken("email", &[]),
    taken("phone", &["Phone Number"]),
    taken("title", &["Job Title"]),
    taken("language", &["Preferred language", "Language__c"]),
    taken("consent_email", &["Marketing contact status"]),
    taken("opted_out_email", &["HasOptedOutOfEmail"]),
    no_place("created_at", &["Create Date", "CreatedDate"]),
    taken("archived", &[]),
];

const CONTACT_POINTS: &[Column] = &[
    needed("point_id", &[]),
    needed("contact_id", &[]),
    needed("account_id", &[]),
    needed("kind", &[]),
    needed("value", &[]),
    taken("label", &[]),
];

/// Of a lead that became an account, the names stand in the account and are not taken again.
const LEADS: &[Column] = &[
    needed("lead_id", &["Record ID", "Id"]),
    needed("created_at", &["Create Date", "CreatedDate"]),
    in_part("first_name", &["First Name", "FirstName"]),
    in_part("last_name", &["Last Name", "LastName"]),
    in_part("company", &["Company name"]),
    in_part("email", &[]),
    taken("country", &["Country/Region"]),
    taken("source", &["LeadSource", "Original Source Type"]),
    needed("status", &["Lead Status"]),
    taken("converted_at", &["ConvertedDate"]),
    taken("account_id", &["ConvertedAccountId", "Associated Company IDs"]),
    taken("cost", &["Cost__c"]),
    taken("currency", &["CurrencyIsoCode"]),
];

const DEALS: &[Column] = &[
    needed("deal_id", &["Record ID", "Id"]),
    needed("account_id", &["Associated Company IDs", "AccountId"]),
    taken("contact_id", &["Associated Contact IDs", "ContactId"]),
    needed("name", &["Deal Name"]),
    taken("amount", &[]),
    taken("currency", &["CurrencyIsoCode"]),
    needed("stage", &["Deal Stage", "StageName"]),
    no_place("probability", &["Deal probability"]),
    needed("created_at", &["Create Date", "CreatedDate"]),
    taken("expected_close", &["Close Date", "CloseDate"]),
    taken("closed_at", &["Closed At", "ClosedDate__c"]),
    taken("outcome", &["Is Closed Won", "IsWon"]),
    taken("lost_reason", &["Closed Lost Reason", "Loss_Reason__c"]),
    taken("owner", &["Deal owner", "Owner.Name"]),
    no_place("source", &["Original Source Type", "LeadSource"]),
];

const STAGE_HISTORY: &[Column] = &[
    needed("deal_id", &[]),
    needed("stage", &[]),
    needed("entered_at", &[]),
    taken("changed_by", &[]),
    taken("event_id", &[]),
    taken("from_stage", &[]),
    taken("reason", &[]),
    taken("holds", &[]),
];

/// An e-mail and a chat are both messages, a task is a note.
const ACTIVITIES: &[Column] = &[
    needed("activity_id", &[]),
    needed("account_id", &[]),
    taken("contact_id", &[]),
    taken("deal_id", &[]),
    in_part("type", &[]),
    taken("direction", &[]),
    needed("at", &[]),
    taken("minutes", &[]),
    needed("subject", &[]),
    taken("body", &[]),
    taken("by", &[]),
];

const TASKS: &[Column] = &[
    needed("task_id", &[]),
    needed("account_id", &[]),
    needed("title", &[]),
    taken("due", &[]),
    taken("assignee", &[]),
    taken("done_at", &[]),
];

const PURCHASES: &[Column] = &[
    needed("purchase_id", &[]),
    needed("account_id", &[]),
    needed("at", &[]),
    needed("currency", &[]),
    needed("amount", &[]),
    taken("cost", &[]),
    taken("category", &[]),
    taken("quantity", &[]),
    taken("channel", &[]),
    taken("refund_of", &[]),
];

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
    fn a_file_without_a_column_it_needs_is_refused() {
        let refused = lay(Kind::Leads, "lead_id,created_at");
        assert_eq!(refused, Err(Reason::NoColumn("status / Lead Status".to_owned())));
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
