//! 提升: what would lift each case and each office, as words for the terminal and as a workbook. Must not compute.

mod said;

use std::path::Path;

use super::Result;
use super::book::Book;
use super::cell::{Cell, Column};
use super::figures::range;
use super::ours;
use super::sheet::{Page, Plan};
use super::style::Kind;
use super::words;
use super::workbook::Context;
use crate::record::lift::{LiftCase, LiftFix, LiftOffice, LiftSet, Place, WhatIf};
use crate::record::v1::{Marks, Results};

pub use said::said;

/// Words of its title.
const ABOUT: &str = "等次提升测算";
/// Names of its sheets, in order.
pub const SHEETS: [&str; 4] = ["各机构", "逐案提升", "补正清单", "提升次序"];

/// Whether a file is an earlier workbook of this kind.
pub fn is_ours(path: &Path) -> bool {
    ours::workbook(path, ABOUT)
}

/// The bytes of the workbook.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn workbook(found: &WhatIf, results: &Results) -> Result<Vec<u8>> {
    let context = Context { batch: &results.batch, rubrics: &results.rubrics, tool: &results.tool, problems: &[], own: &[] };
    let rows = found.offices.iter().map(|o| o.cases.len()).sum();
    let mut book = Book::new(&context, ABOUT, "", rows)?;
    let title = |sheet: &str| {
        let mark = words::mark(&found.title);
        format!("{mark}{sheet}{}", words::draft(found.sealed))
    };
    offices(&mut book, found, title("各机构提升测算"))?;
    cases(&mut book, found, title("逐案提升测算"))?;
    fixes(&mut book, found, title("补正清单"))?;
    steps(&mut book, found, title("提升次序"))?;
    book.bytes()
}

/// `3/5`, or `3～4/5` while cases are undecided.
fn rate(low: u64, high: u64, n: u64) -> String {
    format!("{}/{n}", range(low, high))
}

/// `第 3 名（共 12，与甲、乙并列）`
fn placed(place: Option<&Place>) -> String {
    match place {
        None => "未定".to_owned(),
        Some(p) if p.ties.is_empty() => format!("第 {} 名（共 {}）", p.place, p.of),
        Some(p) => format!("第 {} 名（共 {}，与{}并列）", p.place, p.of, p.ties.join("、")),
    }
}

fn climbed(places: Option<u64>) -> Cell<'static> {
    places.map_or(Cell::text("—"), Cell::count)
}

fn marks(marks: Option<&Marks>) -> String {
    match marks {
        None => "—".to_owned(),
        Some(m) if m.low == m.high => m.low.to_string(),
        Some(m) => format!("{}～{}", m.low, m.high),
    }
}

/// `优秀`, or from worst to best.
fn grades(list: &[String]) -> String {
    match list {
        [] => "—".to_owned(),
        [one] => one.clone(),
        [a, b] if a == b => a.clone(),
        many => many.join("或"),
    }
}

fn offices(book: &mut Book, found: &WhatIf, title: String) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("机构", 150, Kind::Text),
        Column::new("主要比率", 76, Kind::Centre),
        Column::new("现在", 90, Kind::Centre),
        Column::new("现在的名次", 190, Kind::Text),
        Column::new("未到最高\n等次的案件", 80, Kind::Number),
        Column::new("可提升\n进率的案件", 80, Kind::Number),
        Column::new("共须补正\n几处", 70, Kind::Number),
        Column::new("全部提升后", 90, Kind::Centre),
        Column::new("那时的名次", 190, Kind::Text),
        Column::new("上升名次", 66, Kind::Centre),
    ];
    let note = "只算能补齐、能说明的问题，不可补正的（如超期、红线）不算；其他机构按现在的结果不变。有案件未定的机构不排名次。本表只是测算，等次由评查人员复核后确定。";
    let mut page = Page::begin(book, Plan { name: SHEETS[0], title, note: note.to_owned(), columns, keys: 2 })?;
    for (n, office) in (1..).zip(&found.offices) {
        let last = office.steps.last();
        page.row(&[
            Cell::count(n),
            Cell::text(&*office.name),
            Cell::text(&*office.rate),
            Cell::text(rate(office.k_low, office.k_high, office.n)),
            Cell::text(placed(office.place.as_ref())),
            Cell::count(u64::try_from(office.cases.len()).unwrap_or(u64::MAX)),
            Cell::count(u64::try_from(office.steps.len()).unwrap_or(u64::MAX)),
            Cell::count(last.map_or(0, |s| s.all_fixes)),
            Cell::text(last.map_or_else(|| rate(office.k_low, office.k_high, office.n), |s| rate(s.k_low, s.k_high, office.n))),
            Cell::text(placed(last.map_or(office.place.as_ref(), |s| s.place.as_ref()))),
            climbed(last.map_or(office.place.as_ref().map(|_| 0), |s| s.climbed)),
        ])?;
    }
    page.finish()
}

