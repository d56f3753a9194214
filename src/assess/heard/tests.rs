//! From the marks of several reviewers to one result, by hand.

use std::sync::Arc;

use jiff::civil::date;

use super::{World, concerns, settle};
use crate::assess::drawn::{Drawn, Lot, Task};
use crate::base::form;
use crate::base::place::{At, Origin, Place};
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::{Kind, Observation};
use crate::intake::settings::ObjectionSettings;
use crate::model::case::Case;
use crate::model::heard::{Council, Objection, Objector, Verdict};
use crate::model::mark::{Given, Mark};
use crate::model::reconcile::{Reconcile, Third};
use crate::record::plan::{AllocationRules, Connected, Maker, Method, Part, Plan, Reviewer, Rules, Source, Turn};
use crate::reference::workdays::Calendar;
use crate::rubric::testing::{plain, rubric};
use crate::rubric::{Criterion, Deduct, Rubric};
use crate::score::{Asked, Scored, score};

static HUMAN: Kind = Kind { name: "mark", title: Text::EMPTY, about: Text::EMPTY, units: &[], human: true, ready: |_| None };

fn w(n: i64) -> Points {
    Points::whole(n)
}

/// H1 and H2 are marked by people, M is the machine's; grades from 90, 75, 60.
fn standard() -> Rubric {
    let human = |id: &str, points| Criterion { check: &HUMAN, kind: "substance", ..plain(id, w(points), Deduct::by_points(w(points))) };
    let mut rubric = rubric(vec![human("H1", 40), human("H2", 20), plain("M", w(40), Deduct::All)]);
    rubric.reconcile = Some(Reconcile {
        difference: Some(w(10)),
        grades: true,
        third: Third::Majority,
        fail: 2,
        excellent: Points::ZERO,
        edge: None,
        verified: false,
    });
    rubric
}

fn place(n: u32) -> Place {
    Place::at(&Arc::new(Origin { file: "评分/Z01.xlsx".to_owned(), sheet: None }), At::Line(n))
}

fn mark(who: &str, id: &str, off: i64) -> Mark {
    Mark {
        criterion: id.into(),
        given: Given::Off(w(off)),
        reviewer: (!who.is_empty()).then(|| who.into()),
        reason: Some("论证单薄".into()),
        situation: None,
        pages: Some("12".into()),
        place: place(1),
        raw: off.to_string().into(),
    }
}

fn page(who: &str, grade: &str) -> Verdict {
    Verdict {
        reviewer: who.into(),
        wanted: 2,
        blank: Vec::new(),
        begun: true,
        whole: true,
        grade: Some(grade.into()),
        signed: Some(who.into()),
        on: Some(date(2024, 12, 10)),
        good: None,
        lacking: None,
        advice: None,
        place: place(9),
    }
}

/// Each reviewer with what is taken off H1 and H2, and the grade that is confirmed.
fn case(opinions: &[(&str, i64, i64, &str)]) -> Case {
    let mut case = Case::empty(place(0));
    for (who, first, second, grade) in opinions {
        case.marks.extend([mark(who, "H1", *first), mark(who, "H2", *second)]);
        if !grade.is_empty() {
            case.heard.verdicts.push(page(who, grade));
        }
    }
    case
}

fn of(tasks: Vec<Task>) -> Lot {
    Lot { estimate: true, stratum: "全部".into(), tasks }
}

fn lot(tasks: &[(&str, Turn)]) -> Lot {
    let task = |(who, turn): &(&str, Turn)| Task { reviewer: (*who).into(), part: Part::Whole, turn: *turn };
    of(tasks.iter().map(task).collect())
}

fn drawn() -> Drawn {
    let reviewer = |code: &str, office: Option<&str>| Reviewer {
        code: code.into(),
        name: "虚构".to_owned(),
        office: office.map(str::to_owned),
        case_types: Vec::new(),
        group: None,
        leader: false,
        wishes: Vec::new(),
        capacity: None,
        role: Part::Whole,
        due: None,
    };
    let all = [("Z01", None), ("Z02", None), ("Z03", None), ("Z04", Some("东岭")), ("Z05", None)];
    let rules = AllocationRules {
        reviewers: all.into_iter().map(|(c, o)| reviewer(c, o)).collect(),
        second: "10".to_owned(),
        blind: true,
        connected: Connected::Off,
        extra: Vec::new(),
        due: None,
    };
    Drawn::new(Plan {
        format: 1,
        tool: Maker { name: "juanping".to_owned(), version: String::new() },
        batch: Source { title: String::new(), year: None, as_of: String::new(), stage: String::new(), made_by: None, scope: Text::EMPTY },
        seed: 1,
        rules: Rules {
            method: Method::All,
            strata: Vec::new(),
            minimums: Vec::new(),
            reserve: None,
            additions: Vec::new(),
            substitutions: Vec::new(),
            allocation: Some(rules),
        },
        frame_sha256: String::new(),
        size: Vec::new(),
        strata: Vec::new(),
        steps: Vec::new(),
        drawn: Vec::new(),
        reserves: Vec::new(),
        substitutions: Vec::new(),
        allocation: None,
        offices: Vec::new(),
        frame: Vec::new(),
    })
}

