//! The door: a name and a password, or one of the people to try Tessera as.

use crate::{
    language::texts,
    session::{self, DemoPerson, Session, SignInFailure},
    ui::field::Field,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

#[component]
pub fn SignInScreen(
    /// Who there is to try Tessera as.
    demo: Vec<DemoPerson>,
    /// Whether the relay did not answer.
    no_line: bool,
    on_signed_in: Callback<Session>,
) -> impl IntoView {
    let texts = texts();
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let failure = RwSignal::new(no_line.then_some(SignInFailure::NoLine));
    let busy = RwSignal::new(false);
    let enter = move |login: String, password: String| {
        if busy.try_set(true).is_some() {
            return;
        }
        spawn_local(async move {
            let outcome = session::sign_in(&login, &password).await;
            // The screen may be gone by the time the relay answers.
            busy.try_set(false);
            match outcome {
                Ok(session) => on_signed_in.run(session),
                Err(said) => drop(failure.try_set(Some(said))),
            }
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        enter(login.get_untracked().trim().to_owned(), password.get_untracked());
    };
    let demo = (!demo.is_empty()).then(|| {
        let buttons = demo.into_iter().map(|person| {
            let name = person.name.clone();
            let press = move |_| enter(person.login.clone(), person.password.clone());
            view! {
                <li>
                    <button type="button" class="button demo-person" disabled=move || busy.get() on:click=press>
                        {name}
                    </button>
                </li>
            }
        });
        view! {
            <section class="demo-people" aria-labelledby="demo-title">
                <h2 id="demo-title">{texts.sign_in.demo_people}</h2>
                <ul>{buttons.collect_view()}</ul>
            </section>
        }
    });
    view! {
        <main class="sign-in">
            <div class="sign-in-card">
                <h1>{texts.sign_in.title}</h1>
                <form on:submit=submit>
                    <Field label=texts.sign_in.name value=login autocomplete="username" />
                    <Field
                        label=texts.sign_in.password
                        value=password
                        kind="password"
                        autocomplete="current-password"
                    />
                    <p class="sign-in-failure" role="alert">
                        {move || failure.get().map(words)}
                    </p>
                    <button type="submit" class="button primary" disabled=move || busy.get()>
                        {texts.sign_in.sign_in}
                    </button>
                </form>
                {demo}
            </div>
        </main>
    }
    .into_any()
}

fn words(failure: SignInFailure) -> &'static str {
    let texts = &texts().sign_in;
    match failure {
        SignInFailure::NoLine => texts.no_line,
        SignInFailure::Wrong => texts.wrong,
        SignInFailure::TooMany => texts.too_many,
    }
}
