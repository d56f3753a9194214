//! Why cases cannot be given out, in words: which rule cannot hold, for which cases, and what would help. Must not decide it.

use std::collections::BTreeMap;

use super::board::{Board, Stuck};
use super::connect::Apart;
use crate::base::text::Text;
use crate::record::plan::{CaseKey, FrameOffice, Part, Reviewer, Swap};
use crate::say;

/// How many of a list are named.
const NAMED: usize = 6;

fn part(part: Part) -> Text {
    match part {
        Part::Whole => Text::EMPTY,
        Part::Regularity => Text::fixed("（规范性）", " (regularity)"),
        Part::Substance => Text::fixed("（业务性）", " (substance)"),
    }
}

/// The first of a list, and how many there are.
fn some(all: &[Text]) -> Text {
    let join = |of: fn(&Text) -> &str, between: &str| all.iter().take(NAMED).map(of).collect::<Vec<_>>().join(between);
    let (zh, en) = (join(|t| &t.zh, "、"), join(|t| &t.en, ", "));
    match all.len() {
        n if n > NAMED => say!("{zh} 等 {n} 项", "{en} and more, {n} in all"),
        _ => Text::pair(zh, Some(en)),
    }
}

fn office<'a>(offices: &'a [FrameOffice], id: &'a str) -> &'a str {
    offices.iter().find(|o| *o.id == *id).map_or(id, |o| &o.name)
}

fn codes(people: &[usize], reviewers: &[&Reviewer]) -> Text {
    some(&people.iter().filter_map(|p| reviewers.get(*p)).map(|r| Text::same(r.code.to_string())).collect::<Vec<_>>())
}

/// Refuses cases that nobody may mark, or only one where two should.
pub fn nobody(board: &Board, reviewers: &[&Reviewer], offices: &[FrameOffice]) -> Result<(), Text> {
    let mut wrong: BTreeMap<u8, Vec<Text>> = BTreeMap::new();
    for (class, (n, twice)) in board.classes().iter().zip(board.counts()) {
        let able = class.may.iter().filter(|m| **m).count();
        if n == 0 || able >= if twice { 2 } else { 1 } {
            continue;
        }
        let role = |r: &&&Reviewer| r.role == Part::Whole || r.role == class.part;
        let kind = |r: &&&Reviewer| r.case_types.is_empty() || r.case_types.iter().any(|t| **t == *class.case_type);
        let rule = match able {
            1 => 3,
            _ if !reviewers.iter().any(|r| role(&r)) => 0,
            _ if !reviewers.iter().filter(role).any(|r| kind(&r)) => 1,
            _ => 2,
        };
        let (name, kind, Text { zh, en }) = (office(offices, &class.office), &class.case_type, part(class.part));
        wrong.entry(rule).or_default().push(say!("{name}{kind}{zh} {n} 份", "{name} {kind}{en} {n}"));
    }
    let said = wrong.into_iter().map(|(rule, cases)| {
        let Text { zh, en } = some(&cases);
        match rule {
            0 => say!(
                "“分规范性、业务性评”不能成立：没有这一角色的评估专家，涉及 {zh}",
                "no reviewer has the role for {en}, so each part cannot be marked"
            ),
            1 => say!("“按案件类型分卷”不能成立：没有评估专家评这类案件，涉及 {zh}", "no reviewer takes this case type: {en}"),
            2 => say!(
                "“不评本县案卷”不能成立：能评这类案件的评估专家都来自该机构，涉及 {zh}",
                "nobody may mark the own county, and all who take these cases are of that office: {en}"
            ),
            _ => say!(
                "“一卷两评”不能成立：只有一名评估专家可以评，涉及 {zh}。请增加评估专家，或减少二评比例",
                "two marks a case cannot be had: only one reviewer may mark {en}; add reviewers or ask for fewer second marks"
            ),
        }
    });
    let said: Vec<Text> = said.collect();
    if said.is_empty() {
        return Ok(());
    }
    let (zh, en) =
        (said.iter().map(|t| &*t.zh).collect::<Vec<_>>().join("；\n"), said.iter().map(|t| &*t.en).collect::<Vec<_>>().join(";\n"));
    Err(say!("分卷不成立：{zh}", "cases cannot be given out: {en}"))
}

/// Those who may mark what is left have no room.
pub fn full(board: &Board, reviewers: &[&Reviewer], stuck: &Stuck) -> Text {
    let Text { zh, en } = codes(&stuck.full, reviewers);
    let room: usize = stuck.full.iter().map(|p| board.capacity(*p)).sum();
    let theirs = |may: &[bool]| may.iter().enumerate().all(|(p, may)| !may || stuck.full.contains(&p));
    let only: usize = board.classes().iter().zip(board.counts()).filter(|(c, _)| theirs(&c.may)).map(|(_, (n, _))| n).sum();
    if only > room {
        let short = only - room;
        return say!(
            "分卷不成立：“工作量上限”不能成立。只有 {zh} 可以评的共 {only} 份，他们的上限合计 {room} 份，还差 {short} 份。\
             请提高上限，增加评估专家，或少抽、少二评",
            "cases cannot be given out: {only} marks can be given by {en} alone, whose capacities come to {room}, {short} too few. \
             Raise capacities, add reviewers, or draw less"
        );
    }
    let kind = board.classes().get(stuck.class).map(|c| c.case_type.to_string()).unwrap_or_default();
    if stuck.second {
        return say!(
            "分卷不成立：“工作量上限”与“一卷两评须为两人”不能同时成立，{kind}案件没有人能再评（{zh} 已满，上限合计 {room} 份）",
            "cases cannot be given out: capacities and two reviewers for two marks cannot both hold; nobody can take one more case of {kind} \
             ({en} are full, {room} in all)"
        );
    }
    say!(
        "分卷不成立：“工作量上限”不能成立，{kind}案件没有人能再评（{zh} 已满，上限合计 {room} 份）",
        "cases cannot be given out: capacities are full; nobody can take one more case of {kind} ({en}, {room} in all)"
    )
}

