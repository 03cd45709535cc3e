//! Something a colleague has to do for an account.

use crate::{
    id::{PersonId, TaskId},
    time::{Day, Timestamp},
};
use minicbor::{Decode, Encode};

/// A task with its present state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub id: TaskId,
    pub title: String,
    pub due: Option<Day>,
    pub assignee: Option<PersonId>,
    /// When it was done; nothing while it is open.
    pub done_at: Option<Timestamp>,
}

/// What is known of a task when it is added.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct NewTask {
    #[n(0)]
    pub title: String,
    #[n(1)]
    pub due: Option<Day>,
    #[n(2)]
    pub assignee: Option<PersonId>,
}
