//! Pairs of cases against figures worked out by hand. For tests only.

use super::{Side, compare};
use crate::base::points::Points;
use crate::record::gap::Gap;
use crate::record::number::Number;
use crate::record::v1::{CaseRecord, RateRecord, Results};
use crate::report::fixture;

/// Self-assessed and audited marks, in hundredths of a point; nothing = undecided.
type Row = (Option<i64>, Option<i64>);

fn sides(rows: &[Row], other_text: bool) -> Gap {
    let (mut results, cases) = fixture::results(1, 1);
    let rate = |name: &str, grades: &[&str], headline| RateRecord {
        id: name.to_owned(),
        title: name.to_owned(),
        headline,
        grades: grades.iter().map(ToString::to_string).collect(),
    };
    let rates = vec![rate("优秀率", &["优秀"], false), rate("优良率", &["优秀", "良好"], true)];
    results.rubrics[0].rates = rates;
    let case = |n: usize, mark: Option<i64>| {
        let mut case = cases[0][0].clone();
        case.case_no = format!("虚构〔2024〕{n}号");
        let points = Number::new(Points::ratio(mark.unwrap_or(0), 100).unwrap_or_default());
        let marks = case.marks.as_mut().expect("marks");
        (marks.low, marks.high, marks.exact) = (points, points, None);
        let titles = ["优秀", "良好", "合格", "不合格"];
        let at = mark.and_then(|m| [9_000, 8_000, 6_000, 0].iter().position(|from| m >= *from));
        case.grade = at.and_then(|at| titles.get(at)).map(|t| (*t).into());
        case
    };
    let all = |which: fn(&Row) -> Option<i64>| -> Vec<Result<CaseRecord, crate::base::text::Text>> {
        rows.iter().enumerate().map(|(n, row)| Ok(case(n + 1, which(row)))).collect()
    };
    let mut audit: Results = results.clone();
    if other_text {
        audit.rubrics[0].sha256 = "1".repeat(64);
    }
    let side = |results| Side { results, sealed: false };
    compare((side(&results), all(|r| r.0).into_iter()), (side(&audit), all(|r| r.1).into_iter()), |_| true).expect("cases")
}

#[test]
fn deviations_rates_and_moves_are_those_worked_out_by_hand() {
    // 95→88, 91→91, 85→79.5, 70→72, 66→?: differences 7, 0, 5.5, -2; mean 10.5/4 = 2.625, without sign 14.5/4 = 3.625.
    let gap = sides(
        &[
            (Some(9_500), Some(8_800)),
            (Some(9_100), Some(9_100)),
            (Some(8_500), Some(7_950)),
            (Some(7_000), Some(7_200)),
            (Some(6_600), None),
        ],
        false,
    );
    let office = &gap.offices[0];
    assert_eq!((office.both, office.compared, office.undecided, office.other_rubric), (5, 4, 1, 0));
    let d = office.deviation.as_ref().expect("marks");
    assert_eq!((d.mean_exact.as_str(), d.mean.to_string().as_str(), d.mean_absolute.to_string().as_str()), ("21/8", "2.63", "3.63"));
    assert_eq!((d.largest.to_string().as_str(), d.largest_case.as_str()), ("7", "虚构〔2024〕1号"));
    assert_eq!((d.higher, d.lower, d.equal, office.up, office.down), (2, 1, 1, 0, 2));
    let rates: Vec<_> = office.rates.iter().map(|r| (r.name.as_str(), r.own, r.audit, r.n)).collect();
    assert_eq!(rates, [("优秀率", 2, 1, 4), ("优良率", 3, 2, 4)]);
    let moves: Vec<_> = office.moves.iter().map(|m| (m.own.as_str(), m.audit.as_str(), m.cases)).collect();
    assert_eq!(moves, [("优秀", "优秀", 1), ("优秀", "良好", 1), ("良好", "合格", 1), ("合格", "合格", 1)]);
    assert!(!office.beyond && office.plain.zh.contains("没有超出抽样偶然性"));
    assert_eq!(office.cases[0].difference.map(|d| d.to_string()).as_deref(), Some("7"));
}

#[test]
fn one_direction_only_is_told_and_other_texts_are_not_compared() {
    let rows = [(Some(9_500), Some(9_000)); 5];
    let office = &sides(&rows, false).offices[0];
    assert!(office.beyond && office.plain.zh.contains("5 件有差别的里面 5 件偏高"), "{:?}", office.plain);
    let gap = sides(&rows, true);
    let office = &gap.offices[0];
    assert_eq!((office.compared, office.other_rubric, office.deviation.is_none()), (0, 5, true));
    assert_eq!(gap.other_rubrics, ["legal-aid-civil"]);
    let words = crate::report::gap::said(&gap, crate::base::text::Lang::Zh);
    assert!(words.contains("5 件两边所用标准的文本不同，不逐案比较"), "{words}");
}
