//! Krippendorff's α, of grades (nominal, ordinal, interval) and of points. Must not use a mark that no other mark of the case stands
//! beside.

use crate::panel::estimate::{Estimate, Gap, Level, Statistic};
use crate::panel::table::{Grades, Marks, Seen, real};

/// α of grades; for the interval level they are numbered 1, 2, 3 …
pub fn of_grades(grades: &Grades, level: Level) -> Estimate {
    let (statistic, seen, scale) = (Statistic::Alpha(level), grades.table.seen(), grades.scale);
    let mut all = vec![vec![0.0; scale]; scale];
    let cases: Vec<_> = grades.table.shared().map(|row| grades.counts(row)).collect();
    cases.iter().for_each(|counts| add(&mut all, counts, 1.0));
    let without = cases.iter().map(|counts| {
        let mut rest = all.clone();
        add(&mut rest, counts, -1.0);
        from_coincidences(&rest, level)
    });
    estimate(statistic, seen, from_coincidences(&all, level), without)
}

/// Adds the coincidences of a case: every ordered pair of its marks, weighing one mark a case in total for each mark.
fn add(all: &mut [Vec<f64>], counts: &[f64], sign: f64) {
    let marks: f64 = counts.iter().sum();
    for (at, (row, here)) in all.iter_mut().zip(counts).enumerate() {
        for (other, (cell, there)) in row.iter_mut().zip(counts).enumerate() {
            *cell += sign * here * (there - f64::from(u8::from(at == other))) / (marks - 1.0);
        }
    }
}

/// α from coincidences (Krippendorff 2011, formulas B to D); `None` when nothing differs.
fn from_coincidences(all: &[Vec<f64>], level: Level) -> Option<f64> {
    let used: Vec<f64> = all.iter().map(|row| row.iter().sum()).collect();
    let n: f64 = used.iter().sum();
    // Marks up to the middle of each grade: the rank that its marks share.
    let mut before = 0.0;
    let ranks: Vec<f64> = used
        .iter()
        .map(|marks| {
            before += marks;
            before - marks / 2.0
        })
        .collect();
    let apart = |a: usize, b: usize| match level {
        Level::Nominal => f64::from(u8::from(a != b)),
        Level::Ordinal => ranks.get(a).zip(ranks.get(b)).map_or(0.0, |(a, b)| (a - b).powi(2)),
        Level::Interval => real(a.abs_diff(b)).powi(2),
    };
    let (mut observed, mut expected) = (0.0, 0.0);
    for (a, (row, here)) in all.iter().zip(&used).enumerate() {
        for (b, (cell, there)) in row.iter().zip(&used).enumerate() {
            observed += cell * apart(a, b);
            expected += here * there * apart(a, b);
        }
    }
    (expected > 1e-9).then(|| 1.0 - (n - 1.0) * observed / expected)
}

/// α of points on an interval scale.
pub fn of_points(marks: &Marks) -> Estimate {
    let (statistic, seen) = (Statistic::AlphaOfPoints, marks.table.seen());
    let values = || marks.table.shared().flatten().map(|(_, x)| *x);
    let mean = values().sum::<f64>() / real(values().count());
    // Of each case: its marks, their sum and sum of squares about the mean of all, and the disagreement among them.
    let of_case = |row: &[(usize, f64)]| {
        let m = real(row.len());
        let sum: f64 = row.iter().map(|(_, x)| x - mean).sum();
        let squares: f64 = row.iter().map(|(_, x)| (x - mean).powi(2)).sum();
        let own = mean + sum / m;
        let within: f64 = row.iter().map(|(_, x)| (x - own).powi(2)).sum();
        [m, sum, squares, m * within / (m - 1.0)]
    };
    let cases: Vec<[f64; 4]> = marks.table.shared().map(of_case).collect();
    let mut all = [0.0; 4];
    cases.iter().for_each(|case| all.iter_mut().zip(case).for_each(|(sum, x)| *sum += x));
    // Less than this is rounding, be it of the marks or of what is left when a case is taken from the sums.
    let tiny = (1e-18 * values().map(|x| x * x).sum::<f64>()).max(1e-12 * all[2]);
    let from_sums = |[n, sum, squares, within]: [f64; 4]| {
        let total = squares - sum * sum / n;
        (n > 1.0 && total > tiny).then(|| 1.0 - (n - 1.0) * within / (n * total))
    };
    let less = |[a, b, c, d]: [f64; 4], [e, f, g, h]: [f64; 4]| [a - e, b - f, c - g, d - h];
    estimate(statistic, seen, from_sums(all), cases.iter().map(|case| from_sums(less(all, *case))))
}

/// The figure with Tukey's jackknife: how it moves when one case is left out.
fn estimate(statistic: Statistic, seen: Seen, value: Option<f64>, without: impl Iterator<Item = Option<f64>>) -> Estimate {
    if seen.cases == 0 {
        return Estimate::none(statistic, seen, Gap::NoPairs);
    }
    let Some(value) = value else {
        return Estimate::none(statistic, seen, Gap::NoVariation);
    };
    if seen.cases == 1 {
        return Estimate::bare(statistic, seen, value, Gap::OneCase);
    }
    let Some(without) = without.collect::<Option<Vec<f64>>>() else {
        return Estimate::bare(statistic, seen, value, Gap::HangsOnOne);
    };
    let n = real(without.len());
    let mean = without.iter().sum::<f64>() / n;
    let variance = without.iter().map(|x| (x - mean).powi(2)).sum::<f64>() * (n - 1.0) / n;
    Estimate::around_t(statistic, seen, value, variance.sqrt(), seen.cases)
}
