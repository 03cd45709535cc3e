//! Every address of the app, as one enum: read, write, link.

use analytics::boards::Which;
use domain::id::{AccountId, SegmentId};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    Today,
    Accounts,
    Account(AccountId),
    Deals,
    Dashboard,
    /// A dashboard over accounts.
    Board(Which),
    Segments,
    Segment(SegmentId),
    SyncCentre,
    Settings,
    BringIn,
}

impl Route {
    pub fn path(self) -> String {
        match self {
            Self::Today => "/today".to_owned(),
            Self::Accounts => "/accounts".to_owned(),
            Self::Account(account) => format!("/accounts/{account}"),
            Self::Deals => "/deals".to_owned(),
            Self::Dashboard => "/dashboard".to_owned(),
            Self::Board(which) => format!("/dashboard/{}", which.code()),
            Self::Segments => "/dashboard/segments".to_owned(),
            Self::Segment(segment) => format!("/dashboard/segments?of={segment}"),
            Self::SyncCentre => "/sync".to_owned(),
            Self::BringIn => "/bring-in".to_owned(),
            Self::Settings => "/settings".to_owned(),
        }
    }
}
