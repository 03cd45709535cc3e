//! The catalogue document.
//!
//! | Field | Automerge kind | Two simultaneous edits | Why that is right |
//! |---|---|---|---|
//! | settings | map: product/field → one value | both stay; of the same field the latest | a name and a unit are decided apart |
//! | settings: price, cost | the same, guarded | the latest is shown, all are kept until a person chooses | an offer is made of it |

use crate::{class::Class, settings};
use automerge::{Automerge, transaction::Transaction};
use domain::{edit::CatalogueEdit, product::Catalogue, refusal::Refusal, setting::Subject};

/// Returns the catalogue as it stands.
pub(crate) fn read(document: &Automerge) -> Catalogue {
    let mut catalogue = Catalogue::default();
    catalogue.conflicts = settings::read(document, Class::Catalogue, |subject, setting| {
        catalogue.take(subject, setting);
    });
    catalogue
}

/// Writes `edit` and takes it into the catalogue as it stands, or refuses and does neither.
pub(crate) fn write(
    transaction: &mut Transaction<'_>,
    stands: &mut Catalogue,
    edit: &CatalogueEdit,
) -> Result<(), Refusal> {
    let CatalogueEdit::Set(product, setting) = edit.admit(stands)?;
    let subject = Subject::Product(product);
    stands.take(&subject, &setting);
    settings::write(transaction, Class::Catalogue, subject, setting)
}
