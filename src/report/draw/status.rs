//! Where a round of review stands, in words for the terminal. Must not leave out a case or a sheet.

use crate::base::text::{Lang, Text};
use crate::record::plan::{Back, Counts, Missing, Part, Person, Short, Status};
use crate::say;

/// The lines.
pub fn standing(status: &Status, lang: Lang) -> String {
    let mut lines: Vec<Text> = Vec::new();
    let title = &status.title;
    lines.push(match &status.as_of {
        Some(day) => say!("{title}　交卷情况（截至 {day}）", "{title}: score sheets handed in by {day}"),
        None => say!(
            "{title}　交卷情况（没有写 --as-of 日期，不判断是否逾期）",
            "{title}: score sheets handed in (without --as-of, nobody is called late)"
        ),
    });
    lines.push(line(&say!("合计", "all"), status.total, None));
    lines.push(say!("\n按评估专家：", "\nby reviewer:"));
    lines.extend(status.reviewers.iter().map(|p| line(&Text::same(format!("{} {}", p.code, p.name)), p.counts, Some(&due(p)))));
    if !status.groups.is_empty() {
        lines.push(say!("\n按小组：", "\nby group:"));
        let name = |n: &Option<String>| n.as_ref().map_or_else(|| say!("未分组", "no group"), |n| Text::same(n.clone()));
        lines.extend(status.groups.iter().map(|g| line(&name(&g.name), g.counts, None)));
    }
    let behind: Vec<&Person> = status.reviewers.iter().filter(|p| p.counts.done < p.counts.given || p.counts.back > 0).collect();
    if behind.is_empty() {
        lines.push(say!("\n全部交齐。", "\nAll is in."));
    } else {
        lines.push(say!("\n请提醒：", "\nto remind:"));
        lines.extend(behind.into_iter().map(remind));
    }
    if status.reviewers.iter().any(|p| !p.back.is_empty()) {
        lines.push(say!("\n退回改正：", "\nto send back:"));
        for person in &status.reviewers {
            lines.extend(person.back.iter().map(|b| told(Some(&person.code), b)));
        }
    }
    if !status.short.is_empty() {
        let n = status.short.len();
        lines.push(say!("\n还缺评分的案件 {n} 件：", "\n{n} cases lack marks:"));
        lines.extend(status.short.iter().map(short));
    }
    if !status.others.is_empty() {
        lines.push(say!("\n其他没有用上的：", "\nnot used for other reasons:"));
        lines.extend(status.others.iter().map(|b| told(None, b)));
    }
    lines.iter().map(|l| format!("{}\n", l.get(lang))).collect()
}

fn line(name: &Text, counts: Counts, due: Option<&Text>) -> Text {
    let Counts { given, done, half, none, back, late } = counts;
    let late = late.map_or_else(|| say!("—", "-"), |n| Text::same(n.to_string()));
    let (tail_zh, tail_en) = due.map(|d| (format!("（{}）", d.zh), format!(" ({})", d.en))).unwrap_or_default();
    let (a, b, late_zh, late_en) = (&name.zh, &name.en, &late.zh, &late.en);
    say!(
        "  {a}：分到 {given}，已交 {done}，半填 {half}，未交 {none}，退回 {back}，逾期 {late_zh}{tail_zh}",
        "  {b}: given {given}, handed in {done}, half filled {half}, not handed in {none}, to mend {back}, late {late_en}{tail_en}"
    )
}

fn due(person: &Person) -> Text {
    match &person.due {
        Some(day) => say!("期限 {day}", "due {day}"),
        None => say!("未定期限", "no day set"),
    }
}

fn remind(person: &Person) -> Text {
    let (code, name, counts) = (&person.code, &person.name, person.counts);
    let left = counts.given - counts.done.min(counts.given);
    let (half, back, late) = (counts.half, counts.back, counts.late.unwrap_or(0) > 0);
    let (late_zh, late_en) = if late { ("，已逾期", ", which is late") } else { ("", "") };
    let (back_zh, back_en) = if back > 0 {
        (format!("；有 {back} 份评分表要改正后重交"), format!("; {back} sheets must be mended"))
    } else {
        Default::default()
    };
    if left == 0 {
        return say!("  {code} {name}：有 {back} 份评分表要改正后重交", "  {code} {name}: {back} sheets must be mended");
    }
    say!(
        "  {code} {name}：还差 {left} 件（其中半填 {half} 件）{late_zh}{back_zh}",
        "  {code} {name}: {left} to go ({half} of them half filled){late_en}{back_en}"
    )
}

fn told(code: Option<&str>, back: &Back) -> Text {
    let (problem, zh, en) = (&back.code, &back.said.zh, &back.said.en);
    let who = code.map_or_else(String::new, |c| format!("{c} "));
    say!("  {who}{problem} {zh}", "  {who}{problem} {en}")
}

fn short(case: &Short) -> Text {
    let (office, key) = (&case.office_name, &case.case);
    let of = |m: &Missing| {
        let part = match m.part {
            Part::Whole => say!("", ""),
            Part::Regularity => say!("规范性 ", "regularity, "),
            Part::Substance => say!("业务性 ", "substance, "),
        };
        let how = if m.half { say!("半填", "half filled") } else { say!("未交", "not handed in") };
        let (who, part_zh, part_en, how_zh, how_en) = (&m.reviewer, &part.zh, &part.en, &how.zh, &how.en);
        let (blank_zh, blank_en) = match m.blank.as_slice() {
            [] => Default::default(),
            all => (format!("，还空着 {}", all.join("、")), format!(", blank: {}", all.join(", "))),
        };
        say!("{who}（{part_zh}{how_zh}{blank_zh}）", "{who} ({part_en}{how_en}{blank_en})")
    };
    let all: Vec<Text> = case.of.iter().map(of).collect();
    let zh = all.iter().map(|t| &*t.zh).collect::<Vec<_>>().join("、");
    let en = all.iter().map(|t| &*t.en).collect::<Vec<_>>().join(", ");
    say!("  {office} {key}：缺 {zh}", "  {office} {key}: {en}")
}
