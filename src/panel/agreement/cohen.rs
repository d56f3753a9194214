//! Cohen's κ of two reviewers, unweighted and weighted. Must not be asked of more: who is compared with whom would be arbitrary.

use crate::panel::estimate::{Estimate, Gap, Statistic, Weights};
use crate::panel::quantile::Z;
use crate::panel::table::{Grades, real};

/// Cohen's κ over the cases that both reviewers marked.
pub fn cohen(grades: &Grades, weights: Weights) -> Estimate {
    let (statistic, seen, scale) = (Statistic::Cohen(weights), grades.table.seen(), grades.scale);
    if grades.table.reviewers() != 2 {
        return Estimate::none(statistic, seen, Gap::NotTwo);
    }
    if scale < 2 {
        return Estimate::none(statistic, seen, Gap::ShortScale);
    }
    if seen.cases == 0 {
        return Estimate::none(statistic, seen, Gap::NoPairs);
    }
    let mut table = vec![vec![0_usize; scale]; scale];
    for row in grades.table.complete() {
        if let [first, second] = row.as_slice() {
            table.get_mut(*first).and_then(|r| r.get_mut(*second)).into_iter().for_each(|n| *n += 1);
        }
    }
    match kappa(&table, |a, b| weights.of(scale, a, b)) {
        Some((value, error)) => Estimate::around(statistic, seen, value, error, Z),
        None => Estimate::none(statistic, seen, Gap::NoVariation),
    }
}

/// κ and its standard error from counts and weights of agreement (1 = equal); `None` when chance alone gives full agreement.
pub(super) fn kappa(table: &[Vec<usize>], weight: impl Fn(usize, usize) -> f64) -> Option<(f64, f64)> {
    let scale = table.len();
    let n = real(table.iter().flatten().sum());
    let rows: Vec<f64> = table.iter().map(|row| real(row.iter().sum()) / n).collect();
    let columns: Vec<f64> = (0..scale).map(|at| real(table.iter().filter_map(|row| row.get(at)).sum()) / n).collect();
    // What a grade of one reviewer agrees on average with the grades of the other.
    let of_row: Vec<f64> = (0..scale).map(|i| columns.iter().enumerate().map(|(j, p)| p * weight(i, j)).sum()).collect();
    let of_column: Vec<f64> = (0..scale).map(|j| rows.iter().enumerate().map(|(i, p)| p * weight(i, j)).sum()).collect();
    let cells = || {
        let places = table.iter().zip(&of_row).enumerate();
        places.flat_map(|(i, (row, a))| row.iter().zip(&of_column).enumerate().map(move |(j, (count, b))| (i, j, real(*count), a + b)))
    };
    let observed = cells().map(|(i, j, count, _)| count * weight(i, j)).sum::<f64>() / n;
    let expected: f64 = rows.iter().zip(&of_row).map(|(p, w)| p * w).sum();
    let room = 1.0 - expected;
    if n < 1.0 || room <= 1e-12 {
        return None;
    }
    let value = (observed - expected) / room;
    // Fleiss, Cohen and Everitt (1969), formula 8, as squares about their mean, so that nothing is nothing.
    let middle = value - expected * (1.0 - value);
    let squares: f64 = cells().map(|(i, j, count, mean)| count * (weight(i, j) - mean * (1.0 - value) - middle).powi(2)).sum();
    Some((value, squares.sqrt() / (n * room)))
}
