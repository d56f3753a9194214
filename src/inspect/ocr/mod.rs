//! Tesseract, the program that reads scans, when it is asked for and found. Must not be needed for anything else, nor leave a file or a
//! process behind.
//!
//! Pictures and texts pass through files in a folder of the system for temporary ones, which is removed at once: a pipe that nobody
//! empties while the program runs would stop it. The program gets one thread, for pages are read side by side, and so it is five times
//! faster on a machine with two cores. Pages are read as one column of text of any size (`--psm 4`): taken for one block (6), forms with
//! lines gave next to nothing; found by itself (3), it lost lines of interview notes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::reading::spelling::is_han;
use super::{Picture, Plane};
use crate::base::text::Text;
use crate::model::inside::{Limit, What};
use crate::say;

/// Names the program where it is not on the path.
pub const VARIABLE: &str = "JUANPING_TESSERACT";
/// The language that it must have.
const LANGUAGE: &str = "chi_sim";
/// Layout of a page: one column of text of any size.
const LAYOUT: &str = "4";
/// Between two looks at whether the program has ended.
const WAIT: Duration = Duration::from_millis(20);
/// Seconds that it may take to say what it is.
const TO_SAY: u32 = 20;
/// Most bytes of text of one page.
const TEXT: u64 = 4 << 20;

/// A Tesseract that was found.
#[derive(Debug, Clone)]
pub struct Ocr {
    program: PathBuf,
    version: String,
}

/// Why there is no output.
enum Failed {
    /// It is not there or cannot be started.
    Start,
    /// It ended with an error.
    Error,
    /// It took too long and was stopped.
    Late,
}

impl Ocr {
    /// Looks for it: where [`VARIABLE`] says, on the path, where its installer for Windows puts it.
    ///
    /// # Errors
    /// It is not there, or has no simplified Chinese; what to install.
    pub fn find() -> Result<Self, Text> {
        let named = std::env::var_os(VARIABLE).filter(|v| !v.is_empty()).map(PathBuf::from);
        let usual = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].iter().filter_map(std::env::var_os);
        let usual =
            usual.map(|folder| Path::new(&folder).join("Tesseract-OCR").join("tesseract.exe")).filter(|p| cfg!(windows) && p.is_file());
        let places: Vec<PathBuf> = match named {
            Some(named) => vec![named],
            None => std::iter::once(PathBuf::from("tesseract")).chain(usual).collect(),
        };
        for program in places {
            if let Some(found) = Self::at(program) {
                return found;
            }
        }
        Err(say!(
            "没有找到 Tesseract 程序，扫描件不能识别文字。请安装 Tesseract 5（Windows 安装包时勾选 Chinese simplified；Debian、Ubuntu、统信、麒麟：\
             apt install tesseract-ocr tesseract-ocr-chi-sim），或用环境变量 {VARIABLE} 写明它的位置；不加 --ocr 也可以运行",
            "the program Tesseract was not found, so scans cannot be read. Install Tesseract 5 with Chinese simplified (Windows: tick it in the \
             installer; Debian and its kin: apt install tesseract-ocr tesseract-ocr-chi-sim), or name it in {VARIABLE}; without --ocr all else works"
        ))
    }

    /// The one at a place; `None` where there is none.
    fn at(program: PathBuf) -> Option<Result<Self, Text>> {
        let said = output(&program, &["--version"]).ok()?;
        let number = said.split_whitespace().nth(1).unwrap_or("?").trim_start_matches('v').to_owned();
        let listed = output(&program, &["--list-langs"]).unwrap_or_default();
        if !listed.lines().any(|l| l.trim() == LANGUAGE) {
            return Some(Err(say!(
                "Tesseract {number} 没有简体中文语言包（chi_sim），扫描件不能识别文字。请安装语言包（Windows：把 chi_sim.traineddata 放进 Tesseract 的 \
                 tessdata 文件夹；Debian、Ubuntu、统信、麒麟：apt install tesseract-ocr-chi-sim）；不加 --ocr 也可以运行",
                "Tesseract {number} has no data for simplified Chinese (chi_sim), so scans cannot be read. Install it (Windows: put \
                 chi_sim.traineddata into the folder tessdata of Tesseract; Debian and its kin: apt install tesseract-ocr-chi-sim); without --ocr all else works"
            )));
        }
        // Several models go by this name; they differ in size.
        let folder = listed.lines().next().and_then(|l| l.split('"').nth(1)).map(PathBuf::from);
        let model = folder.and_then(|f| fs::metadata(f.join(format!("{LANGUAGE}.traineddata"))).ok()).map_or(0, |m| m.len());
        Some(Ok(Self { program, version: format!("tesseract {number} {LANGUAGE} {model} psm {LAYOUT}") }))
    }

    /// What reads: another version may read the same picture differently.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The text of a page, in lines.
    ///
    /// # Errors
    /// It took longer than `seconds`, the disk has no room, or it cannot read the picture.
    pub fn read(&self, picture: Picture<'_>, seconds: u32) -> Result<String, What> {
        let folder = tempfile::Builder::new().prefix("juanping-").tempdir().map_err(|_| What::Unread)?;
        let (page, text) = (folder.path().join("page"), folder.path().join("text"));
        let mut command = Command::new(&self.program);
        command.arg(&page).arg(&text).args(["-l", LANGUAGE, "--psm", LAYOUT]);
        match picture {
            // What is no picture it would take for a list of files to read.
            Picture::File(bytes) if !is_picture(bytes) => return Err(What::Unknown),
            Picture::File(bytes) => fs::write(&page, bytes).map_err(|_| What::Unread)?,
            Picture::Plane(plane) => {
                write(plane, &page).map_err(|_| What::Unread)?;
                // Most pages are A4, whose short side has 8.27 inches; without a resolution it would take 70 dots per inch.
                let dpi = (u64::from(plane.width.min(plane.height)) * 100 / 827).clamp(70, 1200);
                command.args(["--dpi", &dpi.to_string()]);
            }
        }
        match run(command, Stdio::null(), seconds) {
            Ok(()) => {}
            Err(Failed::Late) => return Err(What::Limit(Limit::Seconds, u64::from(seconds), u64::from(seconds))),
            Err(Failed::Start | Failed::Error) => return Err(What::Unknown),
        }
        let text = text.with_extension("txt");
        let size = fs::metadata(&text).map_err(|_| What::Unknown)?.len();
        if size > TEXT {
            return Err(What::Limit(Limit::Part, size, TEXT));
        }
        fs::read(&text).map(|bytes| normal(&String::from_utf8_lossy(&bytes))).map_err(|_| What::Unread)
    }
}

