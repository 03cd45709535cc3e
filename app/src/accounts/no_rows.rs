//! What stands where no account is: that there is none is known only once everything has come.

use crate::{language::texts, route::Route, ui::empty::Empty, workspace::use_workspace};
use leptos::prelude::*;
use sync::output::Line;

/// Says that there is nothing, in these words, or that it has not come here yet.
#[component]
pub fn NoRows(title: &'static str, hint: &'static str) -> impl IntoView {
    let words = &texts().filter;
    let workspace = use_workspace();
    let (line, version) = (workspace.line(), workspace.rows_version());
    let any = Memo::new(move |_| {
        version.track();
        workspace.with_rows(|rows| !rows.is_empty())
    });
    let configuration = workspace.configuration();
    let unguided = Memo::new(move |_| !any.get() && configuration.read().guided != Some(true));
    let draw = move || match line.get() {
        Line::Greeting | Line::CatchingUp { .. } if !any.get() => {
            view! { <p class="preparing" role="status">{texts().line.catching_up}</p> }.into_any()
        }
        Line::Offline | Line::OtherVersion if !any.get() => {
            view! { <Empty title=words.not_come hint=words.not_come_hint /> }.into_any()
        }
        _ if unguided.get() => view! {
            <Empty title hint>
                <p class="empty-ways">
                    <a class="button primary" href=Route::Settings.path()>{texts().shell.set_up}</a>
                    <a class="button" href=Route::BringIn.path()>{texts().shell.bring_in}</a>
                </p>
            </Empty>
        }
        .into_any(),
        _ => view! { <Empty title hint /> }.into_any(),
    };
    draw.into_any()
}
