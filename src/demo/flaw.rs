//! What can be wrong with the files of a dossier, and how each flaw is made: on the pages before they are written, on the bytes of a
//! file, on the set of files, or on what is registered of them. Must not know a criterion: that is said in the table of defects.

use super::dossier::Item;
use super::lock;
use super::paper::Paper;
use super::pdf::{self, Sheet};
use super::scan::Scan;

/// A flaw of a file, or of the files of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Pages: too few dots per inch.
    Coarse,
    /// Pages: scanned without colour.
    Grey,
    /// Pages: the first is skewed.
    Skewed,
    /// Pages: the first lies on its side.
    Lying,
    /// Pages: the last is blank.
    Blank,
    /// Pages: the last is the first again.
    Twice,
    /// Pages: the last is not there.
    Short,
    /// Pages: of all papers in one file, the last is not there.
    Torn,
    /// Pages: photographed after the dossier was filed.
    Late,
    /// Bytes: none.
    Empty,
    /// Bytes: cut off.
    Cut,
    /// Bytes: rubbish behind the first line.
    Rubbish,
    /// Bytes: needs a password.
    Locked,
    /// Bytes: carries a password of its author.
    Restricted,
    /// Bytes: a picture called PDF.
    Disguised,
    /// Bytes: as phones take pictures.
    Heic,
    /// Bytes: a BMP.
    Bmp,
    /// Files: the same file under another name too.
    Copied,
    /// Files: a stub by its name.
    Stub,
    /// Files: this one too.
    Extra(&'static str, &'static [u8]),
    /// Files: of scans with numbers, one is not there.
    NumberLacks,
    /// Files: of scans with numbers, one number stands twice.
    NumberTwice,
    /// List of hashes: a file was changed afterwards.
    Changed,
    /// List of hashes: a file is not in it.
    Unlisted,
    /// Register: another number of files.
    Count,
    /// Register: another number of bytes.
    Size,
}

impl Flaw {
    /// Whether a paper can have it.
    pub fn suits(self, paper: &Paper) -> bool {
        match self {
            Self::Twice | Self::NumberLacks => paper.pages > 1,
            Self::Short => paper.pages > 1,
            Self::Disguised | Self::Heic | Self::Bmp => paper.pages == 1,
            _ => true,
        }
    }
}

/// The first bytes of a program.
pub const PROGRAM: &[u8] = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0\xB8\0\0\0";
/// A shortcut of Windows.
pub const SHORTCUT: &[u8] = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xC0\0\0\0\0\0\0\x46";

/// Does what a flaw does to the pages of its paper.
pub fn pages(flaw: Flaw, sheets: &mut Vec<Sheet>, late: Option<&str>) {
    let scan = |sheet: Option<&mut Sheet>, change: &dyn Fn(&mut Scan)| {
        if let Some(Sheet::Picture(scan)) = sheet {
            change(scan);
        }
    };
    match flaw {
        Flaw::Coarse => sheets.iter_mut().for_each(|s| scan(Some(s), &Scan::coarse)),
        Flaw::Grey => sheets.iter_mut().for_each(|s| scan(Some(s), &|s| s.colour = false)),
        Flaw::Skewed => scan(sheets.first_mut(), &|s| s.skew = 5),
        Flaw::Lying => scan(sheets.first_mut(), &|s| s.turned = true),
        Flaw::Blank => scan(sheets.last_mut(), &|s| s.blank = true),
        Flaw::Late => scan(sheets.first_mut(), &|s| s.taken = late.map(str::to_owned)),
        Flaw::Twice => {
            let first = sheets.first().cloned();
            if let (Some(last), Some(first)) = (sheets.last_mut(), first) {
                *last = first;
            }
        }
        Flaw::Short => drop(sheets.pop()),
        _ => {}
    }
}

