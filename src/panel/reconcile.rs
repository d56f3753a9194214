//! Whether the marks of several reviewers count together, and which of them (复评、合议): by the rules of the rubric alone.
//! Must not average marks or grade: it is told what each opinion comes to, and says whose opinions stand.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::base::points::Points;
use crate::base::text::Text;
use crate::model::reconcile::{Reconcile, Third};
use crate::record::plan::Turn;
use crate::say;

/// What one reader of a case, or a pair who each marked a part, makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Who, in words.
    pub who: String,
    /// Which mark.
    pub turn: Turn,
    /// Whether the reviewer leads a group.
    pub leads: bool,
    /// Marks, surely and possibly; `None` in the levels scheme.
    pub marks: Option<(Points, Points)>,
    /// Possible grades, best first.
    pub grades: Vec<usize>,
    /// Whether everything that had to be marked is marked and the page is signed.
    pub complete: bool,
}

/// What marks are held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// How many grades there are, best first.
    pub grades: usize,
    /// Lower ends of bands that part two grades; empty in the levels scheme.
    pub edges: Vec<Points>,
}

/// How opinions became a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// One opinion, which nobody else had to look at.
    Single,
    /// The mean of all.
    Mean,
    /// The mean of those who share the grade of more than half.
    Majority,
    /// The opinion in the middle.
    Median,
    /// That of the group leader.
    Senior,
    /// Not yet.
    Open,
}

impl How {
    /// The word in records.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Mean => "mean",
            Self::Majority => "majority",
            Self::Median => "median",
            Self::Senior => "senior",
            Self::Open => "open",
        }
    }
}

/// What opinions came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How.
    pub how: How,
    /// Whose opinions stand, by index; empty while open.
    pub stands: Vec<usize>,
    /// How many more opinions the rules ask for.
    pub needs: u32,
    /// Whether only a group leader (组长) can give them.
    pub leader: bool,
    /// In words.
    pub why: Text,
}

impl Outcome {
    fn open(needs: usize, why: Text) -> Self {
        Self { how: How::Open, stands: Vec::new(), needs: u32::try_from(needs).unwrap_or(u32::MAX), leader: false, why }
    }

    fn stands(how: How, stands: Vec<usize>, why: Text) -> Self {
        Self { how, stands, needs: 0, leader: false, why }
    }
}

/// Reconciles the opinions of one case. `expected` is how many the draw asked for; `chosen` whether the seed chose this case to be looked
/// at again should it be of the best grade.
pub fn reconcile(rules: &Reconcile, scale: &Scale, opinions: &[Opinion], expected: usize, chosen: bool) -> Outcome {
    let half: Vec<&str> = opinions.iter().filter(|o| !o.complete).map(|o| o.who.as_str()).collect();
    if !half.is_empty() {
        let (zh, en) = (half.join("、"), half.join(", "));
        return Outcome::open(0, say!("{zh} 的评分表没有填完或没有确认等次", "the score sheet of {en} is not filled in or not signed"));
    }
    if opinions.len() < expected {
        let missing = expected - opinions.len();
        return Outcome::open(0, say!("还有 {missing} 份评分没有交回", "{missing} more marks are still to come back"));
    }
    match opinions {
        [] => Outcome::open(0, say!("没有评分", "no marks")),
        [one] => match again(rules, scale, one, chosen) {
            Some((more, why)) => Outcome::open(more, why),
            None => Outcome::stands(How::Single, vec![0], say!("{who} 一人评定", "marked by {who}", who = one.who)),
        },
        [first, ..] => {
            let wanted = again(rules, scale, first, chosen).filter(|_| first.turn == Turn::First);
            if let Some((more, why)) = wanted.filter(|(more, _)| opinions.len() < 1 + more) {
                return Outcome::open(1 + more - opinions.len(), why);
            }
            together(rules, opinions)
        }
    }
}

/// Why a first opinion alone is not enough, and how many more there have to be.
fn again(rules: &Reconcile, scale: &Scale, one: &Opinion, chosen: bool) -> Option<(usize, Text)> {
    let fail = usize::try_from(rules.fail).unwrap_or(usize::MAX);
    if fail > 0 && one.grades == [scale.grades.saturating_sub(1)] && scale.grades > 1 {
        return Some((fail, say!("一评为最低等次，按规则再由 {fail} 人评", "the worst grade is marked again by {fail}")));
    }
    if chosen && one.grades == [0] {
        return Some((1, say!("一评为最高等次，按种子抽中复评", "of the best grade, and chosen by the seed to be marked again")));
    }
    let (near, (low, high)) = (rules.edge?, one.marks?);
    let edge = scale.edges.iter().find(|edge| low - near <= **edge && **edge <= high + near)?;
    Some((
        1,
        say!("得分距等次分数线 {edge} 分不到 {near} 分（含），按规则复评", "within {near} points of the edge at {edge}: marked again"),
    ))
}

