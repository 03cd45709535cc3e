//! The entry of libFuzzer, which finds bytes that reach code nothing has reached before.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::Once;

/// The gate holds panics of the parser in; only those that get out of it are findings.
static QUIET: Once = Once::new();

fuzz_target!(|bytes: &[u8]| {
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| ())));
    fuzz::attempt(bytes);
});
