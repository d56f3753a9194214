//! report.html: one self-contained page of a result (报告页), the front end of `web/` with the data packed into it.
//! Must not hold more cases than those of one office, and must not put anything into the page that its audience may not see.
//!
//! A [`Packer`] makes blocks of an office, a [`Pages`] keeps them in order until all offices were seen and then writes the page.
//!
//! `page.html` is the product of `web/` (see its README) and has two marks where data goes: the overview stands before the program, so
//! that it is shown while the rest is still being read, and the blocks of the offices behind it. `web/DATA.md` describes the format.
//! Data is base64 of raw deflate of JSON, so no text of the input can end an element.
//! 100,000 cases in 100 offices make a page of 12 MB that opens in a third of a second, so a page is never split by office.

mod base64;
mod block;
mod cases;
mod column;
mod feedback;
mod findings;
mod grid;
mod head;
mod lifted;
mod packer;
mod places;
mod public;
mod put;
mod template;
#[cfg(test)]
mod tests;
mod undecided;

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, Write};

pub use packer::{Packed, Packer};

use super::audience::Audience;
use crate::base::text::Text;
use crate::record::seal::{FINAL, Seal};
use crate::record::v1::{CaseRecord, Results};
use crate::say;

/// The page in a result folder.
pub const FILE: &str = crate::record::seal::PAGE;
/// The page without data.
const PAGE: &str = include_str!("page.html");
/// Where the overview goes.
const HEAD: &str = "<!--juanping:head-->";
/// Where the offices go.
const OFFICES: &str = "<!--juanping:offices-->";

/// What a page is made from, besides the cases.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// `results.json`.
    pub results: &'a Results,
    /// 校验码 of the result's manifest.
    pub code: &'a str,
    /// The seal of its last stage, where nothing of it changed since.
    pub seal: Option<&'a Seal>,
    /// Whom it may reach.
    pub audience: Audience,
    /// The one office that a page for feedback is about, by name.
    pub only: Option<&'a str>,
}

impl Source<'_> {
    /// Whether its 定稿 was sealed; else the page is a draft (草稿).
    fn is_final(&self) -> bool {
        self.seal.is_some_and(|s| s.stage == FINAL)
    }

    /// Whether an office stands in the page.
    fn has(&self, office: &str) -> bool {
        self.only.is_none_or(|only| only == office)
    }
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The result cannot be read, or is not what its offices say.
    #[error("{}", .0.en)]
    Read(Text),
    /// It cannot be written.
    #[error("could not write the page: {0}")]
    Write(#[from] io::Error),
}

/// How large a page became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Cases in it.
    pub cases: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Where the cases of an office are: how many, and the number of their blocks.
#[derive(Debug, Clone, Copy, serde::Serialize)]
struct At {
    n: usize,
    at: usize,
}

/// What was seen of an office.
#[derive(Debug)]
struct Seen {
    at: Option<At>,
    grid: grid::Grid,
    undecided: undecided::Undecided,
}

/// A page in the making: what was packed waits in a spool, an empty file, until every office was seen.
#[derive(Debug)]
pub struct Pages<S> {
    spool: S,
    offices: BTreeMap<String, Seen>,
    blocks: usize,
    cases: u64,
}

impl<S: Read + Write + Seek> Pages<S> {
    /// Nothing yet.
    pub fn new(spool: S) -> Self {
        Self { spool, offices: BTreeMap::new(), blocks: 0, cases: 0 }
    }

    /// Adds the next office.
    ///
    /// # Errors
    /// When it was there already, or the spool cannot be written.
    pub fn add(&mut self, packed: Packed) -> Result<(), PageError> {
        let Packed { office, cases, grid, undecided, blocks } = packed;
        let mut at = None;
        if let Some([listed, found]) = blocks {
            let number = self.blocks;
            self.spool.write_all(block::element(&format!("c{number}"), &listed).as_bytes())?;
            self.spool.write_all(block::element(&format!("f{number}"), &found).as_bytes())?;
            at = Some(At { n: cases, at: number });
            self.blocks += 1;
            self.cases = self.cases.saturating_add(u64::try_from(cases).unwrap_or(u64::MAX));
        }
        match self.offices.insert(office.clone(), Seen { at, grid, undecided }) {
            None => Ok(()),
            Some(_) => Err(PageError::Read(say!("“{office}”的案件没有排在一起", "cases of {office} do not stand together"))),
        }
    }

    /// Adds every office of cases that come in order of office, as `cases.jsonl` has them.
    ///
    /// # Errors
    /// When a case cannot be read, or the spool cannot be written.
    pub fn add_all(
        &mut self,
        packer: &Packer<'_>,
        source: &Source<'_>,
        cases: impl Iterator<Item = Result<CaseRecord, Text>>,
    ) -> Result<(), PageError> {
        let mut office: Vec<CaseRecord> = Vec::new();
        let mut pack = |office: &mut Vec<CaseRecord>| {
            let packed = packer.office(office)?;
            office.clear();
            packed.map_or(Ok(()), |packed| self.add(packed))
        };
        for case in cases {
            let case = case.map_err(PageError::Read)?;
            if !source.has(&case.office) {
                continue;
            }
            if office.first().is_some_and(|first| first.office != case.office) {
                pack(&mut office)?;
            }
            office.push(case);
        }
        pack(&mut office)
    }

    /// Writes the page.
    ///
    /// # Errors
    /// When an office is not one of the result, or the page cannot be written.
    pub fn write(mut self, out: &mut dyn Write, source: &Source<'_>) -> Result<Size, PageError> {
        let mut seen = BTreeMap::new();
        for (name, office) in &self.offices {
            let Some(record) = source.results.offices.iter().find(|o| o.name == *name) else {
                return Err(PageError::Read(say!("案件所属的“{name}”不在机构之列", "cases of {name} are not listed under an office")));
            };
            seen.insert(record.id.as_str(), office);
        }
        let head = head::head(source, &seen).and_then(|head| Ok(block::element("head", &block::data(&head)?)))?;
        let (before, rest) = PAGE.split_once(HEAD).unwrap_or((PAGE, ""));
        let (program, after) = rest.split_once(OFFICES).unwrap_or((rest, ""));
        let mut bytes = 0;
        for part in [before, head.trim_end(), program] {
            out.write_all(part.as_bytes())?;
            bytes += length(part);
        }
        self.spool.rewind()?;
        bytes += io::copy(&mut self.spool, out)?;
        out.write_all(after.as_bytes())?;
        Ok(Size { cases: self.cases, bytes: bytes + length(after) })
    }
}

/// Writes the page of a result with these cases.
///
/// # Errors
/// When a case cannot be read, or the page cannot be written.
pub fn write(
    out: &mut dyn Write,
    spool: impl Read + Write + Seek,
    source: &Source<'_>,
    cases: impl Iterator<Item = Result<CaseRecord, Text>>,
) -> Result<Size, PageError> {
    let mut pages = Pages::new(spool);
    pages.add_all(&Packer::new(source.results, source.audience), source, cases)?;
    pages.write(out, source)
}

fn length(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}
