//! What the pixels of a page show. Must not know where they come from.

use super::plane::{reduction, smaller};
use super::{blank, sideways, sketch, skew};
use crate::inspect::Plane;
use crate::model::inside::Looks;

/// What a plane shows, and whether nothing is on it. A plane of any size will do: a large one is made smaller first.
pub fn looks(plane: &Plane) -> (Looks, bool) {
    let by = reduction(plane.width, plane.height);
    let small = (by > 1).then(|| smaller(plane, by));
    let plane = small.as_ref().unwrap_or(plane);
    let lit = blank::Lit::new(plane);
    let blank = lit.blank();
    let skew = if blank { None } else { skew::skew(&lit) };
    let sideways = if blank { None } else { sideways::sideways(plane, &lit, skew.unwrap_or(0)) };

    (
        Looks { skew: skew.and_then(|s| i16::try_from(s).ok()), sideways, coloured: plane.coloured, sketch: sketch::sketch(&lit, skew) },
        blank,
    )
}
