//! Settings two people set apart at once, where money depends on them: both values, who and when,
//! and the choice between them. Choosing is setting it once more.

use super::{called, setter};
use crate::{
    language::{self, format, names, texts},
    ui::candidate::CandidateLine,
    workspace::use_workspace,
};
use domain::{
    configuration::Configuration,
    money::Money,
    product::Catalogue,
    setting::{Setting, SettingCandidate, SettingConflict, Subject},
};
use leptos::prelude::*;

/// The settings that wait for a choice, when there are any.
#[component]
pub fn SettingConflicts() -> impl IntoView {
    let words = language::conflicts();
    let workspace = use_workspace();
    let waiting = Memo::new(move |_| {
        let configuration = workspace.configuration();
        let catalogue = workspace.catalogue();
        let (configuration, catalogue) = (configuration.read(), catalogue.read());
        [configuration.conflicts.as_slice(), &catalogue.conflicts].concat()
    });
    let set = setter(workspace);
    move || {
        let waiting = waiting.get();
        (!waiting.is_empty()).then(|| {
            let blocks = waiting.into_iter().map(|conflict| block(conflict, set));
            view! {
                <section class="conflicts" aria-labelledby="setting-conflicts-title">
                    <h2 id="setting-conflicts-title">{words.title}</h2>
                    <p class="quiet">{words.hint}</p>
                    {blocks.collect_view()}
                </section>
            }
        })
    }
}

fn block(conflict: SettingConflict, set: Callback<(Subject, Setting)>) -> AnyView {
    let workspace = use_workspace();
    let configuration = workspace.configuration().get_untracked();
    let catalogue = workspace.catalogue().get_untracked();
    let title = title(&conflict, &configuration, &catalogue);
    let SettingConflict { subject, shown, others } = conflict;
    let first = shown.clone();
    let choice = |candidate: SettingCandidate| {
        let is_shown = candidate == first;
        let by = names::person(&configuration, Some(candidate.by));
        let at = candidate.at.timestamp();
        let value = value(&candidate.setting);
        let (subject, setting) = (subject.clone(), candidate.setting);
        let on_keep = move || set.run((subject.clone(), setting.clone()));
        let now = move || workspace.now();
        view! { <CandidateLine value by at now is_shown on_keep /> }
    };
    let all = [shown].into_iter().chain(others).map(choice).collect_view();
    view! {
        <div class="conflict" data-field="setting">
            <h3>{title}</h3>
            <ul class="candidates">{all}</ul>
        </div>
    }
    .into_any()
}

fn title(
    conflict: &SettingConflict,
    configuration: &Configuration,
    catalogue: &Catalogue,
) -> String {
    let words = language::settings();
    let subject = called(&conflict.subject, configuration, catalogue);
    let field = match &conflict.shown.setting {
        Setting::StageCategory(_) => words.category.to_owned(),
        Setting::Probability(_) => words.probability.to_owned(),
        Setting::Rate(base, on, _) => format!("{base}, {on}"),
        Setting::ReportingCurrency(_) => words.reporting.to_owned(),
        Setting::Price(_) => words.price.to_owned(),
        Setting::Cost(_) => words.cost.to_owned(),
        _ => String::new(),
    };
    [subject, field].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Returns a guarded value in words.
fn value(setting: &Setting) -> String {
    let not_set = || texts().words.not_set.to_owned();
    let money = |money: &Option<Money>| money.map_or_else(not_set, format::money);
    match setting {
        Setting::StageCategory(category) => {
            language::settings().categories[*category as usize].to_owned()
        }
        Setting::Probability(percent) => format::percent(f64::from(*percent) / 100.0),
        Setting::Rate(_, _, rate) => rate.map_or_else(not_set, |rate| rate.to_string()),
        Setting::ReportingCurrency(currency) => currency.to_string(),
        Setting::Price(price) => money(price),
        Setting::Cost(cost) => money(cost),
        _ => not_set(),
    }
}
