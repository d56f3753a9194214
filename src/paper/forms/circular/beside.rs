//! Beside the circular: 通报数据.xlsx for those who review, and 数字核对表.xlsx, in which a person ticks off every figure that is printed.
//! Must not put anything into the latter that the circular does not print.

use std::collections::BTreeSet;

use super::data::Data;
use crate::paper::docx::Template;
use crate::paper::fact::Facts;
use crate::paper::form::Beside;
use crate::paper::setting::{COMMON, Setting};
use crate::record::v1::{CaseRecord, Office, Results};
use crate::report::Result;
use crate::report::audience::Audience;
use crate::report::book::{About, Book};
use crate::report::cell::{Cell, Column};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words;

/// Name of the table of figures.
pub const CHECK: &str = "数字核对表";
/// How a source reads.
const NOTE: &str = "按通报印出的次序逐个列出数字。来源为 results.json 中的位置，几个数字的来源依次用“；”分开：÷ 为相除所得百分数，− 为相减，# 为个数，\
                    最小、最大为各机构中的最小、最大数；“排名”为按通报所述次序由该机构的数字排出；“设定”为制作时给定的数，cases.jsonl 为逐案计数。核对无误的在“复核”栏打勾。";

struct Gathered {
    data: Data,
}

/// Nothing gathered yet.
pub fn new() -> Box<dyn Beside> {
    Box::new(Gathered { data: Data::default() })
}

impl Beside for Gathered {
    fn office(&mut self, results: &Results, office: &Office, cases: &[CaseRecord]) {
        self.data.add(results, office, cases);
    }

    fn add(&self, results: &Results, facts: &mut Facts) {
        self.data.good(results, facts);
    }

    fn finish(
        self: Box<Self>,
        setting: &Setting<'_>,
        results: &Results,
        template: &Template,
        papers: &[Facts],
    ) -> Result<Vec<(String, Audience, Vec<u8>)>> {
        let data = self.data.workbook(setting, results)?;
        let check = table(setting, results, template, papers)?;
        Ok(vec![("通报数据.xlsx".to_owned(), Audience::Internal, data), (format!("{CHECK}.xlsx"), Audience::Public, check)])
    }
}

/// A figure that is printed: placeholder, words, what it is, source.
pub struct Printed {
    /// `总体.件数`
    pub name: String,
    /// As printed.
    pub text: String,
    /// Where from.
    pub source: String,
}

/// Every figure that these papers print, in order.
pub fn printed(template: &Template, papers: &[Facts]) -> Vec<Printed> {
    let mut all = Vec::new();
    for facts in papers {
        template.visit(facts, &mut |name, fact| {
            if let Some(fact) = fact.filter(|f| !f.source.is_empty()) {
                all.push(Printed { name, text: fact.text.clone(), source: fact.source.clone() });
            }
        });
    }
    all
}

/// The one office or criterion that a source is about.
fn about(results: &Results, source: &str) -> Option<String> {
    let number = |piece: &str| piece.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().ok();
    let all = |mark: &str| source.split(mark).skip(1).map(number).collect::<BTreeSet<_>>();
    if let (Some(Some(at)), 1) = (all("/offices/").first().copied(), all("/offices/").len()) {
        return results.offices.get(at).map(|o| o.name.clone());
    }
    let pooled = all("/groups/").first().copied().flatten().and_then(|at| results.groups.get(at))?;
    let lost = pooled.lost.get(all("/lost/").first().copied().flatten()?)?;
    let criterion = results.rubric(&lost.rubric)?.criteria.iter().find(|c| c.id == lost.criterion)?;
    Some(criterion.title.zh.to_string())
}

fn table(setting: &Setting<'_>, results: &Results, template: &Template, papers: &[Facts]) -> Result<Vec<u8>> {
    let batch = &results.batch;
    let said = |name: &str| setting.common.value(name).map_or("", |f| f.text.as_str()).to_owned();
    let fictitious = words::is_fictitious(&batch.title);
    let mark = if fictitious { words::FICTITIOUS } else { "" };
    let mut book = Book::about(&About {
        title: format!("{mark}{}{CHECK}", batch.title),
        author: format!("{} {}", results.tool.name, results.tool.version),
        day: batch.as_of.clone(),
        made: format!("评查批次：{}　　标准版本：{}　　结果校验码：{}", batch.title, said("标准版本"), said("校验码")),
        fictitious,
        comment: said("标准版本"),
    })?;
    let columns = vec![
        Column::new("序号", 46, Kind::Number),
        Column::new("占位符", 130, Kind::Text),
        Column::new("印出的数字", 190, Kind::Text),
        Column::new("含义", 200, Kind::Text),
        Column::new("来源", 420, Kind::Text),
        Column::new("复核", 60, Kind::Centre),
    ];
    let draft = if setting.draft { "（草稿，未定稿）" } else { "" };
    let plan = Plan { name: CHECK, title: format!("{mark}通报{CHECK}{draft}"), note: NOTE.to_owned(), columns, keys: 2 };
    let mut page = Page::begin(&mut book, plan)?;
    let what = |figure: &Printed| {
        let named = super::NAMES.iter().chain(COMMON).find(|n| n.name == figure.name).map_or("", |n| &*n.what.zh);
        about(results, &figure.source).map_or_else(|| named.to_owned(), |of| format!("{of}：{named}"))
    };
    for (n, figure) in (1..).zip(&printed(template, papers)) {
        page.row(&[
            Cell::count(n),
            Cell::text(&*figure.name),
            Cell::text(&*figure.text),
            Cell::text(what(figure)),
            Cell::text(figure.source.replace('；', "；\n")),
            Cell::Blank,
        ])?;
    }
    page.finish()?;
    book.bytes()
}
