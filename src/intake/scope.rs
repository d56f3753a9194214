//! Decides whether a case is in the scope of the batch (评查范围), and why not.
//! Must not look at marks or documents.

use super::settings::{Event, Settings};
use crate::model::case::Case;
use crate::model::known;
use crate::model::scope::OutReason;
use crate::model::value::Value;
use crate::model::vocabulary::Vocabulary;

/// `None` when the case is in scope.
///
/// The state is looked at first (refused and ended cases are neither open nor late), then the date of the event, then the type.
pub fn decide(case: &Case, settings: &Settings, vocabulary: &Vocabulary) -> Option<OutReason> {
    let state = word(case, known::STATE, vocabulary);
    let closed_state = match state.as_deref().map(state_of) {
        _ if !settings.scope.states.is_empty() && state.as_deref().is_some_and(|s| settings.scope.states.iter().any(|w| w == s)) => true,
        Some(State::Refused) => return Some(OutReason::Refused),
        Some(State::Ended) => return Some(OutReason::Ended),
        Some(State::Open) => return Some(OutReason::Open),
        Some(State::Closed) => true,
        Some(State::Unknown) | None => false,
    };
    let event = match settings.scope.event {
        Event::Closed => known::CLOSED_ON,
        Event::Filed => known::FILED_ON,
    };
    let entry = |id: &str| vocabulary.field_id(id).and_then(|id| case.entry(id));
    let period = settings.period();
    match entry(event).map(|e| &e.value) {
        Some(Ok(Value::Date(when))) => {
            let early = period.0.is_some_and(|from| when.date < from);
            let late = period.1.is_some_and(|to| when.date > to);
            if early || late {
                return Some(OutReason::OtherPeriod);
            }
        }
        Some(_) => return Some(OutReason::DateUnclear),
        // No day: open, unless the state or another date says that it is closed.
        None if closed_state || entry(known::CLOSED_ON).is_some() => return Some(OutReason::DateUnclear),
        None => return Some(OutReason::Open),
    }
    if settings.scope.case_types.is_empty() {
        return None;
    }
    match word(case, known::CASE_TYPE, vocabulary) {
        // It may belong: leaving the type blank must not take a case out.
        None => None,
        Some(kind) if settings.scope.case_types.contains(&kind) => None,
        Some(_) => Some(OutReason::OtherType),
    }
}

enum State {
    Refused,
    Ended,
    Open,
    Closed,
    Unknown,
}

fn state_of(state: &str) -> State {
    let has = |words: &[&str]| words.iter().any(|w| state.contains(w));
    if has(&["不予"]) {
        State::Refused
    } else if has(&["终止", "撤回"]) {
        State::Ended
    } else if has(&["在办", "办理中", "未结", "承办中"]) {
        State::Open
    } else if has(&["已结", "结案", "办结", "归档"]) {
        State::Closed
    } else {
        State::Unknown
    }
}

/// The standard word of a choice, or the words of a text.
pub fn word(case: &Case, field: &str, vocabulary: &Vocabulary) -> Option<String> {
    let id = vocabulary.field_id(field)?;
    match case.value(id)? {
        Value::Choice(i) => vocabulary.field(id).choices.get(usize::from(*i)).map(|c| c.value.clone()),
        Value::Text(t) => Some(t.to_string()),
        _ => None,
    }
}
