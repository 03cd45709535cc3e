//! The part of the catalogue that is the same on every screen: commands and filters.

use super::Plural;

pub struct Commands {
    pub title: &'static str,
    pub search: &'static str,
    pub placeholder: &'static str,
    pub screen: &'static str,
    pub action: &'static str,
    pub account: &'static str,
    pub person_at: &'static str,
    pub deal_of: &'static str,
    pub found: Plural,
    pub which_account: &'static str,
    pub shortcuts: &'static str,
    pub single_keys: &'static str,
    pub covers: Plural,
    pub print: &'static str,
    pub log: &'static str,
    pub add_task: &'static str,
    pub add_deal: &'static str,
}

pub struct Views {
    pub title: &'static str,
    pub view: &'static str,
    pub none: &'static str,
    pub hint: &'static str,
    pub nothing_set: &'static str,
    pub name: &'static str,
    pub whose: &'static str,
    pub mine: &'static str,
    pub everybody: &'static str,
    pub keep: &'static str,
    pub kept: &'static str,
    pub remove: &'static str,
}

pub struct Looking {
    pub not_come: &'static str,
    pub not_come_hint: &'static str,
    pub no_deals: &'static str,
    pub period: &'static str,
    pub any_time: &'static str,
    /// This month, next month, this quarter, next quarter, this year.
    pub periods: [&'static str; 5],
}
