//! A row of tasks, as exports tell it.

use crate::{context::Context, field, reading::Reading, reason::Fault};
use domain::{edit::AccountEdit, id::TaskId, task::NewTask, time::Timestamp};

/// A row of tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskRow {
    pub id: TaskId,
    pub task: NewTask,
    pub done_at: Option<Timestamp>,
}

/// Reads a row of tasks.
pub fn read(reading: &mut Reading<'_>, context: &Context) -> Result<TaskRow, Fault> {
    let external = reading.needed("task_id", field::line)?;
    let task = NewTask {
        title: reading.needed("title", field::line)?,
        due: reading.optional_day("due"),
        assignee: reading.optional("assignee", |name| context.person(name)),
        kind: None,
    };
    let done_at = reading.optional_timestamp("done_at");
    Ok(TaskRow { id: TaskId(context.identity.id("task", &external)), task, done_at })
}

impl TaskRow {
    /// Returns the edits that add the task.
    pub fn edits(self) -> Vec<AccountEdit> {
        let mut edits = vec![AccountEdit::AddTask(self.id, self.task)];
        if self.done_at.is_some() {
            edits.push(AccountEdit::CompleteTask(self.id, self.done_at));
        }
        edits
    }
}
