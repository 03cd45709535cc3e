//! Cutting what storage had into frames that are small enough.

use crate::{
    frame::{Down, RowItem},
    id::*,
    relay::output::StoredRow,
};
use minicbor::bytes::ByteVec;

/// The bytes of a page, its items' frames counted in.
pub const PAGE_BYTES: usize = 512 << 10;
/// What an item costs beside its bytes, at most.
pub const ITEM_BYTES: usize = 64;

/// Returns the page of rows after `from`. `head` is as far as may be told, `end` whether storage
/// had nothing after these, `digest` the digest at the head.
pub fn rows(
    from: Sequence,
    head: Sequence,
    digest: Digest,
    rows: Vec<StoredRow>,
    end: bool,
) -> (Down, bool) {
    let total = rows.len();
    let mut items = Vec::new();
    let (mut bytes, mut to) = (0, from);
    let mut early = 0;
    for row in rows {
        // Durable, but not told of yet: it comes with the next page.
        if row.sequence > head {
            early += 1;
            continue;
        }
        bytes += row.row.len() + ITEM_BYTES;
        if bytes > PAGE_BYTES && !items.is_empty() {
            break;
        }
        to = row.sequence;
        items.push(item(row));
    }
    let complete = (end || early > 0) && items.len() + early == total;
    let to = if complete { head } else { to };
    let digest = (complete && early == 0).then_some(digest);
    (Down::Rows { from, to, more: !complete, items, digest }, complete)
}

/// Returns the frame that tells of rows just committed, or nothing when they are too many for one.
pub fn live(from: Sequence, to: Sequence, digest: Digest, rows: &[StoredRow]) -> Option<Down> {
    let bytes: usize = rows.iter().map(|row| row.row.len() + ITEM_BYTES).sum();
    let items = || rows.iter().cloned().map(item).collect();
    (bytes <= PAGE_BYTES).then(|| Down::Rows {
        from,
        to,
        more: false,
        items: items(),
        digest: Some(digest),
    })
}

/// Returns the page of changes of a document after `after`.
pub fn changes(
    document: DocumentId,
    after: Sequence,
    head: Sequence,
    class: Option<Class>,
    found: Vec<(Sequence, Vec<u8>)>,
    end: bool,
    begins: Sequence,
) -> Down {
    let (mut bytes, mut to, mut last) = (0, after, end);
    let mut changes = Vec::new();
    for (sequence, change) in found {
        if sequence > head {
            break;
        }
        bytes += change.len() + ITEM_BYTES;
        if bytes > PAGE_BYTES && !changes.is_empty() {
            last = false;
            break;
        }
        to = sequence;
        changes.push(ByteVec::from(change));
    }
    let (class, begins) = (class.unwrap_or(Class(0)), some(begins));
    Down::Changes { document, class, after, to, changes, last, begins }
}

fn item(row: StoredRow) -> RowItem {
    RowItem {
        document: row.document,
        class: row.class,
        sequence: row.sequence,
        version: row.version,
        row: row.row.into(),
        begins: some(row.begins),
    }
}

/// Returns where a document was begun anew, if it ever was.
fn some(begins: Sequence) -> Option<Sequence> {
    (begins > Sequence(0)).then_some(begins)
}
