//! What papers for an office say of findings (对外用语): the situation, its pages, the points, without reviewers or their codes.
//! Must not grade or advise: advice is what the record says, and what is not decided is told as such.

use super::wording::{self, NO_REASON, dated, decided_marks, mark, silent};
use crate::paper::fact::Facts;
use crate::paper::words::{criterion, is_bonus, range};
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, Finding, Office, Results, is_open};
use crate::report::figures::{Frame, grade_text, is_selected};
use crate::report::reviewers::{Reviewers, reason, standing};

/// Words about the cases of one office.
pub struct Told<'a> {
    results: &'a Results,
    /// Rubrics and grades of these cases.
    pub frame: Frame<'a>,
    reviewers: Reviewers,
}

impl<'a> Told<'a> {
    /// For these cases.
    pub fn new(results: &'a Results, cases: &[CaseRecord]) -> Self {
        Self { results, frame: Frame::new(&results.rubrics, cases), reviewers: Reviewers::of(results, cases) }
    }

    /// What people wrote, without reviewers; nothing where something is left that may be the code of one.
    pub fn hush(&self, words: &str) -> String {
        self.reviewers.hush(words)
    }

    /// What a finding is about: a document or field, else the criterion.
    pub fn thing(&self, case: &CaseRecord, finding: &Finding) -> String {
        let about = finding.about.as_deref().and_then(|about| Some((about, self.results.titles.get(about)?)));
        match about {
            Some((about, title)) if about.starts_with("document:") => format!("《{title}》"),
            Some((_, title)) => title.clone(),
            None => self.title(case, finding),
        }
    }

    /// The title of its criterion or red line.
    pub fn title(&self, case: &CaseRecord, finding: &Finding) -> String {
        let builtin = self.results.titles.get(&format!("builtin:{}", finding.criterion));
        builtin.cloned().unwrap_or_else(|| self.frame.title(case.rubric.as_deref(), &finding.criterion))
    }

    /// Whether a person marked it.
    pub fn is_human(&self, case: &CaseRecord, finding: &Finding) -> bool {
        criterion(self.results, case, &finding.criterion).is_some_and(|c| c.human)
    }

    /// What was found, days as letters have them.
    pub fn situation(&self, case: &CaseRecord, finding: &Finding) -> String {
        dated(&self.found(case, finding))
    }

    /// What is to be done about it.
    pub fn fix(&self, case: &CaseRecord, finding: &Finding) -> String {
        wording::fix(self.results, case, finding)
    }

    fn found(&self, case: &CaseRecord, finding: &Finding) -> String {
        let is_line = wording::red_line(self.results, case, finding).is_some();
        if is_line && is_question(finding) {
            // What a reviewer thinks of a red line is not told before it is decided.
            return self.hush(finding.message.zh.split('；').next().unwrap_or_default());
        }
        let message = &*finding.message.zh;
        let reviews = standing(case, &finding.criterion);
        if reviews.is_empty() && !self.is_human(case, finding) {
            return self.reviewers.hush_own(message);
        }
        if let Some(said) = decided(message) {
            return self.hush(&said);
        }
        let mut said: Vec<String> = Vec::new();
        for review in reviews {
            let one = self.hush(&reason(review));
            if !one.is_empty() && !said.contains(&one) {
                said.push(one);
            }
        }
        if said.is_empty() {
            // The first part is the mark as a whole; what follows it is who gave what.
            said.push(self.hush(message.split('；').next().unwrap_or(message)));
            if !silent(self.results, case, finding).is_empty() {
                said.push(NO_REASON.to_owned());
            }
        }
        said.join("；")
    }

    /// Pages of the dossier.
    pub fn pages(case: &CaseRecord, finding: &Finding) -> String {
        let mut pages: Vec<String> =
            standing(case, &finding.criterion).into_iter().filter_map(|r| r.pages.as_deref()).map(ToOwned::to_owned).collect();
        pages.extend(finding.places.iter().filter_map(|p| p.page).map(|p| p.to_string()));
        let number = |page: &String| page.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u64>().unwrap_or(u64::MAX);
        pages.sort_by(|a, b| number(a).cmp(&number(b)).then_with(|| a.cmp(b)));
        pages.dedup();
        pages.join("、")
    }

