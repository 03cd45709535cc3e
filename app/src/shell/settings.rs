//! Who is signed in, and how the app looks and speaks.

use crate::{
    commands::use_desk,
    language::{self, Language, texts, texts::fill},
    route::Route,
    ui::{avatar::Avatar, notice::use_notices, select::Select, theme::Theme},
    warnings::leave,
    workspace::use_workspace,
};
use leptos::prelude::*;

#[component]
pub fn Settings() -> impl IntoView {
    let words = &texts().shell;
    let workspace = use_workspace();
    let notices = use_notices();
    let name = workspace.person_name();
    let theme = use_desk().theme;
    let languages =
        Language::ALL.map(|language| (language.code().to_owned(), language.own_name().to_owned()));
    let themes = Theme::ALL.map(|theme| {
        let words = match theme {
            Theme::System => words.theme_system,
            Theme::Light => words.theme_light,
            Theme::Dark => words.theme_dark,
        };
        (theme.code().to_owned(), words.to_owned())
    });
    view! {
        <button
            type="button"
            class="rail-person"
            popovertarget="settings"
            title=words.settings
        >
            <Avatar name=name.clone() />
            <span class="hidden-title">{words.settings}</span>
        </button>
        <div id="settings" class="settings" popover="auto">
            <p class="settings-who">
                {fill(words.signed_in_as, &[&name])}
                <span class="quiet">{workspace.workspace_name()}</span>
            </p>
            <Select
                label=words.language
                choices=Signal::stored(languages.to_vec())
                value=Signal::stored(language::current().code().to_owned())
                on_pick=Callback::new(|code: String| {
                    if let Some(language) = Language::from_tag(&code) {
                        language::choose(language);
                    }
                })
                class="field select-field"
            />
            <Select
                label=words.theme
                choices=Signal::stored(themes.to_vec())
                value=Signal::derive(move || theme.get().code().to_owned())
                on_pick=Callback::new(move |code: String| theme.set(Theme::from_code(&code)))
                class="field select-field"
            />
            <a class="button" href=Route::Settings.path()>{texts().shell.workspace_settings}</a>
            <a class="button" href=Route::BringIn.path()>{texts().shell.bring_in}</a>
            <button type="button" class="button" on:click=move |_| leave(workspace.sign_out(), notices)>
                {words.sign_out}
            </button>
        </div>
    }
    .into_any()
}
