//! The whole app: who is signed in decides between the sign-in screen and the workspace.

use crate::{
    browser::{known_people, vault},
    language::{self, texts},
    session::{self, DemoPerson, Session},
    shell::Shell,
    sign_in::SignInScreen,
    ui::notice::Notices,
    warnings::Warnings,
    workspace::{Workspace, start},
};
use leptos::{prelude::*, task::spawn_local};

/// How far the page has come.
#[derive(Clone)]
enum Stage {
    Opening,
    /// The browser offers neither sealing nor locks on a page like this.
    Insecure,
    SignIn {
        demo: Vec<DemoPerson>,
        no_line: bool,
    },
    Open(Workspace),
}

#[component]
pub fn App() -> impl IntoView {
    language::follow_on_page();
    Notices::provide();
    let stage = RwSignal::new(Stage::Opening);
    begin(stage);
    let signed_in = Callback::new(move |session| {
        stage.set(Stage::Opening);
        spawn_local(open(stage, session));
    });
    move || {
        // The screens are built again when the language changes.
        language::chosen().track();
        match stage.get() {
            Stage::Opening => view! { <Waiting /> }.into_any(),
            Stage::Insecure => view! { <Insecure /> }.into_any(),
            Stage::SignIn { demo, no_line } => {
                view! { <SignInScreen demo no_line on_signed_in=signed_in /> }.into_any()
            }
            Stage::Open(workspace) => {
                provide_context(workspace);
                view! { <Warnings /><Shell /> }.into_any()
            }
        }
    }
}

/// Finds out who is here: from this browser when it knows, else from the relay.
fn begin(stage: RwSignal<Stage>) {
    if !vault::can_seal() {
        return stage.set(Stage::Insecure);
    }
    spawn_local(async move {
        if let Some(session) = known_people::at_work().await.and_then(Session::of) {
            return stage.set(Stage::Open(start::start(session).await));
        }
        match session::current().await {
            Ok(session::Answer { session: Some(session), .. }) => open(stage, session).await,
            Ok(answer) => stage.set(Stage::SignIn { demo: answer.demo, no_line: false }),
            Err(_) => stage.set(Stage::SignIn { demo: Vec::new(), no_line: true }),
        }
    });
}

/// Opens the workspace of somebody who has signed in.
async fn open(stage: RwSignal<Stage>, session: Session) {
    known_people::begin_work(&session.known()).await;
    stage.set(Stage::Open(start::start(session).await));
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <main class="waiting" aria-busy="true">
            <p>{texts().sign_in.opening}</p>
        </main>
    }
}

#[component]
fn Insecure() -> impl IntoView {
    view! {
        <main class="sign-in">
            <p role="alert">{texts().sign_in.insecure}</p>
        </main>
    }
}
