//! What can be done about findings (先办什么): the jobs of one case, and the same job over all cases, the most points first.
//! Must not suggest making, signing or dating a paper of the past, and must not list what cannot be mended.

mod standing;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::text::Text;
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, CaseRef, CriterionRecord, Finding, Results, Todo};
use crate::say;

pub use standing::{Standing, linked, standing};

/// What kind of job it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// 补齐: it is missing and may be completed.
    Complete,
    /// 说明: it can only be explained.
    Explain,
    /// 核实: nobody can tell yet.
    Verify,
}

impl Act {
    /// The word in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Explain => "explain",
            Self::Verify => "verify",
        }
    }

    /// What people read.
    pub const fn title(self) -> Text {
        match self {
            Self::Complete => Text::fixed("补齐", "complete"),
            Self::Explain => Text::fixed("说明", "explain"),
            Self::Verify => Text::fixed("核实", "verify"),
        }
    }
}

/// One job in one case.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    /// Kind.
    pub act: Act,
    /// What it is about, when it is one thing.
    pub about: Option<Arc<str>>,
    /// What to do.
    pub what: Text,
    /// How.
    pub how: Text,
    /// The findings that it settles, never empty.
    pub findings: Vec<&'a Finding>,
    /// Whether it is about what is recorded (the register, an id), which the centre mends and not the lawyer.
    pub records: bool,
    /// Whether a reviewer took the points off: then it comes last, for explaining rarely brings them back.
    pub human: bool,
    key: String,
}

impl Job<'_> {
    /// Whether it is the look through all papers of which nothing is recorded.
    pub fn is_papers(&self) -> bool {
        self.key.ends_with(PAPERS)
    }

    /// Points that hang on it: surely lost, and at most.
    pub fn lost(&self) -> [Number; 2] {
        let sum = |at: usize| Number::new(self.findings.iter().map(|f| f.lost[at].points()).sum());
        [sum(0), sum(1)]
    }
}

/// Words for what findings are about.
#[derive(Debug)]
pub struct Names<'a> {
    titles: &'a BTreeMap<String, String>,
    criteria: BTreeMap<(&'a str, &'a str), &'a CriterionRecord>,
}

/// Key of the job of looking through papers of which nothing is recorded.
const PAPERS: &str = ":papers";

impl<'a> Names<'a> {
    /// The words of a result.
    pub fn new(results: &'a Results) -> Self {
        let all = results.rubrics.iter().flat_map(|r| r.criteria.iter().map(move |c| ((r.id.as_str(), c.id.as_str()), c)));
        Self { titles: &results.titles, criteria: all.collect() }
    }

