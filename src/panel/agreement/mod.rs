//! How far reviewers agree (一致性): on grades and on points, by the usual coefficients, each with interval, source and plain words.
//! Must not pick the most flattering: all are told, always in the same order, and what is undefined is "no data".
//!
//! * Only cases marked by two or more tell of agreement. Gwet's and Fleiss' coefficients also take from cases with one mark how often
//!   each grade is given, as Gwet (2014) has it for missing marks.
//! * Weights run over the declared scale: a grade that nobody gave still counts as a step.
//! * Where the formula of a standard error gives zero (full agreement), no interval is given, since its width would be a pretence.
//! * Krippendorff published a bootstrap for α. It needs a seed and gives another interval for another seed; the jackknife over cases
//!   is used in its place.

mod alpha;
mod chance;
mod cohen;
mod icc;
mod percent;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

pub use alpha::{of_grades as alpha, of_points as alpha_of_points};
pub use chance::{fleiss, gwet};
pub use cohen::cohen;
pub use icc::icc;
pub use percent::{exact, within_one};

use super::estimate::{Estimate, Level, Model, Weights};
use super::table::{Grades, Marks};

/// Everything that grades tell; Cohen's κ stands among it when exactly two reviewers are compared.
pub fn of_grades(grades: &Grades) -> Vec<Estimate> {
    let mut all = vec![exact(grades), within_one(grades)];
    if grades.table.reviewers() == 2 {
        all.extend(Weights::ALL.map(|weights| cohen(grades, weights)));
    }
    all.extend(Weights::ALL.map(|weights| gwet(grades, weights)));
    all.push(fleiss(grades));
    all.extend(Level::ALL.map(|level| alpha(grades, level)));
    all
}

/// Everything that points tell.
pub fn of_marks(marks: &Marks) -> Vec<Estimate> {
    let mut all = vec![alpha_of_points(marks)];
    for averaged in [false, true] {
        all.extend(Model::ALL.map(|model| icc(marks, model, averaged)));
    }
    all
}