/// Two opinions or more, all complete.
fn together(rules: &Reconcile, opinions: &[Opinion]) -> Outcome {
    let all = || (0..opinions.len()).collect::<Vec<usize>>();
    let Some(apart) = apart(rules, opinions) else {
        let n = opinions.len();
        let why = if opinions.iter().all(|o| o.marks.is_some()) {
            say!("{n} 份评分相近，取平均", "{n} opinions agree: their mean")
        } else {
            say!("{n} 份评定等次相同，各项以一评为准", "{n} opinions are of one grade; item by item the first stands")
        };
        return Outcome::stands(How::Mean, all(), why);
    };
    if opinions.len() == 2 {
        let (zh, en) = (&apart.zh, &apart.en);
        let leader = rules.third == Third::Senior;
        let why = if leader {
            say!("{zh}，须由组长评定", "{en}: a group leader has to mark it")
        } else {
            say!("{zh}，须第三人评", "{en}: a third reviewer has to mark it")
        };
        return Outcome { leader, ..Outcome::open(1, why) };
    }
    let (zh, en) = (&apart.zh, &apart.en);
    let council =
        || Outcome::open(0, say!("{zh}，按规则定不下来，须集体合议", "{en}, and the rule does not decide: a joint decision is needed"));
    match rules.third {
        Third::Majority => match majority(opinions) {
            Some(stands) => {
                let who = named(opinions, &stands);
                Outcome::stands(
                    How::Majority,
                    stands,
                    say!("{zh}；{who} 等次相同且过半数，取其平均", "{en}; {who} are more than half: their mean"),
                )
            }
            None => council(),
        },
        Third::Median => match median(opinions) {
            Some(at) => {
                let who = named(opinions, &[at]);
                Outcome::stands(
                    How::Median,
                    vec![at],
                    say!("{zh}；取中位，即 {who} 的评分", "{en}; the one in the middle is that of {who}"),
                )
            }
            None => council(),
        },
        Third::Senior => {
            let leaders: Vec<usize> = (0..).zip(opinions).filter(|(_, o)| o.turn == Turn::Extra && o.leads).map(|(i, _)| i).collect();
            match leaders.as_slice() {
                [at] => {
                    let who = named(opinions, &[*at]);
                    Outcome::stands(How::Senior, vec![*at], say!("{zh}；以组长 {who} 的评分为准", "{en}; that of the leader {who} stands"))
                }
                [] => {
                    let why = say!("{zh}，须由组长评定", "{en}: a group leader has to mark it");
                    Outcome { leader: true, ..Outcome::open(1, why) }
                }
                _ => council(),
            }
        }
    }
}

fn named(opinions: &[Opinion], which: &[usize]) -> String {
    which.iter().filter_map(|i| opinions.get(*i)).map(|o| o.who.as_str()).collect::<Vec<_>>().join("、")
}

/// Why opinions do not agree; nothing where they do.
fn apart(rules: &Reconcile, opinions: &[Opinion]) -> Option<Text> {
    if rules.grades && opinions.iter().any(|o| Some(&o.grades) != opinions.first().map(|f| &f.grades)) {
        return Some(say!("等次不同", "the grades differ"));
    }
    let limit = rules.difference?;
    let widest = |of: fn(&(Points, Points)) -> Points| {
        let marks = || opinions.iter().filter_map(|o| o.marks.as_ref()).map(of);
        Some(marks().max()? - marks().min()?)
    };
    let by = widest(|m| m.0)?.max(widest(|m| m.1)?);
    (by >= limit).then(|| say!("分差 {by} 分，达到 {limit} 分", "they lie {by} points apart, {limit} or more"))
}

/// Those who share a grade that more than half have.
fn majority(opinions: &[Opinion]) -> Option<Vec<usize>> {
    let mut by_grade: BTreeMap<&[usize], Vec<usize>> = BTreeMap::new();
    for (i, opinion) in opinions.iter().enumerate() {
        by_grade.entry(&opinion.grades).or_default().push(i);
    }
    by_grade.into_iter().find(|(grades, all)| grades.len() == 1 && all.len() * 2 > opinions.len()).map(|(_, all)| all)
}

/// The opinion in the middle; of an even number there is none.
fn median(opinions: &[Opinion]) -> Option<usize> {
    let mut order: Vec<usize> = (0..opinions.len()).collect();
    let marks = |i: &usize| opinions.get(*i).and_then(|o| o.marks);
    if opinions.len().is_multiple_of(2) || order.iter().any(|i| marks(i).is_none()) {
        return None;
    }
    order.sort_by(|a, b| marks(a).cmp(&marks(b)).then(a.cmp(b)));
    order.get(opinions.len() / 2).copied()
}
