//! Law firms: every planted defect is found and nothing else, for any seed; a firm without a branch loses nothing by it.
//! Must not test single checks: `checks` does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use juanping::assess::{Run, RunError};
use juanping::demo::firms;
use juanping::record::v1::CaseRecord;

/// Firm, case number (none for the firm itself) and criterion.
type Pair = (String, String, String);

fn assess(batch: &Path) -> (Vec<CaseRecord>, BTreeSet<String>) {
    let run = Run { batch: batch.to_owned(), jobs: 1, ..Run::default() };
    let mut prepared = run.prepare().unwrap_or_else(|e| match e {
        RunError::Mistakes(_, mistakes) => panic!("{mistakes:?}"),
        RunError::Usage(said) => panic!("{said:?}"),
    });
    let mut all = Vec::new();
    let done = prepared.each(
        |_, _| Ok::<(), ()>(()),
        |graded, ()| {
            all.extend(graded.own);
            all.extend(graded.cases);
            Ok(())
        },
    );
    let (results, unread) = done.expect("nothing fails");
    assert!(!unread);
    assert_eq!(results.registers.iter().map(|r| r.unclaimed_columns.len()).sum::<usize>(), 0);
    (all, results.problems.iter().map(|p| p.code.to_string()).collect())
}

fn planted(batch: &Path) -> BTreeMap<Pair, String> {
    let text = std::fs::read_to_string(batch.join("planted.json")).expect("planted.json");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let word = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    let all = json["planted"].as_array().expect("a list").iter();
    all.map(|p| ((word(p, "office"), word(p, "case_no"), word(p, "criterion")), word(p, "what"))).collect()
}

/// What is planted and not found, and what is found and not planted.
fn wrong(batch: &Path) -> Vec<String> {
    let planted = planted(batch);
    let (records, problems) = assess(batch);
    let mut seen = BTreeSet::new();
    for one in &records {
        let pair = |criterion: &str| (one.office.to_string(), one.case_no.clone(), criterion.to_owned());
        seen.extend(one.findings.iter().map(|f| pair(&f.criterion)));
        let unclean = one.criteria.iter().filter(|c| c.because.is_none() && !["met", "not_applicable"].contains(&&*c.outcome));
        seen.extend(unclean.map(|c| pair(&c.id)));
    }
    let missed = planted.iter().filter(|(pair, _)| !seen.contains(*pair)).map(|(pair, what)| format!("not found: {pair:?} {what}"));
    let extra = seen.iter().filter(|pair| !planted.contains_key(*pair)).map(|pair| format!("not planted: {pair:?}"));
    let told = problems.iter().map(|code| format!("problem {code}"));
    missed.chain(extra).chain(told).collect()
}

#[test]
fn every_planted_defect_of_firms_is_found_and_nothing_else() {
    for seed in 1..=6 {
        let room = tempfile::tempdir().expect("a folder");
        let batch = room.path().join("batch");
        firms::make(&batch, 8, seed).expect("made");
        let wrong = wrong(&batch);
        assert!(wrong.is_empty(), "seed {seed}\n{}", wrong.join("\n"));
    }
}

#[test]
fn the_sample_of_firms_is_what_the_program_makes() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/shili-firms");
    assert_eq!(wrong(&sample), [] as [&str; 0]);
    let room = tempfile::tempdir().expect("a folder");
    let made = room.path().join("batch");
    firms::make(&made, 3, 1).expect("made");
    assert_eq!(planted(&made), planted(&sample), "make it anew: juanping demo samples/shili-firms --firms 3 --seed 1");
}

#[test]
fn a_firm_without_a_branch_loses_nothing_by_it() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/shili-firms");
    let (records, _) = assess(&sample);
    let firms: Vec<&CaseRecord> = records.iter().filter(|r| r.subject == "firm").collect();
    assert_eq!(firms.len(), 3);
    let outcomes = |firm: &CaseRecord| -> BTreeSet<String> {
        firm.criteria.iter().filter(|c| c.id.starts_with('U')).map(|c| c.outcome.to_string()).collect()
    };
    let without: Vec<_> = firms.iter().filter(|f| outcomes(f).iter().all(|o| o == "not_applicable")).collect();
    assert_eq!(without.len(), 1, "one firm has no branch");
    let marks = without[0].marks.as_ref().expect("marks");
    assert!(marks.low.points() > juanping::base::points::Points::whole(60), "the rest is reckoned to 100: {marks:?}");
    assert!(firms.iter().all(|f| f.grade.as_deref() == Some("合格")), "{:?}", firms.iter().map(|f| &f.grade).collect::<Vec<_>>());
}

#[test]
fn too_many_firms_are_refused_in_words() {
    let room = tempfile::tempdir().expect("a folder");
    let refused = firms::make(&room.path().join("batch"), 61, 1).expect_err("too many");
    assert_eq!(refused.said().zh, "律师事务所数应为 1 到 60");
}
