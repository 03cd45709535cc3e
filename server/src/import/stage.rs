//! A file's rows into the staging table, each under the account it belongs to.

use super::{ImportFailure, progress::Progress, staging::Staging};
use exchange::{
    belonging::account_of, bundle::Outcome, context::Context, heading::Layout, mention::Mentioned,
    reading::Reading, reason::Fault, source::Source, summary::FileSummary,
};
use std::io::Read;

/// Stages rows and remembers who and where they speak of.
pub struct Stager<'a> {
    pub staging: &'a Staging,
    pub context: &'a Context,
    pub mentioned: Mentioned,
}

impl Stager<'_> {
    /// Stages every row of a file; those that cannot belong anywhere are reported.
    pub fn stage(
        &mut self,
        source: &mut Source<impl Read>,
        layout: &Layout,
        progress: &mut Progress,
    ) -> Result<FileSummary, ImportFailure> {
        let mut summary = FileSummary { name: layout.file.clone(), ..FileSummary::default() };
        let failed = |source| ImportFailure::File { path: layout.file.clone().into(), source };
        while let Some(row) = source.read_row().map_err(failed)? {
            summary.rows += 1;
            progress.add(1);
            let fault = match &row.cells {
                Ok(cells) => match self.stage_row(layout, row.line, cells)? {
                    Ok(()) => continue,
                    Err(fault) => fault,
                },
                Err(reason) => Fault::row(reason.clone()),
            };
            summary.refused += 1;
            let shown = row.shown();
            let shown: Vec<_> = shown.iter().map(String::as_str).collect();
            self.staging.report(
                (&layout.file, row.line),
                (Some(&fault), Outcome::RowRefused),
                &shown,
            )?;
        }
        Ok(summary)
    }

    fn stage_row(
        &mut self,
        layout: &Layout,
        line: u64,
        cells: &[&str],
    ) -> Result<Result<(), Fault>, ImportFailure> {
        let reading = Reading::new(layout, &cells);
        let mut deals = self.staging;
        let account = match account_of(layout.kind, &reading, self.context, &mut deals)? {
            Ok(account) => account,
            Err(fault) => return Ok(Err(fault)),
        };
        self.mentioned.note(layout.kind, &reading);
        self.staging.stage(account, (layout.kind, line), cells)?;
        Ok(Ok(()))
    }
}
