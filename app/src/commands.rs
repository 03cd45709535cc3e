//! Everything that can be asked for from anywhere, as one table: the way to each screen, and each
//! action. The rail, the palette, the shortcuts and their help sheet are made of it, so that a new
//! screen or action is one line here.

mod desk;
mod keys;
mod palette;
mod palette_found;
mod printer;
mod sheet;

pub use desk::{Ask, Desk, DeskSheets, OpenSheet, Sheet, use_desk, when_asked};

use crate::{
    language::{self, Language, texts::Texts},
    route::Route,
    sync_centre::download_unsent,
    ui::theme::Theme,
    warnings::leave,
};

/// One thing that can be asked for.
pub struct Command {
    /// What tests and the page know it by.
    pub id: &'static str,
    pub icon: &'static str,
    pub words: fn(&'static Texts) -> &'static str,
    /// What the palette says it belongs to.
    pub kind: fn(&'static Texts) -> &'static str,
    /// Keys pressed one after the other, or nothing.
    pub keys: &'static str,
    pub act: Act,
}

/// What a command does.
#[derive(Clone, Copy)]
pub enum Act {
    /// Opens a screen, which also stands in the rail.
    Rail(Route),
    /// Opens a screen that the rail has no room for.
    Go(Route),
    /// Does something of its own.
    Do(fn(Desk)),
    /// Asks something of an account: the one on the screen, or the one chosen then.
    OnAccount(Ask),
}

#[rustfmt::skip]
pub const COMMANDS: &[Command] = &[
    screen("today", "calendar-check", |texts| texts.shell.today, "g t", Route::Today),
    screen("accounts", "book-user", |texts| texts.shell.accounts, "g a", Route::Accounts),
    screen("deals", "handshake", |texts| texts.shell.deals, "g d", Route::Deals),
    screen("dashboard", "chart", |texts| texts.shell.dashboard, "g b", Route::Dashboard),
    screen("sync", "refresh-cw", |texts| texts.shell.sync_centre, "g s", Route::SyncCentre),
    Command { id: "settings", icon: "globe", words: |texts| texts.shell.settings, kind: |texts| texts.commands.screen, keys: "g e", act: Act::Go(Route::Settings) },
    Command { id: "bring-in", icon: "upload", words: |texts| texts.shell.bring_in, kind: |texts| texts.commands.screen, keys: "g i", act: Act::Go(Route::BringIn) },
    action("search", "search", |texts| texts.commands.title, "/", |desk| desk.open(Sheet::Palette)),
    action("new-account", "plus", |texts| texts.accounts.new_account, "n", |desk| desk.open(Sheet::NewAccount)),
    on_account("log", "phone", |texts| texts.commands.log, "l", Ask::Log),
    on_account("new-task", "plus", |texts| texts.commands.add_task, "t", Ask::NewTask),
    on_account("new-deal", "plus", |texts| texts.commands.add_deal, "d", Ask::NewDeal),
    action("export-unsent", "download", |texts| texts.trouble.save_unsent, "", |desk| download_unsent(desk.workspace)),
    action("views", "bookmark", |texts| texts.views.title, "v", |desk| desk.open(Sheet::Views)),
    action("print", "notebook-pen", |texts| texts.commands.print, "", |_| printer::print()),
    setting("english", |_| "English", |texts| texts.shell.language, |_| language::choose(Language::English)),
    setting("russian", |_| "Русский", |texts| texts.shell.language, |_| language::choose(Language::Russian)),
    setting("chinese", |_| "中文", |texts| texts.shell.language, |_| language::choose(Language::Chinese)),
    setting("theme-system", |texts| texts.shell.theme_system, |texts| texts.shell.theme, |desk| desk.use_theme(Theme::System)),
    setting("theme-light", |texts| texts.shell.theme_light, |texts| texts.shell.theme, |desk| desk.use_theme(Theme::Light)),
    setting("theme-dark", |texts| texts.shell.theme_dark, |texts| texts.shell.theme, |desk| desk.use_theme(Theme::Dark)),
    action("shortcuts", "sparkles", |texts| texts.commands.shortcuts, "?", |desk| desk.open(Sheet::Shortcuts)),
    action("sign-out", "arrow-left", |texts| texts.shell.sign_out, "", |desk| leave(desk.workspace.sign_out(), desk.notices)),
];

type Words = fn(&'static Texts) -> &'static str;

const fn screen(
    id: &'static str,
    icon: &'static str,
    words: Words,
    keys: &'static str,
    to: Route,
) -> Command {
    Command { id, icon, words, kind: |texts| texts.commands.screen, keys, act: Act::Rail(to) }
}

const fn action(
    id: &'static str,
    icon: &'static str,
    words: Words,
    keys: &'static str,
    act: fn(Desk),
) -> Command {
    Command { id, icon, words, kind: |texts| texts.commands.action, keys, act: Act::Do(act) }
}

const fn on_account(
    id: &'static str,
    icon: &'static str,
    words: Words,
    keys: &'static str,
    ask: Ask,
) -> Command {
    Command { id, icon, words, kind: |texts| texts.commands.action, keys, act: Act::OnAccount(ask) }
}

const fn setting(id: &'static str, words: Words, kind: Words, act: fn(Desk)) -> Command {
    Command { id, icon: "globe", words, kind, keys: "", act: Act::Do(act) }
}

#[cfg(test)]
mod tests {
    use super::COMMANDS;

    #[test]
    fn every_command_has_an_id_and_keys_of_its_own() {
        for (at, command) in COMMANDS.iter().enumerate() {
            for other in COMMANDS.iter().skip(at + 1) {
                assert_ne!(command.id, other.id);
                let hides = command.keys == other.keys
                    || command.keys.starts_with(&format!("{} ", other.keys))
                    || other.keys.starts_with(&format!("{} ", command.keys));
                let both = !command.keys.is_empty() && !other.keys.is_empty();
                assert!(!(both && hides), "{} and {}", command.id, other.id);
            }
        }
    }
}
