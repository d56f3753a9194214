//! The pictures of a page as they come, and the one that makes it. Must not hold more than that one decoded.

use hayro_syntax::object::{Dict, Stream};
use sha2::{Digest as _, Sha256};

use super::matrix::Matrix;
use super::paper::Paper;
use super::picture::Facts;
use super::pixels;
use crate::base::digest;
use crate::inspect::image::jpeg;
use crate::inspect::image::looks::looks;
use crate::inspect::{Depth, Look, Picture, Plane};
use crate::model::inside::{Colour, Scan, What};

/// A picture that covers so much of the paper makes the page.
const MOST: f64 = 0.6;

/// Pictures of one page that are decoded or hashed at most: a scan has one, or a background and its writing.
const DECODED: usize = 4;

/// Pieces of which a page may be put together.
const PIECES: usize = 4096;

/// Pictures of one page.
pub struct Seen<'l> {
    look: &'l Look<'l>,
    paper: Paper,
    /// There is a picture.
    pub any: bool,
    /// How much of the paper all of them cover, some of it perhaps twice.
    pub covered: f64,
    /// Whether the scan is blank, where it was looked at.
    pub blank: Option<bool>,
    /// What is wrong with them.
    pub troubles: Vec<What>,
    colours: Colours,
    best: Option<Best>,
    whole: usize,
    pieces: Vec<(Facts, Drawn)>,
    pieces_hash: Sha256,
}

/// Pictures smaller than this part of the paper do not count.
const LEAST: f64 = 0.005;

/// What all pictures of some size have of colour: a page may be put together of a background, its writing and a seal.
#[derive(Debug, Clone, Copy, Default)]
struct Colours {
    /// One is stored in colour.
    stored: bool,
    /// One shows colour, or is stored so and was not decoded.
    shown: bool,
}

/// How a picture is drawn: its resolution, and quarter turns clockwise.
#[derive(Debug, Clone, Copy)]
struct Drawn {
    dpi: Option<[u32; 2]>,
    turned: u8,
}

struct Best {
    scan: Scan,
    turned: u8,
    print: Option<u64>,
    held: Held,
}

/// What is kept for OCR.
enum Held {
    None,
    File(Vec<u8>),
    Plane(Plane),
}

impl<'l> Seen<'l> {
    /// None yet.
    pub fn new(look: &'l Look<'l>, paper: Paper) -> Self {
        let (any, covered, blank, troubles) = (false, 0.0, None, Vec::new());
        let (colours, best, pieces, pieces_hash) = (Colours::default(), None, Vec::new(), Sha256::new());
        Self { look, paper, any, covered, blank, troubles, colours, best, whole: 0, pieces, pieces_hash }
    }

    /// One is drawn.
    pub fn picture(&mut self, stream: &Stream<'_>, colours: &Dict<'_>, matrix: Matrix) {
        let Some(facts) = Facts::of(stream, colours) else { return };
        let share = self.paper.share(matrix.around());
        if share <= 0.0 {
            return;
        }
        self.any = true;
        self.covered += share;
        let drawn = Drawn { dpi: facts.dpi(matrix, &self.paper), turned: matrix.quarters() };
        let coloured = facts.colour == Colour::Colour && share > LEAST;
        self.colours.stored |= coloured;
        if share < MOST {
            self.colours.shown |= coloured;
            if self.best.is_none() && self.pieces.len() < PIECES && share > LEAST {
                if self.look.depth == Depth::Pixels {
                    self.pieces_hash.update(stream.raw_data());
                }
                self.pieces.push((facts, drawn));
            }
            return;
        }
        self.whole += 1;
        let finer = self.best.as_ref().is_none_or(|b| facts.area() > u64::from(b.scan.pixels[0]) * u64::from(b.scan.pixels[1]));
        if finer && self.whole <= DECODED {
            self.take(stream, &facts, drawn);
        } else {
            self.colours.shown |= coloured;
        }
    }

