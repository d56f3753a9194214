//! 总览: scope, rates, grades, splits and main losses of one office on the page that people print first.
//! Must not count anew: its formulas are only written where they tell the results' own figures.

use rust_xlsxwriter::{Chart, ChartFont, ChartFormat, ChartSolidFill, ChartType};

use super::{Input, archive, cases};
use crate::record::v1::{CaseRecord, Split};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::Cell;
use crate::report::figures::{Tally, is_selected, live_mean, percent, range, ratio};
use crate::report::grid::{Grid, PIXELS};
use crate::report::style::Kind::{Centre, Number, Percent, Text};
use crate::report::style::grade_ink;
use crate::report::words::{self, sheets};

/// Rows that the chart covers.
const CHART_ROWS: u32 = 11;

/// Writes the sheet.
///
/// # Errors
/// When the sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let made = book.made().to_owned();
    let mut grid = Grid::begin(book, sheets::OVERVIEW, &input.title("案件质量评查总览"), &made)?;
    links(&mut grid)?;
    scope(&mut grid, input)?;
    let tally = Tally::new(&input.frame, input.cases);
    rates(&mut grid, input, &tally)?;
    grades(&mut grid, input, &tally)?;
    splits(&mut grid, input)?;
    losses(&mut grid, input)?;
    super::waived::section(&mut grid, input)?;
    problems(&mut grid, input)?;
    grid.section("读法")?;
    let standing = if reviewed(input) {
        "等次经有权人员确认的为评定等次，其余为拟定等次，见“评议情况”"
    } else {
        "等次为拟定等次"
    };
    grid.note(&format!(
        "1. 件数写成“3～5”的，3 件是现有证据下一定符合的，5 件是待核、待评事项全部有利时的；隐去材料不会使比率变高。\n\
         2. {standing}。未定的案件不计入任何等次，列在“待核实”，看完后重新运行即可确定。\n\
         3. 蓝色标题为各表的列名，可筛选；合计和比率是公式，其余为程序写入的数值，与 results.json 一致。\n\
         4. 每一处扣分都有依据、出处和编号，见“扣分明细”；依据未经核对的注明“依据待核”。"
    ))?;
    grid.finish(book)
}

/// Whether a panel spoke of a case.
fn reviewed(input: &Input<'_>) -> bool {
    input.cases.iter().any(|c| c.panel.is_some())
}

fn links(grid: &mut Grid) -> Result<()> {
    let names = [
        sheets::CASES,
        sheets::DEDUCTIONS,
        sheets::ARCHIVE,
        sheets::PROPERTIES,
        sheets::FILING,
        sheets::PEOPLE,
        sheets::OPEN,
        sheets::LEDGER,
        sheets::STANDARD,
    ];
    let mut cells = vec![(Cell::text("各表"), 1, Centre)];
    cells.extend(names.iter().map(|n| (Cell::Link((*n).into(), format!("internal:'{n}'!A1")), 1, Centre)));
    grid.line(&cells)
}

fn scope(grid: &mut Grid, input: &Input<'_>) -> Result<()> {
    let (office, batch) = (input.office, input.context.batch);
    grid.section("一、评查范围")?;
    grid.heads(&[
        ("登记行", 1),
        ("范围内", 1),
        ("范围外", 1),
        ("并入同案", 1),
        ("选取评查", 1),
        ("等次已定", 1),
        ("等次未定", 1),
        ("评查方式", 2),
    ])?;
    let out: u64 = office.out_of_scope.values().sum();
    // Told of this office alone: another office's draw is nothing to it.
    let way = if office.selected == office.in_scope { "全部评查" } else { "抽查（按登记表）" };
    let mut cells: Vec<_> = [office.rows, office.in_scope, out, office.joined, office.selected, office.decided, office.undecided]
        .iter()
        .map(|n| (Cell::count(*n), 1, Number))
        .collect();
    cells.push((Cell::text(way), 2, Centre));
    grid.line(&cells)?;
    let reasons: Vec<_> = office.out_of_scope.iter().map(|(reason, n)| format!("{reason} {n}")).collect();
    let reasons = if reasons.is_empty() { "无".to_owned() } else { reasons.join("、") };
    grid.note(&format!(
        "范围：{}。范围外：{reasons}。登记行＝范围内＋范围外＋并入同案。标准性质：{}。",
        batch.scope.said.zh,
        words::standing(&input.context)
    ))
}

