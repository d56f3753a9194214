//! Gwet's AC1 and AC2 and Fleiss' κ: agreement of any number of reviewers beyond chance, with missing marks. Must not ask that reviewers
//! marked the same cases.
//!
//! They differ in what chance is. Standard errors are Gwet's, linearised over cases (Gwet 2008, formulas 31 to 37; for missing marks Gwet 2014, chapter 5).

use crate::panel::estimate::{Estimate, Gap, Statistic, Weights};
use crate::panel::table::{Grades, real};

/// Gwet's AC1 (unweighted) or AC2: chance agreement from how evenly the grades of the declared scale are used.
pub fn gwet(grades: &Grades, weights: Weights) -> Estimate {
    let scale = grades.scale;
    let sum: f64 = (0..scale).map(|a| (0..scale).map(|b| weights.of(scale, a, b)).sum::<f64>()).sum();
    let factor = sum / (real(scale) * real(scale.saturating_sub(1)));
    corrected(grades, weights, Statistic::Gwet(weights), |used| used.iter().map(|p| factor * (1.0 - p)).collect())
}

/// Fleiss' κ, unweighted: chance agreement from how often each grade is given.
pub fn fleiss(grades: &Grades) -> Estimate {
    corrected(grades, Weights::Unweighted, Statistic::Fleiss, <[f64]>::to_vec)
}

/// `by_chance` gives, from the share of each grade, how far a mark of that grade agrees by chance.
fn corrected(grades: &Grades, weights: Weights, statistic: Statistic, by_chance: impl Fn(&[f64]) -> Vec<f64>) -> Estimate {
    let (scale, seen) = (grades.scale, grades.table.seen());
    if scale < 2 {
        return Estimate::none(statistic, seen, Gap::ShortScale);
    }
    if seen.cases == 0 {
        return Estimate::none(statistic, seen, Gap::NoPairs);
    }
    let marked = || grades.table.rows().filter(|row| !row.is_empty());
    let n = real(marked().count());
    let mut used = vec![0.0; scale];
    for row in marked() {
        used.iter_mut().zip(grades.counts(row)).for_each(|(sum, count)| *sum += count / real(row.len()));
    }
    used.iter_mut().for_each(|sum| *sum /= n);
    let chance = by_chance(&used);
    let expected: f64 = used.iter().zip(&chance).map(|(p, c)| p * c).sum();
    let room = 1.0 - expected;
    if room <= 1e-12 {
        return Estimate::none(statistic, seen, Gap::NoVariation);
    }
    // Pairs of marks of one case that agree, among all its pairs.
    let agreeing = |row: &[(usize, usize)]| {
        let pairs = row.iter().enumerate().flat_map(|(at, one)| row.iter().skip(at + 1).map(move |other| (one.1, other.1)));
        let sum: f64 = pairs.map(|(a, b)| weights.of(scale, a, b)).sum();
        sum / (real(row.len()) * (real(row.len()) - 1.0) / 2.0)
    };
    let observed = grades.table.shared().map(agreeing).sum::<f64>() / real(seen.cases);
    let value = (observed - expected) / room;
    if seen.cases == 1 {
        return Estimate::bare(statistic, seen, value, Gap::OneCase);
    }
    let spread = marked().map(|row| {
        let own = if row.len() > 1 { n / real(seen.cases) * (agreeing(row) - expected) / room } else { 0.0 };
        let by_chance = grades.counts(row).iter().zip(&chance).map(|(count, c)| count * c).sum::<f64>() / real(row.len());
        (own - 2.0 * (1.0 - value) * (by_chance - expected) / room - value).powi(2)
    });
    let error = (spread.sum::<f64>() / (n * (n - 1.0))).sqrt();
    Estimate::around_t(statistic, seen, value, error, marked().count())
}
