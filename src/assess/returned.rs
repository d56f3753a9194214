//! Reads a batch for what came back of a round: pages of score sheets, how far each is filled in, and what is wrong with them. The same
//! reading as that of `assess`, without grading. Must not say who is late.

use std::convert::Infallible;
use std::sync::Arc;

use super::mask::Mask;
use super::place::Places;
use super::run::Prepared;
use super::told::problem;
use super::turns::in_order;
use crate::base::place::Place;
use crate::base::problem::Problem;
use crate::intake::find::OfficePlan;
use crate::intake::office::Claimed;
use crate::intake::returned::Sent;
use crate::model::heard::Verdict;
use crate::record::plan::CaseKey;
use crate::record::v1::ProblemRecord;

/// What came back.
#[derive(Debug, Default)]
pub struct Returned {
    /// Pages: the case, and what its reviewer says.
    pub pages: Vec<(CaseKey, Verdict)>,
    /// Score sheets, and whose each says it is.
    pub sent: Vec<(String, Option<Arc<str>>)>,
    /// What could not be read or used of sheets and of tables of the panel.
    pub problems: Vec<ProblemRecord>,
    /// Whether something could not be read (exit code 3).
    pub unread: bool,
}

/// Whether a problem is about what a panel sent, or leaves something unread that may be a sheet.
fn concerns(problem: &Problem) -> bool {
    matches!(problem.code, "P080" | "P081" | "P082" | "P083" | "P084" | "P088" | "P040" | "P041" | "P042" | "P043") || problem.is_unread()
}

/// Whose a file says it is; its path as problems name it.
fn sent(sent: &Sent, places: &Places<'_>) -> (String, Option<Arc<str>>) {
    (places.record(&Place::file(sent.path.as_str()), None).file.to_string(), sent.reviewer.clone())
}

impl Prepared {
    /// Reads what came back.
    pub fn returned(&self) -> Returned {
        let whole = Mask::forms(self.grader.names);
        let places = Places::new(&whole);
        let record = |p: &Problem| problem(p, None, &whole, &places);
        let mut all = Returned {
            sent: self.plan.shared.panel.sent.iter().map(|s| sent(s, &places)).collect(),
            problems: self.plan.problems.iter().filter(|p| concerns(p)).map(record).collect(),
            unread: self.plan.problems.iter().any(Problem::is_unread),
            ..Returned::default()
        };
        let mut claimed: Vec<Claimed> = Vec::new();
        let Ok(()) = in_order(
            &self.plan.offices,
            self.threads(),
            |plan| Ok::<_, Infallible>(self.returned_of(plan)),
            |(mut office, took)| {
                all.pages.append(&mut office.pages);
                all.sent.append(&mut office.sent);
                all.problems.append(&mut office.problems);
                all.unread |= office.unread;
                claimed.push(took);
                Ok(())
            },
        );
        if self.is_whole() {
            all.problems.extend(self.plan.shared.unclaimed(&claimed).iter().filter(|p| concerns(p)).map(record));
        }
        all
    }

    fn returned_of(&self, plan: &OfficePlan) -> (Returned, Claimed) {
        let mut read = self.read(plan);
        let mask = Mask::new(&read.cases, &self.grader.world.vocabulary, self.grader.names);
        let places = Places::new(&mask);
        let office: Arc<str> = read.id.as_str().into();
        let key = |no: &str, stage: &Option<String>| CaseKey {
            office: Arc::clone(&office),
            case_no: mask.case_no(no).into(),
            stage: stage.as_deref().map(Arc::from),
        };
        let mut pages = Vec::new();
        for case in &mut read.cases {
            let verdicts = std::mem::take(&mut case.heard.verdicts);
            pages.extend(verdicts.into_iter().map(|v| (key(&case.case_no, &case.stage), v)));
        }
        let told = read.problems.iter().filter(|p| concerns(p)).map(|p| problem(p, Some(&read.name), &mask, &places)).collect();
        let returned = Returned {
            pages,
            sent: read.sent.iter().map(|s| sent(s, &places)).collect(),
            problems: told,
            unread: read.problems.iter().any(Problem::is_unread),
        };
        (returned, read.claimed)
    }
}
