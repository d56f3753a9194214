//! The ten lines that `check` prints: what was looked at, where it stands, what to do first, what cannot be mended, what was not read.
//! Must not print (the command does).

use crate::base::points::Points;
use crate::base::problem;
use crate::base::text::{Lang, Text};
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, Check, Compared, ProblemRecord};
use crate::report::figures::Frame;
use crate::report::terminal::{clean, rows};
use crate::say;
use crate::todo::{Standing, linked, lost_for_good, standing};

/// Notes that change what the figures mean: registers in sub-folders, scans that were not found.
const LOUD: [&str; 2] = ["P034", "P047"];
/// Jobs that are printed.
const FIRST: usize = 3;

/// Where all cases stand together.
#[derive(Debug, Default)]
pub struct Sum {
    /// In one sentence; empty when nothing was graded.
    pub said: Text,
    /// Cases by the best grade that is left, best first.
    pub best: Vec<(String, u64)>,
    /// Reviewers' criteria that are not marked, over all cases.
    pub pending: u64,
}

/// Adds up where the cases stand.
pub fn sum(check: &Check) -> Sum {
    let rubrics = &check.results.rubrics;
    let all: Vec<Standing> = check.cases.iter().filter_map(|c| standing(c, rubrics)).collect();
    let mut best: Vec<(String, u64)> = Vec::new();
    for grade in rubrics.iter().flat_map(|r| &r.grades) {
        let n = all.iter().filter(|s| s.best.as_deref() == Some(&*grade.title)).count() as u64;
        if n > 0 && !best.iter().any(|(title, _)| *title == grade.title) {
            best.push((grade.title.clone(), n));
        }
    }
    if all.is_empty() {
        return Sum { said: Text::EMPTY, best, pending: 0 };
    }
    let total = |f: fn(&Standing) -> Number| Number::new(all.iter().map(|s| f(s).points()).sum::<Points>());
    let count = |f: fn(&Standing) -> u64| all.iter().map(f).sum::<u64>();
    let (n, checked, pending) = (all.len(), count(|s| s.checked), count(|s| s.pending));
    let said = if all.iter().all(|s| s.levels) {
        let (unmet, open) = (count(|s| s.counts[0]), count(|s| s.counts[1]));
        say!(
            "{n} 件共能核 {checked} 项：已确定不符合 {unmet} 项、待核实 {open} 项；人工评定 {pending} 项未评",
            "{n} cases, {checked} criteria checked: {unmet} not met, {open} open; {pending} not yet judged by reviewers"
        )
    } else {
        let (points, lost, open) = (total(|s| s.points), total(|s| s.lost), total(|s| s.open));
        let (with, with_en) = linked(total(|s| s.linked));
        let (waiting, taken) = (total(|s| s.pending_points), total(|s| s.marked_lost));
        let (zh, en) = match (pending, count(|s| s.marked)) {
            (0, _) => (format!("人工评分已评完，扣 {taken} 分"), format!("reviewers have marked all and took {taken} off")),
            (_, 0) => (format!("人工评分 {waiting} 分未评"), format!("{waiting} points not yet marked by reviewers")),
            _ => (
                format!("人工已评部分扣 {taken} 分，还有 {waiting} 分未评"),
                format!("reviewers took {taken} off so far, {waiting} points not yet marked"),
            ),
        };
        say!(
            "{n} 件共能核 {checked} 项 {points} 分：已确定扣 {lost} 分、待核实 {open} 分{with}；{zh}",
            "{n} cases, {checked} criteria of {points} points checked: {lost} surely lost, {open} open{with_en}; {en}"
        )
    };
    Sum { said, best, pending }
}

