//! Results of some offices each (分机构结果) become what one run over all of them would have written, byte for byte.
//! Must not grade, must not look into the batch, and never holds all cases of a result in memory.

mod alike;
mod part;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::assess::rubrics::scales;
use crate::assess::whole::{Came, Whole};
use crate::base::digest::first;
use crate::base::text::Text;
use crate::panel::gather::{Gathered, Scales, Told};
use crate::record::part::{PartHead, PartOffice};
use crate::record::v1::{CaseRecord, Office, ProblemRecord, Results};
use crate::saved::Saved;
use crate::say;
use crate::stats::tally::{Names, Tally};

pub use part::lines;

/// Files whose lines stand office by office.
pub const STREAMS: [&str; 3] = ["cases.jsonl", "out-of-scope.jsonl", "inputs.jsonl"];

/// A result of some offices, opened and found whole.
#[derive(Debug)]
struct Part {
    saved: Saved,
    head: PartHead,
}

/// An office in one of the parts.
#[derive(Debug)]
struct Piece {
    /// Which part.
    part: usize,
    kept: PartOffice,
    office: Office,
    problems: Vec<ProblemRecord>,
    /// Where its lines begin.
    from: [u64; 3],
}

/// Parts joined, ready to be written.
#[derive(Debug)]
pub struct Joined {
    /// `results.json`.
    pub results: Results,
    /// Names of offices of the batch that no part has.
    pub missing: Vec<String>,
    parts: Vec<Part>,
    pieces: Vec<Piece>,
}

/// Joins results of some offices each; `partial` allows that offices are still missing, and what comes of it is again a part.
///
/// # Errors
/// Everything that keeps them from being parts of one batch, by name.
pub fn join(paths: &[PathBuf], partial: bool) -> Result<Joined, Vec<Text>> {
    let (mut parts, mut pieces, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        match part::open(path, parts.len()) {
            Ok((part, mut of_part)) => {
                parts.push(part);
                pieces.append(&mut of_part);
            }
            Err(mut said) => refused.append(&mut said),
        }
    }
    if refused.is_empty() {
        refused.extend(alike::differences(&parts));
    }
    let Some(first) = parts.first().filter(|_| refused.is_empty()) else { return Err(refused) };
    refused.extend(overlaps(&parts, &pieces));
    refused.extend(changed(&parts).map_err(|said| vec![said])?);
    let order: BTreeMap<&str, usize> = first.head.offices.iter().enumerate().map(|(at, o)| (o.id.as_str(), at)).collect();
    pieces.sort_by_key(|p| order.get(p.kept.id.as_str()).copied());
    let there: BTreeSet<&str> = pieces.iter().map(|p| p.kept.id.as_str()).collect();
    let missing: Vec<String> = first.head.offices.iter().filter(|o| !there.contains(o.id.as_str())).map(|o| o.name.clone()).collect();
    if !missing.is_empty() && !partial {
        let (n, zh, en) = (missing.len(), missing.join("、"), missing.join(", "));
        refused.push(say!(
            "还缺 {n} 个机构的结果：{zh}。请用 assess --office 评查后一起合并；若要先合并已有的，加 --partial",
            "results of {n} offices are missing: {en}. Assess them with --office and merge all together; to join what is there, add --partial"
        ));
    }
    if !refused.is_empty() {
        return Err(refused);
    }
    let results = told(&parts, &mut pieces, missing.is_empty()).map_err(|said| vec![said])?;
    Ok(Joined { results, missing, parts, pieces })
}

/// Files that several parts read, and that were not the same each time: the batch changed in between.
fn changed(parts: &[Part]) -> Result<Vec<Text>, Text> {
    // Short prints, so that a million files stay small; what differs is told by name.
    let print = |text: &str| first(Sha256::new_with_prefix(text.as_bytes()));
    let (mut seen, mut said): (BTreeMap<u64, (u64, usize)>, Vec<Text>) = (BTreeMap::new(), Vec::new());
    for (at, part) in parts.iter().enumerate() {
        let mut look = |path: &str, sha256: &str| {
            let (before, of) = *seen.entry(print(path)).or_insert((print(sha256), at));
            if before != print(sha256) && of != at {
                let (a, b) = (parts.get(of).map_or(&part.saved.path, |p| &p.saved.path).display(), part.saved.path.display());
                said.push(say!(
                    "{path} 在评查 {a} 和 {b} 之间被改动过；评查各机构时批次不能改动，请重新评查",
                    "{path} was changed between the runs that made {a} and {b}; the batch must not change meanwhile: assess again"
                ));
            }
        };
        part.saved.results.registers.iter().for_each(|r| look(&r.path, &r.sha256));
        for input in part.saved.inputs()? {
            let input = input?;
            // Two names that are masked may look alike.
            if let Some(sha256) = input.sha256.as_ref().filter(|_| !input.path.contains('某')) {
                look(&input.path, sha256);
            }
        }
    }
    said.dedup();
    Ok(said)
}

