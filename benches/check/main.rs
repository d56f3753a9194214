//! How near `check` of one office is to its floor: listing its files and reading the first 4 KB of each.
//! Must not test results, nor fail by the clock: it prints figures for a person.
//!
//! `cargo bench --bench check -- [--cases N] [--seed S] [--rounds N] [--before COMMAND]`
//!
//! COMMAND runs before each measurement, for example one that empties the system's cache of files, as on the first run of a day.

#[path = "../floor/process.rs"]
mod process;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use process::Ran;

const JUANPING: &str = env!("CARGO_BIN_EXE_juanping");

fn say(line: &str) {
    // A closed pipe spoils nothing.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// Lists every file below a folder and reads the first 4 KB of each: how many, and how long.
fn floor(folder: &Path) -> (usize, Duration) {
    let start = Instant::now();
    let mut first = [0_u8; 4096];
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok).filter(|f| f.file_type().is_file());
    let mut n = 0;
    for file in files {
        let read = File::open(file.path()).and_then(|mut f| f.read(&mut first)).expect("a file that can be read");
        n += usize::from(read <= first.len());
    }
    (n, start.elapsed())
}

fn check(folder: &Path, out: &Path) -> Ran {
    let args: [&OsStr; 7] =
        ["check".as_ref(), folder.as_os_str(), "-o".as_ref(), out.as_os_str(), "--quiet".as_ref(), "--fail-on".as_ref(), "never".as_ref()];
    process::run(Path::new(JUANPING), args)
}

/// Runs what was asked for before a measurement.
fn prepare(command: Option<&str>) {
    if let Some((program, args)) = command.and_then(|c| c.split_once(' ')) {
        process::run(Path::new(program), args.split(' ').map(OsStr::new));
    } else if let Some(program) = command {
        process::run(Path::new(program), []);
    }
}

fn main() {
    let (mut cases, mut seed, mut rounds, mut before) = ("600".to_owned(), "1".to_owned(), 5_u32, None);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap_or_else(|| panic!("{word} needs a value"));
        match word.as_str() {
            "--cases" => cases = value(),
            "--seed" => seed = value(),
            "--rounds" => rounds = value().parse().expect("a number"),
            "--before" => before = Some(value()),
            // Given by cargo.
            "--bench" => {}
            other => panic!("unknown option {other}"),
        }
    }
    let room = tempfile::tempdir().expect("a folder");
    let batch = room.path().join("批次");
    let args = ["demo", "--offices", "1", "--cases", &cases, "--seed", &seed].map(OsStr::new);
    process::run(Path::new(JUANPING), args.into_iter().chain([batch.as_os_str()]));
    let office: PathBuf =
        std::fs::read_dir(&batch).expect("the batch").filter_map(Result::ok).map(|e| e.path()).find(|p| p.is_dir()).expect("an office");
    let out = room.path().join("结果");
    let (mut floors, mut checks, mut files, mut last) = (Vec::new(), Vec::new(), 0, String::new());
    for _ in 0..rounds {
        prepare(before.as_deref());
        let (n, time) = floor(&office);
        files = n;
        floors.push(time);
        prepare(before.as_deref());
        let ran = check(&office, &out);
        checks.push(ran.time);
        last = format!("last round {}, at most {}", ran.times(), ran.peak());
    }
    floors.sort();
    checks.sort();
    let middle = |all: &[Duration]| all.get(all.len() / 2).copied().unwrap_or_default().as_secs_f64();
    let (floor, check) = (middle(&floors), middle(&checks));
    say(&format!("{cases} cases, {files} files, median of {rounds} rounds, before each: {}", before.as_deref().unwrap_or("nothing")));
    say(&format!("floor: list and read 4 KB of each   {floor:.3} s"));
    say(&format!("check, with its workbook            {check:.3} s"));
    say(&format!("                                    {last}"));
    say(&format!("check / floor                       {:.2}  (at most 1.5 is asked for)", check / floor));
}
