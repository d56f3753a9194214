//! One reader a file format: bytes that the pre-flight knows become [`Held`](super::held::Held) sheets.
//! Must not look at extensions nor know what a column means.

pub mod html;
pub mod number_format;
pub mod ods;
pub mod ole;
pub mod xls;
pub mod xls_text;
pub mod xlsb;
pub mod xlsb_parts;
pub mod xml2003;

use super::preflight::Refusal;
use crate::say;

/// What a part that ends too early or cannot be parsed is called.
fn broken(e: &dyn std::fmt::Display, row: u32) -> Refusal {
    ("P002", say!("第 {} 行之后读不下去，文件不完整或已损坏", "cannot be read after row {}: {e}", row.saturating_add(1)))
}
