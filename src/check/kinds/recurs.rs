//! `recurs`: something is on record every month, quarter or year (定期). Must not take a record without a day for one of any period.

use jiff::civil::Date;

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::base::tree::Node;
use crate::check::args::Args;
use crate::check::recur::{Due, Every, Record, Tally, due, month_of, tally};
use crate::check::rows::{self, Meant, Rows};
use crate::check::{Kind, Observation, Ready, Target, Unit, World, quote};
use crate::model::case::Case;
use crate::model::own::LogRow;
use crate::model::vocabulary::{FieldId, FieldType};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "recurs",
    title: Text::fixed("定期", "on record every period"),
    about: Text::fixed(include_str!("recurs.zh.md"), include_str!("recurs.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

struct Recurs {
    rows: Rows,
    date: FieldId,
    every: Every,
    at_least: usize,
    since: Option<FieldId>,
    span: (Option<Date>, Option<Date>),
}

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let rows = Rows::read(args)?;
    let date = rows::dates(args, "date", rows.log);
    let every = args.table.need("every").and_then(|n| n.word(&Every::WORDS));
    let at_least = args.table.opt("at_least").map_or(Some(1), Node::count);
    let since = args.opt_field("since", &[FieldType::Date]);
    let span = (args.table.opt("from").and_then(Node::date), args.table.opt("until").and_then(Node::date));
    let at_least = usize::try_from(at_least?).ok().filter(|n| *n > 0);
    if at_least.is_none() {
        args.mistake("R005", say!("at_least 至少是 1", "at_least is 1 or more"));
    }
    let recurs = Recurs { rows, date: date?, every: every?, at_least: at_least?, since: since?, span };
    Ready::case(move |case, world| recurs.look(case, world))
}

impl Recurs {
    fn look(&self, case: &Case, world: &World) -> Vec<Observation> {
        let founded = self.since.and_then(|f| case.entry(f));
        if let Some(field) = self.since
            && founded.is_some_and(|e| e.value.is_err())
        {
            return vec![quote::lacking(case, world, &[field])];
        }
        let span = (self.span.0.unwrap_or(world.period.0), self.span.1.unwrap_or(world.period.1));
        let due = due(self.every, span, self.since.and_then(|f| case.date(f)), world.as_of);
        if due.is_empty() {
            return vec![Observation::not_applicable()];
        }
        let found = self.rows.of(case);
        if case.rows(self.rows.log).next().is_none() {
            return vec![self.nothing(case, world, &due)];
        }
        let records: Vec<Record> = found.iter().map(|(row, meant)| self.record(row, *meant, span)).collect();
        let tally = tally(&due, &records, self.at_least);
        let doubtful: Vec<Seen> =
            found.iter().zip(&records).filter(|(_, r)| !matches!(r, Record::Day(_))).map(|((row, _), _)| row.seen()).collect();
        self.told(case, world, &due, &tally, doubtful)
    }

    fn record(&self, row: &LogRow, meant: Meant, span: (Date, Date)) -> Record {
        match (rows::day(row, self.date), meant) {
            (Some(day), Meant::Yes) => Record::Day(day),
            (Some(day), Meant::Maybe) => Record::Month(day.year(), day.month()),
            (None, _) => row
                .entry(self.date)
                .and_then(|e| month_of(&e.raw, span))
                .map_or(Record::Undated, |(year, month)| Record::Month(year, month)),
        }
    }

    fn nothing(&self, case: &Case, world: &World, due: &[Due]) -> Observation {
        let (what, log) = (self.rows.said(world), rows::title(world, self.rows.log));
        let (zh, title, en) = (&what.zh, &log.zh, &log.en);
        let said = say!("没有《{title}》，看不出{zh}是否按期进行", "there is no log {en}");
        let lacks = vec![Target::Field(self.date)];
        let one = Observation::absent(said, vec![case.home_seen()], lacks).about(Target::Field(self.date));
        one.by(amount(due.len()), Unit::Items)
    }

    fn told(&self, case: &Case, world: &World, due: &[Due], tally: &Tally, doubtful: Vec<Seen>) -> Vec<Observation> {
        let mut lacking: Vec<usize> = tally.missed.iter().chain(&tally.doubtful).copied().collect();
        lacking.sort_unstable();
        if lacking.is_empty() {
            return Vec::new();
        }
        let what = self.rows.said(world);
        let rule = self.rule(&what);
        let mut all = Vec::new();
        let target = || Target::Field(self.date);
        if tally.surely > 0 {
            let list = |of: &[usize]| quote::list(of.iter().filter_map(|i| due.get(*i)).map(|d| d.said.clone()));
            let (names, n) = (list(&lacking), tally.surely);
            let (zh, en) = (&names.zh, &names.en);
            let few = if tally.surely == lacking.len() {
                say!("没有达到的有 {n} 个：{zh}", "not so in {n}: {en}")
            } else {
                say!("记录不够的是 {zh}，其中至少 {n} 个确实没有达到", "too few on record in {en}, surely in {n} of them")
            };
            let said = quote::sentences([rule.clone(), few].into_iter().chain(self.notes(tally, world)));
            all.push(Observation::unmet(said, self.rows.home(case)).about(target()).by(amount(n), Unit::Items));
        }
        let open = lacking.len() - tally.surely;
        if open > 0 {
            let n = doubtful.len();
            let said = say!(
                "有 {n} 条记录没有写明日期或者类型，可能属于缺少记录的期间，请按原始记录登记到日",
                "{n} records have no day or kind and may belong to periods that lack one; record the day from the minutes"
            );
            let said = quote::sentences([rule, said]);
            let seen = if doubtful.is_empty() { self.rows.home(case) } else { doubtful };
            all.push(Observation::unclear(said, seen, vec![target()]).about(target()).by(amount(open), Unit::Items).at_most());
        }
        all
    }

    /// `支部委员会应当每月至少 1 次`
    fn rule(&self, what: &Text) -> Text {
        let (every, n) = (self.every.title(), self.at_least);
        let (a, b, c, d) = (&what.zh, &every.zh, &what.en, &every.en);
        say!("{a}应当{b}至少 {n} 次", "{c} {d} at least {n}")
    }

    fn notes(&self, tally: &Tally, world: &World) -> Vec<Text> {
        let mut notes = Vec::new();
        if tally.same_day > 0 {
            let n = tally.same_day;
            notes.push(say!("同一天重复登记的 {n} 条没有另计", "{n} more of the same day not counted"));
        }
        if tally.outside > 0 {
            let (n, as_of) = (tally.outside, world.as_of);
            notes
                .push(say!("有 {n} 条的日期不在应当计入的期间，没有计入（截止 {as_of}）", "{n} on other days not counted (as of {as_of})"));
        }
        notes
    }
}

fn amount(n: usize) -> Points {
    Points::whole(i64::try_from(n).unwrap_or(i64::from(i32::MAX)))
}