struct Came {
    scored: Scored,
    how: String,
    needs: u32,
    confirmed: Option<Vec<Arc<str>>>,
    problems: Vec<String>,
    objections: Vec<(String, String)>,
}

/// `machine`: whether the machine finds M unmet.
fn came(rubric: &Rubric, case: &Case, lot: Option<&Lot>, machine: bool) -> Came {
    let drawn = drawn();
    let calendar = Calendar::embedded();
    let objection = ObjectionSettings { length: Some(10), workdays: false };
    let world = World { drawn: lot.map(|_| &drawn), lot, office: "东岭", lawyers: &[], objection: &objection, calendar: &calendar };
    let unmet = || Observation::unmet(Text::fixed("缺指派通知书", "no notice"), vec![place(3).into()]);
    let asked = vec![Asked::seen(vec![]), Asked::seen(vec![]), Asked::seen(if machine { vec![unmet()] } else { vec![] })];
    let heard = settle(rubric, case, &asked, world);
    let scored = score(rubric, heard.asked.clone(), heard.red_lines.clone());
    let (confirmed, mut problems) = heard.confirmed(rubric, case, &scored);
    problems.extend(heard.problems.iter().cloned());
    Came {
        how: heard.came.how.to_owned(),
        needs: heard.came.needs,
        confirmed: confirmed.map(|c| c.by.into_iter().collect()),
        problems: problems.iter().map(|p| format!("{} {}", p.code, p.message.zh)).collect(),
        objections: heard.objections.iter().map(|o| (o.state.id().to_owned(), o.said.zh.to_string())).collect(),
        scored,
    }
}

#[test]
fn one_signed_page_is_confirmed_and_one_with_another_grade_is_not() {
    let two = lot(&[("Z01", Turn::First)]);
    let good = came(&standard(), &case(&[("Z01", 5, 0, "a")]), Some(&two), false);
    assert_eq!((good.how.as_str(), good.scored.marks), ("single", Some((w(95), w(95)))));
    assert_eq!(good.confirmed, Some(vec!["Z01".into()]));
    assert!(good.problems.is_empty());
    let other = came(&standard(), &case(&[("Z01", 5, 0, "b")]), Some(&two), false);
    assert_eq!(other.confirmed, None);
    assert!(other.problems[0].contains("评定为“b”") && other.problems[0].contains("应为“a”"), "{:?}", other.problems);
}

#[test]
fn close_marks_are_averaged_exactly_and_confirmed_by_both() {
    let two = lot(&[("Z01", Turn::First), ("Z02", Turn::Second)]);
    let mean = came(&standard(), &case(&[("Z01", 5, 1, "a"), ("Z02", 4, 0, "a")]), Some(&two), false);
    assert_eq!(mean.how, "mean");
    assert_eq!(mean.scored.marks, Some((w(95), w(95))));
    assert_eq!(mean.scored.criteria[0].lost.0, Points::ratio(9, 2).unwrap());
    assert_eq!(mean.confirmed, Some(vec!["Z01".into(), "Z02".into()]));
    let said = &mean.scored.criteria[0].observations[0].0.said.zh;
    assert!(said.contains("Z01 扣 5 分（论证单薄，卷内第 12 页）；Z02 扣 4 分") && said.contains("取平均"), "{said}");
    assert_eq!(mean.scored.criteria[0].observations[0].0.seen.len(), 2);
    // Signed by one only: the result stands, unconfirmed.
    let mut half = case(&[("Z01", 5, 1, "a"), ("Z02", 4, 0, "a")]);
    half.heard.verdicts[1].signed = None;
    let half = came(&standard(), &half, Some(&two), false);
    assert_eq!((half.how.as_str(), half.confirmed), ("open", None));
}

