//! What ties a result together: its manifest (校验清单) and the seal of a stage (定稿). Frozen forms, format 1.
//! Must not hash or compare anything but the lines it is given.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::v1::Tool;
use crate::base::digest::sha256;

/// Name of the manifest in a result folder.
pub const MANIFEST: &str = "manifest.json";

/// Name of the page in a result folder.
pub const PAGE: &str = "report.html";

/// Name of the seal in a result folder.
pub const SEAL: &str = "seal.json";

/// What the system leaves in a folder that people look into; no file of a result, and none that anybody put there.
pub const JUNK: &[&str] = &["Thumbs.db", ".DS_Store", "desktop.ini"];

/// The stage whose seal makes a result final.
pub const FINAL: &str = "定稿";

/// `manifest.json`: every other file that the run wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    /// Always 1.
    pub format: u32,
    /// Program that wrote it.
    pub tool: Tool,
    /// Files, sorted by path.
    pub files: Vec<ManifestFile>,
    /// 校验码: SHA-256 over a line for each file, `HASH  PATH`, but for `report.html`, which shows this code. That page follows from the
    /// other files, and `verify` makes it again.
    pub code: String,
}

/// A file of a result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ManifestFile {
    /// Path in the result folder, with `/`.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
}

impl Manifest {
    /// The manifest of these files.
    pub fn new(tool: Tool, mut files: Vec<ManifestFile>) -> Self {
        files.sort();
        let code = Self::code_of(&files);
        Self { format: 1, tool, files, code }
    }

    /// The code that these files have.
    pub fn code_of(files: &[ManifestFile]) -> String {
        let lines: String = files.iter().filter(|f| f.path != PAGE).map(|f| format!("{}  {}\n", f.sha256, f.path)).collect();
        sha256(lines.as_bytes())
    }

    /// SHA-256 of `report.html`, where there is one.
    pub fn page(&self) -> Option<&str> {
        self.files.iter().find(|f| f.path == PAGE).map(|f| f.sha256.as_str())
    }

    /// The first twelve digits of the code, as they are printed.
    pub fn short(&self) -> &str {
        self.code.get(..12).unwrap_or(&self.code)
    }
}

/// `seal.json`: a stage of a round that a person closed. It shows that nothing changed since; it is no electronic signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Seal {
    /// Always 1.
    pub format: u32,
    /// `自查`, `初评`, `反馈`, `复核` or `定稿`.
    pub stage: String,
    /// Who sealed it.
    pub by: String,
    /// Day, as given.
    pub on: String,
    /// Code of the manifest that was sealed.
    pub code: String,
    /// What it corrects, when it is a 更正.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub correction: Option<Correction>,
    /// Stages that were sealed before, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub before: Vec<Sealed>,
    /// What was still open when it was sealed all the same.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub open: Option<StillOpen>,
    /// SHA-256 of `report.html`, which the code leaves out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<String>,
    /// SHA-256 over this seal without this line, so that a change of the seal itself shows.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub digest: String,
}

/// The stages of a round, first to last.
pub const STAGES: [&str; 5] = ["自查", "初评", "反馈", "复核", FINAL];

/// A stage that was sealed before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sealed {
    /// Stage.
    pub stage: String,
    /// 更正 no. n, when it was one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub correction: Option<u32>,
    /// Who sealed it.
    pub by: String,
    /// Day, as given.
    pub on: String,
    /// Code of the manifest that was sealed.
    pub code: String,
}

/// What was open when a stage was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StillOpen {
    /// Selected cases with more than one possible grade.
    pub undecided: u64,
    /// Cases of a round of review whose grade nobody confirmed.
    pub unconfirmed: u64,
}

impl Seal {
    /// The digest that this seal should have.
    pub fn digest_of(&self) -> String {
        let bare = Self { digest: String::new(), ..self.clone() };
        serde_json::to_vec(&bare).map(|bytes| sha256(&bytes)).unwrap_or_default()
    }

    /// Whether its digest fits.
    pub fn is_as_written(&self) -> bool {
        self.digest == self.digest_of()
    }

    /// As a later seal tells of it.
    pub fn told(&self) -> Sealed {
        Sealed {
            stage: self.stage.clone(),
            correction: self.correction.as_ref().map(|c| c.no),
            by: self.by.clone(),
            on: self.on.clone(),
            code: self.code.clone(),
        }
    }
}

/// A 更正 of a sealed result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// 更正 no. n, from 1.
    pub no: u32,
    /// Why.
    pub reason: String,
    /// Code of the sealed result that it takes the place of.
    pub replaces: String,
    /// What is different, by office, number and stage.
    pub changes: Vec<Change>,
}

/// A case whose result a correction changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// Office name.
    pub office: String,
    /// Canonical number.
    pub case_no: String,
    /// Stage, where a stage is a file of its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stage: Option<String>,
    /// Grade and marks before, as shown; nothing where the case was not there.
    pub before: Option<String>,
    /// Grade and marks after.
    pub after: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{Manifest, ManifestFile};
    use crate::record::v1::Tool;

    #[test]
    fn the_code_follows_every_file_but_the_page_and_no_order() {
        let file = |path: &str, hash: &str| ManifestFile { path: path.to_owned(), bytes: 1, sha256: hash.to_owned() };
        let tool = Tool { name: "juanping".to_owned(), version: "0".to_owned() };
        let of = |files: Vec<ManifestFile>| Manifest::new(tool.clone(), files).code;
        let code = of(vec![file("a", "1"), file("b", "2")]);
        assert_eq!(code, of(vec![file("b", "2"), file("a", "1")]));
        assert_eq!(code, of(vec![file("a", "1"), file("b", "2"), file("report.html", "3")]));
        for other in [vec![file("a", "2"), file("b", "1")], vec![file("a", "1")], vec![file("a", "1"), file("c", "2")]] {
            assert_ne!(code, of(other));
        }
    }
}
