//! Each office's rate without each reviewer: what would be left if a reviewer's marks did not count. Must not reconcile marks: the
//! caller says what each case comes to without them. Reported, never applied.

use std::collections::BTreeMap;

use crate::base::text::Text;
use crate::say;

/// A case with a result, for a rate such as 优良率.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Number of its office (机构).
    pub office: usize,
    /// Whether it counts as reached.
    pub reached: bool,
    /// For each reviewer who marked it: whether it would be reached without their marks; `None` where no mark would be left, so
    /// that the case leaves the rate.
    pub without: Vec<(usize, Option<bool>)>,
}

/// A rate as counts: reached and all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    /// Reached.
    pub k: u64,
    /// Of so many.
    pub n: u64,
}

impl Rate {
    /// As a fraction of 1; `None` of nothing.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    pub fn share(self) -> Option<f64> {
        (self.n > 0).then(|| self.k as f64 / self.n as f64)
    }

    fn shown(self) -> Text {
        let Self { k, n } = self;
        match self.share().map(super::words::percent) {
            Some(share) => say!("{share}（{k}/{n}）", "{share} ({k}/{n})"),
            None => Text::fixed("没有数据", "no data"),
        }
    }
}

/// The rate of an office with and without one of its reviewers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Influence {
    /// Number of the office.
    pub office: usize,
    /// Number of the reviewer.
    pub reviewer: usize,
    /// Cases of the office with a mark of theirs.
    pub marked: u64,
    /// The rate as it is.
    pub with: Rate,
    /// The rate without their marks.
    pub without: Rate,
}

/// For every office and every reviewer with a mark there, by their numbers.
pub fn influence(cases: &[Decided]) -> Vec<Influence> {
    let mut offices: BTreeMap<usize, Rate> = BTreeMap::new();
    // What a reviewer's marks take from the rate: cases marked; reached and all of these as they are; reached and left without.
    let mut moved: BTreeMap<(usize, usize), (Rate, Rate)> = BTreeMap::new();
    for case in cases {
        let reached = u64::from(case.reached);
        let office = offices.entry(case.office).or_default();
        office.n += 1;
        office.k += reached;
        for (reviewer, left) in &case.without {
            let (own, rest) = moved.entry((case.office, *reviewer)).or_default();
            own.n += 1;
            own.k += reached;
            rest.n += u64::from(left.is_some());
            rest.k += u64::from(*left == Some(true));
        }
    }
    let all = moved.into_iter().map(|((office, reviewer), (own, rest))| {
        let with = offices.get(&office).copied().unwrap_or_default();
        let without = Rate { k: with.k - own.k + rest.k, n: with.n - own.n + rest.n };
        Influence { office, reviewer, marked: own.n, with, without }
    });
    all.collect()
}

impl Influence {
    /// One plain sentence; `rate` is what the rate is called, such as 优良率.
    pub fn plain(&self, rate: &Text) -> Text {
        let (with, without) = (self.with.shown(), self.without.shown());
        let marked = self.marked;
        Text {
            zh: format!("{}为{}；不计该评估专家所评 {marked} 件的评分，为{}。只供了解，不改动结果。", rate.zh, with.zh, without.zh).into(),
            en: format!(
                "{}: {}; without this reviewer's marks of {marked} cases, {}. Told only, never applied.",
                rate.en, with.en, without.en
            )
            .into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Decided, Influence, Rate, influence};
    use crate::base::text::Text;

    #[test]
    fn a_case_stays_turns_or_leaves() {
        let case = |office, reached, without: &[(usize, Option<bool>)]| Decided { office, reached, without: without.to_vec() };
        let cases = [
            case(0, true, &[(1, None)]),
            case(0, true, &[(1, Some(false)), (2, Some(true))]),
            case(0, false, &[(2, None)]),
            case(1, true, &[(2, None)]),
            case(0, true, &[]),
        ];
        let rate = |k, n| Rate { k, n };
        let want = [
            Influence { office: 0, reviewer: 1, marked: 2, with: rate(3, 4), without: rate(1, 3) },
            Influence { office: 0, reviewer: 2, marked: 2, with: rate(3, 4), without: rate(3, 3) },
            Influence { office: 1, reviewer: 2, marked: 1, with: rate(1, 1), without: rate(0, 0) },
        ];
        assert_eq!(influence(&cases), want);
        assert_eq!(influence(&[]), []);
        let said = want[2].plain(&Text::fixed("优良率", "Good rate"));
        assert_eq!(said.zh, "优良率为100.0%（1/1）；不计该评估专家所评 1 件的评分，为没有数据。只供了解，不改动结果。");
        assert_eq!(said.en, "Good rate: 100.0% (1/1); without this reviewer's marks of 1 cases, no data. Told only, never applied.");
    }
}
