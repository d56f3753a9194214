//! The page of a case (案件质量评估表): facts, a row a criterion, red lines, verdict; A4 upright. Must not decide what is to be marked.

use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use rust_xlsxwriter::{DataValidation, Format, Formula, Url, Worksheet};

use super::Pack;
use super::columns::{Columns, Role};
use super::draft::{cut, lines, ranges, rule, span};
use super::filled;
use super::index::Spot;
use super::input::{self, lock, runs};
use super::item::{Sheet, State};
use super::look::Look;
use super::total;
use crate::base::form::{self, Facts};
use crate::record::plan::Part;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::titled;
use crate::report::{limits, width, words};

/// The row of the heading.
const HEAD: u32 = 7;
/// Most lines of what the machine found.
const LINES: u32 = 3;
/// Pixels of height that one sheet of paper takes at its own size.
const PAPER: u32 = 1_000;
/// Pixels of its width.
const ACROSS: u32 = 707;

/// A page being made.
struct Page<'a> {
    sheet: Worksheet,
    look: &'a Look,
    pack: &'a Pack<'a>,
    of: &'a Sheet<'a>,
    columns: Columns,
    row: u32,
    /// Pixels of height so far.
    tall: u32,
    /// The row below the criteria, and the height above it.
    below: (u32, u32),
}

/// Makes the page; where its state and grade stand.
///
/// # Errors
/// When the sheet does not take it.
pub fn make(book: &mut Book, look: &Look, pack: &Pack<'_>, of: &Sheet<'_>) -> Result<(Worksheet, Spot)> {
    let columns = Columns::new(of.by_levels(), pack.input.facts != Facts::Never);
    let mut page = Page { sheet: super::blank_sheet(book, &of.name)?, look, pack, of, columns, row: 0, tall: 0, below: (0, 0) };
    page.top()?;
    page.items()?;
    page.below = (page.row, page.tall);
    let decisions = page.red_lines()?;
    let verdict = page.verdict()?;
    let (rows, mark) = ((HEAD + 1..).zip(&of.items), page.columns.of(Role::Mark));
    let must = runs(rows.filter(|(_, i)| i.state == State::Must).map(|(row, _)| row));
    let must_lines = runs((decisions..).zip(&of.lines).filter(|(_, l)| l.state == State::Must).map(|(row, _)| row));
    let n = of.items.iter().filter(|i| i.state == State::Must).count() + of.lines.iter().filter(|l| l.state == State::Must).count();
    let must: Vec<String> = ranges(&must, mark).into_iter().chain(ranges(&must_lines, mark)).collect();
    let mut all = Vec::new();
    for (first, count) in [(HEAD + 1, of.items.len()), (decisions, of.lines.len())] {
        if let Some(last) = u32::try_from(count).ok().and_then(|n| (first + n).checked_sub(1)).filter(|last| *last >= first) {
            all.extend(ranges(&[(first, last)], mark));
        }
    }
    let state = Formula::new(input::state(&must, n, &all, if of.part == Part::Whole { &verdict } else { &verdict[1..] }))
        .set_result(of.filled.state());
    let at = page.columns.of(Role::Situation);
    page.sheet.write_formula_with_format(5, at, state, &look.total)?;
    page.print(book)?;
    let quoted = |cell: &str| format!("'{}'!{cell}", of.name);
    let spot = Spot {
        link: format!("internal:'{}'!A1", of.name),
        state: quoted(&row_col_to_cell(5, at)),
        grade: quoted(verdict.first().map_or("A1", String::as_str)),
    };
    Ok((page.sheet, spot))
}

