//! What a person reads in the terminal after a run: rows counted first, offices, groups, what is open, what could not be used.
//! Must not print (the command does), and must not let a name steer the terminal.

use std::collections::BTreeMap;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::figures::{fraction, place};
use super::pages::own;
use super::words;
use crate::base::problem;
use crate::base::text::{Lang, Text};
use crate::record::v1::{Office, ProblemRecord, Rate, Results};
use crate::say;

/// Names are cut at so many narrow columns, so that a row stays a row; the full name is in the results.
const NAME: usize = 44;

/// The whole summary, ending with a line break.
pub fn summary(results: &Results, lang: Lang) -> String {
    let mut lines = vec![];
    head(results, lang, &mut lines);
    offices(results, lang, &mut lines);
    own(results, lang, &mut lines);
    super::waivers::terminal(results, lang, &mut lines);
    panel(results, lang, &mut lines);
    open(results, lang, &mut lines);
    problems(results, lang, &mut lines);
    lines.iter().flat_map(|line| [clean(line).trim_end(), "\n"].map(str::to_owned)).collect()
}

/// Rows first, then title, scope, standard and its standing.
fn head(results: &Results, lang: Lang, lines: &mut Vec<String>) {
    let batch = &results.batch;
    let mut push = |text: Text| lines.push(text.get(lang).to_owned());
    let stage = if batch.stage.is_empty() { String::new() } else { format!("（{}）", batch.stage) };
    let (title, as_of) = (&batch.title, &batch.as_of);
    push(rows(&results.offices));
    push(say!("{title}{stage}　截止日期 {as_of}", "{title}{stage}, as of {as_of}"));
    let (zh, en) = (&batch.scope.said.zh, &batch.scope.said.en);
    let selected: u64 = results.offices.iter().map(|o| o.selected).sum();
    push(if batch.scope.selection == "all" {
        say!("范围：{zh}；全部评查 {selected} 件", "scope: {en}; all {selected} cases graded")
    } else {
        say!("范围：{zh}；抽查 {selected} 件", "scope: {en}; {selected} selected cases graded")
    });
    for rubric in results.every_rubric() {
        let (title, version) = (words::without_standing(&rubric.title), &rubric.version);
        push(say!("评估标准：{title} {version}", "standard: {title} {version}"));
    }
    if batch.adopted.is_none() {
        push(say!(
            "注意：评估标准为参考样式，非官方标准；采用后请在 audit.toml 的 [adopted] 写明发布机关、文号、确认人和日期",
            "note: the standard is a sample, not an official one; once adopted, name body, document, person and date in [adopted] of audit.toml"
        ));
    }
}

/// `rows = in scope + out of scope by reason + joined`, always the first figures.
pub fn rows(offices: &[Office]) -> Text {
    let sum = |f: fn(&Office) -> u64| -> u64 { offices.iter().map(f).sum() };
    let (rows, only, inside, joined) = (sum(|o| o.rows), sum(|o| o.dossier_only), sum(|o| o.in_scope), sum(|o| o.joined));
    let mut out: BTreeMap<&str, u64> = BTreeMap::new();
    for (reason, n) in offices.iter().flat_map(|o| &o.out_of_scope) {
        *out.entry(reason).or_default() += n;
    }
    let total: u64 = out.values().sum();
    let reasons: Vec<_> = out.iter().map(|(reason, n)| format!("{reason} {n}")).collect();
    let (mut zh, mut en) = (format!("登记 {rows} 行"), format!("{rows} rows"));
    if only > 0 {
        zh += &format!(" ＋ 只有案卷 {only} 件");
        en += &format!(" + {only} dossiers without a row");
    }
    zh += &format!(" ＝ 范围内 {inside} ＋ 范围外 {total}");
    en += &format!(" = {inside} in scope + {total} out of scope");
    if total > 0 {
        zh += &format!("（{}）", reasons.join("、"));
        en += &format!(" ({})", reasons.join(", "));
    }
    if joined > 0 {
        zh += &format!(" ＋ 并入同案 {joined}");
        en += &format!(" + {joined} joined to another row of the same case");
    }
    say!("{zh}", "{en}")
}

