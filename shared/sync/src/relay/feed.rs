//! What a connection is owed: rows up to the head, and the documents it asked for.

use crate::{
    frame::{self, Down, Form, Want},
    id::*,
    relay::{
        Relay,
        input::*,
        output::*,
        page::{self, PAGE_BYTES},
        peer::Feed,
    },
};

impl Relay {
    /// Asks storage for the next thing a connection is owed, while there is room on its way.
    pub(super) fn pump(&mut self, connection: Connection) {
        let number = self.next_number();
        let mark = self.log.durable();
        let Some(peer) = self.peers.get_mut(&connection).filter(|peer| peer.has_room()) else {
            return;
        };
        let Some(greeted) = &mut peer.greeted else { return };
        if let Feed::Behind(after) = greeted.feed {
            let (load, digest, head) = (LoadId(number), mark.digest, mark.sequence);
            greeted.feed = Feed::Loading { load, after, digest, head };
            let query = Query::Rows { scope: WORKSPACE, after, bytes_max: PAGE_BYTES };
            self.out.push(RelayOutput::Load { load, query });
            return;
        }
        if greeted.pulling.is_some() {
            return;
        }
        if let Some(want) = greeted.wants.pop_front() {
            let load = LoadId(number);
            greeted.pulling = Some((load, want));
            let (document, after, kept) = (want.document, want.after, want.begins);
            let form = want.form.unwrap_or(Form::Changes);
            let query = Query::Changes { document, after, kept, form, bytes_max: PAGE_BYTES };
            self.out.push(RelayOutput::Load { load, query });
        }
    }

    /// Takes in what storage had for a connection; `None` when it could not be read.
    pub(super) fn loaded_for_peer(&mut self, load: LoadId, loaded: Option<Loaded>) {
        let head = self.log.durable().sequence;
        let found = self.peers.iter_mut().find_map(|(connection, peer)| {
            let greeted = peer.greeted.as_mut()?;
            match greeted.feed {
                Feed::Loading { load: asked, after, digest, head } if asked == load => {
                    Some((*connection, Owed::Rows { after, digest, head }))
                }
                _ => {
                    let (_, want) = greeted.pulling.take_if(|(asked, _)| *asked == load)?;
                    Some((*connection, Owed::Changes(want)))
                }
            }
        });
        let Some((connection, owed)) = found else { return };
        match (owed, loaded) {
            (Owed::Rows { after, digest, head }, Some(Loaded::Rows { rows, end })) => {
                let (page, complete) = page::rows(after, head, digest, rows, end);
                self.send(connection, &page);
                self.advance(connection, if complete { Feed::Live(head) } else { Feed::Paused });
            }
            (Owed::Changes(want), Some(Loaded::Changes { class, changes, end, begins })) => {
                let Want { document, after, begins: kept, .. } = want;
                let mut page = page::changes(document, after, head, class, changes, end, begins);
                // It keeps what it has, which is what the document was, and asks no further.
                if let (None, Down::Changes { to, .. }) =
                    (changes_after(after, kept, begins), &mut page)
                {
                    *to = head;
                }
                self.send(connection, &page);
                self.pump(connection);
            }
            // What cannot be read is not made up: the device comes back later.
            _ => self.part_with(connection, None),
        }
    }

    /// Tells every connection of rows just committed; those that are behind come to them later.
    pub(super) fn fan_out(&mut self, from: Sequence, to: Sequence, rows: &[StoredRow]) {
        let digest = self.log.durable().digest;
        let live = page::live(from, to, digest, rows).map(|page| frame::encode(&page));
        for connection in self.peers.keys().copied().collect::<Vec<_>>() {
            let Some(peer) = self.peers.get_mut(&connection) else { continue };
            let room = peer.has_room();
            let Some(greeted) = &mut peer.greeted else { continue };
            match (greeted.feed, &live) {
                (Feed::Live(cursor), Some(page)) if cursor == from && room => {
                    greeted.feed = Feed::Live(to);
                    self.send_encoded(connection, page.clone());
                }
                (Feed::Live(cursor), _) if cursor < to => {
                    greeted.feed = Feed::Behind(cursor);
                    self.pump(connection);
                }
                _ => (),
            }
        }
    }

    fn advance(&mut self, connection: Connection, feed: Feed) {
        let head = self.log.durable().sequence;
        let peer = self.peers.get_mut(&connection);
        if let Some(greeted) = peer.and_then(|peer| peer.greeted.as_mut()) {
            greeted.feed = match feed {
                Feed::Live(cursor) if cursor < head => Feed::Behind(cursor),
                feed => feed,
            };
            self.pump(connection);
        }
    }
}

enum Owed {
    Rows { after: Sequence, digest: Digest, head: Sequence },
    Changes(Want),
}
