//! Documents opened before, so that opening one again costs only what has come since.

use documents::{class::Class as Kind, document::Document};
use std::{collections::BTreeMap, sync::Arc};
use sync::id::*;

/// Documents as far as they were read, each with what was read.
#[derive(Default)]
pub struct Opened(BTreeMap<DocumentId, (Read, Document)>);

/// The changes a document was read from, in order.
type Read = Vec<Arc<[u8]>>;

impl Opened {
    /// Opens a document from its changes. What is missing a dependency is kept aside.
    pub fn open(
        &mut self,
        document: DocumentId,
        class: Class,
        changes: &[Arc<[u8]>],
    ) -> Option<Document> {
        let kind = Kind::from_number(class.0)?;
        let fresh = || (Vec::new(), Document::new(kind, document.0));
        let (read, opened) = self.0.entry(document).or_insert_with(fresh);
        // What was read is not what is there now: the disk went back.
        if !changes.starts_with(read) {
            (*read, *opened) = fresh();
        }
        let later = &changes[read.len()..];
        if !later.is_empty() {
            let _ = opened.take_in(later);
            read.extend(later.iter().cloned());
        }
        Some(opened.clone())
    }
}
