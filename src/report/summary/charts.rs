//! 图表: the headline rate and the grades of every office. Must not hold numbers: charts point at 总表.

use rust_xlsxwriter::{Chart, ChartFont, ChartFormat, ChartLine, ChartSolidFill, ChartType};

use super::Input;
use super::offices::Columns;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::grid::{COLUMNS, Grid, PIXELS};
use crate::report::style::{FONT, grade_ink};
use crate::report::words::SUMMARY;

/// Writes the sheet.
///
/// # Errors
/// When the sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>, at: &Columns) -> Result<()> {
    let made = book.made().to_owned();
    let mut grid = Grid::begin(book, SUMMARY[1], &input.title("各机构评查情况图"), &made)?;
    let n = u32::try_from(input.results.offices.len()).unwrap_or(u32::MAX);
    if n == 0 {
        grid.note("没有机构。")?;
        return grid.finish(book);
    }
    // One bar an office, every name shown (in LibreOffice too); two charts of twelve fill one page.
    let pixels = (n.min(400) * 22 + 84).max(240);
    let rate = input.rates.get(input.headline()).copied().unwrap_or("比率");
    let [first, last] = at.rows;
    let series = |chart: &mut Chart, name: &str, col: u16, colour: u32| {
        let fill = ChartSolidFill::new().set_color(colour).clone();
        let series = chart.add_series();
        series.set_name(name).set_categories((SUMMARY[0], first, 0, last, 0)).set_values((SUMMARY[0], first, col, last, col));
        // Bars of one office lie on each other: the front one hides part of the one behind, or they are stacked.
        series.set_format(ChartFormat::new().set_solid_fill(&fill)).set_gap(45).set_overlap(100);
    };

    let mut rates = Chart::new(ChartType::Bar);
    // The wider bar behind is what is possible, the one in front what is sure.
    series(&mut rates, "最高（待核、待评事项全部有利）", at.rate[1], 0x00D9_D9D9);
    series(&mut rates, "确定", at.rate[0], 0x0070_AD47);
    dress(&mut rates, &format!("各机构{rate}"), pixels);
    rates.x_axis().set_min(0).set_max(1).set_num_format("0%");
    place(&mut grid, &rates, pixels)?;

    let mut grades = Chart::new(ChartType::BarPercentStacked);
    for (rank, grade) in input.grades.iter().enumerate() {
        series(&mut grades, grade, at.grades + u16::try_from(rank).unwrap_or(0), grade_ink(rank, input.grades.len()));
    }
    // 等次未定 stands just before the grades.
    series(&mut grades, "未定", at.grades - 1, 0x00BF_BFBF);
    dress(&mut grades, "各机构等次构成", pixels);
    place(&mut grid, &grades, pixels)?;
    grid.finish(book)
}

fn dress(chart: &mut Chart, title: &str, pixels: u32) {
    let mut font = ChartFont::new();
    font.set_name(FONT).set_size(8);
    chart.title().set_name(title).set_font(ChartFont::new().set_name(FONT).set_size(12));
    chart.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom).set_font(&font);
    // First office on top, as in the table.
    chart.y_axis().set_reverse().set_font(&font).set_label_interval(1);
    chart.x_axis().set_font(&font).set_major_gridlines(true).set_major_gridlines_line(ChartLine::new().set_color(0x00E3_E3E3));
    chart.set_width(PIXELS * u32::from(COLUMNS) - 8).set_height(pixels);
}

fn place(grid: &mut Grid, chart: &Chart, pixels: u32) -> Result<()> {
    grid.sheet.insert_chart_with_offset(grid.row, 0, chart, 4, 8)?;
    grid.row += (pixels + 12).div_ceil(19);
    Ok(())
}