    /// Where it was seen: pages, else where it stands in a register of the office.
    pub fn seen(case: &CaseRecord, finding: &Finding) -> String {
        let pages = Self::pages(case, finding);
        if !pages.is_empty() {
            return format!("卷内第 {pages} 页");
        }
        if !standing(case, &finding.criterion).is_empty() {
            return String::new();
        }
        let mut all: Vec<String> = Vec::new();
        for said in finding.places.iter().filter(|p| p.cell.is_some() || p.line.is_some()).map(wording::place) {
            if !all.contains(&said) {
                all.push(said);
            }
        }
        all.truncate(2);
        all.join("\n")
    }

    /// What the reviewers wrote about a case as a whole, each once.
    pub fn remarks(&self, case: &CaseRecord, kind: &str) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        for remark in case.panel.iter().flat_map(|p| &p.remarks).filter(|r| r.kind == kind) {
            let one = self.hush(&remark.text);
            if !one.is_empty() && !said.contains(&one) {
                said.push(one);
            }
        }
        said
    }

    /// 评定等次 once persons confirmed it, else 拟定等次: what it is called, and the grade.
    pub fn grade(&self, case: &CaseRecord) -> (&'static str, String) {
        match case.panel.as_ref().and_then(|p| p.confirmed.as_ref()) {
            Some(confirmed) => ("评定等次", confirmed.grade.to_string()),
            None => ("拟定等次", grade_text(&self.frame, case)),
        }
    }

    /// Says the mark and the grade.
    pub fn result(&self, facts: &mut Facts, case: &CaseRecord) {
        let (called, grade) = self.grade(case);
        facts.put("等次名", called).put("等次", grade);
        facts.put("得分", marks(case));
        facts.put("满分", case.marks.as_ref().map_or_else(String::new, |m| m.total.to_string()));
    }
}

/// `85.7`, `80～90` while it is open, or nothing in the levels scheme.
pub fn marks(case: &CaseRecord) -> String {
    case.marks.as_ref().map_or_else(String::new, |m| range(m.low, m.high))
}

/// Points of a finding, or a dash where the rubric has none.
pub fn points(case: &CaseRecord, lost: [Number; 2]) -> String {
    let none = case.scheme.as_deref() == Some("levels") || lost == [Number::default(); 2];
    if none { "—".to_owned() } else { range(lost[0], lost[1]) }
}

/// Cases that are graded.
pub fn selected(cases: &[CaseRecord]) -> impl Iterator<Item = &CaseRecord> {
    cases.iter().filter(|c| is_selected(c))
}

/// Whether a finding is a defect that costs something or is an error: not what is unclear, waived or told by the way. By level nothing
/// costs points, so that a warning counts as well. What a bonus did not add is none.
pub fn is_problem(results: &Results, case: &CaseRecord, finding: &Finding) -> bool {
    let levels = case.scheme.as_deref() == Some("levels");
    let counts = finding.lost[1].hundredths() > 0 || finding.severity == "error" || (levels && finding.severity == "warning");
    finding.outcome == "unmet" && counts && !is_bonus(results, case, &finding.criterion)
}

/// Whether a finding is a question that papers or an explanation can answer (材料不足待核).
pub fn is_unclear(finding: &Finding) -> bool {
    finding.outcome == "unclear"
}

/// Whether it is not decided: unclear, still to be marked, or not checked.
pub fn is_question(finding: &Finding) -> bool {
    is_open(&finding.outcome)
}

/// Where an office stands in the results.
pub fn pointer(results: &Results, office: &Office) -> String {
    let at = results.offices.iter().position(|o| o.id == office.id).map_or_else(String::new, |i| i.to_string());
    format!("results.json /offices/{at}")
}

/// The reason of a decision on an objection that changed a mark.
pub fn decided_why(message: &str) -> Option<String> {
    let said = decided(message)?;
    said.strip_prefix("申诉后由")?.split_once('：').map(|(_, why)| why.to_owned())
}

