//! Commands and filters, in English.

use super::plural;
use crate::language::texts::everywhere::{Commands, Looking, Views};

pub const COMMANDS: Commands = Commands {
    title: "Search and commands",
    search: "Search",
    placeholder: "Accounts, people, deals, commands",
    screen: "Screen",
    action: "Action",
    account: "Account",
    person_at: "Person at {0}",
    deal_of: "Deal of {0}",
    found: plural("{0} found", "{0} found"),
    which_account: "For which account?",
    shortcuts: "Keyboard shortcuts",
    single_keys: "Single keys work (off: only those with Ctrl)",
    covers: plural("{0} account on this tablet", "{0} accounts on this tablet"),
    print: "Print this screen",
    log: "Log what happened",
    add_task: "Add a task",
    add_deal: "Add a deal",
};

pub const VIEWS: Views = Views {
    title: "Saved views",
    view: "View",
    none: "No view",
    hint: "What is looked for now, kept under a name: for the list, the board and the dashboard.",
    nothing_set: "Nothing is looked for in particular. Search or filter first, then keep it here.",
    name: "Name",
    whose: "For",
    mine: "Only me",
    everybody: "Everybody",
    keep: "Save view",
    kept: "Saved views",
    remove: "Remove {0}",
};

pub const FILTER: Looking = Looking {
    not_come: "Nothing has come to this tablet yet",
    not_come_hint: "It needs a line once; after that everything is here without one.",
    no_deals: "No deal fits the search and the filters.",
    period: "Expected close",
    any_time: "Any closing",
    periods: [
        "Closing this month",
        "Closing next month",
        "Closing this quarter",
        "Closing next quarter",
        "Closing this year",
    ],
};
