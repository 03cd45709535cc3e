//! The button that writes a list out as it stands, filtered; what writes is fetched when pressed.

use super::writing_out::Order;
use crate::{
    language::texts,
    parts,
    ui::{icon::Icon, notice::use_notices},
    workspace::use_workspace,
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn ListExport(order: Callback<(), Order>) -> impl IntoView {
    let workspace = use_workspace();
    let notices = use_notices();
    let export = move |_| {
        let order = order.run(());
        spawn_local(async move {
            match parts::export().await {
                Ok(export) => export(workspace, notices, order),
                Err(_) => notices.say(texts().shell.part_missing.to_owned()),
            }
        });
    };
    view! {
        <button type="button" class="button" data-export on:click=export>
            <Icon name="download" />
            <span>{texts().shell.export}</span>
        </button>
    }
    .into_any()
}
