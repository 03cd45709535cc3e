//! What a workspace agrees on: lists of things, each with fields that are set one by one.
//!
//! [`lines`] says what there is to be set, [`slot`] how each field is shown and read. One list is
//! drawn like any other.

pub mod conflicts;
mod guide;
mod lines;
mod slot;

use crate::{
    accounts::told,
    language::{self, format, names},
    ui::{edit_mark::EditMark, editable_text::EditableText, notice::use_notices, select::Select},
    workspace::{Workspace, use_workspace},
};
use conflicts::SettingConflicts;
use documents::class::{CATALOGUE_ID, CONFIGURATION_ID};
use domain::{
    configuration::Configuration,
    product::Catalogue,
    setting::{Setting, Subject},
};
use guide::Guide;
use leptos::{ev, prelude::*, task::spawn_local_scoped};
use lines::{Line, Section};
use slot::{Field, Shape};

#[component]
pub fn SettingsPage() -> impl IntoView {
    let words = language::settings();
    let workspace = use_workspace();
    workspace.hold_settings();
    let section = RwSignal::new(Section::Workspace);
    let guided = guide::is_wanted();
    let tab = move |one: Section| {
        view! {
            <button
                type="button"
                class="settings-tab"
                aria-pressed=move || (section.get() == one).to_string()
                on:click=move |_| section.set(one)
            >
                {one.title()}
            </button>
        }
        .into_any()
    };
    let list = move || view! { <List section=section.get() /> }.into_any();
    view! {
        <section class="page settings-page" aria-labelledby="settings-title">
            <header class="page-head">
                <h1 id="settings-title">{words.title}</h1>
                <EditMark state=workspace.edit_state(CONFIGURATION_ID) />
                <EditMark state=workspace.edit_state(CATALOGUE_ID) />
            </header>
            {move || guided.get().then(|| view! { <Guide section /> })}
            <SettingConflicts />
            <div class="settings-columns">
                <nav class="settings-tabs" aria-label=words.title>
                    {Section::ALL.map(tab).collect_view()}
                </nav>
                <div class="panel settings-list">{list}</div>
            </div>
        </section>
    }
    .into_any()
}

/// One list: its things, and a line to add one.
#[component]
fn List(section: Section) -> impl IntoView {
    let workspace = use_workspace();
    let subjects = Memo::new(move |_| {
        let configuration = workspace.configuration();
        let catalogue = workspace.catalogue();
        let (configuration, catalogue) = (configuration.read(), catalogue.read());
        let mut subjects = lines::subjects(section, &configuration, &catalogue);
        if section.is_by_name() {
            let named = |subject: Subject| (called(&subject, &configuration, &catalogue), subject);
            let mut by_name: Vec<_> = subjects.into_iter().map(named).collect();
            format::sort_by_name(&mut by_name, |(name, _)| name);
            subjects = by_name.into_iter().map(|(_, subject)| subject).collect();
        }
        subjects
    });
    view! {
        <header class="panel-head"><h2>{section.title()}</h2></header>
        {section.hint().map(|hint| view! { <p class="quiet settings-hint">{hint}</p> })}
        <For each=move || subjects.get() key=Subject::clone let(subject)>
            <Thing subject />
        </For>
        {section.can_add().then(|| view! { <Add section /> })}
    }
    .into_any()
}

/// Returns what a thing is called; a product's name stands in the catalogue.
fn called(subject: &Subject, configuration: &Configuration, catalogue: &Catalogue) -> String {
    match subject {
        Subject::Product(id) => {
            catalogue.products.get(id).map(|product| product.name.clone()).unwrap_or_default()
        }
        subject => names::subject(configuration, subject),
    }
}

