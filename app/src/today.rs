//! Today: what is due, what has gone stale and what is unsent, each done in one tap.

pub mod agenda;
mod done;
mod line;
pub mod reminder;
mod unsent;

use crate::{
    language::{self, format},
    sync_centre::more,
    ui::empty::Empty,
};
use agenda::use_agenda;
use domain::{
    agenda::{Item, Matter, When, when},
    time::Day,
};
use done::{Done, DoneNow};
use leptos::prelude::*;
use line::ItemLine;
use reminder::Reminders;
use unsent::UnsentNow;

/// Lines of a section drawn at most; the rest is counted.
const LINES_MAX: usize = 100;

/// The parts of the page, in the order they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Overdue,
    Today,
    Soon,
    Stale,
}

impl Section {
    const ALL: [Self; 4] = [Self::Overdue, Self::Today, Self::Soon, Self::Stale];

    fn of(item: &Item, today: Day) -> Self {
        match (item.matter, when(item.day, today)) {
            (Matter::Stale(_), _) => Self::Stale,
            (_, When::Overdue) => Self::Overdue,
            (_, When::Today) => Self::Today,
            (_, When::Soon) => Self::Soon,
        }
    }

    fn title(self) -> &'static str {
        let words = language::today();
        match self {
            Self::Overdue => words.overdue,
            Self::Today => words.today,
            Self::Soon => words.soon,
            Self::Stale => words.stale,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Soon => "soon",
            Self::Stale => "stale",
        }
    }
}

#[component]
pub fn TodayPage() -> impl IntoView {
    let words = language::today();
    let agenda = use_agenda();
    let (items, today) = (agenda.items, agenda.today);
    let done = Done::default();
    let nothing = move || {
        (items.read().is_empty() && done.is_empty())
            .then(|| view! { <Empty title=words.nothing hint=words.nothing_hint /> })
    };
    let sections = Section::ALL.map(|section| section_of(section, items, today, done));
    view! {
        <section class="page today" aria-labelledby="today-title">
            <header class="page-head">
                <h1 id="today-title">{words.title}</h1>
                <p class="page-count">{move || format::long_day(today.get())}</p>
                <Reminders />
            </header>
            <div class="today-columns">
                <div class="today-due">{sections.into_iter().collect_view()} {nothing}</div>
                <aside class="today-aside">
                    <UnsentNow />
                    <DoneNow done />
                </aside>
            </div>
        </section>
    }
    .into_any()
}

fn section_of(section: Section, items: Memo<Vec<Item>>, today: Memo<Day>, done: Done) -> AnyView {
    let mine = Memo::new(move |_| {
        let (items, today) = (items.read(), today.get());
        let mine = items.iter().filter(|item| Section::of(item, today) == section);
        mine.copied().collect::<Vec<_>>()
    });
    let any = Memo::new(move |_| !mine.read().is_empty());
    let draw = move || {
        any.get().then(|| {
            view! {
                <section class="panel due" data-section=section.code() aria-label=section.title()>
                    <header class="panel-head">
                        <h2>{section.title()}</h2>
                        <span class="quiet">{move || format::number(mine.read().len() as u64)}</span>
                    </header>
                    <ul class="due-items">
                        <For
                            each=move || mine.get().into_iter().take(LINES_MAX)
                            key=|item| *item
                            let(item)
                        >
                            <ItemLine item done />
                        </For>
                    </ul>
                    {move || more(mine.read().len(), LINES_MAX)}
                </section>
            }
        })
    };
    draw.into_any()
}
