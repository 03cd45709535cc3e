//! Always in sight: what is only on this tablet, and whether there is a line.

use crate::{
    language::{format, texts, texts::fill},
    route::Route,
    ui::icon::Token,
    workspace::{Workspace, use_workspace},
};
use leptos::prelude::*;
use sync::output::Line;

#[component]
pub fn SyncBadge() -> impl IntoView {
    let words = &texts().line;
    let workspace = use_workspace();
    let (line, unsent) = (workspace.line(), workspace.unsent());
    let (both, app_kept) = (standing(workspace), workspace.app_kept());
    let since = move || {
        let since = unsent.get().1?;
        Some(fill(words.since, &[&format::moment(since)]))
    };
    view! {
        <a
            class="sync-badge"
            href=Route::SyncCentre.path()
            data-line=move || line_code(line.get())
            data-app-kept=move || app_kept.get().to_string()
            data-unsent=move || unsent.get().0.to_string()
            title=since
        >
            <Token />
            <span role="status">{both}</span>
        </a>
    }
    .into_any()
}

fn line_code(line: Line) -> &'static str {
    match line {
        Line::Offline => "offline",
        Line::OtherVersion => "other-version",
        Line::Greeting => "greeting",
        Line::CatchingUp { .. } => "catching-up",
        Line::UpToDate => "up-to-date",
    }
}

/// Says how this tablet stands: what is only here, and whether there is a line.
pub fn standing(workspace: Workspace) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let words = &texts().line;
    let (line, unsent) = (workspace.line(), workspace.unsent());
    let kept = move || match unsent.get().0 {
        0 => None,
        count => {
            let count = u64::from(count);
            Some(texts().count(words.on_this_tablet, count, &format::number(count)))
        }
    };
    let line_words = move || match line.get() {
        Line::Offline => Some(words.offline),
        Line::OtherVersion => Some(words.other_version),
        Line::Greeting => Some(words.connecting),
        Line::CatchingUp { .. } => Some(words.catching_up),
        Line::UpToDate => None,
    };
    move || match (kept(), line_words()) {
        (None, None) => words.all_received.to_owned(),
        (Some(kept), None) => kept,
        (None, Some(line)) => line.to_owned(),
        (Some(kept), Some(line)) => format!("{kept} · {line}"),
    }
}
