//! `sequence`: the papers of a 卷内目录 stand in their standard order. Must not judge papers it does not know.

use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::contents::{self, Line};
use crate::check::{Kind, Observation, Ready, Target, Unit, World};
use crate::model::case::Case;
use crate::model::vocabulary::DocumentId;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "sequence",
    title: Text::fixed("材料次序", "order of papers"),
    about: Text::fixed(include_str!("sequence.zh.md"), include_str!("sequence.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(_: &mut Args<'_>) -> Option<Ready> {
    Ready::case(look)
}

/// A line whose kind is known, with the place of that kind in the standard order.
#[derive(Clone, Copy)]
struct Known<'a> {
    line: &'a Line<'a>,
    kind: DocumentId,
    order: i64,
}

fn look(case: &Case, world: &World) -> Vec<Observation> {
    let volumes = contents::volumes(case);
    if volumes.is_empty() {
        return vec![contents::none(case)];
    }
    let (mut found, mut any) = (Vec::new(), false);
    for volume in &volumes {
        let known = |line| {
            let line: &Line<'_> = line;
            let kind = line.document.kind?;
            Some(Known { line, kind, order: world.vocabulary.document(kind).order })
        };
        let lines: Vec<Known<'_>> = volume.iter().filter_map(known).collect();
        any |= !lines.is_empty();
        one(&lines, &mut found);
    }
    if !any {
        let said = Text::fixed(
            "卷内目录中没有认出任何一种材料，请按材料标准名称填写目录",
            "no title of the list was recognised; use the standard titles",
        );
        let target = Target::Other("contents".to_owned());
        let seen = volumes.iter().filter_map(|v| v.first()).map(|l| l.document.seen()).collect();
        found.push(Observation::unclear(said, seen, vec![target.clone()]).about(target).any_number());
    }
    found
}

/// The fewest papers that would have to be moved.
fn one(lines: &[Known<'_>], found: &mut Vec<Observation>) {
    let keep = kept(&lines.iter().map(|l| l.order).collect::<Vec<_>>());
    for (i, line) in lines.iter().enumerate().filter(|(i, _)| !keep[*i]) {
        let in_place = |j: &usize| keep[*j];
        // A paper that stands too early has one after it that belongs before it; one that stands too late the other way round.
        let follows = (i + 1..lines.len()).filter(in_place).take_while(|j| lines[*j].order <= line.order).last();
        let precedes = (0..i).filter(in_place).find(|j| lines[*j].order > line.order);
        let title = &line.line.document.title;
        let (said, other) = match (follows, precedes) {
            (Some(j), _) => {
                let other = &lines[j].line.document.title;
                (
                    say!(
                        "《{title}》排得过前，按立卷次序应在《{other}》之后",
                        "《{title}》 stands too early: it belongs after 《{other}》"
                    ),
                    Some(j),
                )
            }
            (None, Some(j)) => {
                let other = &lines[j].line.document.title;
                (
                    say!(
                        "《{title}》排得过后，按立卷次序应在《{other}》之前",
                        "《{title}》 stands too late: it belongs before 《{other}》"
                    ),
                    Some(j),
                )
            }
            (None, None) => (say!("《{title}》不在立卷次序应在的位置", "《{title}》 is out of its place"), None),
        };
        let mut seen = vec![line.line.document.seen()];
        seen.extend(other.map(|j| lines[j].line.document.seen()));
        let observation = Observation::unmet(said, seen).about(Target::Document(line.kind));
        found.push(observation.by(Points::whole(1), Unit::Items));
    }
}

/// Which stay where they are: a longest run of non-falling orders, found by patience sorting.
fn kept(orders: &[i64]) -> Vec<bool> {
    let (mut tails, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::with_capacity(orders.len()));
    for (i, order) in orders.iter().enumerate() {
        let at = tails.partition_point(|t| orders[*t] <= *order);
        before.push(at.checked_sub(1).map(|b| tails[b]));
        if at == tails.len() {
            tails.push(i);
        } else {
            tails[at] = i;
        }
    }
    let mut keep = vec![false; orders.len()];
    let mut next = tails.last().copied();
    while let Some(i) = next {
        keep[i] = true;
        next = before[i];
    }
    keep
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::kept;

    #[test]
    fn the_fewest_are_moved() {
        assert_eq!(kept(&[3, 1, 2]), [false, true, true]);
        assert_eq!(kept(&[1, 2, 2, 9, 3]), [true, true, true, false, true]);
        assert!(kept(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn no_smaller_set_will_do(orders in proptest::collection::vec(0_i64..6, 0..9)) {
            let rising = |of: &[bool]| {
                let left: Vec<i64> = orders.iter().zip(of).filter(|(_, k)| **k).map(|(o, _)| *o).collect();
                left.is_sorted()
            };
            let keep = kept(&orders);
            prop_assert!(rising(&keep));
            let most = (0_u32..1 << orders.len())
                .map(|bits| (0..orders.len()).map(|i| bits >> i & 1 == 1).collect::<Vec<bool>>())
                .filter(|subset| rising(subset))
                .map(|subset| subset.iter().filter(|k| **k).count())
                .max();
            prop_assert_eq!(most, Some(keep.iter().filter(|k| **k).count()));
        }
    }
}
