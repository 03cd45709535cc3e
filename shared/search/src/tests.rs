//! What the search and the filters of the list promise.

use super::{Filter, Index, Reader, Sort, fold};
use domain::{
    account::LifecycleStage,
    filter::Standing,
    id::{AccountId, DealId, PersonId},
    row::{AccountRow, DealRow},
    time::{Day, Timestamp},
};

const READER: Reader = Reader { person: PersonId([0; 16]), today: Day(0) };

fn row(number: u8, name: &str, person: &str) -> AccountRow {
    AccountRow {
        stage: LifecycleStage::Customer,
        people: vec![person.to_owned()],
        last_activity: Some(Timestamp(i64::from(number))),
        ..AccountRow::new(AccountId([number; 16]), name.to_owned())
    }
}

fn rows() -> Vec<AccountRow> {
    vec![row(0, "Zöe & Søn", "Ann Lee"), row(1, "Алёна", "Zoe Fry"), row(2, "Acme", "王小明")]
}

/// Letters in the order of their codes.
fn by_code(letters: Vec<char>) -> Vec<Vec<char>> {
    letters.into_iter().map(|letter| vec![letter]).collect()
}

#[track_caller]
fn check(text: &str, filter: &Filter, sort: Sort, expected: &[u32]) {
    let rows = rows();
    let filter = Filter { text: text.to_owned(), ..filter.clone() };
    let mut index = Index::new(by_code);
    while !index.read_on(&rows, 1) {}
    assert_eq!(index.find(&rows, &filter, READER, sort), expected);
}

#[test]
fn case_and_marks_do_not_matter() {
    assert_eq!(fold("ŠKODA Ёлка"), "skoda елка");
    check("SON zoe", &Filter::default(), Sort::Name, &[0]);
    check("алена", &Filter::default(), Sort::Name, &[1]);
    check("小明", &Filter::default(), Sort::Name, &[2]);
}

#[test]
fn a_name_that_begins_so_comes_first() {
    check("zoe", &Filter::default(), Sort::Name, &[0, 1]);
}

#[test]
fn rows_come_by_name_or_by_what_happened_last() {
    check("", &Filter::default(), Sort::Name, &[2, 0, 1]);
    check("", &Filter::default(), Sort::LastActivity, &[2, 1, 0]);
}

#[test]
fn filters_narrow() {
    let closed = Filter { stage: Standing::In(LifecycleStage::Closed), ..Filter::default() };
    check("", &closed, Sort::Name, &[]);
}

#[test]
fn a_renamed_row_is_found_under_its_new_name_only() {
    let mut rows = rows();
    let mut index = Index::new(by_code);
    assert!(index.read_on(&rows, 10));
    rows[2].name = "Byte".to_owned();
    rows.push(row(3, "Axle", "Nobody"));
    index.update(&rows, &[2, 3]);
    let find = |text: &str| {
        let filter = Filter { text: text.to_owned(), ..Filter::default() };
        index.find(&rows, &filter, READER, Sort::Name)
    };
    assert_eq!(find("acme"), Vec::<u32>::new());
    assert_eq!(find(""), [3, 2, 0, 1]);
}

#[test]
fn an_account_is_found_by_a_deal_of_it() {
    let mut rows = rows();
    rows[1].deals.push(DealRow::new(DealId([0; 16]), "Spring Order".to_owned()));
    let mut index = Index::new(by_code);
    assert!(index.read_on(&rows, 10));
    let filter = Filter { text: "spring".to_owned(), ..Filter::default() };
    assert_eq!(index.find(&rows, &filter, READER, Sort::Name), [1]);
}

/// Three letters by pinyin before all others, and two that count as one.
fn by_pinyin(letters: Vec<char>) -> Vec<Vec<char>> {
    let mut order = vec![vec!['安'], vec!['王', '汪'], vec!['张']];
    let known: Vec<char> = order.iter().flatten().copied().collect();
    order.extend(by_code(letters).into_iter().filter(|same| !known.contains(&same[0])));
    order
}

#[test]
fn names_stand_in_the_readers_own_order_also_when_a_letter_is_new() {
    let named = |(number, name)| row(number, name, "");
    let names = ["Acme", "张", "汪", "王 а", "安"];
    let mut rows: Vec<AccountRow> = (0..).zip(names).map(named).collect();
    let mut index = Index::new(by_pinyin);
    assert!(index.read_on(&rows, 10));
    let find = |index: &Index, rows: &[AccountRow]| {
        index.find(rows, &Filter::default(), READER, Sort::Name)
    };
    assert_eq!(find(&index, &rows), [4, 2, 3, 1, 0]);
    rows.push(row(5, "Ωmega", ""));
    rows[1].name = "Aardvark".to_owned();
    index.update(&rows, &[1, 5]);
    assert_eq!(find(&index, &rows), [4, 2, 3, 1, 0, 5]);
}

#[test]
fn names_stay_in_order_whether_few_letters_are_met_or_more_than_a_byte_can_number() {
    let long = |end: &str| format!("{}{end}", "a".repeat(30));
    let mut rows: Vec<AccountRow> = [long("c"), long("b"), "b".to_owned(), "a".to_owned()]
        .into_iter()
        .zip(0..)
        .map(|(name, number)| row(number, &name, ""))
        .collect();
    let mut index = Index::new(by_code);
    assert!(index.read_on(&rows, 10));
    let find = |index: &Index, rows: &[AccountRow]| {
        index.find(rows, &Filter::default(), READER, Sort::Name)
    };
    assert_eq!(find(&index, &rows), [3, 1, 0, 2]);
    rows.push(row(4, &('\u{4e00}'..).take(300).collect::<String>(), ""));
    rows.push(row(5, "\u{1f600}", ""));
    rows.push(row(6, "\u{4e00}", ""));
    index.update(&rows, &[]);
    assert_eq!(find(&index, &rows), [3, 1, 0, 2, 6, 4, 5]);
}
