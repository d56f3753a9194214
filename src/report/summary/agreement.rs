//! 一致性: every figure of agreement with interval, counts, plain words and source; objections below. Must not leave out a figure that is
//! not flattering: what is undefined says why.

use std::sync::Arc;

use super::Input;
use crate::record::v1::{Figure, Panel};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::percent;
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::{self, NO_DATA};

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>, panel: &Panel) -> Result<()> {
    let columns = vec![
        Column::new("指标", 190, Kind::Text),
        Column::new("比较谁", 104, Kind::Centre),
        Column::new("数值", 62, Kind::Centre),
        Column::new("95% 区间", 108, Kind::Centre),
        Column::new("案件数", 52, Kind::Number),
        Column::new("比较对数（两份一对）", 70, Kind::Number),
        Column::new("一句话", 440, Kind::Text),
        Column::new("来源", 210, Kind::Text),
    ];
    let note = "各人背靠背评同一案件，结果有多一致。只用填完的一评和二评；加评的案件是有意挑选的，另计。各指标全部列出，不挑选；\
                算不出来的写“无数据”，并说明原因。κ、AC1、AC2、α：1 为完全一致，0 与碰巧相当；ICC：1 为最高。\
                这些数只说明评分是否可靠，绝不用来改动任何得分、等次或者比率。";
    let plan =
        Plan { name: words::PANEL[1], title: input.title("评估专家评分的一致性"), note: note.to_owned(), columns, keys: 1 };
    let mut page = Page::begin(book, plan)?;
    page.unfiltered();
    let (all, pairs): (Vec<&Figure>, Vec<&Figure>) = panel.agreement.iter().partition(|f| f.between.is_empty());
    page.band("全体评估专家")?;
    for figure in all {
        page.row(&row(figure))?;
    }
    if !pairs.is_empty() {
        page.band("两两比较（共同评过 5 件以上的）")?;
    }
    for figure in pairs {
        page.row(&row(figure))?;
    }
    objections(&mut page, input, panel)?;
    page.finish()
}

fn row(figure: &Figure) -> Vec<Cell<'_>> {
    let share = matches!(figure.id.as_str(), "exact" | "within_one");
    let shown = |value: f64| if share { format!("{:.1}%", value * 100.0) } else { format!("{:.2}", (value * 100.0).round() / 100.0 + 0.0) };
    vec![
        Cell::text(&*figure.name.zh),
        Cell::text(if figure.between.is_empty() { "全体".to_owned() } else { figure.between.join(" 与 ") }),
        Cell::text(figure.value.map_or_else(|| NO_DATA.to_owned(), shown)),
        Cell::text(figure.ci95.map_or_else(|| "—".to_owned(), |[low, high]| format!("{} 至 {}", shown(low), shown(high)))),
        Cell::count(figure.cases),
        Cell::count(figure.pairs),
        Cell::text(&*figure.plain.zh),
        Cell::text(source(&figure.source)),
    ]
}

/// A source with the words around names and years in Chinese.
fn source(source: &str) -> String {
    let words = [
        ("share of agreeing pairs", "一致的对数占比"),
        ("missing marks and interval: ", "缺评的处理和区间："),
        ("interval: jackknife over cases, ", "区间：按案件刀切，"),
        ("interval: ", "区间："),
        (" and ", "、"),
        (", ", "、"),
        ("; ", "；"),
    ];
    words.iter().fold(source.to_owned(), |text, (en, zh)| text.replace(en, zh))
}

/// Objections: all, by criterion, by reviewer whose mark it was.
fn objections(page: &mut Page<'_>, input: &Input<'_>, panel: &Panel) -> Result<()> {
    let told = &panel.objections;
    page.section("申诉", &[("类别", 1), ("编号", 1), ("变更", 1), ("已决定", 1), ("变更占已决定", 2), ("说明", 2)])?;
    let mut line = |kind: &str, id: &str, [upheld, decided]: [u64; 2], said: String| {
        let share = if decided == 0 { NO_DATA.to_owned() } else { percent(upheld, decided) };
        page.kinds(&[
            (kind.to_owned(), 1, Kind::Text),
            (id.to_owned(), 1, Kind::Centre),
            (upheld.to_string(), 1, Kind::Centre),
            (decided.to_string(), 1, Kind::Centre),
            (share, 2, Kind::Centre),
            (said, 2, Kind::Text),
        ])
    };
    let open = told.all.saturating_sub(told.decided);
    let open = if open > 0 { format!("，其中 {open} 件未决定或者决定无效") } else { String::new() };
    line("全部", "—", [told.upheld, told.decided], format!("共提出 {} 件{open}", told.all))?;
    for (id, counts) in &told.by_criterion {
        line("按指标", id, *counts, title(input, id))?;
    }
    for (code, counts) in &told.by_reviewer {
        let name = panel.reviewers.iter().find(|r| r.code == *code).map_or("", |r| &r.name);
        line("按原评的评估专家", code, *counts, name.to_owned())?;
    }
    Ok(())
}

/// Title of a criterion or red line of any rubric.
fn title(input: &Input<'_>, id: &Arc<str>) -> String {
    let rubrics = &input.results.rubrics;
    let criterion = rubrics.iter().flat_map(|r| &r.criteria).find(|c| *c.id == **id).map(|c| c.title.zh.to_string());
    let line = || rubrics.iter().flat_map(|r| &r.red_lines).find(|l| *l.id == **id).map(|l| format!("红线：{}", l.title.zh));
    criterion.or_else(line).unwrap_or_default()
}
