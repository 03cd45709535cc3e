//! Logs what happened with the customer: the kind and one line are enough.

use crate::{
    accounts::{OpenAccount, choices, choices::typed},
    commands::{Ask, when_asked},
    language::{names, texts},
    ui::{
        field::{Field, ProseField},
        icon::Icon,
        select::SelectField,
    },
};
use domain::{
    activity::{Activity, ActivityKind, Direction},
    edit::AccountEdit,
    id::ActivityId,
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
    kind: RwSignal<ActivityKind>,
    subject: RwSignal<String>,
    body: RwSignal<String>,
    minutes: RwSignal<String>,
    contact: RwSignal<String>,
    direction: RwSignal<String>,
    when: RwSignal<String>,
}

#[component]
pub fn LogForm(open: OpenAccount) -> impl IntoView {
    let words = &texts().timeline;
    let text = || RwSignal::new(String::new());
    let draft = Draft {
        kind: RwSignal::new(ActivityKind::Call),
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
    let kind_button = move |kind: ActivityKind| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="activity-kind"
                    prop:checked=move || draft.kind.get() == kind
                    on:change=move |_| draft.kind.set(kind)
                />
                <Icon name=icon_of(kind) />
                <span>{names::activity(kind)}</span>
            </label>
        }
    };
    view! {
        <section class="panel log" aria-labelledby="log-title">
            <h2 id="log-title" class="hidden-title">{words.log}</h2>
            <form on:submit=submit>
                <div class="segments" role="radiogroup" aria-label=words.kind>
                    {ActivityKind::ALL.map(kind_button).into_iter().collect_view()}
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

#[component]
fn Details(open: OpenAccount, draft: Draft) -> impl IntoView {
    let words = &texts().timeline;
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
        Activity {
            kind: self.kind.get_untracked(),
            direction: direction.unwrap_or(Direction::Outbound),
            at: typed_moment(&self.when.read_untracked()).unwrap_or_else(|| open.workspace.now()),
            minutes: self.minutes.read_untracked().trim().parse().ok(),
            subject: self.subject.read_untracked().trim().to_owned(),
            body: typed(&self.body.read_untracked()),
            contact: self.contact.read_untracked().parse().ok(),
            deal: None,
            by: Some(open.workspace.person()),
            kind_code: None,
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
