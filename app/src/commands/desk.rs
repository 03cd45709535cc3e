//! What commands act on, and what lies open above the screens: the palette, the help sheet, a new
//! account.

use super::{Act, Command, keys, palette::Palette, sheet::Shortcuts};
use crate::{
    accounts::{NewAccountDialog, book::use_book},
    parts::{self, above},
    route::Route,
    ui::{
        notice::{Notices, use_notices},
        theme::Theme,
    },
    views::sheet::ViewSheet,
    workspace::{Workspace, use_workspace},
};
use domain::id::{AccountId, ViewId};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

#[derive(Clone, Copy)]
pub struct Desk {
    pub workspace: Workspace,
    pub notices: Notices,
    pub theme: RwSignal<Theme>,
    sheet: RwSignal<Option<Sheet>>,
    /// What was asked of the account on the screen and not yet answered.
    asked: RwSignal<Option<Ask>>,
}

/// What lies open above the screens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    Palette,
    /// Asks which account it is for.
    WhichAccount(Ask),
    Shortcuts,
    NewAccount,
    Views,
}

/// What can be asked of an account.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    Log,
    NewTask,
    NewDeal,
}

pub fn use_desk() -> Desk {
    expect_context()
}

/// Answers what is asked of the account on the screen, now or later.
pub fn when_asked(ask: Ask, answer: impl Fn() + 'static) {
    let asked = use_desk().asked;
    Effect::new(move |_| {
        if asked.get() == Some(ask) {
            asked.set(None);
            answer();
        }
    });
}

impl Desk {
    pub fn provide() {
        let theme = RwSignal::new(Theme::kept());
        Effect::new(move |_| theme.get().use_on_page());
        provide_context(Self {
            workspace: use_workspace(),
            notices: use_notices(),
            theme,
            sheet: RwSignal::new(None),
            asked: RwSignal::new(None),
        });
    }

    pub fn open(self, sheet: Sheet) {
        self.sheet.set(Some(sheet));
    }

    pub fn is_clear(self) -> bool {
        self.sheet.get_untracked().is_none()
    }

    pub fn use_theme(self, theme: Theme) {
        self.theme.set(theme);
    }
}

/// How commands are carried out: closes what lies open, and goes where it is said to.
#[derive(Clone, Copy)]
pub struct Carry {
    pub command: Callback<&'static Command>,
    pub to: Callback<String>,
    /// Goes to an account and asks something of it.
    pub on_account: Callback<(AccountId, Ask)>,
    /// Looks at a view: on the screen that is open, where that looks at views.
    pub view: Callback<ViewId>,
}

/// What lies open above the screens, and the shortcuts; stands once, inside the router.
#[component]
pub fn DeskSheets() -> impl IntoView {
    let desk = use_desk();
    let navigate = use_navigate();
    let location = use_location();
    let to = Callback::new(move |path: String| {
        desk.sheet.set(None);
        navigate(&path, NavigateOptions::default());
    });
    let on_account = Callback::new(move |(account, ask): (AccountId, Ask)| {
        to.run(Route::Account(account).path());
        desk.asked.set(Some(ask));
    });
    let here = move || {
        let path = location.pathname.get_untracked();
        path.strip_prefix("/accounts/")?.parse::<AccountId>().ok()
    };
    let command = Callback::new(move |command: &'static Command| match command.act {
        Act::Rail(route) | Act::Go(route) => to.run(route.path()),
        Act::Do(act) => {
            desk.sheet.set(None);
            act(desk);
        }
        Act::OnAccount(ask) => match here() {
            Some(_) => {
                desk.sheet.set(None);
                desk.asked.set(Some(ask));
            }
            None => desk.open(Sheet::WhichAccount(ask)),
        },
    });
    let filter = use_book().filter;
    let view = Callback::new(move |id: ViewId| {
        let configuration = desk.workspace.configuration();
        let kept = configuration.read_untracked();
        let kept = kept.views.get(&id).and_then(|view| view.filter.clone());
        filter.set(kept.unwrap_or_default());
        let looks = [Route::Accounts, Route::Deals, Route::Dashboard].map(Route::path);
        if looks.contains(&location.pathname.get_untracked()) {
            desk.sheet.set(None);
        } else {
            to.run(Route::Accounts.path());
        }
    });
    provide_context(Carry { command, to, on_account, view });
    keys::listen(desk, command);
    let open = Memo::new(move |_| desk.sheet.get().is_some());
    let let_go = Callback::new(move |()| desk.sheet.set(None));
    (move || open.get().then(|| above(parts::sheets, let_go))).into_any()
}

/// What lies open just now.
#[component]
pub fn OpenSheet() -> impl IntoView {
    let desk = use_desk();
    let close = Callback::new(move |()| desk.sheet.set(None));
    let draw = move |sheet: Sheet| match sheet {
        Sheet::Palette => view! { <Palette ask=None on_close=close /> }.into_any(),
        Sheet::WhichAccount(ask) => view! { <Palette ask=Some(ask) on_close=close /> }.into_any(),
        Sheet::Shortcuts => view! { <Shortcuts on_close=close /> }.into_any(),
        Sheet::Views => view! { <ViewSheet on_close=close /> }.into_any(),
        Sheet::NewAccount => view! { <NewAccountDialog on_close=close /> }.into_any(),
    };
    (move || desk.sheet.get().map(draw)).into_any()
}
