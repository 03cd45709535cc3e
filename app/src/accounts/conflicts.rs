//! Fields two people set at once: both values, who and when, and the choice between them.

use crate::{
    accounts::OpenAccount,
    language::{self, format, names, texts, texts::fill},
    ui::candidate::CandidateLine,
};
use domain::{
    account::Account,
    configuration::Configuration,
    conflict::{Candidate, Conflict, GuardedField, GuardedValue},
    id::DealId,
};
use leptos::prelude::*;

/// The conflicts of an account, when there are any.
#[component]
pub fn ConflictsSection(open: OpenAccount) -> impl IntoView {
    let words = language::conflicts();
    let conflicts = open.read(|account| account.conflicts.clone());
    let waiting = Memo::new(move |_| !conflicts.read().is_empty());
    move || {
        waiting.get().then(|| {
            view! {
                <section class="conflicts" aria-labelledby="conflicts-title">
                    <h2 id="conflicts-title">{words.title}</h2>
                    <p class="quiet">{words.hint}</p>
                    <ConflictBlocks open />
                </section>
            }
        })
    }
}

#[component]
pub fn ConflictBlocks(open: OpenAccount) -> impl IntoView {
    let conflicts = open.read(|account| account.conflicts.clone());
    move || conflicts.get().into_iter().map(|conflict| block(open, conflict)).collect_view()
}

fn block(open: OpenAccount, conflict: Conflict) -> AnyView {
    let field = conflict.field;
    let configuration = open.workspace.configuration().get_untracked();
    let account = open.account.get_untracked();
    let title = account.map(|account| field_name(field, &account)).unwrap_or_default();
    let all: Vec<_> = [conflict.shown.clone()].into_iter().chain(conflict.others.clone()).collect();
    let choice = move |candidate: Candidate| {
        let value = value_in_words(&candidate.value, &configuration, open);
        let by = names::person(&configuration, Some(candidate.by));
        let at = candidate.at.timestamp();
        let is_shown = candidate == conflict.shown;
        let edit = conflict.choose(&candidate);
        let on_keep = move || {
            if let Some(edit) = edit.clone() {
                open.edit(edit);
            }
        };
        let now = move || open.workspace.now();
        view! { <CandidateLine value by at now is_shown on_keep /> }
    };
    view! {
        <div class="conflict" data-field=field_code(field)>
            <h3>{title}</h3>
            <ul class="candidates">{all.into_iter().map(choice).collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn field_name(field: GuardedField, account: &Account) -> String {
    let words = language::conflicts();
    let deal = |pattern, id: DealId| {
        fill(pattern, &[account.deals.get(&id).map_or("", |deal| deal.name.as_str())])
    };
    match field {
        GuardedField::Stage => words.stage.to_owned(),
        GuardedField::Owner => words.owner.to_owned(),
        GuardedField::Consent(contact) => {
            let name = account.contacts.get(&contact).map(names::contact).unwrap_or_default();
            fill(words.consent, &[&name])
        }
        GuardedField::DealStage(id) => deal(words.deal_stage, id),
        GuardedField::DealAmount(id) => deal(words.deal_amount, id),
        GuardedField::DealClose(id) => deal(words.deal_close, id),
        GuardedField::DealOwner(id) => deal(words.deal_owner, id),
    }
}

/// Returns the field as tests know it.
fn field_code(field: GuardedField) -> &'static str {
    match field {
        GuardedField::Stage => "stage",
        GuardedField::Owner => "owner",
        GuardedField::Consent(_) => "consent",
        GuardedField::DealStage(_) => "deal-stage",
        GuardedField::DealAmount(_) => "deal-amount",
        GuardedField::DealClose(_) => "deal-close",
        GuardedField::DealOwner(_) => "deal-owner",
    }
}

fn value_in_words(
    value: &GuardedValue,
    configuration: &Configuration,
    open: OpenAccount,
) -> String {
    let not_set = || texts().words.not_set.to_owned();
    match value {
        GuardedValue::Stage(stage) => names::stage(*stage).to_owned(),
        GuardedValue::Person(person) => names::person(configuration, *person),
        GuardedValue::Consent(given) => names::consent(*given).to_owned(),
        GuardedValue::DealStage(_, stage) => names::deal_stage(configuration, stage),
        GuardedValue::Money(amount) => amount.map_or_else(not_set, format::money),
        GuardedValue::Day(day) => {
            day.map_or_else(not_set, |day| format::day(day, open.workspace.now()))
        }
    }
}
