//! The checks: every kind has its file, its about page and its cases, and what they say is kept word for word.
//! Must not test points or grades: the score has its own laws.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use juanping::assess::example;
use juanping::check::{KINDS, Observation, Outcome, Ready, World, kind};
use juanping::model::case::Case;
use juanping::model::condition::Answer;
use juanping::reference::workdays::Calendar;
use juanping::rubric::given::Example;
use juanping::rubric::load::{Loaded, load};
use juanping::rubric::{Criterion, Rubrics};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Names of the files of a folder with this extension, sorted.
fn stems(folder: &Path, ext: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|e| e.expect("an entry can be read").path()).filter(|p| p.extension().is_some_and(|e| e == ext));
    let mut names: Vec<String> = paths.filter_map(|p| Some(p.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    names
}

fn ready(loaded: Loaded, name: &str) -> Rubrics {
    let errors: Vec<_> = loaded.mistakes.iter().filter(|m| !m.is_lint()).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
    loaded.rubrics.expect("a rubric without errors is given out")
}

/// The files of cases: `within.toml`, and `mark-levels.toml` for a second one of a kind.
fn cases() -> Vec<(String, Rubrics)> {
    let folder = root().join("tests/data/checks");
    let read = |name: String| {
        let rubrics = ready(load(&[format!("{name}.toml")], Some(&folder)), &name);
        (name, rubrics)
    };
    stems(&folder, "toml").into_iter().map(read).collect()
}

fn criteria(rubrics: &Rubrics) -> impl Iterator<Item = &Criterion> {
    rubrics.list.iter().flat_map(|r| &r.criteria)
}

#[test]
fn the_table_is_the_folder_sorted() {
    let folder = root().join("src/check/kinds");
    let names: Vec<&str> = KINDS.iter().map(|k| k.name).collect();
    assert!(names.is_sorted(), "{names:?}");
    let files: Vec<String> = stems(&folder, "rs").into_iter().filter(|n| n != "mod").collect();
    assert_eq!(files, names);
    let (chinese, english): (Vec<String>, Vec<String>) = stems(&folder, "md").into_iter().partition(|n| n.ends_with(".zh"));
    assert_eq!(english, names);
    assert_eq!(chinese, names.iter().map(|n| format!("{n}.zh")).collect::<Vec<_>>());
    assert!(names.iter().all(|n| kind(n).is_some_and(|k| k.name == *n)));
    assert!(kind("no such check").is_none());
}

#[test]
fn every_kind_has_cases_of_every_sort() {
    for KindCases { name, outcomes } in by_kind() {
        assert!(outcomes.contains(&Outcome::Met), "{name} has no case that is met");
        assert!(outcomes.contains(&Outcome::Unmet), "{name} has no case that is unmet");
        let open = [Outcome::Unclear, Outcome::NotApplicable, Outcome::Pending];
        assert!(open.iter().any(|o| outcomes.contains(o)), "{name} has no case that is unclear or not applicable");
    }
}

struct KindCases {
    name: &'static str,
    outcomes: BTreeSet<Outcome>,
}

/// Outcomes expected of each kind, from its own files alone.
fn by_kind() -> Vec<KindCases> {
    let all = cases();
    for (name, rubrics) in &all {
        let own = name.split('-').next().unwrap_or(name);
        assert!(criteria(rubrics).all(|c| c.check.name == own), "{name}.toml holds cases of {own} alone");
    }
    let of = |kind: &'static str| {
        let own = all.iter().flat_map(|(_, r)| criteria(r)).filter(|c| c.check.name == kind);
        KindCases { name: kind, outcomes: own.flat_map(|c| &c.examples).map(|e| e.outcome).collect() }
    };
    KINDS.iter().map(|k| of(k.name)).collect()
}

#[test]
fn every_case_comes_out_as_expected() {
    for (name, rubrics) in cases() {
        let (count, misses) = example::run(rubrics);
        assert!(count > 0, "{name} has no case");
        let said: Vec<String> = misses.iter().map(|m| format!("{} at byte {}: {}", m.criterion, m.at.start, m.said.en)).collect();
        assert!(said.is_empty(), "{name}.toml:\n{}", said.join("\n"));
    }
}

#[test]
fn every_shipped_example_comes_out_as_expected() {
    for id in juanping::rubric::shipped::IDS {
        let (count, misses) = example::run(ready(load(&[(*id).to_owned()], None), id));
        assert!(count > 0, "{id} has no example");
        assert!(misses.is_empty(), "{id}: {misses:#?}");
    }
}