/// What can be told of a case in one sentence.
fn told(case: &LiftCase) -> String {
    let mut words: Vec<String> = case.first.iter().map(|t| t.zh.to_string()).collect();
    match (&case.unknown, case.sure.as_ref().or(case.agreed.as_ref()), &case.hoped, &case.all) {
        (Some(why), ..) => words.push(format!("不能推算：{}", why.zh)),
        (_, Some(_), ..) => {}
        (_, _, Some(set), _) if set.fixes == 0 => words.push("不用补正，待核、待评的部分都认定符合即可达到".to_owned()),
        (_, _, Some(_), _) => words.push("补正后还要待核、待评的部分都认定符合才达到".to_owned()),
        (_, _, _, Some(set)) => {
            words.push(format!("可补正的 {} 处全部补正后为 {} 分（{}），达不到", set.fixes, marks(set.marks.as_ref()), grades(&set.grades)))
        }
        _ => words.push("没有可补正的问题".to_owned()),
    }
    if case.agreed.is_some() {
        words.push("补齐材料不够，须评查人员同意改分或认可说明".to_owned());
    } else if case.hoped.iter().flat_map(|s| &s.todo).any(|t| t.human || t.act == "explain") {
        words.push("含说明事项，是否改分由评查人员决定".to_owned());
    }
    words.join("；")
}

/// The set that is told first.
fn main_set(case: &LiftCase) -> Option<&LiftSet> {
    case.sure.as_ref().or(case.agreed.as_ref()).or(case.hoped.as_ref())
}

fn gain(set: &LiftSet) -> String {
    match set.gain {
        None => "—".to_owned(),
        Some([low, high]) if low == high => low.to_string(),
        Some([low, high]) => format!("{low}～{high}"),
    }
}

fn cases(book: &mut Book, found: &WhatIf, title: String) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("机构", 110, Kind::Text),
        Column::new("案号", 170, Kind::Text),
        Column::new("阶段", 60, Kind::Centre),
        Column::new("现得分", 80, Kind::Centre),
        Column::new("现等次", 100, Kind::Centre),
        Column::new("上一等次", 66, Kind::Centre),
        Column::new("最少补正\n几处", 66, Kind::Centre),
        Column::new("可加分", 66, Kind::Centre),
        Column::new("补正后得分", 80, Kind::Centre),
        Column::new("补正后等次", 90, Kind::Centre),
        Column::new("机构名次\n上升", 66, Kind::Centre),
        Column::new("说明", 260, Kind::Text),
    ];
    let note = "“最少补正几处”是升到上一等次所需的最少处数，同样少的取加分多的，再相同按标准中的次序；具体是哪几处见“补正清单”。“机构名次上升”是只提升这一件、其他机构不变时的名次变化。";
    let mut page = Page::begin(book, Plan { name: SHEETS[1], title, note: note.to_owned(), columns, keys: 3 })?;
    let all = found.offices.iter().flat_map(|o| o.cases.iter().map(move |c| (o, c)));
    for (n, (office, case)) in (1..).zip(all) {
        let set = main_set(case);
        page.row(&[
            Cell::count(n),
            Cell::text(&*office.name),
            Cell::text(&*case.case_no),
            Cell::text(case.stage.as_deref().unwrap_or("")),
            Cell::text(marks(case.marks.as_ref())),
            Cell::text(grades(&case.possible)),
            Cell::text(case.target.as_deref().unwrap_or("—")),
            set.map_or(Cell::text("—"), |s| Cell::count(s.fixes)),
            Cell::text(set.map_or_else(|| "—".to_owned(), gain)),
            Cell::text(set.map_or_else(|| "—".to_owned(), |s| marks(s.marks.as_ref()))),
            Cell::text(set.map_or_else(|| "—".to_owned(), |s| grades(&s.grades))),
            climbed(case.climbed),
            Cell::text(told(case)),
        ])?;
    }
    page.finish()
}

