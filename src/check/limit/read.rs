//! Reads a limit from a rubric. Must not work anything out.

use jiff::civil::Date;

use super::{Limit, Version};
use crate::base::tree::Node;
use crate::check::Unit;
use crate::check::args::{Args, condition_in};
use crate::say;

/// Longest limit taken for meant.
const LONGEST: u32 = 36_500;

impl Limit {
    /// Reads the parameter `key`: one table or a list of them.
    pub fn read(args: &Args<'_>, key: &'static str) -> Option<Self> {
        let node = args.table.need(key)?;
        let items = node.items();
        let versions: Option<Vec<Version>> = items.iter().map(|n| version(n, args)).collect::<Vec<_>>().into_iter().collect();
        let versions = versions?;
        if versions.is_empty() {
            node.sink().push("R017", &node.at, say!("期限是空的", "the limit is empty"));
            return None;
        }
        let mut good = true;
        for (i, (later, at)) in versions.iter().zip(&items).enumerate() {
            if versions[..i].iter().any(|v| v.when.is_none() && overlap(v, later)) {
                node.sink().push(
                    "R017",
                    &at.at,
                    say!("这一版期限的施行期间与前面一版重叠", "this version is in force at the same time as an earlier one"),
                );
                good = false;
            }
        }
        gaps(&versions, node);
        good.then_some(Self { versions })
    }
}

fn version(node: &Node<'_>, args: &Args<'_>) -> Option<Version> {
    let table = node.table()?;
    let sink = node.sink();
    let length = table.need("length").and_then(Node::count);
    let units = [("days", Unit::Days), ("workdays", Unit::Workdays), ("months", Unit::Months), ("hours", Unit::Hours)];
    let unit = table.need("unit").and_then(|n| n.word(&units));
    let roll = table.opt("roll").map_or(Some(true), |n| n.word(&[("next_workday", true), ("none", false)]));
    let date = |key| match table.opt(key) {
        None => Some(None),
        Some(node) => node.date().map(Some),
    };
    let (from, until) = (date("from"), date("until"));
    let when = condition_in(&table, "when", args.vocabulary);
    table.finish();
    let made = Version { from: from?, until: until?, length: length?, unit: unit?, roll: roll?, when: when? };
    if made.length > LONGEST {
        sink.push("R017", &node.at, say!("期限过长", "the limit is too long"));
        return None;
    }
    if let (Some(from), Some(until)) = (made.from, made.until)
        && until < from
    {
        sink.push("R017", &node.at, say!("until 早于 from", "until is before from"));
        return None;
    }
    Some(made)
}

fn overlap(a: &Version, b: &Version) -> bool {
    let starts_after = |x: &Version, y: &Version| matches!((x.from, y.until), (Some(from), Some(until)) if from > until);
    !starts_after(a, b) && !starts_after(b, a)
}

/// Warns of days between two versions on which none is in force.
fn gaps(versions: &[Version], node: &Node<'_>) {
    let mut spans: Vec<(Option<Date>, Option<Date>)> = versions.iter().map(|v| (v.from, v.until)).collect();
    spans.sort_unstable();
    let mut reached: Option<Date> = None;
    for (i, (from, until)) in spans.into_iter().enumerate() {
        if let (Some(end), Some(from)) = (reached, from)
            && i > 0
            && end.tomorrow().is_ok_and(|next| next < from)
        {
            node.sink().push("L005", &node.at, say!("{end} 与 {from} 之间没有期限", "no limit between {end} and {from}"));
        }
        let Some(until) = until else { return };
        reached = reached.max(Some(until));
    }
}
