//! What a book holds arrives, whatever its headings, encoding and order.

use crate::book::{self, bring, bring_into, fixture, recode, write_book};
use documents::class::Class;
use domain::{
    account::{Account, LifecycleStage, ProfileField},
    activity::ActivityKind,
    enquiry::EnquiryStatus,
    id::AccountId,
    pipeline::StageId,
};
use exchange::summary::Summary;
use std::{collections::BTreeMap, sync::LazyLock};

pub const ACCOUNTS: &str = "account_id,name,domain,country,currency,employees,created_at,owner,source,parent_account_id,is_reference,tags,notes\n";
const PURCHASES: &str =
    "purchase_id,account_id,at,currency,amount,cost,category,quantity,channel,refund_of\n";

/// Returns a file with one account.
pub fn one_account() -> String {
    format!(
        "{ACCOUNTS}A1,North Foods,north.example,US,USD,12,2023-01-02T03:04:00Z,J. Carter,ads,,true,vip|b2b,Prefers email\n"
    )
}

/// The book of a thousand, brought in once for those who look at it.
static THOUSAND: LazyLock<Thousand> = LazyLock::new(|| {
    let brought = bring(&fixture("book-1000"));
    let (accounts, notes) = (brought.accounts(), brought.documents_of(Class::Note).len());
    Thousand { summary: brought.summary, accounts, notes }
});

struct Thousand {
    summary: Summary,
    accounts: BTreeMap<AccountId, Account>,
    notes: usize,
}

#[test]
fn the_book_of_a_thousand_arrives_whole() {
    let Thousand { summary, accounts, notes: notes_here } = &*THOUSAND;
    let rows: BTreeMap<_, _> =
        summary.files.iter().map(|file| (file.name.clone(), file.rows)).collect();
    for file in &summary.files {
        assert_eq!(file.taken + file.kept, file.rows, "{}", file.name);
    }
    let count = |of: fn(&Account) -> usize| accounts.values().map(of).sum::<usize>() as u64;
    let converted = rows["accounts.csv"];
    assert_eq!(accounts.len() as u64, rows["leads.csv"]);
    assert_eq!(count(|account| account.enquiries.len()), rows["leads.csv"]);
    let leads = rows["leads.csv"] - converted;
    assert_eq!(count(|account| account.contacts.len()), rows["contacts.csv"] + leads);
    assert_eq!(count(|account| account.deals.len()), rows["deals.csv"]);
    assert_eq!(count(|account| account.activities.len()), rows["activities.csv"]);
    assert_eq!(count(|account| account.purchases.len()), rows["purchases.csv"]);
    let closed = book::filled(&fixture("book-1000"), "deals.csv", "closed_at");
    let events = count(|account| account.deals.values().map(|deal| deal.events.len()).sum());
    assert_eq!(events, rows["deal_stage_history.csv"] + closed);
    let notes = book::filled(&fixture("book-1000"), "accounts.csv", "notes");
    assert_eq!(*notes_here as u64, notes);
}

#[test]
fn money_arrives_to_the_minor_unit() {
    let mut sums = BTreeMap::new();
    for account in THOUSAND.accounts.values() {
        for purchase in account.purchases.values() {
            *sums.entry(purchase.amount.currency.code().to_owned()).or_insert(0) +=
                purchase.amount.minor;
        }
    }
    assert_eq!(sums, book::manifest_sums(&fixture("book-1000")));
}

#[test]
fn three_styles_give_the_same_accounts() {
    let plain = bring(&fixture("book-20-plain"));
    for style in ["hubspot", "salesforce"] {
        let other = bring(&fixture(&format!("book-20-{style}")));
        assert_eq!(other.accounts(), plain.accounts(), "{style}");
        assert_eq!(other.notes(), plain.notes(), "{style}");
    }
}

