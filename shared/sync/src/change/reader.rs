//! Reading variable-length numbers and stretches of bytes, never past the end.

use super::Unfit;

#[derive(Clone, Copy)]
pub struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub fn rest(&mut self) -> &'b [u8] {
        std::mem::take(&mut self.bytes)
    }

    pub fn take(&mut self, length: usize) -> Result<&'b [u8], Unfit> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(Unfit::Malformed)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Unfit> {
        self.take(1).map(|byte| byte[0])
    }

    /// Reads an unsigned number of at most 64 bits.
    pub fn unsigned(&mut self) -> Result<u64, Unfit> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return Err(Unfit::Malformed);
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Unfit::Malformed)
    }

    /// Reads an unsigned number; one above the limit is too large.
    pub fn unsigned_up_to(&mut self, limit: u64) -> Result<u64, Unfit> {
        let value = self.unsigned()?;
        if value > limit { Err(Unfit::TooLarge) } else { Ok(value) }
    }

    /// Reads a signed number of at most 64 bits.
    pub fn signed(&mut self) -> Result<i64, Unfit> {
        let mut value = 0i64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let unused = 64 - (shift + 7);
                let negative = byte & 0x40 != 0 && unused > 0;
                return Ok(if negative { value | -1 << (shift + 7) } else { value });
            }
        }
        Err(Unfit::Malformed)
    }
}

pub fn write_unsigned(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
