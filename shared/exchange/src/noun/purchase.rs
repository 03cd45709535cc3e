//! A row of purchases: a purchase or a refund.

use crate::{
    context::Context,
    field, number,
    reading::Reading,
    reason::{Fault, Reason},
};
use domain::{id::PurchaseId, money::Currency, purchase::Purchase};

/// Reads a row of purchases.
pub fn read(reading: &mut Reading<'_>, context: &Context) -> Result<(PurchaseId, Purchase), Fault> {
    let form = reading.form();
    let external = reading.needed("purchase_id", field::line)?;
    let currency = reading.needed("currency", |text| {
        text.to_ascii_uppercase().parse::<Currency>().map_err(Reason::Money)
    })?;
    let purchase = Purchase {
        at: reading.needed_timestamp("at")?,
        amount: reading.needed("amount", |text| number::money(text, currency, &form))?,
        category: reading.optional("category", field::line),
        quantity: reading.optional("quantity", field::whole),
        channel: reading.optional("channel", field::line),
        refund_of: reading
            .optional("refund_of", |text| Ok(PurchaseId(context.identity.id("purchase", text)))),
        cost: reading.optional("cost", |text| number::money(text, currency, &form)),
    };
    Ok((PurchaseId(context.identity.id("purchase", &external)), purchase))
}
