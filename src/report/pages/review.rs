//! 评议情况: what each reviewer's marks come to, how they became the result, who confirmed it, what was set aside, objections.
//! Must not be there where no case went through a round of review, nor settle anything.

use rust_xlsxwriter::{ConditionalFormatFormula, Format};

use super::Input;
use super::cases::standing;
use crate::record::number::Number;
use crate::record::v1::{CasePanel, CaseRecord, ObjectionRecord, Opinion, Overridden};
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{grade_text, is_selected, place};
use crate::report::sheet::{FIRST, Page, Plan};
use crate::report::style::{self, Kind};
use crate::report::words::{self, sheets};

/// What heads the rows of a case.
const RESULT: &str = "结果";

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    if !input.cases.iter().any(|c| c.panel.is_some()) {
        return Ok(());
    }
    let columns = vec![
        Column::new("案号", 165, Kind::Centre),
        Column::new("事项", 62, Kind::Centre),
        Column::new("谁", 120, Kind::Centre),
        Column::new("得分", 84, Kind::Centre),
        Column::new("等次", 110, Kind::Centre),
        Column::new("情况", 470, Kind::Text),
        Column::new("出处", 220, Kind::Text),
    ];
    let note = "每案先列结果（灰底），后列各份评分各自算出的得分和等次、被改判的机检结论、申诉、亮点、不足和建议。\
                每一份评分都保留；机检结论与改判并列，可以复核。用“事项”筛选。";
    let plan = Plan { name: sheets::REVIEW, title: input.title("评议情况"), note: note.to_owned(), columns, keys: 2 };
    let mut page = Page::begin(book, plan)?;
    page.after(|sheet, last| {
        // Stronger than the bands of every second row.
        let grey = Format::new().set_background_color(style::OPEN);
        let rule = ConditionalFormatFormula::new().set_rule(format!("=$B{}=\"{RESULT}\"", FIRST + 1).as_str()).set_format(grey);
        sheet.add_conditional_format(FIRST, 0, last, 6, &rule).map(|_| ()).map_err(Into::into)
    });
    for case in input.cases.iter().filter(|c| is_selected(c)) {
        let Some(panel) = case.panel.as_deref() else { continue };
        page.group(&result(input, case, panel))?;
        for opinion in &panel.opinions {
            page.row(&reading(input, case, opinion))?;
        }
        for overridden in &panel.overridden {
            page.row(&set_aside(input, case, overridden))?;
        }
        for objection in &panel.objections {
            page.row(&objected(input, case, objection))?;
        }
        for remark in &panel.remarks {
            let mut cells = begin(input, case, words::remark(&remark.kind), remark.reviewer.to_string());
            cells.extend([Cell::Blank, Cell::Blank, Cell::text(&*remark.text), Cell::Blank]);
            page.row(&cells)?;
        }
    }
    page.finish()
}

/// The first three cells of every row, so that filters keep a case together.
fn begin<'a>(input: &Input<'_>, case: &'a CaseRecord, what: &'a str, who: String) -> Vec<Cell<'a>> {
    vec![Cell::text(input.label(case)), Cell::text(what), Cell::text(who)]
}

fn result<'a>(input: &Input<'_>, case: &'a CaseRecord, panel: &'a CasePanel) -> Vec<Cell<'a>> {
    let confirmed = panel.confirmed.as_ref();
    let mut cells = begin(input, case, RESULT, confirmed.map(|c| c.by.join("、")).unwrap_or_default());
    cells.push(Cell::text(case.marks.as_ref().map(|m| points(m.low, m.high)).unwrap_or_default()));
    cells.push(Cell::text(grade_text(&input.frame, case)));
    let mut said = format!("{}。{}：{}", standing(case), words::settled(&panel.how), panel.why.zh);
    if panel.needs > 0 {
        said += &format!(" 还需 {} 位评估专家评分。", panel.needs);
    }
    cells.push(Cell::text(said));
    cells.push(Cell::text(confirmed.map(|c| c.places.iter().map(place).collect::<Vec<_>>().join("\n")).unwrap_or_default()));
    cells
}