#[test]
fn encodings_and_delimiters_make_no_difference() {
    let plain = fixture("book-20-plain");
    let expected = bring(&plain).accounts();
    let utf_16 = |order: fn(u16) -> [u8; 2]| {
        move |text: &str| format!("\u{feff}{text}").encode_utf16().flat_map(order).collect()
    };
    let little = recode(&plain, utf_16(u16::to_le_bytes));
    let big = recode(&plain, utf_16(u16::to_be_bytes));
    let marked = recode(&plain, |text| format!("\u{feff}{text}").into_bytes());
    let semicolons = recode(&plain, |text| book::redelimit(text, b';'));
    let tabs = recode(&plain, |text| book::redelimit(text, b'\t'));
    for folder in [little, big, marked, semicolons, tabs] {
        assert_eq!(bring(&folder).accounts(), expected, "{}", folder.display());
    }
}

#[test]
fn importing_twice_adds_nothing() {
    let folder = fixture("book-20-plain");
    let mut brought = bring(&folder);
    let (head, accounts) = (brought.store.head(), brought.accounts());
    let again = bring_into(&mut brought.store, &folder);
    assert_eq!((again.documents, brought.store.head()), (0, head));
    for file in &again.files {
        assert_eq!(file.already_here + file.kept, file.rows, "{}", file.name);
    }
    assert_eq!(brought.accounts(), accounts);
}

#[test]
fn a_book_that_grew_adds_only_what_is_new() {
    let purchase = "P1,A1,2023-05-05T00:00:00Z,USD,10.00,6.00,hardware,1,web,\n";
    let refund = "P2,A1,2023-05-06T00:00:00Z,USD,-10.00,0.00,refund,1,web,P1\n";
    let accounts = one_account();
    let folder = write_book(&[
        ("accounts.csv", &accounts),
        ("purchases.csv", &format!("{PURCHASES}{purchase}")),
    ]);
    let mut brought = bring(&folder);
    let grown = write_book(&[("purchases.csv", &format!("{PURCHASES}{purchase}{refund}"))]);
    let again = bring_into(&mut brought.store, &grown);
    let file = again.file("purchases.csv").unwrap();
    assert_eq!((file.taken, file.already_here, file.refused), (1, 1, 0));
    let account = brought.only_account();
    let purchases: Vec<_> = account.purchases.values().collect();
    assert_eq!(purchases.len(), 2);
    assert!(purchases.iter().any(|purchase| purchase.refund_of.is_some()));
}

#[test]
fn a_bare_account_has_its_whole_profile() {
    let brought = bring(&write_book(&[("accounts.csv", &one_account())]));
    let account = brought.only_account();
    assert_eq!((account.name.as_str(), account.stage), ("North Foods", LifecycleStage::Customer));
    assert_eq!(account.territory.as_deref(), Some("US"));
    let field = |field| account.profile.get(&field).map(String::as_str);
    assert_eq!(field(ProfileField::Website), Some("north.example"));
    assert_eq!(field(ProfileField::Employees), Some("12"));
    assert_eq!(field(ProfileField::Reference), Some("true"));
    assert_eq!(field(ProfileField::ExternalId), Some("A1"));
    assert_eq!(account.tags.iter().collect::<Vec<_>>(), ["b2b", "vip"]);
    assert_eq!(brought.notes(), ["Prefers email"]);
    let owner = exchange::people::owner_id("demo", "J. Carter");
    assert_eq!(account.owner, Some(owner));
    let configuration = brought.configuration();
    assert_eq!(configuration.people[&owner].name, "J. Carter");
    assert_eq!(configuration.territories["US"], "US");
    assert_eq!(configuration.stages.len(), 6);
}

#[test]
fn a_lead_is_an_account_of_its_own_until_it_is_converted() {
    let leads = "lead_id,created_at,first_name,last_name,company,email,country,source,status,converted_at,account_id,cost\n\
        L1,2023-01-01T00:00:00Z,Ann,Lee,North Foods,ann@north.example,US,ads,converted,2023-01-02T00:00:00Z,A1,5.50\n\
        L2,2023-01-03T00:00:00Z,Zoë,Hall,Oak Labs,zoe@oak.example,GB,event,qualified,,,7.25\n\
        L3,2023-01-03T00:00:00Z,,,Elm,,DE,ads,disqualified,,,\n";
    let brought = bring(&write_book(&[("accounts.csv", &one_account()), ("leads.csv", leads)]));
    let accounts = brought.by_name();
    assert_eq!(accounts.len(), 3);
    let converted = accounts["North Foods"].enquiries.values().next().unwrap();
    assert_eq!(converted.status, EnquiryStatus::Converted);
    assert_eq!(converted.cost.unwrap().decimal(), "5.50");
    assert!(accounts["North Foods"].contacts.is_empty());
    let lead = &accounts["Oak Labs"];
    assert_eq!((lead.stage, lead.contacts.len()), (LifecycleStage::Qualified, 1));
    assert_eq!(lead.enquiries.values().next().unwrap().cost.unwrap().currency.code(), "GBP");
    assert_eq!(accounts["Elm"].stage, LifecycleStage::Closed);
}

