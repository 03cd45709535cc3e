//! A book in memory: its rows under the accounts they belong to, and those that belong nowhere.

use crate::{
    belonging::{DealOwners, account_of},
    bundle::{Bundle, StagedRow},
    context::Context,
    draft::Layouts,
    duplicate::{Likeness, Parties, Place},
    heading::Layout,
    kind::Kind,
    mention::Mentioned,
    reading::Reading,
    reason::{Fault, Reason},
    source::Scanned,
};
use domain::id::{AccountId, DealId};
use std::{collections::BTreeMap, convert::Infallible};

/// The rows that look like others, and like which.
pub type Flags = BTreeMap<(Kind, u64), Reason>;

/// A row that belongs to no account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Astray {
    pub row: StagedRow,
    pub fault: Fault,
}

/// Rows of any number of files, read in the order kinds build on each other.
#[derive(Debug, Default)]
pub struct Book {
    bundles: BTreeMap<AccountId, Vec<StagedRow>>,
    deals: Deals,
    pub mentioned: Mentioned,
    pub astray: Vec<Astray>,
}

#[derive(Debug, Default)]
struct Deals(BTreeMap<DealId, AccountId>);

impl DealOwners for Deals {
    type Failure = Infallible;

    fn own(&mut self, deal: DealId, account: AccountId) -> Result<(), Infallible> {
        self.0.entry(deal).or_insert(account);
        Ok(())
    }

    fn owner(&self, deal: DealId) -> Result<Option<AccountId>, Infallible> {
        Ok(self.0.get(&deal).copied())
    }
}

impl Book {
    /// Takes in a row of a file.
    pub fn take(&mut self, layout: &Layout, context: &Context, scanned: &Scanned<'_>) {
        let (kind, line) = (layout.kind, scanned.line);
        let fault = match &scanned.cells {
            Ok(cells) => {
                let cells = cells.as_slice();
                let reading = Reading::new(layout, &cells);
                let Ok(account) = account_of(kind, &reading, context, &mut self.deals);
                match account {
                    Ok(account) => {
                        self.mentioned.note(kind, &reading);
                        let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
                        let row = StagedRow { kind, line, cells };
                        return self.bundles.entry(account).or_default().push(row);
                    }
                    Err(fault) => fault,
                }
            }
            Err(reason) => Fault::row(reason.clone()),
        };
        let row = StagedRow { kind, line, cells: scanned.shown() };
        self.astray.push(Astray { row, fault });
    }

    /// Returns how many accounts have rows.
    pub fn len(&self) -> usize {
        self.bundles.len()
    }

    pub fn is_empty(&self) -> bool {
        self.bundles.is_empty()
    }

    /// Returns the accounts that have rows, in the order of their ids.
    pub fn accounts(&self) -> impl Iterator<Item = AccountId> {
        self.bundles.keys().copied()
    }

    /// Returns the rows of an account.
    pub fn bundle(&self, account: AccountId) -> Bundle {
        Bundle { account, rows: self.bundles.get(&account).cloned().unwrap_or_default() }
    }

    /// Returns the rows that say who somebody is, in the order of their lines.
    pub fn who(&self) -> Vec<(AccountId, &StagedRow)> {
        let mut rows = Vec::new();
        for (account, of_account) in &self.bundles {
            let says_who = |row: &&StagedRow| matches!(row.kind, Kind::Accounts | Kind::Contacts);
            rows.extend(of_account.iter().filter(says_who).map(|row| (*account, row)));
        }
        rows.sort_by_key(|(_, row)| row.line);
        rows
    }
}

/// Has somebody the book speaks of known, after those who are here.
pub fn introduce(
    parties: &mut Parties,
    (account, row): (AccountId, &StagedRow),
    layouts: &Layouts,
) {
    let reading = Reading::new(&layouts[&row.kind], &row.cells);
    parties.read(account, (row.kind, row.line), &reading);
}

/// Returns the rows that look like others, and the reason for saying so.
pub fn flags(parties: &Parties) -> Flags {
    flagged(parties.likenesses())
}

/// Returns these rows, with the reason for looking at each.
pub fn flagged(found: Vec<Likeness>) -> Flags {
    let flag = |like| match like {
        Place::Line(line) => Reason::LooksLike { line },
        Place::Here(account) => Reason::LooksLikeAccount(account),
    };
    found.into_iter().map(|found| ((found.kind, found.line), flag(found.like))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{form::Form, heading::Meaning, source::Source};
    use domain::configuration::Configuration;

    fn read(book: &mut Book, kind: Kind, text: &str) -> Layout {
        let context = Context::of(&Configuration::default(), "demo");
        let mut source = Source::of_text(text.as_bytes(), Form::PLAIN).unwrap();
        let headings = source.headings.clone();
        let layout = Layout::new(kind, kind.stem().to_owned(), headings, Meaning::AsNamed).unwrap();
        while let Some(row) = source.read_row().unwrap() {
            book.take(&layout, &context, &row);
        }
        layout
    }

    #[test]
    fn rows_come_together_under_their_account_and_strays_are_kept_with_the_reason() {
        let mut book = Book::default();
        read(&mut book, Kind::Accounts, "account_id,name,created_at\nA,Торг,2024-01-05\n,North,\n");
        let deals = "deal_id,account_id,name,stage,created_at\nD,A,Oven,lead,2024-01-05\n";
        read(&mut book, Kind::Deals, deals);
        let history = "deal_id,stage,entered_at\nD,won,2024-02-05\nX,won,2024-02-05\n";
        read(&mut book, Kind::StageHistory, history);
        let account = book.accounts().next().unwrap();
        let kinds: Vec<_> = book.bundle(account).rows.iter().map(|row| row.kind).collect();
        assert_eq!(kinds, [Kind::Accounts, Kind::Deals, Kind::StageHistory]);
        let strays: Vec<_> =
            book.astray.iter().map(|stray| (stray.row.line, stray.fault.reason.clone())).collect();
        assert_eq!(strays, [(3, Reason::Missing), (3, Reason::NoSuchDeal)]);
    }

    #[test]
    fn the_second_of_two_alike_is_flagged() {
        let mut book = Book::default();
        let accounts = "account_id,name,domain,created_at\nA,North Foods,n.example,2024-01-05\n\
                        B,NORTH FOODS LLC,n.example,2024-01-05\n";
        let layout = read(&mut book, Kind::Accounts, accounts);
        let mut parties = Parties::default();
        let layouts = Layouts::from([(Kind::Accounts, layout)]);
        book.who().into_iter().for_each(|who| introduce(&mut parties, who, &layouts));
        let expected = [((Kind::Accounts, 3), Reason::LooksLike { line: 2 })];
        assert_eq!(flags(&parties), Flags::from(expected));
    }
}