/// What a joint decision or a decision on an objection says, without who decided.
pub fn decided(message: &str) -> Option<String> {
    let message = decided_marks(message);
    let (_, how) = message.split_once('；')?;
    if let Some(rest) = how.strip_prefix("集体合议（") {
        let said = rest.split_once("）：")?.1;
        return Some(match said.split_once('，') {
            Some((given, why)) if !why.is_empty() => format!("集体合议：{}，{why}", mark(given)),
            _ => format!("集体合议：{}", mark(said.trim_end_matches('，'))),
        });
    }
    let rest = how.strip_prefix("申诉后由")?;
    let (change, why) = rest.split_once('（')?;
    let why = why.split_once("决定：")?.1;
    Some(format!("申诉后由{change}：{}", why.strip_suffix('）').unwrap_or(why)))
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn reasons_are_those_of_whose_marks_stand() {
        let (_, mut all) = crate::report::fixture::results(1, 1);
        let mut case = all.swap_remove(0).swap_remove(0);
        let mut panel = testing::panel(&case, "mean");
        panel.opinions.push(testing::opinion("Z03", "extra", &case));
        panel.opinions[0].grade = Some("良好".into());
        panel.opinions[1].low = Some(Number::default());
        case.grade = Some("合格".into());
        case.reviews = ["Z01", "Z02", "Z03"].map(|code| testing::review("C03", code, "扣 3", &format!("{code} 的理由"))).into();
        let mut finding = crate::report::fixture::results(1, 30).1[0].iter().flat_map(|c| c.findings.clone()).next().expect("one");
        finding.criterion = "C03".into();
        let cases =
            [("mean", "Z01 Z02 Z03"), ("majority", "Z02 Z03"), ("senior", "Z01 Z03"), ("median", "Z01 Z03"), ("council", "Z01 Z02 Z03")];
        for (how, who) in cases {
            panel.how = how.to_owned();
            case.panel = Some(Box::new(panel.clone()));
            let found = standing(&case, &finding.criterion).iter().filter_map(|r| r.reviewer.as_deref()).collect::<Vec<_>>().join(" ");
            assert_eq!(found, who, "{how}");
        }
    }

    #[test]
    fn what_is_told_by_the_way_is_no_problem() {
        let (results, all) = crate::report::fixture::results(1, 30);
        let (case, finding) =
            all[0].iter().flat_map(|c| c.findings.iter().map(move |f| (c, f))).find(|(_, f)| f.outcome == "unmet").expect("one");
        let levels = CaseRecord { scheme: Some("levels".to_owned()), ..case.clone() };
        let cases = [
            // outcome, severity, points lost, a problem by points, a problem by level
            ("unmet", "error", 0, true, true),
            ("unmet", "warning", 5, true, true),
            ("unmet", "warning", 0, false, true),
            ("unmet", "info", 0, false, false),
            ("unclear", "error", 5, false, false),
            ("waived", "warning", 5, false, false),
        ];
        for (outcome, severity, lost, by_points, by_level) in cases {
            let lost = [Number::new(crate::base::points::Points::whole(lost)); 2];
            let one = Finding { outcome: outcome.into(), severity: severity.into(), lost, ..finding.clone() };
            assert_eq!(
                (is_problem(&results, case, &one), is_problem(&results, &levels, &one)),
                (by_points, by_level),
                "{outcome} {severity}"
            );
        }
    }

    #[test]
    fn what_a_council_or_an_objection_decided_is_told_without_who() {
        let cases = [
            ("评估专家评 4 分（满分 6 分），扣 2 分；集体合议（01、02）：扣 2，提问仍偏简", Some("集体合议：扣 2 分，提问仍偏简")),
            (
                "评估专家评 9 分，扣 3 分；申诉后由扣 6改为扣 3（01、02 决定：意见（补充）已在卷）",
                Some("申诉后由“扣 6 分”改为“扣 3 分”：意见（补充）已在卷"),
            ),
            ("评估专家评 4 分，扣 2 分；Z01 扣 2 分（过简）", None),
            ("卷内没有《授权委托书》", None),
        ];
        for (message, said) in cases {
            assert_eq!(decided(message).as_deref(), said, "{message}");
        }
    }
}
