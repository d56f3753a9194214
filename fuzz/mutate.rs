//! A plain loop for machines without cargo fuzz: changes seeds at random and runs the targets on them.
//! `cargo run --release --bin mutate -- SECONDS [SEED] [TARGET…]`; what fails is written to `artifacts/`.

#[path = "targets.rs"]
mod targets;

use std::time::{Duration, Instant};
use std::{fs, panic};

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).expect("small")
    }
}

const WORDS: &[&[u8]] = &[
    b"<", b">", b"\"", b"<table>", b"<td rowspan=9999999>", b"</tr>", b"\0\0", b"\xFF\xFF\xFF\xFF", b"\xFE\xFF\xFF\xFF", b"\x80\x80\x80",
    b"4294967295", b"99999999999999999999", b"-1", b"&#x110000;", b"]]>", b"<!--", b"\n", b",", "案号".as_bytes(), b"[[", b"{", b"\\u0000",
    b"<<", b">>", b" 0 R", b"endobj", b"stream\n", b"endstream", b"/Kids", b"/Length", b"/Filter/FlateDecode", b" cm\n/Im0 Do\n",
];

fn change(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(bytes.len() + 1);
        match dice.roll(8) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..(at + dice.roll(64)).min(bytes.len()))),
            2 => {
                let from = dice.roll(other.len() + 1);
                let part = other[from..(from + dice.roll(256)).min(other.len())].to_vec();
                drop(bytes.splice(at..at, part));
            }
            3 => drop(bytes.splice(at..at, WORDS[dice.roll(WORDS.len())].to_vec())),
            4 => {
                let part = bytes[at..(at + dice.roll(64)).min(bytes.len())].to_vec();
                (0..dice.roll(40)).for_each(|_| drop(bytes.splice(at..at, part.clone())));
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = match dice.roll(4) {
                        0 => 0,
                        1 => 0xFF,
                        2 => *byte ^ (1 << dice.roll(8)),
                        _ => dice.roll(256) as u8,
                    };
                }
            }
        }
    }
    bytes.truncate(1 << 20);
}

fn main() {
    let mut args = std::env::args().skip(1);
    let seconds: u64 = args.next().and_then(|a| a.parse().ok()).unwrap_or(10);
    let mut dice = Dice(args.next().and_then(|a| a.parse().ok()).unwrap_or(1_u64).max(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let wanted: Vec<String> = args.collect();
    panic::set_hook(Box::new(|info| eprintln!("{info}")));
    let chosen: Vec<_> = targets::ALL.iter().filter(|(n, _)| wanted.is_empty() || wanted.iter().any(|w| w == n)).collect();
    for (name, run) in &chosen {
        let seeds: Vec<Vec<u8>> = fs::read_dir(format!("corpus/{name}"))
            .map(|d| d.filter_map(|e| fs::read(e.ok()?.path()).ok()).collect())
            .unwrap_or_default();
        let (start, mut runs, mut failed, mut slow) = (Instant::now(), 0_u64, 0_u32, Duration::ZERO);
        while start.elapsed() < Duration::from_secs(seconds) / chosen.len() as u32 && failed < 5 && !seeds.is_empty() {
            let mut bytes = seeds[dice.roll(seeds.len())].clone();
            let other = &seeds[dice.roll(seeds.len())];
            change(&mut bytes, other, &mut dice);
            let began = Instant::now();
            let ran = panic::catch_unwind(|| run(&bytes));
            let took = began.elapsed();
            if ran.is_err() || took > Duration::from_secs(5) {
                failed += 1;
                let _ = fs::create_dir_all("artifacts");
                let file = format!("artifacts/{name}-{runs}");
                let _ = fs::write(&file, &bytes);
                eprintln!("{name}: {} after {took:?}: {file}", if ran.is_err() { "panic" } else { "slow" });
            }
            slow = slow.max(took);
            runs += 1;
        }
        println!("{name}: {runs} runs, {failed} failed, slowest {slow:?}");
    }
}
