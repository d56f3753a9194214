//! Slips in the words of papers: other persons, numbers and days than those registered. Must not name anybody real.

use jiff::civil::Date;

use super::draw::Draw;
use super::person;
use super::story::Story;
use super::text::Slip;
use super::timeline::later;
use crate::reference::workdays::Calendar;

/// Another person.
pub fn name(_: &Story, draw: &mut Draw) -> Slip {
    let surname = draw.pick(&["孙", "吴", "蒋", "韩", "秦", "许"]);
    Slip::Name(format!("{surname}仿{}", draw.pick(&["子", "丑", "寅", "卯", "辰", "巳"])))
}

/// The number of another person of the same place that does not exist.
pub fn id_no(story: &Story, draw: &mut Draw) -> Slip {
    let area: String = story.known_text("id_no").chars().take(6).collect();
    let body = format!("{area}1945{:02}{:02}{:03}", draw.between(1, 12), draw.between(1, 28), draw.between(500, 999));
    Slip::IdNo(format!("{body}{}", person::id_check(&body)))
}

/// The number of another case of this office.
pub fn case_no(story: &Story, draw: &mut Draw) -> Slip {
    let own = story.case_no();
    let (head, number) = own.trim_end_matches('号').rsplit_once('〕').unwrap_or((&own, "1"));
    let number: u32 = number.parse().unwrap_or(1);
    Slip::CaseNo(format!("{head}〕{}号", number + draw.between(301, 399)))
}

/// A day some days away on which people work, or do not.
fn near(day: Option<Date>, back: bool, works: bool) -> Date {
    let calendar = Calendar::embedded();
    let mut at = day.unwrap_or_default();
    for _ in 0..30 {
        at = if back { at.saturating_sub(jiff::Span::new().days(1)) } else { later(at, 1) };
        if calendar.is_workday(at) == Some(works) {
            return at;
        }
    }
    at
}

/// Decided on another working day.
pub fn decided(story: &Story, _: &mut Draw) -> Slip {
    Slip::Day("decided_on", near(story.known_day("decided_on"), true, true))
}

/// Assigned on a day off.
pub fn day_off(story: &Story, _: &mut Draw) -> Slip {
    Slip::Day("assigned_on", near(story.known_day("assigned_on"), true, false))
}

/// Signed after the dossier was filed.
pub fn after_filing(story: &Story, draw: &mut Draw) -> Slip {
    let filed = story.known_day("filed_on").unwrap_or_default();
    Slip::Day("signed_on", later(filed, draw.between(3, 20)))
}

/// No date.
pub fn no_date(_: &Story, _: &mut Draw) -> Slip {
    Slip::NoDate
}

/// No signature.
pub fn no_signature(_: &Story, _: &mut Draw) -> Slip {
    Slip::NoSignature
}

/// A form with nothing in it.
pub fn not_filled(_: &Story, _: &mut Draw) -> Slip {
    Slip::NotFilled
}

/// 起诉意见书 for 起诉书.
pub fn opinion(_: &Story, _: &mut Draw) -> Slip {
    Slip::Titled("起诉意见书")
}

/// Nothing said of rights and duties.
pub fn no_rights(_: &Story, _: &mut Draw) -> Slip {
    Slip::NoRights
}

/// One sentence.
pub fn short(_: &Story, _: &mut Draw) -> Slip {
    Slip::Short
}
