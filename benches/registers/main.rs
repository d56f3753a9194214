//! How near reading a register is to the floor: decoding its text and walking every token or field, and nothing else.
//! Must not test results, nor fail by the clock: it prints figures for a person.
//!
//! `cargo bench --bench registers -- [ROWS]`

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use juanping::intake::register::Register;
use juanping::intake::settings::Limits;

const HEAD: [&str; 12] = [
    "案号",
    "案件类型",
    "受援人",
    "受援人身份证号",
    "承办律师",
    "申请日期",
    "决定日期",
    "指派日期",
    "结案日期",
    "归档日期",
    "案件状态",
    "备注",
];

fn rows(count: u32) -> impl Iterator<Item = [String; 12]> {
    (1..=count).map(|n| {
        let day = |month: u32| format!("2024-{:02}-{:02}", month % 12 + 1, n % 28 + 1);
        let number = format!("东岭援民〔2024〕{n}号");
        let id = format!("99010119800101{:04}", n % 10_000);
        let note = if n % 5 == 0 { "虚构的备注，追索劳动报酬" } else { "" };
        let words = [number, "民事".into(), "甲某某".into(), id, "乙某某".into()];
        let [a, b, c, d, e] = words;
        [a, b, c, d, e, day(1), day(1), day(2), day(5), day(6), "已结".into(), note.into()]
    })
}

fn csv_gbk(count: u32) -> Vec<u8> {
    let mut text = HEAD.join(",") + "\r\n";
    rows(count).for_each(|r| text.push_str(&(r.join(",") + "\r\n")));
    encoding_rs::GB18030.encode(&text).0.into_owned()
}

fn html_gbk(count: u32) -> Vec<u8> {
    let mut text =
        String::from("<html><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"></head><body><table border=1>\r\n");
    let mut row = |cells: &mut dyn Iterator<Item = &str>| {
        text.push_str("<tr height=18>");
        for cell in cells {
            let _ = write!(text, "<td class=xl24 style='mso-number-format:\"\\@\"'>{cell}</td>");
        }
        text.push_str("</tr>\r\n");
    };
    row(&mut HEAD.into_iter());
    rows(count).for_each(|r| row(&mut r.iter().map(String::as_str)));
    text.push_str("</table></body></html>");
    encoding_rs::GB18030.encode(&text).0.into_owned()
}

/// The best of some runs, so that what else the machine does counts least.
fn best(mut run: impl FnMut() -> u64) -> (Duration, u64) {
    let once = |_| {
        let start = Instant::now();
        let seen = black_box(run());
        (start.elapsed(), seen)
    };
    (0..7).map(once).min().expect("some runs")
}

fn decoded(path: &Path) -> String {
    let bytes = fs::read(path).expect("the file");
    encoding_rs::GB18030.decode(&bytes).0.into_owned()
}

fn csv_floor(path: &Path) -> u64 {
    let text = decoded(path);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut record, mut fields) = (csv::StringRecord::new(), 0);
    while reader.read_record(&mut record).expect("a record") {
        fields += record.iter().filter(|f| !black_box(*f).is_empty()).count() as u64;
    }
    fields
}

fn html_floor(path: &Path) -> u64 {
    let text = decoded(path);
    let mut tokens = 0;
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
        black_box(&event);
        tokens += 1;
        None::<()>
    });
    Tokenizer::new_with_emitter(&text, emitter).for_each(drop);
    tokens
}

fn ours(path: &Path) -> u64 {
    let mut register = Register::open(path, "登记表", &Limits::default()).expect("a register");
    let mut cells = 0;
    let problem = register.stream(0, &mut |row| {
        cells += row.cells().filter(|c| !black_box(c.text).is_empty()).count() as u64;
        ControlFlow::Continue(())
    });
    assert_eq!(problem, None);
    cells
}

fn main() {
    let count = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(100_000);
    let temp = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let mut out = std::io::stdout().lock();
    type Floor = fn(&Path) -> u64;
    let cases: [(&str, Vec<u8>, Floor); 2] = [("csv-gbk", csv_gbk(count), csv_floor), ("html-xls", html_gbk(count), html_floor)];
    for (name, bytes, floor) in cases {
        let path = temp.path().join(name);
        fs::write(&path, &bytes).expect("written");
        let (least, _) = best(|| floor(&path));
        let (time, cells) = best(|| ours(&path));
        let ratio = time.as_secs_f64() / least.as_secs_f64();
        let _ = writeln!(
            out,
            "{name:9} {count} rows, {cells} cells, {:.1} MB: {:.3} s; decoding and parsing alone {:.3} s; ratio {ratio:.2} (at most 1.5)",
            bytes.len() as f64 / 1e6,
            time.as_secs_f64(),
            least.as_secs_f64()
        );
    }
}
