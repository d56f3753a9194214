//! 提升 in words for the terminal. Must not compute, and must not leave out a case.

use crate::base::text::{Lang, Text};
use crate::record::lift::{LiftCase, LiftFix, LiftOffice, LiftSet, Place, WhatIf};
use crate::record::number::Number;
use crate::record::v1::Marks;
use crate::say;

/// The lines.
pub fn said(found: &WhatIf, lang: Lang) -> String {
    let (title, day) = (&found.title, &found.as_of);
    let mut lines = vec![if found.sealed {
        say!("{title}　等次提升测算（截止 {day}，定稿）", "{title}: what would lift grades (as of {day}, final)")
    } else {
        say!("{title}　等次提升测算（截止 {day}，草稿）", "{title}: what would lift grades (as of {day}, draft)")
    }];
    for each in &found.offices {
        office(each, &mut lines);
    }
    lines.push(say!(
        "\n只算能补齐、能说明的问题；等次由评查人员复核后确定。不得倒签、补造、替签。",
        "\nOnly findings that can be completed or explained; reviewers decide. Nothing of the past may be made, signed or dated now."
    ));
    lines.iter().map(|l| format!("{}\n", l.get(lang))).collect()
}

fn office(office: &LiftOffice, lines: &mut Vec<Text>) {
    let (name, rate, n) = (&office.name, &office.rate, office.n);
    let now = of(office.k_low, office.k_high, n);
    let place = place(office.place.as_ref());
    let (zh, en) = (&place.zh, &place.en);
    lines.push(say!("\n{name}：{rate} 现为 {now}，{zh}", "\n{name}: {rate} now {now}, {en}"));
    if let Some(last) = office.steps.last() {
        let (cases, fixes, then) = (office.steps.len(), last.all_fixes, of(last.k_low, last.k_high, n));
        let climb = climb(last.climbed);
        let (zh, en) = (&climb.zh, &climb.en);
        lines.push(say!("  提升 {cases} 件（补正 {fixes} 处）后为 {then}{zh}", "  {cases} cases lifted ({fixes} fixes): {then}{en}"));
    }
    for each in &office.cases {
        case(each, lines);
    }
}

fn case(case: &LiftCase, lines: &mut Vec<Text>) {
    let no = match &case.stage {
        Some(stage) => format!("{}（{stage}）", case.case_no),
        None => case.case_no.clone(),
    };
    let now = case.possible.join("/");
    let mark = marks(case.marks.as_ref());
    let target = case.target.as_deref().unwrap_or("—");
    lines.push(say!("  {no}　{now}{mark} → {target}", "  {no}  {now}{mark} -> {target}"));
    for first in &case.first {
        let (zh, en) = (&first.zh, &first.en);
        lines.push(say!("    先看：{zh}", "    first: {en}"));
    }
    if let Some(why) = &case.unknown {
        let (zh, en) = (&why.zh, &why.en);
        lines.push(say!("    不能推算：{zh}", "    cannot be computed: {en}"));
        return;
    }
    if let Some(sure) = &case.sure {
        set(sure, &say!("最少补正", "fewest fixes:"), lines);
        let climb = climb(case.climbed);
        if !climb.is_empty() {
            let (zh, en) = (climb.zh.trim_start_matches('，'), climb.en.trim_start_matches(", "));
            lines.push(say!("    只提升这一件：{zh}", "    this case alone: {en}"));
        }
    } else if let Some(agreed) = &case.agreed {
        set(
            agreed,
            &say!(
                "补齐材料不够；评查人员同意改分或认可说明的，最少",
                "nothing that can be completed suffices; if reviewers agree, fewest:"
            ),
            lines,
        );
    } else if case.hoped.as_ref().is_some_and(|h| h.fixes == 0) {
        lines.push(say!("    待核、待评的都认定符合，不用补正就能达到", "    reached without any fix if all that is open turns out well"));
    } else if let Some(hoped) = &case.hoped {
        set(hoped, &say!("待核、待评的都认定符合时，最少补正", "if all that is open turns out well, fewest fixes:"), lines);
    } else if let Some(all) = case.all.as_ref().filter(|a| a.fixes > 0) {
        let (n, then, grade) = (all.fixes, marks(all.marks.as_ref()), last(&all.grades));
        lines.push(say!(
            "    可补正的 {n} 处全部补正后为 {grade}{then}，达不到",
            "    all {n} that can be mended come to {grade}{then}: out of reach"
        ));
    } else {
        lines.push(say!("    没有可补正的问题，达不到", "    nothing can be mended: out of reach"));
    }
    if let Some(rate) = &case.rate {
        set(rate, &say!("要计入率，最少补正", "to count in the rate, fewest fixes:"), lines);
    }
}

fn set(set: &LiftSet, head: &Text, lines: &mut Vec<Text>) {
    let (zh, en, n, then, grade) = (&head.zh, &head.en, set.fixes, marks(set.marks.as_ref()), last(&set.grades));
    lines.push(match set.gain {
        Some(gain) => {
            let gain = span(gain);
            say!("    {zh} {n} 处，值 {gain} 分，到 {grade}{then}：", "    {en} {n}, worth {gain} points, to {grade}{then}:")
        }
        None => say!("    {zh} {n} 项，到 {grade}：", "    {en} {n}, to {grade}:"),
    });
    lines.extend(set.todo.iter().map(fix));
}

fn fix(fix: &LiftFix) -> Text {
    let act = match (fix.act.as_str(), fix.human) {
        ("complete", _) => say!("补齐", "complete"),
        ("raise", _) => say!("提级", "raise"),
        (_, true) => say!("说明，须评查人员改分", "explain, a reviewer must agree"),
        _ => say!("说明，须经认可", "explain, to be accepted"),
    };
    let (id, zh, en, act_zh, act_en) = (&fix.criterion, &fix.title.zh, &fix.title.en, &act.zh, &act.en);
    let n = fix.findings.len().max(1);
    match &fix.level {
        Some(level) => say!("      {id} {zh}：{act_zh}（现为{level}）", "      {id} {en}: {act_en} (now {level})"),
        None => {
            let worth = span(fix.worth);
            say!("      {id} {zh}：{act_zh} {n} 处，值 {worth} 分", "      {id} {en}: {act_en} {n}, worth {worth} points")
        }
    }
}

fn last(grades: &[String; 2]) -> String {
    let [worst, best] = grades;
    if worst == best { worst.clone() } else { format!("{worst}/{best}") }
}

fn span([low, high]: [Number; 2]) -> String {
    if low == high { low.to_string() } else { format!("{low}～{high}") }
}

fn marks(marks: Option<&Marks>) -> String {
    marks.map_or_else(String::new, |m| format!(" {}", span([m.low, m.high])))
}

fn of(low: u64, high: u64, n: u64) -> String {
    if low == high { format!("{low}/{n}") } else { format!("{low}～{high}/{n}") }
}

fn place(place: Option<&Place>) -> Text {
    match place {
        None => say!("名次未定（有案件未定，或没有案件）", "no place (cases undecided, or none)"),
        Some(p) => {
            let (at, of, ties) = (p.place, p.of, p.ties.join("、"));
            if p.ties.is_empty() {
                say!("{of} 个机构中第 {at} 名", "place {at} of {of}")
            } else {
                say!("{of} 个机构中第 {at} 名，与{ties}并列", "place {at} of {of}, equal with {ties}")
            }
        }
    }
}

fn climb(places: Option<u64>) -> Text {
    match places {
        None => Text::EMPTY,
        Some(0) => say!("，名次不变", ", no place gained"),
        Some(n) => say!("，上升 {n} 名", ", {n} places up"),
    }
}
