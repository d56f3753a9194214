//! How fast page counts and sizes of PDFs are read, against `pdfinfo`, one process a file, and pypdf. Must not test results, nor fail by the
//! clock: it prints figures for a person.
//!
//! `cargo bench --bench pages -- FOLDER [PYTHON]`: a folder of PDFs, best 1,000 scans, and a Python that has pypdf. What is not installed is
//! said and left out.

use std::fs;
use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use juanping::inspect::words::Words;
use juanping::inspect::{Depth, Look, pdf};
use juanping::model::inside::{Bounds, Questions};
use rayon::prelude::*;

const PYPDF: &str = "import sys,logging,warnings\nwarnings.filterwarnings('ignore');logging.disable(logging.CRITICAL)\nimport pypdf\nn=0\nfor f in sys.stdin.read().split('\\n'):\n    if f:\n        try:\n            for p in pypdf.PdfReader(f).pages:\n                n+=1;p.mediabox.width\n        except Exception:\n            pass\nprint(n)";

fn best(mut run: impl FnMut() -> Option<u64>) -> Option<(Duration, u64)> {
    let once = |_| {
        let start = Instant::now();
        let seen = black_box(run())?;
        Some((start.elapsed(), seen))
    };
    (0..3).map(once).min().flatten()
}

fn ours(file: &Path) -> u64 {
    let (questions, words) = (Questions::default(), Words::default());
    let look = Look { depth: Depth::Headers, questions: &questions, words: &words, bounds: Bounds::default(), ocr: None, sm3: false };
    let bytes = fs::read(file).expect("a file");
    pdf::open(&bytes, &look).pages.iter().filter(|p| p.paper.is_some()).count() as u64
}

fn pdfinfo(files: &[PathBuf]) -> Option<u64> {
    let one = |file: &PathBuf| {
        let out = Command::new("pdfinfo").arg(file).stderr(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        Some(text.lines().find_map(|l| l.strip_prefix("Pages:")?.trim().parse::<u64>().ok()).unwrap_or(0))
    };
    files.iter().map(one).sum()
}

fn pypdf(python: &str, files: &[PathBuf]) -> Option<u64> {
    let mut child =
        Command::new(python).args(["-c", PYPDF]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let names: Vec<_> = files.iter().map(|f| f.to_string_lossy()).collect();
    child.stdin.take()?.write_all(names.join("\n").as_bytes()).ok()?;
    String::from_utf8_lossy(&child.wait_with_output().ok()?.stdout).trim().parse().ok()
}

fn main() {
    let mut args = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let mut out = std::io::stdout().lock();
    let Some(folder) = args.next() else {
        let _ = writeln!(out, "give a folder of PDFs (and a Python that has pypdf): cargo bench --bench pages -- FOLDER [PYTHON]");
        return;
    };
    let python = args.next().unwrap_or_else(|| "python3".to_owned());
    let entries = fs::read_dir(&folder).expect("a folder");
    let mut files: Vec<PathBuf> =
        entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "pdf")).collect();
    files.sort();
    let bytes: u64 = files.iter().filter_map(|f| Some(f.metadata().ok()?.len())).sum();
    let _ = writeln!(out, "{} files, {} MB; the best of three runs", files.len(), bytes / 1_000_000);
    let one = best(|| Some(files.iter().map(|f| ours(f)).sum())).expect("ours");
    let runs = [
        ("only reading the bytes", best(|| Some(files.iter().map(|f| fs::read(f).map_or(0, |b| b.len() as u64)).sum()))),
        ("juanping, one thread", Some(one)),
        ("juanping, all threads as in `check`", best(|| Some(files.par_iter().map(|f| ours(f)).sum()))),
        ("pdfinfo, a process a file", best(|| pdfinfo(&files))),
        ("pypdf, one process", best(|| pypdf(&python, &files))),
    ];
    for (name, run) in runs {
        let _ = match run {
            Some((took, seen)) => {
                let ratio = took.as_secs_f64() / one.0.as_secs_f64();
                writeln!(out, "{name:<36} {:>8.1} ms  {seen:>10} seen  {ratio:>6.2} × one thread", took.as_secs_f64() * 1e3)
            }
            None => writeln!(out, "{name:<36} not installed here"),
        };
    }
}
