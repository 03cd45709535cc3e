//! The rows of a book, as a relay projects them.

use domain::{configuration::Configuration, row::AccountRow, time::Day};
use server::{demo, storage::home::Home};
use std::{error::Error, path::Path};
use sync::{frame::RowItem, id::Scope};

/// The rows as bytes, and the configuration.
pub struct Projected {
    pub rows: Vec<Vec<u8>>,
    pub configuration: Configuration,
}

/// Brings the book, moved to end the day before `today`, into a workspace of its own.
pub fn project(book: &Path, today: Day) -> Result<Projected, Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("tessera-rows-{}", std::process::id()));
    let projected = project_in(book, &folder, today);
    std::fs::remove_dir_all(&folder)?;
    projected
}

fn project_in(book: &Path, folder: &Path, today: Day) -> Result<Projected, Box<dyn Error>> {
    let home = Home::open(folder)?;
    demo::prepare(&home, book, today)?;
    let workspace = home.workspace(demo::WORKSPACE)?.ok_or("no workspace was made")?;
    let store = home.open_store(&workspace)?;
    let mut projected = Projected { rows: Vec::new(), configuration: Configuration::beginning() };
    let take = |item: RowItem| match item.class.0 {
        class if class == documents::class::Class::Account as u8 => {
            projected.rows.push(item.row.to_vec());
        }
        class if class == documents::class::Class::Configuration as u8 => {
            projected.configuration = Configuration::decode(&item.row).unwrap_or_default();
        }
        _ => {}
    };
    store.durable().each_row(Scope(0), take)?;
    Ok(projected)
}

impl Projected {
    /// Reads the rows, as a tablet has them in memory.
    pub fn decode(&self) -> Vec<AccountRow> {
        self.rows.iter().filter_map(|row| AccountRow::decode(row)).collect()
    }
}
