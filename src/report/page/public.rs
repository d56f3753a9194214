//! What anybody may be told (公开): offices with enough cases, and of all together what gives no case away. Must not show less than the
//! circular (通报) for another reason than a case that could be told.

use std::collections::BTreeMap;

use crate::record::v1::{By, Office, Results, Split};
use crate::report::cells::{self, LEAST, cells, whole};
use crate::report::hide::{hide, is_wide};

/// Offices and groups of a public page.
#[derive(Debug)]
pub struct Public {
    /// Offices that are shown, without splits.
    pub offices: Vec<Office>,
    /// Offices of which the number of cases is said and nothing else.
    pub withheld: Vec<Office>,
    /// All offices together, where that gives no case away.
    pub groups: Vec<Office>,
}

impl Public {
    /// Of a result.
    pub fn of(results: &Results) -> Self {
        let hidden = hide(&cells(&results.offices), LEAST);
        let bare = |o: &Office| Office { by: By::default(), ..o.clone() };
        let (mut offices, mut withheld) = (Vec::new(), Vec::new());
        for (at, office) in results.offices.iter().enumerate() {
            if hidden.offices.contains(&at) { &mut withheld } else { &mut offices }.push(bare(office));
        }
        // Several groups with offices left out would give these away by difference; so would splits of a group beside those of the whole.
        let all = whole(results).map(|(_, g)| g);
        let groups = if withheld.is_empty() {
            results.groups.iter().map(|g| if all.is_some_and(|a| a.id == g.id) { split(results, g) } else { bare(g) }).collect()
        } else {
            all.filter(|_| !hidden.whole).map(|g| split(results, g)).into_iter().collect()
        };
        Self { offices, withheld, groups }
    }
}

/// The whole with those of its splits of which no part is small, and not the rest that no part has; recipients may stand in several.
fn split(results: &Results, whole: &Office) -> Office {
    let is_told = |parts: &BTreeMap<String, Split>| {
        let parts = cells::parts(&results.offices, parts.values().map(|p| (p.n, &p.grades)), Some(whole));
        is_wide(&parts, LEAST)
    };
    let mut by = whole.by.clone();
    if !is_told(&by.case_type) {
        by.case_type.clear();
    }
    if !is_told(&by.recipient_group) {
        by.recipient_group.clear();
    }
    Office { by, ..whole.clone() }
}
