//! Random edits, counted on and counted anew.

use super::*;
use crate::{
    boards::{Label, written::Occasion},
    measure::Period,
    sales::dashboard::{Sales, View as SalesView},
    span::Span,
};
use domain::{
    account::{LifecycleStage, NewAccount},
    enquiry::EnquiryStatus,
    id::{AccountId, DealId, PersonId, TaskId},
    money::{Currency, Money},
    pipeline::{StageId, default_stages},
    row::{DealRow, TaskRow, facts::PackedFacts},
    time::{Day, Timestamp},
};

const RUB: Currency = Currency(*b"RUB");
const DAY_MS: i64 = 86_400_000;
const TODAY: Day = Day(400);

/// Numbers that look random and are the same in every run of a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % most
    }
}

fn configuration() -> Arc<Configuration> {
    let mut configuration = Configuration::beginning();
    let stages = default_stages().into_iter();
    configuration.stages = stages.map(|stage| (stage.id.clone(), stage)).collect();
    configuration.reporting_currency = Some(RUB);
    Arc::new(configuration)
}

fn view(which: Which) -> View {
    View {
        which,
        configuration: configuration(),
        filter: Filter::default(),
        reader: Reader { person: PersonId([9; 16]), today: TODAY },
        zone: Arc::new(Zone::new(10_800, vec![]).unwrap()),
    }
}

fn account(number: u64) -> AccountRow {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    AccountRow::new(AccountId(id), format!("Account {}", number % 7))
}

/// Returns an account on which something else stands than before.
fn edited(mut row: AccountRow, dice: &mut Dice) -> AccountRow {
    let stages = ["new", "proposal", "won", "lost", "nowhere"];
    let person = |dice: &mut Dice| Some(PersonId([dice.below(3) as u8; 16]));
    match dice.below(7) {
        0 => row.owner = person(dice),
        1 => row.archived = (dice.below(2) == 0).then_some(true),
        2 => row.stage = LifecycleStage::ALL[dice.below(9) as usize],
        3 => {
            let deal = |dice: &mut Dice| DealRow {
                stage: Some(StageId(stages[dice.below(5) as usize].to_owned())),
                since: Some(Timestamp(dice.below(400) as i64 * DAY_MS)),
                created_at: Some(Timestamp(dice.below(400) as i64 * DAY_MS)),
                amount: (dice.below(4) > 0)
                    .then(|| Money { minor: dice.below(9_000) as i64, currency: RUB }),
                owner: person(dice),
                ..DealRow::new(DealId([1; 16]), String::new())
            };
            row.deals = (0..dice.below(4)).map(|_| deal(dice)).collect();
        }
        4 => {
            let task = |dice: &mut Dice| TaskRow {
                id: TaskId([1; 16]),
                title: String::new(),
                due: (dice.below(2) == 0).then(|| Day(380 + dice.below(40) as i32)),
                assignee: person(dice),
                kind: None,
            };
            row.tasks = (0..dice.below(3)).map(|_| task(dice)).collect();
        }
        5 => row.conflicts = dice.below(2) as u32,
        _ => row.facts = facts(dice),
    }
    row
}

fn facts(dice: &mut Dice) -> Option<PackedFacts> {
    let mut account = opened();
    for number in 0..dice.below(6) {
        let currency = if dice.below(9) == 0 { Currency(*b"USD") } else { RUB };
        let purchase = domain::purchase::Purchase {
            at: Timestamp(dice.below(400) as i64 * DAY_MS),
            amount: Money { minor: dice.below(9_000) as i64 - 1_000, currency },
            category: (dice.below(4) > 0).then(|| format!("c{}", dice.below(3))),
            quantity: None,
            channel: None,
            refund_of: None,
            cost: None,
        };
        account.purchases.insert(domain::id::PurchaseId([number as u8; 16]), purchase);
    }
    for number in 0..dice.below(3) {
        let at = dice.below(400) as i64 * DAY_MS;
        let enquiry = domain::enquiry::Enquiry {
            at: Timestamp(at),
            source: (dice.below(4) > 0).then(|| format!("s{}", dice.below(3))),
            status: [EnquiryStatus::New, EnquiryStatus::Converted][dice.below(2) as usize],
            converted_at: (dice.below(2) == 0).then_some(Timestamp(at + 5 * DAY_MS)),
            cost: Some(Money { minor: dice.below(500) as i64, currency: RUB }),
        };
        account.enquiries.insert(domain::id::EnquiryId([number as u8; 16]), enquiry);
    }
    PackedFacts::of(&account)
}

