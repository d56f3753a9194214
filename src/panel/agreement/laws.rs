//! What holds for every table of marks. For tests only.

use proptest::prelude::*;

use super::{alpha, alpha_of_points, cohen, exact, fleiss, gwet, of_grades, of_marks, within_one};
use crate::panel::estimate::{Estimate, Level, Weights};
use crate::panel::table::{Grades, Marks};

const SCALE: usize = 4;

/// Cases with a grade or nothing from each of so many reviewers.
fn cases(reviewers: usize) -> impl Strategy<Value = Vec<Vec<Option<usize>>>> {
    prop::collection::vec(prop::collection::vec(prop::option::weighted(0.7, 0..SCALE), reviewers), 0..14)
}

/// A table and the same with its cases and its reviewers in another order.
fn shuffled() -> impl Strategy<Value = [Vec<Vec<Option<usize>>>; 2]> {
    (2_usize..5).prop_flat_map(|reviewers| {
        let order = Just((0..reviewers).collect::<Vec<_>>()).prop_shuffle();
        (cases(reviewers).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())), order)
            .prop_map(|((rows, mixed), order)| [rows, mixed.iter().map(|row| order.iter().map(|at| row[*at]).collect()).collect()])
    })
}

fn sparse<T: Copy>(rows: &[Vec<Option<usize>>], f: impl Fn(usize) -> T) -> Vec<Vec<(usize, T)>> {
    rows.iter().map(|row| row.iter().enumerate().filter_map(|(who, x)| Some((who, f((*x)?)))).collect()).collect()
}

fn grades(rows: &[Vec<Option<usize>>]) -> Grades {
    Grades::new(SCALE, rows.first().map_or(2, Vec::len), sparse(rows, |x| x)).unwrap()
}

/// Points that no sum of two hits by chance.
fn marks(rows: &[Vec<Option<usize>>]) -> Marks {
    Marks::new(rows.first().map_or(2, Vec::len), sparse(rows, |x| [61.0, 72.5, 80.25, 97.125][x])).unwrap()
}

fn everything(rows: &[Vec<Option<usize>>]) -> Vec<Estimate> {
    [of_grades(&grades(rows)), of_marks(&marks(rows))].concat()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * (1.0 + a.abs().max(b.abs()))
}

proptest! {
    #[test]
    fn no_order_of_cases_or_reviewers_matters([rows, mixed] in shuffled()) {
        for (one, other) in everything(&rows).iter().zip(everything(&mixed)) {
            prop_assert_eq!((one.statistic, one.why, one.seen), (other.statistic, other.why, other.seen));
            prop_assert_eq!(one.value.is_some(), other.value.is_some());
            prop_assert!(one.value.zip(other.value).is_none_or(|(a, b)| close(a, b)), "{one:?} {other:?}");
            let ends = one.ci95.zip(other.ci95);
            // Quantiles are exact to ten digits.
            prop_assert!(ends.is_none_or(|(a, b)| a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-8 * (1.0 + a.abs()))), "{one:?} {other:?}");
        }
    }

    #[test]
    fn equal_tables_give_equal_bits(rows in cases(3)) {
        let bits = |all: Vec<Estimate>| all.into_iter().map(|one| (one.value.map(f64::to_bits), one.ci95.map(|c| c.map(f64::to_bits)))).collect::<Vec<_>>();
        prop_assert_eq!(bits(everything(&rows)), bits(everything(&rows.clone())));
    }

    #[test]
    fn figures_are_numbers_within_their_intervals(rows in (2_usize..5).prop_flat_map(cases)) {
        for one in everything(&rows) {
            prop_assert_eq!(one.value.is_none() || one.ci95.is_none(), one.why.is_some(), "{:?}", one);
            prop_assert!(one.value.is_none_or(|x| x.is_finite() && x <= 1.0 + 1e-9), "{one:?}");
            let value = one.value.unwrap_or_default();
            prop_assert!(one.ci95.is_none_or(|[low, high]| low <= value + 1e-9 && value <= high + 1e-9), "{one:?}");
            prop_assert!(!one.plain().zh.is_empty() && !one.plain().en.contains("NaN"));
        }
    }

    #[test]
    fn full_agreement_is_one_or_no_data(grade in prop::collection::vec(0..SCALE, 2..12), reviewers in 2_usize..5) {
        let rows: Vec<_> = grade.iter().map(|g| vec![Some(*g); reviewers]).collect();
        let varied = grade.iter().any(|g| *g != grade[0]);
        for one in everything(&rows) {
            let id = one.statistic.id();
            let always = id.starts_with("ac") || matches!(id, "exact" | "within_one");
            prop_assert_eq!(one.value.is_some(), varied || always, "{}", id);
            prop_assert!(one.value.is_none_or(|x| (x - 1.0).abs() < 1e-9), "{one:?}");
        }
    }

    #[test]
    fn weights_do_not_matter_between_two_grades(rows in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.8, 0..2_usize), 2), 0..14)) {
        let two = Grades::new(2, 2, sparse(&rows, |x| x)).unwrap();
        for statistic in [cohen, gwet] {
            let plain = statistic(&two, Weights::Unweighted);
            for weights in [Weights::Linear, Weights::Quadratic] {
                let weighted = statistic(&two, weights);
                prop_assert_eq!((plain.value.is_some(), plain.why), (weighted.value.is_some(), weighted.why));
                prop_assert!(plain.value.zip(weighted.value).is_none_or(|(a, b)| close(a, b)));
            }
        }
        prop_assert!(within_one(&two).value.is_none_or(|x| x == 1.0));
    }

    /// Krippendorff (2011): with full data, nominal α is Fleiss' κ corrected for the number of marks, `κ + (1 − κ) / marks`.
    #[test]
    fn nominal_alpha_of_full_data_is_fleiss_corrected(rows in prop::collection::vec(prop::collection::vec((0..SCALE).prop_map(Some), 3), 2..14)) {
        let full = grades(&rows);
        let (kappa, alpha) = (fleiss(&full).value, alpha(&full, Level::Nominal).value);
        prop_assert_eq!(kappa.is_some(), alpha.is_some());
        if let Some((kappa, alpha)) = kappa.zip(alpha) {
            let marks = f64::from(u32::try_from(rows.len() * 3).unwrap());
            prop_assert!((alpha - kappa - (1.0 - kappa) / marks).abs() < 1e-9, "{kappa} {alpha}");
        }
    }

    #[test]
    fn alpha_of_evenly_spaced_points_is_that_of_grades(rows in cases(4)) {
        let points = Marks::new(4, sparse(&rows, |x| 60.0 + 10.0 * [0.0, 1.0, 2.0, 3.0][x])).unwrap();
        if rows.is_empty() {
            return Ok(());
        }
        let (one, other) = (alpha(&grades(&rows), Level::Interval), alpha_of_points(&points));
        prop_assert_eq!((one.value.is_some(), one.why), (other.value.is_some(), other.why));
        prop_assert!(one.value.zip(other.value).is_none_or(|(a, b)| (a - b).abs() < 1e-9));
        prop_assert!(one.error.zip(other.error).is_none_or(|(a, b)| (a - b).abs() < 1e-9));
    }

    #[test]
    fn agreeing_once_more_never_lowers_the_share(rows in cases(2), grade in 0..SCALE) {
        let more = [rows.clone(), vec![vec![Some(grade); 2]]].concat();
        prop_assert!(exact(&grades(&more)).value >= exact(&grades(&rows)).value);
    }
}
