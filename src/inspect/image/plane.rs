//! From decoded pixels to a [`Plane`]: grey, reduced, and whether there was colour. Must not know a format.

use super::colour::Tint;
use crate::inspect::Plane;

/// The longer side of a plane is not made smaller than this: lines of text can still be told at that size.
const LEAST: u32 = 800;

/// By how much a picture is made smaller before it is looked at.
pub(in crate::inspect) fn reduction(wide: u32, high: u32) -> u32 {
    [8, 4, 2].into_iter().find(|k| wide.max(high) / k >= LEAST).unwrap_or(1)
}

/// Makes a plane of rows as they come from a decoder.
#[derive(Debug)]
pub(in crate::inspect) struct Shrink {
    size: [u32; 2],
    by: usize,
    across: usize,
    /// Sums of red, green and blue of the squares of this line, and how many rows are in them.
    sums: Vec<[u32; 3]>,
    rows: usize,
    pixels: Vec<u8>,
    tint: Tint,
}

impl Shrink {
    /// For a picture of so many pixels across and down, made `by` times smaller. `None` when that is more than memory can hold.
    pub(in crate::inspect) fn new(size: [u32; 2], by: u32) -> Option<Self> {
        let small = size.map(|n| n.div_ceil(by.max(1)));
        let wide = usize::try_from(small[0]).ok()?;
        let pixels = Vec::with_capacity(wide.checked_mul(usize::try_from(small[1]).ok()?)?);
        let (by, across) = (usize::try_from(by.max(1)).ok()?, usize::try_from(size[0]).ok()?);
        Some(Self { size, by, across, sums: vec![[0; 3]; wide], rows: 0, pixels, tint: Tint::new(wide) })
    }

    /// Takes the next row: `samples` bytes a pixel: grey, grey and alpha, RGB, RGB and alpha. Alpha lies on white paper.
    pub(in crate::inspect) fn row(&mut self, row: &[u8], samples: usize) {
        let samples = samples.max(1);
        // Most pictures come from their decoder small enough, and then there is nothing to add up.
        if self.by == 1 && samples == 1 {
            self.pixels.extend(row.iter().take(self.across));
            return;
        }
        if self.by == 1 && samples == 3 {
            let colours = row.as_chunks::<3>().0;
            let colours = &colours[..colours.len().min(self.across)];
            self.pixels.extend(colours.iter().map(|[r, g, b]| grey(*r, *g, *b)));
            self.tint.row(colours);
            return;
        }
        for (sum, square) in
            self.sums.iter_mut().zip(row.get(..row.len().min(self.across * samples)).unwrap_or_default().chunks(self.by * samples))
        {
            match samples {
                1 => {
                    let grey: u32 = square.iter().map(|p| u32::from(*p)).sum();
                    sum.iter_mut().for_each(|s| *s += grey);
                }
                3 => square.chunks_exact(3).for_each(|p| sum.iter_mut().zip(p).for_each(|(s, c)| *s += u32::from(*c))),
                _ => square.chunks_exact(samples).for_each(|p| {
                    let (alpha, colours) = (u32::from(p[samples - 1]), &p[..samples - 1]);
                    let over = |c: &u8| (u32::from(*c) * alpha + 255 * (255 - alpha)) / 255;
                    sum.iter_mut().enumerate().for_each(|(i, s)| *s += colours.get(i).or(colours.first()).map_or(255, over));
                }),
            }
        }
        self.rows += 1;
        if self.rows == self.by {
            self.line();
        }
    }

    fn line(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let (by, across) = (self.by, self.across);
        let mut line = Vec::with_capacity(self.sums.len());
        for (i, sum) in self.sums.iter_mut().enumerate() {
            let count = u32::try_from(rows * by.min(across - (i * by).min(across))).unwrap_or(1).max(1);
            line.push(sum.map(|s| u8::try_from(s / count).unwrap_or(u8::MAX)));
            *sum = [0; 3];
        }
        self.pixels.extend(line.iter().map(|[r, g, b]| grey(*r, *g, *b)));
        self.tint.row(&line);
    }

    /// The plane, when as many rows came as the picture has.
    pub(in crate::inspect) fn plane(mut self) -> Option<Plane> {
        if self.rows > 0 {
            self.line();
        }
        let by = u32::try_from(self.by).ok()?;
        let [width, height] = self.size.map(|n| n.div_ceil(by));
        let whole = self.pixels.len() as u64 == u64::from(width) * u64::from(height);
        whole.then(|| Plane { width, height, coloured: self.tint.coloured(), pixels: self.pixels, reduced: by })
    }
}

/// How bright a colour is (ITU-R BT.601).
const fn grey(red: u8, green: u8, blue: u8) -> u8 {
    ((red as u32 * 77 + green as u32 * 150 + blue as u32 * 29) >> 8) as u8
}

/// Cyan, magenta, yellow and black ink as RGB.
pub(super) fn printed(row: &[u8]) -> Vec<u8> {
    row.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]].map(|c| 255 - c.saturating_add(p[3]))).collect()
}

/// Makes a plane smaller by a whole number: the mean of every square.
pub(super) fn smaller(plane: &Plane, by: u32) -> Plane {
    let (wide, high) = (plane.width.div_ceil(by), plane.height.div_ceil(by));
    let size = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let (across, step, small) = (size(plane.width).max(1), size(by).max(1), size(wide));
    let mut pixels = Vec::with_capacity(small * size(high));
    let mut sums = vec![0_u32; small];
    for rows in plane.pixels.chunks(across * step) {
        sums.fill(0);
        let count = u32::try_from(rows.len() / across).unwrap_or(1).max(1);
        for row in rows.chunks_exact(across) {
            for (sum, part) in sums.iter_mut().zip(row.chunks(step)) {
                *sum += part.iter().map(|p| u32::from(*p)).sum::<u32>();
            }
        }
        let width = |i: usize| u32::try_from(step.min(across - i * step)).unwrap_or(1).max(1);
        pixels.extend(sums.iter().enumerate().map(|(i, s)| u8::try_from(s / (count * width(i))).unwrap_or(u8::MAX)));
    }
    Plane { width: wide, height: high, pixels, coloured: plane.coloured, reduced: plane.reduced.saturating_mul(by) }
}
