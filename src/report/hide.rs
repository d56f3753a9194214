//! Which offices' grades a public paper leaves out (小数保护), so that nobody can tell the grade of a single case from it.
//! Must not know what a grade is, and must not be used for papers that stay inside.
//!
//! What is printed: how many cases every office had, the counts of the offices that are shown, and the counts and rates of all together.
//! From these a reader knows the sums of the offices that are left out (the pool), and an office that is left out knows its own cases
//! besides. The law, of the pool as it is and of the pool less any one office of it:
//!
//! * so many cases are left as an office needs to be shown (of marks these leave a mean of several cases, never a single one);
//! * they stand in two places at least, and for every rate some case surely reaches it and some case surely does not.
//!
//! Further offices are left out until this holds. Where leaving out all of them would not do, the counts of all together tell too much by
//! themselves: they are withheld where too few cases are left, or where a case is known not to reach a rate since none does. That all
//! others reach a rate is no reason: it is said of offices by name, and would otherwise withhold every batch in which all cases pass.
//! Offices that put together what they know of their own cases are not thought of.

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

/// How many cases reach a rate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    /// Surely.
    pub sure: u64,
    /// Surely not.
    pub not: u64,
}

/// What is printed of an office that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// Its cases.
    pub counts: Counts,
    /// How they stand to each rate; with the same rates for every office.
    pub rates: Vec<Reach>,
}

/// What is not printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Offices whose counts are left out, by number.
    pub offices: BTreeSet<usize>,
    /// Whether the counts of all together are left out too, since they would give a case away.
    pub whole: bool,
}

/// What is not printed where an office needs so many cases to be shown.
pub fn hide(offices: &[Cells], least: u64) -> Hidden {
    let all: BTreeSet<usize> = offices.iter().enumerate().filter(|(_, o)| o.counts.n() > 0).map(|(at, _)| at).collect();
    let few: BTreeSet<usize> = all.iter().filter(|at| offices.get(**at).is_some_and(|o| o.counts.n() < least)).copied().collect();
    if few.is_empty() {
        return Hidden::default();
    }
    let every = Asked { offices, least, rates: Vec::new() };
    if every.is_harmful(&all) {
        return Hidden { offices: few, whole: true };
    }
    // What leaving out all of them does not reach is not asked for.
    let asked = Asked { rates: every.reached(&all), ..every };
    let mut hidden = few.clone();
    while asked.faults(&hidden) > 0 {
        let with = |at: usize| hidden.iter().copied().chain([at]).collect::<BTreeSet<_>>();
        let cost = |at: &usize| (asked.faults(&with(*at)), offices.get(*at).map_or(0, |o| o.counts.n()), *at);
        let Some(next) = all.difference(&hidden).copied().min_by_key(cost) else { break };
        hidden.insert(next);
    }
    // Offices that became needless by later ones are shown, the largest first.
    let mut further: Vec<usize> = hidden.difference(&few).copied().collect();
    further.sort_by_key(|at| std::cmp::Reverse((offices.get(*at).map_or(0, |o| o.counts.n()), *at)));
    for at in further {
        let without: BTreeSet<usize> = hidden.iter().copied().filter(|o| *o != at).collect();
        if asked.faults(&without) == 0 {
            hidden = without;
        }
    }
    Hidden { offices: hidden, whole: false }
}

/// Sums over offices.
#[derive(Debug, Clone)]
struct Pool {
    places: Vec<u64>,
    rates: Vec<Reach>,
}

impl Pool {
    fn n(&self) -> u64 {
        self.places.iter().sum()
    }

    fn mixed(&self) -> bool {
        self.places.iter().filter(|n| **n > 0).count() > 1
    }

    /// The pool less an office of it.
    fn less(&self, office: &Cells) -> Self {
        let places = self.places.iter().zip(&office.counts.0).map(|(a, b)| a.saturating_sub(*b)).collect();
        let one = |(a, b): (&Reach, &Reach)| Reach { sure: a.sure.saturating_sub(b.sure), not: a.not.saturating_sub(b.not) };
        Self { places, rates: self.rates.iter().zip(&office.rates).map(one).collect() }
    }
}