fn rates(grid: &mut Grid, input: &Input<'_>, tally: &Tally<'_>) -> Result<()> {
    grid.section("二、优秀率、优良率、合格率")?;
    grid.heads(&[
        ("比率", 1),
        ("件数（确定）", 1),
        ("件数（最高）", 1),
        ("评查件数", 1),
        ("比率（确定）", 1),
        ("比率（最高）", 1),
        ("95% 区间（抽查）", 2),
        ("说明", 1),
    ])?;
    let (_, letters) = cases::columns(input);
    let column = cases::range(input, &letters);
    for rate in &input.office.rates {
        let top = tally.top(&input.frame, rate);
        let within = |g: &std::sync::Arc<str>| top.is_some_and(|top| input.frame.rank(g) < top);
        let live = |expected, all: bool| match (&column, top) {
            (Some(column), Some(_)) => tally.live(column, expected, |_, possible| {
                !possible.is_empty() && if all { possible.iter().all(within) } else { possible.iter().any(within) }
            }),
            _ => Cell::count(expected),
        };
        let row = grid.row + 1;
        let share = |letter: char, k| ratio(format!("=IF($D{row}=0,\"—\",{letter}{row}/$D{row})"), k, rate.n);
        // A census has no interval: both ends are the rate itself.
        let interval =
            rate.ci95.filter(|[a, b]| a < b).map_or_else(|| "—".to_owned(), |[a, b]| format!("{:.1}%～{:.1}%", a * 100.0, b * 100.0));
        grid.line(&[
            (Cell::text(rate.name.as_str()), 1, Centre),
            (live(rate.k_low, true), 1, Number),
            (live(rate.k_high, false), 1, Number),
            (Cell::count(rate.n), 1, Number),
            (share('B', rate.k_low), 1, Percent),
            (share('C', rate.k_high), 1, Percent),
            (Cell::text(interval), 2, Centre),
            (Cell::text(if rate.headline { "主指标" } else { "" }), 1, Centre),
        ])?;
    }
    Ok(())
}

fn grades(grid: &mut Grid, input: &Input<'_>, tally: &Tally<'_>) -> Result<()> {
    let office = input.office;
    let (marked, letters) = cases::columns(input);
    let grade = if reviewed(input) { "等次" } else { "拟定等次" };
    grid.section(&if marked.is_some() { format!("三、{grade}与得分") } else { format!("三、{grade}") })?;
    grid.heads(&[("等次", 1), ("件数", 1), ("占比", 1)])?;
    let first = grid.row;
    let column = cases::range(input, &letters);
    let share = |row: u32, n| {
        let total = first + 2 + office.grades.0.len() as u32;
        ratio(format!("=IF($B${total}=0,\"—\",B{0}/$B${total})", row + 1), n, office.selected)
    };
    for (grade, n) in &office.grades.0 {
        let count = column.as_deref().map_or(Cell::count(*n), |c| tally.live(c, *n, |text, _| text == grade));
        let row = grid.row;
        grid.line(&[(Cell::text(grade.as_str()), 1, Centre), (count, 1, Number), (share(row, *n), 1, Percent)])?;
    }
    let open =
        column.as_deref().map_or(Cell::count(office.undecided), |c| tally.live(c, office.undecided, |_, possible| possible.len() != 1));
    let row = grid.row;
    grid.line(&[(Cell::text("未定"), 1, Centre), (open, 1, Number), (share(row, office.undecided), 1, Percent)])?;
    let sum: u64 = office.grades.0.iter().map(|(_, n)| n).sum::<u64>() + office.undecided;
    let total = if sum == office.selected {
        Cell::Live(format!("=SUM(B{}:B{})", first + 1, grid.row), office.selected as f64)
    } else {
        Cell::count(office.selected)
    };
    grid.line(&[(Cell::text("合计"), 1, Centre), (total, 1, Number), (Cell::Blank, 1, Centre)])?;
    if let Some(letters) = marked {
        means(grid, input, &letters)?;
    }
    if office.selected > 0 {
        chart(grid, input, first)?;
        grid.row = grid.row.max(first - 1 + CHART_ROWS);
    }
    Ok(())
}

