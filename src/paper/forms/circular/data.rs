//! 通报数据.xlsx: the tables behind a circular, for those who review (results by office, criteria by office, the best cases, those that
//! failed or are open, what reviewers praised). Must not be handed out: it names cases.

use std::collections::BTreeMap;

use super::source::Figure;
use crate::paper::fact::{Facts, Row};
use crate::paper::setting::Setting;
use crate::record::v1::{CaseRecord, Office, Results};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{Frame, field, fraction, grade_text, is_selected, main_losses, part, percents};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, without_standing};
use crate::report::workbook::Context;

/// Its sheets, in order.
pub const SHEETS: [&str; 5] = ["成绩表", "问题清单", "优秀案件", "不合格及未定案件", "亮点"];

/// Criteria that are named as good at most.
const GOOD: usize = 6;
/// Per cent of the cases that must meet one.
const SHARE: u64 = 95;
/// Cases that it must have applied to.
const FEWEST: u64 = 5;

/// A case that is listed.
struct Listed {
    office: String,
    case_no: String,
    stage: String,
    case_type: String,
    marks: String,
    grade: String,
    standing: &'static str,
    why: String,
}

/// What cases a criterion applied to: rubric and number within it.
type Criterion = (usize, usize);

/// Gathered office by office.
#[derive(Default)]
pub struct Data {
    best: Vec<Listed>,
    open: Vec<Listed>,
    /// Office, case, words.
    praised: Vec<(String, String, String)>,
    /// Cases that met a criterion, and cases it applied to.
    met: BTreeMap<Criterion, [u64; 2]>,
}

impl Data {
    /// Takes note of the cases of an office.
    pub fn add(&mut self, results: &Results, office: &Office, cases: &[CaseRecord]) {
        let frame = Frame::new(&results.rubrics, cases);
        for case in cases.iter().filter(|c| is_selected(c)) {
            let at = results.rubrics.iter().position(|r| Some(r.id.as_str()) == case.rubric.as_deref());
            let rubric = at.and_then(|at| results.rubrics.get(at));
            if let (Some(at), Some(rubric)) = (at, rubric) {
                for result in case.criteria.iter().filter(|c| c.outcome != "not_applicable") {
                    let Some(place) = rubric.criteria.iter().position(|c| c.id == *result.id) else { continue };
                    let [met, of] = self.met.entry((at, place)).or_default();
                    *met += u64::from(result.outcome == "met");
                    *of += 1;
                }
            }
            let is =
                |grade: Option<&crate::record::v1::GradeRecord>| grade.is_some_and(|g| case.grade.as_deref() == Some(g.title.as_str()));
            if is(rubric.and_then(|r| r.grades.first())) {
                self.best.push(listed(&frame, office, case));
            }
            if case.grade.is_none() || is(rubric.and_then(|r| r.grades.last())) {
                self.open.push(listed(&frame, office, case));
            }
            for remark in case.panel.iter().flat_map(|p| &p.remarks).filter(|r| r.kind == "good") {
                self.praised.push((office.name.clone(), case.case_no.clone(), remark.text.to_string()));
            }
        }
    }

    /// Says which criteria all or nearly all cases met: those of most points first, the same title under several rubrics as one.
    pub fn good(&self, results: &Results, facts: &mut Facts) {
        let mut pooled: BTreeMap<&str, (i64, [u64; 2])> = BTreeMap::new();
        for ((at, place), [met, of]) in &self.met {
            let Some(criterion) = results.rubrics.get(*at).and_then(|r| r.criteria.get(*place)) else { continue };
            let (points, sums) = pooled.entry(&criterion.title.zh).or_default();
            *points = (*points).max(criterion.points.map_or(0, |p| p.hundredths()));
            *sums = [sums[0] + met, sums[1] + of];
        }
        let selected: u64 = results.offices.iter().map(|o| o.selected).sum();
        // What hardly any case was asked for is no practice of the batch.
        let is_good = |[met, of]: [u64; 2]| of * 2 >= selected && of >= FEWEST && met * 100 >= of * SHARE;
        let mut good: Vec<_> = pooled.into_iter().filter(|(_, (_, sums))| is_good(*sums)).collect();
        good.sort_by(|(a, (x, [m, n])), (b, (y, [o, p]))| {
            y.cmp(x).then_with(|| (o * n).cmp(&(m * p))).then_with(|| p.cmp(n)).then_with(|| a.cmp(b))
        });
        let mut said = Figure::default();
        for (title, (_, [met, of])) in good.into_iter().take(GOOD) {
            let gap = if said.is_empty() { "" } else { "、" };
            said = said.words(gap).words(title).words("（").number(met, format!("cases.jsonl 符合“{title}”"));
            said = said.words("/").number(of, format!("cases.jsonl 适用“{title}”")).words("）");
        }
        let row = |said: Figure| -> Row { [("评估项", said.into())].into() };
        facts.list("良好", if said.is_empty() { Vec::new() } else { vec![row(said)] });
    }

