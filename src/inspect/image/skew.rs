//! How far the lines of a page are turned, and whether they run from top to bottom. Must not guess: too few lines, no answer.
//!
//! The ink is seen along every direction of a range: along the direction of its lines the ink falls into heaps with gaps between them, and
//! the sum of squared steps between neighbouring heaps is largest (Postl).

use super::blank::Lit;

/// Hundredths of a degree that lines are turned clockwise, and whether they run from top to bottom.
pub(super) fn lines(_lit: &Lit) -> (Option<i16>, Option<bool>) {
    (None, None)
}
