//! Runs a program and tells how long it took and how much memory it had at most. Must not measure this program itself.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a run took.
pub struct Ran {
    /// Wall time.
    pub time: Duration,
    /// Most memory, in kB, where the system tells.
    peak: Option<u64>,
}

impl Ran {
    /// Most memory for a person.
    pub fn peak(&self) -> String {
        self.peak.map_or_else(|| "not known on this system".to_owned(), |kb| format!("{} MB", kb / 1000))
    }
}

/// Runs a program to its end.
pub fn run<'a>(program: &Path, args: impl IntoIterator<Item = &'a OsStr>) -> Ran {
    let start = Instant::now();
    let mut child = Command::new(program).args(args).stdout(Stdio::null()).spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    let code = loop {
        // The system keeps the high-water mark, so that looking now and then misses nothing but the last moment.
        peak = high_water(&status).or(peak);
        if let Some(code) = child.try_wait().expect("its end") {
            break code;
        }
        std::thread::sleep(Duration::from_millis(4));
    };
    let time = start.elapsed();
    assert!(code.success(), "{} ended with {code}", program.display());
    Ran { time, peak }
}

fn high_water(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
