//! Saved views: a filter with a name, one's own or everybody's, offered above the list, the board
//! and the dashboard alike.

pub mod sheet;

use crate::{
    accounts::book::use_book,
    commands::{Sheet, use_desk},
    language::{format, texts},
    ui::{icon::IconButton, select::Select},
    workspace::use_workspace,
};
use domain::{
    configuration::Configuration,
    filter::Filter,
    id::{PersonId, ViewId},
};
use leptos::prelude::*;

/// Chooses a view, and opens what one does with views.
#[component]
pub fn ViewSelect() -> impl IntoView {
    let words = &texts().views;
    let workspace = use_workspace();
    let (configuration, me) = (workspace.configuration(), workspace.person());
    let filter = use_book().filter;
    let desk = use_desk();
    let choices = Memo::new(move |_| {
        let configuration = configuration.read();
        let views = configuration.views_for(me).into_iter();
        let named = views.map(|(id, view)| (id.to_string(), view.name.clone()));
        let mut named: Vec<_> = named.collect();
        format::sort_by_name(&mut named, |(_, name)| name);
        [(String::new(), words.none.to_owned())].into_iter().chain(named).collect::<Vec<_>>()
    });
    let value = Memo::new(move |_| {
        let shown = shown(&configuration.read(), me, &filter.read());
        shown.map(|id| id.to_string()).unwrap_or_default()
    });
    let on_pick = Callback::new(move |code: String| {
        let configuration = configuration.read_untracked();
        let view = code.parse().ok().and_then(|id: ViewId| configuration.views.get(&id));
        filter.set(view.and_then(|view| view.filter.clone()).unwrap_or_default());
    });
    let open = Callback::new(move |()| desk.open(Sheet::Views));
    let any = Memo::new(move |_| choices.read().len() > 1);
    view! {
        <div class="views">
            {move || any.get().then(|| view! { <Select label=words.view choices value on_pick /> })}
            <IconButton icon="bookmark" label=Signal::stored(words.title.to_owned()) on_press=open />
        </div>
    }
    .into_any()
}

/// Returns the view whose filter is the one that is on, if there is one.
fn shown(configuration: &Configuration, person: PersonId, filter: &Filter) -> Option<ViewId> {
    let views = configuration.views_for(person).into_iter();
    let mut shown = views.filter(|(_, view)| view.filter.as_ref() == Some(filter));
    shown.next().map(|(id, _)| id)
}
