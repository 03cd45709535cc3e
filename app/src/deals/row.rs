//! The lines of the list of deals: the head of a stage, and a deal.

use crate::{
    accounts::told,
    deals::{gathered::StageHead, move_to::MoveTo},
    language::{self, format, names, texts},
    route::Route,
    ui::{edit_mark::EditMark, icon::Icon, notice::use_notices, virtual_list::Place},
    workspace::use_workspace,
};
use domain::{edit::AccountEdit, id::AccountId, row::DealRow};
use leptos::{prelude::*, task::spawn_local_scoped};

#[component]
pub fn DealListHead() -> impl IntoView {
    let words = language::deals();
    view! {
        <div role="row" class="deal-row row-head" aria-rowindex="1">
            <span role="columnheader">{words.name}</span>
            <span role="columnheader" class="wide-only">{words.account}</span>
            <span role="columnheader" class="number">{words.amount}</span>
            <span role="columnheader" class="number wide-only">{words.close}</span>
            <span role="columnheader" class="wide-only">{words.owner}</span>
            <span role="columnheader">{words.move_to}</span>
        </div>
    }
}

#[component]
pub fn StageLine(head: StageHead, place: Place, on_fold: Callback<usize>) -> impl IntoView {
    let words = language::deals();
    let configuration = use_workspace().configuration().get_untracked();
    let stage = head.stage.as_ref().map(|stage| names::deal_stage(&configuration, stage));
    let count = head.deals as u64;
    let sums = head.sums.iter().copied().map(format::whole_money).collect::<Vec<_>>().join(" · ");
    view! {
        <div
            role="row"
            class="stage-row virtual-row"
            data-index=place.index
            data-stage-code=head.code()
            data-category=head.category.map(|category| (category as u8).to_string())
            aria-rowindex=place.aria_row_index()
            tabindex=place.tab_index()
            style:transform=place.top()
            on:click=move |_| on_fold.run(place.index)
        >
            <span role="gridcell" class="stage-name" aria-expanded=(!head.folded).to_string()>
                <Icon name="chevron-down" />
                <strong>{stage.unwrap_or_else(|| words.no_stage.to_owned())}</strong>
                <span class="quiet">{texts().count(words.count, count, &format::number(count))}</span>
            </span>
            <span role="gridcell" class="number stage-sum">{sums}</span>
        </div>
    }
    .into_any()
}

/// What a deal's line shows, with the account it belongs to.
#[derive(Clone, PartialEq)]
struct Face {
    account: AccountId,
    account_name: String,
    deal: DealRow,
}

#[component]
pub fn DealLine(at: u32, inside: u32, place: Place, on_open: Callback<usize>) -> impl IntoView {
    let workspace = use_workspace();
    let face = Memo::new(move |_| {
        workspace.rows_version().track();
        workspace.with_rows(|rows| {
            let row = rows.get(at as usize)?;
            let deal = row.deals.get(inside as usize)?.clone();
            Some(Face { account: row.id, account_name: row.name.clone(), deal })
        })
    });
    move || face.get().map(|face| drawn(face, place, on_open))
}

fn drawn(face: Face, place: Place, on_open: Callback<usize>) -> AnyView {
    let workspace = use_workspace();
    let notices = use_notices();
    let configuration = workspace.configuration().get_untracked();
    let Face { account, account_name, deal } = face;
    let now = workspace.now();
    let late = deal.close.is_some_and(|close| close < format::local_day(now));
    let on_move = Callback::new(move |edit: AccountEdit| {
        spawn_local_scoped(async move {
            told(notices, workspace.edit_unopened(account, edit).await);
        });
    });
    let owner = deal.owner.map(|owner| names::person(&configuration, Some(owner)));
    let stage = deal.stage.clone();
    view! {
        <div
            role="row"
            class="deal-row virtual-row"
            class:late=late
            data-index=place.index
            data-deal=deal.id.to_string()
            aria-rowindex=place.aria_row_index()
            aria-label=deal.name.clone()
            tabindex=place.tab_index()
            style:transform=place.top()
        >
            <span role="gridcell" class="two-lines" on:click=move |_| on_open.run(place.index)>
                <span class="first-line">
                    <span class="name" title=deal.name.clone()>{deal.name.clone()}</span>
                    {(deal.conflicts > 0).then(|| view! { <Icon name="split" /> })}
                    <EditMark state=workspace.edit_state(account.0) />
                </span>
                <span class="second-line narrow-only">{account_name.clone()}</span>
            </span>
            <span role="gridcell" class="wide-only">
                <a href=Route::Account(account).path() tabindex="-1">{account_name}</a>
            </span>
            <span role="gridcell" class="number">{deal.amount.map(format::whole_money)}</span>
            <span role="gridcell" class="number wide-only quiet deal-close">
                {deal.close.map(|day| format::day(day, now))}
            </span>
            <span role="gridcell" class="wide-only quiet">{owner}</span>
            <span role="gridcell">
                <MoveTo
                    deal=deal.id
                    name=Signal::stored(deal.name.clone())
                    from=Signal::stored(stage)
                    on_move
                />
            </span>
        </div>
    }
    .into_any()
}