#[test]
fn a_deal_walks_through_its_history_to_its_end() {
    let deals = "deal_id,account_id,contact_id,name,amount,currency,stage,probability,created_at,expected_close,closed_at,outcome,lost_reason,owner,source\n\
        D1,A1,,Ovens,1200.50,USD,closed_lost,0,2023-01-01T00:00:00Z,2023-03-01,2023-02-01T00:00:00Z,lost,price,J. Carter,ads\n";
    let history = "deal_id,stage,entered_at,changed_by\n\
        D1,qualified,2023-01-10T00:00:00Z,J. Carter\nD1,new,2023-01-01T00:00:00Z,J. Carter\n";
    let activities = "activity_id,account_id,contact_id,deal_id,type,direction,at,minutes,subject\n\
        T1,A1,,D1,email,out,2023-01-05T00:00:00Z,15,Sent the quote\n\
        T2,A1,,,task,in,2023-01-06T00:00:00Z,5,Asked back\n";
    let brought = bring(&write_book(&[
        ("accounts.csv", &one_account()),
        ("deals.csv", deals),
        ("deal_stage_history.csv", history),
        ("activities.csv", activities),
    ]));
    let account = brought.only_account();
    let deal = account.deals.values().next().unwrap();
    assert_eq!(deal.stage(), Some(&StageId("lost".to_owned())));
    let mut events: Vec<_> = deal.events.values().collect();
    events.sort_by_key(|event| event.at);
    let path: Vec<_> = events.iter().map(|event| event.to.0.as_str()).collect();
    assert_eq!(path, ["new", "qualified", "lost"]);
    assert_eq!(events[2].from, Some(StageId("qualified".to_owned())));
    assert_eq!(events[2].reason.as_deref(), Some("price"));
    let kinds: Vec<_> = account.activities.values().map(|activity| activity.kind).collect();
    assert!(kinds.contains(&ActivityKind::Message) && kinds.contains(&ActivityKind::Note));
    assert!(account.activities.values().any(|activity| activity.deal == Some(deal.id)));
}

#[test]
fn a_file_without_a_feature_is_kept_as_it_was() {
    let tickets = "ticket_id,subject\nK1,\"two\nlines\"\nK2,x\n";
    let files = [("accounts.csv", one_account()), ("tickets.csv", tickets.to_owned())];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let mut brought = bring(&write_book(&files));
    assert_eq!(brought.summary.file("tickets.csv").unwrap().kept, 2);
    assert_eq!(brought.kept("tickets.csv"), tickets);
    bring_into(&mut brought.store, &write_book(&[("tickets.csv", "ticket_id\nK3\n")]));
    assert_eq!(brought.kept("tickets.csv"), tickets);
    assert_eq!(brought.kept("tickets-2.csv"), "ticket_id\nK3\n");
}

#[test]
fn one_account_may_have_more_than_fits_into_one_change() {
    let mut purchases = PURCHASES.to_owned();
    for number in 0..5_000 {
        purchases +=
            &format!("P{number},A1,2023-05-05T00:00:00Z,USD,1{number}.00,6.00,hardware,1,web,\n");
    }
    let long_note = "слово 🔥 ".repeat(3_000);
    let accounts = one_account().replace("Prefers email", &long_note);
    let brought = bring(&write_book(&[("accounts.csv", &accounts), ("purchases.csv", &purchases)]));
    let account = brought.only_account();
    assert_eq!(account.purchases.len(), 5_000);
    assert_eq!(account.stage, LifecycleStage::RepeatCustomer);
    assert_eq!(brought.notes(), [long_note]);
    for change in brought.changes() {
        assert!(sync::change::scan(&change).is_ok());
    }
}
