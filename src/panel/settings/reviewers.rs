//! Reads `reviewers.toml` key by key. Must not stop at the first mistake, or look anything up.

use std::collections::BTreeMap;

use super::{ReviewerWords, Word, read};
use crate::base::mistake::{Mistake, Mistakes, Spot};
use crate::base::tree::{Node, Table};
use crate::record::plan::Part;
use crate::say;

const ROLES: [(&str, Part); 6] = [
    ("规范性", Part::Regularity),
    ("业务性", Part::Substance),
    ("全部", Part::Whole),
    ("regularity", Part::Regularity),
    ("substance", Part::Substance),
    ("both", Part::Whole),
];

/// Reads the text of `reviewers.toml`; mistakes go to `sink`.
pub fn parse(text: &str, source: usize, sink: &Mistakes) -> Vec<ReviewerWords> {
    read(text, source, sink, |root| {
        let tables = root.tables("reviewer");
        if tables.is_empty() {
            sink.push("R002", &root.at, say!("没有评估专家，请每人写一组 [[reviewer]]", "no reviewers; write a [[reviewer]] for each"));
        }
        let read: Vec<(ReviewerWords, Spot)> = tables.iter().filter_map(|t| Some((one(t)?, t.at.clone()))).collect();
        repeated(&read, sink);
        groups(&read, sink);
        read.into_iter().map(|(words, _)| words).collect()
    })
}

fn one(table: &Table<'_>) -> Option<ReviewerWords> {
    let (code, name) = (table.need_text("code"), table.need_text("name"));
    let capacity = table.opt("capacity").and_then(Node::count);
    if let (Some(0), Some(node)) = (capacity, table.opt("capacity")) {
        table.sink.push(
            "R005",
            &node.at,
            say!("工作量上限应大于 0；不参加的请删去这一组", "a capacity must be above 0; take out who does not take part"),
        );
    }
    let words = ReviewerWords {
        code: code.as_deref().unwrap_or_default().trim().to_owned(),
        name: name.as_deref().unwrap_or_default().trim().to_owned(),
        office: table.opt("office").and_then(Word::read),
        case_types: Word::list(table, "case_types"),
        group: table.text("group").map(|g| g.trim().to_owned()),
        leader: table.flag("leader", false),
        wishes: Word::list(table, "wishes"),
        capacity: capacity.map(u64::from),
        role: table.word("role", &ROLES).unwrap_or(Part::Whole),
        due: table.opt("due").and_then(Node::date),
    };
    if let (true, None, Some(node)) = (words.leader, &words.group, table.opt("leader")) {
        table.sink.push("R005", &node.at, say!("组长要写明是哪一组（group）", "a leader needs a group"));
    }
    table.finish();
    code.and(name).map(|_| words)
}

fn repeated(read: &[(ReviewerWords, Spot)], sink: &Mistakes) {
    let mut first: BTreeMap<&str, &Spot> = BTreeMap::new();
    for (words, at) in read {
        if let Some(earlier) = first.get(words.code.as_str()) {
            let code = &words.code;
            sink.add(Mistake {
                code: "R006",
                at: at.clone(),
                message: say!("编号 {code} 用了两次", "the code {code} is used twice"),
                help: Some(say!("评分表凭编号认人，每人一个编号", "score sheets know reviewers by their codes; give each its own")),
                also: vec![((*earlier).clone(), say!("先在这里用过", "first used here"))],
            });
        } else {
            first.insert(&words.code, at);
        }
    }
}

/// A group has one leader.
fn groups(read: &[(ReviewerWords, Spot)], sink: &Mistakes) {
    let mut groups: BTreeMap<&str, Vec<&(ReviewerWords, Spot)>> = BTreeMap::new();
    for one in read {
        if let Some(group) = &one.0.group {
            groups.entry(group).or_default().push(one);
        }
    }
    for (group, members) in groups {
        let leaders: Vec<_> = members.iter().filter(|m| m.0.leader).collect();
        match (leaders.as_slice(), members.first()) {
            ([], Some((_, at))) => {
                let help = say!("在组长那一组写 leader = true", "write leader = true for who leads it");
                sink.push_help("R002", at, say!("“{group}”没有组长", "{group:?} has no leader"), help);
            }
            ([first, second, ..], _) => sink.add(Mistake {
                code: "R005",
                at: second.1.clone(),
                message: say!("“{group}”有两个组长", "{group:?} has two leaders"),
                help: None,
                also: vec![(first.1.clone(), say!("另一个组长", "the other leader"))],
            }),
            _ => {}
        }
    }
}
