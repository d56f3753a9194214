//! One file written as a whole: made under a temporary name beside its place and renamed. An earlier file of the same kind is kept
//! under a numbered name. Must not replace a file that this program did not write.

use std::fs;
use std::path::{Path, PathBuf};

use super::target;
use super::write::WriteError;
use crate::say;

/// Most earlier files that are kept beside the newest.
const KEPT: u32 = 9_999;

/// Puts `bytes` in the place of what is at `path`, whole or not at all; `keep` leaves the earlier file under a numbered name, and that
/// name is given back. The caller knows that what is there may be replaced.
///
/// # Errors
/// When the place is a folder, or the disk would not take it.
pub fn replace(path: &Path, bytes: &[u8], keep: bool) -> Result<Option<PathBuf>, WriteError> {
    let failed = |source| WriteError::Failed { path: path.to_owned(), source };
    let real = target::real(path).map_err(failed)?;
    let shown = path.display();
    if real.is_dir() {
        return Err(WriteError::Refused(say!(
            "{shown} 是一个文件夹，请用 -o 指定别的文件名",
            "{shown} is a folder; give another name with -o"
        )));
    }
    let there = real.is_file();
    if there && holds(&real, bytes) {
        return Ok(None);
    }
    if let Some(folder) = real.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    put(path, &real, bytes, there && keep)
}

/// Writes `bytes` to `path`, which must lie outside `batch`. What is there with other content is renamed first, if `is_ours` says
/// that this program wrote it; the name that it has now.
///
/// # Errors
/// When the place is refused, or the disk would not take it.
pub fn write(path: &Path, bytes: &[u8], batch: &Path, is_ours: impl Fn(&Path) -> bool) -> Result<Option<PathBuf>, WriteError> {
    let real = target::real(path).map_err(|source| WriteError::Failed { path: path.to_owned(), source })?;
    target::apart(path, &real, batch)?;
    if real.is_file() && !holds(&real, bytes) && !is_ours(&real) {
        let shown = path.display();
        return Err(WriteError::Refused(say!(
            "{shown} 已经存在，而且不是自查结果，为免覆盖没有写入。请把它移开，或用 -o 指定别处",
            "{shown} exists and is no result of a check, so nothing was written. Move it away or give another place with -o"
        )));
    }
    replace(path, bytes, true)
}

/// Whether a file has these very bytes.
fn holds(file: &Path, bytes: &[u8]) -> bool {
    fs::read(file).is_ok_and(|old| old == bytes)
}

/// Writes beside the place and renames; `keep` renames what is there first.
fn put(path: &Path, real: &Path, bytes: &[u8], keep: bool) -> Result<Option<PathBuf>, WriteError> {
    let failed = |source| WriteError::Failed { path: path.to_owned(), source };
    let mut name = real.file_name().unwrap_or_default().to_owned();
    name.push(".juanping-part");
    let part = real.with_file_name(name);
    let clean = |source| {
        let _ = fs::remove_file(&part);
        failed(source)
    };
    fs::write(&part, bytes).map_err(clean)?;
    let kept = if keep { Some(free(real)) } else { None };
    if let Some(kept) = &kept {
        fs::rename(real, kept).map_err(clean)?;
    }
    if let Err(error) = fs::rename(&part, real) {
        if let Some(kept) = &kept {
            fs::rename(kept, real).map_err(clean)?;
        }
        return Err(clean(error));
    }
    Ok(kept)
}

/// `自查结果（第1次）.xlsx`, or the first number that is free.
fn free(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let end = path.extension().map_or_else(String::new, |e| format!(".{}", e.to_string_lossy()));
    let name = |n: u32| path.with_file_name(format!("{stem}（第{n}次）{end}"));
    (1..=KEPT).map(name).find(|p| !p.exists()).unwrap_or_else(|| name(KEPT))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::write;

    #[test]
    fn an_earlier_file_is_kept_and_a_foreign_one_is_not_touched() {
        let room = tempfile::tempdir().expect("room");
        let (batch, path) = (room.path().join("批次"), room.path().join("自查结果.xlsx"));
        fs::create_dir(&batch).expect("batch");
        let put = |bytes: &[u8]| write(&path, bytes, &batch, |p| fs::read(p).is_ok_and(|b| b.starts_with(b"ours")));
        assert_eq!(put(b"ours 1").expect("first"), None);
        assert_eq!(put(b"ours 1").expect("equal"), None);
        let kept = put(b"ours 2").expect("second").expect("kept");
        assert_eq!(kept, room.path().join("自查结果（第1次）.xlsx"));
        assert_eq!(put(b"ours 3").expect("third"), Some(room.path().join("自查结果（第2次）.xlsx")));
        assert_eq!(fs::read(kept).expect("read"), b"ours 1");
        fs::write(&path, b"notes of a clerk").expect("foreign");
        assert!(put(b"ours 4").is_err());
        assert_eq!(fs::read(&path).expect("read"), b"notes of a clerk");
        assert!(write(&batch.join("自查结果.xlsx"), b"x", &batch, |_| true).is_err(), "inside the batch");
        assert_eq!(fs::read_dir(room.path()).expect("room").count(), 4, "nothing half is left");
    }
}
