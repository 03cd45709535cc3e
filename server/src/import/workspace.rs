//! Which workspace is meant when none is named: the only one there is.

use crate::storage::{StorageFailure, home::Home};

/// What a first workspace is called when nobody says.
const FIRST: &str = "main";

/// Why no workspace can be told.
#[derive(Debug, thiserror::Error)]
pub enum Unclear {
    #[error("there are several workspaces, so that --workspace has to name one of {0}")]
    Several(String),
    #[error("a workspace's name is one line of 1 to 200 characters")]
    Name,
    #[error(transparent)]
    Storage(#[from] StorageFailure),
}

/// Returns the name of the workspace meant.
pub fn meant(home: &Home, named: Option<&str>) -> Result<String, Unclear> {
    if let Some(name) = named {
        let name = domain::value::line(name).map_err(|_| Unclear::Name)?;
        return if name.chars().count() <= 200 { Ok(name.to_owned()) } else { Err(Unclear::Name) };
    }
    let mut names: Vec<_> = home.workspaces()?.into_iter().map(|known| known.name).collect();
    match names.len() {
        0 => Ok(FIRST.to_owned()),
        1 => Ok(names.remove(0)),
        _ => Err(Unclear::Several(names.join(", "))),
    }
}
