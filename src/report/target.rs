//! Where a result may be written (`-o`): not into the batch, and over nothing but an earlier result.
//! Must not change anything on the disk.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::write::WriteError;
use super::{draw, export, file_name, rank, score};
use crate::base::digest::sha256;
use crate::record::seal::JUNK;
use crate::record::{part, plan, seal};
use crate::say;

/// Files of every result. A later kind of output adds its names here, or its own results are refused as foreign.
const FILES: &[&str] =
    &["results.json", "cases.jsonl", "out-of-scope.jsonl", "inputs.jsonl", "总表.xlsx", seal::PAGE, part::PART, seal::MANIFEST, seal::SEAL];

/// Files of every draw.
const DRAWN: &[&str] = &[plan::FILE, draw::FILE, score::FORMS, HASHES];

/// SHA-256 of every score sheet as it was written, so that one that somebody filled in is never replaced.
pub const HASHES: &str = "评分表校验.txt";

/// Folder of papers (文书) in an output.
pub const PAPERS: &str = "文书";
/// The list of all of them, each with its SHA-256.
pub const PAPER_LIST: &str = "文书/文书清单.json";

/// What a folder is a result of: no kind takes the place of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `assess`
    Assessed,
    /// `draw`
    Drawn,
    /// `report --format`
    Exported,
    /// `rank`
    Ranked,
    /// `report --format docx`
    Papers,
}

/// The path without links and `..`, also where its last parts do not exist yet.
///
/// # Errors
/// When the folder above cannot be looked at.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(path)?;
    let mut rest = Vec::new();
    let mut there = whole.as_path();
    let mut real = loop {
        match (fs::canonicalize(there), there.parent(), there.components().next_back()) {
            (Ok(real), ..) => break real,
            (Err(error), Some(above), Some(last)) if error.kind() == io::ErrorKind::NotFound => {
                rest.push(last);
                there = above;
            }
            (Err(error), ..) => return Err(error),
        }
    };
    for part in rest.into_iter().rev() {
        match part {
            Component::ParentDir => drop(real.pop()),
            Component::CurDir => {}
            part => real.push(part),
        }
    }
    Ok(real)
}

/// Refuses a target inside the batch, where it would be read as an office next time, and one that holds the batch.
///
/// # Errors
/// When target and batch are not apart.
pub fn apart(shown: &Path, target: &Path, batch: &Path) -> Result<(), WriteError> {
    let batch = real(batch).unwrap_or_else(|_| batch.to_owned());
    if target.starts_with(&batch) || batch.starts_with(target) {
        let (shown, batch) = (shown.display(), batch.display());
        return Err(WriteError::Refused(say!(
            "结果不能写进（或者覆盖）被评查的文件夹：{shown} 与 {batch} 重叠。请用 -o 指定它外面的文件夹",
            "the result must not be written into the batch or over it: {shown} overlaps {batch}. Give a folder outside with -o"
        )));
    }
    Ok(())
}

