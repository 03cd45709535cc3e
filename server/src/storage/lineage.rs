//! Documents begun anew: what lies before in the log is kept, and is no part of them.

use super::{
    StorageFailure, failpoint, reader::number, schema::WORKSPACE_VERSION_BEGUN, store::Store,
    while_attempting,
};
use rusqlite::params;
use sync::id::{DocumentId, Sequence};

impl Store {
    /// Notes, in the open transaction, that the document begins at that place of the log, and that the
    /// new beginning ends at the other. To note it again does no harm. What a snapshot stood for is no
    /// part of the document any more, and no older relay may serve the file.
    pub fn begin_anew(
        &mut self,
        document: DocumentId,
        (begins, ends): (Sequence, Sequence),
    ) -> Result<(), StorageFailure> {
        const NOTE: &str = "INSERT INTO lineage VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        let attempt = "note a new beginning";
        failpoint::reach(attempt)?;
        let connection = self.connection();
        let document = &document.0[..];
        let places = params![document, number(begins), number(ends)];
        let noted = connection.prepare_cached(NOTE).and_then(|mut note| note.execute(places));
        if noted.map_err(while_attempting(attempt))? == 0 {
            return Ok(());
        }
        failpoint::pass();
        connection
            .execute("DELETE FROM snapshot WHERE document = ?1", [document])
            .and_then(|_| connection.pragma_update(None, "user_version", WORKSPACE_VERSION_BEGUN))
            .map_err(while_attempting(attempt))
    }
}
