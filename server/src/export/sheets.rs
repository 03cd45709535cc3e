//! The files of an export, open side by side, each with its headings.

use super::{ExportFailure, cell};
use crate::import::kind::Kind;
use csv::Writer;
use std::{
    collections::BTreeMap,
    fs::File,
    io,
    path::{Path, PathBuf},
};

/// The open files.
pub struct Sheets {
    sheets: BTreeMap<Kind, Sheet>,
}

struct Sheet {
    path: PathBuf,
    writer: Writer<File>,
    rows: u64,
}

impl Sheets {
    pub fn create(folder: &Path) -> Result<Self, ExportFailure> {
        let mut sheets = BTreeMap::new();
        for kind in Kind::ALL {
            let path = folder.join(format!("{}.csv", kind.stem()));
            let failed = |source| ExportFailure::File { path: path.clone(), source };
            let mut writer = Writer::from_writer(File::create(&path).map_err(failed)?);
            let headings = headings(kind).split(' ');
            writer.write_record(headings).map_err(|source| failed(source.into()))?;
            sheets.insert(kind, Sheet { path, writer, rows: 0 });
        }
        Ok(Self { sheets })
    }

    /// Writes a row, no cell of it a formula.
    pub fn write<const N: usize>(
        &mut self,
        kind: Kind,
        cells: [String; N],
    ) -> Result<(), ExportFailure> {
        assert_eq!(N, headings(kind).split(' ').count(), "a cell for every heading");
        let sheet = self.sheets.get_mut(&kind).expect("there is a sheet of every kind");
        let safe = cells.iter().map(|text| cell::defuse(text));
        let written = sheet.writer.write_record(safe.map(|cell| cell.into_owned()));
        sheet.rows += 1;
        written.map_err(|source| failed(&sheet.path, source.into()))
    }

    /// Flushes every file and returns how many rows each has.
    pub fn finish(self) -> Result<BTreeMap<String, u64>, ExportFailure> {
        let mut rows = BTreeMap::new();
        for (kind, mut sheet) in self.sheets {
            sheet.writer.flush().map_err(|source| failed(&sheet.path, source))?;
            let file = sheet.writer.into_inner();
            let file = file.map_err(|failure| failed(&sheet.path, failure.into_error()))?;
            file.sync_all().map_err(|source| failed(&sheet.path, source))?;
            rows.insert(format!("{}.csv", kind.stem()), sheet.rows);
        }
        Ok(rows)
    }
}

fn failed(path: &Path, source: io::Error) -> ExportFailure {
    ExportFailure::File { path: path.to_owned(), source }
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
