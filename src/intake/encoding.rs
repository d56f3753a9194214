//! Bytes of a text become characters: by a mark at the beginning, by what the text declares, else UTF-8, else GB18030.
//! Must not guess an encoding from statistics, nor replace what it cannot read.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::preflight::Refusal;
use crate::say;

/// A text.
pub struct Decoded {
    /// Its characters, without a mark at the beginning.
    pub text: String,
    /// Decoded as GB18030 because it was not UTF-8, though nothing said so.
    pub gb: bool,
}

/// Decodes strictly.
///
/// # Errors
/// The bytes are in no encoding that is known.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, Refusal> {
    let wide = if bytes.starts_with(&[0xFF, 0xFE]) {
        Some(UTF_16LE)
    } else if bytes.starts_with(&[0xFE, 0xFF]) {
        Some(UTF_16BE)
    } else {
        unmarked(&bytes)
    };
    if let Some(encoding) = wide {
        return utf16(&bytes, encoding);
    }
    let marked = bytes.starts_with(&[0xEF, 0xBB, 0xBF]);
    if let Some(encoding) = declared(&bytes).filter(|_| !marked)
        && let Some(text) = strict(&bytes, encoding)
    {
        return Ok(Decoded { text, gb: false });
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{FEFF}') {
                text.drain(..3);
            }
            return Ok(Decoded { text, gb: false });
        }
        Err(e) => e.into_bytes(),
    };
    // Bytes that are valid GB18030 by accident decode to private-use or control characters.
    let text = (!marked).then(|| strict(&bytes, GB18030)).flatten().filter(|t| !has_strays(t.as_bytes()));
    let unknown = || ("P007", say!("既不是 UTF-8，也不是 GB18030（GBK）", "neither UTF-8 nor GB18030 (GBK)"));
    text.map(|text| Decoded { text, gb: true }).ok_or_else(unknown)
}

/// Whether UTF-8 holds characters for private use (U+E000 to U+F8FF) or controls of Latin-1 (U+0080 to U+009F).
fn has_strays(text: &[u8]) -> bool {
    memchr::memchr3_iter(0xEE, 0xEF, 0xC2, text).any(|at| {
        let next = text.get(at + 1).copied().unwrap_or(0);
        match text[at] {
            0xEE => next >= 0x80,
            0xEF => (0x80..=0xA3).contains(&next),
            _ => (0x80..=0x9F).contains(&next),
        }
    })
}

fn strict(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

fn utf16(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, Refusal> {
    if !bytes.len().is_multiple_of(2) {
        let n = bytes.len();
        let said = say!("UTF-16 文本有 {n} 字节，是单数，末尾被截断", "UTF-16 text of {n} bytes, an odd number: its end is cut");
        return Err(("P007", said));
    }
    let text = strict(bytes, encoding);
    let text = text.ok_or_else(|| ("P007", say!("UTF-16 文本中有不成对的字符", "UTF-16 text with unpaired characters")))?;
    Ok(Decoded { text: text.trim_start_matches('\u{FEFF}').to_owned(), gb: false })
}

/// UTF-16 without a mark, where it is plain: zero bytes stand at odd places only, or at even ones only, for separators and digits
/// have one and Chinese characters none.
pub fn unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let encoding = match (zeros(0), zeros(1)) {
        (0, n) if n > 3 => UTF_16LE,
        (n, 0) if n > 3 => UTF_16BE,
        _ => return None,
    };
    // The cut may fall between two halves of a character, so the last ones are not looked at.
    let text = encoding.decode_without_bom_handling(&head[..head.len().saturating_sub(4)]).0;
    let odd = |c: char| (c.is_control() && !matches!(c, '\t' | '\r' | '\n')) || c == '\u{FFFD}' || matches!(c, '\u{E000}'..='\u{F8FF}');
    (!text.contains(odd)).then_some(encoding)
}

/// The encoding that HTML or XML names at its beginning.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(4096).map(|b| char::from(b.to_ascii_lowercase())).collect();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let (key, at) = ["charset=", "encoding="].iter().filter_map(|key| head.find(key).map(|at| (key, at))).min_by_key(|(_, at)| *at)?;
    let value = head[at + key.len()..].trim_start_matches(['"', '\'', ' ']);
    let label: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')).collect();
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A text whose tags can be read byte by byte is not UTF-16, whatever it says.
    (encoding != UTF_16LE && encoding != UTF_16BE).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_every_encoding_are_the_same() {
        let text = "案号,类型\r\n东岭援民〔2024〕1号,民事\r\n";
        let wide = |mark: &str, be: bool| {
            let units = mark.encode_utf16().chain(text.encode_utf16());
            units.flat_map(|u| if be { u.to_be_bytes() } else { u.to_le_bytes() }).collect::<Vec<u8>>()
        };
        let gb = GB18030.encode(text).0.into_owned();
        let marked = [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
        let all = [text.into(), marked, gb, wide("\u{FEFF}", false), wide("\u{FEFF}", true), wide("", false), wide("", true)];
        for (i, bytes) in all.into_iter().enumerate() {
            let decoded = decode(bytes).map(|d| (d.text, d.gb));
            assert_eq!(decoded, Ok((text.to_owned(), i == 2)), "{i}");
        }
    }

    #[test]
    fn strays_are_found_among_bytes() {
        let stray = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{80}'..='\u{9F}');
        for c in ('\0'..=char::MAX).step_by(7).chain(['\u{DFF}', '\u{E000}', '\u{F8FF}', '\u{F900}', '\u{9F}', '\u{A0}', '（']) {
            assert_eq!(has_strays(c.to_string().as_bytes()), stray(c), "{c:?}");
        }
    }

    #[test]
    fn what_is_cut_or_unknown_is_refused() {
        let cases: [&[u8]; 4] = [&[0xFF, 0xFE, 0x41], &[0xFF, 0xFE, 0x00, 0xD8], &[0xEF, 0xBB, 0xBF, 0xFF], &[0x41, 0xFF]];
        for bytes in cases {
            assert_eq!(decode(bytes.to_vec()).map(|d| d.text).map_err(|e| e.0), Err("P007"), "{bytes:?}");
        }
    }

    #[test]
    fn a_declared_encoding_is_used_if_it_fits() {
        let page = |name: &str, encoding: &'static Encoding| encoding.encode(&format!("<meta charset={name}>案")).0.into_owned();
        assert_eq!(decode(page("gb2312", GB18030)).map(|d| (d.text.contains('案'), d.gb)), Ok((true, false)));
        assert_eq!(decode(page("big5", encoding_rs::BIG5)).map(|d| d.text.contains('案')), Ok(true));
        assert_eq!(decode(page("gb2312", encoding_rs::UTF_8)).map(|d| d.text.contains('案')), Ok(true));
    }
}
