//! Plain text: UTF-8, UTF-16 with a mark, else GB18030; a form feed ends a page. Must not keep text, nor replace what it cannot read.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};
use sha2::{Digest as _, Sha256};

use super::{Look, Opened};
use crate::base::digest;
use crate::model::inside::{Limit, Page, What};

/// The text of a file, in whatever encoding; what of it can be read.
pub fn text(bytes: &[u8]) -> String {
    match decode(bytes) {
        Ok(text) | Err((Some(text), _)) => text,
        Err((None, _)) => String::new(),
    }
}

/// Opens it.
pub fn open(bytes: &[u8], look: &Look<'_>) -> Opened {
    let (text, trouble) = match decode(bytes) {
        Ok(text) => (text, None),
        Err((Some(text), what)) => (text, Some(what)),
        Err((None, what)) => return Opened::failed(what),
    };
    let mut opened = Opened { troubles: trouble.into_iter().map(Into::into).collect(), ..Opened::default() };
    let most = look.bounds.pages;
    let pages = text.strip_suffix('\x0C').unwrap_or(&text).split('\x0C');
    let count = pages.clone().count();
    if count > most as usize {
        opened.troubles.push(What::Limit(Limit::Pages, count as u64, u64::from(most)).into());
    }
    for text in pages.take(most as usize) {
        opened.pages.push(page_of(text, false));
        opened.text.push(text.to_owned());
    }
    opened
}

/// A page that has text and nothing else that could be measured.
pub fn page_of(text: &str, marks: bool) -> Page {
    let nothing = text.trim().is_empty();
    Page {
        marks,
        print: (!nothing).then(|| digest::first(Sha256::new_with_prefix(text))),
        blank: Some(nothing && !marks),
        ..Page::default()
    }
}

/// The characters, or what of them can be read and what is wrong.
fn decode(bytes: &[u8]) -> Result<String, (Option<String>, What)> {
    let strict = |bytes: &[u8], encoding: &'static Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
    };
    if let Some(wide) =
        bytes.strip_prefix(b"\xFF\xFE").map(|b| (b, UTF_16LE)).or_else(|| bytes.strip_prefix(b"\xFE\xFF").map(|b| (b, UTF_16BE)))
    {
        let whole = wide.0.len() & !1;
        let text = strict(wide.0.get(..whole).unwrap_or_default(), wide.1).ok_or((None, What::Broken))?;
        return if whole == wide.0.len() { Ok(text) } else { Err((Some(text), What::CutShort)) };
    }
    let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let error = match std::str::from_utf8(bare) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => error,
    };
    if bare.len() == bytes.len()
        && let Some(text) = strict(bytes, GB18030)
    {
        return Ok(text);
    }
    // Only the last character is cut.
    if error.error_len().is_none()
        && let Some(text) = bare.get(..error.valid_up_to()).and_then(|b| std::str::from_utf8(b).ok())
    {
        return Err((Some(text.to_owned()), What::CutShort));
    }
    let cut = bytes.get(..bytes.len().saturating_sub(1)).and_then(|b| strict(b, GB18030));
    Err(cut.map_or((None, What::Broken), |text| (Some(text), What::CutShort)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::words::Words;
    use crate::model::inside::{Bounds, Questions};

    fn texts(bytes: &[u8], pages: u32) -> (Vec<String>, Vec<What>) {
        let (questions, words) = (Questions::default(), Words::default());
        let bounds = Bounds { pages, ..Bounds::default() };
        let look = Look { depth: crate::inspect::Depth::Pixels, questions: &questions, words: &words, bounds, ocr: None, sm3: false };
        let opened = open(bytes, &look);
        assert_eq!(opened.pages.len(), opened.text.len());
        (opened.text, opened.troubles.into_iter().map(|t| t.what).collect())
    }

    #[test]
    fn every_encoding_and_every_cut() {
        let text = "谈话笔录\r\n第一页\x0C第二页〔2024〕";
        let wide = |be: bool| {
            "\u{FEFF}"
                .chars()
                .chain(text.chars())
                .flat_map(|c| {
                    let unit = c as u16;
                    if be { unit.to_be_bytes() } else { unit.to_le_bytes() }
                })
                .collect::<Vec<u8>>()
        };
        let gb = GB18030.encode(text).0.into_owned();
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        let want = vec!["谈话笔录\r\n第一页".to_owned(), "第二页〔2024〕".to_owned()];
        for bytes in [text.as_bytes().to_vec(), marked, gb, wide(false), wide(true)] {
            assert_eq!(texts(&bytes, 9), (want.clone(), vec![]));
        }
        let cut = &text.as_bytes()[..text.len() - 1];
        assert_eq!(texts(cut, 9), (vec!["谈话笔录\r\n第一页".into(), "第二页〔2024".into()], vec![What::CutShort]));
        assert_eq!(texts(&wide(false)[..9], 9).1, vec![What::CutShort]);
        assert_eq!(texts(b"\xFF\xFE\x00\xD8\x41\x00", 9), (vec![], vec![What::Broken]));
        assert_eq!(texts(b"abc\xFF\xFFde\x80\xFF", 9), (vec![], vec![What::Broken]));
        assert_eq!(texts(text.as_bytes(), 1), (want[..1].to_vec(), vec![What::Limit(Limit::Pages, 2, 1)]));
        assert_eq!(texts("一页\x0C".as_bytes(), 9).0.len(), 1);
    }
}