impl Page<'_> {
    fn high(&mut self, pixels: u32) -> Result<()> {
        let pixels = pixels.min(545);
        self.sheet.set_row_height_pixels(self.row, pixels)?;
        self.tall += pixels;
        Ok(())
    }

    fn across(&mut self, text: &str, format: &Format, pixels: u32) -> Result<()> {
        self.high(pixels)?;
        span(&mut self.sheet, self.row, 0, self.columns.last(), text, format)?;
        self.row += 1;
        Ok(())
    }

    fn top(&mut self) -> Result<()> {
        for (col, (_, pixels)) in (0_u16..).zip(&self.columns.0) {
            self.sheet.set_column_width_pixels(col, *pixels)?;
        }
        let whole = self.columns.pixels(0, self.columns.last());
        let name = self.of.rubric.map_or("法律援助案件质量评估", |r| words::without_standing(&r.title));
        let part = match self.of.part {
            Part::Whole => "",
            Part::Regularity => "（规范性）",
            Part::Substance => "（业务性）",
        };
        let title = format!("{}{name}表{part}", self.pack.mark());
        self.across(&title, &self.look.title, titled(&title, whole))?;
        let back = Url::new(format!("internal:'{}'!A1", form::INDEX)).set_text(limits::fit(&title));
        self.sheet.write_url_with_format(0, 0, back.set_tip(format!("返回“{}”", form::INDEX)), &self.look.title)?;
        let context = &self.pack.input.context;
        let version = self.of.rubric.map_or_else(String::new, |r| format!("　标准版本 {}", r.version));
        let made = format!("{}{version}（{}）　截止日期 {}", context.batch.title, words::standing(context), context.batch.as_of);
        self.across(&made, &self.look.note, width::lines(&made, whole) * 15 + 2)?;
        let facts = [
            (form::CASE_NO, &*self.of.key.case_no, form::OFFICE, self.of.office),
            ("案件类型", self.of.field("case_type"), "诉讼阶段", self.of.stage()),
            ("承办人", self.of.field("lawyer"), "承办机构", self.of.field("firm")),
            ("结案日", self.of.field("closed_on"), "状态", ""),
        ];
        let (id, title, mark) = (self.columns.of(Role::Id), self.columns.of(Role::Title), self.columns.of(Role::Mark));
        let (situation, last) = (self.columns.of(Role::Situation), self.columns.last());
        for (a, left, b, right) in facts {
            let shown = |words: &str| if words.is_empty() { "—".to_owned() } else { words.to_owned() };
            let (left, right) = (shown(left), shown(right));
            let high = lines(&left, self.columns.pixels(title, mark - 1)).max(lines(&right, self.columns.pixels(situation, last)));
            self.high(high * 15 + 7)?;
            span(&mut self.sheet, self.row, 0, id, a, &self.look.head)?;
            span(&mut self.sheet, self.row, title, mark - 1, &left, &self.look.text)?;
            span(&mut self.sheet, self.row, mark, situation - 1, b, &self.look.head)?;
            span(&mut self.sheet, self.row, situation, last, &right, &self.look.text)?;
            self.row += 1;
        }
        let note = match (self.of.rubric, self.pack.input.facts) {
            (None, _) => "案件类型不明，没有适用的标准：请告知组织者在登记表中补齐后重新出表。",
            (_, Facts::After) => "只填黄色（必填）和白色的空格，灰色的不适用。机检情况在该项评分后显示。",
            (_, Facts::Never) => "只填黄色（必填）和白色的空格，灰色的不适用。",
            (_, Facts::Shown) => "只填黄色（必填）和白色的空格（不填即以机检为准），灰色的不适用。机检情况以“…”结尾的，全文见“机检明细”。",
        };
        self.across(note, &self.look.note, width::lines(note, whole) * 15 + 2)
    }

    fn heading(&self, role: Role) -> &'static str {
        match role {
            Role::Group => "项目",
            Role::Id => form::ID,
            Role::Title => "评估指标",
            Role::Points => "分值",
            Role::Fact => "机检情况",
            Role::Mark if self.of.by_levels() => form::LEVEL,
            Role::Mark => form::OFF,
            Role::Got => "得分",
            Role::Situation => form::SITUATION,
            Role::Reason => form::REASON,
            Role::Pages => form::PAGES,
        }
    }

    fn items(&mut self) -> Result<()> {
        self.high(24)?;
        for (col, (role, _)) in (0_u16..).zip(&self.columns.0) {
            self.sheet.write_string_with_format(self.row, col, self.heading(*role), &self.look.head)?;
        }
        self.row += 1;
        let first = self.row;
        let items = &self.of.items;
        let facts = self.columns.at(Role::Fact);
        let mut from = 0;
        while let Some(group) = items.get(from).map(|i| i.group) {
            let count = items.iter().skip(from).take_while(|i| i.group == group).count();
            let heights = self.heights(from, count, group, facts);
            let top = self.row;
            for (item, high) in items.iter().skip(from).take(count).zip(heights) {
                self.high(high)?;
                self.item(item)?;
                self.row += 1;
            }
            if count > 1 {
                self.sheet.merge_range(top, 0, self.row - 1, 0, &limits::fit(group), &self.look.side)?;
            } else {
                self.sheet.write_string_with_format(top, 0, limits::fit(group), &self.look.side)?;
            }
            from += count;
        }
        self.rules(first)?;
        if self.columns.at(Role::Points).is_some() && !items.is_empty() {
            self.total(first)?;
        }
        Ok(())
    }

    /// Heights of a group's rows: its name at the side must fit too.
    fn heights(&self, from: usize, count: usize, group: &str, facts: Option<u16>) -> Vec<u32> {
        let title = self.columns.of(Role::Title);
        let high = |item: &super::item::Item<'_>| {
            let fact = facts.map_or(1, |c| lines(&item.fact, self.columns.pixels(c, c)).min(LINES));
            lines(item.title, self.columns.pixels(title, title)).max(fact) * 15 + 7
        };
        let mut heights: Vec<u32> = self.of.items.iter().skip(from).take(count).map(high).collect();
        let need = lines(group, self.columns.pixels(0, 0)) * 16 + 6;
        let lacking = need.saturating_sub(heights.iter().sum());
        let each = lacking.div_ceil(u32::try_from(count.max(1)).unwrap_or(1));
        heights.iter_mut().for_each(|h| *h += each);
        heights
    }

    fn item(&mut self, item: &super::item::Item<'_>) -> Result<()> {
        let (row, state, look) = (self.row, item.state, self.look);
        for (col, (role, pixels)) in (0_u16..).zip(self.columns.0.clone()) {
            match role {
                Role::Group => {}
                Role::Id => drop(self.sheet.write_string_with_format(row, col, item.id.as_str(), look.short(state))?),
                Role::Title => drop(self.sheet.write_string_with_format(row, col, limits::fit(item.title), look.words(state))?),
                Role::Points => match item.points {
                    Some(points) => drop(self.sheet.write_number_with_format(row, col, points.shown(), look.short(state))?),
                    None => drop(self.sheet.write_blank(row, col, look.short(state))?),
                },
                Role::Fact => {
                    let format = self.fact(state);
                    span(&mut self.sheet, row, col, col, &cut(&item.fact, pixels, LINES), &format)?;
                }
                Role::Mark => drop(self.sheet.write_blank(row, col, look.fill(state))?),
                Role::Got if state == State::Off => drop(self.sheet.write_blank(row, col, look.short(state))?),
                Role::Got => {
                    let (mark, points) = (self.cell(row, Role::Mark), self.cell(row, Role::Points));
                    let blank =
                        total::left(item).filter(|_| self.pack.input.facts != Facts::Never).map_or("\"\"".to_owned(), |p| p.to_string());
                    let got = format!("=IF({mark}=\"\",{blank},IF(ISNUMBER({mark}),{points}-{mark},\"—\"))");
                    self.sheet.write_formula_with_format(row, col, Formula::new(got).set_result(self.got(item)), look.short(state))?;
                }
                Role::Situation | Role::Reason | Role::Pages => drop(self.sheet.write_blank(row, col, look.write(state))?),
            }
        }
        if let Some(entry) = self.of.filled.entries.get(item.id) {
            entry.mark(&mut self.sheet, row, self.columns.of(Role::Mark), look.fill(state))?;
            for (role, text) in [(Role::Situation, &entry.situation), (Role::Reason, &entry.reason), (Role::Pages, &entry.pages)] {
                filled::words(&mut self.sheet, row, self.columns.of(role), text, look.write(state))?;
            }
        }
        Ok(())
    }

    /// What 得分 shows before anything is reckoned anew.
    fn got(&self, item: &super::item::Item<'_>) -> String {
        match (self.of.filled.entries.get(item.id).map(|e| e.off), item.points) {
            (Some(Some(off)), Some(points)) => (points.points() - off).to_string(),
            (Some(None), _) => "—".to_owned(),
            _ => total::left(item).filter(|_| self.pack.input.facts != Facts::Never).map_or_else(String::new, |p| p.to_string()),
        }
    }

    /// Machine facts: not in the line of formulas either while they are not to be seen.
    fn fact(&self, state: State) -> Format {
        let format = self.look.words(state).clone();
        if self.pack.input.facts == Facts::After { format.set_hidden() } else { format }
    }

    fn cell(&self, row: u32, role: Role) -> String {
        row_col_to_cell(row, self.columns.of(role))
    }

    /// What cells of criteria take, and what is shown when something is lacking.
    fn rules(&mut self, first: u32) -> Result<()> {
        let items = &self.of.items;
        let rows = |wanted: &'static [State]| runs((first..).zip(items).filter(|(_, i)| wanted.contains(&i.state)).map(|(row, _)| row));
        let open = rows(&[State::Must, State::May]);
        let mark = self.columns.of(Role::Mark);
        let takes = if self.of.by_levels() {
            input::level(self.of.levels)?
        } else {
            let row = open.first().map_or(first, |r| r.0);
            input::off(&self.cell(row, Role::Mark), &self.cell(row, Role::Points))?
        };
        self.takes(&open, mark, &takes)?;
        self.takes(&open, self.columns.of(Role::Situation), &input::situation()?)?;
        let (reason, pages) = (self.columns.of(Role::Reason), self.columns.of(Role::Pages));
        self.takes(&open, reason, &input::hint(form::REASON, "扣了多少、为什么，依据卷内哪一份材料。扣分、不适用、改变机检结论都要写。")?)?;
        self.takes(&open, pages, &input::hint(form::PAGES, "卷内页码，例如 12 或 3-5。")?)?;
        let (m, r) = (column_number_to_name(mark), column_number_to_name(reason));
        let blank = format!("LEN(TRIM(${r}{{}}))=0");
        let must = if self.of.by_levels() {
            format!("=AND(${m}{{}}=\"{}\",{blank})", form::NOT_APPLICABLE)
        } else {
            format!("=AND(OR(${m}{{}}=\"{}\",N(${m}{{}})>0),{blank})", form::NOT_APPLICABLE)
        };
        rule(&mut self.sheet, &rows(&[State::Must]), reason, &must, &self.look.lacking)?;
        rule(&mut self.sheet, &rows(&[State::May]), reason, &format!("=AND(${m}{{}}<>\"\",{blank})"), &self.look.lacking)?;
        if self.pack.input.facts == Facts::After {
            let got = self.columns.of(Role::Got);
            rule(&mut self.sheet, &rows(&[State::May]), got, &format!("=${m}{{}}=\"\""), &self.look.unseen)?;
        }
        if let Some(fact) = self.columns.at(Role::Fact).filter(|_| self.pack.input.facts == Facts::After) {
            rule(&mut self.sheet, &open, fact, &format!("=${m}{{}}=\"\""), &self.look.unseen)?;
        }
        Ok(())
    }

    fn takes(&mut self, runs: &[(u32, u32)], col: u16, what: &DataValidation) -> Result<()> {
        let (Some((first, _)), Some((_, last))) = (runs.first(), runs.last()) else { return Ok(()) };
        let what = if runs.len() > 1 { what.clone().set_multi_range(ranges(runs, col).join(" ")) } else { what.clone() };
        self.sheet.add_data_validation(*first, col, *last, col, &what)?;
        Ok(())
    }

    /// 合计: for orientation alone; the result is made by the program.
    fn total(&mut self, first: u32) -> Result<()> {
        let rows =
            |wanted: &'static [State]| runs((first..).zip(&self.of.items).filter(|(_, i)| wanted.contains(&i.state)).map(|(row, _)| row));
        let (open, must) = (rows(&[State::Must, State::May]), rows(&[State::Must]));
        let of = |role: Role| ranges(&open, self.columns.of(role));
        let cells = total::Cells {
            points: of(Role::Points),
            marks: of(Role::Mark),
            got: of(Role::Got),
            must: ranges(&must, self.columns.of(Role::Mark)),
        };
        let (row, points) = (self.row, self.columns.of(Role::Points));
        self.high(24)?;
        let whole = self.of.part == Part::Whole;
        let label =
            if whole { "合计（供参考，以汇总结果为准）" } else { "本部分合计（供参考，以汇总结果为准）" };
        span(&mut self.sheet, row, 0, points - 1, label, &self.look.total)?;
        let (full, off, got) = total::sums(self.of, self.pack.input.facts != Facts::Never);
        for (role, ranges, result) in [(Role::Points, &cells.points, full), (Role::Mark, &cells.marks, off), (Role::Got, &cells.got, got)] {
            let sum = if ranges.is_empty() { "=0".to_owned() } else { format!("=SUM({})", ranges.join(",")) };
            let sum = Formula::new(sum).set_result(result.to_string());
            self.sheet.write_formula_with_format(row, self.columns.of(role), sum, &self.look.total)?;
        }
        if let Some(col) = self.columns.at(Role::Fact) {
            self.sheet.write_blank(row, col, &self.look.total)?;
        }
        let at = self.columns.of(Role::Situation);
        span(&mut self.sheet, row, at, self.columns.last(), "", &self.look.total)?;
        // What the machine leaves is not to be told where its facts are never shown.
        let grade = if whole && self.pack.input.facts != Facts::Never { total::grade(self.of, &cells) } else { None };
        if let Some(grade) = grade {
            self.sheet.write_formula_with_format(row, at, grade, &self.look.total)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Red lines (红线); the row of the first.
    fn red_lines(&mut self) -> Result<u32> {
        let lines_of = &self.of.lines;
        if lines_of.is_empty() {
            return Ok(self.row);
        }
        let look = self.look;
        let (id, title, mark) = (self.columns.of(Role::Id), self.columns.of(Role::Title), self.columns.of(Role::Mark));
        let (situation, pages) = (self.columns.of(Role::Situation), self.columns.of(Role::Pages));
        let (decided, reasoned) = (situation - 1, pages - 1);
        let fact = self.columns.at(Role::Fact);
        let titled_to = fact.unwrap_or(mark) - 1;
        self.high(24)?;
        let row = self.row;
        self.sheet.write_string_with_format(row, 0, "项目", &look.head)?;
        self.sheet.write_string_with_format(row, id, form::ID, &look.head)?;
        span(&mut self.sheet, row, title, titled_to, "红线", &look.head)?;
        if let Some(col) = fact {
            self.sheet.write_string_with_format(row, col, "机检提示", &look.head)?;
        }
        span(&mut self.sheet, row, mark, decided, form::DECISION, &look.head)?;
        span(&mut self.sheet, row, situation, reasoned, form::REASON, &look.head)?;
        self.sheet.write_string_with_format(row, pages, form::PAGES, &look.head)?;
        self.row += 1;
        let first = self.row;
        for line in lines_of {
            let fact_lines = fact.map_or(1, |c| lines(&line.fact, self.columns.pixels(c, c)).min(LINES));
            let high = lines(&line.title, self.columns.pixels(title, titled_to)).max(fact_lines);
            self.high(high * 15 + 7)?;
            let row = self.row;
            self.sheet.write_string_with_format(row, id, line.id.as_str(), look.short(line.state))?;
            span(&mut self.sheet, row, title, titled_to, &line.title, look.words(line.state))?;
            if let Some(col) = fact {
                let format = self.fact(line.state);
                span(&mut self.sheet, row, col, col, &cut(&line.fact, self.columns.pixels(col, col), LINES), &format)?;
            }
            span(&mut self.sheet, row, mark, decided, "", look.fill(line.state))?;
            span(&mut self.sheet, row, situation, reasoned, "", look.write(line.state))?;
            self.sheet.write_blank(row, pages, look.write(line.state))?;
            if let Some(entry) = self.of.filled.entries.get(line.id) {
                entry.mark(&mut self.sheet, row, mark, look.fill(line.state))?;
                filled::words(&mut self.sheet, row, situation, &entry.reason, look.write(line.state))?;
                filled::words(&mut self.sheet, row, pages, &entry.pages, look.write(line.state))?;
            }
            self.row += 1;
        }
        if lines_of.len() > 1 {
            self.sheet.merge_range(first, 0, self.row - 1, 0, "红线", &look.side)?;
        } else {
            self.sheet.write_string_with_format(first, 0, "红线", &look.side)?;
        }
        let all = [(first, self.row - 1)];
        self.takes(&all, mark, &input::decision()?)?;
        self.takes(&all, pages, &input::hint(form::PAGES, "卷内页码，例如 12 或 3-5。")?)?;
        let (m, r) = (column_number_to_name(mark), column_number_to_name(situation));
        rule(&mut self.sheet, &all, situation, &format!("=AND(${m}{{}}<>\"\",LEN(TRIM(${r}{{}}))=0)"), &look.lacking)?;
        if let Some(fact) = fact.filter(|_| self.pack.input.facts == Facts::After) {
            rule(&mut self.sheet, &all, fact, &format!("=${m}{{}}=\"\""), &look.unseen)?;
        }
        Ok(first)
    }

    /// Remarks, grade, code and day; the cells of the last three.
    fn verdict(&mut self) -> Result<[String; 3]> {
        let (id, title, last) = (self.columns.of(Role::Id), self.columns.of(Role::Title), self.columns.last());
        let grades: Vec<&str> = self.of.rubric.iter().flat_map(|r| &r.grades).map(|g| g.title.as_str()).collect();
        let look = self.look;
        let whole = self.of.part == Part::Whole;
        let (open, why) = if whole {
            (look.fill(State::Must), input::one_of(&grades, form::GRADE, "从列表中选；与编号、日期一并填写才算确认。")?)
        } else {
            (look.fill(State::Off), input::hint(form::GRADE, "只评一部分的不填；整案等次由合议记录确认。")?)
        };
        let rows: [(&str, u32, &Format, DataValidation); 6] = [
            (form::GOOD, 36, look.write(State::May), input::hint(form::GOOD, "值得推广的做法；没有可以不填。")?),
            (form::LACKING, 36, look.write(State::May), input::hint(form::LACKING, "主要不足；没有可以不填。")?),
            (form::ADVICE, 36, look.write(State::May), input::hint(form::ADVICE, "给承办人、机构的建议；没有可以不填。")?),
            (form::GRADE, 24, open, why),
            (form::SIGNED, 24, look.owed(), input::signed(self.pack.code)?),
            (form::ON, 24, look.day(), input::day(form::ON)?),
        ];
        let mut cells = Vec::new();
        for ((label, pixels, format, takes), text) in rows.into_iter().zip(&self.of.filled.verdict) {
            self.high(pixels)?;
            span(&mut self.sheet, self.row, 0, id, label, &look.head)?;
            let centred = format.clone().set_align(rust_xlsxwriter::FormatAlign::Left);
            span(&mut self.sheet, self.row, title, last, "", &centred)?;
            if label == form::ON {
                filled::day(&mut self.sheet, self.row, title, text, &centred)?;
            } else {
                filled::words(&mut self.sheet, self.row, title, text, &centred)?;
            }
            self.takes(&[(self.row, self.row)], title, &takes)?;
            cells.push(row_col_to_cell(self.row, title));
            self.row += 1;
        }
        let sign = "评估专家（签名）：__________________　　　　小组组长（签名）：__________________　　　　______年____月____日";
        self.across(sign, &look.sign, 34)?;
        let mut cells = cells.into_iter().skip(3);
        Ok(std::array::from_fn(|_| cells.next().unwrap_or_default()))
    }

    fn print(&mut self, book: &Book) -> Result<()> {
        book.print_setup(&mut self.sheet, false);
        let whole = self.columns.pixels(0, self.columns.last());
        // Paper at the scale that the width asks for; a little more is made smaller still, so that no line stands alone overleaf.
        let paper = PAPER * whole / ACROSS;
        let fits = |tall: u32| tall * 20 <= paper * 23;
        let (below, above) = self.below;
        if !fits(self.tall) && fits(above) {
            // Red lines and verdict overleaf. Spreadsheets heed a break only at a scale that is given.
            let scale = (ACROSS * 97 / whole).min(PAPER * 97 / above.max(1));
            self.sheet.set_print_scale(u16::try_from(scale).unwrap_or(75)).set_page_breaks(&[below])?;
        } else {
            self.sheet.set_print_fit_to_pages(1, if fits(self.tall) { 1 } else { 2 });
            self.sheet.set_repeat_rows(HEAD, HEAD)?;
        }
        self.sheet.set_print_area(0, 0, self.row - 1, self.columns.last())?;
        let said = |text: &str| text.chars().take(60).collect::<String>().replace('&', "&&");
        let (no, office, code) = (said(&self.of.key.case_no), said(self.of.office), said(self.pack.code));
        self.sheet.set_footer(format!("&L&8{no}　{office}&C&8第 &P 页 共 &N 页&R&8评估专家编号 {code}"));
        self.sheet.set_freeze_panes(HEAD + 1, 0)?;
        let end = self.row - 1;
        self.sheet.ignore_error_range(0, 0, end, self.columns.last(), rust_xlsxwriter::IgnoreError::NumberStoredAsText)?;
        lock(&mut self.sheet);
        Ok(())
    }
}
