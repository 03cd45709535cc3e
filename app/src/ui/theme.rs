//! Light or dark: as the device says, unless the person says otherwise.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

/// Where the choice is kept between visits.
const KEPT_AS: &str = "tessera.theme";

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    pub fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.code() == code).unwrap_or(Self::System)
    }

    /// Returns the theme chosen on an earlier visit.
    pub fn kept() -> Self {
        let storage = window().local_storage().ok().flatten();
        let code = storage.and_then(|storage| storage.get_item(KEPT_AS).ok().flatten());
        Self::from_code(&code.unwrap_or_default())
    }

    /// Puts the page into this theme and keeps the choice.
    pub fn use_on_page(self) {
        if let Some(page) = document().document_element() {
            let _ = page.set_attribute("data-theme", self.code());
        }
        if let Some(storage) = window().local_storage().ok().flatten() {
            // Not kept is no loss: the choice still holds for this visit.
            let _ = storage.set_item(KEPT_AS, self.code());
        }
    }
}
