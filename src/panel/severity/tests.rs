//! Severity against published and hand-worked values, and cases where nothing can be said. For tests only.

use proptest::prelude::*;

use super::equations::Equations;
use super::{Severity, severity};
use crate::panel::estimate::Gap;
use crate::panel::table::Marks;

#[track_caller]
fn near(got: f64, want: f64, by: f64) {
    assert!((got - want).abs() <= by, "{got}, not {want}");
}

fn marks(reviewers: usize, rows: &[&[(usize, f64)]]) -> Marks {
    Marks::new(reviewers, rows.iter().map(|row| row.to_vec()).collect()).unwrap()
}

/// Robinson (1991), That BLUP is a good thing, Statistical Science 6:15-32, section 1.2: yields by herd and sire A to D, where
/// λ = 10. Herds are as cases, sires as reviewers: 0.40, 0.52, 0.76, −1.67.
#[test]
fn blup_of_the_dairy_cows() {
    let herds: [&[(usize, f64)]; 3] =
        [&[(0, 110.0), (3, 100.0)], &[(1, 110.0), (3, 100.0), (3, 100.0)], &[(2, 110.0), (2, 110.0), (3, 100.0), (3, 100.0)]];
    let (drawn, _) = Equations::new(4, &herds).solved(10.0);
    drawn.iter().zip([0.40, 0.52, 0.76, -1.67]).for_each(|(got, want)| near(*got, want, 5e-3));
}

/// The judges of Shrout and Fleiss (1979), table 2. Balanced, so by hand: σ²(chance) = MSE = 1.0194; σ²(reviewers) = (MSJ − MSE) / n
/// = (32.4861 − 1.0194) / 6; each judge's mean less the mean of all, times σ²(reviewers) / (σ²(reviewers) + MSE / n).
#[test]
fn balanced_judges() {
    let rows = [
        [9.0, 2.0, 5.0, 8.0],
        [6.0, 1.0, 3.0, 2.0],
        [8.0, 4.0, 6.0, 8.0],
        [7.0, 1.0, 2.0, 6.0],
        [10.0, 5.0, 6.0, 9.0],
        [6.0, 2.0, 4.0, 7.0],
    ];
    let table = Marks::new(4, rows.iter().map(|row| row.iter().copied().enumerate().collect()).collect()).unwrap();
    let got = severity(&table).unwrap();
    let (chance, between) = (1.019_444_444_444, (32.486_111_111_111 - 1.019_444_444_444) / 6.0);
    near(got.chance.powi(2), chance, 1e-9);
    near(got.between.powi(2), between, 1e-9);
    let raw = [46.0, 15.0, 26.0, 40.0].map(|sum: f64| (sum - 31.75) / 6.0);
    let part = between / (between + chance / 6.0);
    for (effect, raw) in got.effects.iter().zip(raw) {
        near(effect.raw.unwrap(), raw, 1e-9);
        near(effect.points.unwrap(), raw * part, 1e-9);
        assert_eq!((effect.cases, effect.group), (6, 0));
        let [low, high] = effect.ci95.unwrap();
        assert!(low < raw * part && raw * part < high);
    }
    assert!(got.effects[1].plain().zh.contains("低约 2.7 分") && got.effects[1].plain().en.contains("2.7 points below"));
}

/// Unequal numbers and two groups that share no case. Values by numpy 1.26.4 from Henderson's mixed-model equations in full (cases and
/// reviewers), with method 3 from projections and errors of differences from the mean of the group.
#[test]
fn unbalanced_and_unconnected() {
    let table = marks(
        7,
        &[
            &[(0, 82.0), (1, 75.0)],
            &[(0, 90.0), (2, 88.0), (1, 84.0)],
            &[(1, 70.0), (2, 79.0)],
            &[(0, 66.5), (2, 64.0)],
            &[(1, 91.0), (2, 93.5)],
            &[(3, 77.0), (4, 72.0)],
            &[(3, 85.0), (4, 84.0)],
            &[(3, 64.0), (4, 60.5)],
            &[(5, 80.0)],
            &[(0, 71.0)],
        ],
    );
    let got = severity(&table).unwrap();
    near(got.chance, 1.632324761, 1e-8);
    near(got.between, 3.074289611, 1e-8);
    let want = [
        (2.666025858, 0.799077197),
        (-3.679705485, 0.715469980),
        (1.013679627, 0.715469980),
        (1.447324178, 0.637129442),
        (-1.447324178, 0.637129442),
    ];
    for (effect, (points, error)) in got.effects.iter().zip(want) {
        near(effect.points.unwrap(), points, 1e-8);
        near(effect.ci95.unwrap()[1], points + 1.959_963_984_540_054 * error, 1e-8);
    }
    assert_eq!(got.effects.iter().map(|e| e.group).collect::<Vec<_>>(), [0, 0, 0, 3, 3, 5, 6]);
    // Who shares no case has no figure.
    assert_eq!(got.effects[5].points, None);
    assert!(got.effects[5].plain().zh.starts_with("没有与他人同评的案件"));
}

