//! What would happen: counts for each file, what has to be asked, and the first problems.

use super::{
    bench::Bench,
    file::change,
    files::{begin, try_out},
    trial::{FileTrial, Problem, Trial},
};
use crate::{
    language::{
        self,
        faults::fault,
        format, texts,
        texts::{Plural, fill},
    },
    ui::select::{Choice, Select},
    workspace::{Workspace, use_workspace},
};
use domain::id::AccountId;
use exchange::{
    form::{Answers, Comma, DayOrder},
    kind::Kind,
};
use leptos::{html, prelude::*};
use std::sync::Arc;

#[component]
pub fn Tried(trial: Arc<Trial>) -> impl IntoView {
    let words = language::bringing();
    let workspace = use_workspace();
    let taken = trial.taken();
    let asked = trial.files.iter().map(|(kind, file)| questions(workspace, *kind, file));
    let asked = asked.collect_view();
    let rows = trial.files.values().map(file_row).collect_view();
    let [take, here, refuse, leave_out, alike] = words.outcomes;
    let problems = problems(workspace, &trial);
    // What was pressed may be gone; the result is what one waits for.
    let title = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(title) = title.get() {
            let _ = title.focus();
        }
    });
    let act = if taken == 0 {
        view! { <p role="status">{words.nothing}</p> }.into_any()
    } else {
        let label = texts().count(words.begin, taken, &format::number(taken));
        view! {
            <button
                type="button"
                class="button primary"
                data-taken=taken
                disabled=workspace.is_read_only()
                on:click=move |_| begin(workspace, trial.clone())
            >
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <section class="panel tried" aria-labelledby="tried-title">
            <header class="panel-head"><h2 id="tried-title" tabindex="-1" node_ref=title>{words.tried}</h2></header>
            {asked}
            <div class="wide-table" tabindex="0" role="region" aria-labelledby="tried-title">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words.file}</th>
                            {[words.rows, take, here, refuse, leave_out, alike]
                                .map(|word| view! { <th scope="col" class="number">{word}</th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {problems}
            <div class="bring-in-acts">{act}</div>
        </section>
    }
    .into_any()
}

fn file_row(file: &FileTrial) -> AnyView {
    let count = file.count;
    let numbers =
        [file.rows, count.taken, count.already_here, count.refused, count.left_out, count.flagged];
    view! {
        <tr data-tried=file.name.clone()>
            <th scope="row">{file.name.clone()}</th>
            {numbers.map(|number| view! { <td class="number">{format::number(number)}</td> }).collect_view()}
        </tr>
    }
    .into_any()
}

/// What only somebody who knows the file can say; once for each file.
fn questions(workspace: Workspace, kind: Kind, file: &FileTrial) -> AnyView {
    let words = language::bringing();
    let bench = Bench::here();
    let at =
        bench.files.with_untracked(|files| files.iter().position(|file| file.kind == Some(kind)));
    let Some(at) = at else { return ().into_any() };
    let answers = bench.files.with_untracked(|files| files[at].answers);
    let ask = |pattern: Plural,
               count: u64,
               code: &str,
               choices: [&str; 2],
               set: fn(&mut Answers, &str)| {
        let question = texts().count(pattern, count, &format::number(count));
        let label = format!("{}: {question}", file.name);
        let answered = !code.is_empty();
        let unanswered = (String::new(), words.unanswered.to_owned());
        let [one, two] = choices.map(str::to_owned);
        let choices: Vec<Choice> =
            [unanswered, ("1".to_owned(), one), ("2".to_owned(), two)].to_vec();
        let pick = Callback::new(move |code: String| {
            change(at, |file| set(&mut file.answers, &code));
            try_out(workspace);
        });
        let value = Signal::stored(code.to_owned());
        (count > 0 || answered).then(|| {
            view! {
                <div class="question" class:answered=answered>
                    <Select label choices=Signal::stored(choices) value on_pick=pick class="field select-field" />
                </div>
            }
            .into_any()
        })
    };
    let days = match answers.slashes {
        None => "",
        Some(DayOrder::DayFirst) => "1",
        Some(DayOrder::MonthFirst) => "2",
    };
    let comma = match answers.comma {
        None => "",
        Some(Comma::Decimal) => "1",
        Some(Comma::Thousands) => "2",
    };
    let set_days = |answers: &mut Answers, code: &str| {
        answers.slashes = match code {
            "1" => Some(DayOrder::DayFirst),
            "2" => Some(DayOrder::MonthFirst),
            _ => None,
        };
    };
    let set_comma = |answers: &mut Answers, code: &str| {
        answers.comma = match code {
            "1" => Some(Comma::Decimal),
            "2" => Some(Comma::Thousands),
            _ => None,
        };
    };
    let orders = [words.day_first, words.month_first];
    let commas = [words.decimal, words.thousands];
    let asked = [
        ask(words.ask_days, file.unclear_days, days, orders, set_days),
        ask(words.ask_numbers, file.unclear_numbers, comma, commas, set_comma),
    ];
    asked.into_iter().flatten().collect_view().into_any()
}

/// The first of what is the matter.
fn problems(workspace: Workspace, trial: &Trial) -> Option<AnyView> {
    let words = language::bringing();
    let troubled = trial.troubled();
    if trial.problems.is_empty() {
        return None;
    }
    let names = |account: AccountId| {
        let named = |rows: &[domain::row::AccountRow]| {
            rows.iter().find(|row| row.id == account).map(|row| row.name.clone())
        };
        workspace.with_rows(named).unwrap_or_else(|| account.to_string())
    };
    let line = |problem: &Problem| {
        let file = trial.files.get(&problem.kind).map(|file| file.name.clone()).unwrap_or_default();
        let outcome = words.outcomes[problem.outcome as usize];
        view! {
            <tr data-problem=problem.line>
                <td>{file}</td>
                <td class="number">{problem.line}</td>
                <td>{problem.fault.column.clone()}</td>
                <td class="value">{problem.fault.value.clone()}</td>
                <td>{fault(&problem.fault.reason, names)}</td>
                <td>{outcome}</td>
            </tr>
        }
        .into_any()
    };
    let lines = trial.problems.iter().map(line).collect_view();
    let beyond = troubled.saturating_sub(trial.problems.len() as u64);
    let more = (beyond > 0).then(|| {
        view! { <p class="quiet more">{fill(words.more, &[&format::number(beyond)])}</p> }
    });
    let heads = [words.file, words.line, words.column, words.value, words.reason, words.outcome];
    let view = view! {
        <h3 id="problems-title">{words.problems}</h3>
        <div class="wide-table" tabindex="0" role="region" aria-labelledby="problems-title">
            <table class="problems">
                <thead>
                    <tr>{heads.map(|word| view! { <th scope="col">{word}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {more}
    };
    Some(view.into_any())
}
