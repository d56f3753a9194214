//! To-do lists of results made by code.

use super::Names;
use crate::report::fixture;

#[test]
fn criteria_of_two_rubrics_with_one_id_are_two_jobs() {
    let (mut results, cases) = fixture::results(1, 30);
    let jobs = |results: &crate::record::v1::Results, cases: &[crate::record::v1::CaseRecord]| Names::new(results).todo(cases.iter()).len();
    let one = jobs(&results, &cases[0]);
    let mut other = results.rubrics[0].clone();
    "other".clone_into(&mut other.id);
    let mut both = cases[0].clone();
    both.extend(cases[0].iter().cloned().map(|mut case| {
        case.rubric = Some("other".into());
        case
    }));
    results.rubrics.push(other);
    assert_eq!(jobs(&results, &both), one, "the same criterion is one job");
    for criterion in &mut results.rubrics[1].criteria {
        criterion.title = criterion.title.map(|t| format!("{t}二"));
    }
    assert!(jobs(&results, &both) > one, "another one is not");
}
