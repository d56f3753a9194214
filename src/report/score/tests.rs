//! Score sheets made from the plausible results of the room: what must be marked, what may be seen, and that both layouts hold the same.
//! Must not test how a sheet looks.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Reader as _, Xlsx};

use super::item::{Sheet, State};
use super::{Input, calibration, forms, workbook};
use crate::base::form::{self, Facts, Layout};
use crate::record::plan::{CaseKey, Part, Plan};
use crate::record::v1::{CaseRecord, PlaceRecord, Results, Review};
use crate::report::fixture;
use crate::report::workbook::Context;

/// A plan that gives two cases of one office to one reviewer.
fn plan() -> Plan {
    let case = |n: u32, part: &str| {
        format!(r#"{{"reviewer":"Z01","office":"10","case_no":"云岭东援民〔2024〕{n:03}号","part":"{part}","turn":"second","blind":true}}"#)
    };
    let reviewer = r#"{"code":"Z01","name":"虚构专家一","office":null,"case_types":[],"group":null,"leader":false,"wishes":[],"capacity":null,"role":"whole"}"#;
    let text = format!(
        r#"{{"format":1,"tool":{{"name":"juanping","version":"0"}},"batch":{{"title":"虚构","year":2024,"as_of":"2024-12-31","stage":"","made_by":null,
        "scope":{{"zh":"全部","en":"all"}}}},"seed":1,"rules":{{"method":"all","strata":[],"minimums":[],"reserve":null,"additions":[],"substitutions":[],
        "allocation":{{"reviewers":[{reviewer}],"second":"10","blind":true,"connected":"mend","extra":[]}}}},"frame_sha256":"{}","size":[],"strata":[],
        "steps":[],"drawn":[],"reserves":[],"substitutions":[],"allocation":{{"tasks":[{},{}],"swaps":[]}},
        "offices":[{{"id":"10","name":"东岭区法律援助中心"}}],"frame":[]}}"#,
        "ab".repeat(32),
        case(1, "whole"),
        case(2, "substance"),
    );
    serde_json::from_str(&text).expect("a plan")
}

fn cases(all: &[Vec<CaseRecord>]) -> BTreeMap<CaseKey, CaseRecord> {
    let key = |c: &CaseRecord| CaseKey { office: "10".into(), case_no: c.case_no.as_str().into(), stage: None };
    all[0].iter().map(|c| (key(c), c.clone())).collect()
}

/// Everything a test hands over.
struct Stage {
    results: Results,
    cases: BTreeMap<CaseKey, CaseRecord>,
    plan: Plan,
    levels: BTreeMap<String, Vec<String>>,
}

impl Stage {
    fn new(by_levels: bool) -> Self {
        let (mut results, mut all) = fixture::results(1, 3);
        let mut levels = BTreeMap::new();
        if by_levels {
            fixture::levels(&mut results, &mut all);
            levels.insert("legal-aid-civil".to_owned(), ["优秀", "合格", "不合格"].map(str::to_owned).to_vec());
        }
        Self { cases: cases(&all), results, plan: plan(), levels }
    }

    fn input(&self, layout: Layout, facts: Facts) -> Input<'_> {
        let context = Context::of(&self.results);
        Input { context, plan: &self.plan, levels: &self.levels, cases: &self.cases, layout, facts, only: None, fill: None }
    }

    fn made(&self, layout: Layout, facts: Facts) -> Vec<u8> {
        let reviewer = &self.plan.rules.allocation.as_ref().expect("reviewers").reviewers[0];
        workbook(&self.input(layout, facts), reviewer).expect("made").expect("tasks")
    }
}

fn words(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range(sheet).expect(sheet);
    range.rows().map(|r| r.iter().map(ToString::to_string).collect()).collect()
}

/// Everything that is written in a workbook.
fn text(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut all = String::new();
    for i in 0..zip.len() {
        zip.by_index(i).expect("a part").read_to_string(&mut all).expect("text");
    }
    all
}

