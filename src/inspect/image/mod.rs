//! Pictures: JPEG, PNG, TIFF, BMP, WebP: what their heads tell without decoding, and what their pixels show. Must not hold more than one
//! decoded page.
//!
//! One file a format gives `Sheet`s from the head and, where asked, a [`Plane`] of one page; the rest is the same for all.

mod blank;
mod bmp;
mod colour;
mod ifd;
pub mod jpeg;
pub mod looks;
pub(in crate::inspect) mod plane;
mod png;
mod sideways;
mod sketch;
mod skew;
#[cfg(test)]
mod tests;
mod tiff;
mod webp;

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::{Depth, Look, Opened, Picture, Plane};
use crate::base::digest;
use crate::model::format::Format;
use crate::model::inside::{Bounds, Colour, Limit, Page, Scan, Trouble, What};

/// How much of the front of a file [`head`] wants.
pub const FRONT: usize = 1 << 16;

/// What the head of a picture tells of one page.
#[derive(Debug, Clone, Default)]
struct Sheet {
    /// As stored.
    pixels: [u32; 2],
    dpi: Option<[u32; 2]>,
    colour: Colour,
    turned: u8,
    taken: Option<Date>,
    print: Option<u64>,
    /// Which picture of the file it is, with those that are no pages counted.
    index: usize,
}

impl Sheet {
    fn page(&self) -> Page {
        let [wide, high] = self.pixels;
        let length = |pixels: u32, dpi: u32| {
            (u64::from(pixels) * 254 + u64::from(dpi) / 2).checked_div(dpi.into()).and_then(|n| u32::try_from(n).ok())
        };
        let paper = self.dpi.and_then(|[x, y]| Some([length(wide, x)?, length(high, y)?]));
        let paper = paper.map(|[w, h]| if self.turned % 2 == 1 { [h, w] } else { [w, h] });
        let scan = Scan { pixels: self.pixels, dpi: self.dpi, colour: self.colour, looks: None };
        Page { paper, scan: Some(scan), turned: self.turned, marks: true, print: self.print, ..Page::default() }
    }
}

/// What the head of a file tells.
#[derive(Debug, Default)]
struct Sheets {
    sheets: Vec<Sheet>,
    troubles: Vec<Trouble>,
}

/// A resolution as tagged, unless it is one that says nothing.
fn told(dpi: [u32; 2]) -> Option<[u32; 2]> {
    (dpi.iter().all(|n| *n > 1)).then_some(dpi)
}

/// First 8 bytes of the SHA-256 of some parts.
fn print<'a>(parts: impl Iterator<Item = &'a [u8]>) -> u64 {
    let mut hash = Sha256::new();
    parts.for_each(|p| hash.update(p));
    digest::first(hash)
}

/// Opens a whole file.
pub fn open(bytes: &[u8], format: Format, look: &Look<'_>) -> Opened {
    let Sheets { sheets, troubles } = match sheets(bytes, format, &look.bounds) {
        Ok(sheets) => sheets,
        Err(what) => return Opened::failed(what),
    };
    let mut opened = gathered(&sheets, troubles);
    if look.depth == Depth::Headers && look.ocr.is_none() {
        return opened;
    }
    for (index, sheet) in sheets.iter().enumerate() {
        let number = u32::try_from(index + 1).ok().filter(|_| sheets.len() > 1);
        let known = opened.troubles.iter().any(|t| t.page == number && t.what == What::CutShort);
        if known {
            continue;
        }
        let (Some(page), Some(text)) = (opened.pages.get_mut(index), opened.text.get_mut(index)) else { break };
        match seen(bytes, format, sheet, look, page) {
            Ok(read) => {
                opened.by_ocr |= read.is_some();
                *text = read.unwrap_or_default();
            }
            Err(what) => opened.troubles.push(Trouble { what, page: number }),
        }
    }
    opened
}

/// What the first bytes of a file tell ([`FRONT`] of them are enough for nearly all), without looking at pixels. `None` when the whole
/// file is needed. Whether it is cut short, and its print, are not known from here.
pub fn head(front: &[u8], format: Format) -> Option<Opened> {
    // The other formats have facts at their end, or anywhere.
    let head = (format == Format::Jpeg).then(|| jpeg::head(front))?.ok()?;
    Some(gathered(&[head.sheet()], head.troubles()))
}

/// The pixels of every page, each made when it is asked for.
pub fn planes(bytes: &[u8], format: Format, look: &Look<'_>) -> Vec<Result<Plane, What>> {
    let sheets = sheets(bytes, format, &look.bounds).map(|s| s.sheets).unwrap_or_default();
    sheets.iter().map(|s| plane(bytes, format, s, false, look)).collect()
}

fn gathered(sheets: &[Sheet], troubles: Vec<Trouble>) -> Opened {
    Opened {
        troubles,
        pages: sheets.iter().map(Sheet::page).collect(),
        text: vec![String::new(); sheets.len()],
        taken: sheets.first().and_then(|s| s.taken),
        ..Opened::default()
    }
}

fn sheets(bytes: &[u8], format: Format, bounds: &Bounds) -> Result<Sheets, What> {
    match format {
        Format::Jpeg => jpeg::sheets(bytes),
        Format::Png => png::sheets(bytes),
        Format::Tiff => tiff::sheets(bytes, bounds),
        Format::Bmp => bmp::sheets(bytes),
        Format::Webp => webp::sheets(bytes),
        _ => Err(What::Unknown),
    }
}

/// Looks at the pixels of one page, and has its text read where that is asked for.
fn seen(bytes: &[u8], format: Format, sheet: &Sheet, look: &Look<'_>, page: &mut Page) -> Result<Option<String>, What> {
    let size = u64::from(sheet.pixels[0]) * u64::from(sheet.pixels[1]);
    if size > look.bounds.pixels {
        return Err(What::Limit(Limit::Pixels, size, look.bounds.pixels));
    }
    // OCR takes JPEG and PNG as they are, and wants every pixel of the others.
    let whole = look.ocr.is_some() && !matches!(format, Format::Jpeg | Format::Png);
    let plane = (look.depth == Depth::Pixels || whole).then(|| plane(bytes, format, sheet, whole, look)).transpose()?;
    if let Some(plane) = plane.as_ref().filter(|_| look.depth == Depth::Pixels) {
        let (looks, blank) = looks::looks(plane);
        page.blank = Some(blank);
        page.scan.iter_mut().for_each(|s| s.looks = Some(looks.clone()));
    }
    let Some(ocr) = look.ocr.filter(|_| page.blank != Some(true)) else { return Ok(None) };
    let picture = plane.as_ref().filter(|_| whole).map_or(Picture::File(bytes), Picture::Plane);
    ocr.read(picture, look.bounds.seconds).map(Some)
}

/// The pixels of one page: all of them, or reduced to what is enough for a look.
fn plane(bytes: &[u8], format: Format, sheet: &Sheet, whole: bool, look: &Look<'_>) -> Result<Plane, What> {
    if format == Format::Jpeg {
        return jpeg::plane(bytes, look);
    }
    let by = if whole { 1 } else { plane::reduction(sheet.pixels[0], sheet.pixels[1]) };
    // These decoders are not ours: should one panic on a bent file, that ends this page and not the batch.
    let decoded = catch_unwind(AssertUnwindSafe(|| match format {
        Format::Png => png::plane(bytes, by),
        Format::Tiff => tiff::plane(bytes, sheet, by, look),
        Format::Bmp => bmp::plane(bytes, by),
        Format::Webp => webp::plane(bytes, by),
        _ => Err(What::Unknown),
    }));
    decoded.unwrap_or(Err(What::Damaged))
}
