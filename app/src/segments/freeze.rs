//! A static segment made of accounts somebody looks at.

use crate::{
    accounts::told,
    language::{boards::boards, format, segments::segments, texts},
    route::Route,
    ui::{field::Field, notice::use_notices},
    workspace::use_workspace,
};
use domain::{
    id::SegmentId,
    segment::{FROZEN_MAX, Frozen},
    setting::{Setting, Subject},
};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Freezes the accounts at these places under a name.
#[component]
pub fn FreezeButton(places: StoredValue<Vec<u32>>) -> impl IntoView {
    let words = segments();
    let (workspace, notices, navigate) = (use_workspace(), use_notices(), use_navigate());
    let (naming, name) = (RwSignal::new(false), RwSignal::new(String::new()));
    let count = places.with_value(Vec::len);
    let freeze = StoredValue::new(move || {
        let frozen = workspace.with_rows(|rows| {
            places.with_value(|places| {
                Frozen::of(places.iter().filter_map(|at| Some(rows.get(*at as usize)?.id)))
            })
        });
        let id = SegmentId(workspace.fresh_id());
        let navigate = navigate.clone();
        let settings = [Setting::Name(name.get_untracked()), Setting::Frozen(frozen)];
        spawn_local(async move {
            for setting in settings {
                if !told(notices, workspace.set(Subject::Segment(id), setting).await) {
                    return;
                }
            }
            navigate(&Route::Segment(id).path(), Default::default());
        });
    });
    let field = NodeRef::<html::Form>::new();
    // The button that had the focus is gone.
    Effect::new(move |_| {
        let input = field.get().and_then(|form| form.query_selector("input").ok().flatten());
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
            let _ = input.focus();
        }
    });
    let form = move || {
        workspace.hold_settings();
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            freeze.with_value(|freeze| freeze());
        };
        view! {
            <form class="segment-freeze" node_ref=field on:submit=submit>
                <Field label=words.name value=name />
                <button type="submit" class="button primary" disabled=move || name.read().trim().is_empty()>
                    {words.freeze}
                </button>
            </form>
        }
        .into_any()
    };
    let button = move || {
        view! {
            <button type="button" class="button" data-freeze on:click=move |_| naming.set(true)>
                {words.from_these}
            </button>
        }
        .into_any()
    };
    move || {
        if count > FROZEN_MAX {
            let count = count as u64;
            let said = texts().count(boards().accounts, count, &format::number(count));
            return view! { <p class="quiet">{said} ". " {words.too_many}</p> }.into_any();
        }
        if naming.get() { form() } else { button() }
    }
}
