//! What is sold: the catalogue of a workspace.

use crate::{
    id::ProductId,
    money::Money,
    setting::{Setting, SettingConflict, Subject},
};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// The catalogue as it stands after any merge.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Catalogue {
    #[n(0)]
    pub products: BTreeMap<ProductId, Product>,
    /// Guarded settings two people set at once and nobody has settled yet.
    #[n(1)]
    pub conflicts: Vec<SettingConflict>,
}

/// Something sold.
///
/// What it costs the company is for some eyes only. Everybody receives the catalogue, so the cost
/// is to move to a restricted document with a scope of its own before rights are given by role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Product {
    #[n(0)]
    pub name: String,
    #[n(1)]
    pub code: Option<String>,
    #[n(2)]
    pub category: Option<String>,
    /// What it is counted in, such as `hour`.
    #[n(3)]
    pub unit: Option<String>,
    /// Guarded.
    #[n(4)]
    pub price: Option<Money>,
    /// Guarded.
    #[n(5)]
    pub cost: Option<Money>,
    #[n(6)]
    pub archived: Option<bool>,
}

impl Catalogue {
    /// Takes in a setting; one that is not about a product changes nothing.
    pub fn take(&mut self, subject: &Subject, setting: &Setting) {
        let Subject::Product(id) = subject else { return };
        let product = self.products.entry(*id).or_default();
        match setting.clone() {
            Setting::Name(name) => product.name = name,
            Setting::Code(code) => product.code = code,
            Setting::Category(category) => product.category = category,
            Setting::Unit(unit) => product.unit = unit,
            Setting::Price(price) => product.price = price,
            Setting::Cost(cost) => product.cost = cost,
            Setting::Archived(archived) => product.archived = archived.then_some(true),
            _ => {}
        }
    }

    /// Returns the bytes of the catalogue as a row: every device has all of it at hand.
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    /// Reads a catalogue from its row, or nothing when the bytes are not one.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}
