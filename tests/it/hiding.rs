//! Hiding evidence never raises marks: no value of a register can be left blank to a case's advantage.

use std::collections::{BTreeMap, BTreeSet};

use juanping::assess::choose::{Choice, choose};
use juanping::assess::{Run, ask};
use juanping::demo::{self, Ask};
use juanping::intake::office::{self, Asked};
use juanping::intake::words::Words;
use juanping::model::case::Case;
use juanping::model::vocabulary::FieldId;
use juanping::rubric::Rubric;
use juanping::score::{Scored, score};

/// Fields that say that something happened, or that only cross-check another: that nothing is written there tells nothing, so what
/// they would show wrong cannot be seen without them. Each with why.
const EXEMPT: &[(&str, &str)] = &[
    ("birth_on", "compared with the number of the identity card where it is recorded"),
    ("sex", "as birth_on"),
    ("firm_credit_code", "an optional record whose form is checked"),
    ("supplement_period", "papers were asked for later"),
    ("no_hearing_notice_on", "the court decided without a hearing"),
    ("hearing_on", "there was a hearing; a case may end without one"),
    ("judged_on", "there was a judgment; a case may end without one"),
    ("urgent", "an excuse: without it the delay counts in full"),
    ("took_money", "a complaint, which a person decides"),
    ("attended", "decided with hearing_on, by a person where not attended"),
];

fn graded(rubric: &Rubric, case: &Case, world: &juanping::check::World) -> Scored {
    let seen = ask::office(rubric, &[case], world);
    score(rubric, ask::case(rubric, case, 0, &seen, world), ask::red_lines(rubric, case))
}

#[test]
fn a_blank_field_never_raises_the_marks() {
    let room = tempfile::tempdir().expect("a folder");
    let batch = room.path().join("batch");
    demo::make(&batch, &Ask { offices: 6, cases: 240, seed: 5, files: false, round: false, indicators: false, mended: false })
        .expect("a batch");
    let prepared = Run { batch, ..Run::default() }.prepare().unwrap_or_else(|e| panic!("{e:?}"));
    let (rubrics, world) = (&prepared.grader.rubrics, &prepared.grader.world);
    let words = Words::new(&world.vocabulary, &prepared.settings);
    let marks: BTreeSet<String> =
        rubrics.list.iter().flat_map(|r| r.criteria.iter().filter(|c| c.check.human).map(|c| c.id.to_string())).collect();
    let stage_files = |case_type: &str| case_type == "刑事";
    let asked = Asked {
        settings: &prepared.settings,
        vocabulary: &world.vocabulary,
        words: &words,
        own: None,
        marks: &marks,
        criteria: &marks,
        rubrics: &Default::default(),
        round: None,
        stage_files: &stage_files,
    };
    let (mut raised, mut tried): (BTreeMap<String, String>, u32) = (BTreeMap::new(), 0);
    for plan in &prepared.plan.offices {
        let read = office::read(plan, &prepared.plan.shared, &asked);
        for (case, out) in read.cases.iter().zip(&read.out) {
            let (Choice::Rubric(at), None) = (choose(rubrics, case), out) else { continue };
            let whole = graded(&rubrics.list[at], case, world);
            let fields: BTreeSet<FieldId> = case.entries.iter().map(|e| e.field).collect();
            for field in fields {
                let mut less = case.clone();
                less.entries.retain(|e| e.field != field);
                if choose(rubrics, &less) != Choice::Rubric(at) {
                    continue;
                }
                tried += 1;
                let id = &world.vocabulary.field(field).id;
                let hidden = graded(&rubrics.list[at], &less, world);
                let low = |s: &Scored| s.marks.map(|m| m.0);
                if low(&hidden) > low(&whole) && !EXEMPT.iter().any(|(e, _)| e == id) {
                    let better = rubrics.list[at].criteria.iter().zip(whole.criteria.iter().zip(&hidden.criteria));
                    let better = better
                        .filter(|(_, (w, h))| h.lost.1 < w.lost.1 || h.outcome != w.outcome)
                        .map(|(c, (w, h))| format!("{} {:?}→{:?}", c.id, w.outcome, h.outcome));
                    raised.entry(id.clone()).or_insert_with(|| format!("{}: {:?}", case.case_no, better.collect::<Vec<_>>()));
                }
            }
        }
    }
    assert!(tried > 5000, "{tried}");
    assert!(raised.is_empty(), "blank to advantage: {raised:#?}");
}
