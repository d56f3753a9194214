//! Whether the lines of a page run from top to bottom. Must not tell when in doubt: a page that stands upright is never called turned.

use super::blank::Lit;
use super::skew::slope;
use crate::inspect::Plane;

/// Whether the lines run down, of a page whose lines are turned by so many hundredths of a degree.
///
/// Two signs must agree, for Chinese characters in a table stand as near to those below as to those beside. The one is the layout: in small
/// squares of the page, rows or columns of ink with gaps between them. The other are the strokes: in printing types those that stand are
/// thicker than those that lie, in Chinese, Latin and digits, so that brightness changes more from left to right than from top to bottom.
pub(super) fn sideways(plane: &Plane, lit: &Lit, angle: i32) -> Option<bool> {
    let straight = Straight::new(plane, lit, angle);
    let (across, down, all) = straight.votes();
    let (falls, along) = straight.strokes();
    let (lies, stands) = (across * 3 > all && across > down * 6, down * 3 > all && down > across * 6);
    match () {
        () if stands && falls * 10 > along * 11 => Some(true),
        () if lies && falls * 11 < along * 10 => Some(false),
        () => None,
    }
}

/// What no ink is.
const PAPER: u8 = u8::MAX;

/// The ink of a page, set straight, without its rules.
struct Straight {
    wide: usize,
    high: usize,
    grey: Vec<u8>,
}

impl Straight {
    fn new(plane: &Plane, lit: &Lit, angle: i32) -> Self {
        let (wide, high) = (lit.wide, lit.high);
        let slope = i64::from(slope(angle));
        let side = |n: usize| i64::try_from(n).unwrap_or(0);
        let turn = |n: i64| (n * slope + 32_768) >> 16;
        let mut grey = vec![PAPER; wide * high];
        let rows = lit.ink.chunks_exact(wide.max(1)).zip(plane.pixels.chunks_exact(wide.max(1)));
        for (y, (ink, row)) in rows.enumerate() {
            for (x, (_, dark)) in ink.iter().zip(row).enumerate().filter(|(_, (ink, _))| **ink) {
                // Two shears, so that no pixel is lost or doubled.
                let down = side(y) - turn(side(x) - side(wide / 2));
                let along = side(x) + turn(down - side(high / 2));
                if let (Ok(x), Ok(y)) = (usize::try_from(along), usize::try_from(down))
                    && x < wide
                    && y < high
                {
                    grey[y * wide + x] = *dark;
                }
            }
        }
        let mut straight = Self { wide, high, grey };
        straight.unrule();
        straight
    }

    /// Takes out runs that are too long for a character, with what lies beside them.
    fn unrule(&mut self) {
        let (wide, long) = (self.wide, self.wide.max(self.high) / 22);
        let mut rules: Vec<(usize, usize, usize, usize)> = Vec::new();
        let mut falling = vec![0_usize; wide];
        for y in 0..=self.high {
            let row = self.grey.get(y * wide..(y + 1) * wide).unwrap_or_default();
            let mut from = 0;
            for x in 0..=wide {
                let ink = row.get(x).is_some_and(|g| *g < PAPER);
                if !ink {
                    if x - from >= long && !row.is_empty() {
                        rules.push((from, x, y.saturating_sub(1), y + 2));
                    }
                    from = x + 1;
                }
                if let Some(run) = falling.get_mut(x) {
                    if ink {
                        *run += 1;
                    } else {
                        if *run >= long {
                            rules.push((x.saturating_sub(1), x + 2, y - *run, y));
                        }
                        *run = 0;
                    }
                }
            }
        }
        for (left, right, top, bottom) in rules {
            for y in top..bottom.min(self.high) {
                self.grey[y * wide..][left..right.min(wide)].fill(PAPER);
            }
        }
    }

    /// How much brightness changes from top to bottom and from left to right at the edges of ink.
    fn strokes(&self) -> (u64, u64) {
        let (mut falls, mut along) = (0, 0);
        for (row, below) in self.grey.chunks_exact(self.wide).zip(self.grey.chunks_exact(self.wide).skip(1)) {
            for ((grey, below), beside) in row.iter().zip(below).zip(row.iter().skip(1)).filter(|((grey, _), _)| **grey < PAPER) {
                falls += u64::from(grey.abs_diff(*below));
                along += u64::from(grey.abs_diff(*beside));
            }
        }
        (falls, along)
    }

    /// How many tiles have lines across, and how many have lines down, weighed by their ink in thousandths of all of it.
    fn votes(&self) -> (u64, u64, u64) {
        let side = self.wide.max(self.high) / 14;
        let (mut across, mut down, mut all) = (0, 0, 0);
        for top in (0..self.high).step_by(side.max(1)) {
            for left in (0..self.wide).step_by(side.max(1)) {
                if top + side > self.high || left + side > self.wide {
                    continue;
                }
                let (mut rows, mut columns) = (Vec::with_capacity(side), vec![0_i64; side]);
                for y in top..top + side {
                    let mut count = 0;
                    for (grey, column) in self.grey[y * self.wide + left..].iter().zip(&mut columns) {
                        let ink = i64::from(*grey < PAPER);
                        count += ink;
                        *column += ink;
                    }
                    rows.push(count);
                }
                let ink: i64 = rows.iter().sum();
                if ink * 50 < (side * side) as i64 {
                    continue;
                }
                let spread = |bins: &[i64]| bins.iter().map(|n| n * n).sum::<i64>() * side as i64 - ink * ink;
                let (h, v) = (spread(&rows), spread(&columns));
                all += ink as u64;
                if h > v * 2 {
                    across += ink as u64;
                } else if v > h * 2 {
                    down += ink as u64;
                }
            }
        }
        (across, down, all)
    }
}
