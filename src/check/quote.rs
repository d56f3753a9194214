//! How checks speak of fields, values and days: names in both languages, values as written and as understood.
//! Must never show the value of a personal field.

use jiff::civil::{Date, Weekday};

use super::{Observation, Target, Unit, World};
use crate::base::date::{DateFault, When};
use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::model::case::Case;
use crate::model::condition::Condition;
use crate::model::document::Presence;
use crate::model::value::{Entry, Fault, Value};
use crate::model::vocabulary::{DocumentId, FieldId};
use crate::say;

/// A field: its title, in English its id.
pub fn field(world: &World, id: FieldId) -> Text {
    let field = world.vocabulary.field(id);
    Text::pair(field.title.as_str(), Some(field.id.clone()))
}

/// A kind of document: its title, in English its id.
pub fn document(world: &World, id: DocumentId) -> Text {
    let kind = world.vocabulary.document(id);
    Text::pair(format!("《{}》", kind.title), Some(kind.id.clone()))
}

/// What may be shown of a value: ` 2024-03-05（原文“2024.3.5”）`, `“东岭援民12”`, and nothing of a personal one.
pub fn value(world: &World, entry: &Entry) -> Text {
    if world.vocabulary.field(entry.field).personal {
        return Text::EMPTY;
    }
    let raw = entry.raw.trim();
    match &entry.value {
        Ok(Value::Date(w)) => {
            let plain = moment(*w);
            if plain == raw {
                say!(" {plain}", " {plain}")
            } else {
                say!(" {plain}（原文“{raw}”）", " {plain} (written “{raw}”)")
            }
        }
        _ => say!("“{raw}”", " “{raw}”"),
    }
}

/// A value after the name of its field: `申请日期 2024-03-01`.
pub fn stated(world: &World, entry: &Entry) -> Text {
    let (name, value) = (field(world, entry.field), value(world, entry));
    Text::pair(format!("{}{}", name.zh, value.zh), Some(format!("{}{}", name.en, value.en)))
}

/// A day, with the time where there is one.
pub fn moment(when: When) -> String {
    match when.time {
        Some(t) => format!("{} {:02}:{:02}", when.date, t.hour(), t.minute()),
        None => when.date.to_string(),
    }
}

/// The day of the week.
pub fn weekday(date: Date) -> Text {
    match date.weekday() {
        Weekday::Monday => Text::fixed("星期一", "Monday"),
        Weekday::Tuesday => Text::fixed("星期二", "Tuesday"),
        Weekday::Wednesday => Text::fixed("星期三", "Wednesday"),
        Weekday::Thursday => Text::fixed("星期四", "Thursday"),
        Weekday::Friday => Text::fixed("星期五", "Friday"),
        Weekday::Saturday => Text::fixed("星期六", "Saturday"),
        Weekday::Sunday => Text::fixed("星期日", "Sunday"),
    }
}

/// `4 日`, `2 个工作日`, in English with its plural.
pub fn amount(n: Points, unit: Unit) -> Text {
    let (zh, en) = match unit {
        Unit::Days => ("日", "day"),
        Unit::Workdays => ("个工作日", "working day"),
        Unit::Months => ("个月", "month"),
        Unit::Hours => ("小时", "hour"),
        Unit::Items => ("项", "item"),
        Unit::Percent => ("个百分点", "percentage point"),
        Unit::Points => ("分", "point"),
        Unit::Level => ("档", "level"),
    };
    let many = if n == Points::whole(1) { "" } else { "s" };
    say!("{n} {zh}", "{n} {en}{many}")
}

/// Chinese words after a value: a space only where a number or Latin letters stand before them.
pub fn run_on(value: &str, words: &str) -> String {
    let gap = if value.ends_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
    format!("{value}{gap}{words}")
}

/// Several names in a row.
pub fn list(names: impl IntoIterator<Item = Text>) -> Text {
    let (zh, en): (Vec<_>, Vec<_>) = names.into_iter().map(|t| (t.zh, t.en)).unzip();
    Text::pair(zh.join("、"), Some(en.join(", ")))
}

/// Sentences after each other.
pub fn sentences(parts: impl IntoIterator<Item = Text>) -> Text {
    let (zh, en): (Vec<_>, Vec<_>) = parts.into_iter().map(|t| (t.zh, t.en)).unzip();
    Text::pair(zh.join("；"), Some(en.join("; ")))
}

