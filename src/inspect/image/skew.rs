//! How far the lines of a page are turned. Must not guess: too few lines, no answer.
//!
//! The ink is projected along every direction of a range. Along the direction of its lines it falls into heaps with gaps between them, and
//! the sum of squared steps between neighbouring bins is largest (Postl 1986). Only the lower edges of strokes are projected: they lie on
//! the base lines. The same is done across, since a page may lie on its side.

use super::blank::Lit;

/// Hundredths of a degree to both sides that are searched.
const RANGE: i32 = 1500;
/// What the best direction must have over the middle one, in hundredths, and how many lines there must be.
const CLEAR: i64 = 400;
const LINES: usize = 8;
/// One pixel of ink in so many must be the edge of a stroke.
const STROKES: usize = 5;
/// Points that are enough for a first search, and for a second one.
const FEW: usize = 4_000;
const ENOUGH: usize = 12_000;

/// The direction of the lines of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turn {
    /// Hundredths of a degree clockwise.
    angle: i32,
    /// How much its projection stands out: the largest sum over the middle one, in hundredths.
    clear: i64,
    /// How many heaps there are: lines of text, or rules.
    lines: usize,
}

/// Points of strokes: along the lines and across them.
type Points = Vec<(i32, i32)>;

/// The lower edges of strokes as (x, y), and their right edges as (y, x): the second is a page seen on its side. What lies at the very
/// edge of the picture is left out: that is the scanner's.
fn edges(lit: &Lit) -> (Points, Points) {
    let (margin_x, margin_y) = (lit.wide / 40 + 1, lit.high / 40 + 1);
    let (mut lower, mut right) = (Vec::new(), Vec::new());
    for y in margin_y..lit.high.saturating_sub(margin_y) {
        let from = y * lit.wide;
        let rows = lit.ink.get(from..from + lit.wide).zip(lit.ink.get(from + lit.wide..from + 2 * lit.wide));
        let Some((row, below)) = rows else { break };
        for x in margin_x..lit.wide.saturating_sub(margin_x) {
            if row[x] && !(below[x] && row[x + 1]) {
                let at = (i32::try_from(x).unwrap_or(0), i32::try_from(y).unwrap_or(0));
                if !below[x] {
                    lower.push(at);
                }
                if !row[x + 1] {
                    right.push((at.1, at.0));
                }
            }
        }
    }
    (lower, right)
}

/// Hundredths of a degree that the lines of a page are turned clockwise, from those that run across it and those that run down.
pub(super) fn skew(lit: &Lit) -> Option<i32> {
    let (lower, right) = edges(lit);
    let (wide, high) = (i32::try_from(lit.wide).unwrap_or(0), i32::try_from(lit.high).unwrap_or(0));
    // A photograph has large spots and few edges.
    let strokes = |points: &Points| points.len() * STROKES >= lit.count;
    let across = search(&lower, wide, high).filter(|_| strokes(&lower));
    // Seen on its side, a page that is turned clockwise is turned the other way.
    let down = search(&right, high, wide).filter(|_| strokes(&right)).map(|t| Turn { angle: -t.angle, ..t });
    let mut turns: Vec<Turn> = [across, down].into_iter().flatten().filter(|t| t.clear >= CLEAR && t.lines >= LINES).collect();
    turns.sort_by_key(|t| -t.clear);
    match turns[..] {
        [first, second, ..] if second.clear * 2 > first.clear && (first.angle - second.angle).abs() > 100 => None,
        [first, ..] => Some(first.angle),
        [] => None,
    }
}

/// The tangent of hundredths of a degree in 65536ths. A series, since the one of a computer's own library may differ in its last digit.
pub(super) fn slope(angle: i32) -> i32 {
    let x = f64::from(angle) * std::f64::consts::PI / 18_000.0;
    let s = x * x;
    let tan = x * (1.0 + s * (1.0 / 3.0 + s * (2.0 / 15.0 + s * (17.0 / 315.0 + s * 62.0 / 2835.0))));
    (tan * 65_536.0).round() as i32
}

/// How many points fall into each bin along a direction.
fn project(points: &[(i32, i32)], angle: i32, wide: i32, step: usize, bins: &mut [u32]) {
    bins.fill(0);
    let slope = slope(angle);
    // Bins begin where the lowest projection lies.
    let shift = (slope.abs() >> 4) * wide / 4096 + 1;
    let slope = slope >> 2;
    for (x, y) in points.iter().step_by(step) {
        let bin = y - ((x * slope + 8192) >> 14) + shift;
        if let Some(count) = usize::try_from(bin).ok().and_then(|b| bins.get_mut(b)) {
            *count += 1;
        }
    }
}

fn energy(bins: &[u32]) -> i64 {
    bins.windows(2).map(|w| (i64::from(w[1]) - i64::from(w[0])).pow(2)).sum()
}

fn search(points: &[(i32, i32)], wide: i32, high: i32) -> Option<Turn> {
    if points.len() < 200 || wide < 8 || high < 8 {
        return None;
    }
    let room = usize::try_from(high + (slope(RANGE + 800) >> 4) * wide / 2048 + 4).ok()?;
    let mut bins = vec![0_u32; room];
    let (few, enough) = (points.len() / FEW + 1, points.len() / ENOUGH + 1);
    let mut best = |from: i32, to: i32, by: usize, step: usize| -> Vec<(i64, i32)> {
        let mut all = Vec::new();
        for angle in (from..=to).step_by(by) {
            project(points, angle, wide, step, &mut bins);
            all.push((energy(&bins), angle));
        }
        all
    };
    let coarse = best(-RANGE, RANGE, 50, few);
    let (_, about) = *coarse.iter().max_by_key(|(e, a)| (*e, -a.abs()))?;
    let finer = best(about - 40, about + 40, 10, few);
    let (_, about) = *finer.iter().max_by_key(|(e, a)| (*e, -a.abs()))?;
    let finest = best(about - 8, about + 8, 4, enough);
    let (_, angle) = *finest.iter().max_by_key(|(e, a)| (*e, -a.abs()))?;
    let top = best(angle, angle, 1, 1).first().map(|(e, _)| *e)?;
    let mut others: Vec<i64> =
        [-800, -550, -300, 300, 550, 800].into_iter().flat_map(|by| best(angle + by, angle + by, 1, 1)).map(|(e, _)| e).collect();
    others.sort_unstable();
    let middle = others[others.len() / 2].max(1);
    project(points, angle, wide, 1, &mut bins);
    Some(Turn { angle, clear: top * 100 / middle, lines: heaps(&bins) })
}

/// Heaps of a projection: bins that hold more than the mean, at some distance from each other.
fn heaps(bins: &[u32]) -> usize {
    let used: Vec<u64> = bins.iter().copied().filter(|n| *n > 0).map(u64::from).collect();
    let mean = used.iter().sum::<u64>() / (used.len() as u64).max(1);
    let apart = bins.len() / 160 + 2;
    let mut last = None;
    let mut count = 0;
    for (at, _) in bins.iter().enumerate().filter(|(_, n)| u64::from(**n) > mean * 3 / 2) {
        if last.is_none_or(|l| at - l > apart) {
            count += 1;
        }
        last = Some(at);
    }
    count
}
