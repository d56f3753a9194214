//! Grades, bands and rates; bands that leave a hole, overlap or stand in disorder are refused.
//! Must not grade anything.

use std::sync::Arc;

use super::raw::Raw;
use super::{Counting, Grade, Need, Rate, Requirement, Scheme};
use crate::base::mistake::{Mistakes, Spot, suggest};
use crate::base::points::Points;
use crate::base::tree::{Node, Table};
use crate::say;

/// The grades, best first.
pub fn grades(raw: &Raw<'_>, scheme: Option<&Scheme>, sink: &Mistakes) -> Vec<Grade> {
    let list = raw.list("grade");
    if list.is_empty() {
        let at = raw.head.as_ref().map_or(Spot::new(raw.root, 0..0), |h| h.at.clone());
        sink.push("R002", &at, say!("没有等次 [[grade]]", "there is no [[grade]]"));
    }
    let mut grades: Vec<Grade> = Vec::new();
    for (i, (id, table)) in list.iter().enumerate() {
        let _ = table.opt("id");
        let title = table.need_text("title");
        let last = i + 1 == list.len();
        let (from, require) = match scheme {
            Some(Scheme::Levels { levels }) => (Some(Points::ZERO), requirements(table, levels, last)),
            _ => (table.need("from").and_then(super::criterion::positive), Vec::new()),
        };
        table.finish();
        let (Some(title), Some(from)) = (title, from) else { continue };
        if grades.iter().any(|g| *g.title == *title) {
            sink.push("R006", &table.at, say!("两个等次都叫“{title}”", "two grades are called {title:?}"));
        }
        if let Some(Scheme::Points { total, .. }) = scheme {
            let above = grades.last().map(|g| g.from);
            let wrong = match above {
                Some(above) => from >= above,
                None => from > *total,
            };
            if wrong {
                sink.push(
                    "R013",
                    &table.at,
                    say!(
                        "等次须从高到低排列，且不高于满分：{title} 从 {from} 分起",
                        "grades go from best to worst and not above the total: {title} from {from}"
                    ),
                );
            }
            if last && !from.is_zero() {
                let help = say!("最后一个等次的 from 须为 0", "the last grade must have from = 0");
                sink.push_help("R013", &table.at, say!("{from} 分以下没有等次", "there is no grade below {from}"), help);
            }
        }
        grades.push(Grade { id: id.as_str().into(), title: title.into(), from, require });
    }
    grades
}

fn requirements(table: &Table<'_>, levels: &[Arc<str>], last: bool) -> Vec<Requirement> {
    let list = table.tables("require");
    if last != list.is_empty() {
        let message = if last {
            say!("最后一个等次是兜底，不能有 require", "the last grade is the fallback and has no require")
        } else {
            say!("缺少 require", "require is missing")
        };
        table.sink.push("R013", &table.at, message);
    }
    list.iter().filter_map(|t| requirement(t, levels)).collect()
}

fn requirement(table: &Table<'_>, levels: &[Arc<str>]) -> Option<Requirement> {
    let node = table.need("level")?;
    let word = node.text()?;
    let level = levels.iter().position(|l| **l == *word);
    if level.is_none() {
        let help = suggest(&word, levels.iter().map(|l| &**l)).unwrap_or_default();
        node.sink().push_help("R011", &node.at, say!("没有级别 {word}", "no level {word}"), help);
    }
    let need = if table.flag("all", false) {
        Some(Need::All)
    } else if let Some(share) = table.opt("share") {
        share.points().filter(|s| *s >= Points::ZERO && *s <= Points::whole(1)).map(Need::Share)
    } else {
        table.need("count").and_then(Node::count).map(Need::Count)
    };
    table.finish();
    if need.is_none() {
        table.sink.push(
            "R005",
            &table.at,
            say!("写 all = true、share = 0 到 1、或 count = 件数", "give all = true, share = 0 to 1, or count"),
        );
    }
    Some(Requirement { level: level?, need: need? })
}

/// The grade a node names, by id.
pub fn grade_node(node: &Node<'_>, grades: &[Grade]) -> Option<usize> {
    let word = node.text()?;
    let found = grades.iter().position(|g| *g.id == *word || *g.title == *word);
    if found.is_none() {
        let help = suggest(&word, grades.iter().map(|g| &*g.id)).unwrap_or_default();
        node.sink().push_help("R014", &node.at, say!("没有等次 {word}", "no grade {word}"), help);
    }
    found
}

/// The rates; exactly one is the headline.
pub fn rates(raw: &Raw<'_>, head: &Table<'_>, grades: &[Grade], counting: Counting) -> Vec<Rate> {
    let headline = head.need_text("headline");
    let mut rates: Vec<Rate> = Vec::new();
    for (id, table) in raw.list("rate") {
        let _ = table.opt("id");
        let title = table.need_text("title");
        let named: Vec<usize> =
            table.need("grades").map(Node::items).unwrap_or_default().iter().filter_map(|n| grade_node(n, grades)).collect();
        table.finish();
        let better_left_out = named.iter().max().is_some_and(|worst| (0..*worst).any(|g| !named.contains(&g)));
        if counting == Counting::Cumulative && better_left_out {
            let help = say!(
                "把更高的等次也列入 grades，或写 counting = \"exclusive\"",
                "name the better grades too, or set counting = \"exclusive\""
            );
            table.sink.push_help(
                "R023",
                &table.at,
                say!("累计口径下，率须包含更高的等次", "a cumulative rate counts every better grade"),
                help,
            );
        }
        if let Some(title) = title {
            if rates.iter().any(|r| r.title == title) {
                table.sink.push("R006", &table.at, say!("两个率都叫“{title}”", "two rates are called {title:?}"));
            }
            let headline = headline.as_deref() == Some(&title);
            rates.push(Rate { id: id.clone(), title, grades: named, headline });
        }
    }
    if let Some(wanted) = headline
        && !rates.iter().any(|r| r.headline)
    {
        let help = suggest(&wanted, rates.iter().map(|r| r.title.as_str())).unwrap_or_default();
        head.sink.push_help("R023", &head.at, say!("headline 指的率 {wanted} 没有定义", "the headline rate {wanted} is not defined"), help);
    }
    rates
}
