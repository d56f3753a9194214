//! Reads an earlier check for comparison: a 自查结果.xlsx, the JSON that `check --format json` printed, or a result folder of `assess`.
//! Must not guess: a file without what a comparison needs is refused with what to give instead.

use std::fs::File;
use std::path::Path;

use super::snapshot::{SNAPSHOT_SHEET, Snapshot};
use crate::base::text::Text;
use crate::intake::register::Register;
use crate::intake::settings::Limits;
use crate::record::v1::Check;
use crate::saved::Saved;
use crate::say;

/// Why there is nothing to compare with.
pub type ReadError = Text;

/// Reads an earlier check.
///
/// # Errors
/// What is wrong with it, and what to give instead.
pub fn read(path: &Path) -> Result<Snapshot, ReadError> {
    let shown = path.display();
    if path.is_dir() {
        let inside = path.join("自查结果.xlsx");
        return if path.join("results.json").is_file() {
            folder(path)
        } else if inside.is_file() {
            workbook(&inside)
        } else {
            Err(say!(
                "{shown} 里没有以前的结果（results.json 或 自查结果.xlsx）",
                "{shown} holds no earlier result (results.json or 自查结果.xlsx)"
            ))
        };
    }
    let mut first = [0_u8; 4];
    let opened = File::open(path).and_then(|mut f| std::io::Read::read(&mut f, &mut first));
    match opened {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            Err(say!("找不到上次的结果 {shown}，请核对文件名和位置", "there is no earlier result {shown}; check its name and place"))
        }
        Err(e) => Err(say!("打不开上次的结果 {shown}：没有权限，或正被其他程序打开", "the earlier result {shown} cannot be opened: {e}")),
        Ok(_) if first.starts_with(b"PK") => workbook(path),
        Ok(_) => json(path),
    }
}

/// Names of the sheets of a workbook; none where it is none.
pub fn sheets(path: &Path) -> Vec<String> {
    let register = Register::open(path, "", &Limits::default());
    register.map(|r| r.origins.iter().filter_map(|o| o.sheet.clone()).collect()).unwrap_or_default()
}

fn foreign(path: &Path) -> ReadError {
    let shown = path.display();
    say!(
        "{shown} 不是能对比的结果。请给上次的 自查结果.xlsx、check --format json 的输出，或 assess 的结果文件夹",
        "{shown} cannot be compared with. Give an earlier 自查结果.xlsx, the output of check --format json, or a result folder of assess"
    )
}

fn json(path: &Path) -> Result<Snapshot, ReadError> {
    let bytes = std::fs::read(path).map_err(|_| foreign(path))?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let check: Check = serde_json::from_slice(bytes).map_err(|_| foreign(path))?;
    if check.results.format != 1 {
        return Err(foreign(path));
    }
    Ok(Snapshot::of(&check.results, check.cases.iter()))
}

fn folder(path: &Path) -> Result<Snapshot, ReadError> {
    let saved = Saved::open(path)?;
    let mut snapshot = Snapshot::of(&saved.results, std::iter::empty());
    for case in saved.cases()? {
        snapshot.add(&case?, &saved.results);
    }
    Ok(snapshot)
}

fn workbook(path: &Path) -> Result<Snapshot, ReadError> {
    let shown = path.display().to_string();
    let mut register = Register::open(path, &shown, &Limits::default()).map_err(|problem| problem.message)?;
    let sheet = register.origins.iter().position(|o| o.sheet.as_deref() == Some(SNAPSHOT_SHEET)).ok_or_else(|| foreign(path))?;
    match register.lines::<Snapshot, _>(sheet) {
        Some((head, cases)) if head.format == 1 => Ok(Snapshot { cases, ..head }),
        _ => Err(say!(
            "{shown} 中供对比的数据不完整，可能被改动过；请用没有改过的 自查结果.xlsx",
            "the data for comparison in {shown} is not whole; give a 自查结果.xlsx that nobody edited"
        )),
    }
}
