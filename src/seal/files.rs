//! Every file of a result against its manifest, and the seal against both. Must not look at figures.

use std::fs;
use std::path::Path;

use crate::base::text::Text;
use crate::record::seal::{JUNK, MANIFEST, PAGE, SEAL};
use crate::record::verified::Fault;
use crate::saved::{self, Saved};
use crate::say;

/// A result that was looked at.
#[derive(Debug, Default)]
pub struct Looked {
    /// The result, when it could be opened at all.
    pub saved: Option<Saved>,
    /// What is wrong with its files.
    pub faults: Vec<Fault>,
}

/// Looks at every file of a result folder.
///
/// # Errors
/// When this is no result folder at all.
pub fn look(path: &Path) -> Result<Looked, Text> {
    let shown = path.display();
    saved::folder(path)?;
    if !path.join(MANIFEST).exists() && !path.join("results.json").exists() {
        return Err(say!(
            "{shown} 里没有 results.json 和 {MANIFEST}，不是 assess 的结果；请用 assess 的结果文件夹",
            "{shown} holds neither results.json nor {MANIFEST}: no result of assess; give a result folder of assess"
        ));
    }
    let mut looked = Looked::default();
    let manifest = match saved::manifest(path) {
        Ok(manifest) => manifest,
        Err(said) => {
            looked.faults.push(Fault::new("file", MANIFEST, said));
            return Ok(looked);
        }
    };
    let fault = |d: saved::Damage| Fault::new("file", d.file, d.said);
    looked.faults.extend(saved::damage(path, &manifest).into_iter().map(fault));
    if !is_as_written(path, MANIFEST, &manifest) {
        looked.faults.push(Fault::new("file", MANIFEST, changed(MANIFEST)));
    }
    let mut names: Vec<String> =
        fs::read_dir(path).into_iter().flatten().filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned())).collect();
    names.sort();
    for name in names {
        let known = name == MANIFEST || name == SEAL || JUNK.contains(&name.as_str());
        if !known && !manifest.files.iter().any(|f| f.path == name) {
            let said = say!("{name} 不是这次评查写的", "{name} was not written by this run");
            looked.faults.push(Fault::new("file", name, said));
        }
    }
    match saved::seal(path) {
        Err(said) => looked.faults.push(Fault::new("seal", SEAL, said)),
        Ok(None) => {}
        Ok(Some(seal)) => {
            if seal.digest.is_empty() || !is_as_written(path, SEAL, &seal) {
                looked.faults.push(Fault::new("seal", SEAL, changed(SEAL)));
            }
            if seal.code == manifest.code && seal.page.is_some() && seal.page.as_deref() != manifest.page() {
                let said = say!("{PAGE} 在封存以后被换过", "{PAGE} was replaced since it was sealed");
                looked.faults.push(Fault::new("file", PAGE, said));
            }
            if seal.code != manifest.code {
                let (stage, by, on) = (&seal.stage, &seal.by, &seal.on);
                let said = say!(
                    "封存的不是这份结果：{by} 于 {on} 封存（{stage}）以后，结果被换过",
                    "another result was sealed: since {by} sealed it on {on} ({stage}) it was replaced"
                );
                looked.faults.push(Fault::new("seal", SEAL, said));
            }
        }
    }
    if let Ok(saved) = Saved::open(path) {
        if saved.manifest.tool != saved.results.tool {
            looked.faults.push(Fault::new("file", MANIFEST, changed(MANIFEST)));
        }
        looked.saved = Some(saved);
    }
    Ok(looked)
}

fn changed(name: &str) -> Text {
    say!("{name} 在写出以后被改动过", "{name} was changed after it was written")
}

/// Whether a file has the very bytes that the program writes for what it says.
fn is_as_written(path: &Path, name: &str, says: &impl serde::Serialize) -> bool {
    let written = serde_json::to_vec_pretty(says).map(|mut bytes| {
        bytes.push(b'\n');
        bytes
    });
    written.ok().is_some_and(|written| fs::read(path.join(name)).is_ok_and(|bytes| bytes == written))
}
