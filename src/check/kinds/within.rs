//! `within`: something was done within its limit in time (期限). Must not guess a date, a year's holidays or an excuse.

use jiff::civil::{Date, Time};

use crate::base::date::When;
use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::limit::{self, Excluded, Limit, Stop, Version};
use crate::check::{Kind, Magnitude, Observation, Outcome, Ready, Target, Unit, World, quote};
use crate::model::case::Case;
use crate::model::condition::{Answer, Condition};
use crate::model::value::Value;
use crate::model::vocabulary::{FieldId, FieldType};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "within",
    title: Text::fixed("期限", "within a limit in time"),
    about: Text::fixed(include_str!("within.zh.md"), include_str!("within.md")),
    units: &[Unit::Days, Unit::Workdays, Unit::Months, Unit::Hours],
    human: false,
    ready,
};

struct Within {
    start: FieldId,
    end: FieldId,
    limit: Limit,
    exclude: Option<FieldId>,
    excuse: Option<Condition>,
    early: bool,
}

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let (start, end) = (args.field("start", &[FieldType::Date]), args.field("end", &[FieldType::Date]));
    let limit = Limit::read(args, "limit");
    let exclude = args.opt_field("exclude", &[FieldType::Periods]);
    let excuse = args.condition("excuse");
    let early = args.table.flag("early", false);
    let within = Within { start: start?, end: end?, limit: limit?, exclude: exclude?, excuse: excuse?, early };
    Ready::case(move |case, world| within.look(case, world).into_iter().collect())
}

impl Within {
    /// What is wrong; nothing when it was done in time.
    fn look(&self, case: &Case, world: &World) -> Option<Observation> {
        let observation = self.judge(case, world)?;
        Some(Observation { target: Some(Target::Field(self.end)), ..observation })
    }

    fn judge(&self, case: &Case, world: &World) -> Option<Observation> {
        let Some(start) = case.when(self.start) else {
            // `missing` is about the record of what had to be done, not of what set the limit running.
            let lacking = quote::lacking(case, world, &[self.start, self.end]);
            return Some(Observation { absent: lacking.absent && case.entry(self.end).is_none(), ..lacking });
        };
        let candidates = match self.limit.versions(case, start.date) {
            Ok(found) => found,
            Err(stop) => return Some(self.stopped(case, world, &stop)),
        };
        let end = case.when(self.end);
        if end.is_none() && case.entry(self.end).is_some() {
            return Some(quote::lacking(case, world, &[self.end]));
        }
        if let Some(end) = end
            && before(end, start)
        {
            return (!self.early).then(|| self.reversed(case, world));
        }
        // The day of the review has passed whole.
        let reached = end.unwrap_or(When { date: world.as_of, time: Some(Time::constant(23, 59, 59, 0)) });
        let mut runs = candidates.versions.iter().map(|version| self.run(case, world, start, reached, version));
        let run = match runs.next()? {
            Ok(run) => run,
            Err(observation) => return Some(*observation),
        };
        // Which version applies matters only where they do not come to the same.
        if let Some(at) = candidates.doubt
            && (!candidates.whole || runs.any(|other| other.map_or(true, |o| o.late != run.late)))
        {
            return Some(self.stopped(case, world, &Stop::Condition(at)));
        }
        let excused = self.excuse.as_ref().map_or(Answer::No, |c| c.ask(case));
        match (end, run.late) {
            (Some(_), None) => None,
            (Some(_), Some(_)) => Some(self.late(case, world, &run, excused)),
            (None, _) => Some(self.open(case, world, &run, excused)),
        }
    }

    /// Works the limit out; what is left out of it can only lengthen it, so that what is in time without is in time.
    fn run(&self, case: &Case, world: &World, start: When, end: When, version: &Version) -> Result<Run, Box<Observation>> {
        let work = |excluded: &Excluded| {
            let due = limit::due(start, version, excluded, &world.calendar)?;
            Ok((due, limit::late_by(end, due, version.unit, &world.calendar)?))
        };
        let (excluded, faulty) = self.excluded(case);
        let (excluded, worked) = match work(&excluded) {
            Ok(worked) if !faulty => (excluded, Ok(worked)),
            Err(stop) if stop != Stop::CountOfDays => (excluded, Err(stop)),
            worked => match work(&Excluded::Nothing) {
                Ok((due, None)) => (Excluded::Nothing, Ok((due, None))),
                _ if faulty => return Err(Box::new(self.unreadable(case, world))),
                _ => (excluded, worked),
            },
        };
        let (due, late) = worked.map_err(|stop| Box::new(self.stopped(case, world, &stop)))?;
        let bare = limit::due(start, &Version { roll: false, ..version.clone() }, &excluded, &world.calendar);
        let rolled = bare.is_ok_and(|b| b.date != due.date);
        let excludes = limit::due(start, version, &Excluded::Nothing, &world.calendar) != Ok(due);
        let length = quote::amount(Points::whole(i64::from(version.length)), version.unit);
        Ok(Run { due, late, length, rolled, excludes })
    }