#[test]
fn nothing_to_say() {
    assert_eq!(severity(&marks(2, &[])).unwrap_err(), Gap::NoPairs);
    assert_eq!(severity(&marks(2, &[&[(0, 80.0)], &[(1, 70.0)]])).unwrap_err(), Gap::NoPairs);
    // One case, two reviewers: the difference may be chance or severity.
    assert_eq!(severity(&marks(2, &[&[(0, 80.0), (1, 70.0)]])).unwrap_err(), Gap::NoFreedom);
    // Differences cancel: chance explains everything, all are drawn to 0.
    let either: [&[(usize, f64)]; 2] = [&[(0, 80.0), (1, 70.0)], &[(0, 70.0), (1, 80.0)]];
    let chance = severity(&marks(2, &either.repeat(3))).unwrap();
    assert_eq!(chance.between, 0.0);
    assert_eq!(chance.effects.iter().map(|e| (e.points, e.ci95)).collect::<Vec<_>>(), [(Some(0.0), None); 2]);
    assert!(chance.effects[0].plain().zh.contains("不超出偶然"));
    // Always the same difference: no chance at all, nothing to draw towards 0.
    let always: [&[(usize, f64)]; 2] = [&[(0, 80.0), (1, 70.0)], &[(0, 95.0), (1, 85.0)]];
    let sure = severity(&marks(2, &always.repeat(3))).unwrap();
    // A handful of cases says nothing of a person.
    let few = severity(&marks(2, &always.repeat(2))).unwrap();
    assert!(few.effects[0].plain().zh.contains("太少，不说松紧"));
    assert_eq!(sure.chance, 0.0);
    near(sure.effects[0].points.unwrap(), 5.0, 1e-9);
    assert!(sure.effects[0].plain().zh.contains("每件都比同案其他人高，平均 5.0 分"));
    // All marks equal.
    let equal = severity(&marks(2, &[&[(0, 80.0), (1, 80.0)], &[(0, 80.0), (1, 80.0)]])).unwrap();
    assert_eq!((equal.between, equal.chance), (0.0, 0.0));
}

/// Cases of two to four reviewers out of five.
fn tables() -> impl Strategy<Value = Vec<Vec<(usize, f64)>>> {
    let row = prop::sample::subsequence(vec![0_usize, 1, 2, 3, 4], 1..4);
    let row = (row, prop::collection::vec(600_u32..1000, 5))
        .prop_map(|(who, x)| who.into_iter().map(|at| (at, f64::from(x[at]) / 10.0)).collect());
    prop::collection::vec(row, 0..12)
}

fn same(one: &Severity, other: &Severity, by: f64) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
    near(one.between, other.between)
        && near(one.chance, other.chance)
        && one.effects.iter().zip(&other.effects).all(|(a, b)| a.points.zip(b.points).is_none_or(|(a, b)| near(a * by, b)))
}

proptest! {
    #[test]
    fn order_and_the_level_of_cases_do_not_matter(rows in tables(), up in 0_u32..30) {
        let one = severity(&Marks::new(5, rows.clone()).unwrap());
        let mut other: Vec<Vec<(usize, f64)>> = rows.iter().rev().cloned().collect();
        // Reviewers in the other order, and every second case better by some points.
        for (at, row) in other.iter_mut().enumerate() {
            row.iter_mut().for_each(|(who, x)| (*who, *x) = (4 - *who, *x + f64::from(up) * f64::from(u8::from(at % 2 == 0))));
        }
        let other = severity(&Marks::new(5, other).unwrap()).map(|mut one| {
            one.effects.reverse();
            one
        });
        match (one, other) {
            (Ok(one), Ok(other)) => prop_assert!(same(&one, &other, 1.0), "{one:?} {other:?}"),
            (one, other) => prop_assert_eq!(one.err(), other.err()),
        }
    }

    #[test]
    fn effects_are_drawn_towards_nothing_and_sum_to_it(rows in tables()) {
        let Ok(got) = severity(&Marks::new(5, rows).unwrap()) else { return Ok(()) };
        for group in 0..5 {
            let sum: f64 = got.effects.iter().filter(|e| e.group == group).filter_map(|e| e.points).sum();
            prop_assert!(sum.abs() < 1e-8, "{got:?}");
        }
        let squares = |f: fn(&super::Effect) -> Option<f64>| got.effects.iter().filter_map(f).map(|x| x * x).sum::<f64>();
        prop_assert!(squares(|e| e.points) <= squares(|e| e.raw) + 1e-8);
        prop_assert!(got.effects.iter().all(|e| !e.plain().zh.is_empty() && !e.plain().en.contains("NaN")));
    }
}
