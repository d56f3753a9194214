//! Synthetic batches: every planted defect is found and nothing else is, with and without files; and the tables of the
//! generator speak the words of the shipped rubrics.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use juanping::assess::{Run, RunError};
use juanping::base::points::Points;
use juanping::demo::column::{HEADINGS, TICKED};
use juanping::demo::defect::Change;
use juanping::demo::defects::DEFECTS;
use juanping::demo::draw::Draw;
use juanping::demo::shape::Shape;
use juanping::demo::{self, Ask, dossier, marks, paper};
use juanping::intake::naming;
use juanping::intake::settings::Settings;
use juanping::intake::words::{Claim, Words};
use juanping::record::v1::CaseRecord;
use juanping::rubric::{Rubrics, load};

/// Office, case number and criterion.
type Pair = (String, String, String);

/// What one run found.
struct Found {
    cases: Vec<CaseRecord>,
    problems: BTreeSet<String>,
    unclaimed: usize,
    open: u64,
}

fn assess(batch: &Path) -> Found {
    let run = Run { batch: batch.to_owned(), jobs: 1, ..Run::default() };
    let mut prepared = run.prepare().unwrap_or_else(|e| match e {
        RunError::Mistakes(_, mistakes) => panic!("{mistakes:?}"),
        RunError::Usage(said) => panic!("{said:?}"),
    });
    let mut cases = Vec::new();
    let done = prepared.each(
        |_, _| Ok::<(), ()>(()),
        |graded, ()| {
            cases.extend(graded.cases);
            Ok(())
        },
    );
    let (results, unread) = done.expect("nothing fails");
    assert!(!unread);
    Found {
        cases,
        problems: results.problems.iter().map(|p| p.code.to_string()).collect(),
        unclaimed: results.registers.iter().map(|r| r.unclaimed_columns.len()).sum(),
        open: results.registers.iter().map(|r| r.rows - r.in_scope).sum(),
    }
}

fn planted(batch: &Path) -> BTreeMap<Pair, String> {
    let text = std::fs::read_to_string(batch.join("planted.json")).expect("planted.json");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let word = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    let all = json["planted"].as_array().expect("a list").iter();
    all.map(|p| ((word(p, "office"), word(p, "case_no"), word(p, "criterion")), word(p, "what"))).collect()
}

/// What is planted and not found, and what is found and not planted, in a batch that is made for it.
fn compare(ask: Ask) -> Result<(), String> {
    let room = tempfile::tempdir().expect("a folder");
    let batch = room.path().join("batch");
    demo::make(&batch, &ask).map_err(|e| e.to_string())?;
    let found = assess(&batch);
    assert_eq!(found.cases.len(), usize::try_from(ask.cases).unwrap_or(0));
    assert!(found.open >= u64::from(ask.offices), "rows out of scope: {}", found.open);
    // Totals; and papers scanned as one, or planted where they do not belong, whose names tell no document.
    let usual: &[&str] = if ask.files { &["P014", "P022"] } else { &["P014"] };
    assert_eq!((found.problems.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), found.unclaimed), (usual, 0));
    found.against(&batch).map_err(|wrong| format!("{ask:?}\n{wrong}"))
}

impl Found {
    fn against(&self, batch: &Path) -> Result<(), String> {
        let planted = planted(batch);
        let (mut seen, mut unclean) = (BTreeSet::new(), BTreeSet::new());
        for case in &self.cases {
            let pair = |criterion: &str| (case.office.to_string(), case.case_no.clone(), criterion.to_owned());
            seen.extend(case.findings.iter().map(|f| pair(&f.criterion)));
            // What is unclear for want of what another criterion tells has no finding of its own.
            let wrong = case.criteria.iter().filter(|c| c.because.is_none() && !["met", "not_applicable"].contains(&&*c.outcome));
            unclean.extend(wrong.map(|c| pair(&c.id)));
        }
        let missed: Vec<_> = planted.iter().filter(|(pair, _)| !seen.contains(*pair)).collect();
        let extra: Vec<_> = seen.union(&unclean).filter(|pair| !planted.contains_key(*pair)).collect();
        if missed.is_empty() && extra.is_empty() {
            return Ok(());
        }
        Err(format!("not found: {}\nnot planted: {}", list(&missed), list(&extra)))
    }
}

fn list<T: std::fmt::Debug>(all: &[T]) -> String {
    all.iter().map(|one| format!("\n  {one:?}")).collect()
}

