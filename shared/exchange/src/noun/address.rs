//! A row of addresses, as exports tell it.

use crate::{context::Context, field, reading::Reading, reason::Fault};
use domain::{account::Address, id::AddressId};

/// Reads a row of addresses.
pub fn read(reading: &mut Reading<'_>, context: &Context) -> Result<(AddressId, Address), Fault> {
    let external = reading.needed("address_id", field::line)?;
    let lines = reading.text("lines").unwrap_or_default();
    let address = Address {
        lines: lines.lines().map(str::to_owned).collect(),
        city: reading.needed("city", field::line)?,
        region: reading.optional("region", field::line),
        postal_code: reading.optional("postal_code", field::line),
        country: reading.optional("country", field::country),
        removed: None,
    };
    Ok((AddressId(context.identity.id("address", &external)), address))
}
