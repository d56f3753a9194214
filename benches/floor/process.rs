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
    /// Time of all its threads together, where the system tells.
    cpu: Option<Duration>,
}

impl Ran {
    /// Most memory for a person.
    pub fn peak(&self) -> String {
        self.peak.map_or_else(|| "not known on this system".to_owned(), |kb| format!("{} MB", kb / 1000))
    }

    /// Wall time and processor time for a person: on a busy machine only the second tells something.
    pub fn times(&self) -> String {
        let cpu = self.cpu.map(|t| format!(" (processor {:.2} s)", t.as_secs_f64())).unwrap_or_default();
        format!("{:.2} s{cpu}", self.time.as_secs_f64())
    }
}

/// Runs a program to its end.
pub fn run<'a>(program: &Path, args: impl IntoIterator<Item = &'a OsStr>) -> Ran {
    let start = Instant::now();
    let mut child = Command::new(program).args(args).stdout(Stdio::null()).spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let stat = format!("/proc/{}/stat", child.id());
    let (mut peak, mut cpu) = (None, None);
    let code = loop {
        // The system keeps the high-water mark, so that looking now and then misses nothing but the last moment.
        peak = high_water(&status).or(peak);
        cpu = processor(&stat).or(cpu);
        if let Some(code) = child.try_wait().expect("its end") {
            break code;
        }
        std::thread::sleep(Duration::from_millis(4));
    };
    let time = start.elapsed();
    assert!(code.success(), "{} ended with {code}", program.display());
    Ran { time, peak, cpu }
}

fn high_water(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// User and system time so far: the 14th and 15th word, in hundredths of a second; the second word is a name in brackets.
fn processor(stat: &str) -> Option<Duration> {
    let text = std::fs::read_to_string(stat).ok()?;
    let words: Vec<&str> = text.rsplit_once(") ")?.1.split(' ').collect();
    let ticks = |at: usize| words.get(at)?.parse::<u64>().ok();
    Some(Duration::from_millis((ticks(11)? + ticks(12)?) * 10))
}
