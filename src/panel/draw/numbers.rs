//! Designated numbers (指定案号): the n-th accepted number of each office and type; one that cannot be drawn rolls to the next.
//! Must not use chance.

use std::collections::BTreeSet;

use super::frame::Cell;
use crate::record::plan::{Dimension, FrameCase, Passed, Step};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Which numbers.
    pub numbers: &'a [u32],
    /// Only numbers of this year.
    pub year: Option<i16>,
    /// Whether the number that is written counts, rather than the place in the list.
    pub written: bool,
}

/// Finds the numbers in one office and type; gives the cases taken, those that would come next, and each step.
pub fn find(frame: &[FrameCase], cell: &Cell, asked: &Asked<'_>) -> (Vec<usize>, Vec<usize>, Vec<Step>) {
    let case = |i: usize| frame.get(i);
    let number = |i: usize| case(i).map(|c| &*c.case.case_no).unwrap_or_default();
    // What was refused was not accepted, so it has no place in the list.
    let accepted = |i: &usize| case(*i).is_some_and(|c| c.out.as_deref() != Some("不予援助"));
    let of_year = |i: &usize| asked.year.is_none_or(|y| number(*i).contains(&format!("〔{y}〕")));
    let list: Vec<usize> = cell.cases.iter().copied().filter(accepted).filter(of_year).collect();
    let (mut taken, mut steps) = (BTreeSet::new(), Vec::new());
    let mut last = 0;
    for wanted in asked.numbers {
        let mut passed = Vec::new();
        let at = usize::try_from(*wanted).unwrap_or(usize::MAX);
        let start = if asked.written {
            let start = list.iter().position(|i| serial(number(*i)).is_some_and(|n| n >= u64::from(*wanted))).unwrap_or(list.len());
            if list.get(start).and_then(|i| serial(number(*i))) != Some(u64::from(*wanted)) {
                passed.push(Passed { case_no: format!("第{wanted}号").into(), why: "没有这个号".to_owned() });
            }
            start
        } else {
            at.saturating_sub(1)
        };
        let mut found = None;
        for (place, i) in list.iter().enumerate().skip(start) {
            let Some(case) = case(*i) else { continue };
            let why = match &case.out {
                Some(out) => out.to_string(),
                None if taken.contains(&place) => "已抽中".to_owned(),
                None => {
                    found = Some(place);
                    break;
                }
            };
            passed.push(Passed { case_no: case.case.case_no.clone(), why });
        }
        if let Some(place) = found {
            taken.insert(place);
            last = last.max(place);
        }
        let first = |by| cell.of(by).first().cloned().unwrap_or_else(|| "".into());
        steps.push(Step {
            office: first(Dimension::Office),
            case_type: first(Dimension::CaseType),
            number: *wanted,
            passed,
            taken: found.and_then(|p| list.get(p)).and_then(|i| case(*i)).map(|c| c.case.case_no.clone()),
        });
    }
    let in_scope = |i: &usize| case(*i).is_some_and(|c| c.out.is_none());
    let next = list.iter().enumerate().filter(|(p, _)| *p > last && !taken.contains(p)).map(|(_, i)| *i).filter(in_scope).collect();
    let taken = taken.into_iter().filter_map(|p| list.get(p).copied()).collect();
    (taken, next, steps)
}

/// The last digits of a number: 12 of 东岭援民〔2024〕12号.
fn serial(number: &str) -> Option<u64> {
    let behind = number.rsplit_once('〕').map_or(number, |(_, rest)| rest);
    let from = behind.find(|c: char| c.is_ascii_digit())?;
    let digits: String = behind.get(from..)?.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panel::draw::frame::divide;
    use crate::panel::draw::testing::case;

    fn found(out: &[(u32, &str)], numbers: &[u32], written: bool) -> (Vec<String>, Vec<String>) {
        let one = |n: &u32| {
            let why = out.iter().find(|(m, _)| m == n).map(|(_, why)| (*why).into());
            FrameCase { out: why, ..case("甲区", *n, "民事") }
        };
        // No. 4 was never given.
        let frame: Vec<FrameCase> = [1, 2, 3, 5, 6, 7].iter().map(one).collect();
        let cells = divide(&frame, 0..frame.len(), &[Dimension::Office, Dimension::CaseType]);
        let (taken, next, steps) = find(&frame, &cells[0], &Asked { numbers, year: Some(2024), written });
        assert_eq!(taken.len(), steps.iter().filter(|s| s.taken.is_some()).count());
        let told = steps.iter().map(|s| {
            let passed: Vec<String> = s.passed.iter().map(|p| format!("{}{}", p.case_no, p.why)).collect();
            format!("{}→{}", passed.join(" "), s.taken.as_deref().unwrap_or("无"))
        });
        (told.collect(), next.iter().map(|i| frame[*i].case.case_no.to_string()).collect())
    }

    #[test]
    fn an_open_case_rolls_to_the_next() {
        let (told, next) = found(&[(2, "在办"), (3, "不在期间")], &[2, 3], false);
        assert_eq!(
            told,
            [
                "甲援〔2024〕2号在办 甲援〔2024〕3号不在期间→甲援〔2024〕5号",
                "甲援〔2024〕3号不在期间 甲援〔2024〕5号已抽中→甲援〔2024〕6号"
            ]
        );
        assert_eq!(next, ["甲援〔2024〕7号"]);
    }

    #[test]
    fn what_was_refused_has_no_place_and_the_list_may_end() {
        let (told, _) = found(&[(1, "不予援助"), (7, "在办")], &[1, 5], false);
        assert_eq!(told, ["→甲援〔2024〕2号", "甲援〔2024〕7号在办→无"]);
    }

    #[test]
    fn a_written_number_that_is_not_there_rolls_too() {
        let (told, _) = found(&[], &[4, 6], true);
        assert_eq!(told, ["第4号没有这个号→甲援〔2024〕5号", "→甲援〔2024〕6号"]);
        assert_eq!(found(&[], &[4], false).0, ["→甲援〔2024〕5号"], "the fourth of the list");
    }
}
