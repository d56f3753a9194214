//! What is ink and what is paper, and whether a page has nothing on it. Must not take a page for blank when in doubt.
//!
//! A page is blank when nothing is left of its ink but what scanning itself leaves: shadows along an edge, punch holes, specks of dust.

use crate::inspect::Plane;

/// Cells of the paper's brightness, in pixels.
const CELL: usize = 32;
/// Levels are blended for squares of so many pixels.
const STEP: usize = 4;
/// How much darker than the paper ink is at least; what shines through from the other side is fainter, pencil is not.
const FAINT: u8 = 28;

/// A plane with its ink told from its paper.
#[derive(Debug)]
pub(super) struct Lit {
    pub(super) wide: usize,
    pub(super) high: usize,
    /// Whether a pixel is ink.
    pub(super) ink: Vec<bool>,
    /// How many are.
    pub(super) count: usize,
    /// The brightness of the paper as a whole.
    paper: u8,
}

impl Lit {
    pub(super) fn new(plane: &Plane) -> Self {
        let wide = usize::try_from(plane.width).unwrap_or(0);
        let high = plane.pixels.len().checked_div(wide).unwrap_or(0);
        let (across, down) = (wide.div_ceil(CELL), high.div_ceil(CELL));
        // The paper of a cell is what its brightest fifth has at least.
        let mut cells = vec![[0_u32; 64]; across * down];
        for (y, row) in plane.pixels.chunks_exact(wide.max(1)).enumerate() {
            let line = cells.get_mut(y / CELL * across..).unwrap_or_default();
            for (part, counts) in row.chunks(CELL).zip(line) {
                part.iter().for_each(|p| counts[usize::from(p >> 2)] += 1);
            }
        }
        let mut all = [0_u32; 64];
        cells.iter().for_each(|c| all.iter_mut().zip(c).for_each(|(a, n)| *a += n));
        let paper = bright(&all, 4);
        // A dark cell is ink, not dark paper.
        let levels: Vec<u8> =
            cells.iter().map(|c| bright(c, 5).clamp(paper.saturating_sub(40), paper.saturating_add(24)).saturating_sub(FAINT)).collect();
        let mut ink = Vec::with_capacity(plane.pixels.len());
        let mut line = vec![0_u8; wide];
        for (y, row) in plane.pixels.chunks_exact(wide.max(1)).enumerate() {
            // Between the centres of four cells the level changes evenly, or cells would have edges of their own.
            if y % STEP == 0 {
                blend(&levels, across, y, &mut line);
            }
            ink.extend(row.iter().zip(&line).map(|(p, level)| p < level));
        }
        let count = ink.iter().filter(|i| **i).count();
        Self { wide, high, ink, count, paper }
    }

    /// Whether nothing is on the page.
    pub(super) fn blank(&self) -> bool {
        // A dark page is not paper; with ink on a tenth of it there is no doubt.
        if self.paper < 128 || self.ink.is_empty() || self.count * 10 > self.ink.len() {
            return false;
        }
        let mut ink = self.ink.clone();
        let (mut stack, mut specks) = (Vec::new(), 0);
        for start in 0..ink.len() {
            if !ink[start] {
                continue;
            }
            ink[start] = false;
            stack.push(start);
            let mut blob = Blob::new();
            while let Some(at) = stack.pop() {
                let (x, y) = (at % self.wide, at / self.wide);
                blob.add(x, y);
                for ny in y.saturating_sub(1)..(y + 2).min(self.high) {
                    for nx in x.saturating_sub(1)..(x + 2).min(self.wide) {
                        let next = ny * self.wide + nx;
                        if ink[next] {
                            ink[next] = false;
                            stack.push(next);
                        }
                    }
                }
            }
            if blob.is_scanning(self.wide, self.high) {
                continue;
            }
            specks += blob.area;
            // A stroke of a pencil, a digit, a point of a seal; or so many specks that they may be something.
            if blob.area >= 8 || blob.long() >= 6 || specks > 60 {
                return false;
            }
        }
        true
    }
}

/// Fills a line with the levels of cells, blended.
fn blend(levels: &[u8], across: usize, y: usize, line: &mut [u8]) {
    // The cell whose centre lies before a place, the next one, and how far it is on the way, of CELL.
    let between = |at: usize, most: usize| {
        let from = at.saturating_sub(CELL / 2);
        let first = (from / CELL).min(most);
        (first, (first + 1).min(most), if at < CELL / 2 { 0 } else { from % CELL })
    };
    let level = |cell: usize| levels.get(cell).map_or(0, |l| usize::from(*l));
    let (above, below, down) = between(y, (levels.len() / across.max(1)).saturating_sub(1));
    for (x, part) in line.chunks_mut(STEP).enumerate() {
        let (left, right, along) = between(x * STEP, across.saturating_sub(1));
        let mix = |row: usize| level(row * across + left) * (CELL - along) + level(row * across + right) * along;
        let value = (mix(above) * (CELL - down) + mix(below) * down) / (CELL * CELL);
        part.fill(u8::try_from(value).unwrap_or(u8::MAX));
    }
}

/// The brightness that one part in so many of the pixels has at least.
fn bright(counts: &[u32; 64], part: u32) -> u8 {
    let least = counts.iter().sum::<u32>() / part;
    let mut seen = 0;
    let found = counts.iter().rposition(|n| {
        seen += n;
        seen > least
    });
    u8::try_from(found.unwrap_or(0) * 4 + 2).unwrap_or(u8::MAX)
}

/// Ink that hangs together.
struct Blob {
    area: usize,
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

impl Blob {
    const fn new() -> Self {
        Self { area: 0, left: usize::MAX, right: 0, top: usize::MAX, bottom: 0 }
    }

    fn add(&mut self, x: usize, y: usize) {
        self.area += 1;
        (self.left, self.right) = (self.left.min(x), self.right.max(x));
        (self.top, self.bottom) = (self.top.min(y), self.bottom.max(y));
    }

    const fn size(&self) -> (usize, usize) {
        (self.right - self.left + 1, self.bottom - self.top + 1)
    }

    fn long(&self) -> usize {
        let (w, h) = self.size();
        w.max(h)
    }

    /// Whether it comes from scanning: a speck, a shadow along an edge, a punch hole beside one.
    fn is_scanning(&self, wide: usize, high: usize) -> bool {
        let (w, h) = self.size();
        let whole = wide.max(high);
        // Of the longer side: 3 mm on A4 are 1 %.
        let near = whole / 16;
        let (right, bottom) = (wide - 1 - self.right, high - 1 - self.bottom);
        let edge = whole / 150 + 1;
        let shadow = (self.left <= edge && self.right <= near)
            || (right <= edge && self.left + near >= wide)
            || (self.top <= edge && self.bottom <= near)
            || (bottom <= edge && self.top + near >= high);
        let beside = self.left.min(right).min(self.top).min(bottom) <= whole / 18;
        let round = w * 3 <= h * 4 && h * 3 <= w * 4 && self.area * 10 >= w * h * 6;
        let hole = beside && round && w * 100 >= whole && w * 30 <= whole;
        self.area <= 2 || shadow || hole
    }
}
