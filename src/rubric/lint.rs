//! Lints: what makes a rubric doubtful without making it wrong. Must not refuse anything.

use super::raw::Raw;
use super::{Deduct, Group, Need, Rubric, Scheme};
use crate::base::mistake::{Mistakes, Spot};
use crate::base::points::Points;
use crate::check::Outcome;
use crate::say;

/// Warns of points that do not add up, examples that are lacking, an unverified basis, and grades out of reach.
pub fn lint(rubric: &Rubric, raw: &Raw<'_>, head: &Spot, sink: &Mistakes) {
    if let Scheme::Points { total, .. } = rubric.scheme {
        let sum: Points = rubric.criteria.iter().filter(|c| !c.bonus).map(|c| c.points).sum();
        if sum != total {
            sink.push("L001", head, say!("各项分值之和为 {sum}，满分为 {total}", "points add up to {sum}, the total is {total}"));
        }
    }
    for criterion in &rubric.criteria {
        let id = &criterion.id;
        let pass = criterion.examples.iter().any(|e| e.outcome == Outcome::Met);
        let fail = criterion.examples.iter().any(|e| e.outcome == Outcome::Unmet);
        if !(pass && fail) {
            sink.push("L002", &criterion.at, say!("{id} 须各有一个通过和不通过的示例", "{id} needs a passing and a failing example"));
        }
        if let Deduct::PerObservation { points, .. } | Deduct::PerUnit { points, .. } = &criterion.deduct
            && points.is_zero()
            && !criterion.points.is_zero()
        {
            sink.push("L004", &criterion.at, say!("{id} 的扣分是 0，永远不扣分", "{id} deducts 0 and so never deducts"));
        }
    }
    // One line for all of them: a standard that nobody has confirmed yet has many.
    let open: Vec<&str> = rubric.criteria.iter().filter(|c| !c.verified).map(|c| &*c.id).collect();
    if !open.is_empty() {
        let (n, zh, en) = (open.len(), open.join("、"), open.join(", "));
        sink.push("L003", head, say!("{n} 项的依据待核：{zh}", "the basis of {n} criteria is not verified: {en}"));
    }
    for (i, grade) in rubric.grades.iter().enumerate() {
        if unreachable(rubric, i) {
            let title = &grade.title;
            let at = raw.list("grade").get(i).map_or(head, |(_, t)| &t.at);
            sink.push("L006", at, say!("等次“{title}”不可能得到", "the grade {title:?} cannot be reached"));
        }
    }
}

/// A points grade above what can be got or below what must be got; a levels grade that a better one always covers.
fn unreachable(rubric: &Rubric, at: usize) -> bool {
    match &rubric.scheme {
        Scheme::Points { total, rescale, .. } => {
            let in_group = |g: usize| rubric.criteria.iter().filter(move |c| c.group == g && !c.bonus);
            let kept = |(g, group): (usize, &Group)| {
                let points: Points = in_group(g).map(|c| c.points).sum();
                let lost: Points = in_group(g).map(|c| c.deduct.limit(c.points)).sum();
                points - group.most.map_or(lost, |most| lost.min(most))
            };
            let kept: Points = rubric.groups.iter().enumerate().map(kept).sum();
            let full: Points = rubric.criteria.iter().filter(|c| !c.bonus).map(|c| c.points).sum();
            let above = at.checked_sub(1).and_then(|better| rubric.grades.get(better)).map(|g| g.from);
            // A gate takes everything, and what does not apply may take what would be kept out of the sum.
            let varies = rubric.criteria.iter().any(|c| c.gate || (*rescale && c.when.is_some()));
            let worst = if full.is_zero() { Points::ZERO } else { kept * *total / full };
            rubric.grades[at].from > *total || (!varies && above.is_some_and(|above| worst >= above))
        }
        Scheme::Levels { .. } => {
            let easier = |better: &super::Grade| {
                better
                    .require
                    .iter()
                    .all(|b| rubric.grades[at].require.iter().any(|r| r.level <= b.level && (r.need == b.need || r.need == Need::All)))
            };
            !rubric.grades[at].require.is_empty() && rubric.grades[..at].iter().any(easier)
        }
    }
}
