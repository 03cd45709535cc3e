//! The people at the customer.

use crate::{
    accounts::{
        OpenAccount,
        person::{PersonCard, PersonDialog},
    },
    language::{self},
    ui::icon::IconButton,
};
use domain::id::ContactId;
use leptos::prelude::*;

#[component]
pub fn PeopleSection(open: OpenAccount) -> impl IntoView {
    let words = language::people();
    let present = open.read(|account| {
        let present = account.contacts.values().filter(|contact| !contact.archived);
        present.map(|contact| contact.id).collect::<Vec<ContactId>>()
    });
    let adding = RwSignal::new(false);
    let stop = Callback::new(move |()| adding.set(false));
    view! {
        <section class="panel" aria-labelledby="people-title">
            <header class="panel-head">
                <h2 id="people-title">{words.title}</h2>
                <IconButton icon="user-plus" label=words.add on_press=Callback::new(move |()| adding.set(true)) />
            </header>
            <ul class="people">
                <For each=move || present.get() key=|id| *id let(id)>
                    <PersonCard open id />
                </For>
            </ul>
            {move || present.read().is_empty().then(|| view! { <p class="nothing">{words.none}</p> })}
            {move || adding.get().then(|| view! { <PersonDialog open contact=None on_close=stop /> })}
        </section>
    }
    .into_any()
}