/// Whether bytes begin like a picture that it reads.
fn is_picture(bytes: &[u8]) -> bool {
    [&b"\xFF\xD8\xFF"[..], b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*"].iter().any(|magic| bytes.starts_with(magic))
}

/// Grey pixels as PGM.
fn write(plane: &Plane, to: &Path) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(to)?);
    write!(file, "P5\n{} {}\n255\n", plane.width, plane.height)?;
    file.write_all(&plane.pixels)?;
    file.flush()
}

/// Runs it to its end, or stops it after so many seconds.
fn run(mut command: Command, out: Stdio, seconds: u32) -> Result<(), Failed> {
    command.env("OMP_THREAD_LIMIT", "1").stdin(Stdio::null()).stdout(out).stderr(Stdio::null());
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        /// No black window for each page.
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(CREATE_NO_WINDOW);
    }
    let mut child = command.spawn().map_err(|_| Failed::Start)?;
    let looks = u64::from(seconds.max(1)).saturating_mul(1_000) / 20;
    for _ in 0..=looks {
        match child.try_wait() {
            Ok(Some(status)) => return if status.success() { Ok(()) } else { Err(Failed::Error) },
            Ok(None) => std::thread::sleep(WAIT),
            Err(_) => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Err(Failed::Late)
}

/// What it prints.
fn output(program: &Path, args: &[&str]) -> Result<String, Failed> {
    let mut file = tempfile::NamedTempFile::new().map_err(|_| Failed::Start)?;
    let out = file.as_file().try_clone().map_err(|_| Failed::Start)?;
    let mut command = Command::new(program);
    command.args(args);
    run(command, Stdio::from(out), TO_SAY)?;
    let mut text = String::new();
    io::Seek::rewind(file.as_file_mut()).map_err(|_| Failed::Error)?;
    io::Read::read_to_string(&mut io::Read::take(file.as_file_mut(), 1 << 20), &mut text).map_err(|_| Failed::Error)?;
    Ok(text)
}

/// Some models put a space between all Chinese characters of a line: those go. Other spaces stay, for they part words and cells.
fn normal(text: &str) -> String {
    let line = |l: &str| {
        let chars: Vec<char> = l.chars().filter(|c| *c != '\x0C').collect();
        let close = |c: &char| is_han(*c) || matches!(c, '\u{3001}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}' | '“' | '”');
        let spaced = |w: &[char]| matches!(w, [a, ' ', b] if close(a) && close(b));
        let apart = chars.windows(3).filter(|w| spaced(w)).count();
        let together = chars.windows(2).filter(|w| w.iter().all(|c| is_han(*c))).count();
        if apart <= together {
            return chars.into_iter().collect();
        }
        // 年 月 日 with nothing between is a blank that nobody filled in; written close it would be a word.
        let date = |w: &[char]| matches!(w, ['年', _, '月'] | ['月', _, '日']);
        let goes = |i: usize| i.checked_sub(1).and_then(|from| chars.get(from..from + 3)).is_some_and(|w| spaced(w) && !date(w));
        chars.iter().enumerate().filter(|(i, _)| !goes(*i)).map(|(_, c)| *c).collect::<String>()
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
