//! A deal as a card of the board: what it is worth, how long it has stood still, what comes next.

use crate::{
    deals::{move_to::StageSelect, moving::Wish},
    language::{self, format, names, texts, texts::fill},
    route::Route,
    ui::{avatar::Avatar, edit_mark::EditMark, icon::Icon},
    workspace::{Workspace, use_workspace},
};
use domain::{
    agenda::{days_since, stale_since},
    id::AccountId,
    pipeline::{ExitCheck, StageId},
    row::DealRow,
};
use leptos::prelude::*;

/// What a card shows.
#[derive(Clone, PartialEq)]
pub struct Face {
    pub account: AccountId,
    account_name: String,
    pub deal: DealRow,
    days: Option<u32>,
    stale: bool,
    pub missing: Vec<ExitCheck>,
}

/// Returns what the card of the deal at that place shows; nothing when it has gone.
pub fn face(workspace: Workspace, (at, inside): (u32, u32)) -> Option<Face> {
    let configuration = workspace.configuration().get_untracked();
    let now = workspace.now();
    workspace.with_rows(|rows| {
        let row = rows.get(at as usize)?;
        let deal = row.deals.get(inside as usize)?.clone();
        let stage = deal.stage.as_ref().and_then(|stage| configuration.stages.get(stage));
        let open = stage.is_some_and(|stage| stage.category.is_open());
        let stale = stale_since(&configuration, &deal).filter(|_| open);
        Some(Face {
            account: row.id,
            account_name: row.name.clone(),
            days: deal.since.filter(|_| open).map(|since| days_since(since, now)),
            stale: stale.is_some_and(|day| day <= format::local_day(now)),
            missing: stage.map(|stage| stage.missing(&deal)).unwrap_or_default(),
            deal,
        })
    })
}

impl Face {
    /// Returns the wish to move the deal to that stage.
    pub fn wish(&self, to: StageId) -> Wish {
        Wish {
            account: Some(self.account),
            deal: self.deal.id,
            name: self.deal.name.clone(),
            from: self.deal.stage.clone(),
            to,
            missing: self.missing.clone(),
        }
    }
}

#[component]
pub fn DealCard(place: (u32, u32), wish: RwSignal<Option<Wish>>) -> impl IntoView {
    let workspace = use_workspace();
    let version = workspace.rows_version();
    let face = Memo::new(move |_| {
        version.track();
        format::track_time();
        face(workspace, place)
    });
    move || face.get().map(|face| drawn(face, place, wish))
}

fn drawn(face: Face, (at, inside): (u32, u32), wish: RwSignal<Option<Wish>>) -> AnyView {
    let words = language::deals();
    let workspace = use_workspace();
    let configuration = workspace.configuration().get_untracked();
    let from = Signal::stored(face.deal.stage.clone());
    let name = face.deal.name.clone();
    let pick = {
        let face = face.clone();
        Callback::new(move |code: String| {
            if !code.is_empty() {
                wish.set(Some(face.wish(StageId(code))));
            }
        })
    };
    let owner = face.deal.owner.map(|owner| names::person(&configuration, Some(owner)));
    view! {
        <li
            class="deal-card"
            class:stale=face.stale
            data-deal=face.deal.id.to_string()
            data-at=at.to_string()
            data-inside=inside.to_string()
        >
            <div class="card-head">
                <a class="card-name" href=Route::Account(face.account).path()>{name.clone()}</a>
                {(face.deal.conflicts > 0).then(|| view! { <Icon name="split" /> })}
                <EditMark state=workspace.edit_state(face.account.0) />
                <span class="drag-handle" title=words.drag aria-hidden="true"><Icon name="grip" /></span>
            </div>
            <p class="quiet card-account">{face.account_name.clone()}</p>
            <p class="card-line">
                <span class="card-amount">{face.deal.amount.map(format::whole_money)}</span>
                {owner.map(|owner| view! { <Avatar name=owner /> })}
            </p>
            {signs(&face, workspace)}
            <StageSelect from on_pick=pick />
        </li>
    }
    .into_any()
}

/// What deserves a look: age in the stage, the day it should close, what comes next, what is missing.
fn signs(face: &Face, workspace: Workspace) -> AnyView {
    let words = language::deals();
    let now = workspace.now();
    let age = face.days.map(|days| {
        let days = u64::from(days);
        texts().count(words.days, days, &format::number(days))
    });
    let close = face
        .deal
        .close
        .map(|day| (fill(words.close_by, &[&format::day(day, now)]), day < format::local_day(now)));
    let late = close.as_ref().is_some_and(|(_, late)| *late && face.days.is_some());
    let step = face.deal.next_step.as_ref().map(|step| match step.day {
        Some(day) => format!("{} · {}", step.text, format::day(day, now)),
        None => step.text.clone(),
    });
    let missing = face.missing.iter().map(|check| names::exit_check(*check)).collect::<Vec<_>>();
    let missing = (!missing.is_empty()).then(|| fill(words.still_missing, &[&missing.join(", ")]));
    view! {
        <p class="card-signs quiet">
            {age.map(|age| view! { <span class="card-age">{age}</span> })}
            {close.map(|(close, _)| view! { <span class="card-close" class:late=late>{close}</span> })}
        </p>
        {step.map(|step| view! { <p class="card-step"><Icon name="milestone" /> {step}</p> })}
        {missing.map(|missing| view! { <p class="card-missing quiet">{missing}</p> })}
    }
    .into_any()
}