/// What is asked of a pool.
struct Asked<'a> {
    offices: &'a [Cells],
    least: u64,
    /// Two places; then of each rate that some case surely reaches it, and that some case surely does not.
    rates: Vec<bool>,
}

impl Asked<'_> {
    /// The pool as readers see it, and as each of its offices does.
    fn views(&self, set: &BTreeSet<usize>) -> Vec<Pool> {
        let members = || set.iter().filter_map(|at| self.offices.get(*at));
        let places = self.offices.first().map_or(0, |o| o.counts.0.len());
        let rates = self.offices.first().map_or(0, |o| o.rates.len());
        let place = |i: usize| members().filter_map(|o| o.counts.0.get(i)).sum();
        let rate = |i: usize| {
            let of = || members().filter_map(|o| o.rates.get(i));
            Reach { sure: of().map(|r| r.sure).sum(), not: of().map(|r| r.not).sum() }
        };
        let whole = Pool { places: (0..places).map(place).collect(), rates: (0..rates).map(rate).collect() };
        let less: Vec<Pool> = members().map(|o| whole.less(o)).collect();
        std::iter::once(whole).chain(less).collect()
    }

    /// What holds of a view: two places; then two things of each rate.
    fn held(view: &Pool) -> Vec<bool> {
        std::iter::once(view.mixed()).chain(view.rates.iter().flat_map(|r| [r.sure > 0, r.not > 0])).collect()
    }

    /// What holds of every view of a pool.
    fn reached(&self, set: &BTreeSet<usize>) -> Vec<bool> {
        let views: Vec<Vec<bool>> = self.views(set).iter().map(Self::held).collect();
        let length = views.first().map_or(0, Vec::len);
        (0..length).map(|i| views.iter().all(|v| v.get(i) == Some(&true))).collect()
    }

    /// In how many views something fails that is asked for.
    fn faults(&self, set: &BTreeSet<usize>) -> usize {
        let fault = |view: &Pool| {
            let lacking = self.rates.iter().zip(Self::held(view)).filter(|(asked, held)| **asked && !held).count();
            lacking + usize::from(view.n() < self.least)
        };
        self.views(set).iter().map(fault).sum()
    }

    /// Whether the counts of these offices together give somebody away, to readers or to one of the offices.
    fn is_harmful(&self, set: &BTreeSet<usize>) -> bool {
        let known = |r: &Reach| r.sure == 0 && r.not > 0;
        self.views(set).iter().any(|v| v.n() < self.least || v.rates.iter().any(known) || (v.rates.is_empty() && !v.mixed()))
    }
}

