//! The title that an unknown header may have meant, for advice alone. Must never be used to read a column.

/// Titles and aliases with the title to show.
#[derive(Debug, Default)]
pub struct Titles {
    all: Vec<Title>,
}

#[derive(Debug)]
struct Title {
    word: Vec<char>,
    core: Vec<char>,
    shown: String,
}

/// Words that say the same in headers, the shorter one last.
const SAME: &[(&str, &str)] = &[
    ("年月日", "日期"),
    ("的时间", "日期"),
    ("时间", "日期"),
    ("日子", "日期"),
    ("承办律师", "承办人"),
    ("承办人员", "承办人"),
    ("办案律师", "承办人"),
    ("经办律师", "承办人"),
    ("代理律师", "承办人"),
    ("法援律师", "承办人"),
    ("律师姓名", "承办人"),
    ("当事人", "受援人"),
    ("申请人", "受援人"),
    ("律师事务所", "律所"),
    ("法律援助", "法援"),
    ("号码", "号"),
    ("编号", "号"),
    ("证号", "证件号"),
    ("手机", "电话"),
    ("联系方式", "联系电话"),
    ("种类", "类型"),
    ("状况", "状态"),
    ("类别", "类型"),
    ("金额", "额"),
    ("办结", "结案"),
    ("审结", "结案"),
    ("批准", "决定"),
    ("审批", "决定"),
    ("姓名", ""),
    ("名字", ""),
    ("名称", ""),
    ("情况", ""),
    ("信息", ""),
    ("的", ""),
];

/// Words after which a header speaks of somebody or something else than any title without them.
const OTHERS: &[&str] = &["对方", "被害", "受害", "被告", "原告", "第三人", "证人", "监护", "公诉", "亲属", "法官", "检察官", "快递", "车"];

/// Words at the end that say what kind of value it is and nothing of what it is about.
const KINDS: &[&str] = &["日期", "日", "电话", "人数", "人", "号", "类型", "额", "费", "表", "书", "记录", "证明", "材料", "方式", "状态"];

/// Longest header that is compared: no title is so long, and comparing costs the product of the lengths.
const LONGEST: usize = 64;

fn core(word: &str) -> Vec<char> {
    let mut core = super::words::bare(word).to_owned();
    for (from, to) in SAME {
        if core.contains(from) && core != *from {
            core = core.replace(from, to);
        }
    }
    core.chars().collect()
}

/// What a word is about: without the kind of value at its end.
fn about(core: &[char]) -> &[char] {
    let ends = |kind: &&str| core.len() > kind.chars().count() && core.iter().rev().zip(kind.chars().rev()).all(|(a, b)| *a == b);
    let kind = KINDS.iter().filter(|k| ends(k)).map(|k| k.chars().count()).max().unwrap_or(0);
    &core[..core.len() - kind]
}

impl Titles {
    /// Adds a word in one spelling.
    pub fn add(&mut self, word: &str, shown: &str) {
        self.all.push(Title { word: word.chars().collect(), core: core(word), shown: shown.to_owned() });
    }

    /// The title nearest to a header in one spelling, when it is near enough to be worth a look.
    pub fn closest(&self, header: &str) -> Option<&str> {
        let word: Vec<char> = header.chars().take(LONGEST + 1).collect();
        if !(2..=LONGEST).contains(&word.len()) || header.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let core = core(header);
        let foreign = |title: &Title| {
            let shown: String = title.word.iter().collect();
            OTHERS.iter().any(|o| header.contains(o) != shown.contains(o))
        };
        let mut best: Option<(f64, &Title)> = None;
        for title in &self.all {
            let score = likeness(&word, &core, title);
            if score >= ENOUGH && best.is_none_or(|(most, _)| score > most) && !foreign(title) {
                best = Some((score, title));
            }
        }
        best.map(|(_, title)| title.shown.as_str())
    }
}

/// How alike two words must be, of 1.
const ENOUGH: f64 = 0.6;

/// Words that stand before many titles and say only whom they are about.
const OWNERS: &[&str] = &["受援人", "承办人"];

/// What stands behind such a word, if something does.
fn owned<'w>(core: &'w [char], owner: &str) -> Option<&'w [char]> {
    let n = owner.chars().count();
    (core.len() > n && core.iter().zip(owner.chars()).all(|(a, b)| *a == b)).then(|| &core[n..])
}

