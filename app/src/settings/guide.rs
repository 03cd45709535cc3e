//! The first steps: whoever opens an empty workspace is led through everything there is to agree
//! on, list by list, with a good beginning one tap away.

use super::{lines::Section, setter};
use crate::{
    accounts::told,
    language::{self, Language, texts::fill, zone},
    ui::notice::use_notices,
    workspace::use_workspace,
};
use domain::{
    calendar::{Span, Weekday},
    configuration::Configuration,
    money::Currency,
    setting::{Setting, Subject},
};
use leptos::{prelude::*, task::spawn_local_scoped};
use sync::output::Line;

/// The code of the calendar a workspace is offered to begin with.
const OFFICE: &str = "office";
/// Nine to six, in minutes.
const WORKED: Span = Span { from: 9 * 60, to: 18 * 60 };

/// Says whether nobody has gone through the first steps, and there is nothing yet.
pub fn is_wanted() -> Memo<bool> {
    let workspace = use_workspace();
    let (line, version) = (workspace.line(), workspace.rows_version());
    Memo::new(move |_| {
        version.track();
        // That there is nothing is known only once everything has come.
        if line.get() != Line::UpToDate {
            return false;
        }
        let empty = workspace.with_rows(|rows| rows.is_empty());
        empty && workspace.configuration().read().guided != Some(true)
    })
}

#[component]
pub fn Guide(section: RwSignal<Section>) -> impl IntoView {
    let words = language::guide();
    let workspace = use_workspace();
    let set = setter(workspace);
    let steps = Section::ALL.len();
    let at =
        Memo::new(move |_| Section::ALL.iter().position(|one| *one == section.get()).unwrap_or(0));
    let go = move |to: usize| {
        if let Some(to) = Section::ALL.get(to) {
            section.set(*to);
        }
    };
    let said = move || {
        let (step, steps) = ((at.get() + 1).to_string(), steps.to_string());
        fill(words.step, &[&step, &steps])
    };
    let hint = move || words.hints[at.get()];
    let finish = move |_| set.run((Subject::Workspace, Setting::Guided(true)));
    let is_last = move || at.get() + 1 == steps;
    view! {
        <section class="panel guide" aria-labelledby="guide-title">
            <header class="panel-head">
                <h2 id="guide-title">{words.title}</h2>
                <span class="quiet" role="status">{said}</span>
            </header>
            <p>{hint}</p>
            <Beginning />
            <footer class="guide-foot">
                <button type="button" class="button" on:click=finish>{words.enough}</button>
                <button
                    type="button"
                    class="button"
                    disabled=move || at.get() == 0
                    on:click=move |_| go(at.get_untracked().saturating_sub(1))
                >
                    {words.back}
                </button>
                {move || {
                    if is_last() {
                        view! {
                            <button type="button" class="button primary" on:click=finish>
                                {words.finish}
                            </button>
                        }
                        .into_any()
                    } else {
                        view! {
                            <button
                                type="button"
                                class="button primary"
                                on:click=move |_| go(at.get_untracked() + 1)
                            >
                                {words.next}
                            </button>
                        }
                        .into_any()
                    }
                }}
            </footer>
        </section>
    }
    .into_any()
}

/// Offers what most workspaces of this place and language begin with, until it is set.
#[component]
fn Beginning() -> impl IntoView {
    let words = language::guide();
    let workspace = use_workspace();
    let notices = use_notices();
    let (currency, zone) = (currency(), zone::here());
    let wanted = Memo::new(move |_| workspace.configuration().read().reporting_currency.is_none());
    let said = fill(words.beginning, &[&currency.to_string(), &zone]);
    let take = move |_| {
        let known = workspace.configuration().get_untracked();
        let settings = beginning(&known, currency, (&zone, language::guide().office));
        spawn_local_scoped(async move {
            for (subject, setting) in settings {
                if !told(notices, workspace.set(subject, setting).await) {
                    break;
                }
            }
        });
    };
    let take = StoredValue::new(take);
    move || {
        wanted.get().then(|| {
            view! {
                <p class="guide-beginning">
                    <span>{said.clone()}</span>
                    <button
                        type="button"
                        class="button"
                        on:click=move |event| take.with_value(|take| take(event))
                    >
                        {words.take}
                    </button>
                </p>
            }
        })
    }
}

/// Returns the settings of a good beginning that are not made yet.
fn beginning(
    known: &Configuration,
    currency: Currency,
    (zone, office_name): (&str, &str),
) -> Vec<(Subject, Setting)> {
    let office = || Subject::Calendar(OFFICE.to_owned());
    let mut settings = vec![(Subject::Workspace, Setting::ReportingCurrency(currency))];
    if known.time_zone.is_none() && !zone.is_empty() {
        settings.push((Subject::Workspace, Setting::TimeZone(zone.to_owned())));
    }
    if known.calendars.is_empty() {
        settings.push((office(), Setting::Name(office_name.to_owned())));
        let worked = Weekday::ALL.into_iter().take(5);
        settings.extend(worked.map(|day| (office(), Setting::Hours(day, vec![WORKED]))));
        settings.push((Subject::Workspace, Setting::Calendar(OFFICE.to_owned())));
    }
    settings
}

/// Returns the currency most who read this language count in; the first that comes to mind is
/// offered, not taken.
fn currency() -> Currency {
    Currency(match language::current() {
        Language::English => *b"EUR",
        Language::Russian => *b"RUB",
        Language::Chinese => *b"CNY",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::edit::ConfigurationEdit;

    const EUR: Currency = Currency(*b"EUR");

    #[test]
    fn a_beginning_is_admitted_one_setting_after_the_other() {
        let mut known = Configuration::beginning();
        for (subject, setting) in beginning(&known, EUR, ("Europe/Oslo", "Office")) {
            let edit = ConfigurationEdit::Set(subject, setting);
            edit.admit(&known).unwrap().take_into(&mut known);
        }
        assert_eq!(known.reporting_currency, Some(EUR));
        assert_eq!(known.time_zone.as_deref(), Some("Europe/Oslo"));
        assert_eq!(known.calendar.as_deref(), Some(OFFICE));
        assert_eq!(known.calendars[OFFICE].hours.len(), 5);
    }

    #[test]
    fn what_somebody_has_set_already_stays() {
        let mut known = Configuration::beginning();
        known.time_zone = Some("Asia/Almaty".to_owned());
        known.calendars.insert("shop".to_owned(), Default::default());
        let settings = beginning(&known, EUR, ("Europe/Oslo", "Office"));
        assert_eq!(settings, [(Subject::Workspace, Setting::ReportingCurrency(EUR))]);
    }
}
