//! Tiers (档次) by thresholds of a key or by shares of the ranked. Must not split a tie, nor invent a tier that nobody declared.
//!
//! A share is cut at whole offices: of N ranked ones the first `share × N`, rounded as declared, and cumulative over the tiers. A tie
//! over that boundary goes as a whole to where its first one stands (`up`), or to where its last one stands (`down`).

use super::exact::{self, Fraction, Span};
use super::order::Place;
use super::rules::{Bound, Key, Tiers};
use crate::base::points::Points;

/// Number of tiers before which somebody stands: an index into the tiers, or their number for none of them.
pub type At = usize;

/// The best and the worst tier that a value of the key allows.
pub fn by_value(tiers: &Tiers, key: &Key, value: Option<&Span>) -> [At; 2] {
    let at = |value: &Fraction| {
        let reaches = |bound: &Bound| match bound {
            Bound::From(from) => {
                let from = exact::points(*from);
                // Rates are shares, thresholds per cent.
                if key.is_share() { value * exact::whole(100) >= from } else { *value >= from }
            }
            Bound::Share(_) => false,
            Bound::Rest => true,
        };
        tiers.list.iter().position(|t| reaches(&t.bound)).unwrap_or(tiers.list.len())
    };
    match value {
        Some(span) => [at(&span.high), at(&span.low)],
        None => [0, at(&Fraction::from_integer((-1).into()))],
    }
}

/// How many of `n` ranked ones the tiers up to each take.
pub fn quotas(tiers: &Tiers, n: u64) -> Vec<u64> {
    let mut sum = Points::ZERO;
    let quota = |tier: &super::rules::Tier| match tier.bound {
        Bound::Share(share) => {
            sum += share;
            let exact = exact::points(sum) * exact::whole(n) / exact::whole(100);
            let whole = if tiers.round_up { exact.ceil() } else { exact.floor() };
            num_traits::ToPrimitive::to_u64(&whole.to_integer()).unwrap_or(n).min(n)
        }
        _ => n,
    };
    tiers.list.iter().map(quota).collect()
}

/// The best and the worst tier that a place among `n` ranked ones allows.
pub fn by_place(tiers: &Tiers, place: &Place, n: u64) -> [At; 2] {
    let quotas = quotas(tiers, n);
    let at = |position: u64| quotas.iter().position(|q| position <= *q).unwrap_or(quotas.len());
    let [best, worst] = if tiers.down { place.end } else { place.start };
    [at(best), at(worst)]
}

/// Whether a known tie lies over a boundary, so that it was moved as a whole.
pub fn is_moved(tiers: &Tiers, place: &Place, n: u64) -> bool {
    let quotas = quotas(tiers, n);
    let at = |position: u64| quotas.iter().position(|q| position <= *q);
    place.start[0] == place.start[1] && place.end[0] == place.end[1] && at(place.start[0]) != at(place.end[0])
}