    fn take(&mut self, stream: &Stream<'_>, facts: &Facts, drawn: Drawn) {
        let scan = Scan { pixels: facts.pixels, dpi: drawn.dpi, colour: facts.colour, looks: None };
        let mut best = Best { scan, turned: drawn.turned, print: None, held: Held::None };
        self.blank = None;
        let (shown, read) = (self.look.depth == Depth::Pixels, self.look.ocr.is_some());
        if let Some(file) = (shown || read).then(|| pixels::jpeg(stream, facts, self.look.bounds.unpacked)).flatten() {
            if shown {
                best.print = jpeg::print(&file);
                let plane = jpeg::plane(&file, self.look);
                self.shown(plane.map(|p| (p, false)), &mut best);
            }
            best.held = if read { Held::File(file) } else { Held::None };
        } else if shown || read {
            best.print = Some(digest::first(Sha256::new().chain_update(stream.raw_data())));
            let plane = pixels::plane(stream, facts, self.look);
            best.held = self.shown(plane, &mut best).filter(|_| read).map_or(Held::None, Held::Plane);
        }
        self.best = Some(best);
    }

    fn shown(&mut self, plane: Result<(Plane, bool), What>, best: &mut Best) -> Option<Plane> {
        match plane {
            Ok((plane, missing)) => {
                if missing {
                    self.troubles.push(What::CutShort);
                }
                if self.look.depth == Depth::Pixels {
                    let (looks, blank) = looks(&plane);
                    self.colours.shown |= looks.coloured;
                    (best.scan.looks, self.blank) = (Some(looks), Some(blank));
                }
                Some(plane)
            }
            Err(what) => {
                // The page is there; it is its picture that is not.
                self.troubles.push(if what == What::Broken { What::Damaged } else { what });
                None
            }
        }
    }

    /// The picture that makes the page, or the pieces that do.
    pub fn scan(&mut self) -> Option<Scan> {
        if let Some(best) = &self.best {
            // Something else lies over it that was not put together with it.
            if self.whole > 1 && self.blank == Some(true) {
                self.blank = None;
            }
            let mut scan = best.scan.clone();
            if self.colours.stored {
                scan.colour = Colour::Colour;
            }
            scan.looks.iter_mut().for_each(|l| l.coloured |= self.colours.shown);
            return Some(scan);
        }
        let (first, drawn) = self.pieces.first()?;
        let alike = self.pieces.iter().all(|(f, _)| f.pixels[0] == first.pixels[0] && f.colour == first.colour);
        if !alike || self.pieces.len() < 2 || self.covered < MOST {
            return None;
        }
        let down = self.pieces.iter().fold(0_u32, |n, (f, _)| n.saturating_add(f.pixels[1]));
        Some(Scan { pixels: [first.pixels[0], down], dpi: drawn.dpi, colour: first.colour, looks: None })
    }

    /// Quarter turns clockwise that what makes the page is drawn with, before the page is turned.
    pub fn turned(&self) -> u8 {
        self.best.as_ref().map(|b| b.turned).or_else(|| self.pieces.first().map(|(_, d)| d.turned)).unwrap_or(0)
    }

    /// The print of what makes the page. It is made with the pixels: a hash takes as long as all else that a head tells.
    pub fn print(&self) -> Option<u64> {
        let pieces = || (self.look.depth == Depth::Pixels).then(|| digest::first(self.pieces_hash.clone()));
        self.best.as_ref().map_or_else(pieces, |b| b.print)
    }

    /// What OCR reads, where it is asked for.
    pub fn read(&self, look: &Look<'_>) -> Option<Result<String, What>> {
        let (ocr, best) = (look.ocr?, self.best.as_ref()?);
        match &best.held {
            Held::None => None,
            Held::File(file) => Some(ocr.read(Picture::File(file), look.bounds.seconds)),
            Held::Plane(plane) => Some(ocr.read(Picture::Plane(plane), look.bounds.seconds)),
        }
    }
}
