//! The language the reader chose: its catalogue, and how it writes numbers and dates.
//!
//! The screens are built again when the language changes, so that a screen may read [`texts`] once.

pub mod boards;
mod chinese;
mod english;
pub mod faults;
pub mod figure;
pub mod format;
pub mod measures;
pub mod names;
mod russian;
pub mod segments;
pub mod sentence;
pub mod texts;
pub mod zone;

use leptos::prelude::*;
use texts::{
    Texts,
    bringing::Bringing,
    centre::Centre,
    conflicts::Conflicts,
    records::{AccountTexts, Charts, Dashboard, Deals, Edits, People, Tasks, Timeline, Today},
    settings::{Guide, Settings},
};

/// A language the app speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Russian,
    Chinese,
}

/// Where the choice is kept between visits.
const KEPT_AS: &str = "tessera.language";

thread_local! {
    static CHOSEN: ArcRwSignal<Language> = ArcRwSignal::new(Language::kept());
}

impl Language {
    pub const ALL: [Self; 3] = [Self::English, Self::Russian, Self::Chinese];

    /// Returns the BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
            Self::Chinese => "zh-Hans",
        }
    }

    /// Returns the language without its script, as choices and tests know it.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
            Self::Chinese => "zh",
        }
    }

    /// Returns what the language calls itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Russian => "Русский",
            Self::Chinese => "中文",
        }
    }

    /// Returns the language as the domain names it, for what a workspace named in several.
    pub fn in_domain(self) -> domain::language::Language {
        match self {
            Self::English => domain::language::Language::English,
            Self::Russian => domain::language::Language::Russian,
            Self::Chinese => domain::language::Language::Chinese,
        }
    }

    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.get(..2)? {
            "en" => Some(Self::English),
            "ru" => Some(Self::Russian),
            "zh" => Some(Self::Chinese),
            _ => None,
        }
    }

    fn texts(self) -> &'static Texts {
        self.of([&english::TEXTS, &russian::TEXTS, &chinese::TEXTS])
    }

    /// Returns the one in this language of what there is in each.
    fn of<T>(self, [english, russian, chinese]: [&'static T; 3]) -> &'static T {
        match self {
            Self::English => english,
            Self::Russian => russian,
            Self::Chinese => chinese,
        }
    }

    /// Returns the language chosen on an earlier visit, else the browser's.
    pub fn kept() -> Self {
        let window = web_sys::window();
        let kept = window
            .as_ref()
            .and_then(|window| window.local_storage().ok().flatten())
            .and_then(|storage| storage.get_item(KEPT_AS).ok().flatten());
        let browser = || window.as_ref().and_then(|window| window.navigator().language());
        kept.or_else(browser).and_then(|tag| Self::from_tag(&tag)).unwrap_or(Self::English)
    }
}

/// Returns the chosen language; reading it with `get` follows the choice.
pub fn chosen() -> ArcRwSignal<Language> {
    CHOSEN.with(Clone::clone)
}

/// Returns the language now.
pub fn current() -> Language {
    chosen().get_untracked()
}

/// Returns the catalogue of the language now.
pub fn texts() -> &'static Texts {
    current().texts()
}

/// Returns the words of the sync centre, which load with their screen.
pub fn centre() -> &'static Centre {
    current().of([&english::centre::CENTRE, &russian::centre::CENTRE, &chinese::centre::CENTRE])
}

/// Returns the words for choosing between two values, which load where one chooses.
pub fn conflicts() -> &'static Conflicts {
    current().of([
        &english::centre::CONFLICTS,
        &russian::centre::CONFLICTS,
        &chinese::centre::CONFLICTS,
    ])
}

/// Returns the words of people at a customer, which load with the account.
pub fn people() -> &'static People {
    current().of([&english::records::PEOPLE, &russian::records::PEOPLE, &chinese::records::PEOPLE])
}

/// Returns the words of what happened, which load with the account.
pub fn timeline() -> &'static Timeline {
    current().of([
        &english::records::TIMELINE,
        &russian::records::TIMELINE,
        &chinese::records::TIMELINE,
    ])
}

/// Returns the words of tasks, which load where tasks are shown.
pub fn tasks() -> &'static Tasks {
    current().of([&english::records::TASKS, &russian::records::TASKS, &chinese::records::TASKS])
}

/// Returns what edits are called, which loads where edits are listed.
pub fn edits() -> &'static Edits {
    current().of([&english::records::EDITS, &russian::records::EDITS, &chinese::records::EDITS])
}

/// Returns the words of charts, which load with them.
pub fn charts() -> &'static Charts {
    current().of([&english::records::CHARTS, &russian::records::CHARTS, &chinese::records::CHARTS])
}

/// Returns the words of an open account, which load with it.
pub fn account() -> &'static AccountTexts {
    current().of([
        &english::records::ACCOUNT,
        &russian::records::ACCOUNT,
        &chinese::records::ACCOUNT,
    ])
}

/// Returns the words of deals, which load where deals are shown.
pub fn deals() -> &'static Deals {
    current().of([&english::records::DEALS, &russian::records::DEALS, &chinese::records::DEALS])
}

/// Returns the words of the day, which load with its screen.
pub fn today() -> &'static Today {
    current().of([&english::records::TODAY, &russian::records::TODAY, &chinese::records::TODAY])
}

/// Returns the words of bringing in and writing out, which load with their screen.
pub fn bringing() -> &'static Bringing {
    current().of([
        &english::bringing::BRINGING,
        &russian::bringing::BRINGING,
        &chinese::bringing::BRINGING,
    ])
}

/// Returns the words of the dashboards, which load with their screens.
pub fn dashboard() -> &'static Dashboard {
    current().of([
        &english::records::DASHBOARD,
        &russian::records::DASHBOARD,
        &chinese::records::DASHBOARD,
    ])
}

/// Returns the words of the settings, which load with their screen.
pub fn settings() -> &'static Settings {
    current().of([
        &english::settings::SETTINGS,
        &russian::settings::SETTINGS,
        &chinese::settings::SETTINGS,
    ])
}

/// Returns the words of the first steps, which load with the settings.
pub fn guide() -> &'static Guide {
    current().of([&english::settings::GUIDE, &russian::settings::GUIDE, &chinese::settings::GUIDE])
}

/// Chooses a language, for this visit and the next.
pub fn choose(language: Language) {
    if let Some(storage) = web_sys::window().and_then(|window| window.local_storage().ok()?) {
        // Not kept is no loss: the choice still holds for this visit.
        let _ = storage.set_item(KEPT_AS, language.tag());
    }
    chosen().set(language);
}

/// Keeps the page's `lang` in step with the choice.
pub fn follow_on_page() {
    Effect::new(|_| {
        let tag = chosen().get().tag();
        if let Some(page) = document().document_element() {
            let _ = page.set_attribute("lang", tag);
        }
    });
}
