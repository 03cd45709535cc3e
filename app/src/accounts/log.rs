//! Logs what happened with the customer: the kind and one line are enough.

use crate::{
    accounts::{OpenAccount, choices, choices::typed},
    commands::{Ask, when_asked},
    language::{self, names, texts},
    ui::{
        field::{Field, ProseField},
        icon::Icon,
        select::SelectField,
    },
};
use domain::{
    activity::{Activity, ActivityKind, Direction},
    configuration::Configuration,
    edit::AccountEdit,
    id::ActivityId,
    term::Vocabulary,
    time::Timestamp,
};
use leptos::{ev, html, prelude::*};

const DIRECTIONS: [Direction; 3] = [Direction::Outbound, Direction::Inbound, Direction::Internal];

pub fn icon_of(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Call => "phone",
        ActivityKind::Visit => "map-pin",
        ActivityKind::Meeting => "users",
        ActivityKind::Message => "mail",
        ActivityKind::Note => "notebook-pen",
        ActivityKind::Order => "package",
    }
}

#[derive(Clone, Copy)]
struct Draft {
    /// The code of the workspace's word for what was done.
    kind: RwSignal<String>,
    subject: RwSignal<String>,
    body: RwSignal<String>,
    minutes: RwSignal<String>,
    contact: RwSignal<String>,
    direction: RwSignal<String>,
    when: RwSignal<String>,
}

#[component]
pub fn LogForm(open: OpenAccount) -> impl IntoView {
    let words = language::timeline();
    let text = || RwSignal::new(String::new());
    let draft = Draft {
        kind: RwSignal::new(first_kind(&open.workspace.configuration().read_untracked())),
        subject: text(),
        body: text(),
        minutes: text(),
        contact: text(),
        direction: RwSignal::new((Direction::Outbound as u8).to_string()),
        when: text(),
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let id = ActivityId(open.workspace.fresh_id());
        if open.edit(AccountEdit::LogActivity(id, draft.activity(open))) {
            draft.clear();
        }
    };
    let subject = NodeRef::<html::Input>::new();
    when_asked(Ask::Log, move || {
        request_animation_frame(move || {
            if let Some(field) = subject.get_untracked() {
                let _ = field.focus();
            }
        });
    });
    let configuration = open.workspace.configuration();
    let kinds = Memo::new(move |_| {
        let configuration = configuration.read();
        let in_use = configuration.terms_in_use(Vocabulary::ActivityKind).into_iter();
        let named = |code| names::activity_term(&configuration, code);
        in_use
            .map(|(code, term)| (code.to_owned(), named(code), term.counted_as(code)))
            .collect::<Vec<_>>()
    });
    let kind_button = move |(code, name, kind): (String, String, ActivityKind)| {
        let own = code.clone();
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="activity-kind"
                    prop:checked=move || *draft.kind.read() == own
                    on:change=move |_| draft.kind.set(code.clone())
                />
                <Icon name=icon_of(kind) />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <section class="panel log" aria-labelledby="log-title">
            <h2 id="log-title" class="hidden-title">{texts().commands.log}</h2>
            <form on:submit=submit>
                <div class="segments" role="radiogroup" aria-label=words.kind>
                    <For each=move || kinds.get() key=Clone::clone children=kind_button />
                </div>
                <div class="log-line">
                    <input
                        node_ref=subject
                        aria-label=words.subject
                        placeholder=words.subject
                        prop:value=move || draft.subject.get()
                        on:input=move |event| draft.subject.set(event_target_value(&event))
                    />
                    <button type="submit" class="button primary">{words.log_it}</button>
                </div>
                <details class="log-more">
                    <summary>{words.body}</summary>
                    <Details open draft />
                </details>
            </form>
        </section>
    }
    .into_any()
}

/// Returns the code of the kind that is chosen before anybody chooses.
fn first_kind(configuration: &Configuration) -> String {
    let in_use = configuration.terms_in_use(Vocabulary::ActivityKind);
    in_use.first().map_or(ActivityKind::Call.code(), |(code, _)| code).to_owned()
}

#[component]
fn Details(open: OpenAccount, draft: Draft) -> impl IntoView {
    let words = language::timeline();
    let people = open.read(|account| {
        let present = account.contacts.values().filter(|contact| !contact.archived);
        let named = present.map(|contact| (contact.id.to_string(), names::contact(contact)));
        [choices::not_set()].into_iter().chain(named).collect::<Vec<_>>()
    });
    let directions = DIRECTIONS
        .map(|direction| ((direction as u8).to_string(), names::direction(direction).to_owned()))
        .to_vec();
    view! {
        <div class="form-pair">
            <SelectField label=words.with choices=people value=draft.contact />
            <SelectField
                label=words.direction
                choices=Signal::derive(move || directions.clone())
                value=draft.direction
            />
            <Field label=words.when value=draft.when kind="datetime-local" />
            <Field label=words.minutes value=draft.minutes kind="number" />
        </div>
        <ProseField label=words.body value=draft.body />
    }
    .into_any()
}

impl Draft {
    fn activity(self, open: OpenAccount) -> Activity {
        let direction = self.direction.read_untracked();
        let direction =
            DIRECTIONS.into_iter().find(|known| (*known as u8).to_string() == *direction);
        let code = self.kind.get_untracked();
        let configuration = open.workspace.configuration().read_untracked();
        let term = configuration.activity_kinds.get(&code);
        let kind = term.map_or(ActivityKind::Note, |term| term.counted_as(&code));
        Activity {
            kind,
            direction: direction.unwrap_or(Direction::Outbound),
            at: typed_moment(&self.when.read_untracked()).unwrap_or_else(|| open.workspace.now()),
            minutes: self.minutes.read_untracked().trim().parse().ok(),
            subject: self.subject.read_untracked().trim().to_owned(),
            body: typed(&self.body.read_untracked()),
            contact: self.contact.read_untracked().parse().ok(),
            deal: None,
            by: Some(open.workspace.person()),
            kind_code: (kind.code() != code).then_some(code),
        }
    }

    fn clear(self) {
        for text in [self.subject, self.body, self.minutes, self.when] {
            text.set(String::new());
        }
    }
}

/// Reads what a field for date and time holds, in the person's own time zone.
fn typed_moment(text: &str) -> Option<Timestamp> {
    let milliseconds = js_sys::Date::parse(text);
    milliseconds.is_finite().then_some(Timestamp(milliseconds as i64))
}
