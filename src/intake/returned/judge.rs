//! Understands the cells of a page: marks, and the signed verdict. A cell that cannot be used is told with its place, what is written and what
//! is wanted, and counts as blank: half filled, never zero. Must not turn a mark into points.

use std::sync::Arc;

use super::{Cell, Line, Page, Slot};
use crate::base::form;
use crate::base::points::Points;
use crate::base::problem::Problem;
use crate::base::text::Text;
use crate::intake::row::Kind;
use crate::intake::words::plain;
use crate::model::heard::Verdict;
use crate::model::mark::{Given, Mark};
use crate::say;

/// Characters of the longest level that is taken for one.
const LONGEST_LEVEL: usize = 50;
/// Characters of a cell that a message repeats.
const SHOWN: usize = 40;

/// What a page says.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Marks.
    pub marks: Vec<Mark>,
    /// Verdict.
    pub verdict: Verdict,
}

/// Understands a page; what cannot be used goes to `problems`.
pub fn judge(page: &Page, problems: &mut Vec<Problem>) -> Judged {
    let mut tell = |no: &str, of: &str, cell: &Cell, wanted: Text| problems.push(unusable(no, of, cell, &wanted));
    let (mut marks, mut blank) = (Vec::new(), Vec::new());
    for (id, must) in page.must.iter().map(|id| (id, true)).chain(page.may.iter().map(|id| (id, false))) {
        let line = page.lines.get(id);
        let mark = line.and_then(|line| mark(id, line, must, &page.reviewer, &mut |cell, wanted| tell(&page.case_no, id, cell, wanted)));
        match mark {
            Some(mark) => marks.push(mark),
            None if must => blank.push(Arc::clone(id)),
            // What was written there and cannot be used is no consent to what the machine says.
            None if page.torn.contains(id) || line.is_some_and(|l| Slot::MARKS.iter().any(|s| l.contains_key(s))) => {
                blank.push(Arc::clone(id));
            }
            None => {}
        }
    }
    let mut text = |slot: Slot| {
        let cell = page.remarks.get(&slot)?;
        if cell.kind == Kind::Error {
            tell(&page.case_no, slot.word(), cell, say!("应填文字", "words are wanted"));
            return None;
        }
        Some(Arc::clone(&cell.text))
    };
    let (good, lacking, advice, grade, signed) =
        (text(Slot::Good), text(Slot::Lacking), text(Slot::Advice), text(Slot::Grade), text(Slot::Signed));
    let code = &page.reviewer;
    let signed = signed.filter(|s| {
        let own = plain(s) == plain(code);
        if let (false, Some(cell)) = (own, page.remarks.get(&Slot::Signed)) {
            let wanted = say!("这份评分表是 {code} 的，应由 {code} 本人签", "the sheet is that of {code}, who has to sign it");
            tell(&page.case_no, Slot::Signed.word(), cell, wanted);
        }
        own
    });
    let on = page.remarks.get(&Slot::On).and_then(|cell| {
        let day = cell.day();
        if day.is_none() {
            tell(&page.case_no, Slot::On.word(), cell, say!("应填日期，如 2025-3-5", "a day such as 2025-3-5 is wanted"));
        }
        day.map(|when| when.date)
    });
    let place = page.remarks.get(&Slot::Grade).filter(|_| grade.is_some()).map_or_else(|| page.home.clone(), |c| c.place.clone());
    let verdict = Verdict {
        reviewer: Arc::clone(code),
        wanted: u32::try_from(page.must.len()).unwrap_or(u32::MAX),
        blank,
        begun: !page.remarks.is_empty() || page.lines.values().any(|line| !line.is_empty()),
        whole: page.whole,
        grade,
        signed: signed.map(|_| Arc::clone(code)),
        on,
        good,
        lacking,
        advice,
        place,
    };
    Judged { marks, verdict }
}