/// One thing that is set: its fields, and whether it is in use.
#[component]
fn Thing(subject: Subject) -> impl IntoView {
    let words = language::settings();
    let workspace = use_workspace();
    let of = subject.clone();
    let line: Memo<Line> = Memo::new(move |_| {
        lines::line(&of, &workspace.configuration().read(), &workspace.catalogue().read())
    });
    let set = setter(workspace);
    let archived = Memo::new(move |_| line.read().archived);
    let for_archive = subject.clone();
    let archive = move |_| {
        let was = archived.get_untracked().unwrap_or(false);
        set.run((for_archive.clone(), Setting::Archived(!was)));
    };
    let is_person = matches!(subject, Subject::Person(_));
    // What has a name in each language is called by the reader's own; others show theirs as a field.
    let headed = matches!(subject, Subject::Stage(_) | Subject::Pipeline(_) | Subject::Term(..));
    let of = subject.clone();
    let name = Memo::new(move |_| names::subject(&workspace.configuration().read(), &of));
    let shapes = move |of_boxes: bool| {
        Memo::new(move |_| {
            let line = line.read();
            let shapes = line.fields.iter().map(|field| &field.shape);
            let shapes = shapes.filter(|shape| shape.is_yes_or_no() == of_boxes);
            shapes.cloned().collect::<Vec<_>>()
        })
    };
    let (values, boxes) = (shapes(false), shapes(true));
    let legend = match subject {
        Subject::Stage(_) => words.before_leaving,
        _ => words.members,
    };
    let field = Callback::new(move |shape: Shape| {
        let at = shape.clone();
        let value = Memo::new(move |_| {
            let line = line.read();
            let found = line.fields.iter().find(|field| field.shape == at);
            found.cloned().unwrap_or_else(|| Field { shape: at.clone(), value: String::new() })
        });
        view! { <OneField subject=subject.clone() field=value /> }.into_any()
    });
    let some_boxes = Memo::new(move |_| !boxes.read().is_empty());
    view! {
        <div class="settings-thing" class:archived=move || archived.get() == Some(true)>
            {headed.then(|| view! { <h3 class="settings-name">{move || name.get()}</h3> })}
            <div class="settings-fields">
                <For each=move || values.get() key=Shape::clone children=move |shape| field.run(shape) />
            </div>
            {move || {
                some_boxes.get().then(|| {
                    view! {
                        <fieldset class="settings-boxes">
                            <legend class="field-label">{legend}</legend>
                            <div class="settings-fields">
                                <For each=move || boxes.get() key=Shape::clone children=move |shape| field.run(shape) />
                            </div>
                        </fieldset>
                    }
                })
            }}
            {move || {
                archived
                    .get()
                    .map(|archived| {
                        let word = match (archived, is_person) {
                            (true, _) => words.restore,
                            (false, true) => words.left,
                            (false, false) => words.archive,
                        };
                        view! {
                            <button type="button" class="button" on:click=archive.clone()>
                                {word}
                            </button>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

#[component]
fn OneField(subject: Subject, field: Memo<Field>) -> impl IntoView {
    let workspace = use_workspace();
    let notices = use_notices();
    let set = setter(workspace);
    let shape = field.read_untracked().shape.clone();
    let label = shape.label(&workspace.configuration().read_untracked());
    let value = Signal::derive(move || field.read().value.clone());
    let commit = Callback::new(move |text: String| match shape.read(&text) {
        Some(setting) => {
            set.run((subject.clone(), setting));
            true
        }
        None => {
            notices.say(language::settings().not_understood.to_owned());
            false
        }
    });
    let choices = Memo::new(move |_| {
        field.read().shape.choices(&workspace.configuration().read()).unwrap_or_default()
    });
    let pick = Callback::new(move |text| {
        commit.run(text);
    });
    // What can be chosen may be set only while somebody looks: the first calendar, for one.
    let chosen = Memo::new(move |_| !choices.read().is_empty());
    let is_yes_or_no = field.read_untracked().shape.is_yes_or_no();
    move || {
        let label = label.clone();
        if is_yes_or_no {
            return view! {
                <label class="switch">
                    <input
                        type="checkbox"
                        prop:checked=move || value.get() == "1"
                        on:change=move |event| {
                            let set = if event_target_checked(&event) { "1" } else { "0" };
                            pick.run(set.to_owned());
                        }
                    />
                    <span>{label}</span>
                </label>
            }
            .into_any();
        }
        if chosen.get() {
            return view! { <Select label choices value on_pick=pick class="field select-field" /> }
                .into_any();
        }
        let name = label.clone();
        view! {
            <div class="field">
                <span class="field-label">{label}</span>
                <EditableText label=Signal::stored(name) value on_commit=commit />
            </div>
        }
        .into_any()
    }
}

/// The line that adds a thing by its name.
#[component]
fn Add(section: Section) -> impl IntoView {
    let words = language::settings();
    let workspace = use_workspace();
    let notices = use_notices();
    let name = RwSignal::new(String::new());
    let label = if section == Section::Rates { words.which_currency } else { words.name };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let typed = name.read_untracked().trim().to_owned();
        let order = lines::next_order(section, &workspace.configuration().read_untracked());
        let Some((subject, settings)) = section.begin(&typed, workspace.fresh_id(), order) else {
            return notices.say(words.not_understood.to_owned());
        };
        name.set(String::new());
        spawn_local_scoped(async move {
            for setting in settings {
                if !told(notices, workspace.set(subject.clone(), setting).await) {
                    break;
                }
            }
        });
    };
    view! {
        <form class="settings-add" on:submit=submit>
            <crate::ui::field::Field label value=name />
            <button type="submit" class="button primary">{words.add}</button>
        </form>
    }
    .into_any()
}

fn setter(workspace: Workspace) -> Callback<(Subject, Setting)> {
    let notices = use_notices();
    Callback::new(move |(subject, setting)| {
        spawn_local_scoped(async move {
            told(notices, workspace.set(subject, setting).await);
        });
    })
}
