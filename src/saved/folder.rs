//! A result folder of `assess` or `merge`. Must not take what is half written, of another format, or changed since it was written.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::base::digest;
use crate::base::text::Text;
use crate::record::part::PART;
use crate::record::seal::{FINAL, MANIFEST, Manifest, ManifestFile, PAGE, SEAL, Seal};
use crate::record::v1::{CaseRecord, InputRecord, OutRecord, Results};
use crate::say;

/// A result that is whole.
#[derive(Debug, Clone)]
pub struct Saved {
    /// As the user wrote it.
    pub path: PathBuf,
    /// `results.json`.
    pub results: Results,
    /// `manifest.json`.
    pub manifest: Manifest,
    /// `seal.json`, when a stage was closed.
    pub seal: Option<Seal>,
}

/// A file of a result that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Path in the result folder.
    pub file: String,
    /// What is wrong with it.
    pub said: Text,
}

impl Saved {
    /// Opens a result folder; `results.json` must be as the manifest says. Other files are checked by [`damage`](Self::damage).
    ///
    /// # Errors
    /// What is wrong with it by name, and what to do.
    pub fn open(path: &Path) -> Result<Self, Text> {
        let shown = path.display();
        folder(path)?;
        let bytes = fs::read(path.join("results.json")).map_err(|error| match error.kind() {
            ErrorKind::NotFound => say!(
                "{shown} 里没有 results.json，不是 assess 的结果，或者没有写完；请用 assess 的结果文件夹",
                "{shown} holds no results.json: no result of assess, or one that was not finished; give a result folder of assess"
            ),
            _ => say!("{shown} 里的 results.json 打不开：{error}", "results.json in {shown} cannot be opened: {error}"),
        })?;
        known(&bytes, path)?;
        let manifest = manifest(path)?;
        if let Some(damage) = check(path, &manifest, "results.json", Some((digest::sha256(&bytes), bytes.len()))) {
            let said = damage.said;
            let (zh, en) = (said.zh, said.en);
            return Err(say!("{shown}：{zh}", "{shown}: {en}"));
        }
        let results: Results = serde_json::from_slice(&bytes).map_err(|_| newer(path))?;
        let seal = seal(path)?;
        Ok(Self { path: path.to_owned(), results, manifest, seal })
    }

    /// Whether its 定稿 was sealed, and nothing of it changed since; else whatever is made of it is a draft (草稿).
    pub fn is_final(&self) -> bool {
        self.sealed().is_some_and(|s| s.stage == FINAL)
    }

    /// The seal of its last stage, where nothing of it changed since.
    pub fn sealed(&self) -> Option<&Seal> {
        self.seal.as_ref().filter(|s| s.code == self.manifest.code)
    }

    /// Every file that is not as it was written, in order of path.
    pub fn damage(&self) -> Vec<Damage> {
        damage(&self.path, &self.manifest)
    }

    /// The first file that is missing or of another size than it was written: told without reading any.
    pub fn cut(&self) -> Option<Damage> {
        let size = |f: &ManifestFile| fs::metadata(self.path.join(&f.path)).ok().filter(fs::Metadata::is_file).map(|m| m.len());
        // Nothing is read from the page, and people take it away.
        let file = self.manifest.files.iter().filter(|f| f.path != PAGE).find(|f| size(f) != Some(f.bytes))?;
        check(&self.path, &self.manifest, &file.path, None)
    }

    /// Whether it holds some offices of its batch only.
    pub fn is_part(&self) -> bool {
        self.manifest.files.iter().any(|f| f.path == PART)
    }

    /// The cases of `cases.jsonl`, one by one. The file must be as the manifest says.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn cases(&self) -> Result<Cases<CaseRecord>, Text> {
        self.lines("cases.jsonl")
    }

    /// The cases of `out-of-scope.jsonl`, one by one. The file must be as the manifest says.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn out_of_scope(&self) -> Result<Cases<OutRecord>, Text> {
        self.lines("out-of-scope.jsonl")
    }

    /// The files of `inputs.jsonl`, one by one. The file must be as the manifest says.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn inputs(&self) -> Result<Cases<InputRecord>, Text> {
        self.lines("inputs.jsonl")
    }

    fn lines<T>(&self, name: &str) -> Result<Cases<T>, Text> {
        let shown = self.path.display();
        if let Some(damage) = check(&self.path, &self.manifest, name, None) {
            let (zh, en) = (damage.said.zh, damage.said.en);
            return Err(say!("{shown}：{zh}", "{shown}: {en}"));
        }
        let file = File::open(self.path.join(name));
        let file = file.map_err(|error| say!("{shown} 里的 {name} 打不开：{error}", "{name} in {shown} cannot be opened: {error}"))?;
        Ok(Cases {
            from: BufReader::with_capacity(1 << 16, file),
            path: self.path.join(name),
            line: String::new(),
            no: 0,
            of: std::marker::PhantomData,
        })
    }
}

/// Every file of a result that is not as this manifest says, in order of path.
pub fn damage(path: &Path, manifest: &Manifest) -> Vec<Damage> {
    manifest.files.iter().filter_map(|f| check(path, manifest, &f.path, None)).collect()
}

/// Lines of a file, each read when it is asked for.
#[derive(Debug)]
pub struct Cases<T> {
    from: BufReader<File>,
    path: PathBuf,
    line: String,
    no: u64,
    of: std::marker::PhantomData<T>,
}