/// The table of offices, then of groups.
fn offices(results: &Results, lang: Lang, lines: &mut Vec<String>) {
    let all = || results.offices.iter().chain(&results.groups);
    let mut grades: Vec<&str> = vec![];
    for (grade, _) in all().flat_map(|o| &o.grades.0) {
        if !grades.contains(&grade.as_str()) {
            grades.push(grade);
        }
    }
    let rate = all().find_map(Office::headline).map_or("优良率", |r| r.name.as_str());
    let word = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let marked = all().any(|o| o.mean.is_some());
    let mut head = vec![word("机构", "office"), word("范围内", "in scope"), word("评查", "graded")];
    head.extend(grades.iter().map(|g| (*g).to_owned()));
    head.extend([word("未定", "open"), rate.to_owned(), String::new()]);
    if marked {
        head.push(word("平均分", "mean"));
    }
    head.push(word("归档率", "filed"));
    let row = |office: &Office, name: String| {
        let whole = office.selected == office.in_scope;
        let mut row = vec![name, office.in_scope.to_string(), if whole { word("全部", "all") } else { office.selected.to_string() }];
        row.extend(grades.iter().map(|g| office.grades.0.iter().find(|(title, _)| title == g).map_or(0, |(_, n)| *n).to_string()));
        row.push(office.undecided.to_string());
        row.extend(office.headline().map_or_else(|| [String::new(), "—".to_owned()], share));
        if marked {
            let two = |n: f64| format!("{n:.2}");
            let mean = office.mean.as_ref().map(|[low, high]| (two(low.points().shown()), two(high.points().shown())));
            row.push(mean.map_or_else(|| "—".to_owned(), |(low, high)| if low == high { low } else { format!("{low}～{high}") }));
        }
        row.push(percent(office.filing.filed, office.filing.due));
        row
    };
    let mut table = vec![head];
    table.extend(results.offices.iter().map(|o| row(o, short(&o.name))));
    table.extend(results.groups.iter().map(|g| row(g, short(&g.name) + &word("（汇总）", " (pooled)"))));
    lines.push(String::new());
    lines.extend(aligned(&table));
    if table.len() == 1 {
        lines.push(word("没有机构。", "No office."));
    }
}

/// What offices themselves came to, a line an office.
fn own(results: &Results, lang: Lang, lines: &mut Vec<String>) {
    let told = results.offices.iter().flat_map(|o| o.own.iter().map(move |own| (o, own)));
    let mut first = true;
    for (office, own) in told {
        if std::mem::take(&mut first) {
            lines.push(String::new());
            lines.push(say!("机构考核（不计入案件的率）：", "offices themselves (not in the rates of cases):").get(lang).to_owned());
        }
        let marks = own.marks.as_ref().map_or_else(
            || "—".to_owned(),
            |m| if m.low == m.high { m.low.points().to_string() } else { format!("{}～{}", m.low.points(), m.high.points()) },
        );
        let possible: Vec<&str> = own.possible.iter().map(String::as_str).collect();
        let (name, grade, id) = (short(&office.name), own::grade(own.grade.as_deref(), &possible), &own.rubric);
        lines.push(say!("  {name}　{marks} 分　{grade}　（{id}）", "  {name}  {marks} points  {grade}  ({id})").get(lang).to_owned());
    }
}

/// k of n, and per cent; both as ranges while cases are undecided.
fn share(rate: &Rate) -> [String; 2] {
    let (low, high) = (percent(rate.k_low, rate.n), percent(rate.k_high, rate.n));
    [fraction(rate), if rate.k_low == rate.k_high { low } else { format!("{low}～{high}") }]
}

fn percent(k: u64, n: u64) -> String {
    super::figures::percent(k, n)
}