    /// The workbook.
    ///
    /// # Errors
    /// When a sheet does not take it.
    pub fn workbook(&self, setting: &Setting<'_>, results: &Results) -> Result<Vec<u8>> {
        let context = Context::of(results);
        let mut book = Book::new(&context, "通报数据", "", self.best.len() + self.open.len())?;
        let mark = if words::is_fictitious(&results.batch.title) { words::FICTITIOUS } else { "" };
        let draft = if setting.draft { "（草稿，未定稿）" } else { "" };
        let title = |sheet: &str| format!("{mark}{sheet}{draft}");
        offices(&mut book, results, title(SHEETS[0]))?;
        self.problems(&mut book, results, title(SHEETS[1]))?;
        let note = "内部使用，含案号，不得作为通报附件公开。";
        cases(&mut book, SHEETS[2], title("优秀案件名单"), note, &self.best)?;
        cases(&mut book, SHEETS[3], title("不合格及等次未定案件名单"), note, &self.open)?;
        let columns = vec![
            Column::new("序号", 46, Kind::Number),
            Column::new("机构", 140, Kind::Text),
            Column::new("案号", 190, Kind::Text),
            Column::new("亮点（专家评语原文）", 560, Kind::Text),
        ];
        let note = "评估专家的原话，可能含有案情和个人信息，使用前须脱敏审核；通报的“经验做法”请由人归纳后填写。";
        let plan = Plan {
            name: SHEETS[4], title: title("亮点（专家评语，使用前须脱敏审核）"), note: note.to_owned(), columns, keys: 1
        };
        let mut page = Page::begin(&mut book, plan)?;
        for (n, (office, case, said)) in (1..).zip(&self.praised) {
            page.row(&[Cell::count(n), Cell::text(&**office), Cell::text(&**case), Cell::text(&**said)])?;
        }
        page.finish()?;
        book.bytes()
    }

    /// Every criterion, and how many cases of every office lost something by it.
    fn problems(&self, book: &mut Book, results: &Results, title: String) -> Result<()> {
        let mut columns = vec![
            Column::new("标准", 170, Kind::Text),
            Column::new("编号", 54, Kind::Centre),
            Column::new("评估项", 230, Kind::Text),
            Column::new("适用\n件数", 50, Kind::Number),
            Column::new("符合\n件数", 50, Kind::Number),
            Column::new("符合率", 60, Kind::Percent),
            Column::new("失分\n件数", 50, Kind::Number),
        ];
        columns.extend(results.offices.iter().map(|o| Column::new(format!("{}\n失分", o.name), 64, Kind::Number)));
        let note = "每行一个评估项。失分＝确定失分（按等级评估的，为没有达到最高等级）的案件数；符合＝结论为符合的案件数，不含材料不足待核、待人工评的。";
        let mut page = Page::begin(book, Plan { name: SHEETS[1], title, note: note.to_owned(), columns, keys: 3 })?;
        for (at, rubric) in results.rubrics.iter().enumerate() {
            for (place, criterion) in rubric.criteria.iter().enumerate() {
                let Some([met, of]) = self.met.get(&(at, place)).copied() else { continue };
                let lost = |office: &Office| {
                    office.lost.iter().find(|l| l.rubric == rubric.id && l.criterion == criterion.id).map_or(0, |l| l.cases)
                };
                let mut cells = vec![
                    Cell::text(without_standing(&rubric.title)),
                    Cell::text(&*criterion.id),
                    Cell::text(&*criterion.title.zh),
                    Cell::count(of),
                    Cell::count(met),
                    part(met, of),
                    Cell::count(results.offices.iter().map(lost).sum()),
                ];
                cells.extend(results.offices.iter().map(|o| Cell::count(lost(o))));
                page.row(&cells)?;
            }
        }
        page.finish()
    }
}

