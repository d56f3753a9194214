//! Invented frames for tests (虚构). Must not be used outside of tests.

use std::sync::Arc;

use super::frame;
use crate::record::plan::{CaseKey, FrameCase, Method, Rules, Size};

/// Case `n` of an office; its lawyer and group follow from its number.
pub fn case(office: &str, n: u32, case_type: &str) -> FrameCase {
    let head: String = office.chars().take(1).collect();
    let key = CaseKey { office: office.into(), case_no: format!("{head}援〔2024〕{n}号").into(), stage: None };
    let groups: Vec<Arc<str>> = if n.is_multiple_of(3) { vec!["农民工".into()] } else { Vec::new() };
    FrameCase { case: key, case_type: case_type.into(), lawyers: vec![format!("虚构律师{}", n % 5).into()], groups, out: None }
}

/// Offices 甲区, 乙区 … of so many cases, civil and criminal in turn, in order.
pub fn frame(sizes: &[u32]) -> Vec<FrameCase> {
    let names = ["甲区", "乙区", "丙区", "丁区", "戊区", "己区"];
    let of = |(name, size): (&&str, &u32)| (1..=*size).map(|n| case(name, n, if n % 2 == 0 { "刑事" } else { "民事" })).collect::<Vec<_>>();
    let mut all: Vec<FrameCase> = names.iter().zip(sizes).flat_map(of).collect();
    frame::sort(&mut all);
    all
}

/// Rules of a method and nothing else.
pub fn rules(method: Method) -> Rules {
    Rules {
        method,
        strata: Vec::new(),
        minimums: Vec::new(),
        reserve: None,
        additions: Vec::new(),
        substitutions: Vec::new(),
        allocation: None,
    }
}

/// So many at random.
pub fn number(n: u64) -> Rules {
    rules(Method::Random { size: Size::Number(n), each_office: false })
}
