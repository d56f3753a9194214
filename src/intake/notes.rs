//! Notes (批注) on the cells of a sheet of an xlsx, for files that people edit and the program writes again. Must be asked only for an
//! archive that [`package::look`](super::package::look) has passed. Must not read cells.

use std::collections::BTreeMap;
use std::io::Cursor;

use quick_xml::events::Event;

use super::package::{Zip, attribute, open_part, relations, sheets_of_xlsx};

/// Notes by zero-based row and column; none where there are none, or where it is no xlsx.
pub fn of(bytes: &[u8], sheet: &str) -> BTreeMap<(u32, u16), String> {
    let read = || {
        let mut zip = Zip::new(Cursor::new(bytes)).ok()?;
        let part = sheets_of_xlsx(&mut zip)?.into_iter().find(|s| s.name == sheet)?.part;
        let (folder, name) = part.rsplit_once('/')?;
        let targets = relations(&mut zip, &format!("{folder}/_rels/{name}.rels"));
        let target = targets.into_values().find(|t| t.contains("comment") && !t.contains("threaded") && t.ends_with(".xml"))?;
        let target = target.strip_prefix("xl/../").map_or(target.clone(), |rest| format!("xl/{rest}"));
        comments(&mut zip, &target)
    };
    read().unwrap_or_default()
}

fn comments(zip: &mut Zip<'_>, part: &str) -> Option<BTreeMap<(u32, u16), String>> {
    let mut reader = quick_xml::Reader::from_reader(open_part(zip, part)?);
    let (mut buffer, mut all) = (Vec::new(), BTreeMap::new());
    let (mut at, mut text, mut inside) = (None, String::new(), false);
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "comment" => (at, text) = (attribute(&tag, "ref").and_then(|r| cell(&r)), String::new()),
                "t" => inside = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "comment" => {
                    let note = std::mem::take(&mut text).replace("\r\n", "\n").trim().to_owned();
                    if let Some(at) = at.take().filter(|_| !note.is_empty()) {
                        all.insert(at, note);
                    }
                }
                "t" => inside = false,
                _ => {}
            },
            Event::Text(words) if inside => text += &words,
            Event::GeneralRef(name) if inside => {
                let name = format!("&{};", &*name);
                text += &quick_xml::escape::unescape(&name).unwrap_or_default();
            }
            Event::Eof => return Some(all),
            _ => {}
        }
        buffer.clear();
    }
}

/// `C12`, zero-based.
fn cell(text: &str) -> Option<(u32, u16)> {
    let split = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = text.split_at(split);
    let col = letters
        .bytes()
        .try_fold(0_u32, |n, b| b.is_ascii_uppercase().then(|| n.saturating_mul(26).saturating_add(u32::from(b - b'A') + 1)))?;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, u16::try_from(col.checked_sub(1)?).ok()?))
}