/// Does what a flaw does to the file of its paper, which was made of these pages.
pub fn file(flaw: Flaw, item: &mut Item, sheets: &[Sheet], mark: &str) {
    let stem = item.name.rsplit_once('.').map_or(item.name.as_str(), |(stem, _)| stem).to_owned();
    let picture = sheets.iter().find_map(|s| if let Sheet::Picture(scan) = s { Some(scan) } else { None });
    match flaw {
        Flaw::Empty => item.bytes.clear(),
        Flaw::Cut => item.bytes.truncate(item.bytes.len() * 6 / 10),
        Flaw::Rubbish => item.bytes = format!("%PDF-1.4\n{}", mark.repeat(9)).into_bytes(),
        Flaw::Locked => item.bytes = lock::locked(&pdf::objects(&stem, sheets), true),
        Flaw::Restricted => item.bytes = lock::locked(&pdf::objects(&stem, sheets), false),
        Flaw::Disguised => {
            item.name = format!("{stem}.pdf");
            item.bytes = picture.map(Scan::jpeg).unwrap_or_default();
        }
        Flaw::Heic => {
            item.name = format!("{stem}.heic");
            item.bytes = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", mark.as_bytes()].concat();
        }
        Flaw::Bmp => {
            item.name = format!("{stem}.bmp");
            item.bytes = bmp(mark);
        }
        Flaw::Stub => item.name = item.name.replacen(&stem, &format!("{stem}存根"), 1),
        _ => {}
    }
}

/// Does what a flaw does to all files.
pub fn set(flaw: Flaw, paper: &str, items: &mut Vec<Item>, mark: &str) {
    let at = items.iter().position(|i| i.paper == paper);
    let numbered = |item: &Item| item.name.bytes().take_while(u8::is_ascii_digit).count() == 3;
    match (flaw, at) {
        (Flaw::Copied, Some(at)) => {
            let item = items[at].clone();
            let (stem, ending) = item.name.rsplit_once('.').unwrap_or((&item.name, ""));
            items.push(Item { name: format!("{stem}（2）.{ending}"), ..item.clone() });
        }
        (Flaw::Extra(name, head), _) => {
            items.push(Item { name: name.to_owned(), bytes: [head, mark.as_bytes()].concat(), paper: "" });
        }
        // The second page of a paper, since the first is the one that its line names.
        (Flaw::NumberLacks, Some(at)) => drop(items.remove(at + 1)),
        (Flaw::NumberTwice, _) => {
            if let Some(item) = items.iter().filter(|i| numbered(i)).nth(2).cloned() {
                let other = Scan::page(format!("{mark} 补扫"));
                let name = item.name.trim_start_matches('0').to_owned();
                items.push(Item { name, bytes: other.jpeg(), ..item });
            }
        }
        _ => {}
    }
}

/// A small BMP of 24 bits, 300 dpi, with rows of words on it.
fn bmp(mark: &str) -> Vec<u8> {
    const WIDE: usize = 500;
    const HIGH: usize = 360;
    let mut pixels = vec![0xFF_u8; WIDE * 3 * HIGH];
    let mut bytes = mark.bytes().cycle();
    for row in (30..HIGH - 30).step_by(24) {
        for left in (40..WIDE - 40).step_by(12) {
            let strokes = bytes.next().unwrap_or(0);
            for (x, y) in (0..8).flat_map(|x| (0..12).map(move |y| (x, y))).filter(|(x, y)| strokes >> ((x / 2 + y / 3) % 8) & 1 == 0) {
                let at = ((row + y) * WIDE + left + x) * 3;
                pixels[at..at + 3].fill(0x20);
            }
        }
    }
    let size = u32::try_from(pixels.len() + 54).unwrap_or(0);
    let mut out = b"BM".to_vec();
    for word in [size, 0, 54, 40, 500, 360, 1 | 24 << 16, 0, size - 54, 11811, 11811, 0, 0] {
        out.extend(word.to_le_bytes());
    }
    out.extend(pixels);
    out
}
