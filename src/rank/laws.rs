//! Laws of places, tiers and parts of a change, against brute force over every reading. Must not know an example by heart.

use proptest::prelude::*;

use super::change::split;
use super::exact::{self, Fraction, read, whole};
use super::order::{Place, Value, places};
use super::rules::{Bound, Tier, Tiers, Ties};
use super::tier;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::record::number::Number;

/// A case: its best and worst grade, 0 the best of three.
type Case = (usize, usize);

fn offices() -> impl Strategy<Value = Vec<Vec<Case>>> {
    let case = prop_oneof![3 => (0..3_usize).prop_map(|g| (g, g)), 1 => Just((0, 1)), 1 => Just((1, 2)), 1 => Just((0, 2))];
    let few = |all: &Vec<Vec<Case>>| all.iter().flatten().filter(|(a, b)| a != b).count() <= 6;
    prop::collection::vec(prop::collection::vec(case, 1..5), 2..5).prop_filter("few readings", few)
}

/// Good or better first, then excellent, of so many cases.
fn keys(grades: &[usize]) -> Vec<Fraction> {
    let n = whole(grades.len() as u64);
    [1, 0].map(|worst| whole(grades.iter().filter(|g| **g <= worst).count() as u64) / &n).into()
}

fn value(cases: &[Case]) -> Value {
    let of = |f: fn(&Case) -> usize| keys(&cases.iter().map(f).collect::<Vec<_>>());
    Value { low: of(|c| c.1), high: of(|c| c.0) }
}

/// Every reading of all offices.
fn readings(offices: &[Vec<Case>]) -> Vec<Vec<Vec<Fraction>>> {
    let mut all: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
    for cases in offices {
        let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
        for (best, worst) in cases {
            ways = ways.iter().flat_map(|w| (*best..=*worst).map(|g| [w.clone(), vec![g]].concat())).collect();
        }
        all = all.iter().flat_map(|a| ways.iter().map(|w| [a.clone(), vec![w.clone()]].concat())).collect();
    }
    all.iter().map(|offices| offices.iter().map(|o| keys(o)).collect()).collect()
}

fn fixed(reading: &[Vec<Fraction>]) -> Vec<Value> {
    reading.iter().map(|v| Value { low: v.clone(), high: v.clone() }).collect()
}

fn shares(first: i64, down: bool) -> Tiers {
    let tier = |title: &str, bound| Tier { title: title.to_owned(), bound };
    let list =
        vec![tier("一", Bound::Share(Points::whole(first))), tier("二", Bound::Share(Points::whole(100 - first))), tier("三", Bound::Rest)];
    Tiers { key: None, down, round_up: false, list }
}

fn told(known: Option<(i64, i64)>) -> Result<(Fraction, Text), Text> {
    known.and_then(|(n, d)| read(&format!("{n}/{d}"))).map(|f| (f, Text::EMPTY)).ok_or(Text::EMPTY)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ranges_are_those_of_all_readings(offices in offices()) {
        let values: Vec<Value> = offices.iter().map(|o| value(o)).collect();
        let all = readings(&offices);
        for ties in [Ties::Standard, Ties::Dense] {
            let ours = places(&values, ties);
            let each: Vec<Vec<Place>> = all.iter().map(|r| places(&fixed(r), ties)).collect();
            for (at, place) in ours.iter().enumerate() {
                let seen: Vec<u64> = each.iter().map(|p| p[at].now).collect();
                let (best, worst) = (*seen.iter().min().expect("one"), *seen.iter().max().expect("one"));
                prop_assert!(place.best <= best && worst <= place.worst, "{place:?} {best} {worst}");
                prop_assert!(place.best <= place.now && place.now <= place.worst);
                if ties == Ties::Standard {
                    prop_assert_eq!([place.best, place.worst], [best, worst]);
                }
            }
            // Equal known values have equal places, better ones better places.
            for (a, b) in ours.iter().zip(&values).flat_map(|x| ours.iter().zip(&values).map(move |y| (x, y))) {
                if a.1.is_point() && b.1.is_point() {
                    prop_assert_eq!(a.1.low.cmp(&b.1.low).reverse(), a.0.now.cmp(&b.0.now));
                }
            }
        }
    }

    #[test]
    fn a_tier_never_splits_a_tie_and_holds_every_reading(offices in offices(), first in 1..100_i64, down in any::<bool>()) {
        let tiers = shares(first, down);
        let values: Vec<Value> = offices.iter().map(|o| value(o)).collect();
        let n = values.len() as u64;
        let ours: Vec<[usize; 2]> = places(&values, Ties::Standard).iter().map(|p| tier::by_place(&tiers, p, n)).collect();
        for reading in readings(&offices) {
            let fixed = fixed(&reading);
            let of: Vec<[usize; 2]> = places(&fixed, Ties::Standard).iter().map(|p| tier::by_place(&tiers, p, n)).collect();
            for (a, x) in fixed.iter().zip(&of) {
                prop_assert_eq!(x[0], x[1], "known values have one tier");
                for (b, y) in fixed.iter().zip(&of) {
                    if a.low == b.low {
                        prop_assert_eq!(x, y);
                    } else if a.low > b.low {
                        prop_assert!(x[0] <= y[0]);
                    }
                }
            }
            for (range, x) in ours.iter().zip(&of) {
                prop_assert!(range[0] <= x[0] && x[0] <= range[1]);
            }
        }
    }

    #[test]
    fn parts_add_up_exactly_and_as_shown(
        total in prop::option::weighted(0.9, (-5000..5000_i64, 1..997_i64)),
        rubric in prop::option::of((-5000..5000_i64, 1..997_i64)),
        reviewers in prop::option::of((-5000..5000_i64, 1..997_i64)),
    ) {
        let change = split((String::new(), String::new()), told(total), told(rubric), told(reviewers));
        let parts = [&change.cases, &change.rubric, &change.reviewers];
        let Some(total) = &change.total.exact else {
            prop_assert!(change.cases.exact.is_none() && change.not_told_apart.is_none());
            return Ok(());
        };
        let joined = change.not_told_apart.as_ref();
        let exact = parts.iter().filter_map(|p| p.exact.as_ref()).chain(joined.map(|j| &j.exact));
        let sum: Fraction = exact.map(|e| read(e).expect("a fraction")).sum();
        prop_assert_eq!(exact::text(&sum), total.clone());
        let shown = parts.iter().filter_map(|p| p.shown).chain(joined.map(|j| j.shown)).map(Number::hundredths).sum::<i64>();
        prop_assert_eq!(Some(shown), change.total.shown.map(Number::hundredths));
        // What cannot be told is nothing, and stands in the sum by name.
        prop_assert_eq!(rubric.is_none(), change.rubric.exact.is_none() && change.rubric.shown.is_none());
        prop_assert_eq!(joined.is_some(), rubric.is_none() || reviewers.is_none());
        prop_assert!(joined.is_none_or(|j| j.parts[0] == "cases" && change.cases.exact.is_none()));
    }
}