/// Reviewers and offices that no swap joins.
pub fn apart(reviewers: &[&Reviewer], offices: &[FrameOffice], of: Part, apart: &Apart) -> Text {
    let groups: Vec<Text> = apart
        .groups
        .iter()
        .map(|(people, theirs)| {
            let who = codes(people, reviewers);
            let what = some(&theirs.iter().map(|id| Text::same(office(offices, id))).collect::<Vec<_>>());
            Text::pair(format!("〔{}：{}〕", who.zh, what.zh), Some(format!("[{}: {}]", who.en, what.en)))
        })
        .collect();
    let Text { zh, en } = some(&groups);
    let Text { zh: p, en: q } = part(of);
    let nodes: usize = apart.groups.iter().map(|(people, offices)| people.len() + offices.len()).sum();
    let (n, marks, needed) = (apart.groups.len(), apart.marks, nodes.saturating_sub(1));
    if marks < needed {
        let more = needed - marks;
        return say!(
            "分卷不成立：评估专家与机构{p}分成互不相连的 {n} 片，无法比较专家的宽严：{zh}。连成一片至少要 {needed} 份评分，现在只有 {marks} 份，\
             请至少增加 {more} 份（多抽或多二评），或减少评估专家；不作宽严比较的，在 draw.toml 的 [allocation] 写 connected = \"off\"",
            "cases cannot be given out: reviewers and offices{q} fall into {n} parts, so severity cannot be compared: {en}. It takes {needed} marks \
             to join them and there are {marks}; add {more} (draw more or mark more twice), take fewer reviewers, or write connected = \"off\" under [allocation] in draw.toml"
        );
    }
    say!(
        "分卷不成立：评估专家与机构{p}分成互不相连的 {n} 片，无法比较专家的宽严：{zh}。按各人的案件类型和“不评本县案卷”，怎样调换都连不起来。\
         请让其中一名专家也能评另一片的案件类型；不作宽严比较的，在 draw.toml 的 [allocation] 写 connected = \"off\"",
        "cases cannot be given out: reviewers and offices{q} fall into {n} parts, so severity cannot be compared: {en}. By case types and home offices \
         no swap joins them; let a reviewer of one part take the case types of another, or write connected = \"off\" under [allocation] in draw.toml"
    )
}

/// The fewest swaps that would join them.
pub fn swaps(swaps: &[Swap]) -> Text {
    let one = |s: &Swap| {
        let (a, b, Text { zh, en }) = (&s.reviewer, &s.other, part(s.part));
        let (x, y) = (format!("{} {}", s.case.office, s.case.case_no), format!("{} {}", s.other_case.office, s.other_case.case_no));
        say!("{a} 的 {x} 与 {b} 的 {y} 对调{zh}", "{a}'s {x} for {b}'s {y}{en}")
    };
    let all: Vec<Text> = swaps.iter().map(one).collect();
    let join = |of: fn(&Text) -> &str| all.iter().map(of).collect::<Vec<_>>().join("\n  ");
    let (zh, en, n) = (join(|t| &t.zh), join(|t| &t.en), swaps.len());
    say!(
        "分卷没有写出：评估专家与机构没有连成一片。最少需要 {n} 处对调（把 connected 改为 \"mend\" 就照此调换）：\n  {zh}",
        "nothing was given out: reviewers and offices do not hang together. The fewest swaps are {n} (connected = \"mend\" makes them):\n  {en}"
    )
}

/// A case that came later and that nobody can take.
pub fn replaced(case: &CaseKey, of: Part, reviewers: usize) -> Text {
    let (office, no, Text { zh, en }) = (&case.office, &case.case_no, part(of));
    say!(
        "分卷不成立：{office} {no}{zh} 没有评估专家可以评（共 {reviewers} 名：本县、案件类型、工作量上限或已评过本案）",
        "cases cannot be given out: none of {reviewers} reviewers can take {office} {no}{en} (home office, case type, capacity, or marks it already)"
    )
}

/// No group leader may mark a case that only a leader can decide.
pub fn no_leader(case: &CaseKey) -> Text {
    let no = &case.case_no;
    say!(
        "{no} 须由组长评定，但没有组长可评（回避、案件类型、上限或已经评过）；请在 reviewers.toml 增设组长，或改为集体合议",
        "{no} has to be marked by a group leader, and none may; name another leader in reviewers.toml, or decide it jointly"
    )
}