    /// What is not counted, and whether it is written in a way that is not understood.
    fn excluded(&self, case: &Case) -> (Excluded, bool) {
        let Some(field) = self.exclude else { return (Excluded::Nothing, false) };
        let mut ranges: Vec<(Date, Date)> = Vec::new();
        for entry in case.all(field) {
            match &entry.value {
                Ok(Value::Periods(list)) => ranges.extend(list.iter()),
                Ok(Value::Days(n)) => return (Excluded::Days(*n), false),
                _ => return (Excluded::Nothing, true),
            }
        }
        (if ranges.is_empty() { Excluded::Nothing } else { Excluded::Ranges(ranges) }, false)
    }

    fn unreadable(&self, case: &Case, world: &World) -> Observation {
        let fields: Vec<FieldId> = self.exclude.into_iter().collect();
        Observation { absent: false, ..quote::lacking(case, world, &fields) }
    }

    fn stopped(&self, case: &Case, world: &World, stop: &Stop) -> Observation {
        let end = case.entry(self.end).map(|_| self.stated(case, world, self.end));
        let mut said: Vec<Text> = std::iter::once(self.stated(case, world, self.start)).chain(end).chain([stop.said()]).collect();
        if let Stop::Condition(at) = stop
            && let Some(condition) = self.limit.versions.get(*at).and_then(|v| v.when.as_ref())
        {
            return Observation { absent: false, ..quote::undecided(case, world, condition, stop.said()) };
        }
        said.push(match stop {
            Stop::OtherCases => return Observation::new(Outcome::NotApplicable, stop.said(), self.seen(case)),
            Stop::CountOfDays => Text::fixed("请登记扣除期间的起止日期", "record from when to when"),
            Stop::NoTime => Text::fixed("请对照卷内材料登记到几时几分", "record the hour and minute from the papers"),
            Stop::NoHolidays(_) => Text::fixed("请在设置中补充当年的放假安排", "add that year's notice to the settings"),
            Stop::NoVersion | Stop::Condition(_) | Stop::TooFar => {
                Text::fixed("请核对日期，日期无误的由评估专家认定", "check the dates; where they are right a reviewer decides")
            }
        });
        let lacks = if *stop == Stop::CountOfDays { self.exclude.map(Target::Field) } else { None };
        Observation::unclear(quote::sentences(said), self.seen(case), lacks.into_iter().collect())
    }

    /// Done before what set the limit running.
    fn reversed(&self, case: &Case, world: &World) -> Observation {
        let (start, end) = (self.stated(case, world, self.start), self.stated(case, world, self.end));
        let (s_zh, e_zh, s_en, e_en) = (start.zh, quote::run_on(&end.zh, "早于"), start.en, end.en);
        let said = say!(
            "{e_zh}起算的{s_zh}；请对照原件核对日期是否登记有误",
            "{e_en} is before {s_en}, from which the limit runs; check the dates against the papers"
        );
        Observation::unmet(said, self.seen(case))
    }

    fn late(&self, case: &Case, world: &World, run: &Run, excused: Answer) -> Observation {
        let (rule, end, late) = (self.rule(case, world, run), self.stated(case, world, self.end), run.late());
        let ((r_zh, e_zh, l_zh), (r_en, e_en, l_en)) = ((rule.zh, end.zh, late.zh), (rule.en, end.en, late.en));
        let said = say!("{r_zh}；{e_zh}，超期 {l_zh}", "{r_en}; {e_en}, {l_en} late");
        let observation = Observation { magnitude: run.late, ..Observation::unmet(said, self.seen(case)) };
        self.excuse(case, world, observation, excused)
    }