/// Mean and median, as formulas over the marks of 案件评分 at these columns.
fn means(grid: &mut Grid, input: &Input<'_>, [low, high]: &[String; 2]) -> Result<()> {
    let office = input.office;
    grid.heads(&[("得分", 1), ("确定", 1), ("最高", 1)])?;
    for (name, ends, median) in [("平均分", &office.mean, false), ("中位数", &office.median, true)] {
        let cell = |end: usize, letters: &str| -> Cell<'_> {
            let Some(value) = ends.as_ref().map(|e| e[end].shown()) else { return Cell::text("—") };
            cases::range(input, letters).map_or(Cell::Number(value), |c| live_mean(&c, &marks(input.cases, end), value, median))
        };
        grid.line(&[(Cell::text(name), 1, Centre), (cell(0, low), 1, Number), (cell(1, high), 1, Number)])?;
    }
    Ok(())
}

/// Shown marks in hundredths.
fn marks(cases: &[CaseRecord], end: usize) -> Vec<i64> {
    let of = |c: &CaseRecord| c.marks.as_ref().map(|m| if end == 0 { m.low } else { m.high }.hundredths());
    cases.iter().filter(|c| is_selected(c)).filter_map(of).collect()
}

fn chart(grid: &mut Grid, input: &Input<'_>, first: u32) -> Result<()> {
    let last = first + input.office.grades.0.len() as u32;
    let of = input.office.grades.0.len();
    let colours = |rank| if rank < of { grade_ink(rank, of) } else { 0x00A6_A6A6 };
    let points: Vec<_> = (0..=of)
        .map(|rank| {
            let fill = ChartSolidFill::new().set_color(colours(rank)).clone();
            rust_xlsxwriter::ChartPoint::new().set_format(ChartFormat::new().set_solid_fill(&fill))
        })
        .collect();
    let mut chart = Chart::new(ChartType::Column);
    let mut font = ChartFont::new();
    font.set_name(crate::report::style::FONT).set_size(9);
    chart
        .add_series()
        .set_name("件数")
        .set_categories((sheets::OVERVIEW, first, 0, last, 0))
        .set_values((sheets::OVERVIEW, first, 1, last, 1))
        .set_points(&points)
        .set_gap(80)
        .set_data_label(rust_xlsxwriter::ChartDataLabel::new().show_value().set_font(&font));
    chart.title().set_name("等次分布（件）").set_font(ChartFont::new().set_name(crate::report::style::FONT).set_size(11));
    chart.legend().set_hidden();
    chart.x_axis().set_font(&font);
    chart.y_axis().set_font(&font).set_min(0).set_num_format("0");
    chart.set_width(PIXELS * 6 - 16).set_height(CHART_ROWS * 24 - 6);
    grid.sheet.insert_chart_with_offset(first - 1, 3, &chart, 12, 2)?;
    Ok(())
}

fn splits(grid: &mut Grid, input: &Input<'_>) -> Result<()> {
    let by = &input.office.by;
    let name = input.office.headline().map_or("优良率", |r| r.name.as_str());
    grid.section("四、分类情况")?;
    grid.heads(&[("分类", 1), ("名称", 2), ("件数", 1), (&format!("{name}件数"), 1), (name, 2), ("等次分布（已定）", 2)])?;
    for (class, parts) in [("案件类型", &by.case_type), ("受援人类别", &by.recipient_group)] {
        for (part, split) in parts {
            grid.line(&[
                (Cell::text(class), 1, Centre),
                (Cell::text(part.as_str()), 2, Centre),
                (Cell::count(split.n), 1, Number),
                (Cell::text(range(split.k_low, split.k_high)), 1, Centre),
                (Cell::text(rate_of(split)), 2, Centre),
                (Cell::text(spread(split)), 2, Centre),
            ])?;
        }
    }
    if by.case_type.is_empty() && by.recipient_group.is_empty() {
        grid.note("没有选取评查的案件。")?;
    }
    if !by.recipient_group.is_empty() {
        grid.note("同一受援人可属几个类别，受援人类别的件数之和可以大于评查件数。")?;
    }
    Ok(())
}

fn rate_of(split: &Split) -> String {
    if split.k_low == split.k_high {
        percent(split.k_low, split.n)
    } else {
        format!("{}～{}", percent(split.k_low, split.n), percent(split.k_high, split.n))
    }
}

fn spread(split: &Split) -> String {
    let parts: Vec<_> = split.grades.0.iter().filter(|(_, n)| *n > 0).map(|(g, n)| format!("{g}{n}")).collect();
    if parts.is_empty() { "—".to_owned() } else { parts.join(" ") }
}

