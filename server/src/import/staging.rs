//! Rows of any number of files in any order, brought together account by account.
//!
//! A temporary SQLite table holds them and sorts them on disk, so that memory does not grow with
//! the book. The table has no name in any folder and is gone with the process.

use domain::id::{AccountId, DealId};
use exchange::{
    belonging::DealOwners,
    bundle::{Bundle, Outcome, Reported, StagedRow, Told},
    kind::Kind,
    reason::Fault,
};
use rusqlite::{Connection, OptionalExtension, params};

/// How much memory the table may keep, in KiB.
const CACHE_KIB: i64 = 16 * 1024;

/// The table between reading and authoring.
pub struct Staging {
    connection: Connection,
    telling: Telling,
}

/// Which rows are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    EveryRow,
    /// Those something is the matter with.
    Troubled,
}

impl Staging {
    pub fn open(telling: Telling) -> rusqlite::Result<Self> {
        let connection = Connection::open("")?;
        connection.execute_batch(&format!(
            "PRAGMA journal_mode = OFF;
             PRAGMA synchronous = OFF;
             PRAGMA temp_store = FILE;
             PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA cache_size = -{CACHE_KIB};
             CREATE TABLE staged (account BLOB, kind INTEGER, line INTEGER, cells BLOB) STRICT;
             CREATE TABLE deal (id BLOB PRIMARY KEY, account BLOB) STRICT, WITHOUT ROWID;
             CREATE TABLE fault (file TEXT, line INTEGER, outcome TEXT, heading TEXT,
                 value TEXT, reason TEXT, cells BLOB) STRICT;"
        ))?;
        connection.execute_batch("BEGIN")?;
        Ok(Self { connection, telling })
    }

    /// Keeps a row until its account is worked on.
    pub fn stage(
        &self,
        account: AccountId,
        (kind, line): (Kind, u64),
        cells: &[&str],
    ) -> rusqlite::Result<()> {
        let mut insert =
            self.connection.prepare_cached("INSERT INTO staged VALUES (?1, ?2, ?3, ?4)")?;
        let line = line as i64;
        insert.execute(params![&account.0[..], kind as u8, line, pack(cells)]).map(drop)
    }

    /// Keeps what is to be reported, until the report is written in the order of the files.
    pub fn report(
        &self,
        (file, line): (&str, u64),
        (fault, outcome): (Option<&Fault>, Outcome),
        cells: &[&str],
    ) -> rusqlite::Result<()> {
        if fault.is_none() && self.telling == Telling::Troubled {
            return Ok(());
        }
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO fault VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        let reason = fault.map(|fault| fault.reason.to_string()).unwrap_or_default();
        insert
            .execute(params![
                file,
                line as i64,
                outcome.words(),
                fault.map_or("", |fault| &fault.column),
                fault.map_or("", |fault| &fault.value),
                reason,
                pack(cells)
            ])
            .map(drop)
    }

    /// Walks the rows account by account, in order of id; stops at the first failure of `visit`.
    pub fn walk<E: From<rusqlite::Error>>(
        &self,
        mut visit: impl FnMut(Bundle) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut query = self.connection.prepare(
            "SELECT account, kind, line, cells FROM staged ORDER BY account, kind, line",
        )?;
        let mut rows = query.query([])?;
        let mut bundle: Option<Bundle> = None;
        while let Some(row) = rows.next()? {
            let account = AccountId(row.get(0)?);
            let kind = Kind::from_number(row.get(1)?).expect("only kinds are staged");
            let line = row.get::<_, i64>(2)?.unsigned_abs();
            let cells = unpack(row.get_ref(3)?.as_blob().unwrap_or_default());
            if bundle.as_ref().is_some_and(|bundle| bundle.account != account) {
                bundle.take().map_or(Ok(()), &mut visit)?;
            }
            bundle
                .get_or_insert_with(|| Bundle { account, rows: Vec::new() })
                .rows
                .push(StagedRow { kind, line, cells });
        }
        bundle.map_or(Ok(()), visit)
    }