impl<T: DeserializeOwned> Iterator for Cases<T> {
    type Item = Result<T, Text>;

    fn next(&mut self) -> Option<Self::Item> {
        self.line.clear();
        self.no += 1;
        let (shown, no) = (self.path.display(), self.no);
        match self.from.read_line(&mut self.line) {
            Ok(0) => None,
            Ok(_) => Some(serde_json::from_str(&self.line).map_err(|error| {
                say!("{shown} 第 {no} 行不是这一版的结果：{error}", "line {no} of {shown} is no result of this version: {error}")
            })),
            Err(error) => Some(Err(say!("{shown} 第 {no} 行读不了：{error}", "line {no} of {shown} cannot be read: {error}"))),
        }
    }
}

/// Whether bytes are a result of this format at all.
fn known(bytes: &[u8], path: &Path) -> Result<(), Text> {
    let shown = path.display();
    let json: serde_json::Value = serde_json::from_slice(bytes).map_err(|_| {
        say!(
            "{shown} 里的 results.json 不完整或被改动过；请重新评查，或换回原来的文件",
            "results.json in {shown} is half written or was changed; assess again, or put the original back"
        )
    })?;
    if json["tool"]["name"] != "juanping" {
        return Err(say!(
            "{shown} 里的 results.json 不是 juanping 写的；请用 assess 的结果文件夹",
            "results.json in {shown} was not written by juanping; give a result folder of assess"
        ));
    }
    if json["format"] != 1 {
        return Err(newer(path));
    }
    Ok(())
}

fn newer(path: &Path) -> Text {
    let shown = path.display();
    say!(
        "{shown} 是另一种格式的结果，本版 juanping 不能读；请用写它的那一版，或用本版重新评查",
        "{shown} is a result of another format that this version cannot read; use the version that wrote it, or assess again"
    )
}

/// Refuses what is no folder at all.
///
/// # Errors
/// What it is instead.
pub fn folder(path: &Path) -> Result<(), Text> {
    let shown = path.display();
    match (path.is_dir(), path.exists()) {
        (true, _) => Ok(()),
        (false, true) => Err(say!("{shown} 是一个文件；请写 assess 的结果文件夹", "{shown} is a file; give a result folder of assess")),
        (false, false) => Err(say!("找不到结果文件夹 {shown}，请核对名称和位置", "no result folder {shown}; check its name and place")),
    }
}

/// The manifest of a result folder.
///
/// # Errors
/// When there is none, or it was changed.
pub fn manifest(path: &Path) -> Result<Manifest, Text> {
    let shown = path.display();
    let bytes = fs::read(path.join(MANIFEST)).map_err(|_| {
        say!(
            "{shown} 里没有 {MANIFEST}，不能确定结果是否完整；请把整个结果文件夹一起复制，或用本版重新评查",
            "{shown} holds no {MANIFEST}, so nobody can tell whether it is whole; copy the whole result folder, or assess again"
        )
    })?;
    let manifest = serde_json::from_slice::<Manifest>(&bytes).ok().filter(|m| m.format == 1 && m.code == Manifest::code_of(&m.files));
    manifest.ok_or_else(|| say!("{shown} 里的 {MANIFEST} 被改动过或不完整", "{MANIFEST} in {shown} was changed or is half written"))
}

/// The seal of a result folder, when a stage was closed.
///
/// # Errors
/// When it was changed.
pub fn seal(path: &Path) -> Result<Option<Seal>, Text> {
    let shown = path.display();
    let bytes = match fs::read(path.join(SEAL)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(say!("{shown} 里的 {SEAL} 打不开：{error}", "{SEAL} in {shown} cannot be opened: {error}")),
    };
    let seal = serde_json::from_slice::<Seal>(&bytes).ok().filter(|s| s.format == 1 && s.is_as_written());
    seal.map(Some).ok_or_else(|| say!("{shown} 里的 {SEAL} 被改动过或不完整", "{SEAL} in {shown} was changed or is half written"))
}

/// What is wrong with one file of a result; `found` is its hash and size where it was read already.
fn check(folder: &Path, manifest: &Manifest, name: &str, found: Option<(String, usize)>) -> Option<Damage> {
    let damage = |said: Text| Some(Damage { file: name.to_owned(), said });
    let Some(ManifestFile { bytes, sha256, .. }) = manifest.files.iter().find(|f| f.path == name) else {
        return damage(say!("{MANIFEST} 里没有 {name}", "{MANIFEST} does not list {name}"));
    };
    let found = found.map(|(hash, size)| (hash, u64::try_from(size).unwrap_or(u64::MAX)));
    let found = match found {
        Some(found) => Ok(found),
        None => File::open(folder.join(name)).and_then(digest::reader),
    };
    match found {
        Ok((hash, size)) if hash == *sha256 && size == *bytes => None,
        Ok((_, size)) if size < *bytes => {
            let lacking = bytes.saturating_sub(size);
            damage(say!(
                "{name} 比写出时少了 {lacking} 字节，没有写完或被改动过",
                "{name} is {lacking} bytes shorter than it was written: half written, or changed"
            ))
        }
        Ok(_) => damage(say!("{name} 在写出以后被改动过", "{name} was changed after it was written")),
        Err(error) if error.kind() == ErrorKind::NotFound => damage(say!("缺少文件 {name}", "{name} is missing")),
        Err(error) => damage(say!("{name} 读不了：{error}", "{name} cannot be read: {error}")),
    }
}
