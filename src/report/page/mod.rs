//! report.html: one self-contained page of a result (报告页), the front end of `web/` with the data packed into it.
//! Must not hold more cases than those of one office, and must not put anything into the page that its audience may not see.
//!
//! `page.html` is the product of `web/` (see its README) and has two marks where data goes: the overview stands before the program, so
//! that it is shown while the rest is still being read, and the blocks of the offices behind it. `web/DATA.md` describes the format.
//! Data is base64 of raw deflate of JSON, so no text of the input can end an element.
//! 100,000 cases in 100 offices make a page of 12 MB that opens in a second, so a page is never split by office.

mod base64;
mod block;
mod cases;
mod column;
mod findings;
mod grid;
mod head;
mod lifted;
mod places;
mod template;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, Write};

use crate::base::text::Text;
use crate::record::lift::LiftCase;
use crate::record::v1::{CaseRecord, Results};
use crate::say;
use crate::todo::Names;

/// The page without data.
const PAGE: &str = include_str!("page.html");
/// Where the overview goes.
const HEAD: &str = "<!--juanping:head-->";
/// Where the offices go.
const OFFICES: &str = "<!--juanping:offices-->";

/// Whom the page may reach (受众).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience<'a> {
    /// 内部: all of it.
    Internal,
    /// 反馈: the office of this name alone.
    Feedback(&'a str),
    /// 公开: counts and rates by office, nothing about a case or a person.
    Public,
}

/// What would lift a case, where that was asked for.
pub type Lift<'a> = &'a dyn Fn(&CaseRecord) -> Option<LiftCase>;

/// What a page is made from, besides the cases.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// `results.json`.
    pub results: &'a Results,
    /// 校验码 of the result's manifest.
    pub code: &'a str,
    /// Whether its 定稿 was sealed.
    pub is_final: bool,
    /// Whom it may reach.
    pub audience: Audience<'a>,
    /// What would lift a case; the page says nothing of it without.
    pub lift: Option<Lift<'a>>,
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

/// Writes the page. Cases come in order of office, as `cases.jsonl` has them; what was packed waits in `spool`, an empty file, until all
/// of them were seen.
///
/// # Errors
/// When a case cannot be read, or the page cannot be written.
pub fn write(
    out: &mut dyn Write,
    spool: &mut (impl Read + Write + Seek),
    source: &Source<'_>,
    cases: impl Iterator<Item = Result<CaseRecord, Text>>,
) -> Result<Size, PageError> {
    let mut packing = Packing { source, names: Names::new(source.results), blocks: BTreeMap::new(), grids: BTreeMap::new(), cases: 0 };
    let mut office: Vec<CaseRecord> = Vec::new();
    for case in cases {
        let case = case.map_err(PageError::Read)?;
        if office.first().is_some_and(|first| first.office != case.office) {
            packing.office(spool, &office)?;
            office.clear();
        }
        office.push(case);
    }
    packing.office(spool, &office)?;

    let (before, rest) = PAGE.split_once(HEAD).unwrap_or((PAGE, ""));
    let (program, after) = rest.split_once(OFFICES).unwrap_or((rest, ""));
    let head = block::packed("head", &head::head(source, &packing.blocks, &packing.grids).map_err(io::Error::from)?)?;
    let mut bytes = 0;
    for part in [before, head.trim_end(), program] {
        out.write_all(part.as_bytes())?;
        bytes += length(part);
    }
    spool.rewind()?;
    bytes += io::copy(spool, out)?;
    out.write_all(after.as_bytes())?;
    Ok(Size { cases: packing.cases, bytes: bytes + length(after) })
}

fn length(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

/// What was seen of the cases so far.
struct Packing<'a> {
    source: &'a Source<'a>,
    names: Names<'a>,
    blocks: BTreeMap<&'a str, At>,
    grids: BTreeMap<&'a str, grid::Grid>,
    cases: u64,
}

impl Packing<'_> {
    /// Packs the cases of one office, if there are any and the audience may see them.
    fn office(&mut self, spool: &mut impl Write, cases: &[CaseRecord]) -> Result<(), PageError> {
        let Some(first) = cases.first() else { return Ok(()) };
        let name = &*first.office;
        if matches!(self.source.audience, Audience::Feedback(only) if only != name) {
            return Ok(());
        }
        let offices = &self.source.results.offices;
        let found = offices.iter().enumerate().find(|(_, o)| o.name == name).filter(|(_, o)| !self.grids.contains_key(&*o.id));
        let Some((at, office)) = found else {
            return Err(PageError::Read(say!(
                "案件所属的“{name}”不在机构之列，或者它的案件没有排在一起",
                "cases of {name} are not listed under an office, or do not stand together"
            )));
        };
        self.grids.insert(&office.id, grid::grid(cases));
        if self.source.audience == Audience::Public {
            return Ok(());
        }
        spool.write_all(block::packed(&format!("c{at}"), &cases::cases(cases))?.as_bytes())?;
        spool.write_all(block::packed(&format!("f{at}"), &findings::findings(cases, &self.names, self.source.lift))?.as_bytes())?;
        self.blocks.insert(&office.id, At { n: cases.len(), at });
        self.cases = self.cases.saturating_add(u64::try_from(cases.len()).unwrap_or(u64::MAX));
        Ok(())
    }
}
