//! One chosen file: how it is written and what it holds, as found and as somebody says.

use super::{
    bench::{Bench, Stage},
    chosen::Chosen,
    columns::Columns,
};
use crate::{
    language::{self, faults::fault},
    ui::select::{Choice, Select},
};
use exchange::{encoding::Encoding, kind::Kind};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub fn FilePanel(at: usize, #[prop(into)] second: Signal<bool>) -> impl IntoView {
    let words = language::bringing();
    let bench = Bench::here();
    let files = RwSignal::from(bench.files.clone());
    let file = Memo::new(move |_| files.read().get(at).cloned());
    let look = move |read: fn(&Chosen) -> String| {
        Signal::derive(move || file.read().as_ref().map(read).unwrap_or_default())
    };
    let name = look(|file| file.name.clone());
    let kind = look(|file| file.kind.map(|kind| (kind as u8).to_string()).unwrap_or_default());
    let encoding = look(|file| {
        let read = file.read.as_ref().ok();
        read.map(|text| text.form.encoding.label().to_owned()).unwrap_or_default()
    });
    let delimiter = look(|file| {
        let read = file.read.as_ref().ok();
        read.map(|text| text.form.delimiter.to_string()).unwrap_or_default()
    });
    let ways = look(|file| {
        let ways = file.read.as_ref().map(|text| text.ways.iter()).into_iter().flatten();
        let told: Vec<_> = ways.map(|way| language::bringing().ways[*way as usize]).collect();
        if told.is_empty() { language::bringing().no_days.to_owned() } else { told.join(" · ") }
    });
    let trouble = Memo::new(move |_| {
        let file = file.read();
        let file = file.as_ref()?;
        if file.read.is_err() {
            return Some(words.encoding_unclear.to_owned());
        }
        if second.get() {
            return Some(words.second.to_owned());
        }
        let missing = file.layout()?.err()?;
        Some(fault(&missing, |account| account.to_string()))
    });
    let title = format!("file-{at}");
    let title_id = title.clone();
    view! {
        <section class="panel chosen" aria-labelledby=title data-file=move || name.get()>
            <header class="panel-head"><h2 id=title_id>{move || name.get()}</h2></header>
            <div class="chosen-form">
                <Select
                    label=words.holds
                    choices=Signal::derive(kinds)
                    value=kind
                    on_pick=Callback::new(move |code: String| {
                        change(at, |file| {
                            file.kind = code.parse().ok().and_then(Kind::from_number);
                            file.said = Vec::new();
                        });
                    })
                    class="field select-field"
                />
                <Select
                    label=words.encoding
                    choices=Signal::derive(encodings)
                    value=encoding
                    on_pick=Callback::new(move |label: String| {
                        change(at, |file| file.answers.encoding = Encoding::of_label(&label));
                    })
                    class="field select-field"
                />
                <Select
                    label=words.delimiter
                    choices=Signal::derive(delimiters)
                    value=delimiter
                    on_pick=Callback::new(move |code: String| {
                        change(at, |file| file.answers.delimiter = code.parse().ok());
                    })
                    class="field select-field"
                />
                <p class="field">
                    <span class="field-label">{words.days}</span>
                    <span class="found-days">{move || ways.get()}</span>
                </p>
            </div>
            {move || trouble.get().map(|text| view! { <p class="chosen-trouble" role="status">{text}</p> })}
            <Columns at file />
        </section>
    }
    .into_any()
}

/// Changes what is said of a file, which is then looked at again; what was tried no longer holds.
pub fn change(at: usize, said: impl FnOnce(&mut Chosen)) {
    let bench = Bench::here();
    bench.files.update(|files| {
        if let Some(file) = files.get_mut(at) {
            said(file);
        }
    });
    bench.stage.set(Stage::Choosing);
    let asked = bench.files.with_untracked(|files| files.get(at).cloned());
    let Some(asked) = asked else { return };
    spawn_local(async move {
        let mut seen = asked.clone();
        seen.look().await;
        bench.files.update(|files| {
            // Where something else has been said meanwhile, that look is under way.
            let same = files.iter_mut().find(|file| file.is_said_alike(&asked));
            if let Some(file) = same {
                *file = seen;
            }
        });
    });
}

fn kinds() -> Vec<Choice> {
    let words = language::bringing();
    let known =
        Kind::ALL.map(|kind| ((kind as u8).to_string(), words.kinds[kind as usize].to_owned()));
    [(String::new(), words.unknown_kind.to_owned())].into_iter().chain(known).collect()
}

fn encodings() -> Vec<Choice> {
    let known =
        Encoding::ALL.map(|encoding| (encoding.label().to_owned(), encoding.label().to_owned()));
    [(String::new(), "—".to_owned())].into_iter().chain(known).collect()
}

fn delimiters() -> Vec<Choice> {
    let words = language::bringing().delimiters;
    let codes = [b',', b';', b'\t', b'|'];
    codes.iter().zip(words).map(|(code, words)| (code.to_string(), words.to_owned())).collect()
}
