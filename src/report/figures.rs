//! What the pages of a workbook count from case records, and formulas whose values are those of the results.
//! Must not grade: every figure is already in the records.

use std::collections::{BTreeMap, HashMap};

use super::cell::Cell;
use crate::base::points::Points;
use crate::record::v1::{self, CaseRecord, CriterionRecord, Finding, PlaceRecord, Rate, RedLineRecord, RubricRecord};

/// Rubrics, grades and groups of one office's cases.
#[derive(Debug)]
pub struct Frame<'a> {
    /// Rubrics that its cases use, or all when it has no case.
    pub rubrics: Vec<&'a RubricRecord>,
    /// Grade titles, best first.
    pub grades: Vec<&'a str>,
    /// Group titles in order, with their points when all rubrics agree on them.
    pub groups: Vec<(&'a str, Option<Points>)>,
    criteria: HashMap<(&'a str, &'a str), &'a CriterionRecord>,
    group_of: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Frame<'a> {
    /// The frame of these cases.
    pub fn new(rubrics: &'a [RubricRecord], cases: &[CaseRecord]) -> Self {
        let used: Vec<&RubricRecord> = rubrics.iter().filter(|r| cases.iter().any(|c| c.rubric.as_deref() == Some(&*r.id))).collect();
        let rubrics = if used.is_empty() { rubrics.iter().collect() } else { used };
        let mut frame = Self { rubrics, grades: vec![], groups: vec![], criteria: HashMap::new(), group_of: HashMap::new() };
        for rubric in &frame.rubrics {
            for grade in &rubric.grades {
                if !frame.grades.contains(&grade.title.as_str()) {
                    frame.grades.push(&grade.title);
                }
            }
            for group in &rubric.groups {
                match frame.groups.iter_mut().find(|(title, _)| *title == group.title) {
                    Some((_, points)) if *points == Some(group.points.points()) => {}
                    Some((_, points)) => *points = None,
                    None => frame.groups.push((&group.title, Some(group.points.points()))),
                }
            }
            let place = |c: &CriterionRecord| frame.groups.iter().position(|(t, _)| *t == c.group).unwrap_or(usize::MAX);
            frame.group_of.insert(&rubric.id, rubric.criteria.iter().map(place).collect());
            frame.criteria.extend(rubric.criteria.iter().map(|c| ((rubric.id.as_str(), c.id.as_str()), c)));
        }
        frame
    }

    /// A criterion of a rubric.
    pub fn criterion(&self, rubric: Option<&str>, id: &str) -> Option<&'a CriterionRecord> {
        self.criteria.get(&(rubric?, id)).copied()
    }

    /// Title of what a finding is about: a criterion, a red line, or the id itself.
    pub fn title(&self, rubric: Option<&str>, id: &str) -> String {
        match self.criterion(rubric, id) {
            Some(criterion) => criterion.title.zh.to_string(),
            None => self.red_line(rubric, id).map_or_else(|| id.to_owned(), |r| format!("红线：{}", r.title.zh)),
        }
    }

    /// Whether a finding is a signal for a person (线索): pending, and of no criterion or red line of the rubric.
    pub fn is_signal(&self, rubric: Option<&str>, finding: &Finding) -> bool {
        let id = &finding.criterion;
        finding.outcome == "pending" && self.criterion(rubric, id).is_none() && self.red_line(rubric, id).is_none()
    }

    fn red_line(&self, rubric: Option<&str>, id: &str) -> Option<&'a RedLineRecord> {
        self.rubrics.iter().filter(|r| Some(r.id.as_str()) == rubric).flat_map(|r| &r.red_lines).find(|r| r.id == id)
    }

    /// Whether no rubric has points.
    pub fn is_levels(&self) -> bool {
        !self.rubrics.is_empty() && self.rubrics.iter().all(|r| r.scheme == "levels")
    }

    /// Every criterion id of the rubrics with its title, in their order; one that several share comes once.
    pub fn indicators(&self) -> Vec<(&'a str, &'a str)> {
        let mut all: Vec<(&str, &str)> = Vec::new();
        for c in self.rubrics.iter().flat_map(|r| &r.criteria) {
            if !all.iter().any(|(id, _)| *id == c.id) {
                all.push((&c.id, &c.title.zh));
            }
        }
        all
    }

    /// Rank of a grade title, the best 0.
    pub fn rank(&self, grade: &str) -> usize {
        self.grades.iter().position(|g| *g == grade).unwrap_or(usize::MAX)
    }

    /// Points that a case got in every group, low and high; nothing where nothing applies.
    pub fn groups_of(&self, case: &CaseRecord) -> Vec<Option<[Points; 2]>> {
        let mut sums = vec![None; self.groups.len()];
        let Some(places) = case.rubric.as_deref().and_then(|r| self.group_of.get(r)) else { return sums };
        for (result, place) in case.criteria.iter().zip(places) {
            if result.outcome == "not_applicable" {
                continue;
            }
            if let Some(sum) = sums.get_mut(*place) {
                let [low, high] = sum.unwrap_or_default();
                *sum = Some([low + result.low.points(), high + result.high.points()]);
            }
        }
        sums
    }

    /// Levels that a case got in every group, such as `A×3 B×1`.
    pub fn levels_of(&self, case: &CaseRecord) -> Vec<String> {
        let mut counts: Vec<Vec<(&str, u32)>> = vec![vec![]; self.groups.len()];
        let places = case.rubric.as_deref().and_then(|r| self.group_of.get(r));
        for (result, place) in case.criteria.iter().zip(places.into_iter().flatten()) {
            let (Some(level), Some(list)) = (result.level.as_deref(), counts.get_mut(*place)) else { continue };
            match list.iter_mut().find(|(l, _)| *l == level) {
                Some((_, n)) => *n += 1,
                None => list.push((level, 1)),
            }
        }
        let join = |list: Vec<(&str, u32)>| list.iter().map(|(l, n)| format!("{l}×{n}")).collect::<Vec<_>>().join(" ");
        counts.into_iter().map(join).collect()
    }
}