#[test]
fn marks_that_differ_stay_open_until_a_third_joins_one_side() {
    let two = lot(&[("Z01", Turn::First), ("Z02", Turn::Second)]);
    let apart = came(&standard(), &case(&[("Z01", 5, 0, "a"), ("Z02", 20, 0, "b")]), Some(&two), false);
    assert_eq!((apart.how.as_str(), apart.needs, apart.scored.grade()), ("open", 1, None));
    // Everything people mark is open, the machine's part is not.
    assert_eq!(apart.scored.marks, Some((w(40), w(100))));
    let three = lot(&[("Z01", Turn::First), ("Z02", Turn::Second), ("Z03", Turn::Extra)]);
    let third = case(&[("Z01", 5, 0, "a"), ("Z02", 20, 0, "b"), ("Z03", 18, 0, "b")]);
    let third = came(&standard(), &third, Some(&three), false);
    assert_eq!((third.how.as_str(), third.scored.marks), ("majority", Some((w(81), w(81)))));
    assert_eq!(third.confirmed, Some(vec!["Z02".into(), "Z03".into()]));
}

#[test]
fn a_second_sheet_that_is_still_out_keeps_the_case_open() {
    let two = lot(&[("Z01", Turn::First), ("Z02", Turn::Second)]);
    let waiting = came(&standard(), &case(&[("Z01", 5, 0, "a")]), Some(&two), false);
    assert_eq!((waiting.how.as_str(), waiting.needs, waiting.scored.grade(), waiting.confirmed), ("open", 0, None, None));
    let none = came(&standard(), &case(&[]), Some(&two), false);
    assert_eq!((none.how.as_str(), none.scored.marks), ("open", Some((w(40), w(100)))));
}

#[test]
fn half_a_page_is_pending_and_never_zero() {
    let one = lot(&[("Z01", Turn::First)]);
    let mut half = case(&[("Z01", 5, 0, "a")]);
    half.marks.retain(|m| &*m.criterion == "H1");
    half.heard.verdicts[0].blank = vec!["H2".into()];
    let half = came(&standard(), &half, Some(&one), false);
    assert_eq!((half.how.as_str(), half.scored.marks), ("open", Some((w(40), w(100)))));
}

#[test]
fn a_machine_outcome_is_set_aside_by_a_mark_and_kept_in_the_record() {
    let one = lot(&[("Z01", Turn::First)]);
    let mut aside = case(&[("Z01", 0, 0, "a")]);
    assert_eq!(came(&standard(), &aside, Some(&one), true).scored.marks, Some((w(60), w(60))));
    aside.marks.push(mark("Z01", "M", 8));
    let drawn = drawn();
    let (calendar, objection) = (Calendar::embedded(), ObjectionSettings::default());
    let world = World { drawn: Some(&drawn), lot: Some(&one), office: "东岭", lawyers: &[], objection: &objection, calendar: &calendar };
    let unmet = Observation::unmet(Text::fixed("缺指派通知书", "no notice"), vec![place(3).into()]);
    let rubric = standard();
    let heard = settle(&rubric, &aside, &[Asked::seen(vec![]), Asked::seen(vec![]), Asked::seen(vec![unmet])], world);
    // All or nothing by the machine, eight points by a person.
    assert_eq!(score(&rubric, heard.asked.clone(), vec![]).marks, Some((w(92), w(92))));
    let kept: Vec<_> = heard.overridden(&rubric).map(|(i, s)| (i, s.given.clone())).collect();
    assert_eq!(kept, [(2, Some(Given::Off(w(8))))]);
    assert_eq!(heard.machine.criteria[2].lost.0, w(40));
}

#[test]
fn who_leaves_the_machine_as_it_is_counts_with_its_outcome() {
    let two = lot(&[("Z01", Turn::First), ("Z02", Turn::Second)]);
    let mut rubric = standard();
    rubric.reconcile.iter_mut().for_each(|r| (r.grades, r.difference) = (false, None));
    let mut one_sided = case(&[("Z01", 0, 0, "a"), ("Z02", 0, 0, "c")]);
    one_sided.marks.push(mark("Z01", "M", 0));
    // Nothing off by one, all 40 by the machine that the other left standing: 20.
    assert_eq!(came(&rubric, &one_sided, Some(&two), true).scored.marks, Some((w(80), w(80))));
}

