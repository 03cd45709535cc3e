//! What does not arrive is told, and stops nothing else.

use crate::{
    arrival::one_account,
    book::{Brought, bring, fixture, fresh_folder, write_book},
};

use server::{
    import::workspace::{self, Unclear},
    storage::home::Home,
};

const CONTACTS: &str =
    "contact_id,account_id,first_name,last_name,email,phone,consent_email,created_at\n";

#[test]
fn every_refusal_names_file_line_column_value_and_reason() {
    let accounts = format!(
        "{}A2,,two.example,US,USD,1,2023-01-02T03:04:00Z,,,,,,\nA3,Elm,x,US,USD,many,2023-01-02T03:04:00Z,,,,,,\n\"A4\n\",Two lines,x,US,USD,1,soon,,,,,,\nA5,short\nA1,Again,,,,,2023-01-02T03:04:00Z,,,,,,\n",
        one_account()
    );
    let contacts = format!(
        "{CONTACTS}C1,A1,Ann,Lee,ann@@north.example,+1 202 555 0100,true,\nC2,A-GONE-1,Bob,Hall,,,,\nC3,A2,Zoë,Hall,,,,\n"
    );
    let folder = write_book(&[("accounts.csv", &accounts), ("contacts.csv", &contacts)]);
    let brought = bring(&folder);
    let told = brought.troubled();
    let told: Vec<_> = told.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let expected: [[&str; 6]; 8] = [
        ["accounts.csv", "3", "name", "", "the cell is empty and must not be", "row refused"],
        [
            "accounts.csv",
            "4",
            "employees",
            "many",
            "a whole number is written with digits only",
            "cell left out",
        ],
        [
            "accounts.csv",
            "5",
            "created_at",
            "soon",
            "this is no point in time, which is written as in 2024-12-31T18:00:00Z",
            "row refused",
        ],
        [
            "accounts.csv",
            "7",
            "",
            "",
            "the row has 2 cells where the heading has 13",
            "row refused",
        ],
        ["accounts.csv", "8", "", "", "the same id stands in line 2 already", "row refused"],
        [
            "contacts.csv",
            "2",
            "email",
            "ann@@north.example",
            "an e-mail address has one @ with text on both sides and no spaces",
            "cell left out",
        ],
        [
            "contacts.csv",
            "3",
            "account_id",
            "A-GONE-1",
            "there is no such account among those imported",
            "row refused",
        ],
        [
            "contacts.csv",
            "4",
            "account_id",
            "A2",
            "the row of its account was refused",
            "row refused",
        ],
    ];
    let shown: Vec<Vec<&str>> = told.iter().map(|row: &Vec<&str>| row[..6].to_vec()).collect();
    assert_eq!(shown, expected);
    assert_eq!(told[6][6], "C2,A-GONE-1,Bob,Hall,,,,");
    assert_eq!(brought.accounts().len(), 2);
}

#[test]
fn a_dirty_book_accounts_for_every_row() {
    let brought = bring(&fixture("book-60-dirty"));
    for file in &brought.summary.files {
        let sum = file.taken + file.kept + file.refused + file.already_here;
        assert_eq!(sum, file.rows, "{}", file.name);
    }
    for file in brought.summary.files.iter().filter(|file| file.kept == 0) {
        let report = brought.report();
        let of_file = report.iter().filter(|row| row[0] == file.name && row[5] != "cell left out");
        assert_eq!(of_file.count() as u64, file.rows, "each row of {} once", file.name);
    }
    let told = brought.troubled().len() as u64;
    let counted: u64 =
        brought.summary.files.iter().map(|file| file.refused + file.left_out + file.flagged).sum();
    assert_eq!(told, counted);
    assert!(brought.summary.file("contacts.csv").unwrap().refused > 0);
}

#[test]
fn without_a_report_the_first_twenty_are_told_and_the_rest_counted() {
    let summary = bring(&fixture("book-60-dirty")).summary;
    let told = summary.tell_untaken();
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(lines.len(), 21, "{told}");
    assert!(lines[..20].iter().all(|line| line.contains(".csv, line ")), "{told}");
    let more = summary.untaken_count() - 20;
    assert_eq!(lines[20], format!("  and {more} more; --report FILE writes every one of them"));
}

#[test]
fn what_is_told_of_a_cell_cannot_command_the_terminal() {
    let accounts =
        format!("{}A2,Two,x,US,USD,\u{1b}[2J,2023-01-02T03:04:00Z,,,,,,\n", one_account());
    let told = bring(&write_book(&[("accounts.csv", &accounts)])).summary.tell_untaken();
    assert_eq!(
        told,
        "  accounts.csv, line 3, column \"employees\", \"\\u{1b}[2J\": a whole number is written with digits only (cell left out)\n"
    );
}

#[test]
fn a_file_that_lacks_a_column_stops_nothing_else() {
    let brought = bring(&write_book(&[
        ("accounts.csv", &one_account()),
        ("contacts.csv", "who,where\nAnn,North\n"),
    ]));
    assert_eq!(brought.summary.file("contacts.csv").unwrap().refused, 1);
    assert_eq!(brought.accounts().len(), 1);
}

#[test]
fn a_quote_nobody_closed_is_told_and_not_swallowed_into_memory() {
    let rest = "x,y,z\n".repeat(2_000_000);
    let accounts = format!("{}A2,\"never closed,{rest}", one_account());
    let Brought { summary, .. } = bring(&write_book(&[("accounts.csv", &accounts)]));
    let file = summary.file("accounts.csv").unwrap();
    assert_eq!((file.taken, file.refused), (1, 1));
}

#[test]
fn where_there_are_several_workspaces_one_has_to_be_named() {
    let home = Home::open(&fresh_folder()).unwrap();
    assert_eq!(workspace::meant(&home, None).unwrap(), "main");
    home.make_workspace("acme", [1; 16]).unwrap();
    assert_eq!(workspace::meant(&home, None).unwrap(), "acme");
    home.make_workspace("other", [2; 16]).unwrap();
    assert!(matches!(workspace::meant(&home, None), Err(Unclear::Several(_))));
    assert_eq!(workspace::meant(&home, Some("other")).unwrap(), "other");
    assert!(matches!(workspace::meant(&home, Some(" ")), Err(Unclear::Name)));
}