/// The lines, each ending with a line break; `settings` is the `audit.toml` in use.
pub fn brief(check: &Check, settings: Option<&str>, lang: Lang) -> String {
    let results = &check.results;
    let mut lines: Vec<Text> = Vec::new();
    let names: Vec<&str> = results.offices.iter().map(|o| o.name.as_str()).collect();
    let (zh, en, as_of) = (names.join("、"), names.join(", "), &results.batch.as_of);
    lines.push(match settings {
        _ if names.is_empty() => {
            say!("自查：没有找到任何机构的登记表和案卷", "check: no registers and no dossiers of any office were found")
        }
        Some(path) => say!("自查：{zh}　截止日期 {as_of}　设置 {path}", "check: {en}, as of {as_of}, settings {path}"),
        None => {
            say!("自查：{zh}　截止日期 {as_of}　没有 audit.toml，按默认设置", "check: {en}, as of {as_of}, no audit.toml, defaults used")
        }
    });
    lines.push(rows(&results.offices));
    let sum = sum(check);
    if !sum.said.is_empty() {
        lines.push(sum.said.clone());
        let best: Vec<String> = sum.best.iter().map(|(grade, n)| format!("{grade} {n} 件")).collect();
        let best_en: Vec<String> = sum.best.iter().map(|(grade, n)| format!("{grade} {n}")).collect();
        let (zh, en) = (best.join("、"), best_en.join(", "));
        lines.push(if sum.pending > 0 {
            say!(
                "其余全满最多：{zh}（人工评分未完，不定等次）",
                "with all of the rest at best: {en} (no grade while reviewers' points are open)"
            )
        } else {
            say!("拟定等次（待核实的按最好算）：{zh}", "proposed grades, what is open at its best: {en}")
        });
    }
    let undecided = check.cases.iter().filter(|c| standing(c, &results.rubrics).is_some() && c.grade.is_none()).count();
    if undecided > 0 && sum.pending == 0 {
        lines.push(say!(
            "其中 {undecided} 件等次未定（有红线或分数待核实），见“待核实”",
            "of these {undecided} are undecided: a red line or points are open, see sheet 待核实"
        ));
    }
    for own in &check.own {
        let (name, marks) = (&own.office, crate::report::pages::own::marks(own));
        let short = own.findings.iter().filter(|f| f.outcome == "unmet").count();
        let open = own.findings.iter().filter(|f| f.outcome == "unclear").count();
        lines.push(say!(
            "机构考核：{name} {marks} 分，{short} 项有问题，{open} 项没有填报或待核，见“机构考核”",
            "the office itself: {name} {marks} points, {short} findings, {open} open, see sheet 机构考核"
        ));
    }
    let frame = Frame::new(&results.rubrics, &check.cases);
    let told = |c: &CaseRecord| c.findings.iter().filter(|f| frame.is_signal(c.rubric.as_deref(), f)).count();
    let signals: usize = check.cases.iter().map(told).sum();
    if signals > 0 {
        lines.push(say!(
            "线索 {signals} 条供核查（不扣分），见“待核实”",
            "{signals} signals for a person to look at (no points), see sheet 待核实"
        ));
    }
    let ungraded = check.cases.iter().filter(|c| standing(c, &results.rubrics).is_none()).count();
    if ungraded > 0 {
        lines.push(say!(
            "另有 {ungraded} 件没有核：案件类型不明或没有抽中，见“逐案清单”",
            "{ungraded} more were not checked: their type is not known or they are not drawn"
        ));
    }
    if check.cases.is_empty() {
        lines.push(say!(
            "一件案件也没有读到，不能自查。请先看下面的原因",
            "not one case was read, so nothing can be checked; see the reasons below"
        ));
    } else {
        columns(check, &mut lines);
        jobs(check, &mut lines);
    }
    let (n, points) = lost_for_good(check.cases.iter());
    if n > 0 {
        lines.push(say!(
            "不可补正 {n} 项（扣 {points} 分）：如实说明，不得倒签、补造、替签",
            "cannot be mended: {n} ({points} points); explain them truthfully, make and sign nothing afterwards"
        ));
    }
    lines.extend(check.compared.as_ref().map(against));
    // Without a case there is no workbook that lists them.
    problems(&results.problems, check.cases.is_empty() && check.not_graded.is_empty(), &mut lines);
    if results.batch.adopted.is_none() {
        lines.push(say!("评估标准为参考样式，非官方标准", "the standard is a sample, not an official one"));
    }
    lines.iter().flat_map(|line| [clean(line.get(lang)), "\n".to_owned()]).collect()
}

