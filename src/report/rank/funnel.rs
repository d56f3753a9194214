//! 漏斗图: rate against number of cases with control limits, and the numbers of it. Must not call anybody bad.

use rust_xlsxwriter::{
    Chart, ChartFont, ChartFormat, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType,
};

use super::{NONE, SHEETS, header, main, stamped, title, who};
use crate::record::rank::{Funnel, Ranking};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::share;
use crate::report::grid::{COLUMNS, Grid, PIXELS};
use crate::report::sheet::{FIRST, Page, Plan};
use crate::report::style::{FONT, Kind};

/// Pixels of the chart.
const HEIGHT: u32 = 470;

/// Writes both sheets.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, ranking: &Ranking) -> Result<()> {
    let Some(year) = main(ranking) else { return Ok(()) };
    let made = book.made().to_owned();
    let mut grid = Grid::begin(book, SHEETS[3], &title(ranking, &format!("{}漏斗图", year.headline)), &made)?;
    if let Some(head) = header(ranking) {
        grid.sheet.set_header(head.as_str());
    }
    match &year.funnel {
        None => {
            for note in year.notes.iter().filter(|n| n.zh.contains("漏斗图")) {
                grid.note(&note.zh)?;
            }
            grid.finish(book)
        }
        Some(funnel) => {
            let chart = chart(funnel);
            grid.sheet.insert_chart_with_offset(grid.row, 0, &chart, 4, 8)?;
            grid.row += (HEIGHT + 12).div_ceil(18);
            for said in &funnel.said {
                grid.note(&said.zh)?;
            }
            grid.note(&funnel.method.zh)?;
            grid.finish(book)?;
            numbers(book, ranking, funnel)
        }
    }
}

fn chart(funnel: &Funnel) -> Chart {
    let last = FIRST + u32::try_from(funnel.points.len()).unwrap_or(1).saturating_sub(1);
    let sheet = SHEETS[4];
    let mut chart = Chart::new(ChartType::Scatter);
    let hidden = || ChartMarker::new().set_none().clone();
    let line = |colour: u32, dash: ChartLineDashType| {
        ChartFormat::new().set_line(ChartLine::new().set_color(colour).set_width(1.25).set_dash_type(dash)).clone()
    };
    for (name, col, mut format) in [
        ("合计", 4, line(0x0059_5959, ChartLineDashType::Solid)),
        ("95% 界线（下）", 5, line(0x0070_AD47, ChartLineDashType::Dash)),
        ("95% 界线（上）", 6, line(0x0070_AD47, ChartLineDashType::Dash)),
        ("99.8% 界线（下）", 7, line(0x00D9_6459, ChartLineDashType::SquareDot)),
        ("99.8% 界线（上）", 8, line(0x00D9_6459, ChartLineDashType::SquareDot)),
    ] {
        let series = chart.add_series();
        series.set_name(name).set_categories((sheet, FIRST, 1, last, 1)).set_values((sheet, FIRST, col, last, col));
        series.set_format(&mut format).set_marker(&hidden());
    }
    let mut dot = ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(0x001F_4E79)).clone();
    let marker = ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(6).set_format(&mut dot).clone();
    let series = chart.add_series();
    series.set_name("各机构").set_categories((sheet, FIRST, 1, last, 1)).set_values((sheet, FIRST, 3, last, 3));
    series.set_marker(&marker).set_format(ChartFormat::new().set_no_line());
    let mut font = ChartFont::new();
    font.set_name(FONT).set_size(9);
    chart.title().set_name(&format!("{}与评查件数", funnel.rate)).set_font(ChartFont::new().set_name(FONT).set_size(12));
    chart.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom).set_font(&font);
    chart.x_axis().set_name("评查件数").set_font(&font).set_min(0).set_major_gridlines(false);
    chart.y_axis().set_name(funnel.rate.as_str()).set_font(&font).set_num_format("0%").set_max(1);
    chart.set_width(PIXELS * u32::from(COLUMNS) - 8).set_height(HEIGHT);
    chart
}

fn numbers(book: &mut Book, ranking: &Ranking, funnel: &Funnel) -> Result<()> {
    let columns = vec![
        Column::new(who(ranking), 170, Kind::Text),
        Column::new("评查数", 64, Kind::Number),
        Column::new("达到件数", 70, Kind::Number),
        Column::new(funnel.rate.clone(), 80, Kind::Fine),
        Column::new("合计", 80, Kind::Fine),
        Column::new("95%\n下界线", 80, Kind::Fine),
        Column::new("95%\n上界线", 80, Kind::Fine),
        Column::new("99.8%\n下界线", 80, Kind::Fine),
        Column::new("99.8%\n上界线", 80, Kind::Fine),
        Column::new("位置", 150, Kind::Centre),
    ];
    let note =
        "按评查数排列；图上的线经过各机构的界线。界线以外只说明值得看一看，不是对质量的结论。等次未定的机构没有率，图上不画，也不判断。";
    let plan = Plan { name: SHEETS[4], title: title(ranking, "漏斗图数据"), note: note.to_owned(), columns, keys: 1 };
    let mut page = Page::begin(book, plan)?;
    stamped(&mut page, ranking);
    for point in &funnel.points {
        page.row(&[
            Cell::text(point.name.clone()),
            Cell::count(point.n),
            Cell::count(point.k),
            // A blank cell is no dot on the chart.
            if point.place == "open" { Cell::Blank } else { Cell::Number(share(point.k, point.n)) },
            Cell::Number(share(funnel.centre[0], funnel.centre[1])),
            Cell::Number(point.limits95[0]),
            Cell::Number(point.limits95[1]),
            Cell::Number(point.limits998[0]),
            Cell::Number(point.limits998[1]),
            Cell::text(place(&point.place)),
        ])?;
    }
    page.finish()
}

fn place(id: &str) -> &'static str {
    match id {
        "inside" => "界线以内",
        "low95" => "低于 95% 下界线",
        "low998" => "低于 99.8% 下界线",
        "high95" => "高于 95% 上界线",
        "high998" => "高于 99.8% 上界线",
        "open" => "有未定的，不判断",
        _ => NONE,
    }
}