/// Refuses a target that is a file, or a folder with anything but an earlier result in it.
///
/// # Errors
/// When something would be lost, or the folder cannot be looked at.
pub fn look(shown: &Path, target: &Path, kind: Kind) -> Result<(), WriteError> {
    let failed = |source| WriteError::Failed { path: shown.to_owned(), source };
    let path = shown.display();
    if target.parent().is_none() || target.is_file() {
        return Err(WriteError::Refused(say!("{path} 不是文件夹，请用 -o 指定文件夹", "{path} is no folder; give a folder with -o")));
    }
    let entries = match fs::read_dir(target) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        if kind == Kind::Drawn && name == file_name::SHEETS {
            for inner in fs::read_dir(target.join(&name)).map_err(failed)? {
                let inner = inner.map_err(failed)?.file_name().to_string_lossy().into_owned();
                names.extend((!JUNK.contains(&inner.as_str())).then(|| format!("{name}/{inner}")));
            }
        } else if kind == Kind::Papers && name == PAPERS {
            let files = walkdir::WalkDir::new(target.join(&name)).into_iter().filter_map(Result::ok).filter(|e| !e.file_type().is_dir());
            let path = |e: walkdir::DirEntry| Some(e.path().strip_prefix(target).ok()?.to_string_lossy().replace('\\', "/"));
            names.extend(files.filter(|e| !JUNK.iter().any(|j| e.file_name() == *j)).filter_map(path));
        } else {
            names.insert(name);
        }
    }
    names.retain(|n| !JUNK.contains(&n.as_str()));
    if names.is_empty() {
        return Ok(());
    }
    if kind == Kind::Assessed && names.contains(seal::SEAL) {
        return Err(WriteError::Refused(say!(
            "{path} 的结果已经封存（{SEAL}），不能覆盖。请用 -o 指定新的文件夹；定稿以后的改动用 finalize 新结果 --corrects {path} 作为更正",
            "the result in {path} is sealed ({SEAL}) and is not replaced. Give a new folder with -o; a change after the last stage is a \
             correction: finalize NEW --corrects {path}",
            SEAL = seal::SEAL
        )));
    }
    let Some(ours) = written(target, kind) else {
        return Err(WriteError::Refused(match kind {
            Kind::Assessed => say!(
                "{path} 不是空文件夹，也不是以前的评查结果，为免覆盖没有写入。请用 -o 指定新的或空的文件夹",
                "{path} is neither empty nor an earlier result, so nothing was written. Give a new or empty folder with -o"
            ),
            Kind::Exported => say!(
                "{path} 不是空文件夹，也不是以前的导出，为免覆盖没有写入。请用 -o 指定新的或空的文件夹",
                "{path} is neither empty nor an earlier export, so nothing was written. Give a new or empty folder with -o"
            ),
            Kind::Ranked => say!(
                "{path} 不是空文件夹，也不是以前的排名，为免覆盖没有写入。请用 -o 指定新的或空的文件夹",
                "{path} is neither empty nor an earlier ranking, so nothing was written. Give a new or empty folder with -o"
            ),
            Kind::Papers => say!(
                "{path} 不是空文件夹，也不是以前的文书，为免覆盖没有写入。请用 -o 指定新的或空的文件夹",
                "{path} is neither empty nor earlier papers, so nothing was written. Give a new or empty folder with -o"
            ),
            Kind::Drawn => say!(
                "{path} 不是空文件夹，也不是以前的抽卷结果，为免覆盖没有写入。请用 -o 指定新的或空的文件夹",
                "{path} is neither empty nor an earlier draw, so nothing was written. Give a new or empty folder with -o"
            ),
        }));
    };
    if let Some(foreign) = names.iter().find(|n| !ours.contains(*n)) {
        return Err(WriteError::Refused(say!(
            "{path} 中的“{foreign}”不是以前的评查写的；结果会整个替换，为免丢失没有写入。请把它移走，或用 -o 指定新的文件夹",
            "{foreign} in {path} was not written by an earlier run; a result is replaced as a whole, so nothing was written. \
             Move it away or give a new folder with -o"
        )));
    }
    if kind == Kind::Drawn
        && let Some(filled) = filled(target)
    {
        return Err(WriteError::Refused(say!(
            "{path} 中的“{filled}”在抽卷以后改动过，可能已经填写；为免丢失没有写入。请把它移走，或用 -o 指定新的文件夹",
            "{filled} in {path} was changed since the draw and may be filled in, so nothing was written. Move it away or give a new folder \
             with -o"
        )));
    }
    if kind == Kind::Papers
        && let Some(filled) = papers(target).into_iter().flatten().find(|(name, hash)| changed(target, name, hash)).map(|(name, _)| name)
    {
        return Err(WriteError::Refused(say!(
            "{path} 中的“{filled}”写出以后改动过，可能已经填写；为免丢失没有写入。请把它移走，或用 -o 指定新的文件夹",
            "{filled} in {path} was changed since it was written and may be filled in, so nothing was written. Move it away or give a new \
             folder with -o"
        )));
    }
    Ok(())
}

/// Forms that the papers of a folder are of, by id, and the offices that they were asked for.
pub fn earlier_papers(folder: &Path) -> Option<(Vec<String>, Vec<String>)> {
    let json = paper_list(folder)?;
    let forms = json["forms"].as_array()?.iter().filter(|f| f["papers"] != 0).filter_map(|f| f["form"].as_str());
    let offices = json["offices"].as_array()?.iter().filter_map(|o| o.as_str());
    Some((forms.map(ToOwned::to_owned).collect(), offices.map(ToOwned::to_owned).collect()))
}

/// The list of the papers of a folder, when this program wrote it.
fn paper_list(folder: &Path) -> Option<serde_json::Value> {
    let json: serde_json::Value = serde_json::from_slice(&fs::read(folder.join(PAPER_LIST)).ok()?).ok()?;
    (json["format"] == 1 && json["tool"]["name"] == "juanping" && json["papers"] == true).then_some(json)
}

/// The papers of a folder with their SHA-256, as their list tells.
fn papers(folder: &Path) -> Option<Vec<(String, String)>> {
    let json = paper_list(folder)?;
    let files = json["files"].as_object()?;
    Some(files.iter().map(|(name, hash)| (name.clone(), hash.as_str().unwrap_or_default().to_owned())).collect())
}

/// Whether a file that is there has other bytes.
fn changed(folder: &Path, name: &str, hash: &str) -> bool {
    fs::read(folder.join(name)).is_ok_and(|bytes| sha256(&bytes) != hash)
}

/// Each file with its SHA-256, as [`HASHES`] has them.
pub fn hashes<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    files.map(|(name, hash)| format!("{hash}  {name}\n")).collect()
}

