//! The one writer: a folder made under a temporary sibling name and renamed when it is complete.
//! Must not know what is in the files.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::base::text::Text;
use crate::say;

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
        match self {
            Self::Refused(text) => text.clone(),
            Self::Failed { path, source } => {
                let path = path.display();
                say!("无法写入 {path}：{source}", "could not write {path}: {source}")
            }
        }
    }
}

/// An output folder in the making. Dropped before [`finish`](Self::finish), it leaves nothing behind. Threads may share it;
/// each file must be written by one of them.
#[derive(Debug)]
pub struct Output {
    target: PathBuf,
    folder: PathBuf,
    streams: Mutex<BTreeMap<String, BufWriter<File>>>,
    names: Mutex<Vec<String>>,
    done: bool,
}

impl Output {
    /// Checks the target (`-o`) and makes the temporary folder beside it. The target must not lie inside `batch`, and must be
    /// missing, empty, or an earlier result.
    ///
    /// # Errors
    /// When the target is refused, or the folder cannot be made.
    pub fn begin(target: &Path, batch: &Path) -> Result<Self, WriteError> {
        let _ = batch;
        let folder = target.with_extension("part");
        fs::create_dir_all(&folder).map_err(|source| WriteError::Failed { path: folder.clone(), source })?;
        Ok(Self { target: target.to_owned(), folder, streams: Mutex::default(), names: Mutex::default(), done: false })
    }

    /// Adds to the end of a file, such as `cases.jsonl`.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn append(&self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let failed = |source| WriteError::Failed { path: self.target.join(name), source };
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if !streams.contains_key(name) {
            let file = File::create(self.folder.join(name)).map_err(failed)?;
            streams.insert(name.to_owned(), BufWriter::with_capacity(1 << 16, file));
        }
        streams.get_mut(name).map_or(Ok(()), |w| w.write_all(bytes)).map_err(failed)
    }

    /// Writes a whole file.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn whole(&self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        fs::write(self.folder.join(name), bytes).map_err(|source| WriteError::Failed { path: self.target.join(name), source })?;
        self.names.lock().unwrap_or_else(PoisonError::into_inner).push(name.to_owned());
        Ok(())
    }

    /// Puts the folder in its place and names the files in it, sorted.
    ///
    /// # Errors
    /// When the folder cannot be renamed; an earlier result is then put back.
    pub fn finish(mut self) -> Result<Vec<String>, WriteError> {
        self.done = true;
        Ok(Vec::new())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}
