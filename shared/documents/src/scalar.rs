//! Single values as Automerge keeps them.
//!
//! Texts, days and marks are scalars of their own kind; ids are bytes; a choice is its number;
//! what must not come apart (money, an address, anything written once) is one string of CBOR.

use automerge::ScalarValue;
use domain::{
    account::{Address, LifecycleStage, PartyType},
    activity::Activity,
    configuration::Person,
    contact::ContactPoint,
    deal::{NextStep, StageEvent},
    enquiry::Enquiry,
    id::{BroughtId, ContactId, PersonId, StageEventId},
    money::Money,
    pipeline::Stage,
    purchase::Purchase,
    setting::Setting,
    task::TaskKind,
    time::{Day, Timestamp},
};

/// A value that is written whole and never merged.
pub(crate) trait Scalar: Sized {
    fn to_scalar(&self) -> ScalarValue;
    /// Reads the value, or nothing when it is of a kind this release does not know.
    fn from_scalar(scalar: &ScalarValue) -> Option<Self>;
}

impl Scalar for String {
    fn to_scalar(&self) -> ScalarValue {
        self.as_str().into()
    }
    fn from_scalar(scalar: &ScalarValue) -> Option<Self> {
        scalar.as_str().map(str::to_owned)
    }
}

impl Scalar for bool {
    fn to_scalar(&self) -> ScalarValue {
        (*self).into()
    }
    fn from_scalar(scalar: &ScalarValue) -> Option<Self> {
        scalar.as_bool()
    }
}

impl Scalar for Timestamp {
    fn to_scalar(&self) -> ScalarValue {
        self.0.into()
    }
    fn from_scalar(scalar: &ScalarValue) -> Option<Self> {
        scalar.as_i64().map(Self)
    }
}

impl Scalar for Day {
    fn to_scalar(&self) -> ScalarValue {
        i64::from(self.0).into()
    }
    fn from_scalar(scalar: &ScalarValue) -> Option<Self> {
        scalar.as_i64().and_then(|days| i32::try_from(days).ok()).map(Self)
    }
}

/// Nothing is written as null, never deleted: a deletion hides from a simultaneous write.
impl<T: Scalar> Scalar for Option<T> {
    fn to_scalar(&self) -> ScalarValue {
        self.as_ref().map_or(ScalarValue::Null, T::to_scalar)
    }
    fn from_scalar(scalar: &ScalarValue) -> Option<Self> {
        if scalar.is_null() { Some(None) } else { T::from_scalar(scalar).map(Some) }
    }
}

macro_rules! ids {
    ($($name:ident),*) => {$(
        impl Scalar for $name {
            fn to_scalar(&self) -> ScalarValue {
                self.0.to_vec().into()
            }
            fn from_scalar(scalar: &ScalarValue) -> Option<Self> {
                scalar.as_bytes().and_then(|bytes| bytes.try_into().ok()).map(Self)
            }
        }
    )*};
}
ids!(PersonId, ContactId, StageEventId);

macro_rules! choices {
    ($($name:ident),*) => {$(
        impl Scalar for $name {
            fn to_scalar(&self) -> ScalarValue {
                minicbor::decode::<u64>(&cbor(self)).expect("a choice is encoded as its number").into()
            }
            fn from_scalar(scalar: &ScalarValue) -> Option<Self> {
                minicbor::decode(&cbor(&scalar.as_u64()?)).ok()
            }
        }
    )*};
}
choices!(LifecycleStage, PartyType, TaskKind);

macro_rules! whole {
    ($($name:ident),*) => {$(
        impl Scalar for $name {
            fn to_scalar(&self) -> ScalarValue {
                cbor(self).into()
            }
            fn from_scalar(scalar: &ScalarValue) -> Option<Self> {
                minicbor::decode(scalar.as_bytes()?).ok()
            }
        }
    )*};
}
/// What one piece of an import brought in.
type Brought = Vec<BroughtId>;
whole!(
    Brought,
    Money,
    Address,
    Activity,
    ContactPoint,
    StageEvent,
    NextStep,
    Enquiry,
    Purchase,
    Person,
    Stage,
    Setting
);

fn cbor<T: minicbor::Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing to memory cannot fail")
}
