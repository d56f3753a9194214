//! The page of a result against what its other files make of it. Must not take a page on trust because its hash is listed.

use std::io;

use crate::base::digest::sha256;
use crate::record::seal::PAGE;
use crate::record::v1::Tool;
use crate::record::verified::Fault;
use crate::report::page::{self, PageError, Source};
use crate::saved::Saved;
use crate::say;

/// What is wrong with the page; nothing where there is none, or where another version wrote it.
///
/// # Errors
/// When there is no room to pack it again.
pub fn page(saved: &Saved) -> io::Result<Option<Fault>> {
    let Some(written) = saved.manifest.page().filter(|_| !is_of_another(saved)) else { return Ok(None) };
    let source = Source::draft(&saved.results, &saved.manifest.code);
    let cases = match saved.cases() {
        Ok(cases) => cases,
        Err(said) => return Ok(Some(Fault::new("file", "cases.jsonl", said))),
    };
    let mut bytes = Vec::new();
    let said = match page::write(&mut bytes, tempfile::tempfile()?, &source, cases) {
        Ok(_) if sha256(&bytes) == written => return Ok(None),
        Ok(_) => say!(
            "{PAGE} 与 results.json、cases.jsonl 不一致：被改动过，或者由另一个程序写成",
            "{PAGE} does not follow from results.json and cases.jsonl: changed, or written by another program"
        ),
        Err(PageError::Read(said)) => said,
        Err(PageError::Write(error)) => return Err(error),
    };
    Ok(Some(Fault::new("file", PAGE, said)))
}

/// Whether there is a page that another version wrote, so that this one cannot make it again.
pub fn is_of_another(saved: &Saved) -> bool {
    saved.manifest.page().is_some() && saved.manifest.tool != Tool::this()
}
