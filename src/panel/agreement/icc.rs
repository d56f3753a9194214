//! Intraclass correlations of points with exact intervals (Shrout and Fleiss 1979; degrees of freedom of ICC(2,·) by Satterthwaite).
//! Must not fill in marks: ICC(1,·) takes cases with two marks or more, ICC(2,·) and ICC(3,·) cases marked by every reviewer of the table.

use crate::panel::estimate::{Estimate, Gap, Model, Statistic};
use crate::panel::quantile::f_upper;
use crate::panel::table::{Marks, Seen, real};

/// An intraclass correlation: of one mark, or of the mean of a case's marks.
pub fn icc(marks: &Marks, model: Model, averaged: bool) -> Estimate {
    let statistic = Statistic::Icc { model, averaged };
    let (rows, seen) = if model == Model::OneWay {
        let rows: Vec<Vec<f64>> = marks.table.shared().map(|row| row.iter().map(|(_, x)| *x).collect()).collect();
        (rows, marks.table.seen())
    } else if marks.table.reviewers() < 2 {
        (Vec::new(), Seen::default())
    } else {
        let (rows, k) = (marks.table.complete(), marks.table.reviewers());
        let seen = Seen { cases: rows.len(), pairs: rows.len() * (k * (k - 1) / 2), reviewers: if rows.is_empty() { 0 } else { k } };
        (rows, seen)
    };
    let done = match Squares::new(&rows) {
        Err(why) => Err(why),
        Ok(squares) if model == Model::OneWay => squares.one_way(averaged),
        Ok(squares) => squares.two_way(model, averaged),
    };
    match done {
        Err(why) => Estimate::none(statistic, seen, why),
        Ok((value, Ok(interval))) => Estimate::within(statistic, seen, value, interval),
        Ok((value, Err(why))) => Estimate::bare(statistic, seen, value, why),
    }
}

/// A figure, and its interval or why there is none; or why there is no figure.
type Done = Result<(f64, Result<[f64; 2], Gap>), Gap>;

/// Sums of squares of the analysis of variance.
struct Squares {
    /// Cases.
    n: f64,
    /// Marks a case; for unequal numbers the usual k₀.
    k: f64,
    equal: bool,
    marks: f64,
    /// Mean square between cases.
    cases: f64,
    /// Sum of squares within cases.
    within: f64,
    /// Mean square between reviewers, and sum of squares of the rest; of use only when each row has the same reviewers.
    reviewers: f64,
    rest: f64,
    /// A square below this is rounding.
    tiny: f64,
}

impl Squares {
    fn new(rows: &[Vec<f64>]) -> Result<Self, Gap> {
        let Some(first) = rows.first() else { return Err(Gap::NoPairs) };
        if rows.len() < 2 {
            return Err(Gap::OneCase);
        }
        let (n, marks) = (real(rows.len()), real(rows.iter().map(Vec::len).sum()));
        let equal = rows.iter().all(|row| row.len() == first.len());
        let mean = rows.iter().flatten().sum::<f64>() / marks;
        let means: Vec<f64> = rows.iter().map(|row| row.iter().sum::<f64>() / real(row.len())).collect();
        let tiny = 1e-18 * rows.iter().flatten().map(|x| x * x).sum::<f64>();
        let between: f64 = rows.iter().zip(&means).map(|(row, own)| real(row.len()) * (own - mean).powi(2)).sum();
        let within: f64 = rows.iter().zip(&means).flat_map(|(row, own)| row.iter().map(move |x| (x - own).powi(2))).sum();
        if between + within <= tiny {
            return Err(Gap::NoVariation);
        }
        let k = (marks - rows.iter().map(|row| real(row.len()).powi(2)).sum::<f64>() / marks) / (n - 1.0);
        let of_reviewers: Vec<f64> = (0..first.len()).map(|at| rows.iter().filter_map(|row| row.get(at)).sum::<f64>() / n - mean).collect();
        let rest = rows.iter().zip(&means).flat_map(|(row, own)| row.iter().zip(&of_reviewers).map(move |(x, by)| (x - own - by).powi(2)));
        let reviewers = n * of_reviewers.iter().map(|by| by * by).sum::<f64>() / (real(first.len()) - 1.0);
        Ok(Self { n, k, equal, marks, cases: between / (n - 1.0), within, reviewers, rest: rest.sum(), tiny })
    }

    /// What both one-way and mixed forms are: the ratio of two mean squares, of which F tells the interval.
    fn ratio(&self, error: f64, freedom: f64, averaged: bool) -> Done {
        let (k, between) = (self.k, self.cases);
        if averaged && between <= self.tiny {
            return Err(Gap::NoVariation);
        }
        let value = if averaged { (between - error) / between } else { (between - error) / (between + (k - 1.0) * error) };
        if error * freedom <= self.tiny || between <= self.tiny {
            return Ok((value, Err(Gap::NoWidth)));
        }
        let f = between / error;
        let form = |f: f64| if averaged { 1.0 - 1.0 / f } else { (f - 1.0) / (f + k - 1.0) };
        let bounds = f_upper(self.n - 1.0, freedom).zip(f_upper(freedom, self.n - 1.0));
        Ok((value, bounds.map(|(low, high)| [form(f / low), form(f * high)]).ok_or(Gap::NoWidth)))
    }

    fn one_way(&self, averaged: bool) -> Done {
        let freedom = self.marks - self.n;
        let done = self.ratio(self.within / freedom, freedom, averaged);
        match done {
            // The mean of how many marks, where some cases have two and some three?
            _ if averaged && !self.equal => Err(Gap::Unequal),
            Ok((value, Ok(_))) if !self.equal => Ok((value, Err(Gap::Unequal))),
            done => done,
        }
    }

    fn two_way(&self, model: Model, averaged: bool) -> Done {
        let (n, k, between, by) = (self.n, self.k, self.cases, self.reviewers);
        let freedom = (n - 1.0) * (k - 1.0);
        let error = self.rest / freedom;
        if model == Model::TwoWayMixed {
            if between <= self.tiny && self.rest <= self.tiny {
                return Err(Gap::NoVariation);
            }
            return self.ratio(error, freedom, averaged);
        }
        let of_one = between + (k - 1.0) * error + k * (by - error) / n;
        let of_mean = between + (by - error) / n;
        if of_one <= self.tiny || (averaged && of_mean <= self.tiny) {
            return Err(Gap::NoVariation);
        }
        let single = (between - error) / of_one;
        let value = if averaged { (between - error) / of_mean } else { single };
        if self.rest <= self.tiny || between <= self.tiny {
            return Ok((value, Err(Gap::NoWidth)));
        }
        let (f, rest) = (by / error, n * (1.0 + (k - 1.0) * single) - k * single);
        let over = freedom * (k * single * f + rest).powi(2);
        let under = (n - 1.0) * (k * single * f).powi(2) + rest.powi(2);
        let effective = over / under;
        let Some((low, high)) = f_upper(n - 1.0, effective).zip(f_upper(effective, n - 1.0)) else {
            return Ok((value, Err(Gap::NoWidth)));
        };
        let others = k * by + (k * n - k - n) * error;
        let low = n * (between - low * error) / (low * others + n * between);
        let high = n * (high * between - error) / (others + n * high * between);
        // The mean of k marks, by Spearman and Brown; below −1 / (k − 1) it has no end.
        let form = |r: f64| if averaged { k * r / (1.0 + (k - 1.0) * r) } else { r };
        let bounded = !averaged || (k - 1.0) * low > -1.0;
        Ok((value, if bounded { Ok([form(low), form(high)]) } else { Err(Gap::NoWidth) }))
    }
}
