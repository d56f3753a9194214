//! Reads `rank.toml` key by key, with spans, all mistakes at once. Must not open files, or stop at the first mistake.

use crate::base::digest::sha256;
use crate::base::mistake::{Mistake, Mistakes, suggest};
use crate::base::points::Points;
use crate::base::syntax::syntax_mistakes;
use crate::base::tree::{Node, Table};
use crate::say;

use super::rules::{Asked, Bound, CompositeWords, Key, Rules, Tier, Tiers, Ties};

/// The code of a mistake in these settings.
pub const CODE: &str = "S011";

/// Reads the text of `rank.toml`; mistakes go to `sink`.
pub fn parse(text: &str, source: usize, sink: &Mistakes) -> Rules {
    let (map, errors) = toml::de::DeTable::parse_recoverable(text);
    syntax_mistakes(&errors, source, text).into_iter().for_each(|mistake| sink.add(mistake));
    let root = Table::root(&map, source, sink);
    let usual = Rules::default();
    let order: Vec<Asked> = root.opt("order").map(Node::items).unwrap_or_default().iter().filter_map(key).collect();
    twice(&order, sink);
    let rules = Rules {
        order: if root.has("order") { order } else { usual.order },
        ties: root.word("ties", &[("standard", Ties::Standard), ("dense", Ties::Dense)]).unwrap_or_default(),
        minimum: root.opt("minimum").and_then(above_zero),
        mixed: root.flag("mixed", false),
        composite: root.opt("composite").and_then(Node::table).and_then(|t| composite(&t)),
        tiers: tiers(&root),
        sha256: Some(sha256(text.as_bytes())),
    };
    if root.has("order") && rules.order.is_empty() && !sink.any_error() {
        let at = root.opt("order").map_or_else(|| root.at.clone(), |n| n.at.clone());
        sink.push("R005", &at, say!("order 至少要写一项", "order needs at least one key"));
    }
    let asked = rules.order.iter().chain(rules.tiers.iter().filter_map(|t| t.key.as_ref()));
    if let (None, Some(at)) = (&rules.composite, asked.filter(|a| a.key == Key::Composite).find_map(|a| a.at.as_ref())) {
        let help =
            say!("例如 [composite] quality = 60、indicators = 40、by = \"mean\"", "such as [composite] with quality, indicators and by");
        sink.push_help("R002", at, say!("按综合得分排名要写 [composite]", "ordering by the composite needs [composite]"), help);
    }
    root.finish();
    rules
}

/// Mistakes in the shape of the file carry its own code.
pub fn codes(mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    mistakes.iter_mut().for_each(|m| m.code = CODE);
    mistakes
}

/// Tells keys that no result has a rate for, and thresholds of a key that offices are not ordered by; `rates` are ids, names, and whether
/// it is the main one.
pub fn unknown(rules: &Rules, rates: &[(String, String, bool)], sink: &Mistakes) {
    if let Some(Asked { key, at: Some(at) }) = rules.tiers.as_ref().filter(|t| !t.by_share()).and_then(|t| t.key.as_ref()) {
        let same =
            |a: &Key, b: &Key| a == b || rates.iter().any(|(id, name, main)| a.is_rate(id, name, *main) && b.is_rate(id, name, *main));
        if !rules.order.iter().any(|asked| same(&asked.key, key)) {
            let said = say!(
                "[tiers] 的 key 要用 order 里的一项，否则并列的机构会分到不同的档",
                "the key of [tiers] must be one of order, or offices with one place would fall into several tiers"
            );
            sink.push("R005", at, said);
        }
    }
    let asked = rules.order.iter().chain(rules.tiers.iter().filter_map(|t| t.key.as_ref()));
    for (key, at) in asked.filter_map(|a| Some((&a.key, a.at.as_ref()?))) {
        let Key::Rate(word) = key else { continue };
        if !rates.iter().any(|(id, name, _)| key.is_rate(id, name, false)) {
            let words = ["headline", "mean", "median", "composite"].into_iter();
            let known: Vec<&str> = words.chain(rates.iter().flat_map(|(id, name, _)| [id.as_str(), name.as_str()])).collect();
            let help = suggest(word, known).unwrap_or_default();
            sink.push_help("R005", at, say!("结果里没有“{word}”这个率", "no result has a rate called {word}"), help);
        }
    }
}

fn key(node: &Node<'_>) -> Option<Asked> {
    let word = node.text()?;
    Some(Asked { key: Key::of(word.trim()), at: Some(node.at.clone()) })
}

fn twice(order: &[Asked], sink: &Mistakes) {
    for (i, asked) in order.iter().enumerate() {
        if let (true, Some(at)) = (order.iter().take(i).any(|a| a.key == asked.key), &asked.at) {
            sink.push("R006", at, say!("这一项写了两次", "this key is given twice"));
        }
    }
}

fn above_zero(node: &Node<'_>) -> Option<u64> {
    let n = node.count()?;
    if n == 0 {
        node.sink().push(
            "R005",
            &node.at,
            say!("应大于 0；没有最低件数就不写 minimum", "must be above 0; leave it out where there is none"),
        );
    }
    (n > 0).then_some(u64::from(n))
}

