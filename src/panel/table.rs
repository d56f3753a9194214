//! Who marked which case how: a sparse table of cases and reviewers (评估专家), with grades on a declared scale or with points.
//! Must not know names: reviewers are numbers, and what is missing is simply not there.

use crate::base::text::Text;
use crate::say;

/// Why marks make no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// A reviewer's number that is not below their count, in the case of this number.
    Reviewer(usize),
    /// Two marks of one reviewer for the case of this number.
    Twice(usize),
    /// A grade that is not on the scale, or points that are no finite number, in the case of this number.
    Mark(usize),
}

impl Misfit {
    /// In words.
    pub fn said(self) -> Text {
        match self {
            Self::Reviewer(at) => say!("第 {n} 个案件的评分不属于任何评估专家", "A mark of case {n} belongs to no reviewer", n = at + 1),
            Self::Twice(at) => say!("第 {n} 个案件有同一评估专家的两份评分", "Case {n} has two marks of one reviewer", n = at + 1),
            Self::Mark(at) => say!("第 {n} 个案件的等次或得分不在量表内", "Case {n} has a mark that is not on the scale", n = at + 1),
        }
    }
}

/// Marks by case: in each row the reviewers who marked the case, in their order, with the mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<T> {
    reviewers: usize,
    rows: Vec<Vec<(usize, T)>>,
}

impl<T: Copy> Table<T> {
    fn new(reviewers: usize, mut rows: Vec<Vec<(usize, T)>>, fits: impl Fn(T) -> bool) -> Result<Self, Misfit> {
        for (at, row) in rows.iter_mut().enumerate() {
            row.sort_by_key(|(reviewer, _)| *reviewer);
            if row.iter().any(|(reviewer, _)| *reviewer >= reviewers) {
                return Err(Misfit::Reviewer(at));
            }
            if row.iter().zip(row.iter().skip(1)).any(|(a, b)| a.0 == b.0) {
                return Err(Misfit::Twice(at));
            }
            if row.iter().any(|(_, mark)| !fits(*mark)) {
                return Err(Misfit::Mark(at));
            }
        }
        Ok(Self { reviewers, rows })
    }

    /// How many reviewers there are, whether or not they marked anything.
    pub fn reviewers(&self) -> usize {
        self.reviewers
    }

    /// Every case.
    pub fn rows(&self) -> impl Iterator<Item = &[(usize, T)]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// Cases with two marks or more: only these tell of agreement.
    pub fn shared(&self) -> impl Iterator<Item = &[(usize, T)]> {
        self.rows().filter(|row| row.len() > 1)
    }

    /// Marks of cases that every reviewer marked, each row in the order of reviewers.
    pub fn complete(&self) -> Vec<Vec<T>> {
        self.rows().filter(|row| row.len() == self.reviewers).map(|row| row.iter().map(|(_, mark)| *mark).collect()).collect()
    }

    /// The same cases with the marks of two reviewers alone, who become 0 and 1.
    pub fn two(&self, first: usize, second: usize) -> Self {
        let number = |reviewer| [first, second].iter().position(|one| *one == reviewer);
        let kept = |row: &Vec<(usize, T)>| {
            let mut row: Vec<_> = row.iter().filter_map(|(reviewer, mark)| Some((number(*reviewer)?, *mark))).collect();
            row.sort_by_key(|(reviewer, _)| *reviewer);
            row
        };
        Self { reviewers: 2, rows: self.rows.iter().map(kept).collect() }
    }

    /// Counts of what tells of agreement.
    pub fn seen(&self) -> Seen {
        let mut marked = vec![false; self.reviewers];
        let mut seen = Seen::default();
        for row in self.shared() {
            seen.cases += 1;
            seen.pairs += row.len() * (row.len() - 1) / 2;
            for (reviewer, _) in row {
                marked.get_mut(*reviewer).into_iter().for_each(|one| *one = true);
            }
        }
        seen.reviewers = marked.iter().filter(|one| **one).count();
        seen
    }
}

/// What a statistic was computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// Cases with two marks or more.
    pub cases: usize,
    /// Pairs of marks for one case.
    pub pairs: usize,
    /// Reviewers with a mark in these cases.
    pub reviewers: usize,
}

/// Grades (等次) on a declared, ordered scale: 0 is its first grade. A grade that nobody gave stays on the scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Grades {
    /// How many grades the scale has.
    pub scale: usize,
    /// The grades given.
    pub table: Table<usize>,
}

impl Grades {
    /// From rows of (reviewer, grade), one row a case.
    ///
    /// # Errors
    /// When a number is out of bounds or a reviewer marked a case twice.
    pub fn new(scale: usize, reviewers: usize, rows: Vec<Vec<(usize, usize)>>) -> Result<Self, Misfit> {
        Ok(Self { scale, table: Table::new(reviewers, rows, |grade| grade < scale)? })
    }

    /// The grades of two reviewers alone.
    pub fn two(&self, first: usize, second: usize) -> Self {
        Self { scale: self.scale, table: self.table.two(first, second) }
    }

    /// How often each grade was given to a case.
    pub(super) fn counts(&self, row: &[(usize, usize)]) -> Vec<f64> {
        let mut counts = vec![0.0; self.scale];
        for (_, grade) in row {
            counts.get_mut(*grade).into_iter().for_each(|n| *n += 1.0);
        }
        counts
    }
}

/// Points (得分) by case and reviewer.
#[derive(Debug, Clone, PartialEq)]
pub struct Marks {
    /// The points given.
    pub table: Table<f64>,
}

impl Marks {
    /// From rows of (reviewer, points), one row a case.
    ///
    /// # Errors
    /// When points are not finite, a number is out of bounds or a reviewer marked a case twice.
    pub fn new(reviewers: usize, rows: Vec<Vec<(usize, f64)>>) -> Result<Self, Misfit> {
        Ok(Self { table: Table::new(reviewers, rows, f64::is_finite)? })
    }

    /// The points of two reviewers alone.
    pub fn two(&self, first: usize, second: usize) -> Self {
        Self { table: self.table.two(first, second) }
    }
}

/// A count as a number to reckon with.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::{Grades, Marks, Misfit, Seen};

    #[test]
    fn what_does_not_fit_is_refused_with_its_case() {
        assert_eq!(Grades::new(4, 2, vec![vec![], vec![(2, 0)]]).unwrap_err(), Misfit::Reviewer(1));
        assert_eq!(Grades::new(4, 2, vec![vec![(1, 0), (1, 3)]]).unwrap_err(), Misfit::Twice(0));
        assert_eq!(Grades::new(4, 2, vec![vec![(1, 4)]]).unwrap_err(), Misfit::Mark(0));
        assert_eq!(Marks::new(1, vec![vec![(0, f64::NAN)]]).unwrap_err(), Misfit::Mark(0));
        assert!(Misfit::Mark(0).said().zh.contains("第 1 个案件"));
    }

    #[test]
    fn single_marks_are_kept_and_not_counted_as_pairs() {
        let rows = vec![vec![(2, 1), (0, 0)], vec![(1, 1)], vec![], vec![(0, 1), (1, 1), (2, 1)]];
        let grades = Grades::new(2, 4, rows).unwrap();
        assert_eq!(grades.table.seen(), Seen { cases: 2, pairs: 4, reviewers: 3 });
        assert_eq!(grades.table.rows().next(), Some(&[(0, 0), (2, 1)][..]));
        assert!(grades.table.complete().is_empty());
        assert_eq!(grades.two(2, 0).table.complete(), [[1, 0], [1, 1]]);
    }
}