/// Whether a case is graded.
pub fn is_selected(case: &CaseRecord) -> bool {
    case.is_selected()
}

/// Whether a finding is still open rather than decided; every finding is one of both.
pub fn is_open(finding: &Finding) -> bool {
    v1::is_open(&finding.outcome) && finding.lost[0].hundredths() == 0
}

/// What stands behind a grade that is not sure.
pub const OPEN: &str = "（未定）";

/// 等次 as it stands in a cell: the only possible one, `优秀～合格（未定）`, or a dash; `优秀或不合格（未定）` where those between
/// are not possible.
pub fn grade_text(frame: &Frame<'_>, case: &CaseRecord) -> String {
    match (case.grade.as_deref(), case.possible.as_slice()) {
        (Some(grade), _) => grade.to_owned(),
        (None, []) => "—".to_owned(),
        (None, [only]) => only.to_string(),
        (None, [first, .., last]) => {
            let gapless = frame.rank(last).checked_sub(frame.rank(first)) == Some(case.possible.len() - 1);
            if gapless { format!("{first}～{last}{OPEN}") } else { format!("{}{OPEN}", case.possible.join("或")) }
        }
    }
}

/// Points as a cell: a number, or `12～15` while open.
pub fn points<'a>(range: [Points; 2]) -> Cell<'a> {
    if range[0] == range[1] { Cell::Number(range[0].shown()) } else { Cell::text(format!("{}～{}", range[0], range[1])) }
}

/// `3` or `3～5`.
pub fn range(low: u64, high: u64) -> String {
    if low == high { low.to_string() } else { format!("{low}～{high}") }
}

/// A share of 1, or 0 of nothing.
pub fn share(k: u64, n: u64) -> f64 {
    if n == 0 { 0.0 } else { k as f64 / n as f64 }
}

/// A rate as a formula with its value; a dash where there is nothing to take a share of.
pub fn ratio<'a>(formula: String, k: u64, n: u64) -> Cell<'a> {
    if n == 0 { Cell::text("—") } else { Cell::Live(formula, share(k, n)) }
}

/// A share without a formula.
pub fn part<'a>(k: u64, n: u64) -> Cell<'a> {
    if n == 0 { Cell::text("—") } else { Cell::Number(share(k, n)) }
}

/// `85.0%`
pub fn percent(k: u64, n: u64) -> String {
    if n == 0 { "—".to_owned() } else { format!("{:.1}%", share(k, n) * 100.0) }
}

/// `85.7%`, or `0.0%～100.0%` while it is not decided.
pub fn percents(low: u64, high: u64, n: u64) -> String {
    let (least, most) = (percent(low, n), percent(high, n));
    if least == most { least } else { format!("{least}～{most}") }
}

/// `3/40` or `3～5/40`.
pub fn fraction(rate: &Rate) -> String {
    format!("{}/{}", range(rate.k_low, rate.k_high), rate.n)
}

/// A place in one line: `东岭区/登记表.xlsx 一月!C12`.
pub fn place(place: &PlaceRecord) -> String {
    let mut said = if &*place.file == "." { "评查文件夹".to_owned() } else { place.file.to_string() };
    let mut add = |part: String| said.push_str(&part);
    if let Some(sheet) = &place.sheet {
        add(format!(" {sheet}"));
    }
    if let Some(cell) = &place.cell {
        add(format!("!{cell}"));
    }
    if let Some(page) = place.page {
        add(format!(" 第{page}页"));
    }
    if let Some(line) = place.line {
        add(format!(" 第{line}行"));
    }
    if let Some(pointer) = &place.pointer {
        add(format!(" {pointer}"));
    }
    said
}

/// All places of a finding, one a line; two papers listed in one cell are one place.
pub fn places(finding: &Finding) -> String {
    let mut all: Vec<String> = Vec::new();
    for said in finding.places.iter().map(place) {
        if !all.contains(&said) {
            all.push(said);
        }
    }
    all.join("\n")
}

/// Everything as written, one a line.
pub fn raws(finding: &Finding) -> String {
    finding.places.iter().filter_map(|p| p.raw.as_deref()).filter(|r| !r.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A field's value, or nothing.
pub fn field<'a>(case: &'a CaseRecord, id: &str) -> &'a str {
    case.fields.get(id).map_or("", |v| &**v)
}

