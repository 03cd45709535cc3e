//! Every address of the app, as one enum: read, write, link.

use domain::id::AccountId;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    Accounts,
    Account(AccountId),
    Deals,
    SyncCentre,
    Settings,
}

impl Route {
    pub fn path(self) -> String {
        match self {
            Self::Accounts => "/accounts".to_owned(),
            Self::Account(account) => format!("/accounts/{account}"),
            Self::Deals => "/deals".to_owned(),
            Self::SyncCentre => "/sync".to_owned(),
            Self::Settings => "/settings".to_owned(),
        }
    }
}
