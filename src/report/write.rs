//! The one writer: a folder made under a temporary sibling name and renamed when it is complete.
//! Must not know what is in the files, and must not remove a file that no earlier run wrote.
//!
//! Beside `out` stand, while a run lasts, `out.juanping-part` (what is being made) and for a moment `out.juanping-old` (the
//! earlier result, until the new one is in its place). A run that was cut short leaves them; the next run puts things right.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::target::{self, Kind};
use crate::base::digest;
use crate::base::text::Text;
use crate::record::seal::{MANIFEST, Manifest, ManifestFile};
use crate::record::v1::Tool;
use crate::say;

/// Held locked inside the temporary folder, so that a second run to the same target is refused and a leftover is not.
const LOCK: &str = ".lock";

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The target is not one that may be written (exit code 2).
    #[error("{}", .0.en)]
    Refused(Text),
    /// The disk would not take it (exit code 4).
    #[error("could not write {}: {source}", path.display())]
    Failed {
        /// What was being written.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl WriteError {
    /// In words.
    pub fn said(&self) -> Text {
        let Self::Failed { path, source } = self else {
            return if let Self::Refused(text) = self { text.clone() } else { Text::EMPTY };
        };
        let path = path.display();
        let why = match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                say!("磁盘已满，请清理后重新运行", "the disk is full; make room and run again")
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy => say!(
                "没有写入权限，或者其中的文件正被其他程序打开；请关闭后重新运行，或换一个 -o 文件夹（{source}）",
                "no permission, or a file in it is open in another program; close it or choose another -o folder ({source})"
            ),
            io::ErrorKind::ReadOnlyFilesystem => {
                say!("所在的磁盘只能读取，请换一个 -o 文件夹", "the disk is read-only; choose another -o folder")
            }
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename => say!(
                "不能在那里建立文件夹，请核对 -o 的写法，或换一个 -o 文件夹（{source}）",
                "no folder can be made there; check the spelling of -o or choose another folder ({source})"
            ),
            _ => say!("{source}；请换一个 -o 文件夹后重新运行", "{source}; choose another -o folder and run again"),
        };
        let (zh, en) = (why.zh, why.en);
        say!("无法写入 {path}：{zh}。没有留下不完整的结果", "could not write {path}: {en}. No incomplete result was left")
    }
}

/// An output folder in the making. Dropped before [`finish`](Self::finish), it leaves nothing behind. Threads may share it;
/// each file must be written by one of them.
#[derive(Debug)]
pub struct Output {
    /// As the user wrote it, for messages.
    shown: PathBuf,
    target: PathBuf,
    folder: PathBuf,
    kind: Kind,
    lock: Option<File>,
    streams: Mutex<BTreeMap<String, BufWriter<File>>>,
    names: Mutex<Vec<String>>,
    /// Files that are hashed already, as they are.
    hashed: Vec<ManifestFile>,
}

impl Output {
    /// Checks the target (`-o`) and makes the temporary folder beside it. The target must not lie inside `batch`, and must be
    /// missing, empty, or an earlier result.
    ///
    /// # Errors
    /// When the target is refused, or the folder cannot be made.
    pub fn begin(target: &Path, batch: &Path) -> Result<Self, WriteError> {
        Self::begin_as(Kind::Assessed, target, batch)
    }

    /// The same for a result of this kind.
    ///
    /// # Errors
    /// When the target is refused, or the folder cannot be made.
    pub fn begin_as(kind: Kind, target: &Path, batch: &Path) -> Result<Self, WriteError> {
        let shown = target.to_owned();
        let failed = |source| WriteError::Failed { path: shown.clone(), source };
        let target = target::real(target).map_err(failed)?;
        target::apart(&shown, &target, batch)?;
        let (folder, old) = (beside(&target, "part"), beside(&target, "old"));
        target::look(&shown, &target, kind)?;
        let lock = claim(&shown, &folder)?;
        // From here on a failure removes the folder again.
        let output = Self { shown, target, folder, kind, lock, streams: Mutex::default(), names: Mutex::default(), hashed: Vec::new() };
        // A run cut between its two renames: the earlier result goes back to its place.
        if old.exists() && !output.target.exists() {
            fs::rename(&old, &output.target).map_err(|source| output.failed("", source))?;
        }
        target::look(&output.shown, &output.target, kind)?;
        Ok(output)
    }

