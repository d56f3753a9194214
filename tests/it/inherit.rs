//! What `extends`, `include`, `show` and `export` make of rubrics, and that the loader takes any bytes without a panic.
//! Must not test single mistakes: `rubric` does.

use std::fs;
use std::path::Path;

use juanping::base::points::Points;
use juanping::rubric::load::{Loaded, load};
use juanping::rubric::{Rubric, Rubrics, shipped, show};
use proptest::prelude::*;

/// Loads one file of a folder.
fn from(folder: &Path, name: &str) -> Loaded {
    load(&[name.to_owned()], Some(folder))
}

fn ready(loaded: Loaded) -> Rubrics {
    let errors: Vec<_> = loaded.mistakes.iter().filter(|m| !m.is_lint()).map(|m| (m.code, m.message.en.clone())).collect();
    loaded.rubrics.unwrap_or_else(|| panic!("{errors:?}"))
}

fn one(rubrics: Rubrics) -> Rubric {
    rubrics.list.into_iter().chain(rubrics.own).next().expect("one rubric")
}

/// What tells two criteria apart, but for where they stand.
fn told(rubric: &Rubric) -> Vec<String> {
    let told = |c: &juanping::rubric::Criterion| {
        format!("{} {:?} {} {:?} {:?} {:?} {:?} {}", c.id, c.title, c.points, c.deduct, c.when, c.missing, c.basis, c.examples.len())
    };
    rubric.criteria.iter().map(told).collect()
}

#[test]
fn a_county_changes_one_key_of_one_criterion() {
    let folder = tempfile::tempdir().expect("a folder");
    let child = "extends = \"legal-aid-civil\"\n[rubric]\nid = \"dongling\"\nversion = \"2024-dongling\"\n[[criterion]]\nid = \"A02\"\npoints = 7\n";
    fs::write(folder.path().join("dongling.toml"), child).expect("written");
    let base = one(ready(load(&["legal-aid-civil".to_owned()], None)));
    let changed = one(ready(from(folder.path(), "dongling.toml")));
    assert_eq!((&*changed.id, changed.version.as_str(), changed.family.as_str()), ("dongling", "2024-dongling", "legal-aid-civil"));
    assert_ne!(changed.sha256, base.sha256);
    let differ: Vec<(String, String)> = told(&base).into_iter().zip(told(&changed)).filter(|(a, b)| a != b).collect();
    assert_eq!(differ.len(), 1, "{differ:?}");
    assert_eq!(changed.criterion("A02").expect("A02").points, Points::whole(7));
    // The origin of each key is shown: the changed one from the child, the others from the part they stand in.
    let shown = show::show(&["dongling.toml".to_owned()], Some(folder.path()));
    let entry = shown.split("\n\n").find(|e| e.contains("id = \"A02\"")).expect("A02 is shown");
    let origin = |key: &str| entry.lines().find(|l| l.starts_with(key)).expect(key);
    assert!(origin("points = 7").ends_with("dongling.toml:7"), "{entry}");
    assert!(origin("title = ").contains("# rubrics/parts/civil-intake.toml:"), "{entry}");
}

#[test]
fn who_includes_a_part_sets_its_points() {
    let child = "include = [\"shared/base.toml\", \"shared/good.toml\"]\n[rubric]\nid = \"own\"\n[[criterion]]\nid = \"A01\"\npoints = 60\n\
                 [[criterion]]\nid = \"A02\"\ngroup = \"受理审查\"\ntitle = \"自己的一项\"\npoints = 40\ncheck = \"filled\"\nfields = [\"filed_on\"]\n\
                 basis = [{ law = \"示例\", verified = true }]\nremedy = \"complete\"\nfix = \"补登\"\n";
    let folder = tempfile::tempdir().expect("a folder");
    let parts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rubric/shared");
    fs::create_dir(folder.path().join("shared")).expect("made");
    for name in ["base.toml", "good.toml"] {
        fs::copy(parts.join(name), folder.path().join("shared").join(name)).expect("copied");
    }
    fs::write(folder.path().join("own.toml"), child).expect("written");
    let rubric = one(ready(from(folder.path(), "own.toml")));
    let points: Vec<_> = rubric.criteria.iter().map(|c| (&*c.id, &*c.title.zh, c.points)).collect();
    assert_eq!(points, [("A01", "登记结案日期", Points::whole(60)), ("A02", "自己的一项", Points::whole(40))]);
}

/// The shipped files in a folder of their own, each changed by `change`.
fn exported(folder: &Path, change: impl Fn(&str, &str) -> Vec<u8>) {
    for (name, text) in shipped::FILES {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, change(name, text)).expect("written");
    }
}

#[test]
fn what_was_exported_is_the_same_rubric() {
    for id in shipped::IDS {
        let base = one(ready(load(&[(*id).to_owned()], None)));
        let folder = tempfile::tempdir().expect("a folder");
        // As Notepad would save it: with a byte-order mark and with the line ends of Windows.
        exported(folder.path(), |_, text| format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes());
        let again = one(ready(from(folder.path(), &format!("{id}.toml"))));
        assert_eq!((told(&base), &base.sha256), (told(&again), &again.sha256), "{id}");
    }
}

/// A slip of the hand somewhere in a text.
fn slip(text: &str, at: prop::sample::Index, cut: usize, put: &[u8]) -> Vec<u8> {
    let bytes = text.as_bytes();
    let from = at.index(bytes.len());
    let to = (from + cut).min(bytes.len());
    [&bytes[..from], put, &bytes[to..]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_taken(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("x.toml"), bytes).expect("written");
        let loaded = from(folder.path(), "x.toml");
        prop_assert!(loaded.rubrics.is_none() && !loaded.mistakes.is_empty());
    }

    #[test]
    fn slips_in_shipped_rubrics_are_taken_and_shown(
        file in prop::sample::select(shipped::FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>()),
        at: prop::sample::Index,
        cut in 0..40_usize,
        put in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..6),
            prop::sample::select(vec!["[", "]", "{", "}", "\"", "'''", "=", ",", "\n", "0", "-1", "true", "[[criterion]]\n", "。", "“", "1e9", "2024-01-01"])
                .prop_map(|s| s.as_bytes().to_vec()),
        ],
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        exported(folder.path(), |name, text| if name == file { slip(text, at, cut, &put) } else { text.as_bytes().to_vec() });
        let root = match file {
            f if f.contains("criminal") => "legal-aid-criminal.toml",
            f if f.contains("peer") => "peer-levels.toml",
            _ => "legal-aid-civil.toml",
        };
        let loaded = from(folder.path(), root);
        prop_assert!(loaded.rubrics.is_some() != loaded.mistakes.iter().any(|m| !m.is_lint()));
        for lang in [juanping::base::text::Lang::Zh, juanping::base::text::Lang::En] {
            let shown = juanping::base::excerpt::render(&loaded.mistakes, &loaded.sources, lang, false);
            prop_assert_eq!(shown.is_empty(), loaded.mistakes.is_empty());
        }
    }
}