/// Returns an account that has nothing yet.
pub(crate) fn opened() -> domain::account::Account {
    let new = NewAccount {
        name: String::new(),
        party: domain::account::PartyType::Organisation,
        created_at: Timestamp(0),
        stage: LifecycleStage::Customer,
        owner: None,
        territory: None,
        profile: BTreeMap::new(),
        tags: Vec::new(),
    };
    domain::account::Account {
        id: AccountId([0; 16]),
        name: new.name,
        party: new.party,
        created_at: new.created_at,
        stage: new.stage,
        owner: None,
        territory: None,
        profile: BTreeMap::new(),
        tags: Default::default(),
        archived: false,
        contacts: BTreeMap::new(),
        addresses: BTreeMap::new(),
        activities: BTreeMap::new(),
        tasks: BTreeMap::new(),
        deals: BTreeMap::new(),
        purchases: BTreeMap::new(),
        enquiries: BTreeMap::new(),
        imports: BTreeMap::new(),
        withdrawn: false,
        conflicts: Vec::new(),
    }
}

fn sales_view() -> SalesView {
    SalesView {
        configuration: configuration(),
        filter: Filter::default(),
        reader: Reader { person: PersonId([9; 16]), today: TODAY },
        period: Period { from: Timestamp(300 * DAY_MS), to: Timestamp(401 * DAY_MS) },
    }
}

const EDITS: u64 = 10_000;
/// So often everything is counted anew as well.
const EACH: u64 = 50;

#[test]
fn ten_thousand_edits_counted_on_give_what_counting_anew_gives() {
    let mut dice = Dice(7);
    let mut rows: Vec<_> = (0..40).map(account).collect();
    let mut boards = Which::ALL.map(|which| Gathered::of(&rows, view(which)));
    let mut sales = Sales::of(&rows, sales_view());
    for edit in 1..=EDITS {
        let place = dice.below(rows.len() as u64 + u64::from(rows.len() < 60)) as usize;
        if place == rows.len() {
            rows.push(account(place as u64));
        } else {
            rows[place] = edited(rows[place].clone(), &mut dice);
        }
        boards.iter_mut().for_each(|one| one.tell_again(&rows, &[place]));
        sales = sales.after(&rows, &[place]);
        if edit % EACH == 0 {
            for (which, gathered) in Which::ALL.into_iter().zip(&boards) {
                let anew = Gathered::of(&rows, view(which));
                assert_eq!(*gathered, anew, "{} after {edit} edits", which.code());
                let span = Span::ALL[(edit / EACH) as usize % Span::ALL.len()];
                let write = |gathered: &Gathered| {
                    Occasion { rows: &rows, span, today: TODAY, sequence: edit }.write(gathered)
                };
                assert_eq!(write(gathered), write(&anew));
            }
            assert_eq!(sales, Sales::of(&rows, sales_view()), "sales after {edit} edits");
        }
    }
}

#[test]
fn the_order_accounts_came_in_changes_no_number() {
    let mut dice = Dice(11);
    let rows = (0..50).map(|number| (0..9).fold(account(number), |row, _| edited(row, &mut dice)));
    let rows: Vec<_> = rows.collect();
    let mut turned = rows.clone();
    turned.reverse();
    turned.swap(3, 30);
    for which in Which::ALL {
        for span in Span::ALL {
            let write = |rows: &[AccountRow]| {
                let gathered = &Gathered::of(rows, view(which));
                Occasion { rows, span, today: TODAY, sequence: 1 }.write(gathered)
            };
            assert_eq!(write(&rows), write(&turned), "{}", which.code());
        }
    }
}

#[test]
fn taken_in_piece_by_piece_is_as_at_once() {
    let mut dice = Dice(3);
    let rows: Vec<_> = (0..30).map(|number| edited(account(number), &mut dice)).collect();
    for which in Which::ALL {
        let mut pieces = Gathered::begin(view(which));
        pieces.take_in(&rows, 0..11);
        pieces.take_in(&rows, 11..30);
        assert_eq!(pieces, Gathered::of(&rows, view(which)));
    }
}

#[test]
fn nothing_and_one_and_all_alike_give_reasons_or_numbers_that_are_some() {
    let mut dice = Dice(5);
    let one = AccountRow { facts: facts(&mut dice), ..account(1) };
    let alike = (0..20).map(|number| AccountRow { id: account(number).id, ..one.clone() });
    for rows in [vec![], vec![account(1)], vec![one.clone()], alike.collect()] {
        for which in Which::ALL {
            for span in Span::ALL {
                let board = Gathered::of(&rows, view(which)).board(span.so_far(TODAY));
                let cells = board.charts.iter().flat_map(|chart| &chart.bars);
                let cells = cells.flat_map(|bar| bar.cells.iter().copied());
                let values = board.measures.iter().map(|measure| measure.value).chain(cells);
                assert!(values.flatten().all(f64::is_finite));
                let sound = |measure: &crate::measure::Measure| {
                    measure.rows.iter().all(|row| (*row as usize) < rows.len())
                };
                assert!(board.measures.iter().all(sound));
            }
        }
    }
}

#[test]
fn what_is_not_named_has_no_label() {
    assert_eq!(Label::Word(None).code(), "");
    assert_eq!(Label::Person(None).code(), "");
}
