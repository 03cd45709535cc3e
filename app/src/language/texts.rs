//! Every message the app can show, as one typed catalogue: a language that lacks one does not
//! compile. `{0}`, `{1}` are places to [`fill`]; counted messages are [`Plural`]s.

pub mod bringing;
pub mod centre;
pub mod conflicts;
pub mod everywhere;
pub mod records;
pub mod settings;

use everywhere::{Commands, Looking, Views};
use records::Accounts;

/// Everything the app can say in one language.
pub struct Texts {
    pub form: fn(u64) -> Form,
    pub words: Words,
    pub shell: Shell,
    pub commands: Commands,
    pub filter: Looking,
    pub views: Views,
    pub line: Line,
    pub state: State,
    pub reason: Reasons,
    pub refusal: Refusals,
    pub trouble: Trouble,
    pub sign_in: SignIn,
    pub accounts: Accounts,
}

/// Which wording a number asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    One,
    Few,
    Many,
}

/// A message that depends on a count, written at `{0}`.
#[derive(Clone, Copy)]
pub struct Plural {
    pub one: &'static str,
    pub few: &'static str,
    pub many: &'static str,
}

impl Texts {
    /// Returns the message for `count`, with `written` as the count's own text.
    pub fn count(&self, plural: Plural, count: u64, written: &str) -> String {
        let pattern = match (self.form)(count) {
            Form::One => plural.one,
            Form::Few => plural.few,
            Form::Many => plural.many,
        };
        fill(pattern, &[written])
    }
}

/// Puts the values where the pattern says `{0}`, `{1}`, …
pub fn fill(pattern: &str, values: &[&str]) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (place, after) = after.split_once('}').unwrap_or(("", after));
        let value = place.parse::<usize>().ok().and_then(|place| values.get(place));
        out.push_str(value.copied().unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    out
}

pub struct Words {
    pub save: &'static str,
    pub cancel: &'static str,
    pub close: &'static str,
    pub remove: &'static str,
    pub edit: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub nobody: &'static str,
    pub not_set: &'static str,
    pub someone: &'static str,
    /// {0} is who does not work here any more.
    pub has_left: &'static str,
    pub loading: &'static str,
    pub just_now: &'static str,
}

pub struct Shell {
    /// How much waits for a person today.
    pub due: Plural,
    pub bring_in: &'static str,
    pub workspace_settings: &'static str,
    pub export: &'static str,
    pub set_up: &'static str,
    pub skip: &'static str,
    pub navigation: &'static str,
    pub today: &'static str,
    pub accounts: &'static str,
    pub deals: &'static str,
    pub dashboard: &'static str,
    pub sync_centre: &'static str,
    pub settings: &'static str,
    pub language: &'static str,
    pub theme: &'static str,
    pub theme_system: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub signed_in_as: &'static str,
    pub sign_out: &'static str,
    pub update_ready: &'static str,
    pub not_saved: &'static str,
    pub cleared: Plural,
    pub cleared_unsent_none: &'static str,
    pub cleared_known: &'static str,
    pub no_such_page: &'static str,
    pub to_accounts: &'static str,
    pub part_missing: &'static str,
    pub part_missing_hint: &'static str,
    pub try_again: &'static str,
}

/// How this tablet stands with the relay.
pub struct Line {
    pub all_received: &'static str,
    pub on_this_tablet: Plural,
    pub offline: &'static str,
    pub other_version: &'static str,
    pub connecting: &'static str,
    pub catching_up: &'static str,
    pub since: &'static str,
}

/// The states an edit is in.
pub struct State {
    pub saving: &'static str,
    pub on_this_tablet: &'static str,
    pub received: &'static str,
    pub waiting: &'static str,
    pub refused: &'static str,
    pub not_saved: &'static str,
}

/// Why the relay said no or not yet.
pub struct Reasons {
    pub malformed: &'static str,
    pub too_large: &'static str,
    pub missing_dependency: &'static str,
    pub dependency_refused: &'static str,
    pub actor_mismatch: &'static str,
    pub not_permitted: &'static str,
    pub poison: &'static str,
    pub rule_broken: &'static str,
    pub newer_schema: &'static str,
    pub rate: &'static str,
    pub not_stored: &'static str,
    pub unreadable: &'static str,
}

/// Why this tablet itself said no.
pub struct Refusals {
    pub empty: &'static str,
    pub too_long: &'static str,
    pub not_one_line: &'static str,
    pub no_such_account: &'static str,
    pub already_open: &'static str,
    pub no_such_contact: &'static str,
    pub no_such_deal: &'static str,
    pub no_such_task: &'static str,
    pub taken_id: &'static str,
    pub reason_needed: &'static str,
    pub no_such_person: &'static str,
    pub no_such_place: &'static str,
    pub no_such_stage: &'static str,
    pub wrong_document: &'static str,
    pub malformed_document: &'static str,
    pub no_such_setting: &'static str,
    pub no_such_pipeline: &'static str,
    pub stage_of_other_pipeline: &'static str,
    pub only_stage_of_category: &'static str,
    pub out_of_range: &'static str,
    pub own_rate: &'static str,
    pub no_such_time_zone: &'static str,
    pub hours_overlap: &'static str,
    pub below_nothing: &'static str,
    pub not_here: &'static str,
    pub read_only: &'static str,
    pub amount: &'static str,
    pub currency: &'static str,
}

/// What is said wherever storage fails.
pub struct Trouble {
    pub save_unsent: &'static str,
    pub full: &'static str,
    pub lost: &'static str,
    pub cleared: &'static str,
    pub corrupt: &'static str,
    pub unavailable: &'static str,
}

pub struct SignIn {
    pub title: &'static str,
    pub name: &'static str,
    pub password: &'static str,
    pub sign_in: &'static str,
    pub demo_people: &'static str,
    pub session_ended: &'static str,
    pub wrong: &'static str,
    pub no_line: &'static str,
    pub insecure: &'static str,
    pub too_many: &'static str,
    pub opening: &'static str,
    pub storage_failed: &'static str,
    pub reload: &'static str,
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_stand_where_the_pattern_says() {
        assert_eq!(fill("{1} of {0}", &["ten", "two"]), "two of ten");
        assert_eq!(fill("plain", &[]), "plain");
        assert_eq!(fill("{3}!", &["a"]), "!");
    }
}