    /// That a file of the folder (or the folder itself, for an empty name) could not be written.
    pub fn failed(&self, name: &str, source: io::Error) -> WriteError {
        WriteError::Failed { path: if name.is_empty() { self.shown.clone() } else { self.shown.join(name) }, source }
    }

    /// Adds to the end of a file, such as `cases.jsonl`.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn append(&self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let failed = |source| self.failed(name, source);
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if !streams.contains_key(name) {
            let file = File::create(self.folder.join(name)).map_err(failed)?;
            streams.insert(name.to_owned(), BufWriter::with_capacity(1 << 16, file));
        }
        streams.get_mut(name).map_or(Ok(()), |w| w.write_all(bytes)).map_err(failed)
    }

    /// A file without a name in the folder, for what one office adds to a file that offices share: memory holds none of it.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn spool(&self) -> Result<BufWriter<File>, WriteError> {
        let file = tempfile::tempfile_in(&self.folder).map_err(|source| self.failed("", source))?;
        Ok(BufWriter::with_capacity(1 << 16, file))
    }

    /// Adds a spooled file to the end of a file.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn append_spool(&self, name: &str, spool: BufWriter<File>) -> Result<(), WriteError> {
        let failed = |source| self.failed(name, source);
        self.append(name, b"")?;
        let mut file = spool.into_inner().map_err(|e| failed(e.into_error()))?;
        file.rewind().map_err(failed)?;
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(stream) = streams.get_mut(name) else { return Ok(()) };
        stream.flush().map_err(failed)?;
        io::copy(&mut file, stream.get_mut()).map(drop).map_err(failed)
    }

    /// Writes a whole file.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn whole(&self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        fs::write(self.folder.join(name), bytes).map_err(|source| self.failed(name, source))?;
        self.names.lock().unwrap_or_else(PoisonError::into_inner).push(name.to_owned());
        Ok(())
    }

    /// Makes a folder for files whose names begin with it and `/`.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn room(&self, name: &str) -> Result<(), WriteError> {
        fs::create_dir_all(self.folder.join(name)).map_err(|source| self.failed(name, source))
    }

    /// 校验码 of the files so far, for a page that shows it. Nothing may be added to any of them afterwards.
    ///
    /// # Errors
    /// When a file cannot be finished or read.
    pub fn code(&mut self) -> Result<String, WriteError> {
        self.hash()?;
        Ok(Manifest::code_of(&self.hashed))
    }

    /// Finishes every file that is not finished, and names those that are new.
    fn flushed(&mut self) -> Result<Vec<String>, WriteError> {
        let mut names = std::mem::take(self.names.get_mut().unwrap_or_else(PoisonError::into_inner));
        for (name, mut stream) in std::mem::take(self.streams.get_mut().unwrap_or_else(PoisonError::into_inner)) {
            stream.flush().map_err(|source| self.failed(&name, source))?;
            names.push(name);
        }
        Ok(names)
    }

    /// Finishes every file, and hashes those that are new.
    fn hash(&mut self) -> Result<(), WriteError> {
        for path in self.flushed()? {
            let hashed = File::open(self.folder.join(&path)).and_then(digest::reader);
            let (sha256, bytes) = hashed.map_err(|source| self.failed(&path, source))?;
            self.hashed.push(ManifestFile { path, bytes, sha256 });
        }
        self.hashed.sort();
        Ok(())
    }

    /// Puts the folder in its place and names the files in it, sorted.
    ///
    /// # Errors
    /// When a file or the folder cannot be finished; an earlier result then stays, or is put back.
    pub fn finish(mut self) -> Result<Vec<String>, WriteError> {
        let mut names = if self.kind == Kind::Assessed {
            self.hash()?;
            let mut names: Vec<String> = self.hashed.iter().map(|f| f.path.clone()).collect();
            self.manifest()?;
            names.push(MANIFEST.to_owned());
            names
        } else {
            self.flushed()?
        };
        names.sort();
        // While this was made, somebody may have sealed the earlier result or put a file into it.
        target::look(&self.shown, &self.target, self.kind)?;
        // Windows renames no folder with an open file in it.
        self.lock = None;
        fs::remove_file(self.folder.join(LOCK)).map_err(|source| self.failed("", source))?;
        self.place().map_err(|source| self.failed("", source))?;
        Ok(names)
    }

    /// Writes what every other file is, so that a later reader can tell a whole result from one that was cut or changed.
    fn manifest(&mut self) -> Result<(), WriteError> {
        let manifest = Manifest::new(Tool::this(), std::mem::take(&mut self.hashed));
        let mut json = serde_json::to_vec_pretty(&manifest).map_err(|error| self.failed(MANIFEST, io::Error::other(error)))?;
        json.push(b'\n');
        fs::write(self.folder.join(MANIFEST), json).map_err(|source| self.failed(MANIFEST, source))
    }

    /// Moves an earlier result aside, the new one into its place, and the earlier one back if that fails.
    fn place(&self) -> io::Result<()> {
        if !self.target.exists() {
            return fs::rename(&self.folder, &self.target);
        }
        let old = beside(&self.target, "old");
        if old.exists() {
            fs::remove_dir_all(&old)?;
        }
        fs::rename(&self.target, &old)?;
        if let Err(error) = fs::rename(&self.folder, &self.target) {
            fs::rename(&old, &self.target)?;
            return Err(error);
        }
        // The new result is complete: an old one that will not go away is removed by the next run.
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // Closed first, or Windows removes nothing. After `finish` the folder has its new name and nothing is here.
        self.streams.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        self.lock = None;
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// `out.juanping-part` beside `out`.
fn beside(target: &Path, what: &str) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".juanping-{what}"));
    target.with_file_name(name)
}

