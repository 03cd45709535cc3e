//! Noticing that the browser has cleared this tablet's storage, and what went with it.
//!
//! A cookie says how many edits the relay had not acknowledged: the browser leaves cookies alone
//! when it makes room. A fresh database that meets such a cookie replaced one that was cleared.

use super::core::Core;
use crate::{browser::cookies, session::Session};
use leptos::prelude::*;

/// Looks whether a database was here before the one that is open now, which has no device yet.
pub fn look(core: &Core, fresh: bool) {
    let (unsent, cleared) = (unsent_name(&core.session), cleared_name(&core.session));
    if let (true, Some(count)) = (fresh, cookies::read(&unsent)) {
        cookies::write(&cleared, &count);
    }
    core.shown.cleared.set(number(&cleared));
    count(core, core.outbox.borrow().unsent().len() as u32);
}

/// Notes how many edits the relay has not acknowledged.
pub fn count(core: &Core, unsent: u32) {
    let name = unsent_name(&core.session);
    // Without storage nothing is kept that could be cleared.
    if core.storage.is_some() && number(&name) != Some(unsent) {
        cookies::write(&name, &unsent.to_string());
    }
}

/// Stops telling of it: the person knows.
pub fn acknowledge(core: &Core) {
    cookies::remove(&cleared_name(&core.session));
    core.shown.cleared.set(None);
}

fn number(name: &str) -> Option<u32> {
    cookies::read(name)?.parse().ok()
}

fn unsent_name(session: &Session) -> String {
    format!("tessera-unsent-{}-{}", session.workspace, session.person)
}

fn cleared_name(session: &Session) -> String {
    format!("tessera-cleared-{}-{}", session.workspace, session.person)
}