/// The most costly findings in one cell; by level, those that are unmet.
pub fn main_losses(frame: &Frame<'_>, case: &CaseRecord) -> String {
    let levels = case.scheme.as_deref() == Some("levels");
    let costs = |f: &&Finding| if levels { f.outcome == "unmet" } else { f.lost[0].hundredths() != 0 };
    let mut lost: Vec<&Finding> = case.findings.iter().filter(costs).collect();
    lost.sort_by(|a, b| b.lost[0].cmp(&a.lost[0]).then_with(|| a.id.cmp(&b.id)));
    let more = lost.len().saturating_sub(3);
    let mut said: Vec<_> = lost
        .iter()
        .take(3)
        .map(|f| {
            let title = frame.title(case.rubric.as_deref(), &f.criterion);
            if levels { format!("{} {title}", f.criterion) } else { format!("{} {title} -{}", f.criterion, f.lost[0]) }
        })
        .collect();
    if more > 0 {
        said.push(format!("另 {more} 项见扣分明细"));
    }
    said.join("；")
}

/// Grade cells as they stand in a column, and formulas over it.
#[derive(Debug, Default)]
pub struct Tally<'a> {
    /// Every different text of a grade cell with its possible grades and how many cases have it.
    texts: BTreeMap<String, (&'a [std::sync::Arc<str>], u64)>,
    n: u64,
}

impl<'a> Tally<'a> {
    /// Of the selected cases.
    pub fn new(frame: &Frame<'_>, cases: &'a [CaseRecord]) -> Self {
        let mut tally = Self::default();
        for case in cases.iter().filter(|c| is_selected(c)) {
            tally.texts.entry(grade_text(frame, case)).or_insert((&case.possible, 0)).1 += 1;
            tally.n += 1;
        }
        tally
    }

    /// A count as a live formula over the grade column, where the column tells the same count as the results; else the number.
    pub fn live<'c>(&self, column: &str, expected: u64, is_in: impl Fn(&str, &[std::sync::Arc<str>]) -> bool) -> Cell<'c> {
        let chosen: Vec<_> = self.texts.iter().filter(|(text, (possible, _))| is_in(text, possible)).collect();
        let counted: u64 = chosen.iter().map(|(_, (_, n))| n).sum();
        if counted != expected || chosen.is_empty() {
            return Cell::count(expected);
        }
        // Wildcards of COUNTIF stand for themselves behind a tilde.
        let plain = |text: &str| text.replace('~', "~~").replace('*', "~*").replace('?', "~?").replace('"', "\"\"");
        let list: Vec<_> = chosen.iter().map(|(text, _)| format!("\"{}\"", plain(text))).collect();
        Cell::Live(format!("=SUMPRODUCT(COUNTIF({column},{{{}}}))", list.join(",")), expected as f64)
    }

    /// How many grades from the top a rate counts, found by name and proven by its counts; nothing when no number fits.
    pub fn top(&self, frame: &Frame<'_>, rate: &Rate) -> Option<usize> {
        let last = |words: &[&str]| frame.grades.iter().rposition(|g| words.contains(g)).map(|i| i + 1);
        let named = match rate.name.as_str() {
            "优秀率" => last(&["优秀"]),
            "优良率" => last(&["优秀", "良好", "优良", "良"]),
            "合格率" => last(&["优秀", "良好", "合格", "基本合格", "达标"]),
            _ => None,
        };
        named.into_iter().chain(1..=frame.grades.len()).find(|top| {
            let count = |f: &dyn Fn(&str) -> bool, all: bool| -> u64 {
                let fits = |p: &[std::sync::Arc<str>]| !p.is_empty() && if all { p.iter().all(|g| f(g)) } else { p.iter().any(|g| f(g)) };
                self.texts.values().filter(|(p, _)| fits(p)).map(|(_, n)| n).sum()
            };
            let within = |g: &str| frame.rank(g) < *top;
            rate.n == self.n && count(&within, true) == rate.k_low && count(&within, false) == rate.k_high
        })
    }
}

/// Mean and median as formulas over a column of marks, where rounded marks tell the same as the results; else the number.
pub fn live_mean<'c>(column: &str, marks: &[i64], expected: f64, median: bool) -> Cell<'c> {
    let mut sorted = marks.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    let (sum, n) = match (median, sorted.len() % 2) {
        (false, _) => (sorted.iter().sum(), sorted.len()),
        (true, 1) => (sorted.get(middle).copied().unwrap_or(0), 1),
        (true, _) => (sorted.iter().skip(middle.saturating_sub(1)).take(2).sum(), 2),
    };
    let ours = i64::try_from(n).ok().and_then(|n| Points::ratio(sum, n * 100)).map(Points::shown);
    if sorted.is_empty() || ours != Some(expected) {
        return Cell::Number(expected);
    }
    Cell::Live(format!("=ROUND({}({column}),2)", if median { "MEDIAN" } else { "AVERAGE" }), expected)
}
