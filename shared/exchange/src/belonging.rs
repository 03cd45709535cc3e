//! Which account a row belongs to, told by what stands in the row and by the deals read before.

use crate::{
    context::Context,
    field,
    kind::Kind,
    noun::{deal, lead, stage_event},
    reading::Reading,
    reason::{Fault, Reason},
};
use domain::id::{AccountId, DealId};

/// Which account each deal belongs to: its history does not say. The first to say it is right.
pub trait DealOwners {
    type Failure;

    /// Remembers which account a deal belongs to.
    fn own(&mut self, deal: DealId, account: AccountId) -> Result<(), Self::Failure>;

    /// Returns the account a deal belongs to.
    fn owner(&self, deal: DealId) -> Result<Option<AccountId>, Self::Failure>;
}

/// Returns the account a row belongs to, or why none can be told.
pub fn account_of<D: DealOwners>(
    kind: Kind,
    reading: &Reading<'_>,
    context: &Context,
    deals: &mut D,
) -> Result<Result<AccountId, Fault>, D::Failure> {
    let named = || {
        let external = reading.needed("account_id", field::line)?;
        Ok(AccountId(context.identity.id("account", &external)))
    };
    Ok(match kind {
        Kind::Leads => lead::account_of(reading, context),
        Kind::StageHistory => match stage_event::deal_of(reading, context) {
            Ok(deal) => {
                deals.owner(deal)?.ok_or_else(|| reading.fault("deal_id", Reason::NoSuchDeal))
            }
            Err(fault) => Err(fault),
        },
        Kind::Deals => match (named(), deal::id_of(reading, context)) {
            (Ok(account), Ok(deal)) => {
                deals.own(deal, account)?;
                Ok(account)
            }
            (Err(fault), _) | (_, Err(fault)) => Err(fault),
        },
        _ => named(),
    })
}
