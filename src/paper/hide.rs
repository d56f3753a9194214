//! Which offices' grades a public paper leaves out (小数保护), so that nobody can tell the grade of a single case from it.
//! Must not know what a grade is, and must not be used for papers that stay inside.
//!
//! What is printed: how many cases every office had, the counts of the offices that are shown, and the counts of all together. From
//! these a reader knows the sum of the offices that are left out. So a single office is never left out alone, and those left out
//! together do not all have one grade, or each of them would be known. What the counts of all together tell by themselves (a grade
//! that no case has, or one that every case has) cannot be hidden by leaving rows out.

use std::collections::BTreeSet;

/// Cases of an office by grade, those that are not decided in a place of their own; with the same places for every office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts(pub Vec<u64>);

impl Counts {
    /// All cases.
    pub fn n(&self) -> u64 {
        self.0.iter().sum()
    }
}

/// What is not printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Offices whose counts are left out, by number.
    pub offices: BTreeSet<usize>,
    /// Whether the counts of all together are left out too, since they are those of the one office that has cases.
    pub whole: bool,
}

/// What is not printed where an office needs so many cases to be shown.
pub fn hide(offices: &[Counts], least: u64) -> Hidden {
    let some = |at: &usize| offices.get(*at).is_some_and(|o| o.n() > 0);
    let all: BTreeSet<usize> = (0..offices.len()).filter(some).collect();
    let few = |at: &&usize| offices.get(**at).is_some_and(|o| o.n() < least);
    let mut hidden: BTreeSet<usize> = all.iter().filter(few).copied().collect();
    if hidden.is_empty() {
        return Hidden::default();
    }
    let alike = is_alike(offices, &all);
    loop {
        let mixed = |set: &BTreeSet<usize>| alike || !is_alike(offices, set);
        if hidden.len() > 1 && mixed(&hidden) {
            break;
        }
        let with = |at: usize| hidden.iter().copied().chain([at]).collect::<BTreeSet<_>>();
        let cost = |at: &usize| (!mixed(&with(*at)), offices.get(*at).map_or(0, Counts::n), *at);
        let Some(next) = all.difference(&hidden).copied().min_by_key(cost) else { break };
        hidden.insert(next);
    }
    Hidden { whole: hidden.len() < 2, offices: hidden }
}

/// Whether all cases of these offices stand in one place.
fn is_alike(offices: &[Counts], set: &BTreeSet<usize>) -> bool {
    let used: BTreeSet<usize> = set
        .iter()
        .filter_map(|at| offices.get(*at))
        .flat_map(|o| o.0.iter().enumerate().filter(|(_, n)| **n > 0).map(|(place, _)| place))
        .collect();
    used.len() < 2
}

