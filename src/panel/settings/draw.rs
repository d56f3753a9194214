//! Reads `draw.toml` key by key. Must not stop at the first mistake, or look anything up.

use super::{AllocationWords, DrawSettings, MinimumWords, NamedCase, QuotaWords, Sizing, Way, Word, percentage, read};
use crate::base::mistake::{Mistake, Mistakes};
use crate::base::tree::{Node, Table};
use crate::record::plan::{Connected, Dimension};
use crate::say;

const DIMENSIONS: [(&str, Dimension); 8] = [
    ("office", Dimension::Office),
    ("case_type", Dimension::CaseType),
    ("lawyer", Dimension::Lawyer),
    ("recipient_group", Dimension::RecipientGroup),
    ("机构", Dimension::Office),
    ("案件类型", Dimension::CaseType),
    ("承办人", Dimension::Lawyer),
    ("受援人类别", Dimension::RecipientGroup),
];

/// Reads the text of `draw.toml`; mistakes go to `sink`.
pub fn parse(text: &str, source: usize, sink: &Mistakes) -> DrawSettings {
    read(text, source, sink, |root| {
        let settings = DrawSettings {
            seed: root.opt("seed").and_then(Node::size),
            method: root.word("method", &Way::WORDS),
            size: size(root),
            confidence: root.opt("confidence").and_then(confidence),
            each_office: root.word("per", &[("batch", false), ("office", true)]).unwrap_or_default(),
            strata: root.opt("strata").map(Node::items).unwrap_or_default().iter().filter_map(|n| n.word(&DIMENSIONS)).collect(),
            minimums: root.tables("minimum").iter().filter_map(minimum).collect(),
            reserve: root.opt("reserve").and_then(Node::count).map(u64::from),
            numbers: numbers(root),
            written: root.word("count", &[("order", false), ("written", true)]).unwrap_or_default(),
            case_types: Word::list(root, "case_types"),
            quotas: root.tables("quota").iter().filter_map(quota).collect(),
            additions: root.tables("addition").iter().filter_map(named).collect(),
            substitutions: root.tables("substitution").iter().filter_map(named).collect(),
            extra: root.tables("extra").iter().filter_map(named).collect(),
            allocation: root.opt("allocation").and_then(Node::table).map(|t| allocation(&t)).unwrap_or_default(),
            sheet: root.opt("sheet").and_then(Node::table).map(|t| super::sheet::read(&t)).unwrap_or_default(),
        };
        fits(&settings, root);
        settings
    })
}

/// One of three ways to say how many.
fn size(root: &Table<'_>) -> Option<Sizing> {
    let (number, percent, margin) = (root.opt("number"), root.opt("percent"), root.opt("margin"));
    let given: Vec<&Node<'_>> = [number, percent, margin].into_iter().flatten().collect();
    if let [first, second, ..] = given.as_slice() {
        root.sink.add(Mistake {
            code: "R005",
            at: second.key_at.clone(),
            message: say!("number、percent、margin 只能写一个", "only one of number, percent and margin may be given"),
            help: None,
            also: vec![(first.key_at.clone(), say!("已写在这里", "given here"))],
        });
    }
    let number = number.and_then(above_zero).map(Sizing::Number);
    let percent = percent.and_then(|n| percentage(n, false)).map(Sizing::Percent);
    let margin = margin.and_then(|n| percentage(n, false)).map(Sizing::Margin);
    number.or(percent).or(margin)
}

fn above_zero(node: &Node<'_>) -> Option<u64> {
    let n = node.count()?;
    if n == 0 {
        node.sink().push("R005", &node.at, say!("应大于 0", "must be above 0"));
    }
    (n > 0).then_some(u64::from(n))
}

fn confidence(node: &Node<'_>) -> Option<u32> {
    let n = node.count()?;
    if !matches!(n, 90 | 95 | 99) {
        node.sink().push("R005", &node.at, say!("置信度只能是 90、95 或 99", "the confidence is 90, 95 or 99"));
        return None;
    }
    Some(n)
}

fn numbers(root: &Table<'_>) -> Vec<u32> {
    let items = root.opt("numbers").map(Node::items).unwrap_or_default();
    let mut all: Vec<u32> = items.iter().filter_map(|n| above_zero(n).and_then(|n| u32::try_from(n).ok())).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn minimum(table: &Table<'_>) -> Option<MinimumWords> {
    let by = table.need("by").and_then(|n| n.word(&DIMENSIONS));
    let value = table.opt("value").and_then(Word::read);
    let least = table.need("least").and_then(above_zero);
    table.finish();
    Some(MinimumWords { by: by?, value, least: least? })
}

fn quota(table: &Table<'_>) -> Option<QuotaWords> {
    let (office, case_type) = (table.opt("office").and_then(Word::read), table.opt("case_type").and_then(Word::read));
    let number = table.need("number").and_then(Node::count);
    table.finish();
    Some(QuotaWords { office, case_type, number: u64::from(number?) })
}

fn named(table: &Table<'_>) -> Option<NamedCase> {
    let office = table.opt("office").and_then(Word::read);
    let case_no = table.need("case_no").and_then(Word::read);
    let stage = table.text("stage");
    // Without a reason nobody can tell later why this case and no other.
    let reason = table.need_text("reason");
    table.finish();
    Some(NamedCase { office, case_no: case_no?, stage, reason: reason? })
}

fn allocation(table: &Table<'_>) -> AllocationWords {
    let usual = AllocationWords::default();
    let words = AllocationWords {
        second: table.opt("second").and_then(|n| percentage(n, true)).unwrap_or(usual.second),
        blind: table.flag("blind", usual.blind),
        connected: table
            .word("connected", &[("mend", Connected::Mend), ("refuse", Connected::Refuse), ("off", Connected::Off)])
            .unwrap_or(usual.connected),
        due: table.opt("due").and_then(Node::date),
    };
    table.finish();
    words
}

/// What one method needs and another does not know.
fn fits(settings: &DrawSettings, root: &Table<'_>) {
    let at = |key| root.opt(key).map(|n| n.key_at.clone());
    let missing = |key: &'static str| {
        if let Some(at) = at("method").filter(|_| !root.has(key)) {
            root.sink.push("R002", &at, say!("这种方法还要写 {key}", "this method needs {key}"));
        }
    };
    match settings.method {
        Some(Way::Numbers) => missing("numbers"),
        Some(Way::Quota) => missing("quota"),
        _ => {}
    }
    let only = |key, way: &'static str| {
        if let Some(at) = at(key) {
            let said = say!("{key} 只用于 method = \"{way}\"", "{key} is only for method = \"{way}\"");
            root.sink.push("R005", &at, said);
        }
    };
    // Where a flag may choose another method, nothing stands in its way but what is written for a third one.
    if let Some(method) = settings.method {
        if method != Way::Random {
            ["number", "percent", "margin", "confidence", "per", "minimum"].into_iter().for_each(|key| only(key, "random"));
        }
        if method != Way::Numbers {
            ["numbers", "count", "case_types"].into_iter().for_each(|key| only(key, "numbers"));
        }
        if method != Way::Quota {
            only("quota", "quota");
        }
    }
}
