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