/// Columns side by side: the first from the left, the others to the right, Chinese characters counted as two.
pub(super) fn aligned(table: &[Vec<String>]) -> Vec<String> {
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |i: usize| table.iter().filter_map(|row| row.get(i)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<_> = (0..columns).map(wide).collect();
    let pad = |n: usize| " ".repeat(n);
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(i, (cell, width))| {
            let room = pad(width.saturating_sub(cell.width()));
            if i == 0 { format!("{cell}{room}") } else { format!("{room}{cell}") }
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    table.iter().map(line).collect()
}

/// A name that fits a row.
pub(super) fn short(name: &str) -> String {
    let name = clean(name);
    if name.width() <= NAME {
        return name;
    }
    let (mut kept, mut used) = (String::new(), 1);
    for c in name.chars() {
        used += c.width().unwrap_or(0);
        if used > NAME {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

/// Without characters that steer a terminal or turn the direction of writing.
pub fn clean(text: &str) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect()
}

/// How far the round of review is, and how far reviewers agree.
fn panel(results: &Results, lang: Lang, lines: &mut Vec<String>) {
    let Some(panel) = &results.panel else { return };
    let mut push = |text: Text| lines.push(text.get(lang).to_owned());
    let (confirmed, needing, selected) = (panel.confirmed, panel.needing, results.offices.iter().map(|o| o.selected).sum::<u64>());
    push(Text::EMPTY);
    push(say!(
        "评定 {confirmed}/{selected} 件，需再评 {needing} 件（见各机构工作簿的“评议情况”）",
        "grades confirmed: {confirmed}/{selected}, cases that need more marks: {needing}"
    ));
    let sum = |of: fn(&crate::record::v1::ReviewerRecord) -> u64| panel.reviewers.iter().map(of).sum::<u64>();
    let (given, done, half) = (sum(|r| r.assigned), sum(|r| r.complete), sum(|r| r.half));
    if done + half < given || half > 0 {
        let left = given.saturating_sub(done + half);
        push(say!(
            "评分表没有交齐：未交 {left} 件次，没有填完 {half} 件次；看谁的用 juanping draw 批次 --status 方案",
            "score sheets are not all in: {left} pages missing, {half} half filled; see whose with juanping draw BATCH --status PLAN"
        ));
    }
    if needing > 0 {
        push(say!(
            "给需再评的案件加评：juanping draw 批次 --extra 结果 -o 新文件夹",
            "to have these marked once more: juanping draw BATCH --extra RESULT -o NEW_FOLDER"
        ));
    }
    if let Some(Text { zh, en }) = panel.agreement.first().map(|figure| &figure.plain) {
        push(say!("一致性：{zh}", "agreement: {en}"));
    }
}

/// What a person must still look at.
fn open(results: &Results, lang: Lang, lines: &mut Vec<String>) {
    let undecided: u64 = results.offices.iter().map(|o| o.undecided).sum();
    if undecided == 0 && results.cross.is_empty() {
        return;
    }
    let mut push = |text: Text| lines.push(text.get(lang).to_owned());
    push(Text::EMPTY);
    if undecided > 0 {
        // Where persons confirm grades, the lines of the panel say how many they did.
        let standing = match results.panel {
            None => Text::fixed("等次均为拟定等次", "All grades are proposals"),
            Some(_) => Text::fixed("没有评定的为拟定等次", "Grades that nobody confirmed are proposals"),
        };
        let (zh, en) = (&standing.zh, &standing.en);
        push(say!(
            "等次未定 {undecided} 件：请看各机构工作簿的“待核实”。{zh}",
            "without a sure grade: {undecided}, see sheet 待核实 of each workbook. {en}"
        ));
    }
    let cross = results.cross.len();
    if cross > 0 {
        push(say!(
            "跨机构问题 {cross} 项（不影响得分）：请看 总表.xlsx",
            "findings across offices: {cross} (no marks lost), see 总表.xlsx"
        ));
    }
}

/// Problems by code: how many, the first one with its place, and what to do.
fn problems(results: &Results, lang: Lang, lines: &mut Vec<String>) {
    let mut codes: BTreeMap<&str, Vec<&ProblemRecord>> = BTreeMap::new();
    for problem in &results.problems {
        codes.entry(&problem.code).or_default().push(problem);
    }
    if codes.is_empty() {
        return;
    }
    let (kinds, all) = (codes.len(), results.problems.len());
    lines.push(String::new());
    lines.push(
        say!(
            "数据问题 {all} 个，{kinds} 种（全部列在 总表.xlsx 的“数据问题”）：",
            "problems: {all}, by code: {kinds} (all of them in 总表.xlsx, sheet 数据问题)"
        )
        .get(lang)
        .to_owned(),
    );
    for (code, list) in codes {
        let n = list.len();
        let Some(first) = list.first() else { continue };
        let title = problem::kind(code).map_or_else(|| first.message.clone(), |kind| kind.title.clone());
        lines.push(format!("  {code} ×{n}  {}", title.get(lang)));
        // Many messages name their file themselves.
        let at = first.places.first().filter(|p| &*p.file != "." && !first.message.zh.contains(&*p.file));
        let at = at.map(|p| format!("{}：", place(p))).unwrap_or_default();
        let (zh, en) = (&first.message.zh, &first.message.en);
        let en_at = at.replace('：', ": ");
        let example = if n > 1 { say!("例如 {at}{zh}", "first {en_at}{en}") } else { say!("{at}{zh}", "{en_at}{en}") };
        lines.push(format!("    {}", example.get(lang)));
        lines.push(format!("    → {}", first.advice.get(lang)));
    }
}

#[cfg(test)]
mod tests {
    use super::{aligned, summary};
    use crate::base::text::Lang;
    use crate::report::{fixture, testing};

    #[test]
    fn says_the_same_in_both_languages() {
        let (results, _) = fixture::results(3, 12);
        insta::assert_snapshot!("summary_zh", summary(&results, Lang::Zh));
        insta::assert_snapshot!("summary_en", summary(&results, Lang::En));
    }

    #[test]
    fn a_round_of_review_is_told_in_two_lines() {
        let (results, _) = testing::reviewed(2, 40);
        for (lang, first, second) in [
            (Lang::Zh, "评定 58/80 件，需再评 2 件（见各机构工作簿的“评议情况”）", "一致性：6 位评估专家有 26 件由两人以上评过，"),
            (
                Lang::En,
                "grades confirmed: 58/80, cases that need more marks: 2",
                "agreement: 6 reviewers with 26 case(s) marked by two or more",
            ),
        ] {
            let said = summary(&results, lang);
            assert!(said.lines().any(|l| l == first), "{said}");
            assert!(said.lines().any(|l| l.starts_with(second) && l.contains('%')), "{said}");
            assert!(said.contains("--status") && said.contains("--extra"), "{said}");
        }
    }

    #[test]
    fn an_adopted_standard_is_not_called_a_sample_and_nothing_is_said_of_nothing() {
        let (mut results, _) = fixture::results(1, 1);
        let (body, document_no, confirmed_by, date) = ("云岭市司法局", "云司〔2024〕8号", "王建国", "2024-01-05");
        results.batch.adopted = Some(crate::record::v1::Adopted {
            body: body.to_owned(),
            document_no: document_no.to_owned(),
            confirmed_by: confirmed_by.to_owned(),
            date: date.to_owned(),
        });
        results.problems.clear();
        let said = summary(&results, Lang::Zh);
        assert!(!said.contains("参考样式") && !said.contains("数据问题"), "{said}");
        results.offices.clear();
        results.groups.clear();
        assert!(summary(&results, Lang::Zh).contains("没有机构"));
    }

    #[test]
    fn a_name_cannot_steer_the_terminal_or_break_the_table() {
        let (mut results, _) = fixture::results(2, 1);
        results.offices[0].name = format!("\u{1b}[31m红\n{}", "很长的名称".repeat(300));
        let said = summary(&results, Lang::Zh);
        assert!(!said.contains('\u{1b}') && said.lines().all(|l| l.chars().count() < 200), "{said}");
        let table = [vec!["机构".to_owned(), "1".to_owned()], vec!["ab".to_owned(), "优良".to_owned()]];
        assert_eq!(aligned(&table), ["机构     1", "ab    优良"]);
    }
}
