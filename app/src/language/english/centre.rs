//! The sync centre, and conflicts wherever they are shown, in English.

use super::plural;
use crate::language::texts::{centre::Centre, conflicts::Conflicts};

pub static CENTRE: Centre = Centre {
    title: "Sync centre",
    unsent: "On this tablet, not yet received",
    nothing_unsent: "Everything you entered has been received.",
    oldest: "oldest: {0}",
    refused: "Refused",
    refused_hint: "These edits were not taken. Copy what you need, enter it another way, then let go of it.",
    discard: "Discard",
    discard_sure: "Discard it for good",
    conflicts: "Waiting for a choice",
    no_conflicts: "No two people have disagreed.",
    storage: "Storage on this tablet",
    app: "The app itself",
    app_kept: "kept here; it opens with no line",
    app_being_kept: "being kept here; stay on the line a moment",
    persisted: "Kept by the browser",
    persisted_yes: "yes, it will not be cleared on its own",
    persisted_no: "not promised; install the app to be sure",
    usage: "Space used",
    usage_of: "{0} of {1}",
    rows: "Accounts in the list",
    documents: "Whole records here",
    health: "Health",
    healthy: "reads and writes well",
    unreadable_edits: plural(
        "{0} unsent edit on this tablet cannot be read; it is kept as it is.",
        "{0} unsent edits on this tablet cannot be read; they are kept as they are.",
    ),
    read_only: "read-only: {0}",
    export_hint: "The file can be brought in on another tablet, or here again.",
    import: "Bring in such a file",
    imported: plural("{0} edit brought in", "{0} edits brought in"),
    imported_nothing: "Everything in that file is here already.",
    import_left: plural(
        "{0} edit could not be made again here; keep the file, and bring it in once more with a line.",
        "{0} edits could not be made again here; keep the file, and bring it in once more with a line.",
    ),
    import_not_stored: "The file was not brought in: this tablet could not store it.",
    import_failed: "That file holds no unsent work of this workspace.",
    import_other: "That file comes from another workspace or person.",
    import_newer: "That file comes from a newer version of the app.",
    open_account: "Open the account",
    and_more: "and {0} more",
};

pub static CONFLICTS: Conflicts = Conflicts {
    title: "Two people set this at once",
    hint: "Nothing was lost. Choose which value holds.",
    shown: "shown now",
    keep: "Keep this",
    by_at: "{0}, {1}",
    stage: "Stage",
    owner: "Owner",
    consent: "E-mail marketing: {0}",
    deal_stage: "{0}: stage",
    deal_amount: "{0}: amount",
    deal_close: "{0}: expected close",
    deal_owner: "{0}: owner",
};
