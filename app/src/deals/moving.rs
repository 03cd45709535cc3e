//! Moving a deal: a stage that ends it as lost asks why, and one the deal may not leave yet says
//! what is missing.

use crate::{
    language::{self, names, texts, texts::fill},
    ui::{
        dialog::{Dialog, DialogButtons},
        field::Field,
        select::{Choice, SelectField},
    },
    workspace::use_workspace,
};
use domain::{
    configuration::Configuration,
    deal::StageEvent,
    edit::AccountEdit,
    id::{AccountId, DealId, StageEventId},
    pipeline::{ExitCheck, StageCategory, StageId},
    term::{Outcome, Vocabulary},
};
use leptos::{ev, prelude::*};

/// The choice that asks for words of one's own.
const OTHER: &str = "\u{0}other";

/// A move somebody wants to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// Nothing where the account is that of the page.
    pub account: Option<AccountId>,
    pub deal: DealId,
    pub name: String,
    pub from: Option<StageId>,
    pub to: StageId,
    /// What the deal still misses to leave its stage.
    pub missing: Vec<ExitCheck>,
}

/// Makes the move wished for, after asking what has to be asked.
#[component]
pub fn Moving(
    wish: RwSignal<Option<Wish>>,
    on_move: Callback<(Option<AccountId>, AccountEdit)>,
) -> impl IntoView {
    let workspace = use_workspace();
    let configuration = workspace.configuration();
    let asked = RwSignal::new(None::<Wish>);
    let make = Callback::new(move |(wished, reason): (Wish, Option<String>)| {
        asked.set(None);
        let event = StageEvent {
            from: wished.from,
            category: category(&configuration.read_untracked(), &wished.to),
            to: wished.to,
            at: workspace.now(),
            by: Some(workspace.person()),
            reason,
        };
        let id = StageEventId(workspace.fresh_id());
        on_move.run((wished.account, AccountEdit::MoveDeal(wished.deal, id, event)));
    });
    Effect::new(move |_| {
        let Some(wished) = wish.get() else { return };
        wish.set(None);
        let lost =
            category(&configuration.read_untracked(), &wished.to) == Some(StageCategory::Lost);
        if lost || !wished.missing.is_empty() {
            asked.set(Some(wished));
        } else {
            make.run((wished, None));
        }
    });
    let stop = Callback::new(move |()| asked.set(None));
    move || asked.get().map(|wished| ask(wished, make, stop))
}

fn category(configuration: &Configuration, stage: &StageId) -> Option<StageCategory> {
    configuration.stages.get(stage).map(|stage| stage.category)
}

fn ask(wished: Wish, make: Callback<(Wish, Option<String>)>, stop: Callback<()>) -> AnyView {
    let words = language::deals();
    let configuration = use_workspace().configuration().get_untracked();
    let stage = names::deal_stage(&configuration, &wished.to);
    let title = fill(words.move_title, &[&wished.name, &stage]);
    let lost = category(&configuration, &wished.to) == Some(StageCategory::Lost);
    let picked = RwSignal::new(String::new());
    let own = RwSignal::new(String::new());
    let missing = wished.missing.iter().map(|check| names::exit_check(*check));
    let missing = missing.collect::<Vec<_>>().join(", ");
    let misses = (!lost && !missing.is_empty()).then(|| fill(words.still_missing, &[&missing]));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let reason = match picked.get_untracked() {
            code if code == OTHER => own.get_untracked().trim().to_owned(),
            code => code,
        };
        if !lost {
            make.run((wished.clone(), None));
        } else if !reason.is_empty() {
            make.run((wished.clone(), Some(reason)));
        }
    };
    let reasons = lost.then(|| {
        let choices = Signal::stored(reasons(&configuration));
        view! {
            <SelectField label=words.reason choices value=picked />
            {move || (picked.get() == OTHER).then(|| view! { <Field label=words.reason_own value=own /> })}
        }
    });
    let commit = if lost { texts().words.save } else { words.move_anyway };
    view! {
        <Dialog title on_close=stop>
            <form class="form" on:submit=submit>
                {misses.map(|said| view! { <p>{said}</p> })}
                {reasons}
                <DialogButtons commit on_cancel=stop />
            </form>
        </Dialog>
    }
    .into_any()
}

/// Returns the reasons for losing a deal, in their order, and words of one's own.
fn reasons(configuration: &Configuration) -> Vec<Choice> {
    let in_use = configuration.terms_in_use(Vocabulary::OutcomeReason).into_iter();
    let named = in_use
        .filter(|(_, term)| term.outcome == Some(Outcome::Lost))
        .map(|(code, _)| (code.to_owned(), names::outcome_reason(configuration, code)));
    let first = (String::new(), language::deals().choose_reason.to_owned());
    let own = (OTHER.to_owned(), language::deals().reason_other.to_owned());
    [first].into_iter().chain(named).chain([own]).collect()
}
