//! Tests of whole batches: equal bytes for equal asks, what is refused, what stands where.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;

/// Every file of a folder by its path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    let name = |e: &walkdir::DirEntry| e.path().strip_prefix(folder).map(|p| p.display().to_string()).unwrap_or_default();
    all.map(|e| (name(&e), std::fs::read(e.path()).unwrap_or_default())).collect()
}

fn ask(cases: u32, files: bool) -> Ask {
    Ask { offices: 6, cases, seed: 7, files, round: false, indicators: false, mended: false }
}

#[test]
fn the_same_ask_gives_the_same_bytes() -> Result<(), Box<dyn std::error::Error>> {
    let room = tempfile::tempdir()?;
    let (a, b, c) = (room.path().join("a"), room.path().join("b"), room.path().join("c"));
    make(&a, &ask(24, true))?;
    std::fs::create_dir(&b)?;
    make(&b, &ask(24, true))?;
    make(&c, &Ask { seed: 8, ..ask(24, true) })?;
    let (first, second, third) = (files(&a), files(&b), files(&c));
    assert!(first.len() > 100 && first.keys().eq(second.keys()));
    assert!(first.iter().all(|(name, bytes)| second.get(name) == Some(bytes)));
    assert!(first != third);
    // Nothing but the three batches is left beside them.
    assert_eq!(std::fs::read_dir(room.path())?.count(), 3);
    // No two files of dossiers are equal.
    let papers: Vec<&Vec<u8>> = first.iter().filter(|(n, _)| n.contains("案卷")).map(|(_, b)| b).collect();
    assert_eq!(papers.iter().collect::<BTreeSet<_>>().len(), papers.len());
    Ok(())
}

#[test]
fn refuses_a_folder_that_holds_something() -> Result<(), Box<dyn std::error::Error>> {
    let room = tempfile::tempdir()?;
    std::fs::write(room.path().join("x"), "")?;
    assert!(matches!(make(room.path(), &ask(1, false)), Err(DemoError::Refused(_))));
    assert!(matches!(make(&room.path().join("x"), &ask(1, false)), Err(DemoError::Refused(_))));
    assert!(matches!(make(&room.path().join("y"), &Ask { offices: 0, ..ask(1, false) }), Err(DemoError::Refused(_))));
    assert!(matches!(make(&room.path().join("x").join("y"), &ask(1, false)), Err(DemoError::Refused(_) | DemoError::Unwritten { .. })));
    assert_eq!(std::fs::read_dir(room.path())?.count(), 1);
    Ok(())
}

#[test]
fn without_files_there_are_registers_only() -> Result<(), Box<dyn std::error::Error>> {
    let room = tempfile::tempdir()?;
    let folder = room.path().join("new").join("batch");
    let made = make(&folder, &ask(40, false))?;
    assert_eq!(made.cases, 40);
    let names: Vec<String> = files(&folder).into_keys().collect();
    assert_eq!(names.len(), 6 + 2, "{names:?}");
    assert!(names.iter().all(|n| n.ends_with(".xlsx") || n == "audit.toml" || n == "planted.json"));
    Ok(())
}

#[test]
fn shares_add_up() {
    for (n, cases) in [(1, 0), (3, 1), (12, 200), (12, 100_000), (1000, 999)] {
        let offices = office::offices(n, 1, false);
        assert_eq!(shares(&offices, cases).iter().sum::<u32>(), cases);
    }
}

#[test]
fn planted_names_cases_and_only_a_matter_registered_twice_shares_a_card() {
    let (calendar, mut tally) = (Calendar::embedded(), cast::Tally::default());
    for office in office::offices(6, 3, true) {
        let cast = cast::cast(&office, 60, 3, &calendar, &mut tally);
        let numbers: BTreeSet<String> = cast.stories.iter().map(story::Story::case_no).collect();
        assert_eq!(numbers.len(), cast.stories.len());
        assert!(cast.planted.iter().all(|p| numbers.contains(&p.case_no) && p.office == office.name));
        let pairs: BTreeSet<_> = cast.planted.iter().map(|p| (&p.case_no, p.criterion)).collect();
        assert!(pairs.len() + 2 >= cast.planted.len());
        let cards: BTreeSet<&str> = cast.stories.iter().map(|s| s.text("id_no")).collect();
        let twice = cast.planted.iter().filter(|p| p.what.contains("用两个案号登记")).count() / 2;
        assert_eq!(cards.len() + twice, cast.stories.len());
    }
}
