//! The rubric language from outside: every mistake has a file that makes it and words that were read; what `extends`, `include`
//! and `export` give. Must not test checks or points.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use juanping::base::excerpt::render;
use juanping::base::mistake::{MISTAKES, Mistake, Source};
use juanping::base::text::Lang;
use juanping::intake::settings;
use juanping::rubric::load::{Loaded, load};

/// Codes that no rubric or settings file alone can make, and where they are tested instead.
const ELSEWHERE: &[(&str, &str)] = &[
    ("S004", "needs a batch beside the settings: tested with the command"),
    ("S005", "read by `draw` alone: tested with the command"),
    ("S006", "read by `draw` alone: tested with the command"),
    ("S011", "read by `rank` alone: tested with the command"),
    ("S020", "read by `ledger` alone: tested with the command"),
    ("R025", "made by `rubric test`, which runs the checks"),
];

/// Relative to the package, so that excerpts show no path of this machine.
const FOLDER: &str = "tests/data/rubric";

fn read(files: &[&str]) -> Loaded {
    let names: Vec<String> = files.iter().map(|f| format!("{FOLDER}/{f}.toml")).collect();
    load(&names, None)
}

/// The mistakes of one file in both languages, as people see them.
fn shown(mistakes: &[Mistake], sources: &[Source]) -> String {
    let slashes = |mut s: Source| {
        s.path = s.path.replace('\\', "/");
        s
    };
    let sources: Vec<Source> = sources.iter().cloned().map(slashes).collect();
    format!("{}\n{}", render(mistakes, &sources, Lang::Zh, false), render(mistakes, &sources, Lang::En, false))
}

fn stems(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there").map(|e| e.expect("an entry").path());
    let toml = entries.filter(|p| p.extension().is_some_and(|e| e == "toml"));
    let mut names: Vec<String> = toml.filter_map(|p| Some(p.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    names
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/mistakes");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// A file named by a code makes that code, and its errors were read by people.
#[test]
fn every_code_has_a_file_that_makes_it() {
    let mut made: BTreeSet<String> = BTreeSet::new();
    for name in stems(FOLDER).iter().filter(|n| *n != "many") {
        let code = &name[..4];
        // Two rubrics that differ in a word have to be read together.
        let loaded = if code == "R016" { read(&[name, "shared/other"]) } else { read(&[name]) };
        assert_eq!(loaded.rubrics.is_some(), code.starts_with('L'), "{name}");
        // Lints of an otherwise wrong file are beside the point, and so are other lints of a lint.
        let told: Vec<Mistake> =
            loaded.mistakes.into_iter().filter(|m| if m.is_lint() { m.code == code } else { code.starts_with('R') }).collect();
        assert!(told.iter().any(|m| m.code == code), "{name}: {:?}", told.iter().map(|m| m.code).collect::<Vec<_>>());
        made.insert(code.to_owned());
        snapshot(name, &shown(&told, &loaded.sources));
    }
    for name in stems("tests/data/settings") {
        let (_, sources, mistakes) = settings::load(Path::new(&format!("tests/data/settings/{name}.toml")));
        assert!(mistakes.iter().any(|m| m.code == &name[..4]), "{name}: {mistakes:?}");
        made.insert(name[..4].to_owned());
        snapshot(&name, &shown(&mistakes, &sources));
    }
    for (code, _) in MISTAKES {
        let elsewhere = ELSEWHERE.iter().any(|(c, _)| c == code);
        assert!(made.contains(*code) != elsewhere, "{code} has no file, or one too many");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let loaded = read(&["many"]);
    let errors: Vec<Mistake> = loaded.mistakes.into_iter().filter(|m| !m.is_lint()).collect();
    let codes: BTreeSet<&str> = errors.iter().map(|m| m.code).collect();
    assert!(errors.len() >= 14 && codes.len() >= 9, "{codes:?}");
    snapshot("many", &shown(&errors, &loaded.sources));
}
