//! Files between the person and the page.

use exchange::encoding::Encoding;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, File, HtmlAnchorElement, TextDecodeOptions, TextDecoder, Url,
};

/// Offers bytes as a download; nothing happens where the browser has no downloads.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) {
    // The browser says no only where it keeps no files at all; there is then nobody to offer to.
    let _ = offer(name, media_type, bytes);
}

/// How much of a file is decoded in one go: some milliseconds of work.
const DECODED_AT_ONCE: usize = 512 << 10;

/// Returns the text of a file in UTF-8, and lets the page breathe on the way. What is not text in
/// its encoding comes out as the byte `0xFF`, which is never UTF-8, so that nothing is replaced in
/// silence.
pub async fn utf8(bytes: &[u8], encoding: Encoding) -> Vec<u8> {
    let plain = || bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).to_vec();
    if encoding == Encoding::Utf8 {
        return plain();
    }
    // Every browser knows these encodings; where one does not, no row is text.
    decoded(bytes, encoding).await.unwrap_or_else(|_| plain())
}

async fn decoded(bytes: &[u8], encoding: Encoding) -> Result<Vec<u8>, JsValue> {
    const NOT_TEXT: u8 = 0xFF;
    let decoder = TextDecoder::new_with_label(encoding.label())?;
    let mut utf8 = Vec::with_capacity(bytes.len());
    let mut pieces = bytes.chunks(DECODED_AT_ONCE).peekable();
    while let Some(piece) = pieces.next() {
        // A letter may be cut in two by the end of a piece; the decoder keeps its beginning.
        let options = TextDecodeOptions::new();
        options.set_stream(pieces.peek().is_some());
        let text = decoder.decode_with_u8_array_and_options(piece, &options)?;
        let mut parts = text.split(char::REPLACEMENT_CHARACTER);
        utf8.extend(parts.next().unwrap_or_default().as_bytes());
        for part in parts {
            utf8.push(NOT_TEXT);
            utf8.extend(part.as_bytes());
        }
        TimeoutFuture::new(0).await;
    }
    Ok(utf8)
}

/// Returns the bytes of a file somebody chose; nothing where it cannot be read.
pub async fn read(file: &File) -> Option<Vec<u8>> {
    let bytes = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&bytes).to_vec())
}

fn offer(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // The download has its own hold on the bytes only after the click has been dealt with.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}
