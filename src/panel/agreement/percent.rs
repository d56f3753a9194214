//! Plain agreement: the share of pairs with the same grade, or at most one apart. Must not correct for chance.
//!
//! The figure is the mean over cases of the share of agreeing pairs. The interval is Wilson's with as many trials as cases: exact in
//! kind for two reviewers, and on the wide side for more, since a share between 0 and 1 varies at most as a yes or no does.

use crate::panel::estimate::{Estimate, Gap, Statistic};
use crate::panel::quantile::Z;
use crate::panel::table::{Grades, real};

/// Share of pairs with the same grade.
pub fn exact(grades: &Grades) -> Estimate {
    share(grades, Statistic::Exact, 0)
}

/// Share of pairs with the same grade or the next on the scale.
pub fn within_one(grades: &Grades) -> Estimate {
    share(grades, Statistic::WithinOne, 1)
}

fn share(grades: &Grades, statistic: Statistic, apart: usize) -> Estimate {
    let seen = grades.table.seen();
    if seen.cases == 0 {
        return Estimate::none(statistic, seen, Gap::NoPairs);
    }
    let of_case = |row: &[(usize, usize)]| {
        let pairs = row.iter().enumerate().flat_map(|(at, one)| row.iter().skip(at + 1).map(move |other| one.1.abs_diff(other.1)));
        let (all, agreeing) = pairs.fold((0, 0), |(all, agreeing), by| (all + 1, agreeing + usize::from(by <= apart)));
        real(agreeing) / real(all)
    };
    let n = real(seen.cases);
    let p = grades.table.shared().map(of_case).sum::<f64>() / n;
    let z2 = Z * Z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = (z2 * (p * (1.0 - p) / n + z2 / (4.0 * n * n))).max(0.0).sqrt() / (1.0 + z2 / n);
    Estimate::within(statistic, seen, p, [(centre - half).max(0.0), centre + half])
}
