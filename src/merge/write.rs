//! Joined parts on their way to disk: lines and workbooks copied as they are, the rest made anew. Must not change what it copies.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::{Joined, STREAMS, cases, lines, lines_of};
use crate::record::part::PART;
use crate::record::v1::CaseRecord;
use crate::report::audience::Audience;
use crate::report::page::{FILE, Packer, Pages};
use crate::report::write::{Output, WriteError};
use crate::report::{file_name, summary, target, workbook};
use crate::say;

impl Joined {
    /// Writes the whole into a result folder; the names of its files.
    ///
    /// # Errors
    /// When the folder is not one to write to, or the disk would not take it.
    pub fn write(&self, out: &Path) -> Result<Vec<String>, WriteError> {
        let real = target::real(out).map_err(|source| WriteError::Failed { path: out.to_owned(), source })?;
        for part in &self.parts {
            let path = &part.saved.path;
            let there = target::real(path).unwrap_or_else(|_| path.clone());
            if real.starts_with(&there) || there.starts_with(&real) {
                let (shown, path) = (out.display(), path.display());
                return Err(WriteError::Refused(say!(
                    "合并的结果不能写进要合并的文件夹：{shown} 与 {path} 重叠。请用 -o 指定另外的文件夹",
                    "a merged result must not be written into one of its parts: {shown} overlaps {path}. Give another folder with -o"
                )));
            }
        }
        // Every part was looked at; the first stands for the folder that must not be written to.
        let Some(first) = self.parts.first() else { return Ok(Vec::new()) };
        let mut output = Output::begin(out, &first.saved.path)?;
        for (at, name) in STREAMS.into_iter().enumerate() {
            output.append(name, b"")?;
            for piece in &self.pieces {
                let Some(part) = self.parts.get(piece.part) else { continue };
                let mut from = lines_of(&part.saved.path, piece, at).map_err(WriteError::Refused)?;
                copy(&output, name, &mut from)?;
            }
        }
        for piece in &self.pieces {
            let Some(part) = self.parts.get(piece.part) else { continue };
            let name = file_name::workbook(&piece.office.name);
            let bytes = fs::read(part.saved.path.join(&name)).map_err(|source| output.failed(&name, source))?;
            output.whole(&name, &bytes)?;
        }
        if !self.missing.is_empty() {
            let bytes = lines(&first.head, self.pieces.iter().map(|p| &p.kept)).map_err(|source| output.failed(PART, source))?;
            output.whole(PART, &bytes)?;
        }
        let mut json = serde_json::to_vec_pretty(&self.results).map_err(|e| output.failed("results.json", io::Error::other(e)))?;
        json.push(b'\n');
        output.whole("results.json", &json)?;
        let context = workbook::Context::of(&self.results);
        let book = summary::summary(&context, &self.results).map_err(|e| output.failed("总表.xlsx", io::Error::other(e)))?;
        output.whole("总表.xlsx", &book)?;
        self.page(&mut output)?;
        output.finish()
    }
}

impl Joined {
    /// The page, packed from the lines of the parts.
    fn page(&self, output: &mut Output) -> Result<(), WriteError> {
        let packer = Packer::new(&self.results, Audience::Internal);
        let mut pages = Pages::begin(output)?;
        for piece in &self.pieces {
            let Some(part) = self.parts.get(piece.part) else { continue };
            let all =
                cases(&part.saved.path, piece).and_then(Iterator::collect::<Result<Vec<CaseRecord>, _>>).map_err(WriteError::Refused)?;
            let packed = packer.office(&all).map_err(|source| output.failed(FILE, source))?;
            packed.map_or(Ok(()), |packed| pages.add(packed)).map_err(|error| error.of(output))?;
        }
        pages.complete(output, &self.results)
    }
}

/// Copies lines to the end of a file, a part at a time.
fn copy(output: &Output, name: &str, from: &mut impl Read) -> Result<(), WriteError> {
    let mut buffer = vec![0_u8; 1 << 16];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(n) => output.append(name, buffer.get(..n).unwrap_or_default())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(output.failed(name, source)),
        }
    }
}
