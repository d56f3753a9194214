//! A typed value with the place it came from, as written and as understood.
//! Must not decide which of two values is right.

use std::sync::Arc;

use jiff::civil::Date;

use super::vocabulary::{Field, FieldId, FieldType};
use crate::base::date::{DateFault, When};
use crate::base::place::{Place, Seen};
use crate::base::points::Points;

/// Where a value came from, for precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// 案件登记表
    Register,
    /// `dossier.json` or a document of the dossier.
    Dossier,
    /// 评分表
    Sheet,
}

/// A value as understood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Words.
    Text(Arc<str>),
    /// A day, perhaps with a time.
    Date(When),
    /// A number.
    Number(Points),
    /// Yes or no.
    Flag(bool),
    /// Index into the choices of the field.
    Choice(u16),
    /// Ranges of days, both ends included.
    Periods(Arc<[(Date, Date)]>),
    /// A bare count of days.
    Days(u32),
}

/// Why a value was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// Not a date that can be used.
    Date(DateFault),
    /// Not a number.
    NotANumber,
    /// Not a rate in percent.
    NotAPercent,
    /// Not settled yet, since cases that it counts are undecided.
    Undecided,
    /// Neither yes nor no.
    NotAFlag,
    /// Not one of the declared choices.
    NotAChoice,
    /// Not a range of days.
    NotAPeriod,
    /// The cell holds an error such as `#REF!`.
    CellError,
    /// Longer than 2,000 characters.
    TooLong,
    /// A long number stored as a float: the last digits are lost.
    LostDigits,
    /// A number that a spreadsheet program turned into a day.
    MadeDate,
}

/// One value of one field of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which field.
    pub field: FieldId,
    /// As understood, or why not.
    pub value: Result<Value, Fault>,
    /// As written.
    pub raw: Arc<str>,
    /// Where.
    pub place: Place,
    /// What kind of place.
    pub source: Source,
}

impl Entry {
    /// The place with what is written there.
    pub fn seen(&self) -> Seen {
        Seen { place: self.place.clone(), raw: Some(Arc::clone(&self.raw)) }
    }
}

/// Reads one written value as a field's type. Blank text is no value: callers leave it out.
///
/// # Errors
/// Why it cannot be understood.
pub fn understand(field: &Field, raw: &str) -> Result<Value, Fault> {
    if raw.chars().nth(2000).is_some() {
        return Err(Fault::TooLong);
    }
    let text = raw.trim();
    match field.kind {
        FieldType::Text | FieldType::Person | FieldType::IdCard | FieldType::Contents => Ok(Value::Text(text.into())),
        FieldType::Date => crate::base::date::read(text).map(Value::Date).map_err(Fault::Date),
        FieldType::Number => {
            let bare = text.replace([',', '，', ' '], "");
            let bare = bare.trim_end_matches(['元', '次', '件', '人', '天', '日', '页', '个', '场', '篇', '处', '家', '名']);
            let (digits, unit) = bare.strip_suffix('万').map_or((bare, 1), |digits| (digits, 10_000));
            Points::parse(digits).map(|n| Value::Number(n * Points::whole(unit))).ok_or(Fault::NotANumber)
        }
        FieldType::Percent => super::own::percent(text).map(Value::Number).ok_or(Fault::NotAPercent),
        FieldType::Flag => flag(text).map(Value::Flag).ok_or(Fault::NotAFlag),
        FieldType::Choice => choice(field, text).map(Value::Choice).ok_or(Fault::NotAChoice),
        FieldType::Periods => periods(text).ok_or(Fault::NotAPeriod),
    }
}

/// `是/否`, `有/无`, `√/×` and their kin.
pub fn flag(text: &str) -> Option<bool> {
    match text {
        "是" | "有" | "√" | "✓" | "✔" | "对" | "已" | "Y" | "y" | "yes" | "Yes" | "YES" | "true" | "TRUE" | "1" | "抽中" | "已抽中"
        | "选中" => Some(true),
        "否" | "无" | "×" | "✗" | "✘" | "X" | "x" | "未" | "没有" | "N" | "n" | "no" | "No" | "NO" | "false" | "FALSE" | "0" | "未抽中"
        | "未选中" => Some(false),
        _ => None,
    }
}

/// The choice that is spelled exactly so; a longer or shorter word is never taken for it.
fn choice(field: &Field, text: &str) -> Option<u16> {
    let spelled = |c: &super::vocabulary::Choice| c.value == text || c.aliases.iter().any(|a| a == text);
    let at = field.choices.iter().position(spelled)?;
    u16::try_from(at).ok()
}

fn periods(text: &str) -> Option<Value> {
    let bare = text.trim_end_matches(['天', '日']);
    if let Ok(days) = bare.parse::<u32>()
        && bare.len() <= 4
    {
        return Some(Value::Days(days));
    }
    let one = |part: &str| {
        let (from, to) = ["至", "~", "～", "到"].iter().find_map(|sep| part.split_once(sep))?;
        let read = |s: &str| crate::base::date::read(s).ok().map(|w| w.date);
        let (from, to) = (read(from)?, read(to)?);
        (from <= to).then_some((from, to))
    };
    let mut all: Vec<(Date, Date)> = text.split(['；', ';', '，']).filter(|p| !p.trim().is_empty()).map(one).collect::<Option<_>>()?;
    all.sort_unstable();
    (!all.is_empty()).then(|| Value::Periods(all.into()))
}
