//! One device: a person, a disk, a clock that may be wrong, one or two tabs.

use crate::world::{disk::Disk, tab::Tab};
use domain::id::PersonId;
use sync::id::DeviceId;

pub struct Device {
    pub id: DeviceId,
    pub person: PersonId,
    pub disk: Disk,
    pub tabs: Vec<Option<Tab>>,
    /// The tab that may speak with the relay.
    pub leader: Option<usize>,
    /// How far the clock is off.
    pub skew_ms: i64,
    /// Whether the screen is on: otherwise nothing on the device runs.
    pub awake: bool,
    /// Whether there is a line.
    pub online: bool,
    pub pin_bytes: u64,
    /// Whether its storage has lost rows; a tab then finds that out, and asks for all.
    pub lost_rows: bool,
}

impl Device {
    pub fn new(id: [u8; 16], person: [u8; 16], tabs: usize, pin_bytes: u64) -> Self {
        Self {
            id: DeviceId(id),
            person: PersonId(person),
            disk: Disk::default(),
            tabs: (0..tabs).map(|_| None).collect(),
            leader: None,
            skew_ms: 0,
            awake: false,
            online: true,
            pin_bytes,
            lost_rows: false,
        }
    }

    /// Returns whether there is such a tab, and it is not frozen.
    pub fn runs(&self, tab: usize) -> bool {
        self.tabs[tab].as_ref().is_some_and(|tab| tab.frozen.is_none())
    }
}
