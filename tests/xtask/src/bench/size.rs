//! What the app weighs, as it is and as it travels.

use super::Figure;
use crate::{build, bundle, failure::Outcome, place};

pub fn measure() -> Outcome<Vec<Figure>> {
    build::app()?;
    let sizes = bundle::sizes(&place::site())?;
    Ok(vec![
        Figure::new("wasm raw", sizes.raw as f64, "bytes"),
        Figure::new("wasm gzip", sizes.gzip as f64, "bytes"),
        Figure::new("wasm brotli", sizes.brotli as f64, "bytes"),
        Figure::new("parts brotli", sizes.parts as f64, "bytes"),
        Figure::new("first visit", sizes.first_visit as f64, "bytes"),
    ])
}