fn reading<'a>(input: &Input<'_>, case: &'a CaseRecord, opinion: &'a Opinion) -> Vec<Cell<'a>> {
    let mut cells = begin(input, case, words::turn(&opinion.turn), opinion.reviewers.join("＋"));
    cells.push(Cell::text(opinion.low.zip(opinion.high).map(|(low, high)| points(low, high)).unwrap_or_default()));
    cells.push(Cell::text(opinion.grade.as_deref().unwrap_or("未定")));
    let state = match (opinion.complete, opinion.places.is_empty()) {
        (true, false) => "已评完并签名",
        (true, true) => "已评完，没有签名的评分表",
        (false, _) => "尚未评完或者尚未签名",
    };
    let own = opinion.confirmed.as_deref().map(|grade| format!("，本人评定“{grade}”")).unwrap_or_default();
    let parts = if opinion.reviewers.len() > 1 { "（规范性、业务性分工合评）" } else { "" };
    cells.push(Cell::text(format!("{state}{own}{parts}")));
    cells.push(Cell::text(opinion.places.iter().map(place).collect::<Vec<_>>().join("\n")));
    cells
}

fn set_aside<'a>(input: &Input<'_>, case: &'a CaseRecord, overridden: &'a Overridden) -> Vec<Cell<'a>> {
    let mut cells = begin(input, case, "改判", String::new());
    let title = input.frame.title(case.rubric.as_deref(), &overridden.criterion);
    let said = format!(
        "{} {title}。机检：{}，{}。人工：{}",
        overridden.criterion,
        words::outcome(&overridden.outcome),
        overridden.message.zh,
        overridden.by.zh
    );
    cells.push(Cell::text(format!("机检 {}", points(overridden.low, overridden.high))));
    cells.extend([Cell::Blank, Cell::text(said), Cell::Blank]);
    cells
}

fn objected<'a>(input: &Input<'_>, case: &'a CaseRecord, objection: &'a ObjectionRecord) -> Vec<Cell<'a>> {
    let mut cells = begin(input, case, "申诉", objection.deciders.join("、"));
    let ends = [&objection.before, &objection.after].map(|m| m.as_deref().unwrap_or("—"));
    cells.push(Cell::text(if objection.after.is_some() {
        ends.join(" → ")
    } else {
        ends.first().map_or_else(String::new, |m| (*m).to_owned())
    }));
    cells.push(Cell::text(words::objection(&objection.state)));
    let title = input.frame.title(case.rubric.as_deref(), &objection.criterion);
    let role = match objection.role.as_deref() {
        Some("office") => "（机构）",
        Some("lawyer") => "（承办人）",
        _ => "",
    };
    let mut parts = vec![format!("{} {title}。{}{role}提出", objection.criterion, objection.by)];
    let mut say = |name: &str, value: Option<&str>| parts.extend(value.map(|v| format!("{name}{v}")));
    say("理由：", objection.reason.as_deref());
    say("证据：", objection.evidence.as_deref());
    say("该材料", objection.existed.map(|existed| if existed { "评估时已存在" } else { "为事后形成" }));
    say("送达 ", objection.served.as_deref());
    say("提出 ", objection.raised.as_deref());
    say("期限至 ", objection.due.as_deref());
    say("决定 ", objection.decided.as_deref());
    let first = objection.reviewers.join("、");
    say("原评：", (!first.is_empty()).then_some(&*first));
    cells.push(Cell::text(format!("{}。{}", parts.join("；"), objection.said.zh)));
    cells.push(Cell::text(place(&objection.place)));
    cells
}

/// `83.5`, or `80～90` while open.
fn points(low: Number, high: Number) -> String {
    if low == high { low.to_string() } else { format!("{low}～{high}") }
}