/// Whether a split may be printed: no part and no grade within it is as small as to give a case away. The rest that no part names is a
/// part like the others, since a reader can compute it.
pub fn is_wide(parts: &[Counts], least: u64) -> bool {
    let wide = |n: u64| n == 0 || n >= least;
    parts.iter().all(|p| wide(p.n()) && p.0.iter().all(|n| wide(*n)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{Counts, Hidden, hide, is_wide};

    fn counts(list: &[[u64; 3]]) -> Vec<Counts> {
        list.iter().map(|c| Counts(c.to_vec())).collect()
    }

    /// Counts, which offices are left out, whether the whole is.
    type Case = (&'static [[u64; 3]], &'static [usize], bool);

    #[test]
    fn offices_with_few_cases_are_left_out_and_never_alone() {
        let cases: [Case; 9] = [
            (&[[3, 1, 0], [2, 2, 0]], &[], false),
            (&[[1, 0, 0], [5, 1, 0], [3, 1, 0]], &[0, 2], false),
            (&[[1, 0, 0], [0, 1, 0], [5, 1, 0]], &[0, 1], false),
            // Both have the same grade, so a third is needed that has another.
            (&[[1, 0, 0], [2, 0, 0], [4, 0, 0], [5, 1, 0]], &[0, 1, 3], false),
            // The next smallest that helps.
            (&[[1, 0, 0], [4, 0, 0], [5, 1, 0], [9, 2, 0]], &[0, 2], false),
            // All cases of all have one grade: the whole tells it.
            (&[[1, 0, 0], [4, 0, 0], [6, 0, 0]], &[0, 1], false),
            (&[[2, 0, 0]], &[0], true),
            (&[[1, 1, 0], [0, 0, 0]], &[0], true),
            (&[[0, 0, 0]], &[], false),
        ];
        for (list, offices, whole) in cases {
            let want = Hidden { offices: offices.iter().copied().collect(), whole };
            assert_eq!(hide(&counts(list), 3), want, "{list:?}");
        }
    }

    #[test]
    fn splits_with_a_small_cell_are_not_printed() {
        let cases: [(&[[u64; 3]], bool); 4] = [
            (&[[5, 0, 0], [7, 5, 0]], true),
            (&[[5, 0, 0], [7, 4, 0]], false),
            (&[[5, 0, 0], [7, 5, 0], [0, 1, 0]], false),
            (&[[0, 0, 0]], true),
        ];
        for (parts, wide) in cases {
            assert_eq!(is_wide(&counts(parts), 5), wide, "{parts:?}");
        }
    }

    /// Every way to give each office its cases so that the sums are as told: the values that each cell takes.
    fn readings(n: &[u64], sums: &[u64]) -> Vec<Vec<BTreeSet<u64>>> {
        fn rows(n: u64, sums: &[u64]) -> Vec<Vec<u64>> {
            let Some((first, rest)) = sums.split_first() else { return if n == 0 { vec![Vec::new()] } else { Vec::new() } };
            let with = |k: u64| {
                rows(n - k, rest).into_iter().map(move |mut r| {
                    r.insert(0, k);
                    r
                })
            };
            (0..=n.min(*first)).flat_map(with).collect()
        }
        fn walk(n: &[u64], sums: &[u64], table: &mut Vec<Vec<u64>>, see: &mut dyn FnMut(&[Vec<u64>])) {
            let Some((first, rest)) = n.split_first() else { return see(table) };
            for row in rows(*first, sums) {
                let left: Vec<u64> = sums.iter().zip(&row).map(|(s, r)| s - r).collect();
                table.push(row);
                walk(rest, &left, table, see);
                table.pop();
            }
        }
        let mut cells = vec![vec![BTreeSet::new(); sums.len()]; n.len()];
        walk(n, sums, &mut Vec::new(), &mut |table| {
            for (cells, row) in cells.iter_mut().zip(table) {
                for (cell, k) in cells.iter_mut().zip(row) {
                    cell.insert(*k);
                }
            }
        });
        cells
    }

    proptest! {
        #[test]
        fn no_cell_that_is_left_out_can_be_computed(list in prop::collection::vec([0..4_u64, 0..3_u64, 0..2_u64], 0..6), least in 1..5_u64) {
            let offices = counts(&list);
            let hidden = hide(&offices, least);
            // Whoever has too few is left out, and nobody without cases is.
            for (at, office) in offices.iter().enumerate() {
                prop_assert!(office.n() == 0 || office.n() >= least || hidden.offices.contains(&at));
                prop_assert!(office.n() > 0 || !hidden.offices.contains(&at));
            }
            let all: Vec<u64> = (0..3).map(|g| offices.iter().map(|o| o.0[g]).sum()).collect();
            let told_by_all = all.iter().filter(|n| **n > 0).count() < 2;
            if hidden.whole {
                prop_assert_eq!(offices.iter().filter(|o| o.n() > 0).count(), 1);
                return Ok(());
            }
            // What a reader computes: all together less those that are shown.
            let shown = |g: usize| offices.iter().enumerate().filter(|(at, _)| !hidden.offices.contains(at)).map(|(_, o)| o.0[g]).sum::<u64>();
            let rest: Vec<u64> = (0..3).map(|g| all[g] - shown(g)).collect();
            let n: Vec<u64> = hidden.offices.iter().map(|at| offices[*at].n()).collect();
            for row in readings(&n, &rest) {
                for (values, sum) in row.iter().zip(&rest) {
                    prop_assert!(*sum == 0 || values.len() > 1 || told_by_all, "{:?} {:?}", hidden, rest);
                }
            }
        }
    }
}
