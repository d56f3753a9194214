//! What is remembered of files: it makes no difference to any result, files that did not change are not opened again, what is damaged
//! is not believed, and it holds no text. Must not time anything.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use juanping::assess::Run;
use juanping::demo::{self, Ask};

use crate::batch::files;

const ASK: Ask = Ask { offices: 2, cases: 12, seed: 7, files: true, round: false, indicators: false, mended: false };

/// A batch and a cache in a folder of their own.
struct Room {
    home: tempfile::TempDir,
}

impl Room {
    fn new() -> Self {
        let room = Self { home: tempfile::tempdir().expect("a folder") };
        demo::make(&room.batch(), &ASK).expect("a batch");
        room
    }

    fn batch(&self) -> PathBuf {
        self.home.path().join("批次")
    }

    fn cache(&self) -> PathBuf {
        self.home.path().join("缓存")
    }

    fn run(&self, batch: &Path, hash: bool, cache: bool) -> String {
        let cache = cache.then(|| self.cache());
        let run = Run { batch: batch.to_owned(), jobs: 2, hash, cache, ..Run::default() };
        let mut prepared = run.prepare().unwrap_or_else(|e| panic!("{e:?}"));
        let mut told = String::new();
        let done = prepared.each(
            |_, _| Ok::<(), ()>(()),
            |graded, ()| {
                told += &serde_json::to_string(&(&graded.cases, &graded.inputs)).expect("JSON");
                Ok(())
            },
        );
        let (results, _) = done.expect("nothing fails");
        told + &serde_json::to_string(&results).expect("JSON")
    }
}

/// Dossier files, the largest first.
fn papers(batch: &Path) -> Vec<PathBuf> {
    let inside = |p: &PathBuf| p.components().any(|c| c.as_os_str() == "案卷");
    let mut all: Vec<PathBuf> = walkdir::WalkDir::new(batch)
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_file())
        .map(|e| e.into_path())
        .filter(inside)
        .collect();
    all.sort_by_key(|p| std::cmp::Reverse(fs::metadata(p).map_or(0, |m| m.len())));
    all
}

/// The folder below 案卷 that a file lies in.
fn dossier(paper: &Path) -> Option<PathBuf> {
    let under = |p: &&Path| p.parent().is_some_and(|p| p.ends_with("案卷"));
    paper.ancestors().find(under).map(Path::to_path_buf)
}

/// Fills a file with zeros and leaves its size and time as they were.
fn hollow(path: &Path) {
    let meta = fs::metadata(path).expect("there");
    fs::write(path, vec![0; usize::try_from(meta.len()).expect("small")]).expect("written");
    File::options().write(true).open(path).expect("opens").set_modified(meta.modified().expect("a time")).expect("set");
}

#[test]
fn a_result_is_the_same_with_a_cache_and_without() {
    let room = Room::new();
    for hash in [false, true] {
        let bare = room.run(&room.batch(), hash, false);
        assert!(bare.contains("\"look\":\"pixels\""));
        assert_eq!(room.run(&room.batch(), hash, true), bare, "first run, hash {hash}");
        assert_eq!(room.run(&room.batch(), hash, true), bare, "second run, hash {hash}");
    }
}

#[test]
fn files_that_did_not_change_are_not_opened_again() {
    let room = Room::new();
    let before = room.run(&room.batch(), false, true);
    papers(&room.batch())
        .iter()
        .filter(|p| !p.ends_with("dossier.json") && p.extension().is_some_and(|e| e != "txt"))
        .for_each(|p| hollow(p));
    assert_eq!(room.run(&room.batch(), false, true), before, "a check looks at path, size and time");
    assert_ne!(room.run(&room.batch(), false, false), before, "without a cache the hollow files are seen");
    // An assessment hashes every file, so it is not deceived.
    assert_eq!(room.run(&room.batch(), true, true), room.run(&room.batch(), true, false));
}

#[test]
fn a_file_that_changed_is_looked_at_again() {
    let room = Room::new();
    let before = room.run(&room.batch(), false, true);
    let paper = papers(&room.batch()).into_iter().find(|p| p.extension().is_some_and(|e| e == "pdf")).expect("a PDF");
    let mut bytes = fs::read(&paper).expect("reads");
    bytes.truncate(bytes.len() / 2);
    fs::write(&paper, bytes).expect("written");
    let after = room.run(&room.batch(), false, true);
    assert_ne!(after, before);
    assert_eq!(after, room.run(&room.batch(), false, false));
}

#[test]
fn an_assessment_knows_a_dossier_by_its_content_wherever_it_lies() {
    let room = Room::new();
    room.run(&room.batch(), true, true);
    let kept = |room: &Room| files(&room.cache()).len();
    let before = kept(&room);
    let moved = room.home.path().join("搬走");
    fs::rename(room.batch(), &moved).expect("moved");
    room.run(&moved, true, true);
    assert_eq!(kept(&room), before, "nothing was looked at again");
    room.run(&moved, false, true);
    assert!(kept(&room) > before, "a check knows a file by its path");
}