fn weight(node: &Node<'_>) -> Option<Points> {
    let points = node.points()?;
    if points < Points::ZERO || !points.is_shown_exactly() {
        node.sink().push("R005", &node.at, say!("权重不能小于 0，最多两位小数", "a weight is not below 0 and has at most two decimals"));
        return None;
    }
    Some(points)
}

fn composite(table: &Table<'_>) -> Option<CompositeWords> {
    let quality = table.need("quality").and_then(weight);
    let indicators = table.need("indicators").and_then(weight);
    // What stands for case quality decides the order: nobody's default.
    let mean = table.need("by").and_then(|n| n.word(&[("mean", true), ("headline", false), ("平均分", true), ("主要比率", false)]));
    let rubric = table.text("rubric");
    table.finish();
    let (quality, indicators) = (quality?, indicators?);
    if (quality + indicators).is_zero() {
        table.sink.push("R005", &table.at, say!("两个权重不能都是 0", "the two weights must not both be 0"));
        return None;
    }
    Some(CompositeWords { quality, indicators, mean: mean?, rubric })
}

fn tiers(root: &Table<'_>) -> Option<Tiers> {
    let head = root.opt("tiers").and_then(Node::table);
    let rows = root.tables("tier");
    if let (Some(head), true) = (&head, rows.is_empty()) {
        root.sink.push("R002", &head.at, say!("写了 [tiers] 却没有 [[tier]]", "[tiers] without any [[tier]]"));
    }
    let (mut asked, mut down, mut round_up) = (None, false, false);
    if let Some(head) = &head {
        asked = head.opt("key").and_then(key);
        down = head.word("tie", &[("up", false), ("down", true)]).unwrap_or_default();
        round_up = head.word("round", &[("down", false), ("up", true)]).unwrap_or_default();
        head.finish();
    }
    let list: Vec<Tier> = rows.iter().enumerate().filter_map(|(i, table)| tier(table, i + 1 == rows.len())).collect();
    if list.is_empty() {
        return None;
    }
    let tiers = Tiers { key: asked, down, round_up, list };
    fits(&tiers, &rows, head.as_ref());
    Some(tiers)
}

fn tier(table: &Table<'_>, last: bool) -> Option<Tier> {
    let title = table.need_text("title");
    let from = table.opt("from").and_then(Node::points);
    let share = table.opt("share").and_then(|node| {
        let share = node.points()?;
        if share <= Points::ZERO || share > Points::whole(100) {
            node.sink().push("R005", &node.at, say!("share 是百分数，应大于 0、不超过 100", "share is a percentage above 0 and up to 100"));
            return None;
        }
        Some(share)
    });
    let written = (table.has("from"), table.has("share"));
    table.finish();
    let bound = match (written, last) {
        ((true, true), _) => {
            table.sink.push("R005", &table.at, say!("from 和 share 只能写一个", "only one of from and share may be given"));
            return None;
        }
        ((true, false), _) => Bound::From(from?),
        ((false, true), _) => Bound::Share(share?),
        ((false, false), true) => Bound::Rest,
        ((false, false), false) => {
            let said = say!("除最后一档外都要写 from 或 share", "every tier but the last needs from or share");
            table.sink.push("R002", &table.at, said);
            return None;
        }
    };
    Some(Tier { title: title?, bound })
}

/// Thresholds fall, shares are not more than everybody, one kind at a time, titles differ.
fn fits(tiers: &Tiers, rows: &[Table<'_>], head: Option<&Table<'_>>) {
    // With a tier lost to a mistake the rows do not pair any more, and the mistake is told already.
    if tiers.list.len() != rows.len() {
        return;
    }
    let (mut last, mut sum): (Option<Points>, Points) = (None, Points::ZERO);
    let by_share = tiers.by_share();
    for (i, (tier, table)) in tiers.list.iter().zip(rows).enumerate() {
        let wrong = |said| table.sink.push("R013", &table.at, said);
        if tiers.list.iter().take(i).any(|t| t.title == tier.title) {
            let title = &tier.title;
            table.sink.push("R006", &table.at, say!("“{title}”写了两次", "{title} is given twice"));
        }
        match tier.bound {
            Bound::From(_) if by_share => wrong(say!("各档要么都写 from，要么都写 share", "tiers have either from or share throughout")),
            Bound::From(from) => {
                if last.is_some_and(|l| from >= l) {
                    wrong(say!("from 应比上一档小", "from must be below that of the tier before"));
                }
                last = Some(from);
            }
            Bound::Share(share) => sum += share,
            Bound::Rest => {}
        }
        if sum > Points::whole(100) {
            wrong(say!("各档 share 加起来超过 100", "the shares add up to more than 100"));
        }
    }
    if let Some(node) = head.and_then(|h| h.opt("key")).filter(|_| by_share) {
        node.sink().push("R005", &node.key_at, say!("按 share 分档时不写 key：按名次分", "no key with share: tiers follow the order"));
    }
    if let Some(node) = head.and_then(|h| h.opt("round")).filter(|_| !by_share) {
        node.sink().push("R005", &node.key_at, say!("round 只用于按 share 分档", "round is only for share"));
    }
}
