//! The frame (抽样框): its one order, its hash, its division into strata. Must not choose anything.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::base::digest;
use crate::record::plan::{CaseKey, Dimension, FrameCase};
use crate::reference::identifiers::order_case_no;

/// What stands for a value that is not told.
pub const BLANK: &str = "（未填）";
/// Name of the one stratum of a frame that is not divided.
pub const WHOLE: &str = "全部";

/// The order of cases: office id, number by its digits, stage.
pub fn order(a: &CaseKey, b: &CaseKey) -> Ordering {
    a.office.cmp(&b.office).then_with(|| order_case_no(&a.case_no, &b.case_no)).then_with(|| a.stage.cmp(&b.stage))
}

/// Puts a frame into its order.
pub fn sort(frame: &mut [FrameCase]) {
    let all = |c: &FrameCase| (c.case_type.clone(), c.lawyers.clone(), c.groups.clone(), c.out.clone());
    // Whatever else differs decides between cases that cannot be told apart, so that the order read does not matter.
    frame.sort_by(|a, b| order(&a.case, &b.case).then_with(|| all(a).cmp(&all(b))));
}

/// SHA-256 of the frame in its order: a line a case, its parts divided by tabs, several values by 、.
pub fn sha256(frame: &[FrameCase]) -> String {
    let mut hash = Sha256::new();
    for case in frame {
        let stage = case.case.stage.as_deref().unwrap_or("");
        let out = case.out.as_deref().unwrap_or("");
        let (lawyers, groups) = (case.lawyers.join("、"), case.groups.join("、"));
        for part in [&*case.case.office, &*case.case.case_no, stage, &*case.case_type, &*lawyers, &*groups, out] {
            hash.update(part);
            hash.update("\t");
        }
        hash.update("\n");
    }
    digest::hex(&hash.finalize())
}

/// Where a case stands in a frame that is in its order.
pub fn find(frame: &[FrameCase], key: &CaseKey) -> Option<usize> {
    frame.binary_search_by(|c| order(&c.case, key)).ok()
}

/// A stratum in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Name: its values divided by ` / `.
    pub name: Arc<str>,
    /// Its values, by dimension; a case of two lawyers has both.
    pub values: Vec<(Dimension, Vec<Arc<str>>)>,
    /// Its cases in order of the frame.
    pub cases: Vec<usize>,
}

impl Cell {
    /// Its values of one dimension.
    pub fn of(&self, by: Dimension) -> &[Arc<str>] {
        self.values.iter().find(|(d, _)| *d == by).map(|(_, v)| v.as_slice()).unwrap_or_default()
    }
}

/// Divides these cases; the strata come in order of their names.
pub fn divide(frame: &[FrameCase], cases: impl Iterator<Item = usize>, by: &[Dimension]) -> Vec<Cell> {
    type Key<'a> = Vec<&'a [Arc<str>]>;
    let mut cells: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for i in cases {
        let Some(case) = frame.get(i) else { continue };
        let key: Key<'_> = by.iter().map(|d| values(case, *d)).collect();
        cells.entry(key).or_default().push(i);
    }
    let cell = |(key, cases): (Key<'_>, Vec<usize>)| {
        let shown = |v: &&[Arc<str>]| {
            let words = v.join("、");
            if words.is_empty() { BLANK.to_owned() } else { words }
        };
        let name = if key.is_empty() { WHOLE.to_owned() } else { key.iter().map(shown).collect::<Vec<_>>().join(" / ") };
        let values = by.iter().copied().zip(key.iter().map(|v| v.to_vec())).collect();
        Cell { name: name.into(), values, cases }
    };
    cells.into_iter().map(cell).collect()
}

fn values(case: &FrameCase, by: Dimension) -> &[Arc<str>] {
    match by {
        Dimension::Office => std::slice::from_ref(&case.case.office),
        Dimension::CaseType => std::slice::from_ref(&case.case_type),
        Dimension::Lawyer => &case.lawyers,
        Dimension::RecipientGroup => &case.groups,
    }
}
