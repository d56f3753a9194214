//! `demo BATCH --fill PLAN`: the invented reviewers fill in the score sheets of a draw and hand them in. Must not be let loose on a batch
//! that is not invented.

use std::path::Path;

use super::{Streams, exit, refuse, sheets};
use crate::assess::{Run, drawn};
use crate::base::points::Points;
use crate::cli::Common;
use crate::demo::opinions::{self, Ask, Line};
use crate::record::plan::{FILE, Part, Plan};
use crate::record::v1::Tool;
use crate::report::score::{self, Entry, Filled, Sheet, State};
use crate::report::workbook::Context;
use crate::report::{file_name, words};
use crate::say;

/// Where returned sheets lie in a batch.
const RETURNED: &str = "评分";

/// Fills in the sheets of a draw and puts them, and the plan, into the batch.
pub fn run(common: &Common, batch: &Path, (plan, seed): (&Path, u64), streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    if plan.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx")) {
        return super::struck::run(common, batch, plan, streams);
    }
    let plan = match drawn::open(plan) {
        Ok(plan) => plan,
        Err(said) => return refuse([said], common, streams),
    };
    let shown = batch.display();
    if !(batch.join("planted.json").is_file() && words::is_fictitious(&plan.batch.title)) {
        let said = say!("{shown} 不是演示批次，不代填评分表", "{shown} is no invented batch; its score sheets are for people to fill in");
        return refuse([said], common, streams);
    }
    let run = Run { hash: false, drawing: true, ..super::asked(batch, &crate::cli::Grading::default(), common) };
    let mut prepared = match run.prepare() {
        Ok(prepared) => prepared,
        Err(error) => return super::refused(error, common, streams),
    };
    let tasks = plan.allocation.iter().flat_map(|a| &a.tasks);
    let wanted = tasks.map(|t| &t.case).collect();
    let rubrics = crate::assess::rubrics::records(&prepared.grader.rubrics, false);
    let levels = sheets::levels(&prepared.grader.rubrics);
    let record = prepared.batch.clone();
    let cases = match sheets::graded(&mut prepared, &wanted, false, streams) {
        Ok(cases) => cases,
        Err(error) => return super::unwritten(&error, common, streams),
    };
    let tool = Tool { name: plan.tool.name.clone(), version: plan.tool.version.clone() };
    let fill = |code: &str, sheet: &Sheet<'_>| filled(code, sheet, seed);
    let input = score::Input {
        context: Context { batch: &record, rubrics: &rubrics, own: &[], tool: &tool, problems: &[] },
        plan: &plan,
        levels: &levels,
        cases: &cases,
        layout: Default::default(),
        facts: Default::default(),
        only: None,
        fill: Some(&fill),
    };
    match put(batch, &plan, &input) {
        Ok(n) => {
            let said = say!(
                "虚构的评估专家填好 {n} 份评分表，放入 {shown}/{RETURNED}；抽卷方案放入 {shown}",
                "the invented reviewers filled in {n} score sheets, now in {shown}/{RETURNED}; the plan is in {shown}"
            );
            if !common.quiet {
                writeln!(streams.out, "{}", said.get(common.lang))?;
            }
            Ok(exit::GOOD)
        }
        Err(error) => {
            writeln!(streams.err, "{}", say!("无法写入 {shown}：{error}", "could not write {shown}: {error}").get(common.lang))?;
            Ok(exit::UNWRITTEN)
        }
    }
}

fn put(batch: &Path, plan: &Plan, input: &score::Input<'_>) -> anyhow::Result<usize> {
    let folder = batch.join(RETURNED);
    std::fs::create_dir_all(&folder)?;
    let reviewers = plan.rules.allocation.iter().flat_map(|a| &a.reviewers);
    let names = file_name::of_reviewers(reviewers.clone().map(|r| &*r.code));
    let mut n = 0;
    for reviewer in reviewers {
        let name = names.get(&*reviewer.code).and_then(|[name, _]| name.rsplit('/').next()).unwrap_or_default();
        if let Some(bytes) = score::workbook(input, reviewer)? {
            std::fs::write(folder.join(name), bytes)?;
            n += 1;
        }
    }
    let mut json = Vec::new();
    plan.write(&mut json)?;
    std::fs::write(batch.join(FILE), json)?;
    Ok(n)
}

/// One page as its reviewer fills it in.
fn filled(code: &str, sheet: &Sheet<'_>, seed: u64) -> Filled {
    let Some(rubric) = sheet.rubric else { return Filled::default() };
    let lines = sheet.items.iter().filter(|i| i.state != State::Off).map(|i| Line {
        id: i.id,
        points: i.points.map(|p| p.points()),
        must: i.state == State::Must,
        human: i.human,
        lost: if i.state == State::May { i.lost } else { Points::ZERO },
    });
    let case = format!("{}/{}/{}", sheet.key.office, sheet.key.case_no, sheet.key.stage.as_deref().unwrap_or_default());
    let ask = Ask {
        seed,
        reviewer: code,
        case: &case,
        lines: lines.collect(),
        red: sheet.lines.iter().filter(|l| l.state == State::Must).map(|l| l.id.as_str()).collect(),
        grades: rubric.grades.iter().filter_map(|g| Some((g.title.as_str(), g.from?.points()))).collect(),
        levels: sheet.levels,
    };
    let given = opinions::fill(&ask);
    let entry = |g: opinions::Given| Entry {
        off: g.off,
        word: g.word,
        situation: g.situation.to_owned(),
        reason: g.reason.to_owned(),
        pages: g.pages,
    };
    let whole = sheet.part == Part::Whole;
    let grade = given.grade.filter(|_| whole).unwrap_or_default();
    // A grade that cannot be told from points is left for people to confirm; who marks a part confirms none.
    let signs = !(whole && grade.is_empty());
    let [who, on] = if signs { [code.to_owned(), opinions::DAY.to_owned()] } else { [String::new(), String::new()] };
    Filled {
        entries: given.given.into_iter().map(|(id, g)| (id, entry(g))).collect(),
        verdict: [given.good.to_owned(), given.lacking.to_owned(), given.advice.to_owned(), grade, who, on],
    }
}
