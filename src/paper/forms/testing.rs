//! Sets the stage for the tests of forms: settings, panels, a plan of a draw, and what a paper says. Must not be used outside of tests.

use std::collections::BTreeMap;

use crate::base::text::Text;
use crate::paper::docx::Template;
use crate::paper::form::{Form, Maker, Paper};
use crate::paper::setting::{From, Setting};
use crate::record::ledger::Ledger;
use crate::record::plan::Plan;
use crate::record::v1::{CasePanel, CaseRecord, Confirmed, ObjectionRecord, Opinion, PlaceRecord, Remark, Results, Review};

/// What people give in these tests.
pub fn given(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The papers of a form about one office, whose layout is opened on the way.
pub fn papers(form: &Form, results: &Results, office: usize, cases: &[CaseRecord], ledger: Option<&Ledger>) -> Vec<Paper> {
    papers_with(form, results, office, cases, ledger, &[])
}

/// The same with more that people gave.
pub fn papers_with(
    form: &Form,
    results: &Results,
    office: usize,
    cases: &[CaseRecord],
    ledger: Option<&Ledger>,
    set: &[(&str, &str)],
) -> Vec<Paper> {
    let set = given(&[&[("整改期限", "2025年6月30日")], set].concat());
    let mut setting = Setting::new(From::Results(results, "0123456789ab"), None, true, set);
    setting.ledger = ledger;
    opened(form, &setting);
    match form.maker {
        Maker::Office(make) => make(&setting, results, &results.offices[office], cases),
        _ => panic!("{} is not made from an office", form.id),
    }
}

/// The papers of a form about a plan.
pub fn planned(form: &Form, plan: &Plan, given: BTreeMap<String, String>) -> Vec<Paper> {
    let setting = Setting::new(From::Plan(plan), Some(plan), false, given);
    opened(form, &setting);
    match form.maker {
        Maker::Plan(make) => make(&setting, plan),
        _ => panic!("{} is not made from a plan", form.id),
    }
}

/// Opens the layout, so that a name it does not declare is found here.
fn opened(form: &Form, setting: &Setting<'_>) {
    let opened = Template::new((form.layout)().parts(), &form.known(), &setting.common, setting.draft);
    assert!(opened.is_ok(), "{}: {:?}", form.id, opened.err());
}

/// A value, or nothing where it is a blank.
pub fn value<'p>(paper: &'p Paper, name: &str) -> Option<&'p str> {
    paper.facts.value(name).map(|f| f.text.as_str())
}

/// A column of a list; blanks are empty.
pub fn column<'p>(paper: &'p Paper, list: &str, name: &str) -> Vec<&'p str> {
    paper.facts.rows(list).iter().map(|r| r.get(name).map_or("", |f| f.text.as_str())).collect()
}

/// All that a paper says.
pub fn words(paper: &Paper) -> String {
    let one = |name: String| match name.split_once('.') {
        Some((list, name)) => column(paper, list, name).join("|"),
        None => value(paper, &name).unwrap_or_default().to_owned(),
    };
    paper.facts.names().map(one).collect::<Vec<_>>().join("|")
}

/// An opinion.
pub fn opinion(code: &str, turn: &str, case: &CaseRecord) -> Opinion {
    let marks = case.marks.as_ref();
    Opinion {
        reviewers: vec![code.into()],
        turn: turn.to_owned(),
        low: marks.map(|m| m.low),
        high: marks.map(|m| m.high),
        grade: Some("合格".into()),
        complete: true,
        confirmed: Some("合格".into()),
        places: Vec::new(),
    }
}

/// What a panel left of a case: two opinions, a remark of each kind.
pub fn panel(case: &CaseRecord, how: &str) -> CasePanel {
    let remark = |kind: &str, text: &str| Remark { reviewer: "Z01".into(), kind: kind.to_owned(), text: text.into() };
    CasePanel {
        opinions: vec![opinion("Z01", "first", case), opinion("Z02", "second", case)],
        how: how.to_owned(),
        why: Text::same("等次不同；Z02 的评分居中"),
        needs: 0,
        leader: false,
        confirmed: None,
        overridden: Vec::new(),
        objections: Vec::new(),
        remarks: vec![remark("good", "Z02 也认为笔录详细"), remark("lacking", "意见过于简单"), remark("advice", "应当书面论证")],
    }
}

/// A grade that persons confirmed.
pub fn confirmed(grade: &str) -> Confirmed {
    Confirmed { grade: grade.into(), by: vec!["Z01".into(), "Z02".into()], on: "2025-01-10".to_owned(), places: Vec::new() }
}

/// A mark of a reviewer with a reason.
pub fn review(criterion: &str, code: &str, given: &str, reason: &str) -> Review {
    Review {
        criterion: criterion.into(),
        given: given.into(),
        reviewer: Some(code.into()),
        reason: (!reason.is_empty()).then(|| reason.into()),
        situation: None,
        pages: (!reason.is_empty()).then(|| "30".into()),
        place: PlaceRecord::default(),
    }
}

/// An objection to C03.
pub fn objection(state: &str) -> ObjectionRecord {
    ObjectionRecord {
        criterion: "C03".into(),
        by: "王建国".into(),
        role: Some("lawyer".to_owned()),
        reason: Some("Z01 没有看到第 46 页".into()),
        evidence: Some("补充意见（卷内第 46 页）".into()),
        existed: Some(true),
        served: Some("2025-01-20".to_owned()),
        raised: Some("2025-01-24".to_owned()),
        due: Some("2025-01-30".to_owned()),
        state: state.to_owned(),
        said: Text::same("变更"),
        before: Some("扣 6".into()),
        after: (state == "upheld").then(|| "扣 3".into()),
        reviewers: vec!["Z01".into()],
        deciders: vec!["Z05".into(), "Z06".into()],
        decided: Some("2025-02-06".to_owned()),
        place: PlaceRecord::default(),
    }
}

/// A plan of two offices and two reviewers, where one case came in the place of another.
pub fn plan() -> Plan {
    serde_json::from_str(include_str!("testing_plan.json")).expect("a plan")
}
