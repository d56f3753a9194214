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
        // Several groups with offices left out would give these away by difference.
        let groups = if withheld.is_empty() {
            results.groups.iter().map(|g| split(results, g)).collect()
        } else {
            whole(results).filter(|_| !hidden.whole).map(|(_, g)| split(results, g)).into_iter().collect()
        };
        Self { offices, withheld, groups }
    }
}

/// A group with those of its splits of which no part is small.
fn split(results: &Results, group: &Office) -> Office {
    let wide = |parts: &BTreeMap<String, Split>, whole: Option<&Office>| {
        let parts = cells::parts(&results.offices, parts.values().map(|p| (p.n, &p.grades)), whole);
        is_wide(&parts, LEAST)
    };
    let mut by = group.by.clone();
    if !wide(&by.case_type, Some(group)) {
        by.case_type.clear();
    }
    // Recipients may stand in several groups.
    if !wide(&by.recipient_group, None) {
        by.recipient_group.clear();
    }
    Office { by, ..group.clone() }
}