/// Offices that stand in more than one part.
fn overlaps(parts: &[Part], pieces: &[Piece]) -> Vec<Text> {
    let mut held: BTreeMap<&str, Vec<&Piece>> = BTreeMap::new();
    for piece in pieces {
        held.entry(&piece.kept.id).or_default().push(piece);
    }
    let several = held.into_values().filter(|pieces| pieces.len() > 1);
    let said = |pieces: Vec<&Piece>| {
        let name = pieces.first().map(|p| p.office.name.clone()).unwrap_or_default();
        let folders: Vec<String> = pieces.iter().filter_map(|p| Some(parts.get(p.part)?.saved.path.display().to_string())).collect();
        let (zh, en) = (folders.join("、"), folders.join(", "));
        say!(
            "机构“{name}”同时在 {zh} 中，只能留一份；请去掉多余的结果文件夹",
            "office {name:?} stands in {en}; keep one of them and leave the others out"
        )
    };
    several.map(said).collect()
}

/// What all parts together tell, by the steps that one run takes.
fn told(parts: &[Part], pieces: &mut [Piece], whole: bool) -> Result<Results, Text> {
    let Some(first) = parts.first() else { return Err(Text::EMPTY) };
    let mut results = first.saved.results.clone();
    let names = Names::told(&results.rubrics);
    results.offices.clear();
    results.problems.clone_from(&first.head.problems);
    results.batch.junk = first.head.junk;
    if results.batch.scope.selection != "plan" {
        "all".clone_into(&mut results.batch.scope.selection);
    }
    let scales = scales(&results.rubrics);
    let panels = parts.iter().filter_map(|p| p.saved.results.panel.as_ref());
    let heard = panels.clone().next().is_some();
    let mut all = Whole::default();
    for piece in pieces {
        let Some(part) = parts.get(piece.part) else { continue };
        let path = &part.saved.path;
        let gathered = if heard { gathered(path, piece, &scales)? } else { Gathered::default() };
        let scans = std::mem::take(&mut piece.kept.scans);
        let number = |text: &str| u64::from_str_radix(text, 16).map_err(|_| part::broken(path));
        all.add(Came {
            office: piece.office.clone(),
            problems: std::mem::take(&mut piece.problems),
            registers: kept(&mut piece.kept.registers, whole),
            tally: Tally::of_kept(&piece.kept.tally).ok_or_else(|| part::broken(path))?,
            keys: kept(&mut piece.kept.keys, whole),
            scans: scans.iter().map(|(print, place)| Ok((number(print)?, place.clone()))).collect::<Result<_, Text>>()?,
            gathered,
            missing: piece.kept.missing,
            junk: piece.kept.junk,
        });
        piece.kept.scans = scans;
    }
    all.tell(&mut results, &names, &scales, |missing| Told::again(panels, missing));
    if whole {
        results.problems.extend(first.head.unclaimed.iter().cloned());
    }
    Ok(results)
}

/// What was kept; it stays where it is to be written again.
fn kept<T: Clone>(list: &mut Vec<T>, whole: bool) -> Vec<T> {
    if whole { std::mem::take(list) } else { list.clone() }
}

/// What the cases of an office tell of reviewers, read again one by one.
fn gathered(path: &Path, piece: &Piece, scales: &Scales) -> Result<Gathered, Text> {
    let mut gathered = Gathered::default();
    for case in cases(path, piece)? {
        gathered.add(scales, &case?);
    }
    Ok(gathered)
}

/// The cases of an office, one by one.
fn cases<'a>(path: &'a Path, piece: &Piece) -> Result<impl Iterator<Item = Result<CaseRecord, Text>> + use<'a>, Text> {
    let lines = lines_of(path, piece, 0)?.lines();
    Ok(lines.map(move |line| {
        let line = line.map_err(|error| unread(&path.join(STREAMS[0]), &error))?;
        serde_json::from_str(&line).map_err(|_| part::broken(path))
    }))
}

/// The lines of an office in one of the [`STREAMS`].
fn lines_of(path: &Path, piece: &Piece, stream: usize) -> Result<BufReader<std::io::Take<File>>, Text> {
    let path = path.join(STREAMS.get(stream).copied().unwrap_or_default());
    let at = |all: &[u64; 3]| all.get(stream).copied().unwrap_or_default();
    let mut file = File::open(&path).map_err(|error| unread(&path, &error))?;
    file.seek(SeekFrom::Start(at(&piece.from))).map_err(|error| unread(&path, &error))?;
    Ok(BufReader::with_capacity(1 << 16, file.take(at(&piece.kept.bytes))))
}

fn unread(path: &Path, error: &std::io::Error) -> Text {
    let path = path.display();
    say!("{path} 读不了：{error}", "{path} cannot be read: {error}")
}