/// The mark of a row, if there is one that can be used.
fn mark(id: &Arc<str>, line: &Line, must: bool, reviewer: &Arc<str>, tell: &mut dyn FnMut(&Cell, Text)) -> Option<Mark> {
    let mut words = |slot: Slot| {
        let cell = line.get(&slot)?;
        if cell.kind == Kind::Error {
            tell(cell, say!("应填文字", "words are wanted"));
            return None;
        }
        Some(Arc::clone(&cell.text))
    };
    let (situation, reason, pages) = (words(Slot::Situation), words(Slot::Reason), words(Slot::Pages));
    let spoiled = line.contains_key(&Slot::Reason) && reason.is_none();
    let filled: Vec<(Slot, &Cell)> = Slot::MARKS.iter().filter_map(|s| Some((*s, line.get(s)?))).collect();
    let (slot, cell) = match filled.as_slice() {
        [] => return None,
        [only] => *only,
        [_, (_, second), ..] => {
            tell(second, say!("一项只填一处，请删去多余的一格", "a criterion has one mark; empty the other cell"));
            return None;
        }
    };
    let given = match given(slot, cell) {
        Ok(given) => given,
        Err(wanted) => {
            tell(cell, wanted);
            return None;
        }
    };
    if reason.is_none() && !spoiled {
        let not_applicable = plain(&cell.text) == form::NOT_APPLICABLE;
        let why = match &given {
            _ if slot == Slot::Decision => Some(("作了决定", "a decision")),
            Given::Word(_) if not_applicable => Some(("写了不适用", "that it does not apply")),
            // Whether an entry beside the machine's outcome overrules it or repeats it is told where that outcome is known.
            Given::Off(n) if must && *n > Points::ZERO => Some(("扣了分", "a deduction")),
            _ => None,
        };
        if let Some((zh, en)) = why {
            tell(cell, say!("{zh}就要写理由", "{en} needs a reason"));
            return None;
        }
    }
    // A reason that is an error was told and is no reason.
    let needed = slot == Slot::Decision || !must || !matches!(&given, Given::Off(n) if n.is_zero());
    if spoiled && needed {
        return None;
    }
    Some(Mark {
        criterion: Arc::clone(id),
        given,
        reviewer: Some(Arc::clone(reviewer)),
        reason,
        situation,
        pages,
        place: cell.place.clone(),
        raw: Arc::clone(&cell.text),
    })
}

/// What a cell gives, or what is wanted there.
fn given(slot: Slot, cell: &Cell) -> Result<Given, Text> {
    let word = plain(&cell.text);
    let (yes, no, none) = (form::YES, form::NO, form::NOT_APPLICABLE);
    match slot {
        Slot::Decision if word == yes => Ok(Given::Word(yes.into())),
        Slot::Decision if word == no => Ok(Given::Word(no.into())),
        Slot::Decision => Err(say!("应填“{yes}”或“{no}”", "{yes} or {no} is wanted")),
        _ if word == none => Ok(Given::Word(none.into())),
        Slot::Level => {
            let level = cell.kind == Kind::Text && cell.text.chars().count() <= LONGEST_LEVEL;
            if level { Ok(Given::Word(Arc::clone(&cell.text))) } else { Err(say!("应选一个等级", "a level from the list is wanted")) }
        }
        _ => match cell.points() {
            Some(n) if n >= Points::ZERO => Ok(Given::Off(n)),
            _ => Err(say!(
                "应填扣去的分数（0 表示不扣，不写负号），或“{none}”",
                "the points to take off are wanted (0 for none, without a minus), or {none}"
            )),
        },
    }
}

fn unusable(no: &str, of: &str, cell: &Cell, wanted: &Text) -> Problem {
    let place = &cell.place;
    let mut raw: String = cell.text.chars().take(SHOWN).collect();
    if cell.text.chars().nth(SHOWN).is_some() {
        raw.push('…');
    }
    let (zh, en) = (&wanted.zh, &wanted.en);
    let said = say!(
        "{place}：{no} 的 {of} 写的是“{raw}”，{zh}；改好之前这一格按没有填处理",
        "{place}: {of} of {no} says {raw:?}; {en}; the cell counts as blank until it is mended"
    );
    Problem::new("P082", said, cell.place.clone())
}
