//! 承办人: results by firm and by lawyer. Must not rank people on a handful of cases: few cases are marked.

use std::collections::BTreeMap;

use super::Input;
use crate::base::points::Points;
use crate::record::v1::CaseRecord;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::figures::{Tally, field, is_selected, range, share};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;
use crate::report::words::sheets;

/// Below so many cases a rate says little.
const FEW: u64 = 5;

#[derive(Debug, Default)]
struct Sum<'a> {
    firm: &'a str,
    n: u64,
    grades: Vec<u64>,
    open: u64,
    k: [u64; 2],
    /// Sums in hundredths: exact fractions of many cases have no common denominator that fits.
    marks: [i64; 2],
    marked: i64,
    lost: BTreeMap<&'a str, Points>,
}

impl<'a> Sum<'a> {
    fn add(&mut self, input: &Input<'_>, case: &'a CaseRecord, top: Option<usize>) {
        let frame = &input.frame;
        self.n += 1;
        self.grades.resize(frame.grades.len(), 0);
        match case.grade.as_deref().and_then(|g| self.grades.get_mut(frame.rank(g))) {
            Some(n) => *n += 1,
            None => self.open += 1,
        }
        if let (Some(top), false) = (top, case.possible.is_empty()) {
            self.k[0] += u64::from(case.possible.iter().all(|g| frame.rank(g) < top));
            self.k[1] += u64::from(case.possible.iter().any(|g| frame.rank(g) < top));
        }
        if let Some(marks) = &case.marks {
            self.marks = [self.marks[0] + marks.low.hundredths(), self.marks[1] + marks.high.hundredths()];
            self.marked += 1;
        }
        for finding in case.findings.iter().filter(|f| !f.lost[0].points().is_zero()) {
            *self.lost.entry(&finding.criterion).or_default() += finding.lost[0].points();
        }
    }

    fn mean(&self, end: usize) -> Cell<'static> {
        let mean = self.marks.get(end).and_then(|sum| Points::ratio(*sum, self.marked * 100));
        mean.map_or(Cell::Blank, |p| Cell::Number(p.shown()))
    }

    fn main(&self) -> String {
        let mut lost: Vec<_> = self.lost.iter().collect();
        lost.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        lost.iter().take(3).map(|(id, points)| format!("{id} -{points}")).collect::<Vec<_>>().join("；")
    }
}

/// Writes the sheet.
///
/// # Errors
/// When a sheet does not take it.
pub fn write(book: &mut Book, input: &Input<'_>) -> Result<()> {
    let tally = Tally::new(&input.frame, input.cases);
    let rate = input.office.headline();
    let top = rate.and_then(|r| tally.top(&input.frame, r));
    let name = rate.map_or("优良率", |r| r.name.as_str());
    let mut firms: BTreeMap<&str, Sum> = BTreeMap::new();
    let mut lawyers: BTreeMap<(&str, &str), Sum> = BTreeMap::new();
    for case in input.cases.iter().filter(|c| is_selected(c)) {
        let firm = blank(field(case, "firm"));
        firms.entry(firm).or_default().add(input, case, top);
        // A case of two lawyers counts for both.
        for lawyer in field(case, "lawyer").split(['、', '；', ';', ',', '，']).map(str::trim) {
            let sum = lawyers.entry((blank(lawyer), firm)).or_default();
            sum.firm = firm;
            sum.add(input, case, top);
        }
    }
    let mut columns = vec![
        Column::new("类别", 64, Kind::Centre),
        Column::new("承办机构", 230, Kind::Text),
        Column::new("承办人", 90, Kind::Centre),
        Column::new("案件数", 60, Kind::Number),
    ];
    columns.extend(input.frame.grades.iter().map(|g| Column::new(*g, 60, Kind::Number)));
    columns.extend([
        Column::new("未定", 60, Kind::Number),
        Column::new(format!("{name}\n件数"), 74, Kind::Centre),
        Column::new(format!("{name}\n（确定）"), 78, Kind::Percent),
        Column::new(format!("{name}\n（最高）"), 78, Kind::Percent),
        Column::new("平均分\n（确定）", 70, Kind::Number),
        Column::new("平均分\n（最高）", 70, Kind::Number),
        Column::new("主要失分", 230, Kind::Text),
        Column::new("备注", 126, Kind::Centre),
    ]);
    let note = format!("先按承办机构、后按承办人，用“类别”筛选。两人合办的案件各计一次。少于 {FEW} 件的注明“样本少”，不宜据以评价个人。");
    let plan = Plan { name: sheets::PEOPLE, title: input.title("按承办机构、承办人统计"), note, columns, keys: 3 };
    let mut page = Page::begin(book, plan)?;
    for (firm, sum) in &firms {
        page.row(&cells("机构", firm, "—", sum, top))?;
    }
    for ((lawyer, _), sum) in &lawyers {
        page.row(&cells("个人", sum.firm, lawyer, sum, top))?;
    }
    page.finish()
}

fn blank(name: &str) -> &str {
    if name.is_empty() { "（未填）" } else { name }
}

fn cells<'c>(class: &'c str, firm: &'c str, lawyer: &'c str, sum: &Sum<'_>, top: Option<usize>) -> Vec<Cell<'c>> {
    let mut cells = vec![Cell::text(class), Cell::text(firm), Cell::text(lawyer), Cell::count(sum.n)];
    cells.extend(sum.grades.iter().map(|n| Cell::count(*n)));
    cells.push(Cell::count(sum.open));
    if top.is_some() {
        cells.push(Cell::text(format!("{}/{}", range(sum.k[0], sum.k[1]), sum.n)));
        cells.extend(sum.k.map(|k| Cell::Number(share(k, sum.n))));
    } else {
        cells.extend([Cell::text("—"), Cell::text("—"), Cell::text("—")]);
    }
    cells.extend([sum.mean(0), sum.mean(1), Cell::text(sum.main())]);
    cells.push(Cell::text(if sum.n < FEW { "样本少，仅供参考" } else { "" }));
    cells
}
