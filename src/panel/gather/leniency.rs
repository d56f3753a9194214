//! How lenient the reviewers of each office's cases are beside the others of their panel. Must not be applied to any mark, nor take a
//! reviewer of whom nothing can be told for an average one.

use std::sync::Arc;

use super::figures::{Compared, rounded};
use super::{Case, Gathered};
use crate::base::text::Text;
use crate::record::v1::Leniency;
use crate::say;

impl Gathered {
    /// Of every office with completely marked cases, by name.
    pub(super) fn leniency(&self, compared: &Compared<'_>) -> Vec<Leniency> {
        let (severity, total) = (compared.severity(), compared.main_total());
        let of = |(at, office): (usize, &Arc<str>)| {
            let cases: Vec<&Case> = self.cases.iter().filter(|c| c.office == at).collect();
            if cases.is_empty() {
                return None;
            }
            let mean = |case: &&Case| {
                let effects: Option<Vec<f64>> =
                    case.readings.iter().map(|r| severity.effect(&r.codes).filter(|_| case.total == total)).collect();
                effects.map(|all| all.iter().sum::<f64>() / real(all.len()))
            };
            let all: Option<Vec<f64>> = cases.iter().map(mean).collect();
            let points = all.map(|all| rounded(all.iter().sum::<f64>() / real(all.len())));
            let cases = u64::try_from(cases.len()).unwrap_or(u64::MAX);
            Some(Leniency { office: Arc::clone(office), points, cases, plain: plain(points, cases) })
        };
        let mut all: Vec<Leniency> = self.offices.iter().enumerate().filter_map(of).collect();
        all.sort_by(|a, b| a.office.cmp(&b.office));
        all
    }
}

fn plain(points: Option<f64>, cases: u64) -> Text {
    match points {
        None => Text::fixed(
            "评其案件的专家中，有的分不出松紧，或者专家分成几组，组间不能比",
            "of some reviewers of its cases nothing can be told, or reviewers fall into groups that cannot be compared",
        ),
        Some(points) => say!(
            "评其 {cases} 件案件的专家，比同组其他专家平均高（宽）{points:.2} 分，负数为严；只供了解，不改动任何得分",
            "the reviewers of its {cases} cases lie {points:.2} points above the others of their panel (below, where negative); told only, never applied"
        ),
    }
}

fn real(n: usize) -> f64 {
    crate::panel::table::real(n)
}
