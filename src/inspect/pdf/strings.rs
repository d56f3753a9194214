//! Strings of a PDF outside of pages: titles, values of fields. Must not know where they stand.

use super::glyph_names::Bytes;

/// What a string says.
pub fn text_of(bytes: &[u8]) -> String {
    let decoded = |encoding: &'static encoding_rs::Encoding, rest: &[u8]| encoding.decode_without_bom_handling(rest).0.into_owned();
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return decoded(encoding_rs::UTF_16BE, rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return decoded(encoding_rs::UTF_16LE, rest);
    }
    let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bare) {
        return text.to_owned();
    }
    // Older Chinese programs write bytes of GBK where the standard has none for them.
    let (text, _, wrong) = encoding_rs::GBK.decode(bytes);
    if !wrong {
        return text.into_owned();
    }
    bytes.iter().map(|b| Bytes::Windows.says(*b).unwrap_or('\u{fffd}')).collect()
}