/// Whether a split may be printed: no part and no grade within it is as small as to give a case away. The rest that no part names is a
/// part like the others, since a reader can compute it.
pub fn is_wide(parts: &[Counts], least: u64) -> bool {
    let wide = |n: u64| n == 0 || n >= least;
    parts.iter().all(|p| wide(p.n()) && p.0.iter().all(|n| wide(*n)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Cells, Counts, Hidden, Reach, hide, is_wide};

    fn counts(list: &[[u64; 3]]) -> Vec<Counts> {
        list.iter().map(|c| Counts(c.to_vec())).collect()
    }

    /// Which of the places reach a rate, and which do not; the others are open.
    type Rate = ([bool; 3], [bool; 3]);
    /// Good, fair and poor: the first rate counts the good, the second all but the poor.
    const GRADES: [Rate; 2] = [([true, false, false], [false, true, true]), ([true, true, false], [false, false, true])];
    /// Good, poor and not decided, with one rate.
    const OPEN: [Rate; 1] = [([true, false, false], [false, true, false])];

    fn cells(list: &[[u64; 3]], rates: &[Rate]) -> Vec<Cells> {
        let sum = |c: &[u64; 3], of: &[bool; 3]| c.iter().zip(of).filter(|(_, is)| **is).map(|(n, _)| n).sum();
        let reach = |c: &[u64; 3]| rates.iter().map(|(sure, not)| Reach { sure: sum(c, sure), not: sum(c, not) }).collect();
        list.iter().map(|c| Cells { counts: Counts(c.to_vec()), rates: reach(c) }).collect()
    }

    /// Counts, which offices are left out, whether the whole is.
    type Case = (&'static [[u64; 3]], &'static [usize], bool);

    #[test]
    fn offices_with_few_cases_are_left_out_and_nobody_is_given_away() {
        let cases: [Case; 12] = [
            (&[[3, 1, 0], [2, 2, 0]], &[], false),
            // One good and one fair: each would know the other, and a third office would know enough of both, so that a fourth joins.
            (&[[1, 0, 0], [0, 1, 0], [2, 1, 0], [1, 2, 0], [9, 3, 0]], &[0, 1, 2, 3], false),
            // The second office would know the only case of the first.
            (&[[0, 1, 0], [3, 0, 0], [3, 2, 0], [9, 3, 0]], &[0, 1, 2], false),
            // Too few cases remain to the larger office, so another small one joins.
            (&[[1, 1, 0], [2, 2, 0], [3, 2, 0]], &[0, 1, 2], false),
            // All are good: that is told of all, and needs as many cases only.
            (&[[1, 0, 0], [4, 0, 0], [6, 0, 0]], &[0, 1, 2], false),
            (&[[1, 0, 0], [2, 0, 0], [2, 0, 0], [6, 0, 0]], &[0, 1, 2], false),
            // All but one are good, so the office of that one knows it of the others wherever it stands.
            (&[[1, 0, 0], [2, 0, 0], [4, 0, 0], [5, 1, 0]], &[0, 1, 2], false),
            // Nobody is good, or one office alone knows that the others are not.
            (&[[0, 1, 0], [0, 4, 0], [0, 6, 1]], &[0], true),
            (&[[1, 0, 0], [0, 4, 0], [0, 6, 0]], &[0], true),
            (&[[2, 0, 0]], &[0], true),
            (&[[1, 1, 0], [0, 0, 0]], &[0], true),
            (&[[0, 0, 0]], &[], false),
        ];
        for (list, offices, whole) in cases {
            let want = Hidden { offices: offices.iter().copied().collect(), whole };
            assert_eq!(hide(&cells(list, &GRADES), 3), want, "{list:?}");
        }
    }

    #[test]
    fn two_offices_that_fail_a_rate_together_are_joined_by_one_that_reaches_it() {
        // 合格 and 不合格 with one case each: the rate of the good would be 0/2.
        let list = [[0, 1, 0], [0, 0, 1], [4, 1, 1], [5, 2, 1], [20, 3, 1]];
        let hidden = hide(&cells(&list, &GRADES), 3);
        assert_eq!(hidden, Hidden { offices: [0, 1, 2, 3].into(), whole: false });
    }

    #[test]
    fn cases_that_are_not_decided_are_no_proof_of_either() {
        let cases: [Case; 3] = [
            // Nobody surely fails, so that nobody is known to.
            (&[[0, 0, 1], [0, 0, 4]], &[0], true),
            (&[[0, 0, 1], [0, 0, 4], [0, 0, 5]], &[0, 1, 2], false),
            (&[[0, 0, 1], [0, 1, 4], [0, 0, 5]], &[0], true),
        ];
        for (list, offices, whole) in cases {
            let want = Hidden { offices: offices.iter().copied().collect(), whole };
            assert_eq!(hide(&cells(list, &OPEN), 3), want, "{list:?}");
        }
    }

    #[test]
    fn without_rates_the_grades_alone_must_differ() {
        assert_eq!(hide(&cells(&[[1, 0, 0], [4, 0, 0], [6, 0, 0]], &[]), 3), Hidden { offices: [0].into(), whole: true });
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

    /// Every way to give each office its cases so that the sums are as told.
    fn readings(n: &[u64], sums: &[u64], see: &mut dyn FnMut(&[Vec<u64>])) {
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
        walk(n, sums, &mut Vec::new(), see);
    }

    /// The counts of a place that a set of offices has.
    fn sum(list: &[[u64; 3]], set: &[usize], places: &[bool; 3]) -> u64 {
        set.iter().flat_map(|at| list[*at].iter().zip(places)).filter(|(_, is)| **is).map(|(n, _)| n).sum()
    }

    /// What somebody who knows the cases of one office (or of none) can tell of the others that are left out: for each rate, whether every
    /// case of some office is known to reach it, and whether known not to.
    fn told(list: &[[u64; 3]], hidden: &[usize], own: Option<usize>, rates: &[Rate]) -> Vec<[bool; 2]> {
        let others: Vec<usize> = hidden.iter().copied().filter(|at| Some(*at) != own).collect();
        let n: Vec<u64> = others.iter().map(|at| list[*at].iter().sum()).collect();
        let only = |g: usize| std::array::from_fn(|i| i == g);
        let sums: Vec<u64> = (0..3).map(|g| sum(list, &others, &only(g))).collect();
        let mut known = vec![vec![[true; 2]; rates.len()]; others.len()];
        readings(&n, &sums, &mut |table| {
            for (row, known) in table.iter().zip(&mut known) {
                for ((sure, not), known) in rates.iter().zip(known) {
                    let count = |of: &[bool; 3]| row.iter().zip(of).filter(|(_, is)| **is).map(|(n, _)| n).sum::<u64>();
                    let n: u64 = row.iter().sum();
                    known[0] &= count(sure) == n;
                    known[1] &= count(not) == n;
                }
            }
        });
        (0..rates.len()).map(|r| [0, 1].map(|side| known.iter().any(|k| k[r][side]))).collect()
    }

    proptest! {
        #[test]
        fn neither_readers_nor_offices_that_are_left_out_can_tell_a_case(
            list in prop::collection::vec([0..4_u64, 0..3_u64, 0..2_u64], 0..5), least in 2..5_u64, open: bool,
        ) {
            let rates: &[Rate] = if open { &OPEN } else { &GRADES };
            let offices = cells(&list, rates);
            let hidden = hide(&offices, least);
            let n = |at: usize| list[at].iter().sum::<u64>();
            let some: Vec<usize> = (0..list.len()).filter(|at| n(*at) > 0).collect();
            // Whoever has too few is left out, and nobody without cases is.
            for at in 0..list.len() {
                prop_assert!(n(at) == 0 || n(at) >= least || hidden.offices.contains(&at));
                prop_assert!(n(at) > 0 || !hidden.offices.contains(&at));
            }
            let left: Vec<usize> = hidden.offices.iter().copied().collect();
            let views = |set: &[usize]| std::iter::once(None).chain(set.iter().copied().map(Some)).collect::<Vec<_>>();
            let without = |set: &[usize], own: Option<usize>| set.iter().copied().filter(|at| Some(*at) != own).collect::<Vec<_>>();
            if hidden.whole {
                // Only where leaving out all offices would not do.
                let bad = |own: &Option<usize>| {
                    let rest = without(&some, *own);
                    let fails = |(sure, not): &Rate| sum(&list, &rest, sure) == 0 && sum(&list, &rest, not) > 0;
                    rest.iter().map(|at| n(*at)).sum::<u64>() < least || rates.iter().any(fails)
                };
                prop_assert!(views(&some).iter().any(bad));
                prop_assert!(left.iter().all(|at| n(*at) < least));
                return Ok(());
            }
            for own in if left.is_empty() { Vec::new() } else { views(&left) } {
                let rest = without(&left, own);
                prop_assert!(rest.iter().map(|at| n(*at)).sum::<u64>() >= least, "{:?} {:?}", hidden, own);
                for ((sure, not), [reached, failed]) in rates.iter().zip(told(&list, &left, own, rates)) {
                    prop_assert!(!failed, "{:?} {:?} know who fails", hidden, own);
                    // That all reach a rate is known only where all offices together tell it to somebody.
                    let by_all = views(&some).iter().any(|own| sum(&list, &without(&some, *own), not) == 0);
                    prop_assert!(!reached || by_all, "{:?} {:?} {:?}", hidden, own, sure);
                }
            }
        }
    }
}
