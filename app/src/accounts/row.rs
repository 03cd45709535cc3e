//! One line of the list of accounts.

use crate::{
    accounts::row_sums::{add, is_open},
    language::{format, names, texts},
    route::Route,
    ui::{avatar::Avatar, edit_mark::EditMark, icon::Icon, virtual_list::Place},
    workspace::{Workspace, use_workspace},
};
use domain::{money::Money, row::AccountRow};
use leptos::{ev, prelude::*};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::Element;

#[component]
pub fn RowHead() -> impl IntoView {
    let words = &texts().accounts;
    view! {
        <div role="row" class="account-row row-head" aria-rowindex="1">
            <span role="columnheader">{words.column_name}</span>
            <span role="columnheader" class="wide-only">{words.stage}</span>
            <span role="columnheader" class="wide-only">{words.column_place}</span>
            <span role="columnheader" class="wide-only">{words.owner}</span>
            <span role="columnheader" class="number">{words.column_deals}</span>
            <span role="columnheader" class="number">{words.column_last}</span>
        </div>
    }
}

#[component]
pub fn AccountListRow(
    hits: Memo<Vec<u32>>,
    place: Place,
    on_open: Callback<usize>,
) -> impl IntoView {
    let workspace = use_workspace();
    let version = workspace.rows_version();
    let row = Memo::new(move |_| {
        version.track();
        let at = hits.read().get(place.index).copied()?;
        workspace.with_rows(|rows| rows.get(at as usize).cloned()).map(Arc::new)
    });
    let id = Memo::new(move |_| row.read().as_ref().map(|row| row.id));
    let path = move || id.get().map(|id| Route::Account(id).path()).unwrap_or_default();
    let part = move |read: &dyn Fn(&AccountRow) -> String| {
        row.read().as_deref().map(read).unwrap_or_default()
    };
    let name = Signal::derive(move || part(&|row| row.name.clone()));
    let mark = move || {
        let state = workspace.edit_state(id.get()?.0);
        Some(view! { <EditMark state /> })
    };
    let conflict = move || {
        let waiting = row.read().as_ref().is_some_and(|row| row.conflicts > 0);
        waiting.then(conflict_sign)
    };
    let on_click = move |event: ev::MouseEvent| {
        // The link inside goes its own way, into a new tab if so asked.
        if !on_link(&event) {
            on_open.run(place.index);
        }
    };
    view! {
        <div
            role="row"
            class="account-row virtual-row"
            data-index=place.index
            data-account=move || id.get().map(|id| id.to_string())
            aria-rowindex=place.aria_row_index()
            aria-label=move || name.get()
            tabindex=place.tab_index()
            style:transform=place.top()
            on:click=on_click
        >
            <span role="gridcell" class="account-name">
                <Avatar name=name />
                <span class="two-lines">
                    <span class="first-line">
                        <a href=path tabindex="-1">{move || name.get()}</a>
                        {conflict}
                        {mark}
                    </span>
                    <span class="second-line">{move || part(&people)}</span>
                </span>
            </span>
            <span role="gridcell" class="wide-only">
                <span class="chip" data-stage=move || part(&|row| (row.stage as u8).to_string())>
                    {move || part(&|row| names::stage(row.stage).to_owned())}
                </span>
            </span>
            <span role="gridcell" class="wide-only quiet">{move || part(&town)}</span>
            <span role="gridcell" class="wide-only quiet">
                {move || part(&|row| match row.owner {
                    Some(owner) => names::person(&workspace.configuration().read(), Some(owner)),
                    None => String::new(),
                })}
            </span>
            <span role="gridcell" class="number">{move || part(&|row| open_deals(row, workspace))}</span>
            <span role="gridcell" class="number quiet">
                {move || part(&|row| match row.last_activity {
                    Some(at) => format::ago(at, workspace.now()),
                    None => String::new(),
                })}
            </span>
        </div>
    }
    .into_any()
}

fn on_link(event: &ev::MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("a").ok().flatten().is_some())
}

fn conflict_sign() -> AnyView {
    let words = texts().accounts.conflict;
    view! { <span class="conflict-sign" role="img" aria-label=words title=words><Icon name="split" /></span> }
        .into_any()
}

fn people(row: &AccountRow) -> String {
    let mut names = row.people.iter().filter(|name| **name != row.name);
    let first = names.next().cloned().unwrap_or_default();
    match names.count() {
        0 => first,
        more => format!("{first} +{more}"),
    }
}

fn town(row: &AccountRow) -> String {
    match (&row.city, &row.country) {
        (Some(city), _) => city.clone(),
        (None, Some(country)) => format::country(country),
        (None, None) => String::new(),
    }
}

fn open_deals(row: &AccountRow, workspace: Workspace) -> String {
    let configuration = workspace.configuration();
    let configuration = configuration.read();
    let open = row.deals.iter().filter(|deal| is_open(deal, &configuration));
    let mut sums: Vec<Money> = Vec::new();
    for amount in open.filter_map(|deal| deal.amount) {
        add(&mut sums, amount);
    }
    sums.into_iter().map(format::whole_money).collect::<Vec<_>>().join(" · ")
}
