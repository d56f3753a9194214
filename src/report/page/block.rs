//! A data block of the page: JSON, deflated, as an element that browsers do not run. Must not know what is in it.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde::Serialize;

use super::base64;

/// The text of a block.
///
/// # Errors
/// When memory would not take it.
pub fn data<T: Serialize>(data: &T) -> io::Result<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&serde_json::to_vec(data)?)?;
    Ok(base64::encoded(&encoder.finish()?))
}

/// The element of a block, with a line end.
pub fn element(id: &str, data: &str) -> String {
    format!("<script type=\"application/x-juanping\" id=\"{id}\">{data}</script>\n")
}
