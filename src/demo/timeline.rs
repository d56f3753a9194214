//! The dates of a case: every limit of the shipped rubrics is kept, but for the delays that are asked for.
//! Must not know which criterion a date belongs to.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::draw::Draw;
use super::shape::{Hearing, Kind, Shape, Stage};
use crate::reference::workdays::Calendar;

/// Days after the last day of a limit, 0 = in time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delays {
    /// 审查决定
    pub decide: u32,
    /// 指派
    pub assign: u32,
    /// 告知办案机关
    pub reply: u32,
    /// 签订委托协议
    pub sign: u32,
    /// 不开庭的书面意见
    pub opinion: u32,
    /// 结案日晚于收到结案文书日
    pub close: u32,
    /// 归档
    pub file: u32,
}

/// Dates by field id.
pub type Days = BTreeMap<&'static str, Date>;

/// The year of the batch.
pub const YEAR: i16 = 2024;

struct Clock<'a> {
    calendar: &'a Calendar,
    draw: &'a mut Draw,
}

/// A day so many days later.
pub fn later(day: Date, n: u32) -> Date {
    day.saturating_add(i64::from(n).days())
}

impl Clock<'_> {
    fn workday(&self, day: Date) -> Date {
        self.calendar.next_workday_from(day).unwrap_or(day)
    }

    /// A working day so many days later, give or take.
    fn after(&mut self, day: Date, from: u32, to: u32) -> Date {
        let n = self.draw.between(from, to);
        self.workday(later(day, n))
    }

    /// A working day within a limit, or `late` days after its last day. Without `roll` the last day does not move.
    fn within(&mut self, start: Date, days: u32, late: u32, roll: bool) -> Date {
        let last = if roll { self.workday(later(start, days)) } else { later(start, days) };
        if late > 0 {
            return self.workday(later(last, late));
        }
        let wanted = self.draw.between(0, days);
        let day = self.workday(later(start, wanted));
        if day <= last { day } else { start }
    }
}

/// Dates of a case that was closed in the year.
pub fn days(shape: &Shape, delays: Delays, calendar: &Calendar, draw: &mut Draw) -> Days {
    let mut clock = Clock { calendar, draw };
    for _ in 0..200 {
        let start = later(date(2023, 9, 4), clock.draw.below(455));
        let days = from(start, shape, delays, &mut clock);
        if days.get("closed_on").is_some_and(|d| d.year() == YEAR) {
            return days;
        }
    }
    from(date(YEAR, 3, 4), shape, delays, &mut clock)
}

/// Dates of a case that began on or after a day.
pub fn from_day(start: Date, shape: &Shape, calendar: &Calendar, draw: &mut Draw) -> Days {
    from(start, shape, Delays::default(), &mut Clock { calendar, draw })
}

fn from(start: Date, shape: &Shape, delays: Delays, clock: &mut Clock<'_>) -> Days {
    let mut days = Days::new();
    let assigned = assignment(start, shape, delays, clock, &mut days);
    let signed = clock.within(assigned, 5, delays.sign, true);
    let interviewed = clock.after(signed, 0, 3);
    days.insert("assigned_on", assigned);
    days.insert("signed_on", signed);
    days.insert("interviewed_on", interviewed);
    if shape.stage.is_some_and(|s| s != Stage::Investigation) {
        days.insert("read_on", clock.after(signed, 0, 5));
    }
    let received = conduct(interviewed, shape, delays, clock, &mut days);
    let closed = if delays.close == 0 { received } else { clock.workday(later(received, delays.close)) };
    days.insert("document_received_on", received);
    days.insert("closed_on", closed);
    let filed = if delays.file == 0 { clock.after(closed, 3, 28) } else { clock.within(closed, 30, delays.file, true) };
    days.insert("filed_on", filed);
    days
}

fn assignment(start: Date, shape: &Shape, delays: Delays, clock: &mut Clock<'_>, days: &mut Days) -> Date {
    let start = clock.workday(start);
    if shape.by_notice() {
        days.insert("notified_on", start);
        // A last day does not move while a person is in custody.
        let roll = shape.custody != "羁押";
        if shape.channel == "商请" {
            return clock.after(start, 0, 6);
        }
        let assigned = clock.within(start, 3, delays.assign, roll);
        let replied = if delays.reply == 0 && delays.assign == 0 { assigned } else { clock.within(start, 3, delays.reply, roll) };
        days.insert("replied_on", replied);
        return assigned;
    }
    days.insert("applied_on", start);
    let decided = if shape.supplement && !shape.is_criminal() {
        let (asked, given) = supplement(start);
        days.insert("supplement_from", asked);
        days.insert("supplement_to", given);
        clock.after(given, 0, 3)
    } else {
        clock.within(start, 7, delays.decide, true)
    };
    days.insert("decided_on", decided);
    clock.within(decided, 3, delays.assign, true)
}

/// The days in which papers were added.
fn supplement(start: Date) -> (Date, Date) {
    (later(start, 1), later(start, 5))
}

fn conduct(interviewed: Date, shape: &Shape, delays: Delays, clock: &mut Clock<'_>, days: &mut Days) -> Date {
    let judged = match shape.hearing {
        Hearing::Held => {
            let hearing = clock.after(interviewed, 15, 60);
            days.insert("hearing_on", hearing);
            days.insert("opinion_on", clock.after(hearing, 0, 5));
            Some(clock.after(hearing, 8, 40))
        }
        Hearing::Written => {
            let told = clock.after(interviewed, 6, 20);
            days.insert("no_hearing_notice_on", told);
            let opinion = clock.within(told, 10, delays.opinion, true);
            days.insert("opinion_on", opinion);
            Some(clock.after(opinion, 3, 20))
        }
        Hearing::None => {
            if shape.is_criminal() {
                days.insert("opinion_on", clock.after(interviewed, 5, 15));
            }
            let ended = shape.closing == "撤诉" || (shape.kind == Kind::Civil && shape.closing == "调解");
            ended.then(|| clock.after(interviewed, 16, 50))
        }
    };
    match judged {
        Some(judged) => {
            days.insert("judged_on", judged);
            clock.after(judged, 1, 10)
        }
        None => clock.after(interviewed, 20, 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_in_the_year_and_in_order() {
        let (calendar, mut draw) = (Calendar::embedded(), Draw::new(5, 0));
        for _ in 0..2000 {
            let shape = Shape::draw(&mut draw);
            let days = days(&shape, Delays::default(), &calendar, &mut draw);
            let of = |id: &str| days.get(id).copied();
            assert_eq!(of("closed_on").map(Date::year), Some(YEAR));
            let order = ["notified_on", "applied_on", "decided_on", "assigned_on", "signed_on", "interviewed_on", "hearing_on"];
            let after = ["judged_on", "document_received_on", "closed_on", "filed_on"];
            let all: Vec<Date> = order.iter().chain(&after).filter_map(|id| of(id)).collect();
            assert!(all.is_sorted(), "{days:?}");
            assert!(of("opinion_on").zip(of("judged_on")).is_none_or(|(o, j)| o <= j));
            assert!(days.values().all(|d| *d <= date(2025, 3, 31)));
        }
    }
}
