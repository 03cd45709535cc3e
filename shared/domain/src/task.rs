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
    pub kind: TaskKind,
    pub due: Option<Day>,
    pub assignee: Option<PersonId>,
    /// When it was done; nothing while it is open.
    pub done_at: Option<Timestamp>,
}

/// What kind of thing is to be done; a visit to do is a planned visit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum TaskKind {
    #[default]
    #[n(0)]
    ToDo,
    #[n(1)]
    Call,
    #[n(2)]
    Visit,
    #[n(3)]
    Message,
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
    /// Something to do, where nothing is said.
    #[n(3)]
    pub kind: Option<TaskKind>,
}
