//! A data block of the page: JSON, deflated, as an element that browsers do not run. Must not know what is in it.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde::Serialize;

use super::base64;

/// The element of a block, with a line end.
///
/// # Errors
/// When memory would not take it.
pub fn packed<T: Serialize>(id: &str, data: &T) -> io::Result<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&serde_json::to_vec(data)?)?;
    let base64 = base64::encoded(&encoder.finish()?);
    Ok(format!("<script type=\"application/x-juanping\" id=\"{id}\">{base64}</script>\n"))
}
