//! A change taken apart into its fields and columns, and put together again with its length and
//! checksum right.

use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The kind of chunk a change is.
pub const CHANGE: u8 = 1;

/// The fields of a change, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    pub kind: u8,
    pub dependencies: Vec<Vec<u8>>,
    pub actor: Vec<u8>,
    pub sequence: u64,
    pub start: u64,
    pub time: i64,
    pub message: Vec<u8>,
    pub others: Vec<Vec<u8>>,
    /// Each with its specification.
    pub columns: Vec<(u64, Vec<u8>)>,
    /// What follows the columns; nothing in an honest change.
    pub rest: Vec<u8>,
}

impl Chunk {
    /// Takes a change apart, or nothing when it is none.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let kind = *bytes.get(8)?;
        let mut reader = Reader(bytes.get(9..)?);
        let length = reader.unsigned()?;
        reader = Reader(reader.take(length)?);
        let dependencies =
            (0..reader.unsigned()?).map(|_| Some(reader.take(32)?.to_vec())).collect::<Option<_>>();
        let (dependencies, actor) = (dependencies?, reader.prefixed()?);
        let (sequence, start, time) = (reader.unsigned()?, reader.unsigned()?, reader.signed()?);
        let message = reader.prefixed()?;
        let others = (0..reader.unsigned()?).map(|_| reader.prefixed()).collect::<Option<_>>()?;
        let heads: Vec<_> = (0..reader.unsigned()?)
            .map(|_| Some((reader.unsigned()?, reader.unsigned()?)))
            .collect::<Option<_>>()?;
        let columns = heads
            .into_iter()
            .map(|(specification, length)| Some((specification, reader.take(length)?.to_vec())))
            .collect::<Option<_>>()?;
        let rest = reader.0.to_vec();
        Some(Self {
            kind,
            dependencies,
            actor,
            sequence,
            start,
            time,
            message,
            others,
            columns,
            rest,
        })
    }

    /// Puts the change together.
    pub fn bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        unsigned(&mut body, self.dependencies.len() as u64);
        self.dependencies.iter().for_each(|hash| body.extend(hash));
        prefixed(&mut body, &self.actor);
        unsigned(&mut body, self.sequence);
        unsigned(&mut body, self.start);
        signed(&mut body, self.time);
        prefixed(&mut body, &self.message);
        unsigned(&mut body, self.others.len() as u64);
        self.others.iter().for_each(|actor| prefixed(&mut body, actor));
        unsigned(&mut body, self.columns.len() as u64);
        for (specification, column) in &self.columns {
            unsigned(&mut body, *specification);
            unsigned(&mut body, column.len() as u64);
        }
        self.columns.iter().for_each(|(_, column)| body.extend(column));
        body.extend(&self.rest);
        sealed(self.kind, &body)
    }

    /// Returns the hash that names the change.
    pub fn hash(&self) -> [u8; 32] {
        let bytes = self.bytes();
        let mut reader = Reader(&bytes[9..]);
        let body = reader.unsigned().map_or(&[][..], |_| reader.0);
        hash(self.kind, body)
    }

    /// Returns the column of that specification, which is there afterwards.
    pub fn column(&mut self, specification: u64) -> &mut Vec<u8> {
        let place = match self.columns.iter().position(|(found, _)| *found >= specification) {
            Some(place) if self.columns[place].0 == specification => place,
            place => {
                let place = place.unwrap_or(self.columns.len());
                self.columns.insert(place, (specification, Vec::new()));
                place
            }
        };
        &mut self.columns[place].1
    }
}

/// Returns a chunk around a body, its length and checksum right.
pub fn sealed(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(&hash(kind, body)[..4]);
    bytes.push(kind);
    unsigned(&mut bytes, body.len() as u64);
    bytes.extend(body);
    bytes
}

/// Returns what lies between a chunk's head and its end.
pub fn body(bytes: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader(bytes.get(9..)?);
    reader.unsigned()?;
    Some(reader.0)
}

fn hash(kind: u8, body: &[u8]) -> [u8; 32] {
    let mut head = vec![kind];
    unsigned(&mut head, body.len() as u64);
    let mut hasher = Sha256::new();
    hasher.update(&head);
    hasher.update(body);
    hasher.finalize().into()
}

pub fn unsigned(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub fn signed(out: &mut Vec<u8>, mut value: i64) {
    loop {
        let byte = value as u8 & 0x7f;
        value >>= 7;
        if (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0) {
            return out.push(byte);
        }
        out.push(byte | 0x80);
    }
}

/// Writes a length and so many bytes.
pub fn prefixed(out: &mut Vec<u8>, bytes: &[u8]) {
    unsigned(out, bytes.len() as u64);
    out.extend(bytes);
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, length: u64) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let mut value = 0i64;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let negative = byte & 0x40 != 0 && shift < 57;
                return Some(if negative { value | -1 << (shift + 7) } else { value });
            }
        }
        None
    }

    fn prefixed(&mut self) -> Option<Vec<u8>> {
        let length = self.unsigned()?;
        self.take(length).map(<[u8]>::to_vec)
    }
}