#[test]
fn what_is_damaged_is_made_again_and_never_believed() {
    let room = Room::new();
    let before = room.run(&room.batch(), false, true);
    let whole = files(&room.cache());
    let bent = |bytes: &[u8], how: usize| match how {
        0 => Vec::new(),
        1 => bytes.get(..bytes.len() / 2).unwrap_or_default().to_vec(),
        // A finding taken out, the first line left as it was.
        _ => String::from_utf8_lossy(bytes).replace("\"what\"", "\"hwat\"").replace("\"skew\"", "\"weks\"").into_bytes(),
    };
    for how in 0..3 {
        for (name, bytes) in whole.iter().filter(|(n, _)| !n.ends_with("key")) {
            fs::write(room.cache().join(name), bent(bytes, how)).expect("written");
        }
        assert_eq!(room.run(&room.batch(), false, true), before);
        assert_eq!(files(&room.cache()), whole, "made again");
    }
    // Whatever else lies there does no harm.
    fs::write(room.cache().join("不相干.txt"), "x").expect("written");
    assert_eq!(room.run(&room.batch(), false, true), before);
    // A cache that cannot be made is done without.
    fs::remove_dir_all(room.cache()).expect("gone");
    fs::write(room.cache(), "a file").expect("written");
    assert_eq!(room.run(&room.batch(), false, true), before);
}

#[test]
fn two_runs_at_once_do_not_disturb_each_other() {
    let room = Room::new();
    let bare = room.run(&room.batch(), false, false);
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|n| {
                scope.spawn({
                    let room = &room;
                    move || room.run(&room.batch(), n % 2 == 1, true)
                })
            })
            .collect();
        for (n, run) in runs.into_iter().enumerate() {
            let told = run.join().expect("no run fails");
            assert!(n % 2 == 1 || told == bare);
        }
    });
    assert_eq!(room.run(&room.batch(), false, true), bare);
}

#[test]
fn it_holds_no_text_and_no_names() {
    let room = Room::new();
    room.run(&room.batch(), false, true);
    room.run(&room.batch(), true, true);
    let kept: BTreeMap<String, Vec<u8>> = files(&room.cache());
    // The key, and for each dossier what a check saw and what an assessment saw.
    let dossiers: std::collections::BTreeSet<PathBuf> = papers(&room.batch()).iter().filter_map(|p| dossier(p)).collect();
    assert_eq!((kept.len(), dossiers.len() > 2), (1 + 2 * dossiers.len(), true));
    let shown = room.run(&room.batch(), false, false);
    // Words of papers, of their names and of folders. Numbers of cases are facts, and those of the demo have 虚构 in them.
    let words = ["受援人", "笔录", "申请表", "案卷", "批次", "身份证"];
    for (name, bytes) in &kept {
        let text = String::from_utf8_lossy(bytes);
        for word in words {
            assert!(!text.contains(word) && !name.contains(word), "{name}: {word}");
        }
    }
    assert!(shown.contains("笔录"));
}

#[test]
fn a_case_that_becomes_secret_is_forgotten_and_other_folders_are_left_alone() {
    let room = tempfile::tempdir().expect("a folder");
    let (batch, cache) = (room.path().join("批次"), room.path().join("缓存"));
    let register = batch.join("东岭区/登记表.csv");
    let write = |secrecy: &str| {
        let rows = format!("案号,案件类型,结案日期,密级\n东岭援民〔2024〕1号,民事,2024-05-06,{secrecy}\n");
        fs::write(&register, rows).expect("written");
    };
    let paper = batch.join("东岭区/案卷/东岭援民〔2024〕1号/01法律援助申请表.txt");
    fs::create_dir_all(paper.parent().expect("a parent")).expect("a folder");
    fs::write(&paper, "法律援助申请表\n申请人：虚构甲\n").expect("written");
    fs::create_dir_all(cache.join("inside-photos")).expect("a folder");
    let look = || {
        let run = Run { batch: batch.clone(), jobs: 1, hash: false, cache: Some(cache.clone()), ..Run::default() };
        let mut prepared = run.prepare().unwrap_or_else(|e| panic!("{e:?}"));
        prepared.each(|_, _| Ok::<(), ()>(()), |_, ()| Ok(())).expect("nothing fails");
        let kept = walkdir::WalkDir::new(&cache).into_iter().flatten();
        kept.filter(|e| e.file_type().is_file() && e.file_name() != "key").count()
    };
    write("");
    assert_eq!(look(), 1);
    write("密卷");
    assert_eq!(look(), 0);
    assert!(cache.join("inside-photos").is_dir());
}
