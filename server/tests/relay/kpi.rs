//! Numbers for other programs: by request and by command, now and as they were known.

use crate::{
    client::{Relay, sign_in_as},
    folder::Folder,
    projection::account,
};
use documents::class::Class as Kind;
use domain::{row::PROJECTOR_VERSION, time::Day};
use serde_json::Value;
use server::{
    demo,
    kpi::{self, KpiArgs},
    relay::answers::SCOPE,
    settings::Settings,
    storage::{entry::Row, home::Home},
};
use std::path::Path;
use sync::id::Class;

const TODAY: Day = Day(20_785);

fn book() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/book-20-plain"))
}

fn ask(id: &str, seq: Option<u64>) -> KpiArgs {
    let today = Some(TODAY.to_string());
    KpiArgs { id: id.to_owned(), workspace: None, period: "year".to_owned(), seq, today }
}

#[test]
fn what_was_known_then_is_told_as_it_was() {
    let folder = Folder::new();
    let home = Home::open(folder.path()).unwrap();
    demo::prepare(&home, book(), TODAY).unwrap();
    let answer = |id: &str, seq| kpi::run(folder.path(), &ask(id, seq)).unwrap();
    let dashboards = ["sales", "customers", "retention", "leads", "adoption", "quality", "worth"];
    let before = dashboards.map(|id| answer(id, None));
    let told = before.clone().map(|text| serde_json::from_str::<Value>(&text).unwrap());
    let head = told[0]["sequence"].as_u64().unwrap();
    assert!(told[1]["measures"][0]["value"].as_f64().unwrap() > 0.0, "{}", told[1]["measures"][0]);

    let workspace = home.workspace(demo::WORKSPACE).unwrap().unwrap();
    let mut store = home.open_store(&workspace).unwrap();
    let (document, entry) = account(9);
    let row = Row {
        document: entry.document,
        class: Class(Kind::Account as u8),
        scope: SCOPE,
        version: PROJECTOR_VERSION,
        row: document.row().unwrap(),
    };
    store.append(&[entry], &[row]).unwrap();
    let now: Value = serde_json::from_str(&answer("adoption", None)).unwrap();
    let accounts = |value: &Value| value["accounts"].as_u64().unwrap();
    assert_eq!(accounts(&now), accounts(&told[4]) + 1);
    assert_eq!(dashboards.map(|id| answer(id, Some(head))), before);
    let long_ago: Value = serde_json::from_str(&answer("adoption", Some(1))).unwrap();
    assert!(accounts(&long_ago) <= 1, "{}", accounts(&long_ago));
    let ahead = kpi::run(folder.path(), &ask("sales", Some(head + 2)));
    assert_eq!(ahead.unwrap_err().to_string(), format!("the log ends at {}", head + 1));
}

#[tokio::test]
async fn a_request_is_answered_as_the_command_does_and_only_to_who_is_signed_in() {
    let with_book = |settings: &mut Settings| settings.demo = Some(book().to_owned());
    let relay = Relay::start_on(Folder::new(), with_book).await;
    let path = format!("/api/kpi/retention?period=year&today={TODAY}");
    assert_eq!(relay.get(&path, &[]).await.status, 401);
    let (login, _) = demo::PEOPLE[0];
    let cookie = sign_in_as(relay.address, login, demo::PASSWORD).await;
    let get = |path: String| {
        let (relay, cookie) = (&relay, &cookie);
        async move { relay.get(&path, &[("cookie", cookie)]).await }
    };
    let answer = get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body, kpi::run(relay.folder.path(), &ask("retention", None)).unwrap());
    assert_eq!(get("/api/kpi/weather".to_owned()).await.status, 404);
    for wrong in ["period=fortnight", "today=tomorrow", "seq=99999999"] {
        assert_eq!(get(format!("/api/kpi/leads?{wrong}")).await.status, 400, "{wrong}");
    }
}