fn act(fix: &LiftFix) -> &'static str {
    match (fix.act.as_str(), fix.human) {
        ("complete", _) => "补齐",
        ("raise", _) => "提级",
        (_, true) => "说明（须评查人员改分）",
        _ => "说明（须经认可）",
    }
}

fn fixes(book: &mut Book, found: &WhatIf, title: String) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("机构", 110, Kind::Text),
        Column::new("案号", 170, Kind::Text),
        Column::new("指标", 56, Kind::Centre),
        Column::new("标题", 140, Kind::Text),
        Column::new("办法", 90, Kind::Centre),
        Column::new("几处", 46, Kind::Number),
        Column::new("值几分", 70, Kind::Centre),
        Column::new("问题", 250, Kind::Text),
        Column::new("怎么办", 260, Kind::Text),
    ];
    let note = format!(
        "升到上一等次所需的最少几处，按标准中的次序。“值几分”是依次做到这一项时总分增加多少（组内封顶、折算以后）。{}",
        words::NO_BACKDATING
    );
    let mut page = Page::begin(book, Plan { name: SHEETS[2], title, note, columns, keys: 3 })?;
    let all = found.offices.iter().flat_map(|o| o.cases.iter().filter_map(move |c| Some((o, c, main_set(c)?))));
    let mut n = 0;
    for (office, case, set) in all {
        for fix in &set.todo {
            n += 1;
            let messages: Vec<&str> = fix.found.iter().map(|t| &*t.zh).collect();
            let worth = match (&fix.level, fix.worth) {
                (Some(level), _) => format!("现为{level}"),
                (None, [low, high]) if low == high => low.to_string(),
                (None, [low, high]) => format!("{low}～{high}"),
            };
            page.row(&[
                Cell::count(n),
                Cell::text(&*office.name),
                Cell::text(&*case.case_no),
                Cell::text(&*fix.criterion),
                Cell::text(&*fix.title.zh),
                Cell::text(act(fix)),
                Cell::count(u64::try_from(fix.findings.len().max(1)).unwrap_or(u64::MAX)),
                Cell::text(worth),
                Cell::text(messages.join("\n")),
                Cell::text(&*fix.fix.zh),
            ])?;
        }
    }
    page.finish()
}

fn steps(book: &mut Book, found: &WhatIf, title: String) -> Result<()> {
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("机构", 130, Kind::Text),
        Column::new("第几件", 56, Kind::Number),
        Column::new("案号", 190, Kind::Text),
        Column::new("这一件\n补正几处", 66, Kind::Number),
        Column::new("累计\n补正几处", 66, Kind::Number),
        Column::new("率变为", 90, Kind::Centre),
        Column::new("名次变为", 220, Kind::Text),
        Column::new("比现在\n上升", 66, Kind::Centre),
    ];
    let note = "每个机构按补正处数从少到多排列：做完前几件，率和名次就到哪里。其他机构按现在的结果不变。";
    let mut page = Page::begin(book, Plan { name: SHEETS[3], title, note: note.to_owned(), columns, keys: 2 })?;
    let mut n = 0;
    for office in &found.offices {
        for (at, step) in (1..).zip(&office.steps) {
            n += 1;
            page.row(&step_row(n, at, office, step))?;
        }
    }
    page.finish()
}

fn step_row<'a>(n: u64, at: u64, office: &'a LiftOffice, step: &'a crate::record::lift::LiftStep) -> [Cell<'a>; 9] {
    [
        Cell::count(n),
        Cell::text(&*office.name),
        Cell::count(at),
        Cell::text(&*step.case_no),
        Cell::count(step.fixes),
        Cell::count(step.all_fixes),
        Cell::text(rate(step.k_low, step.k_high, office.n)),
        Cell::text(placed(step.place.as_ref())),
        climbed(step.climbed),
    ]
}