    /// Walks the rows that say who somebody is, in the order of their lines.
    pub fn each_party<E: From<rusqlite::Error>>(
        &self,
        mut visit: impl FnMut(AccountId, StagedRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut query = self.connection.prepare(
            "SELECT account, kind, line, cells FROM staged WHERE kind IN (?1, ?2) ORDER BY line",
        )?;
        let mut rows = query.query([Kind::Accounts as u8, Kind::Contacts as u8])?;
        while let Some(row) = rows.next()? {
            let account = AccountId(row.get(0)?);
            let kind = Kind::from_number(row.get(1)?).expect("only kinds are staged");
            let line = row.get::<_, i64>(2)?.unsigned_abs();
            let cells = unpack(row.get_ref(3)?.as_blob().unwrap_or_default());
            visit(account, StagedRow { kind, line, cells })?;
        }
        Ok(())
    }

    /// Tells what is reported of such rows, in the order of files and lines, `most` at most.
    pub fn reported<E: From<rusqlite::Error>>(
        &self,
        (telling, most): (Telling, u32),
        mut visit: impl FnMut(Reported) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut query = self.connection.prepare(
            "SELECT file, line, outcome, heading, value, reason, cells FROM fault
             WHERE ?1 OR reason != '' ORDER BY file, line, rowid LIMIT ?2",
        )?;
        let mut rows = query.query(params![telling == Telling::EveryRow, most])?;
        while let Some(row) = rows.next()? {
            let fault = Told {
                outcome: told(&row.get::<_, String>(2)?),
                column: row.get(3)?,
                value: row.get(4)?,
                reason: row.get(5)?,
            };
            let cells = unpack(row.get_ref(6)?.as_blob().unwrap_or_default());
            let line = row.get::<_, i64>(1)?.unsigned_abs();
            visit(Reported { file: row.get(0)?, line, fault, cells })?;
        }
        Ok(())
    }
}

impl DealOwners for &Staging {
    type Failure = rusqlite::Error;

    fn own(&mut self, deal: DealId, account: AccountId) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached("INSERT INTO deal VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute(params![&deal.0[..], &account.0[..]])
            .map(drop)
    }

    fn owner(&self, deal: DealId) -> rusqlite::Result<Option<AccountId>> {
        self.connection
            .prepare_cached("SELECT account FROM deal WHERE id = ?1")?
            .query_row([&deal.0[..]], |row| row.get(0).map(AccountId))
            .optional()
    }
}

fn told(words: &str) -> Outcome {
    Outcome::of_words(words).expect("only words of outcomes are staged")
}

/// Each cell is its length in four bytes, then its text.
fn pack(cells: &[&str]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(cells.iter().map(|cell| cell.len() + 4).sum());
    for cell in cells {
        packed.extend((cell.len() as u32).to_le_bytes());
        packed.extend(cell.as_bytes());
    }
    packed
}

fn unpack(mut packed: &[u8]) -> Vec<String> {
    let mut cells = Vec::new();
    while let Some((length, rest)) = packed.split_first_chunk::<4>() {
        let (cell, after) = rest.split_at(u32::from_le_bytes(*length) as usize);
        cells.push(String::from_utf8_lossy(cell).into_owned());
        packed = after;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use exchange::reason::Reason;

    #[test]
    fn rows_come_out_by_account_whatever_order_they_came_in() {
        let staging = Staging::open(Telling::Troubled).unwrap();
        let (first, second) = (AccountId([1; 16]), AccountId([2; 16]));
        staging.stage(second, (Kind::Accounts, 3), &["b"]).unwrap();
        staging.stage(first, (Kind::Purchases, 2), &["p", ""]).unwrap();
        staging.stage(first, (Kind::Accounts, 2), &["ä"]).unwrap();
        let mut seen = Vec::new();
        staging
            .walk(|bundle| {
                let rows = bundle.rows.into_iter().map(|row| (row.kind, row.cells));
                seen.push((bundle.account, rows.collect::<Vec<_>>()));
                Ok::<_, rusqlite::Error>(())
            })
            .unwrap();
        let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let first_rows =
            vec![(Kind::Accounts, cells(&["ä"])), (Kind::Purchases, cells(&["p", ""]))];
        assert_eq!(seen, [(first, first_rows), (second, vec![(Kind::Accounts, cells(&["b"]))])]);
    }

    #[test]
    fn what_is_reported_is_told_in_the_order_of_the_file() {
        let staging = Staging::open(Telling::Troubled).unwrap();
        let fault = Fault::row(Reason::Missing);
        staging.report(("deals.csv", 9), (Some(&fault), Outcome::RowRefused), &["late"]).unwrap();
        staging.report(("deals.csv", 4), (Some(&fault), Outcome::CellLeftOut), &["early"]).unwrap();
        let mut lines = Vec::new();
        let told = staging.reported((Telling::EveryRow, u32::MAX), |reported| {
            lines.push((reported.line, reported.cells));
            Ok::<_, rusqlite::Error>(())
        });
        assert!(told.is_ok());
        assert_eq!(lines, [(4, vec!["early".to_owned()]), (9, vec!["late".to_owned()])]);
    }
}
