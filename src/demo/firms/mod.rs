//! A batch of invented law firms (律师事务所年度检查考核): each with its form, its logs, a register of its cases with their checklists, and
//! planted defects. Must not read a rubric; tests compare the tables here with what the rubrics see.

mod file;
mod firm;
mod tables;

use std::fs;
use std::path::Path;

use super::office::{CITY, SAMPLE};
use super::planted::Planted;
use super::{DemoError, Made, empty, placed, planted_file, unwritten};
use crate::say;
use firm::Firm;

/// Most firms: their ids have two digits.
pub const MOST: u32 = 60;

/// Makes a batch of firms in a folder that is missing or empty.
///
/// # Errors
/// When the folder holds something, there are too many, or the disk will not take it.
pub fn make(folder: &Path, firms: u32, seed: u64) -> Result<Made, DemoError> {
    if firms == 0 || firms > MOST {
        return Err(DemoError::Refused(say!("律师事务所数应为 1 到 {MOST}", "firms must be 1 to {MOST}")));
    }
    empty(folder)?;
    placed(folder, |batch| fill(batch, firms, seed))
}

fn fill(batch: &Path, count: u32, seed: u64) -> Result<Made, DemoError> {
    let firms: Vec<Firm> = (0..count).map(|index| Firm::draw(index, seed)).collect();
    fs::create_dir_all(batch).map_err(unwritten(batch))?;
    let path = batch.join("audit.toml");
    fs::write(&path, settings(&firms)).map_err(unwritten(&path))?;
    let (mut planted, mut cases) = (Vec::new(), 0);
    for firm in &firms {
        let folder = batch.join(&firm.name);
        fs::create_dir_all(&folder).map_err(unwritten(&folder))?;
        tables::write(&folder, firm).map_err(unwritten(&folder))?;
        cases += firm.drawn();
        planted.extend(firm.planted());
    }
    let path = batch.join("planted.json");
    planted_file(&path, &planted).map_err(unwritten(&path))?;
    Ok(Made { cases, planted: planted.len() })
}

/// `audit.toml`.
fn settings(firms: &[Firm]) -> String {
    let mut text = format!(
        "# {SAMPLE}：{CITY}、律师事务所、人员、案件均为虚构，与任何真实机构和个人无关。\n\
         title = \"{CITY}2024年度律师事务所检查考核（{SAMPLE}）\"\n\
         year = 2024\n\
         as_of = \"2025-03-31\"\n\
         made_by = \"{CITY}司法局（虚构）\"\n\
         rubrics = [\"law-firm-annual\", \"law-firm-files\"]\n"
    );
    for firm in firms {
        let (id, name) = (&firm.id, &firm.name);
        text.push_str(&format!("\n[[office]]\nid = \"{id}\"\nname = \"{name}\"\nparent = \"{CITY}\"\n"));
    }
    text
}

/// One entry of `planted.json`.
fn entry(firm: &str, case_no: &str, criterion: &'static str, what: impl Into<String>) -> Planted {
    Planted { office: firm.to_owned(), case_no: case_no.to_owned(), criterion, what: what.into() }
}
