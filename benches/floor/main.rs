//! How near `assess` is to the floor: the time it takes merely to read the same registers and to write as many cells and bytes.
//! Must not test results, nor fail by the clock: it prints figures for a person.
//!
//! `cargo bench --bench floor -- [--cases N] [--seed S] [--batch DIR] [--jobs N] [--peer peer_assess.py]`

mod process;
mod workbooks;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use process::Ran;

/// What was asked for.
struct Asked {
    cases: u32,
    seed: u64,
    batch: Option<PathBuf>,
    jobs: Option<String>,
    peer: Option<PathBuf>,
}

fn asked() -> Asked {
    let mut asked = Asked { cases: 100_000, seed: 1, batch: None, jobs: None, peer: None };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap_or_else(|| panic!("{word} needs a value"));
        match word.as_str() {
            "--cases" => asked.cases = value().parse().expect("a number"),
            "--seed" => asked.seed = value().parse().expect("a number"),
            "--batch" => asked.batch = Some(value().into()),
            "--jobs" => asked.jobs = Some(value()),
            "--peer" => asked.peer = Some(value().into()),
            // Given by cargo.
            "--bench" => {}
            other => panic!("unknown option {other}"),
        }
    }
    asked
}

fn say(line: &str) {
    // A closed pipe spoils nothing.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}

/// A synthetic batch of registers alone.
fn demo(folder: &Path, cases: u32, seed: u64) {
    let (cases, seed) = (cases.to_string(), seed.to_string());
    let args = ["demo", "--offices", "12", "--cases", &cases, "--seed", &seed, "--no-files"].map(std::ffi::OsStr::new);
    process::run(Path::new(env!("CARGO_BIN_EXE_juanping")), args.into_iter().chain([folder.as_os_str()]));
}

fn assess(batch: &Path, out: &Path, jobs: Option<&str>) -> Ran {
    let mut args = vec!["assess".as_ref(), batch.as_os_str(), "-o".as_ref(), out.as_os_str(), "--quiet".as_ref()];
    if let Some(jobs) = jobs {
        args.extend(["--jobs".as_ref(), std::ffi::OsStr::new(jobs)]);
    }
    process::run(Path::new(env!("CARGO_BIN_EXE_juanping")), args)
}

fn found(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let wanted = |p: &PathBuf| p.extension().is_some_and(|e| extensions.iter().any(|x| e == *x));
    files.filter(|f| f.file_type().is_file()).map(walkdir::DirEntry::into_path).filter(wanted).collect()
}

/// Writes files of the same sizes.
fn write_bytes(files: &[PathBuf], to: &Path) -> (u64, Duration) {
    let sizes: Vec<u64> = files.iter().map(|f| fs::metadata(f).expect("a size").len()).collect();
    let block = vec![b'{'; 1 << 16];
    let start = Instant::now();
    for (i, size) in sizes.iter().enumerate() {
        let mut file = fs::File::create(to.join(format!("{i}.json"))).expect("a file");
        let mut left = *size;
        while left > 0 {
            let n = left.min(1 << 16);
            file.write_all(&block[..usize::try_from(n).expect("a block")]).expect("written");
            left -= n;
        }
    }
    (sizes.iter().sum(), start.elapsed())
}

fn main() {
    let asked = asked();
    let temp = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let (batch, small) = (temp.path().join("batch"), temp.path().join("small"));
    let batch = asked.batch.clone().unwrap_or_else(|| {
        demo(&batch, asked.cases, asked.seed);
        batch
    });
    let tenth = asked.batch.is_none().then(|| {
        demo(&small, asked.cases / 10, asked.seed);
        let _ = workbooks::read(&found(&small, &["xlsx"]));
        assess(&small, &temp.path().join("small-out"), asked.jobs.as_deref())
    });
    let registers = found(&batch, &["xlsx"]);
    // Once before anything is timed, so that both find the files in the system's cache.
    let cells_in = workbooks::read(&registers);

    let out = temp.path().join("out");
    let whole = assess(&batch, &out, asked.jobs.as_deref());
    let (books, json) = (found(&out, &["xlsx"]), found(&out, &["json", "jsonl"]));
    let written = workbooks::recall(&books);
    let cases = fs::read_to_string(out.join("cases.jsonl")).expect("cases.jsonl");
    let findings = cases.matches("\"fingerprint\"").count();
    let lines = cases.lines().count();
    drop(cases);

    let floor = temp.path().join("floor");
    fs::create_dir(&floor).expect("a folder");
    let start = Instant::now();
    let _ = workbooks::read(&registers);
    let read = start.elapsed();
    let start = Instant::now();
    workbooks::write(&written, &floor);
    let write = start.elapsed();
    let (bytes, dump) = write_bytes(&json, &floor);
    let sum = read + write + dump;

    let cells_out: usize = written.iter().map(workbooks::Book::cells).sum();
    #[expect(clippy::cast_precision_loss, reason = "figures for a person")]
    let each = findings as f64 / lines.max(1) as f64;
    say(&format!("registers  {} with {cells_in} cells; {lines} cases, {each:.2} findings a case", registers.len()));
    say(&format!("output     {} workbooks with {cells_out} cells, {} MB of JSON", books.len(), bytes / 1_000_000));
    say(&format!("assess     {}, peak {}", whole.times(), whole.peak()));
    say(&format!(
        "floor      {:.2} s = read {:.2} + write {:.2} + JSON {:.2}, one after the other",
        seconds(sum),
        seconds(read),
        seconds(write),
        seconds(dump)
    ));
    say(&format!("ratio      {:.2} (at most 2)", seconds(whole.time) / seconds(sum)));
    if let Some(tenth) = tenth {
        let ratio = seconds(whole.time) / seconds(tenth.time);
        say(&format!("tenth      {}, peak {}; whole to tenth {ratio:.1} (at most 11)", tenth.times(), tenth.peak()));
    }
    if let Some(peer) = asked.peer {
        let peer_out = temp.path().join("peer-out");
        let ran = process::run(Path::new("python3"), [peer.as_os_str(), batch.as_os_str(), peer_out.as_os_str()]);
        let ratio = seconds(ran.time) / seconds(whole.time);
        say(&format!("peer       {}, peak {}; {ratio:.1} times assess (at least 10)", ran.times(), ran.peak()));
    }
}