fn listed(frame: &Frame<'_>, office: &Office, case: &CaseRecord) -> Listed {
    let confirmed = case.panel.as_ref().is_some_and(|p| p.confirmed.is_some());
    let stage = case.stage.as_deref().unwrap_or_else(|| field(case, "stage"));
    Listed {
        office: office.name.clone(),
        case_no: case.case_no.clone(),
        stage: stage.to_owned(),
        case_type: field(case, "case_type").to_owned(),
        marks: case.marks.as_ref().map_or_else(|| "—".to_owned(), |m| crate::paper::words::range(m.low, m.high)),
        grade: grade_text(frame, case),
        standing: if confirmed { "评定" } else { "拟定" },
        why: main_losses(frame, case),
    }
}

fn offices(book: &mut Book, results: &Results, title: String) -> Result<()> {
    let grades = Frame::new(&results.rubrics, &[]).grades;
    let rates: Vec<&str> =
        results.offices.iter().chain(&results.groups).next().map_or_else(Vec::new, |o| o.rates.iter().map(|r| r.name.as_str()).collect());
    let mut columns = vec![
        Column::new("机构", 150, Kind::Text),
        Column::new("范围内\n件数", 56, Kind::Number),
        Column::new("评查\n件数", 56, Kind::Number),
    ];
    columns.extend(grades.iter().map(|g| Column::new(*g, 52, Kind::Number)));
    columns.push(Column::new("等次\n未定", 52, Kind::Number));
    for rate in &rates {
        columns.push(Column::new(format!("{rate}\n件数"), 70, Kind::Centre));
        columns.push(Column::new(*rate, 110, Kind::Centre));
    }
    columns.push(Column::new("平均分", 100, Kind::Centre));
    columns.push(Column::new("归档率", 70, Kind::Percent));
    let main = results.offices.iter().find_map(Office::headline).map_or("", |r| r.name.as_str());
    let note = format!(
        "主要比率为{main}。有等次未定案件的，件数、比率、平均分列出两端。汇总行由案件合并计算。内部使用：件数少的机构，公开时按通报的口径不单列。"
    );
    let mut page = Page::begin(book, Plan { name: SHEETS[0], title, note, columns, keys: 1 })?;
    let cells = |office: &Office, name: String| {
        let mut cells = vec![Cell::text(name), Cell::count(office.in_scope), Cell::count(office.selected)];
        let of = |title: &str| office.grades.0.iter().find(|(t, _)| t == title).map_or(0, |(_, n)| *n);
        cells.extend(grades.iter().map(|g| Cell::count(of(g))));
        cells.push(Cell::count(office.undecided));
        for name in &rates {
            let rate = office.rates.iter().find(|r| r.name == *name);
            cells.push(rate.map_or(Cell::text("—"), |r| Cell::text(fraction(r))));
            cells.push(rate.map_or(Cell::text("—"), |r| Cell::text(percents(r.k_low, r.k_high, r.n))));
        }
        cells.push(Cell::text(office.mean.map_or_else(|| "—".to_owned(), |[low, high]| crate::paper::words::range(low, high))));
        cells.push(part(office.filing.filed, office.filing.due));
        cells
    };
    for office in &results.offices {
        page.row(&cells(office, office.name.clone()))?;
    }
    for group in &results.groups {
        page.group(&cells(group, format!("{}（汇总）", group.name)))?;
    }
    page.finish()
}

fn cases(book: &mut Book, name: &'static str, title: String, note: &str, list: &[Listed]) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("机构", 140, Kind::Text),
        Column::new("案号", 190, Kind::Text),
        Column::new("阶段", 70, Kind::Centre),
        Column::new("案件类型", 80, Kind::Centre),
        Column::new("得分", 90, Kind::Centre),
        Column::new("等次", 130, Kind::Centre),
        Column::new("拟定或\n评定", 60, Kind::Centre),
        Column::new("主要失分", 330, Kind::Text),
    ];
    let mut page = Page::begin(book, Plan { name, title, note: note.to_owned(), columns, keys: 3 })?;
    for (n, case) in (1..).zip(list) {
        page.row(&[
            Cell::count(n),
            Cell::text(&*case.office),
            Cell::text(&*case.case_no),
            Cell::text(&*case.stage),
            Cell::text(&*case.case_type),
            Cell::text(&*case.marks),
            Cell::text(&*case.grade),
            Cell::text(case.standing),
            Cell::text(&*case.why),
        ])?;
    }
    page.finish()
}