    /// Not done yet, as far as is recorded.
    fn open(&self, case: &Case, world: &World, run: &Run, excused: Answer) -> Observation {
        let (rule, name, as_of) = (self.rule(case, world, run), quote::field(world, self.end), world.as_of);
        let ((r_zh, n_zh), (r_en, n_en)) = ((rule.zh, name.zh), (rule.en, name.en));
        let lacks = vec![Target::Field(self.end)];
        if run.late.is_none() {
            // Still in time: `missing = "unmet"` has nothing to say about it yet.
            let said = say!("{r_zh}；没有登记{n_zh}，截至 {as_of} 尚未到期", "{r_en}; {n_en} is not recorded and not yet due on {as_of}");
            return Observation::unclear(said, self.seen(case), lacks);
        }
        let late = run.late();
        let (l_zh, l_en) = (late.zh, late.en);
        let said = say!(
            "{r_zh}；没有登记{n_zh}，截至 {as_of} 已超期 {l_zh}；已办的请对照卷内材料核对登记",
            "{r_en}; {n_en} is not recorded, {l_en} late as of {as_of}; if it was done, check the record against the dossier"
        );
        // It may also have been done in the meantime and not been recorded.
        let observation = Observation { magnitude: run.late, ..Observation::absent(said, self.seen(case), lacks) }.at_most();
        self.excuse(case, world, observation, excused)
    }

    /// Where there is an excuse, or may be one, a person looks.
    fn excuse(&self, case: &Case, world: &World, found: Observation, excused: Answer) -> Observation {
        let Some(condition) = self.excuse.as_ref().filter(|_| excused != Answer::No) else { return found };
        let names = quote::list(condition.fields().into_iter().filter(|f| case.entry(*f).is_some()).map(|f| self.stated(case, world, f)));
        let (zh, en) = (&names.zh, &names.en);
        let why = if excused == Answer::Yes {
            say!("登记有免责情形（{zh}），由评估专家认定", "an excuse is recorded ({en}); a reviewer decides")
        } else {
            Text::fixed("有无免责情形不能确定，由评估专家认定", "whether there is an excuse cannot be told; a reviewer decides")
        };
        let mut seen = found.seen;
        seen.extend(condition.fields().into_iter().filter_map(|f| case.entry(f)).map(|e| e.seen()));
        let lacks = condition.fields().into_iter().filter(|f| excused == Answer::Unknown && !quote::usable(case, *f)).map(Target::Field);
        Observation {
            outcome: Outcome::Unclear,
            said: quote::sentences([found.said, why]),
            seen,
            lacks: lacks.collect(),
            absent: false,
            ..found
        }
    }

    /// `自申请日期 2024-03-01 起 7 日内，至 2024-03-08（星期五）期满`
    fn rule(&self, case: &Case, world: &World, run: &Run) -> Text {
        let start = self.stated(case, world, self.start);
        let (s_zh, s_en, l_zh, l_en) = (start.zh, start.en, &run.length.zh, &run.length.en);
        if world.vocabulary.field(self.start).personal {
            // The due day would give the start away.
            return say!("自{s_zh}起 {l_zh}内", "within {l_en} of {s_en}");
        }
        let (due, weekday) = (quote::moment(run.due), quote::weekday(run.due.date));
        let (mut notes_zh, mut notes_en) = (weekday.zh.into_owned(), weekday.en.into_owned());
        if run.rolled {
            notes_zh.push_str("，节假日顺延");
            notes_en.push_str(", after a holiday");
        }
        if let Some(field) = self.exclude.filter(|_| run.excludes) {
            let left_out = self.stated(case, world, field);
            notes_zh.push_str(&format!("，已扣除{}", left_out.zh));
            notes_en.push_str(&format!(", without {}", left_out.en));
        }
        let s_zh = quote::run_on(&s_zh, "起");
        say!("自{s_zh} {l_zh}内，至 {due}（{notes_zh}）期满", "{l_en} from {s_en}, due {due} ({notes_en})")
    }

    fn stated(&self, case: &Case, world: &World, field: FieldId) -> Text {
        case.entry(field).map_or_else(|| quote::field(world, field), |e| quote::stated(world, e))
    }

    fn seen(&self, case: &Case) -> Vec<Seen> {
        let used = [Some(self.start), Some(self.end), self.exclude];
        let seen: Vec<Seen> = used.into_iter().flatten().filter_map(|f| case.entry(f)).map(|e| e.seen()).collect();
        if seen.is_empty() { vec![case.home_seen()] } else { seen }
    }
}

/// A limit worked out for one case.
struct Run {
    due: When,
    late: Option<Magnitude>,
    length: Text,
    rolled: bool,
    excludes: bool,
}

impl Run {
    fn late(&self) -> Text {
        self.late.map(|m| quote::amount(m.amount, m.unit)).unwrap_or_default()
    }
}

/// Whether `a` is before `b`; times count only where both have one.
fn before(a: When, b: When) -> bool {
    match (a.moment(), b.moment()) {
        (Some(a), Some(b)) => a < b,
        _ => a.date < b.date,
    }
}
