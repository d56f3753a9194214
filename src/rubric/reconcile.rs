//! Reads `[reconcile]`: when several marks of one case count together. Must not reconcile.

use super::Scheme;
use super::criterion::positive;
use crate::base::points::Points;
use crate::base::tree::{Node, Table};
use crate::model::reconcile::{Reconcile, Third};
use crate::say;

const THIRDS: [(&str, Third); 3] = [("majority", Third::Majority), ("median", Third::Median), ("senior", Third::Senior)];

/// The rules of a rubric.
pub fn read(table: &Table<'_>, scheme: Option<&Scheme>) -> Reconcile {
    let share = |node: &Node<'_>| {
        let percent = positive(node)?;
        if percent > Points::whole(100) {
            node.sink().push("R005", &node.at, say!("是百分之几，不能超过 100", "so many of a hundred: at most 100"));
        }
        Some(percent)
    };
    let rules = Reconcile {
        difference: table.opt("difference").and_then(positive).filter(|d| !d.is_zero()),
        grades: table.flag("grades", true),
        third: table.word("third", &THIRDS).unwrap_or_default(),
        fail: table.opt("fail").and_then(Node::count).unwrap_or(0),
        excellent: table.opt("excellent").and_then(share).unwrap_or(Points::ZERO),
        edge: table.opt("edge").and_then(positive).filter(|d| !d.is_zero()),
        verified: table.flag("verified", false),
    };
    if matches!(scheme, Some(Scheme::Levels { .. })) {
        for key in ["difference", "edge"] {
            if let Some(node) = table.opt(key) {
                let said = say!("按等级评的标准没有分数，不能写 {key}", "a rubric of levels has no points: {key} means nothing");
                table.sink.push("R005", &node.key_at, said);
            }
        }
        if rules.third == Third::Median
            && let Some(node) = table.opt("third")
        {
            table.sink.push("R005", &node.at, say!("按等级评的标准没有中位分", "a rubric of levels has no median"));
        }
    }
    table.finish();
    rules
}