#[test]
fn every_planted_defect_is_found_and_nothing_else() {
    let wrong: Vec<String> = (1..=4)
        .filter_map(|seed| {
            compare(Ask { offices: 12, cases: 200, seed, files: true, round: false, indicators: false, mended: false }).err()
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_same_holds_for_registers_alone() {
    for seed in 3..=5 {
        compare(Ask { offices: 12, cases: 200, seed, files: false, round: false, indicators: false, mended: false })
            .unwrap_or_else(|wrong| panic!("{wrong}"));
    }
}

#[test]
fn samples_hold_what_they_say_and_the_perfect_dossier_is_clean() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for (name, cases) in [("shili-2024", 60), ("three-2024", 3)] {
        let found = assess(&samples.join(name));
        assert_eq!(found.cases.len(), cases, "{name}");
        found.against(&samples.join(name)).unwrap_or_else(|wrong| panic!("{name}\n{wrong}"));
        let perfect = |c: &&CaseRecord| c.findings.is_empty() && c.grade.as_ref().is_some_and(|g| &**g == "优秀");
        assert!(found.cases.iter().filter(perfect).count() >= cases / 6, "{name}");
    }
}

fn rubrics() -> Rubrics {
    let loaded = load::load(&["legal-aid-civil".to_owned(), "legal-aid-criminal".to_owned()], None);
    loaded.rubrics.expect("the shipped rubrics are good")
}

#[test]
fn the_tables_name_what_the_rubrics_have() {
    let rubrics = rubrics();
    for (id, table, criminal) in [("legal-aid-civil", marks::CIVIL, false), ("legal-aid-criminal", marks::CRIMINAL, true)] {
        let rubric = rubrics.by_id(id).expect("shipped");
        let human: Vec<_> = rubric.criteria.iter().filter(|c| c.check.human).map(|c| (&*c.id, &*c.title.zh, c.points)).collect();
        let told: Vec<_> = table.iter().map(|m| (m.id, m.title, Points::whole(i64::from(m.points)))).collect();
        assert_eq!(human, told);
        let mine: BTreeSet<&str> = DEFECTS.iter().filter(|d| d.criminal == criminal).flat_map(|d| d.criteria).copied().collect();
        let known = |id: &str| {
            rubric.criteria.iter().any(|c| *c.id == *id) || rubric.red_lines.iter().any(|l| *l.id == *id) || id.starts_with(['J', 'X'])
        };
        assert!(mine.iter().all(|id| known(id)), "{mine:?}");
        // Whatever the machine decides is planted somewhere.
        let machine: Vec<_> = rubric.criteria.iter().filter(|c| !c.check.human && !mine.contains(&*c.id)).map(|c| &*c.id).collect();
        // A civil dossier has neither an indictment nor an opinion on prosecution.
        let apart: &[&str] = if criminal { &[] } else { &["K14"] };
        assert_eq!(machine, apart);
    }
}

#[test]
fn the_tables_use_the_words_of_the_vocabulary() {
    let rubrics = rubrics();
    let words = Words::new(&rubrics.vocabulary, &Settings::undeclared());
    for heading in HEADINGS {
        let id = rubrics.vocabulary.field_id(heading.field);
        assert!(id.is_some(), "{}", heading.field);
        for word in heading.words {
            assert_eq!(words.claim(word), id.map(Claim::Field), "{word}");
        }
    }
    for (id, title) in dossier::FACTS {
        assert_eq!(words.field(title), rubrics.vocabulary.field_id(id), "{title}");
    }
    let document = |id: &str, title: &str| {
        let kind = rubrics.vocabulary.document_id(id);
        assert!(kind.is_some() && words.claim(title) == kind.map(Claim::Document), "{id} {title}");
        for name in [format!("07{title}.pdf"), format!("7.{title}.pdf"), format!("07-{title}_2.jpg")] {
            assert_eq!(naming::read(&name, &words).kind, kind, "{name}");
        }
    };
    for (id, title) in TICKED {
        document(id, title);
    }
    let mut draw = Draw::new(1, 0);
    let papers: BTreeSet<_> =
        (0..3000).flat_map(|_| paper::complete(&Shape::draw(&mut draw), &mut draw)).map(|p| (p.id, p.title)).collect();
    for (id, title) in papers {
        document(id, title);
    }
    for defect in DEFECTS.iter() {
        if let Change::Lose(documents) = defect.change {
            assert!(documents.iter().all(|d| rubrics.vocabulary.document_id(d).is_some()), "{documents:?}");
        }
    }
}