#[test]
fn what_does_not_apply_leaves_the_denominator_only_when_all_say_so() {
    let two = lot(&[("Z01", Turn::First), ("Z02", Turn::Second)]);
    let not = |case: &mut Case, at: usize| case.marks[at].given = Given::Word(form::NOT_APPLICABLE.into());
    let mut both = case(&[("Z01", 4, 0, "a"), ("Z02", 4, 0, "a")]);
    not(&mut both, 1);
    let split = came(&standard(), &both, Some(&two), false);
    assert_eq!(split.scored.criteria[1].outcome, crate::check::Outcome::Pending);
    assert_eq!((split.how.as_str(), split.confirmed), ("open", None));
    not(&mut both, 3);
    let agreed = came(&standard(), &both, Some(&two), false);
    assert_eq!(agreed.scored.marks, Some((w(95), w(95))));
    assert_eq!(agreed.scored.criteria[1].outcome, crate::check::Outcome::NotApplicable);
}

#[test]
fn a_pair_of_parts_is_one_opinion() {
    let part = |who: &str, part| Task { reviewer: who.into(), part, turn: Turn::First };
    let pair = of(vec![part("Z01", Part::Regularity), part("Z02", Part::Substance)]);
    let part_page = |who: &str| Verdict { whole: false, grade: None, ..page(who, "") };
    let mut both = case(&[("Z02", 5, 0, "")]);
    both.heard.verdicts.push(part_page("Z02"));
    let alone = came(&standard(), &both, Some(&pair), false);
    assert_eq!(alone.how, "open");
    both.heard.verdicts.push(part_page("Z01"));
    let joined = came(&standard(), &both, Some(&pair), false);
    assert_eq!((joined.how.as_str(), joined.scored.marks), ("single", Some((w(95), w(95)))));
    // Nobody who marks a part confirms the grade of the whole: two people do, with the minutes.
    assert_eq!(joined.confirmed, None);
    both.heard.council = vec![Council { criterion: None, given: None, grade: Some("a".into()), ..decision("H1", 0, &["Z03", "Z05"]) }];
    let confirmed = came(&standard(), &both, Some(&pair), false);
    assert_eq!((confirmed.scored.marks, confirmed.confirmed), (Some((w(95), w(95))), Some(vec!["Z03".into(), "Z05".into()])));
}

fn decision(id: &str, off: i64, members: &[&str]) -> Council {
    Council {
        criterion: Some(id.into()),
        given: Some(Given::Off(w(off))),
        reason: Some("代理意见未回应争议焦点".into()),
        grade: Some("b".into()),
        members: members.iter().map(|m| (*m).into()).collect(),
        on: Some(date(2024, 12, 20)),
        minutes: Some("合议一致".into()),
        place: place(20),
        raw: off.to_string().into(),
    }
}

#[test]
fn a_joint_decision_of_two_or_more_settles_what_it_names() {
    let two = lot(&[("Z01", Turn::First), ("Z02", Turn::Second)]);
    let mut torn = case(&[("Z01", 5, 2, "a"), ("Z02", 20, 2, "b")]);
    torn.heard.council = vec![decision("H1", 16, &["Z03"])];
    let alone = came(&standard(), &torn, Some(&two), false);
    assert_eq!((alone.how.as_str(), alone.needs), ("open", 1));
    assert!(alone.problems.iter().any(|p| p.starts_with("P085") && p.contains("两人以上")), "{:?}", alone.problems);
    torn.heard.council = vec![decision("H1", 16, &["Z03", "Z05"])];
    let decided = came(&standard(), &torn, Some(&two), false);
    // What both had said alike, two points off H2, stands.
    assert_eq!((decided.how.as_str(), decided.scored.marks, decided.needs), ("council", Some((w(82), w(82))), 0));
    assert_eq!(decided.confirmed, Some(vec!["Z03".into(), "Z05".into()]));
    // Who belongs to the office of the case, or is not known to belong elsewhere, has no say; two lines that differ have none either.
    for (lines, said) in [
        (vec![decision("H1", 16, &["Z03", "Z04"])], "所在机构"),
        (vec![decision("H1", 16, &["Z03", "李某〔虚构〕"])], "不能核对"),
        (vec![decision("H1", 16, &["Z03", "Z05"]), decision("H1", 12, &["Z03", "Z05"])], "不同的决定"),
    ] {
        torn.heard.council = lines;
        let refused = came(&standard(), &torn, Some(&two), false);
        assert_eq!((refused.how.as_str(), refused.confirmed), ("open", None), "{said}");
        assert!(refused.problems.iter().any(|p| p.contains(said)), "{said}: {:?}", refused.problems);
    }
    // A decision about one item does not swallow the others: H2 has not been marked by both yet.
    let mut waiting = case(&[("Z01", 5, 2, "a")]);
    waiting.heard.council = vec![decision("H1", 16, &["Z03", "Z05"])];
    let waiting = came(&standard(), &waiting, Some(&two), false);
    assert_eq!((waiting.how.as_str(), waiting.confirmed, waiting.scored.grade()), ("open", None, None));
    torn.heard.council = vec![decision("H1", 41, &["Z03", "Z05"])];
    assert!(came(&standard(), &torn, Some(&two), false).problems.iter().any(|p| p.contains("不在 H1 的量表内")));
}

