//! `part.jsonl` written and read back. Must not compare parts with each other.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::{Part, Piece, STREAMS};
use crate::base::text::Text;
use crate::record::part::{PART, PartHead, PartOffice};
use crate::saved::Saved;
use crate::say;

/// `part.jsonl` of these offices.
///
/// # Errors
/// When a line cannot be put into JSON.
pub fn lines<'a>(head: &PartHead, offices: impl Iterator<Item = &'a PartOffice>) -> std::io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(head)?;
    bytes.push(b'\n');
    for office in offices {
        serde_json::to_writer(&mut bytes, office)?;
        bytes.write_all(b"\n")?;
    }
    Ok(bytes)
}

/// That a part does not hang together, though every file is as it was written.
pub(super) fn broken(path: &Path) -> Text {
    let path = path.display();
    say!(
        "{path} 里的 {PART} 与其他文件对不上，不能合并；请用本版重新评查这些机构",
        "{PART} in {path} does not fit the other files and cannot be merged; assess these offices again with this version"
    )
}

/// Opens the part with this number.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn open(path: &Path, number: usize) -> Result<(Part, Vec<Piece>), Vec<Text>> {
    let saved = Saved::open(path).map_err(|said| vec![said])?;
    let shown = path.display();
    let damage = saved.damage();
    if !damage.is_empty() {
        return Err(damage.into_iter().map(|d| (d.said.zh, d.said.en)).map(|(zh, en)| say!("{shown}：{zh}", "{shown}: {en}")).collect());
    }
    if !saved.is_part() {
        return Err(vec![say!(
            "{shown} 里没有 {PART}：它已经是整个批次的结果，或者由旧版写成；合并的应是用 assess --office 评查的结果",
            "{shown} holds no {PART}: it is the result of a whole batch, or of an older version; merge takes results of assess --office"
        )]);
    }
    pieces(saved, number).ok_or_else(|| vec![broken(path)])
}

fn pieces(saved: Saved, number: usize) -> Option<(Part, Vec<Piece>)> {
    let text = fs::read_to_string(saved.path.join(PART)).ok()?;
    let mut lines = text.lines();
    let head: PartHead = serde_json::from_str(lines.next()?).ok().filter(|head: &PartHead| head.format == 1)?;
    let kept: Vec<PartOffice> = lines.map(|line| serde_json::from_str(line).ok()).collect::<Option<_>>()?;
    if kept.len() != saved.results.offices.len() {
        return None;
    }
    let (mut from, mut problem) = ([0_u64; 3], head.problems.len());
    let mut pieces = Vec::new();
    for (kept, office) in kept.into_iter().zip(&saved.results.offices) {
        let next = problem.checked_add(usize::try_from(kept.problems).ok()?)?;
        let problems = saved.results.problems.get(problem..next)?.to_vec();
        // Each case has a line, and each line a byte: more than that was never counted.
        if kept.tally.all.n > kept.bytes[0] || kept.id != office.id || !head.offices.iter().any(|o| o.id == kept.id) {
            return None;
        }
        let begin = from;
        for (sum, bytes) in from.iter_mut().zip(kept.bytes) {
            *sum = sum.checked_add(bytes)?;
        }
        problem = next;
        pieces.push(Piece { part: number, kept, office: office.clone(), problems, from: begin });
    }
    let size = |name: &str| saved.manifest.files.iter().find(|f| f.path == name).map(|f| f.bytes);
    let fits = STREAMS.iter().zip(from).all(|(name, sum)| size(name) == Some(sum));
    (fits && problem == saved.results.problems.len()).then_some((Part { saved, head }, pieces))
}