/// Makes the temporary folder anew and locks it; what a run cut short left in it is removed.
fn claim(shown: &Path, folder: &Path) -> Result<Option<File>, WriteError> {
    let failed = |source| WriteError::Failed { path: shown.to_owned(), source };
    if folder.exists() {
        if let Ok(lock) = File::open(folder.join(LOCK))
            && matches!(lock.try_lock(), Err(TryLockError::WouldBlock))
        {
            let shown = shown.display();
            return Err(WriteError::Refused(say!(
                "另一个 juanping 正在写 {shown}。请等它结束，或换一个 -o 文件夹",
                "another juanping is writing {shown}; wait for it or choose another -o folder"
            )));
        }
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)?;
    let lock = File::create(folder.join(LOCK)).map_err(failed)?;
    // A file system without locks only loses the warning above.
    let held = lock.try_lock().is_ok();
    Ok(held.then_some(lock))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Output, WriteError, beside};

    const RESULTS: &str = r#"{"format":1,"tool":{"name":"juanping"},"offices":[{"name":"东岭区"}]}"#;

    fn write(target: &Path, batch: &Path, offices: &[&str]) -> Result<Vec<String>, WriteError> {
        let output = Output::begin(target, batch)?;
        output.append("cases.jsonl", b"{}\n")?;
        output.whole("results.json", RESULTS.as_bytes())?;
        for office in offices {
            output.whole(&format!("{office}.xlsx"), b"x")?;
        }
        output.finish()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).expect("folder").map(|e| e.expect("entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_result_is_replaced_as_a_whole_and_nothing_else_is_left() {
        let room = tempfile::tempdir().expect("room");
        let (batch, target) = (room.path().join("批次"), room.path().join("a/结果"));
        fs::create_dir(&batch).expect("batch");
        assert_eq!(write(&target, &batch, &["东岭区"]).expect("first"), ["cases.jsonl", "manifest.json", "results.json", "东岭区.xlsx"]);
        assert_eq!(write(&target, &batch, &[]).expect("second"), ["cases.jsonl", "manifest.json", "results.json"]);
        assert_eq!(names(&target), ["cases.jsonl", "manifest.json", "results.json"]);
        assert_eq!(names(&room.path().join("a")), ["结果"]);
    }

    #[test]
    fn a_run_cut_short_harms_no_earlier_result() {
        let room = tempfile::tempdir().expect("room");
        let (batch, target) = (room.path().join("批次"), room.path().join("结果"));
        fs::create_dir(&batch).expect("batch");
        write(&target, &batch, &["东岭区"]).expect("first");
        // Dropped half way, a file that cannot be made, and a folder that vanished before it could be renamed.
        drop(Output::begin(&target, &batch).expect("begin"));
        let output = Output::begin(&target, &batch).expect("begin");
        assert!(matches!(output.whole("没有/x", b""), Err(WriteError::Failed { .. })));
        drop(output);
        let output = Output::begin(&target, &batch).expect("begin");
        fs::remove_dir_all(&output.folder).expect("vanish");
        assert!(matches!(output.finish(), Err(WriteError::Failed { .. })));
        assert_eq!(names(&target), ["cases.jsonl", "manifest.json", "results.json", "东岭区.xlsx"]);
        assert_eq!(names(room.path()), ["批次", "结果"]);
    }

    #[test]
    fn an_earlier_result_is_put_back_when_the_new_one_cannot_take_its_place() {
        let room = tempfile::tempdir().expect("room");
        let (batch, target) = (room.path().join("批次"), room.path().join("结果"));
        fs::create_dir(&batch).expect("batch");
        write(&target, &batch, &["东岭区"]).expect("first");
        let output = Output::begin(&target, &batch).expect("begin");
        fs::remove_dir_all(&output.folder).expect("vanish");
        assert!(output.place().is_err());
        drop(output);
        assert_eq!(names(&target), ["cases.jsonl", "manifest.json", "results.json", "东岭区.xlsx"]);
        assert_eq!(names(room.path()), ["批次", "结果"]);
    }

    #[test]
    fn leftovers_of_a_killed_run_are_put_right() {
        let room = tempfile::tempdir().expect("room");
        let (batch, target) = (room.path().join("批次"), room.path().join("结果"));
        fs::create_dir(&batch).expect("batch");
        write(&target, &batch, &["东岭区"]).expect("first");
        // Killed between its renames: the earlier result has the name of an old one.
        fs::rename(&target, beside(&target, "old")).expect("rename");
        fs::create_dir(beside(&target, "part")).expect("part");
        fs::write(beside(&target, "part").join("half.xlsx"), "x").expect("half");
        drop(Output::begin(&target, &batch).expect("begin"));
        assert_eq!(names(&target), ["cases.jsonl", "manifest.json", "results.json", "东岭区.xlsx"]);
        assert_eq!(names(room.path()), ["批次", "结果"]);
        // Killed after them: the old one is in the way of nothing.
        fs::create_dir(beside(&target, "old")).expect("old");
        write(&target, &batch, &[]).expect("second");
        assert_eq!(names(room.path()), ["批次", "结果"]);
    }

    #[test]
    fn two_runs_to_one_target_do_not_mix() {
        let room = tempfile::tempdir().expect("room");
        let (batch, target) = (room.path().join("批次"), room.path().join("结果"));
        fs::create_dir(&batch).expect("batch");
        let first = Output::begin(&target, &batch).expect("begin");
        assert!(matches!(Output::begin(&target, &batch), Err(WriteError::Refused(_))));
        first.whole("results.json", RESULTS.as_bytes()).expect("whole");
        assert_eq!(first.finish().expect("finish"), ["manifest.json", "results.json"]);
    }

    #[test]
    fn a_target_that_cannot_be_made_is_a_failure_of_writing() {
        let room = tempfile::tempdir().expect("room");
        fs::write(room.path().join("file"), "x").expect("file");
        let error = Output::begin(&room.path().join("file/out"), &room.path().join("批次")).expect_err("a file is no folder");
        assert!(matches!(error, WriteError::Failed { .. }) && error.said().zh.contains("无法写入"), "{error}");
    }
}