#[test]
fn a_red_line_is_decided_by_those_whose_marks_stand() {
    let two = lot(&[("Z01", Turn::First), ("Z02", Turn::Second)]);
    let mut rubric = standard();
    rubric.red_lines.push(crate::rubric::testing::red_line(3));
    rubric.reconcile.iter_mut().for_each(|r| r.fail = 0);
    let decided = |first: &str, second: &str, off: i64, council: bool| {
        let mut case = case(&[("Z01", 5, 0, "a"), ("Z02", off, 0, "a")]);
        for (who, word) in [("Z01", first), ("Z02", second)] {
            case.marks.push(Mark { given: Given::Word(word.into()), ..mark(who, "V", 0) });
        }
        if council {
            case.heard.council = vec![Council { grade: None, ..decision("H1", 5, &["Z03", "Z05"]) }];
        }
        came(&rubric, &case, Some(&two), false).scored.possible
    };
    assert_eq!(decided(form::NO, form::NO, 5, false), [0]);
    assert_eq!(decided(form::YES, form::YES, 5, false), [3]);
    // One says so and the other does not; or the marks themselves are not settled yet.
    assert!(decided(form::YES, form::NO, 5, false).len() > 1);
    assert!(decided(form::NO, form::NO, 20, false).len() > 1);
    // A joint decision about a mark leaves what both said of the red line alone.
    assert_eq!(decided(form::NO, form::NO, 20, true), [0]);
}

fn objection(off: i64) -> Objection {
    Objection {
        by: "东岭区法律援助中心".into(),
        role: Some(Objector::Office),
        criterion: "H1".into(),
        reason: Some("卷内第 30 页有补充代理意见".into()),
        evidence: Some("补充代理意见".into()),
        existed: Some(true),
        served: Some(date(2024, 12, 20)),
        raised: Some(date(2024, 12, 30)),
        changed: Some(true),
        given: Some(Given::Off(w(off))),
        grade: Some("a".into()),
        deciders: vec!["Z03".into(), "Z05".into()],
        decided: Some(date(2025, 1, 6)),
        why: Some("评估时已在卷内".into()),
        place: place(30),
        raw: off.to_string().into(),
    }
}

