//! A scanned page or a photograph before it is written: what is on it and what is wrong with it. Must not know a case.

use super::jpeg::Picture;

/// A picture to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Two labels never give the same picture.
    pub label: String,
    /// Pixels across and down.
    pub pixels: [u16; 2],
    /// Dots per inch.
    pub dpi: u16,
    /// In colour.
    pub colour: bool,
    /// Nothing on it.
    pub blank: bool,
    /// Degrees that its lines are turned.
    pub skew: i32,
    /// When it was taken, as EXIF has it.
    pub taken: Option<String>,
    /// It is shown a quarter turned.
    pub turned: bool,
}

impl Scan {
    /// A small paper at 300 dpi.
    pub fn page(label: String) -> Self {
        Self { label, pixels: [1240, 1754], dpi: 300, colour: true, blank: false, skew: 0, taken: None, turned: false }
    }

    /// A card at 300 dpi.
    pub fn card(label: String) -> Self {
        Self { pixels: [1011, 638], ..Self::page(label) }
    }

    /// Half the resolution on the same paper.
    pub fn coarse(&mut self) {
        self.pixels = self.pixels.map(|p| p / 2);
        self.dpi /= 2;
    }

    fn picture(&self, orientation: u8) -> Picture<'_> {
        Picture {
            label: &self.label,
            width: self.pixels[0],
            height: self.pixels[1],
            dpi: Some(self.dpi),
            colour: self.colour,
            blank: self.blank,
            skew_deg: self.skew,
            taken: self.taken.as_deref(),
            orientation,
        }
    }

    /// As a file of its own: its tag says how it is shown.
    pub fn jpeg(&self) -> Vec<u8> {
        self.picture(if self.turned { 6 } else { 1 }).jpeg()
    }

    /// As the picture of a PDF page, which says itself how it is shown.
    pub fn bare_jpeg(&self) -> Vec<u8> {
        self.picture(1).jpeg()
    }
}
