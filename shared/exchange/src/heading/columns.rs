//! Every known column of every kind of file, by our name and theirs.

use crate::kind::Kind;

/// What becomes of a column's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// The file means nothing without it.
    Needed,
    Taken,
    /// Taken, but not in every detail.
    InPart,
    /// Known, but no feature has a place for it yet.
    NoPlace,
}

/// A known column.
pub struct Column {
    pub name: &'static str,
    /// What HubSpot and Salesforce call it.
    others: &'static [&'static str],
    pub keeping: Keeping,
}

impl Column {
    /// Says whether a heading means this column.
    pub fn is_headed(&self, heading: &str) -> bool {
        let heading = heading.trim();
        self.name.eq_ignore_ascii_case(heading)
            || self.others.iter().any(|other| other.eq_ignore_ascii_case(heading))
    }

    /// Returns every heading the column is known by.
    pub fn describe(&self) -> String {
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

/// Returns every known column of a kind of file.
pub fn columns(kind: Kind) -> &'static [Column] {
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
    taken("email_id", &[]),
    taken("phone_id", &[]),
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
    taken("subject", &[]),
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