#[test]
fn what_must_be_marked_follows_from_who_decides_and_what_the_machine_found() {
    let mut stage = Stage::new(false);
    let key = stage.plan.allocation.as_ref().expect("given").tasks[0].case.clone();
    let case = stage.cases.get_mut(&key).expect("the case");
    let outcomes = [("A01", "met"), ("A02", "unmet"), ("A03", "unclear"), ("B01", "failed"), ("B02", "not_applicable"), ("C03", "met")];
    for (id, outcome) in outcomes {
        case.criteria.iter_mut().find(|c| &*c.id == id).expect(id).outcome = outcome.into();
    }
    // Another reviewer's marks stand in the batch already.
    let review = |criterion: &str| Review {
        criterion: criterion.into(),
        given: "扣 3".into(),
        reviewer: Some("Z09".into()),
        reason: Some("别人的理由".into()),
        situation: None,
        pages: None,
        place: PlaceRecord::default(),
    };
    case.reviews = vec![review("C03"), review("A02")];
    let input = stage.input(Layout::Pages, Facts::Shown);
    let sheet = Sheet::new(&input, 1, &key, Part::Whole);
    let state = |id: &str| sheet.items.iter().find(|i| i.id == id).map(|i| (i.state, i.fact.as_str())).expect(id);
    assert_eq!(state("A01"), (State::May, "符合"));
    assert_eq!(state("A02"), (State::May, "另有评分，未列"));
    assert!(state("A03").0 == State::Must && state("A03").1.starts_with("材料不足待核"), "{:?}", state("A03"));
    assert_eq!((state("B01").0, state("B02").0), (State::Must, State::Off));
    assert_eq!(state("C03"), (State::Must, "由评估专家评"));
    let substance = Sheet::new(&input, 1, &key, Part::Substance);
    assert_eq!(substance.items.iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), ["C03"]);
    assert_eq!((substance.lines.len(), substance.lines[0].state), (1, State::May), "red lines belong to every part");
    for layout in [Layout::Pages, Layout::Grid] {
        let all = text(&stage.made(layout, Facts::Shown));
        assert!(!["Z09", "别人的理由", "虚构专家一"].iter().any(|w| all.contains(w)), "a reviewer sees their own code alone");
    }
}

#[test]
fn both_layouts_hold_the_same_and_repeat() {
    for by_levels in [false, true] {
        let stage = Stage::new(by_levels);
        let pages: Vec<Vec<u8>> = [Facts::Shown, Facts::After, Facts::Never].map(|f| stage.made(Layout::Pages, f)).to_vec();
        let grid = stage.made(Layout::Grid, Facts::Shown);
        assert_eq!(stage.made(Layout::Pages, Facts::Shown), pages[0], "the same bytes");
        assert_eq!(stage.made(Layout::Grid, Facts::Shown), grid, "the same bytes");
        let identity = |bytes: &[u8]| words(bytes, form::IDENTITY).into_iter().filter(|r| r[0] == form::key::PAGE).collect::<Vec<_>>();
        assert!(pages.iter().all(|p| identity(p) == identity(&grid)));
        let listed = identity(&grid);
        assert_eq!(listed.iter().map(|r| r[1].as_str()).collect::<Vec<_>>(), ["001", "002"]);
        let shown = words(&grid, form::GRID);
        for row in &listed {
            let mut on_page: Vec<String> = words(&pages[0], &row[1]).into_iter().map(|r| r[1].clone()).collect();
            on_page.retain(|w| w.len() <= 4 && w.chars().next().is_some_and(|c| c.is_ascii_uppercase()));
            let in_grid: Vec<String> = shown.iter().filter(|r| r[0] == row[1]).map(|r| r[4].clone()).collect();
            assert_eq!(on_page, in_grid);
            let ids: Vec<&str> = row[6].split(' ').chain(row[7].split(' ')).filter(|w| !w.is_empty()).collect();
            assert!(!ids.is_empty() && ids.iter().all(|id| in_grid.iter().any(|g| g == id)), "{ids:?}");
        }
        let heads = |bytes: &[u8]| words(bytes, "001").into_iter().flatten().collect::<Vec<_>>();
        assert!(heads(&pages[0]).contains(&"机检情况".to_owned()) && !heads(&pages[2]).contains(&"机检情况".to_owned()));
        assert!(text(&pages[1]).contains("hidden=\"1\"") && !text(&pages[1]).contains("机检明细\""), "facts are told later");
    }
}

#[test]
fn practice_is_never_taken_for_real_marks() {
    let stage = Stage::new(false);
    let reviewer = &stage.plan.rules.allocation.as_ref().expect("reviewers").reviewers[0];
    let keys: Vec<CaseKey> = stage.cases.keys().cloned().collect();
    let bytes = calibration(&stage.input(Layout::Pages, Facts::Shown), reviewer, &keys).expect("made");
    let identity = words(&bytes, form::IDENTITY);
    let value = |key: &str| identity.iter().find(|r| r[0] == key).map(|r| r[1].clone()).expect("a key");
    assert_eq!(value(form::key::KIND), form::CALIBRATION);
    assert_ne!(value(form::key::FRAME), stage.plan.frame_sha256);
    assert_eq!(identity.iter().filter(|r| r[0] == form::key::PAGE).count(), keys.len());
}

#[test]
fn forms_have_their_headings() {
    let stage = Stage::new(false);
    let bytes = forms(&Context::of(&stage.results)).expect("made");
    assert!(words(&bytes, form::COUNCIL).iter().any(|r| *r == form::COUNCIL_HEADS));
    assert!(words(&bytes, form::OBJECTIONS).iter().any(|r| *r == form::OBJECTION_HEADS));
}