/// The parameters and values that a page quotes.
fn quoted(page: &str) -> std::collections::BTreeSet<&str> {
    let words = page.split('`').skip(1).step_by(2);
    words
        .flat_map(|code| code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
        .filter(|word| !word.is_empty() && *word != "id")
        .collect()
}

/// The fenced block of an about page is a whole criterion, and the Chinese page says what the English one says.
#[test]
fn every_about_page_compiles() {
    let folder = tempfile::tempdir().expect("a folder for the rubrics");
    for kind in KINDS {
        let name = kind.name;
        let (prose, rest) = kind.about.en.split_once("```toml\n").expect("a page has a block");
        let (block, rest) = rest.split_once("```").expect("the block ends");
        assert!(!rest.contains("```"), "{name}.md has one block");
        let heading = format!("# {name} {}\n", kind.title.zh);
        assert!(kind.about.en.starts_with(&heading) && kind.about.zh.starts_with(&heading), "{name}.md begins with the name and the title");
        assert_eq!(quoted(&kind.about.zh), quoted(prose), "{name}.zh.md speaks of the same parameters as {name}.md");
        for word in ["Parameters:", "unmet (不符合)", "unit", "(不适用)"] {
            assert!(kind.about.en.contains(word), "{name}.md does not say {word}");
        }
        for word in ["参数：", "* 不符合：", "单位", "* 不适用："] {
            assert!(kind.about.zh.contains(word), "{name}.zh.md does not say {word}");
        }
        let head = "include = [\"parts/vocabulary.toml\", \"parts/grades.toml\"]\n[rubric]\nid = \"about\"\nversion = \"1\"\n\
                    title = \"示例\"\nscheme = \"points\"\ntotal = 100\nheadline = \"优良率\"\n[[group]]\ntitle = \"示例\"\n";
        fs::write(folder.path().join(format!("{name}.toml")), format!("{head}{block}")).expect("the rubric is written");
        let rubrics = ready(load(&[format!("{name}.toml")], Some(folder.path())), name);
        assert!(criteria(&rubrics).all(|c| c.check.name == name), "{name}.md shows itself");
    }
}

/// What a check says of an example, as the program would ask it.
fn asked(criterion: &Criterion, example: &Example, world: &World) -> Vec<Observation> {
    let cases: Vec<&Case> = example.cases.iter().collect();
    if criterion.when.as_ref().is_some_and(|c| c.ask(cases[0]) != Answer::Yes) {
        return Vec::new();
    }
    match &criterion.ready {
        Ready::Case(check) => check(cases[0], world),
        Ready::Office(check) => check(&cases, world).into_iter().filter(|(i, _)| *i == 0).map(|(_, o)| o).collect(),
    }
}

/// Calls `see` with every observation that the cases of one file lead to.
fn each(rubrics: &mut Rubrics, mut see: impl FnMut(&Criterion, &Example, &Observation)) {
    let vocabulary = std::mem::take(&mut rubrics.vocabulary);
    let mut world =
        World { as_of: date(2024, 12, 31), period: (date(2024, 1, 1), date(2024, 12, 31)), calendar: Calendar::embedded(), vocabulary };
    for criterion in rubrics.list.iter().flat_map(|r| &r.criteria) {
        for example in &criterion.examples {
            world.as_of = example.as_of.unwrap_or(date(2024, 12, 31));
            world.period = World::period(world.as_of, None, None);
            asked(criterion, example, &world).iter().for_each(|o| see(criterion, example, o));
        }
    }
}

#[test]
fn messages_stay_as_they_were_read() {
    for (name, mut rubrics) in cases() {
        let mut told = String::new();
        let mut last = (String::new(), 0);
        each(&mut rubrics, |criterion, example, o| {
            let here = (criterion.id.to_string(), example.at.start);
            if here != last {
                writeln!(told, "\n{} {}", criterion.id, example.title).expect("a string takes all");
                last = here;
            }
            let (outcome, absent) = (o.outcome.id(), if o.absent { ", nothing recorded" } else { "" });
            let size = o.magnitude.map(|m| format!(", {} {:?}", m.amount, m.unit)).unwrap_or_default();
            writeln!(told, "  {outcome}{size}{absent}").expect("a string takes all");
            for words in [&o.said.zh, &o.said.en].into_iter().filter(|w| !w.is_empty()) {
                writeln!(told, "    {words}").expect("a string takes all");
            }
        });
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "snapshots/checks" }, {
            insta::assert_snapshot!(name, told);
        });
    }
}

/// What every observation owes to the rest of the program, over all cases.
#[test]
fn observations_are_whole() {
    let personal = ["11010519491231002", "甲某", "乙某", "1380000", "2014-04-10", "1949-12-3"];
    for (name, mut rubrics) in cases() {
        each(&mut rubrics, |criterion, example, o| {
            let at = format!("{name} {} “{}”: {o:?}", criterion.id, example.title);
            let told = matches!(o.outcome, Outcome::Unmet | Outcome::Unclear | Outcome::Pending);
            assert!(!told || (!o.said.zh.is_empty() && !o.said.en.is_empty() && !o.seen.is_empty()), "words and places: {at}");
            assert!(!told || o.target.is_some(), "a target: {at}");
            assert!(o.outcome == Outcome::Unclear || (o.lacks.is_empty() && !o.absent), "only what is unclear lacks: {at}");
            assert!(!o.absent || !o.lacks.is_empty(), "what is not recorded is named: {at}");
            assert!(!o.said.zh.contains("  ") && !o.said.en.contains("  "), "double spaces: {at}");
            for word in ["补签", "倒签", "补造", "替签", "补办"] {
                assert!(!o.said.zh.contains(word), "{word}: {at}");
            }
            for value in personal {
                assert!(!o.said.zh.contains(value) && !o.said.en.contains(value), "{value} is personal: {at}");
            }
        });
    }
}
