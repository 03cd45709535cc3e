//! Bytes of a file in any encoding → UTF-8, as a stream.
//!
//! What is not text in the file's encoding comes out as the byte `0xFF`, which is never UTF-8: the
//! row it stands in is refused by the reader, nothing is replaced in silence.

use crate::encoding::Encoding;
use encoding_rs::{Decoder, DecoderResult};
use std::io::{self, BufRead, Read};

const NOT_TEXT: u8 = 0xFF;
const CHUNK_BYTES: usize = 64 * 1024;

/// Reads any supported encoding as UTF-8.
pub enum Utf8<R> {
    Plain(R),
    Recoded(Box<Recoder<R>>),
}

impl<R: BufRead> Utf8<R> {
    /// Reads bytes of that encoding, and leaves a byte order mark out.
    pub fn new(mut bytes: R, encoding: Encoding) -> io::Result<Self> {
        let mark_bytes = match bytes.fill_buf()? {
            [0xEF, 0xBB, 0xBF, ..] => 3,
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => 2,
            _ => 0,
        };
        let legacy = !matches!(encoding, Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be);
        bytes.consume(if legacy { 0 } else { mark_bytes });
        if encoding == Encoding::Utf8 {
            return Ok(Self::Plain(bytes));
        }
        let standard = encoding_rs::Encoding::for_label(encoding.label().as_bytes());
        let standard = standard.expect("the labels are those of the standard");
        Ok(Self::Recoded(Box::new(Recoder::new(bytes, standard))))
    }
}

impl<R: BufRead> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(bytes) => bytes.read(buffer),
            Self::Recoded(recoder) => recoder.read(buffer),
        }
    }
}

/// Turns another encoding into UTF-8 as it is read.
pub struct Recoder<R> {
    bytes: R,
    decoder: Decoder,
    text: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: BufRead> Recoder<R> {
    fn new(bytes: R, encoding: &'static encoding_rs::Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { bytes, decoder, text: Vec::new(), taken: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.taken = 0;
        while !self.ended {
            let chunk = self.bytes.fill_buf()?;
            let last = chunk.is_empty();
            self.text.resize(CHUNK_BYTES, 0);
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(chunk, &mut self.text, last);
            self.text.truncate(written);
            self.bytes.consume(read);
            match result {
                DecoderResult::Malformed(..) => self.text.push(NOT_TEXT),
                DecoderResult::InputEmpty => self.ended = last,
                DecoderResult::OutputFull => {}
            }
            if !self.text.is_empty() {
                return Ok(());
            }
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Recoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.text.len() {
            self.text.clear();
            self.refill()?;
        }
        let length = buffer.len().min(self.text.len() - self.taken);
        buffer[..length].copy_from_slice(&self.text[self.taken..self.taken + length]);
        self.taken += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &[u8]) {
        let mut text = Vec::new();
        let mut reader = Utf8::new(
            io::BufReader::with_capacity(7, bytes),
            crate::encoding::detect(bytes).unwrap(),
        )
        .unwrap();
        reader.read_to_end(&mut text).unwrap();
        assert_eq!(text, expected);
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_encoding_reads_the_same() {
        let text = "id,имя,名\r\n1,Пётр 🔥,刘敏\r\n";
        check(text.as_bytes(), text.as_bytes());
        check(format!("\u{feff}{text}").as_bytes(), text.as_bytes());
        check(&utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), text.as_bytes());
        check(&utf16(&format!("\u{feff}{text}"), u16::to_be_bytes), text.as_bytes());
        check(&utf16(text, u16::to_le_bytes), text.as_bytes());
        check(b"", b"");
    }

    #[test]
    fn what_is_not_text_is_marked_and_the_rest_goes_on() {
        let mut bytes = utf16("\u{feff}ab", u16::to_le_bytes);
        bytes.extend([0x00, 0xD8]);
        bytes.extend(utf16("cd", u16::to_le_bytes));
        check(&bytes, b"ab\xFFcd");
    }
}