/// Why a value was not understood.
pub fn fault(fault: Fault) -> Text {
    match fault {
        Fault::Date(DateFault::NotADate) => Text::fixed("不能识别为日期", "is not a date"),
        Fault::Date(DateFault::NoSuchDay) => Text::fixed("不是真实存在的日期", "is a day that does not exist"),
        Fault::Date(DateFault::Incomplete) => Text::fixed("不是完整的日期，缺年、月或日", "is not a complete date"),
        Fault::Date(DateFault::Ambiguous) => {
            Text::fixed("分不清哪个是年、月、日，请写成 2024-03-05 的样子", "may be read as different days; write it like 2024-03-05")
        }
        Fault::Date(DateFault::Several) => Text::fixed("写了不止一个日期", "has more than one date"),
        Fault::Date(DateFault::Implausible) => Text::fixed("年份不合常理", "has an implausible year"),
        Fault::NotANumber => Text::fixed("不能识别为数字", "is not a number"),
        Fault::NotAPercent => Text::fixed("不能识别为百分率，请写成 98% 的样子", "is not a rate; write it like 98%"),
        Fault::Undecided => {
            Text::fixed("尚未确定：有案件的等次、日期或类别不明", "is not settled: grades, days or groups of cases are open")
        }
        Fault::NotAFlag => Text::fixed("不能识别为“是”或“否”", "is neither yes nor no"),
        Fault::NotAChoice => Text::fixed("不在可选的范围内", "is not one of the choices"),
        Fault::NotAPeriod => Text::fixed("不能识别为起止日期或天数", "is neither a range of days nor a count of days"),
        Fault::CellError => Text::fixed("是单元格的公式错误", "is an error of the cell's formula"),
        Fault::TooLong => Text::fixed("超过 2000 字", "is longer than 2,000 characters"),
        Fault::LostDigits => Text::fixed("在表格中以数值存放，末几位已丢失", "was stored as a number and lost its last digits"),
        Fault::MadeDate => Text::fixed("被表格软件改成了日期", "was turned into a day by a spreadsheet program"),
    }
}

/// What keeps a field from being used: nothing recorded, or something that is not understood.
pub fn unusable(case: &Case, world: &World, id: FieldId) -> (Text, Seen, bool) {
    let name = field(world, id);
    let faulty = case.all(id).iter().find_map(|e| Some((e, *e.value.as_ref().err()?)));
    let Some((entry, wrong)) = faulty else {
        let (zh, en) = (&name.zh, &name.en);
        return (say!("没有登记{zh}", "{en} is not recorded"), case.home_seen(), true);
    };
    let (stated, why) = (stated(world, entry), fault(wrong));
    let said = Text::pair(format!("{}{}", stated.zh, why.zh), Some(format!("{} {}", stated.en, why.en)));
    (said, entry.seen(), false)
}

/// Whether a field has a value and all of it is understood.
pub fn usable(case: &Case, id: FieldId) -> bool {
    let all = case.all(id);
    !all.is_empty() && all.iter().all(|e| e.value.is_ok())
}

/// Cannot be told, because of those of these fields that cannot be used; names them, and what to do about it.
pub fn lacking(case: &Case, world: &World, fields: &[FieldId]) -> Observation {
    let lacks: Vec<FieldId> = fields.iter().copied().filter(|f| !usable(case, *f)).collect();
    let (mut said, mut seen, mut blank) = (Vec::new(), Vec::<Seen>::new(), Vec::new());
    for id in &lacks {
        let (text, place, nothing) = unusable(case, world, *id);
        if nothing {
            blank.push(field(world, *id));
        } else {
            said.push(text);
        }
        if !seen.contains(&place) {
            seen.push(place);
        }
    }
    let absent = said.is_empty() && !blank.is_empty();
    if !blank.is_empty() {
        let names = list(blank);
        let (zh, en) = (&names.zh, &names.en);
        said.push(say!("没有登记{zh}", "not recorded: {en}"));
    }
    if !said.is_empty() {
        // An office has no number and no dossier.
        said.push(if case.case_no.is_empty() {
            Text::fixed("请核对机构填报的数", "check the figures of the office")
        } else {
            Text::fixed("请对照卷内材料核对登记", "check the record against the dossier")
        });
    }
    if seen.is_empty() {
        seen.push(case.home_seen());
    }
    let targets: Vec<Target> = lacks.into_iter().map(Target::Field).collect();
    Observation { absent, target: targets.first().cloned(), ..Observation::unclear(sentences(said), seen, targets) }
}

/// Cannot be told, because a condition cannot be answered; `said` says what it would decide.
pub fn undecided(case: &Case, world: &World, condition: &Condition, said: Text) -> Observation {
    let fields: Vec<FieldId> = condition.fields().into_iter().filter(|f| !usable(case, *f)).collect();
    let mut observation = lacking(case, world, &fields);
    let mut said = vec![said, std::mem::take(&mut observation.said)];
    let mut absent = fields.is_empty() || observation.absent;
    for id in condition.documents() {
        let (place, nothing) = match case.presence(id) {
            Presence::Present(..) | Presence::Absent(_) => continue,
            Presence::Declined(seen) | Presence::Contradicted(seen) | Presence::Unnamed(seen) => (seen, false),
            Presence::Unknown => (vec![case.home_seen()], true),
        };
        let name = document(world, id);
        let (zh, en) = (&name.zh, &name.en);
        said.push(say!(
            "卷内有无{zh}不能确定，请对照案卷在材料清单中勾选",
            "whether {en} is in the dossier cannot be told; tick it in the checklist"
        ));
        observation.seen.extend(place.into_iter().filter(|p| p.raw.is_some() || p.place != case.home));
        observation.lacks.push(Target::Document(id));
        absent &= nothing;
    }
    observation.absent = absent && !observation.lacks.is_empty();
    observation.said = sentences(said.into_iter().filter(|t| !t.is_empty()));
    observation.target = observation.lacks.first().cloned();
    observation
}
