//! Everybody whose cases all reach the headline rate (全部优良机构). Must not list one of which a case may still miss it.

use super::pool::Unit;
use crate::record::rank::AllReached;

/// The list, in order of the units.
pub fn all_reached(units: &[Unit]) -> Vec<AllReached> {
    let reached = |unit: &&Unit| {
        let rate = unit.office.headline();
        rate.is_some_and(|r| r.n > 0 && r.n == unit.office.selected && r.k_low == r.n)
    };
    let record = |unit: &Unit| AllReached {
        id: unit.office.id.clone(),
        name: unit.office.name.clone(),
        n: unit.office.selected,
        census: unit.office.selected == unit.office.in_scope,
    };
    units.iter().filter(reached).map(record).collect()
}