    fn criterion(&self, case: &CaseRecord, id: &str) -> Option<&'a CriterionRecord> {
        self.criteria.get(&(case.rubric.as_deref()?, id)).copied()
    }

    /// 《送达回证》 or “结案日期”.
    fn about(&self, about: Option<&str>) -> Option<(bool, &'a str)> {
        let about = about?;
        let title = self.titles.get(about)?;
        Some((about.starts_with("document:"), title))
    }

    /// The jobs of a case: what is to be completed first, then what is to be explained, then what is to be verified, the most points
    /// first. What is settled by one look, such as a field that several criteria lack, is one job.
    pub fn jobs<'c>(&self, case: &'c CaseRecord) -> Vec<Job<'c>> {
        let (mut jobs, mut papers): (Vec<Job<'c>>, Vec<&'c Finding>) = (Vec::new(), Vec::new());
        for finding in &case.findings {
            let act = match (&*finding.outcome, &*finding.remedy) {
                ("unmet", "complete") => Act::Complete,
                ("unmet", "explain") => Act::Explain,
                ("unclear", _) => Act::Verify,
                _ => continue,
            };
            if act == Act::Verify && is_unrecorded(case, finding) {
                papers.push(finding);
                continue;
            }
            let job = self.job(case, act, finding);
            match jobs.iter_mut().find(|j| j.key == job.key) {
                Some(same) => same.findings.push(finding),
                None => jobs.push(job),
            }
        }
        if !papers.is_empty() {
            jobs.push(self.papers(papers));
        }
        jobs.sort_by_cached_key(|j| (j.human, j.act, std::cmp::Reverse(j.lost())));
        jobs
    }

    fn job<'c>(&self, case: &CaseRecord, act: Act, finding: &'c Finding) -> Job<'c> {
        let criterion = self.criterion(case, &finding.criterion);
        let builtin = self.titles.get(&format!("builtin:{}", finding.criterion)).map_or(&*finding.criterion, String::as_str);
        let (zh, en) = criterion.map_or((builtin, &*finding.criterion), |c| (&*c.title.zh, &*c.title.en));
        let check = criterion.map_or("", |c| c.check.as_str());
        let (filled, papers) = (check == "filled", matches!(check, "present" | "one_of"));
        let records = criterion.is_none() || finding.about.as_deref().is_some_and(|a| a.starts_with("field:")) && check != "within";
        // Other checks than these name a paper or a field because something about it is wrong, not because it is missing.
        let about = finding.about.clone().filter(|a| if a.starts_with("document:") { papers } else { filled || act == Act::Verify });
        // Rubrics may give one id to different criteria.
        let (mut key, mut how) = (format!("{}:{}:{zh}", act.id(), finding.criterion), (*finding.fix).clone());
        let named = self.about(about.as_deref());
        let what = match (act, named) {
            (Act::Complete, Some((true, x))) => say!("补《{x}》", "complete: {x}"),
            (Act::Complete, Some((false, x))) if filled => say!("补登“{x}”", "fill in {x}"),
            (Act::Complete, _) => say!("补正“{zh}”一项", "mend, so that it holds: {en}"),
            (Act::Explain, Some((true, x))) => say!("就《{x}》说明情况", "explain: {x}"),
            (Act::Explain, _) if criterion.is_none() => say!("核对更正：{zh}", "check and correct: {en}"),
            (Act::Explain, _) => say!("说明“{zh}”没有做到的情况", "explain why it was not met: {en}"),
            (Act::Verify, Some((true, x))) => say!("核对《{x}》有无", "check whether {x} is there"),
            (Act::Verify, Some((false, x))) => say!("核对并补登“{x}”", "check and fill in {x}"),
            (Act::Verify, None) => say!("核实：{zh}", "verify: {en}"),
        };
        if act == Act::Verify {
            how = match named {
                Some((true, _)) => {
                    say!(
                        "打开案卷核对，登记与实物不一致的，改登记。",
                        "open the dossier; where the record differs from the papers, correct the record"
                    )
                }
                Some((false, x)) => say!(
                    "对照卷内文书，在登记表“{x}”列照实填写；卷内确无记载的，留空并说明。",
                    "fill in {x} in the register from the papers; if they do not say, leave it blank and explain"
                ),
                None => say!("按“情况”一栏逐处核对卷内材料和登记。", "compare papers and records at each place named"),
            };
        }
        if let (Some(_), Some(about)) = (named, about.as_deref()) {
            key = format!("{}:{about}", act.id());
        }
        Job { act, about, what, how, findings: vec![finding], records, human: criterion.is_some_and(|c| c.human), key }
    }

    /// All papers of a case of which nothing is recorded: one look into the dossier settles them together.
    fn papers<'c>(&self, findings: Vec<&'c Finding>) -> Job<'c> {
        let what = self.papers_named(findings.iter().filter_map(|f| f.about.as_deref()));
        let how = say!(
            "打开案卷，逐项在卷内材料登记表填 有、无 或 不适用；可用“生成登记表”（juanping init）得到这张表。",
            "open the dossier and write 有, 无 or 不适用 for each paper in the checklist; juanping init makes one"
        );
        Job { act: Act::Verify, about: None, what, how, findings, records: false, human: false, key: format!("verify{PAPERS}") }
    }

    fn papers_named<'s>(&self, abouts: impl Iterator<Item = &'s str>) -> Text {
        let mut names: Vec<&str> = Vec::new();
        for name in abouts.filter_map(|a| self.about(Some(a))).map(|(_, x)| x) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let n = names.len();
        let (zh, en) = (names.iter().take(4).map(|x| format!("《{x}》")).collect::<String>(), names.join(", "));
        if n > 4 {
            say!("登记有无：{zh}等 {n} 种材料", "record whether there are {n} papers: {en}")
        } else {
            say!("登记有无：{zh}", "record whether there is: {en}")
        }
    }

    /// The same job over all cases, those that most points hang on first.
    pub fn todo<'c>(&self, cases: impl Iterator<Item = &'c CaseRecord>) -> Vec<Todo> {
        struct Sum<'c> {
            job: Job<'c>,
            cases: BTreeSet<CaseRef>,
            order: Vec<CaseRef>,
            lost: [crate::base::points::Points; 2],
        }
        let mut all: BTreeMap<String, Sum<'c>> = BTreeMap::new();
        for case in cases {
            let own = CaseRef { office: Arc::clone(&case.office), case_no: case.case_no.clone(), stage: case.stage.clone() };
            for job in self.jobs(case) {
                let lost = job.lost();
                let sum = all.entry(job.key.clone()).or_insert_with(|| Sum {
                    job: Job { findings: Vec::new(), ..job.clone() },
                    cases: BTreeSet::new(),
                    order: Vec::new(),
                    lost: Default::default(),
                });
                sum.job.findings.extend(job.findings);
                for (total, part) in sum.lost.iter_mut().zip(lost) {
                    *total += part.points();
                }
                if sum.cases.insert(own.clone()) {
                    sum.order.push(own.clone());
                }
            }
        }
        let one = |(key, sum): (String, Sum<'c>)| (sum.job.human, key, self.sum(sum.job, sum.order, sum.lost.map(Number::new)));
        let mut todo: Vec<(bool, String, Todo)> = all.into_iter().map(one).collect();
        todo.sort_by(|(ha, ka, a), (hb, kb, b)| {
            let most = (b.lost[1], b.lost[0], b.cases).cmp(&(a.lost[1], a.lost[0], a.cases));
            ha.cmp(hb).then(most).then_with(|| a.act.cmp(&b.act)).then_with(|| ka.cmp(kb))
        });
        todo.into_iter().map(|(.., todo)| todo).collect()
    }

    fn sum(&self, job: Job<'_>, places: Vec<CaseRef>, lost: [Number; 2]) -> Todo {
        let criteria: BTreeSet<Arc<str>> = job.findings.iter().map(|f| Arc::clone(&f.criterion)).collect();
        let what = if job.is_papers() { self.papers_named(job.findings.iter().filter_map(|f| f.about.as_deref())) } else { job.what };
        Todo {
            act: job.act.id().to_owned(),
            about: job.about,
            what,
            fix: job.how,
            criteria: criteria.into_iter().collect(),
            cases: u64::try_from(places.len()).unwrap_or(u64::MAX),
            lost,
            places,
        }
    }
}

/// Whether a finding is open because nothing at all says that a paper is there or not.
fn is_unrecorded(case: &CaseRecord, finding: &Finding) -> bool {
    let Some(id) = finding.about.as_deref().and_then(|a| a.strip_prefix("document:")) else { return false };
    case.documents.iter().all(|d| *d.id != *id || d.state == "unknown")
}

/// What a person cannot mend: how many findings, and the points surely lost by them.
pub fn lost_for_good<'c>(cases: impl Iterator<Item = &'c CaseRecord>) -> (u64, Number) {
    let none = |f: &&Finding| f.outcome == "unmet" && f.remedy == "none";
    let (mut n, mut sum) = (0, crate::base::points::Points::ZERO);
    for finding in cases.flat_map(|c| c.findings.iter().filter(none)) {
        n += 1;
        sum += finding.lost[0].points();
    }
    (n, Number::new(sum))
}