#[test]
fn a_decision_on_an_objection_counts_only_where_it_keeps_the_rules() {
    let one = lot(&[("Z01", Turn::First)]);
    let run = |change: &dyn Fn(&mut Objection)| {
        let mut objected = case(&[("Z01", 15, 0, "b")]);
        let mut objection = objection(5);
        change(&mut objection);
        objected.heard.objections.push(objection);
        came(&standard(), &objected, Some(&one), false)
    };
    let upheld = run(&|_| {});
    assert_eq!((upheld.how.as_str(), upheld.scored.marks), ("objection", Some((w(95), w(95)))));
    assert_eq!(upheld.confirmed, Some(vec!["Z03".into(), "Z05".into()]));
    assert_eq!(upheld.objections[0].0, "upheld");
    type Change<'a> = &'a dyn Fn(&mut Objection);
    let broken: &[(Change<'_>, &str)] = &[
        (&|o| o.deciders.truncate(1), "两人以上"),
        (&|o| o.deciders = vec!["Z03".into(), "Z03".into()], "两人以上"),
        (&|o| o.deciders[0] = "Z01".into(), "一评专家"),
        (&|o| o.deciders[0] = "Z04".into(), "所在机构"),
        (&|o| o.decided = None, "决定日期"),
        (&|o| o.why = None, "决定理由"),
        (&|o| o.served = None, "缺送达日"),
        (&|o| o.decided = Some(date(2024, 12, 25)), "先后不对"),
        (&|o| o.deciders[0] = "ｚ01".into(), "一评专家"),
        (&|o| o.deciders = vec!["Z03".into(), "z03".into()], "两人以上"),
        (&|o| o.deciders[0] = "张某〔虚构〕".into(), "不能核对是否应当回避"),
        (&|o| o.raised = Some(date(2024, 12, 31)), "已过 2024-12-30"),
        (&|o| o.existed = Some(false), "事后形成"),
        (&|o| o.existed = None, "材料性质"),
        (&|o| o.given = None, "变更后扣分"),
        (&|o| o.given = Some(Given::Off(w(41))), "量表"),
    ];
    for (change, said) in broken {
        let refused = run(*change);
        assert_eq!((refused.how.as_str(), refused.scored.marks), ("single", Some((w(85), w(85)))), "{said}");
        assert!(refused.objections[0].0 == "invalid" && refused.objections[0].1.contains(said), "{said}: {:?}", refused.objections);
        assert!(refused.problems.iter().any(|p| p.starts_with("P089")), "{said}");
    }
    let kept = run(&|o| o.changed = Some(false));
    assert_eq!((kept.objections[0].0.as_str(), kept.how.as_str(), kept.scored.marks), ("kept", "single", Some((w(85), w(85)))));
    assert_eq!(run(&|o| o.changed = None).objections[0].0, "open");
    // A paper made afterwards does not hinder a decision that raises nothing.
    let lowered = run(&|o| (o.existed, o.given) = (Some(false), Some(Given::Off(w(20)))));
    assert_eq!(lowered.scored.marks, Some((w(80), w(80))));
}

#[test]
fn without_a_round_a_single_plain_sheet_is_left_to_the_check() {
    assert!(!concerns(&case(&[("Z01", 5, 0, "")]), None));
    assert!(!concerns(&case(&[]), Some(&of(Vec::new()))));
    assert!(concerns(&case(&[("Z01", 5, 0, "a")]), None));
    assert!(concerns(&case(&[("Z01", 5, 0, ""), ("Z02", 5, 0, "")]), None));
    assert!(concerns(&case(&[]), Some(&lot(&[("Z01", Turn::First)]))));
}

#[test]
fn plain_sheets_of_two_reviewers_are_reconciled_without_a_round() {
    let close = came(&standard(), &case(&[("Z01", 5, 0, ""), ("Z02", 3, 0, "")]), None, false);
    assert_eq!((close.how.as_str(), close.scored.marks, close.confirmed), ("mean", Some((w(96), w(96))), None));
    // Without rules any difference stays open.
    let mut bare = standard();
    bare.reconcile = None;
    assert_eq!(came(&bare, &case(&[("Z01", 5, 0, ""), ("Z02", 3, 0, "")]), None, false).how, "open");
    assert_eq!(came(&bare, &case(&[("Z01", 5, 0, ""), ("Z02", 5, 0, "")]), None, false).how, "mean");
}

#[test]
fn only_those_who_were_given_a_case_have_a_say_in_it() {
    let one = lot(&[("Z01", Turn::First)]);
    let strange = came(&standard(), &case(&[("Z01", 5, 0, "a"), ("Z05", 0, 0, "a")]), Some(&one), false);
    assert_eq!((strange.how.as_str(), strange.scored.marks), ("single", Some((w(95), w(95)))));
    assert!(strange.problems.iter().any(|p| p.starts_with("P081") && p.contains("Z05")), "{:?}", strange.problems);
}

#[test]
fn partners_who_differ_on_a_red_line_leave_the_case_open() {
    let part = |who: &str, part| Task { reviewer: who.into(), part, turn: Turn::First };
    let pair = of(vec![part("Z01", Part::Regularity), part("Z02", Part::Substance)]);
    let mut rubric = standard();
    rubric.red_lines.push(crate::rubric::testing::red_line(3));
    rubric.reconcile.iter_mut().for_each(|r| r.fail = 0);
    let mut both = case(&[("Z02", 5, 0, "")]);
    for (who, word) in [("Z01", form::YES), ("Z02", form::NO)] {
        both.heard.verdicts.push(Verdict { whole: false, grade: None, ..page(who, "") });
        both.marks.push(Mark { given: Given::Word(word.into()), ..mark(who, "V", 0) });
    }
    let torn = came(&rubric, &both, Some(&pair), false);
    assert_eq!((torn.how.as_str(), torn.scored.grade()), ("open", None));
    assert!(torn.problems.iter().any(|p| p.starts_with("P083") && p.contains("不一致")), "{:?}", torn.problems);
}
