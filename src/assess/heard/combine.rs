//! One mark out of several that count together: the mean of what they take off. Must not decide which count.

use std::sync::Arc;

use super::voices::{Voice, levels};
use crate::base::form;
use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::kinds::mark;
use crate::model::heard::Settled;
use crate::model::mark::{Given, Mark};
use crate::rubric::{Criterion, Rubric};
use crate::say;

/// What the machine says of a criterion, where it is certain: points lost.
pub type Machine = Option<Points>;

/// The marks of a criterion by these voices as one; `machine` stands in for a voice that left the machine's outcome as it is.
pub fn combine(rubric: &Rubric, criterion: &Criterion, voices: &[&Voice<'_>], machine: Machine) -> Settled {
    let marks: Vec<(&Voice<'_>, Option<&Mark>)> = voices.iter().map(|v| (*v, v.marks.get(&criterion.id).copied())).collect();
    let seen: Vec<Seen> = marks.iter().filter_map(|(_, m)| m.map(Mark::seen)).collect();
    let open = |how: Text| Settled { given: None, how, seen: seen.clone() };
    let words: Vec<String> = marks.iter().filter_map(|(v, m)| m.map(|m| said(v, m))).collect();
    let shown = words.join("；");
    let bare = |m: &Mark| matches!(&m.given, Given::Word(w) if **w == *form::NOT_APPLICABLE);
    if marks.iter().any(|(_, m)| m.is_some_and(bare)) {
        if marks.iter().all(|(_, m)| m.is_some_and(bare)) {
            return Settled { given: Some(Given::Word(form::NOT_APPLICABLE.into())), how: say!("{shown}", "{shown}"), seen };
        }
        return open(say!("是否适用意见不一：{shown}，须合议", "whether it applies is disputed: {shown}; a joint decision is needed"));
    }
    let loss = |m: Option<&Mark>| m.map_or(machine, |m| mark::loss(&m.given, criterion.points, levels(rubric)));
    let losses: Vec<Option<Points>> = marks.iter().map(|(_, m)| loss(*m)).collect();
    let Some(losses) = losses.into_iter().collect::<Option<Vec<Points>>>().filter(|l| !l.is_empty()) else {
        return open(say!("还有人没有评这一项（已评：{shown}）", "somebody has not marked it yet (marked: {shown})"));
    };
    if let Some(level) = marks.iter().find_map(|(_, m)| *m).filter(|_| !levels(rubric).is_empty()) {
        // Levels have no mean: where the grades agree, the first reading stands.
        let equal = losses.iter().all(|l| Some(l) == losses.first());
        let how = if equal {
            say!("{shown}", "{shown}")
        } else {
            say!("{shown}；整案等次一致，以一评为准", "{shown}; the grades agree, so the first stands")
        };
        return Settled { given: Some(level.given.clone()), how, seen };
    }
    let sum: Points = losses.iter().copied().sum();
    let mean = i64::try_from(losses.len()).ok().and_then(|n| Points::ratio(1, n)).map_or(sum, |share| sum * share);
    let how = if losses.len() > 1 { say!("{shown}，取平均", "{shown}: the mean") } else { say!("{shown}", "{shown}") };
    Settled { given: Some(Given::Off(mean)), how, seen }
}

/// `Z01 扣 2 分（不完整：代理意见论证单薄，卷内第 12 页）`
fn said(voice: &Voice<'_>, mark: &Mark) -> String {
    let who = mark.reviewer.as_deref().filter(|r| !r.is_empty()).map_or_else(|| voice.who(), str::to_owned);
    let given = match &mark.given {
        Given::Score(n) => format!("评 {n} 分"),
        Given::Off(n) if n.is_zero() => "不扣分".to_owned(),
        Given::Off(n) => format!("扣 {n} 分"),
        Given::Word(word) => format!("评“{word}”"),
    };
    let filled = |text: &Option<Arc<str>>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let mut why: Vec<String> = filled(&mark.situation).into_iter().collect();
    why.extend(filled(&mark.reason));
    let mut why = why.join("：");
    if let Some(pages) = filled(&mark.pages) {
        let pages = format!("卷内第 {pages} 页");
        why = if why.is_empty() { pages } else { format!("{why}，{pages}") };
    }
    if why.is_empty() { format!("{who} {given}") } else { format!("{who} {given}（{why}）") }
}