fn likeness(word: &[char], core: &[char], title: &Title) -> f64 {
    if *core == *title.core && !core.is_empty() {
        return 1.0;
    }
    let rests = OWNERS.iter().find_map(|owner| Some((owned(core, owner)?, owned(&title.core, owner)?)));
    if let Some((a, b)) = rests {
        let rest = Title { word: b.to_vec(), core: b.to_vec(), shown: String::new() };
        return likeness(a, a, &rest);
    }
    let latin = |w: &[char]| w.iter().all(char::is_ascii);
    if latin(word) != latin(&title.word) {
        return 0.0;
    }
    if latin(word) {
        return edits(word, &title.word);
    }
    // A slip of the pen.
    let slip = edits(word, &title.word);
    if word.len() >= 4 && slip >= 0.75 {
        return slip;
    }
    // What they are about has to be alike, or 开庭日期 would be near to every other 日期.
    let (a, b) = (about(core), about(&title.core));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    // Another kind of value is another thing: 承办人电话 and 承办人类型. One that only one of them names may be left out.
    let kinds = match (&core[a.len()..], &title.core[b.len()..]) {
        (x, y) if x == y => 1.0,
        ([], _) | (_, []) => 0.8,
        _ => return 0.0,
    };
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let inside = short.len() >= 2 && short.len() * 2 >= long.len() && long.windows(short.len()).any(|w| w == short);
    let shared = edits(a, b).max(pairs(a, b)).max(if inside { 0.7 } else { 0.0 });
    let whole = edits(core, &title.core).max(pairs(core, &title.core));
    if shared < 0.5 { 0.0 } else { (shared + whole) / 2.0 * kinds }
}

/// 1 less the share of characters that must change; short words must agree in all but one.
fn edits(a: &[char], b: &[char]) -> f64 {
    let (a, b): (String, String) = (a.iter().collect(), b.iter().collect());
    strsim::normalized_damerau_levenshtein(&a, &b)
}

/// Dice's share of common pairs of neighbouring characters, which does not mind the order of parts.
fn pairs(a: &[char], b: &[char]) -> f64 {
    if a.len() < 2 || b.len() < 2 {
        return if a == b { 1.0 } else { 0.0 };
    }
    let mut left: Vec<&[char]> = b.windows(2).collect();
    let total = a.len() + b.len() - 2;
    let common = a.windows(2).filter(|pair| left.iter().position(|p| p == pair).map(|at| left.swap_remove(at)).is_some()).count();
    #[expect(clippy::cast_precision_loss, reason = "lengths of titles")]
    let share = 2.0 * common as f64 / total as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The titles of the shipped vocabulary.
    fn shipped() -> Titles {
        let text = include_str!("../../rubrics/parts/vocabulary.toml");
        let table: toml::Table = text.parse().expect("TOML");
        let mut titles = Titles::default();
        for key in ["field", "document"] {
            for word in table[key].as_array().into_iter().flatten() {
                let title = word["title"].as_str().unwrap_or_default();
                let aliases = word.get("aliases").and_then(|a| a.as_array()).into_iter().flatten().filter_map(|a| a.as_str());
                aliases
                    .chain([title, word["id"].as_str().unwrap_or_default()])
                    .for_each(|w| titles.add(&super::super::words::plain(w), title));
            }
        }
        titles
    }

    #[test]
    fn near_titles_are_named_and_far_ones_are_not() {
        let titles = shipped();
        let cases = [
            ("结案的时间", Some("结案日期")),
            ("结案年月日", Some("结案日期")),
            ("办结的日期", Some("结案日期")),
            ("结案日子", Some("结案日期")),
            ("立案归档时间", Some("归档日期")),
            ("决定援助日期", Some("决定日期")),
            ("批准决定日期", Some("决定日期")),
            ("申请的时间", Some("申请日期")),
            ("承办律师名字", Some("承办人")),
            ("承办的律师", Some("承办人")),
            ("经办律师", Some("承办人")),
            ("办案律师姓名", Some("承办人")),
            ("律所名", Some("承办机构")),
            ("身份证件号", Some("身份证号")),
            ("受援人类型", Some("受援人类别")),
            ("案件类形", Some("案件类型")),
            ("案件状况", Some("案件状态")),
            ("案由名称", Some("案由")),
            ("办案经过情况", Some("办理过程")),
            ("法律援助申请表情况", Some("法律援助申请表")),
            ("closed_no", Some("结案日期")),
            // Nothing that a person would take for any title.
            ("身高", None),
            ("受援人住址", Some("住址")),
            ("受援人身高", None),
            ("受援人职业", None),
            ("承办人年龄", None),
            ("承办人学历", None),
            ("车牌号", None),
            ("快递单号", None),
            ("对方当事人", None),
            ("对方当事人电话", None),
            ("被害人", None),
            ("受害人姓名", None),
            ("座位", None),
            ("天气", None),
            ("照片", None),
            ("合同编号", None),
            ("开户行", None),
            ("银行账号", None),
            ("打印时间", None),
            ("填表日期", None),
            ("承办人电话", None),
            ("2024", None),
            ("x", None),
        ];
        let wrong: Vec<String> = cases
            .iter()
            .map(|(header, near)| (header, near, titles.closest(header)))
            .filter(|(_, near, seen)| **near != *seen)
            .map(|(header, near, seen)| format!("{header}: {seen:?} instead of {near:?}"))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