/// The first score sheet that is not as it was written.
fn filled(folder: &Path) -> Option<String> {
    let Ok(list) = fs::read_to_string(folder.join(HASHES)) else {
        // Without the list nobody can tell whether a sheet is as it was written.
        let inner = fs::read_dir(folder.join(file_name::SHEETS)).ok()?.filter_map(Result::ok).next()?;
        return Some(format!("{}/{}", file_name::SHEETS, inner.file_name().to_string_lossy()));
    };
    list.lines().filter_map(|l| l.split_once("  ")).find(|(hash, name)| changed(folder, name, hash)).map(|(_, name)| name.to_owned())
}

/// The names of an earlier result's files, as its main file tells; nothing when this is no result of this kind.
fn written(folder: &Path, kind: Kind) -> Option<BTreeSet<String>> {
    if kind == Kind::Papers {
        let papers = papers(folder)?.into_iter().map(|(name, _)| name);
        return Some(papers.chain([PAPER_LIST.to_owned()]).collect());
    }
    let main = match kind {
        Kind::Assessed => "results.json",
        Kind::Drawn => plan::FILE,
        Kind::Exported => export::MAIN,
        Kind::Ranked => crate::record::rank::FILE,
        Kind::Papers => PAPER_LIST,
    };
    let bytes = fs::read(folder.join(main)).ok()?;
    let json: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    if json["format"] != 1 || json["tool"]["name"] != "juanping" {
        return None;
    }
    let names = |all: &[&str]| all.iter().map(|f| (*f).to_owned()).collect::<Vec<String>>();
    if kind == Kind::Drawn {
        let reviewers = json["rules"]["allocation"]["reviewers"].as_array().map(Vec::as_slice).unwrap_or_default();
        let sheets = file_name::of_reviewers(reviewers.iter().filter_map(|r| r["code"].as_str()));
        // What was written says itself which sheets of extra marks there are.
        let listed = fs::read_to_string(folder.join(HASHES)).unwrap_or_default();
        let listed: Vec<String> = listed.lines().filter_map(|l| Some(l.split_once("  ")?.1.to_owned())).collect();
        return Some(sheets.into_values().flatten().chain(listed).chain(names(DRAWN)).collect());
    }
    if kind == Kind::Exported {
        let files = json["files"].as_array().filter(|_| json["export"].is_string())?;
        return Some(files.iter().filter_map(|f| f.as_str()).map(ToOwned::to_owned).chain(names(&[export::MAIN])).collect());
    }
    if kind == Kind::Ranked {
        return Some(names(&[crate::record::rank::FILE, rank::FILE]).into_iter().collect());
    }
    let offices = json["offices"].as_array()?.iter().filter_map(|o| o["name"].as_str());
    Some(offices.map(file_name::workbook).chain(names(FILES)).collect())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Kind, apart, look, real};
    use crate::report::write::WriteError;

    fn allowed(target: &Path, batch: &Path) -> Result<(), WriteError> {
        let whole = real(target).expect("real");
        apart(target, &whole, batch).and_then(|()| look(target, &whole, Kind::Assessed))
    }

    #[test]
    fn only_new_empty_or_earlier_results_are_taken() {
        let room = tempfile::tempdir().expect("room");
        let at = |name: &str| room.path().join(name);
        let put = |name: &str, text: &str| {
            fs::create_dir_all(at(name).parent().expect("parent")).expect("folder");
            fs::write(at(name), text).expect("file");
        };
        put("batch/东岭区/a.xlsx", "x");
        put("files/笔记.docx", "x");
        put("other/results.json", r#"{"format":1,"tool":{"name":"pytest"}}"#);
        put("broken/results.json", "{");
        let results = r#"{"format":1,"tool":{"name":"juanping"},"offices":[{"name":"东岭区"}]}"#;
        put("earlier/results.json", results);
        put("earlier/东岭区.xlsx", "x");
        put("earlier/Thumbs.db", "x");
        put("annotated/results.json", results);
        put("annotated/东岭区（批注）.xlsx", "x");
        put("a file", "x");
        fs::create_dir(at("empty")).expect("empty");
        for (target, taken) in [
            ("new/deep/out", true),
            ("empty", true),
            ("earlier", true),
            ("empty/../new", true),
            ("files", false),
            ("other", false),
            ("broken", false),
            ("annotated", false),
            ("a file", false),
            ("batch", false),
            ("batch/out", false),
            ("batch/东岭区/out", false),
            ("new/../batch/out", false),
            ("batch/../batch/out", false),
            ("", false),
        ] {
            assert_eq!(allowed(&at(target), &at("batch")).is_ok(), taken, "{target}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_into_the_batch_is_seen_through() {
        let room = tempfile::tempdir().expect("room");
        fs::create_dir(room.path().join("batch")).expect("batch");
        std::os::unix::fs::symlink(room.path().join("batch"), room.path().join("link")).expect("link");
        assert!(allowed(&room.path().join("link/out"), &room.path().join("batch")).is_err());
    }
}
