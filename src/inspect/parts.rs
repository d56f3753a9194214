//! The parts of a document that is a zip of XML (DOCX, OFD): one by one, by name, within what the file may cost. Must not write anything,
//! so a name that leads out of the archive finds nothing.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesRef, BytesStart};
use zip::ZipArchive;

use crate::model::inside::{Bounds, Limit, What};

/// Most bytes of one part of XML: a paper of a thousand pages has less.
const PART: u64 = 64 << 20;
/// A part may be this many times its packed size once it is large.
const RATIO: u64 = 500;
/// What is large.
const LARGE: u64 = 16 << 20;
/// A zip ends with a record that begins so, within its last 64 KiB.
const END: &[u8] = b"PK\x05\x06";

/// An archive.
#[derive(Debug)]
pub struct Parts<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: BTreeMap<String, usize>,
    left: u64,
    most: u64,
}

impl<'a> Parts<'a> {
    /// Opens one.
    ///
    /// # Errors
    /// It is cut short, broken, or has too many parts.
    pub fn open(bytes: &'a [u8], bounds: &Bounds) -> Result<Self, What> {
        let tail = bytes.get(bytes.len().saturating_sub(70_000)..).unwrap_or_default();
        let ended = memchr::memmem::rfind(tail, END).is_some();
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| if ended { What::Broken } else { What::CutShort })?;
        if zip.len() > bounds.objects as usize {
            return Err(What::Limit(Limit::Objects, zip.len() as u64, u64::from(bounds.objects)));
        }
        let mut names = BTreeMap::new();
        for (i, name) in zip.file_names().enumerate() {
            if let Ok(name) = name {
                names.entry(plain(&name)).or_insert(i);
            }
        }
        Ok(Self { zip, names, left: bounds.unpacked, most: bounds.unpacked })
    }

    /// The names of all parts in small letters.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// The checksum and the size that the archive gives for a part.
    pub fn mark(&mut self, name: &str) -> Option<(u32, u64)> {
        let at = *self.names.get(&plain(name))?;
        let entry = self.zip.by_index_raw(at).ok()?;
        Some((entry.crc32(), entry.size()))
    }

    /// A part; `None` when there is none of that name.
    ///
    /// # Errors
    /// It is damaged, locked or too large.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, What> {
        self.read_up_to(name, self.most)
    }

    /// A part of XML as text.
    ///
    /// # Errors
    /// As [`read`](Self::read); or it is no text.
    pub fn xml(&mut self, name: &str) -> Result<Option<String>, What> {
        let Some(bytes) = self.read_up_to(name, PART)? else { return Ok(None) };
        if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes).filter(|(e, _)| *e != encoding_rs::UTF_8) {
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes.get(mark..).unwrap_or_default());
            return text.map(|t| Some(t.into_owned())).ok_or(What::Damaged);
        }
        let text = String::from_utf8(bytes).map_err(|_| What::Damaged)?;
        Ok(Some(match text.strip_prefix('\u{FEFF}') {
            Some(bare) => bare.to_owned(),
            None => text,
        }))
    }

    fn read_up_to(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, What> {
        let Some(at) = self.names.get(&plain(name)).copied() else { return Ok(None) };
        if self.zip.by_index_raw(at).map_err(|_| What::Damaged)?.encrypted() {
            return Err(What::Locked);
        }
        let mut entry = self.zip.by_index(at).map_err(|_| What::Damaged)?;
        let (packed, allowed) = (entry.compressed_size().max(1), self.left.min(most));
        let mut bytes = Vec::new();
        let mut piece = vec![0_u8; 64 << 10];
        loop {
            let n = entry.read(&mut piece).map_err(|_| What::Damaged)?;
            if n == 0 {
                break;
            }
            bytes.extend_from_slice(piece.get(..n).unwrap_or_default());
            let size = bytes.len() as u64;
            if size > allowed {
                // Of one part, or of the whole archive.
                let whole = What::Limit(Limit::Unpacked, (self.most - self.left).saturating_add(size), self.most);
                return Err(if most < self.left { What::Limit(Limit::Part, size, most) } else { whole });
            }
            if size > LARGE && size / packed > RATIO {
                return Err(What::Limit(Limit::Part, size, packed.saturating_mul(RATIO)));
            }
        }
        self.left = self.left.saturating_sub(bytes.len() as u64);
        Ok(Some(bytes))
    }
}

/// One spelling of a name.
fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('\\', "/").trim_start_matches('/').to_owned()
}

/// A location written in a part: beside that part, or from the root where it begins with `/`. `None` when it leads out of the archive.
pub fn beside(part: &str, location: &str) -> Option<String> {
    let location = location.trim().replace('\\', "/");
    let mut path: Vec<&str> = Vec::new();
    if !location.starts_with('/') {
        path.extend(part.split('/').filter(|s| !s.is_empty()));
        path.pop();
    }
    for step in location.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()?),
            step => path.push(step),
        }
    }
    (!path.is_empty()).then(|| path.join("/"))
}

/// An attribute by its name without prefix, with entities resolved.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).filter_map(Result::ok).find(|a| a.key.local_name().as_ref() == name)?;
    Some(match quick_xml::escape::unescape(&found.value) {
        Ok(text) => text.into_owned(),
        Err(_) => found.value.to_string(),
    })
}

/// A character written as an entity; one that nobody declared is left out.
pub fn entity(name: &BytesRef<'_>, to: &mut String) {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        to.push(c);
    } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(name) {
        to.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn locations() {
        for (part, location, want) in [
            ("Doc_0/Document.xml", "Pages/Page_0/Content.xml", Some("Doc_0/Pages/Page_0/Content.xml")),
            ("Doc_0/Document.xml", "/Doc_1/Res.xml", Some("Doc_1/Res.xml")),
            ("Doc_0/Document.xml", "../Res.xml", Some("Res.xml")),
            ("Doc_0/Document.xml", "./a\\b.xml", Some("Doc_0/a/b.xml")),
            ("Doc_0/Document.xml", "../../etc/passwd", None),
            ("OFD.xml", "/../x", None),
            ("OFD.xml", "", None),
        ] {
            assert_eq!(beside(part, location).as_deref(), want, "{location}");
        }
    }
}
