//! One step of a beginning, and how large it is.

use automerge::{ObjId, ObjType, ScalarValue, transaction::Transactable};

/// One write of a field, and where it goes.
pub struct Write {
    pub object: ObjId,
    pub key: String,
    pub value: ScalarValue,
}

/// What a beginning is made of.
pub enum Step {
    Put(Write),
    /// A thing at a key of a collection; its number among the things.
    Make {
        collection: ObjId,
        key: String,
        fields: Vec<(String, ScalarValue)>,
    },
}

impl Step {
    /// Returns how many operations it is, and about how many bytes.
    pub fn size(&self) -> (usize, usize) {
        match self {
            Self::Put(write) => (1, write.key.len() + bytes_of(&write.value)),
            Self::Make { key, fields, .. } => {
                let bytes = fields.iter().map(|(field, value)| field.len() + bytes_of(value));
                (1 + fields.len(), key.len() + bytes.sum::<usize>())
            }
        }
    }

    pub fn write(self, transaction: &mut impl Transactable) {
        const THERE: &str = "collections and things of this document are there";
        match self {
            Self::Put(Write { object, key, value }) => {
                transaction.put(object, key, value).expect(THERE);
            }
            Self::Make { collection, key, fields } => {
                let thing = transaction.put_object(collection, key, ObjType::Map).expect(THERE);
                for (field, value) in fields {
                    transaction.put(&thing, field, value).expect(THERE);
                }
            }
        }
    }
}

fn bytes_of(value: &ScalarValue) -> usize {
    match value {
        ScalarValue::Str(text) => text.len(),
        ScalarValue::Bytes(bytes) => bytes.len(),
        _ => 9,
    }
}
