//! The files of an export, open side by side, each with its headings.

use crate::{cell, kind::Kind};
use csv::Writer;
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// The open files.
pub struct Sheets<W: Write> {
    sheets: BTreeMap<Kind, Sheet<W>>,
}

struct Sheet<W: Write> {
    writer: Writer<W>,
    rows: u64,
}

/// A file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("could not write {}.csv", kind.stem())]
pub struct SheetFailure {
    pub kind: Kind,
    pub source: io::Error,
}

impl<W: Write> Sheets<W> {
    /// Writes the headings into each file there is.
    pub fn new(files: impl IntoIterator<Item = (Kind, W)>) -> Result<Self, SheetFailure> {
        let mut sheets = BTreeMap::new();
        for (kind, file) in files {
            let mut writer = Writer::from_writer(file);
            let written = writer.write_record(headings(kind).split(' '));
            written.map_err(|source| SheetFailure { kind, source: source.into() })?;
            sheets.insert(kind, Sheet { writer, rows: 0 });
        }
        Ok(Self { sheets })
    }

    /// Writes a row, no cell of it a formula, unless there is no file of the kind.
    pub fn write<const N: usize>(
        &mut self,
        kind: Kind,
        cells: [String; N],
    ) -> Result<(), SheetFailure> {
        assert_eq!(N, headings(kind).split(' ').count(), "a cell for every heading");
        let Some(sheet) = self.sheets.get_mut(&kind) else { return Ok(()) };
        let safe = cells.iter().map(|text| cell::defuse(text));
        let written = sheet.writer.write_record(safe.map(|cell| cell.into_owned()));
        sheet.rows += 1;
        written.map_err(|source| SheetFailure { kind, source: source.into() })
    }

    /// Flushes every file and hands it back with the number of its rows.
    pub fn finish(self) -> Result<BTreeMap<Kind, (W, u64)>, SheetFailure> {
        let mut files = BTreeMap::new();
        for (kind, sheet) in self.sheets {
            let file = sheet.writer.into_inner();
            let failed = |source| SheetFailure { kind, source };
            files.insert(kind, (file.map_err(|failure| failed(failure.into_error()))?, sheet.rows));
        }
        Ok(files)
    }
}

fn headings(kind: Kind) -> &'static str {
    match kind {
        Kind::Accounts => {
            "account_id name domain industry country city time_zone currency employees \
             annual_revenue created_at owner source parent_account_id is_reference tags notes \
             external_id stage party territory archived"
        }
        Kind::Addresses => "address_id account_id lines city region postal_code country",
        Kind::Contacts => {
            "contact_id account_id first_name last_name email phone title language consent_email \
             archived email_id phone_id"
        }
        Kind::ContactPoints => "point_id contact_id account_id kind value label",
        Kind::Leads => {
            "lead_id created_at company country source status converted_at account_id cost currency"
        }
        Kind::Deals => {
            "deal_id account_id contact_id name amount currency stage created_at expected_close \
             closed_at outcome lost_reason owner"
        }
        Kind::StageHistory => {
            "deal_id stage entered_at changed_by event_id from_stage reason holds"
        }
        Kind::Activities => {
            "activity_id account_id contact_id deal_id type direction at minutes subject body by"
        }
        Kind::Tasks => "task_id account_id title due assignee done_at",
        Kind::Purchases => {
            "purchase_id account_id at currency amount cost category quantity channel refund_of"
        }
    }
}