fn jobs(check: &Check, lines: &mut Vec<Text>) {
    if check.todo.is_empty() {
        lines.push(say!("没有要补齐、说明或核实的事项", "nothing to complete, explain or verify"));
    }
    for (i, job) in check.todo.iter().take(FIRST).enumerate() {
        let (i, n, zh, en) = (i + 1, job.cases, &job.what.zh, &job.what.en);
        let [low, high] = job.lost;
        let (a, b) = if high.hundredths() == 0 {
            ("不扣分".to_owned(), "no points".to_owned())
        } else if job.act == "verify" {
            (format!("待核 {high} 分"), format!("{high} points open"))
        } else if low == high {
            (format!("{low} 分"), format!("{low} points"))
        } else {
            (format!("{low}～{high} 分"), format!("{low} to {high} points"))
        };
        let head = if job.act == "complete" && job.about.is_some() { format!("{zh}一种") } else { zh.to_string() };
        lines.push(say!("先办 {i}：{head}，解决 {n} 件（{a}）", "first {i}: {en}, in {n} cases ({b})"));
    }
}

fn against(compared: &Compared) -> Text {
    let (fixed, new, still, none) = (compared.fixed.len(), compared.new.len(), compared.still.len(), compared.not_comparable.len());
    let why = compared.not_comparable.first().and_then(|f| f.reason.as_ref());
    let (zh, en) = why.map_or_else(Default::default, |w| (format!("（例如：{}）", w.zh), format!(" (such as: {})", w.en)));
    say!(
        "与上次相比：已解决 {fixed} 项，新出现 {new} 项，仍在 {still} 项，无法对比 {none} 项{zh}",
        "against the earlier check: {fixed} fixed, {new} new, {still} still there, {none} not comparable{en}"
    )
}

/// Columns that may be what findings lack come before anything else is mended.
fn columns(check: &Check, lines: &mut Vec<Text>) {
    let near = super::columns::near(check);
    let Some((header, title, _)) = near.first() else { return };
    let n = near.len();
    lines.push(say!(
        "先认表头：有 {n} 列没有认出而有相近的名称，例如“{header}”是不是“{title}”？见“没有认出的列”，改表头后再查",
        "first name the columns: {n} are not recognised and have a near name, such as {header:?} for {title:?}; see sheet 没有认出的列"
    ));
}

/// What could not be read or counted comes with its advice, the first few or the `whole`; the rest is counted.
fn problems(problems: &[ProblemRecord], whole: bool, lines: &mut Vec<Text>) {
    let unread = |p: &&ProblemRecord| problem::is_unread(&p.code);
    let all: Vec<&ProblemRecord> = problems.iter().filter(unread).collect();
    let shown = if whole { all.len() } else { FIRST };
    for problem in all.iter().take(shown) {
        let (code, zh, en) = (&problem.code, &problem.message.zh, &problem.message.en);
        let (fix, fix_en) = (&problem.advice.zh, &problem.advice.en);
        lines.push(say!("没有计入 {code}：{zh} → {fix}", "not counted, {code}: {en} → {fix_en}"));
    }
    for problem in problems.iter().filter(|p| LOUD.contains(&p.code.as_str())) {
        let (code, zh, en) = (&problem.code, &problem.message.zh, &problem.message.en);
        lines.push(say!("请留意 {code}：{zh}", "note {code}: {en}"));
    }
    let told = |p: &ProblemRecord| p.code == "P012" || LOUD.contains(&p.code.as_str());
    let others: Vec<&ProblemRecord> = problems.iter().filter(|p| !unread(p) && !told(p)).collect();
    let (rest, more) = (others.len(), all.len().saturating_sub(shown));
    // Without a case there is no workbook to look into.
    if whole {
        for problem in others.iter().take(FIRST) {
            let (code, zh, en) = (&problem.code, &problem.message.zh, &problem.message.en);
            lines.push(say!("提示 {code}：{zh}", "note {code}: {en}"));
        }
    } else if rest + more > 0 {
        let also = if more > 0 { format!("另有 {more} 个没有计入；") } else { String::new() };
        let also_en = if more > 0 { format!("{more} more not counted; ") } else { String::new() };
        lines.push(say!(
            "{also}其他数据提示 {rest} 个，见“没有认出的列”下半部分",
            "{also_en}{rest} other notes on the data, in the lower part of sheet 没有认出的列"
        ));
    }
}