/// How often each indicator got which level, where no rubric has points.
fn levels(grid: &mut Grid, input: &Input<'_>) -> Result<()> {
    grid.section("五、各指标等级分布")?;
    grid.heads(&[("指标", 1), ("标题", 3), ("各等级件数", 3), ("未定", 1), ("不适用", 1)])?;
    let selected = || input.cases.iter().filter(|c| is_selected(c));
    for (id, title) in input.frame.indicators() {
        // Levels in the order in which the grades name them, others as they come.
        let mut counts: Vec<(&str, u64)> = input.frame.grades.iter().map(|g| (*g, 0)).collect();
        let (mut open, mut none) = (0, 0);
        for result in selected().flat_map(|c| &c.criteria).filter(|c| &*c.id == id) {
            match (result.level.as_deref(), &*result.outcome) {
                (Some(level), _) => match counts.iter_mut().find(|(l, _)| *l == level) {
                    Some((_, n)) => *n += 1,
                    None => counts.push((level, 1)),
                },
                (None, "not_applicable") => none += 1,
                (None, _) => open += 1,
            }
        }
        let said: Vec<_> = counts.iter().filter(|(_, n)| *n > 0).map(|(level, n)| format!("{level} {n}")).collect();
        grid.line(&[
            (Cell::text(id), 1, Centre),
            (Cell::text(title), 3, Text),
            (Cell::text(if said.is_empty() { "—".to_owned() } else { said.join("　") }), 3, Centre),
            (Cell::count(open), 1, Number),
            (Cell::count(none), 1, Number),
        ])?;
    }
    Ok(())
}

fn losses(grid: &mut Grid, input: &Input<'_>) -> Result<()> {
    if input.frame.is_levels() {
        return levels(grid, input);
    }
    grid.section("五、失分较多的指标（前十）")?;
    grid.heads(&[("指标", 1), ("标题", 4), ("分组", 1), ("失分件数", 1), ("适用件数", 1), ("失分合计", 1)])?;
    let mut lost: Vec<_> = input.office.lost.iter().collect();
    lost.sort_by(|a, b| b.points.cmp(&a.points).then(b.cases.cmp(&a.cases)).then_with(|| a.criterion.cmp(&b.criterion)));
    for l in lost.iter().take(10) {
        let criterion = input.frame.criterion(Some(&l.rubric), &l.criterion);
        grid.line(&[
            (Cell::text(l.criterion.as_str()), 1, Centre),
            (Cell::text(input.frame.title(Some(&l.rubric), &l.criterion)), 4, Text),
            (Cell::text(criterion.map_or("", |c| c.group.as_str())), 1, Centre),
            (Cell::count(l.cases), 1, Number),
            (Cell::count(l.of), 1, Number),
            (Cell::Number(l.points.shown()), 1, Number),
        ])?;
    }
    if lost.is_empty() {
        grid.note("没有失分。")?;
    }
    let archive: Vec<_> = archive::groups(input).iter().take(8).map(|g| format!("{} {} 件", g.what, g.cases)).collect();
    if !archive.is_empty() {
        grid.note(&format!("归档问题（前八）：{}。", archive.join("；")))?;
    }
    Ok(())
}

fn problems(grid: &mut Grid, input: &Input<'_>) -> Result<()> {
    let mine: Vec<_> = input.context.problems.iter().filter(|p| p.office.as_deref() == Some(&*input.office.name)).collect();
    if mine.is_empty() {
        return Ok(());
    }
    grid.section("六、材料和登记表中的问题")?;
    grid.heads(&[("代码", 1), ("遇到什么", 3), ("在哪里", 2), ("怎么办", 3)])?;
    for problem in mine {
        let at: Vec<_> = problem.places.iter().take(3).map(crate::report::figures::place).collect();
        let more = problem.places.len().saturating_sub(3);
        let at = if more > 0 { format!("{}\n另 {more} 处，见 results.json", at.join("\n")) } else { at.join("\n") };
        grid.line(&[
            (Cell::text(problem.code.as_str()), 1, Centre),
            (Cell::text(&*problem.message.zh), 3, Text),
            (Cell::text(at), 2, Text),
            (Cell::text(&*problem.advice.zh), 3, Text),
        ])?;
    }
    Ok(())
}
