//! 逐案清单: what is to be done in every case, to print, pin up and tick off. Must not list what cannot be mended as a job.

use super::Checked;
use crate::record::v1::{CaseRecord, Finding};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{field, place, points};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, check};
use crate::todo::{Job, lost_for_good, standing};

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, checked: &Checked<'_>) -> Result<()> {
    let columns = vec![
        Column::new("办结\n打√", 44, Kind::Centre),
        Column::new("办什么", 178, Kind::Text),
        Column::new("情况", 268, Kind::Text),
        Column::new("怎么办", 232, Kind::Text),
        Column::new("扣分", 62, Kind::Centre),
        Column::new("出处", 176, Kind::Text),
        Column::new("办结日期\n经办人", 80, Kind::Centre),
    ];
    let note = format!("每件案件一段，可打印、逐项打√；“扣分”是一个数的已确定，是范围的核实后才能确定。{}", words::NO_BACKDATING);
    let plan = Plan { name: check::LIST, title: checked.input.title("自查逐案清单"), note, columns, keys: 0 };
    let mut page = Page::begin(book, plan)?;
    page.unfiltered();
    let mut idle = Vec::new();
    for case in &checked.check.cases {
        let jobs = checked.names.jobs(case);
        if jobs.is_empty() {
            idle.push(checked.input.label(case));
            continue;
        }
        page.band(&heading(checked, case))?;
        for job in &jobs {
            page.row(&row(job))?;
        }
    }
    if !idle.is_empty() {
        page.band(&format!("没有要办的事项：{} 件　{}", idle.len(), idle.join("、")))?;
    }
    page.finish()
}

fn row(job: &Job<'_>) -> [Cell<'static>; 7] {
    let [low, high] = job.lost();
    let mut said: Vec<&str> = Vec::new();
    let mut places: Vec<String> = Vec::new();
    for finding in &job.findings {
        if !said.contains(&&*finding.message.zh) {
            said.push(&finding.message.zh);
        }
        for place in finding.places.iter().map(place) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    // Papers of which nothing is recorded say the same, each of itself: the job names them.
    let said =
        if job.is_papers() { format!("没有记载能说明卷内有无这 {} 种材料", kinds(&job.findings)) } else { said.join("\n") };
    [
        Cell::text("□"),
        Cell::text(job.what.zh.to_string()),
        Cell::text(said),
        Cell::text(job.how.zh.to_string()),
        points([low.points(), high.points()]),
        Cell::text(named(&places)),
        Cell::Blank,
    ]
}

/// As many places as a row shows; the rest is counted, and stands in 待核实 or in the JSON.
fn named(places: &[String]) -> String {
    let most = 5;
    if places.len() <= most {
        return places.join("\n");
    }
    format!("{}\n等 {} 处", places[..most].join("\n"), places.len())
}

fn kinds(findings: &[&Finding]) -> usize {
    findings.iter().filter_map(|f| f.about.as_deref()).collect::<std::collections::BTreeSet<_>>().len()
}

/// Number, type, stage, lawyer, and where the case stands.
fn heading(checked: &Checked<'_>, case: &CaseRecord) -> String {
    let mut parts = vec![checked.input.label(case)];
    let stage = if case.stage.is_none() { field(case, "stage") } else { "" };
    parts.extend([field(case, "case_type"), stage].into_iter().filter(|p| !p.is_empty()).map(str::to_owned));
    let lawyer = [field(case, "lawyer"), field(case, "firm")].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>();
    if !lawyer.is_empty() {
        parts.push(format!("承办：{}", lawyer.join("／")));
    }
    if let Some(standing) = standing(case, &checked.check.results.rubrics) {
        parts.push(standing.said().zh.to_string());
    } else {
        parts.push("没有核：案件类型不明或没有抽中".to_owned());
    }
    let (n, lost) = lost_for_good(std::iter::once(case));
    if n > 0 {
        parts.push(format!("不可补正 {n} 项（扣 {lost} 分）"));
    }
    parts.join("　")
}
