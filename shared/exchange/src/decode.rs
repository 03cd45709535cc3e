//! Bytes of a file in UTF-8 or UTF-16 → UTF-8, as a stream.
//!
//! What is not text in the file's encoding comes out as the byte `0xFF`, which is never UTF-8: the
//! row it stands in is refused by the reader, nothing is replaced in silence.

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, Read};

const NOT_TEXT: u8 = 0xFF;
const CHUNK_BYTES: usize = 64 * 1024;

/// Reads any supported encoding as UTF-8.
pub enum Utf8<R> {
    Plain(R),
    Recoded(Box<Recoder<R>>),
}

impl<R: BufRead> Utf8<R> {
    /// Looks at the beginning of the bytes to tell their encoding, and leaves a byte order mark
    /// out.
    pub fn new(mut bytes: R) -> io::Result<Self> {
        let begin = bytes.fill_buf()?;
        let (encoding, mark_bytes): (Option<&'static Encoding>, usize) = match begin {
            [0xEF, 0xBB, 0xBF, ..] => (None, 3),
            [0xFF, 0xFE, ..] => (Some(UTF_16LE), 2),
            [0xFE, 0xFF, ..] => (Some(UTF_16BE), 2),
            [first, 0, ..] if *first != 0 => (Some(UTF_16LE), 0),
            [0, second, ..] if *second != 0 => (Some(UTF_16BE), 0),
            _ => (None, 0),
        };
        bytes.consume(mark_bytes);
        Ok(match encoding {
            None => Self::Plain(bytes),
            Some(encoding) => Self::Recoded(Box::new(Recoder::new(bytes, encoding))),
        })
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
    fn new(bytes: R, encoding: &'static Encoding) -> Self {
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
        let mut reader = Utf8::new(io::BufReader::with_capacity(7, bytes)).unwrap();
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
