//! The reviewers' equations of an additive model with the cases taken out. Must not know variances.

use crate::panel::table::real;

/// `C u = b`, and what belongs to it.
pub(super) struct Equations {
    /// C: on the diagonal a reviewer's marks less their part of each case, beside it less what two share.
    left: Vec<Vec<f64>>,
    /// b: each reviewer's marks less the means of their cases.
    pub(super) right: Vec<f64>,
    /// Sum of squares of marks about the means of their cases.
    pub(super) within: f64,
    /// The lowest number among the reviewers connected with each.
    pub(super) groups: Vec<usize>,
    /// Whether a reviewer has a mark at all.
    marked: Vec<bool>,
}

impl Equations {
    /// From the marks of each case; a reviewer may stand in a case more than once.
    pub(super) fn new(reviewers: usize, rows: &[&[(usize, f64)]]) -> Self {
        let mut new = Self {
            left: vec![vec![0.0; reviewers]; reviewers],
            right: vec![0.0; reviewers],
            within: 0.0,
            groups: (0..reviewers).collect(),
            marked: vec![false; reviewers],
        };
        for row in rows {
            let m = real(row.len());
            let mean = row.iter().map(|(_, x)| x).sum::<f64>() / m;
            for (who, x) in *row {
                new.within += (x - mean).powi(2);
                new.right.get_mut(*who).into_iter().for_each(|b| *b += x - mean);
                new.marked.get_mut(*who).into_iter().for_each(|one| *one = true);
                new.add(*who, *who, 1.0);
                row.iter().for_each(|(other, _)| new.add(*who, *other, -1.0 / m));
            }
            let own: Vec<usize> = row.iter().filter_map(|(who, _)| new.groups.get(*who).copied()).collect();
            if let Some(lowest) = own.iter().min() {
                new.groups.iter_mut().filter(|group| own.contains(group)).for_each(|group| *group = *lowest);
            }
        }
        new
    }

    fn add(&mut self, row: usize, column: usize, by: f64) {
        self.left.get_mut(row).and_then(|row| row.get_mut(column)).into_iter().for_each(|cell| *cell += by);
    }

    /// Connected groups among those who marked.
    pub(super) fn groups_sharing(&self) -> usize {
        self.groups.iter().zip(&self.marked).enumerate().filter(|(at, (group, marked))| at == *group && **marked).count()
    }

    /// Trace of C.
    pub(super) fn trace(&self) -> f64 {
        self.left.iter().enumerate().filter_map(|(at, row)| row.get(at)).sum()
    }

    /// `(C + λ I) u = b`, and the diagonal of the inverse as far as it tells reviewers of a group from their mean. With λ = 0 it is
    /// least squares with effects that sum to 0 in each group.
    ///
    /// What is solved has the mean of the group added, which leaves `u` as it is (it sums to 0) and is safe for the smallest λ.
    pub(super) fn solved(&self, lambda: f64) -> (Vec<f64>, Vec<f64>) {
        let size = |group: &usize| real(self.groups.iter().filter(|one| *one == group).count());
        let sizes: Vec<f64> = self.groups.iter().map(size).collect();
        let plus = |a: usize, b: usize| {
            let mean = match (self.groups.get(a), self.groups.get(b), sizes.get(a)) {
                (Some(one), Some(other), Some(size)) if one == other => 1.0 / size,
                _ => 0.0,
            };
            if a == b { mean + lambda } else { mean }
        };
        let n = self.left.len();
        // Each row: the matrix, then the unit matrix that becomes the inverse. Positive definite, so no pivot is sought.
        let mut rows: Vec<Vec<f64>> = self
            .left
            .iter()
            .enumerate()
            .map(|(a, row)| {
                let own = row.iter().enumerate().map(|(b, cell)| cell + plus(a, b));
                own.chain((0..n).map(|b| f64::from(u8::from(a == b)))).collect()
            })
            .collect();
        for at in 0..n {
            let mut pivot = rows.get(at).cloned().unwrap_or_default();
            let lead = pivot.get(at).copied().unwrap_or(1.0);
            pivot.iter_mut().for_each(|cell| *cell /= lead);
            for (a, row) in rows.iter_mut().enumerate() {
                if a == at {
                    row.clone_from(&pivot);
                } else {
                    let factor = row.get(at).copied().unwrap_or(0.0);
                    row.iter_mut().zip(&pivot).for_each(|(cell, p)| *cell -= factor * p);
                }
            }
        }
        let inverse = |row: &Vec<f64>| row.get(n..).map(<[f64]>::to_vec).unwrap_or_default();
        let inverse: Vec<Vec<f64>> = rows.iter().map(inverse).collect();
        let solution = inverse.iter().map(|row| row.iter().zip(&self.right).map(|(a, b)| a * b).sum()).collect();
        let own = inverse.iter().enumerate().filter_map(|(at, row)| row.get(at).copied());
        let diagonal = own.zip(&sizes).map(|(d, size)| d - 1.0 / ((1.0 + lambda) * size)).collect();
        (solution, diagonal)
    }
}
