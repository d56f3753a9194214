//! `resolution`: scans have enough dots per inch, by their tag and by their size in pixels. Must not call a missing tag a defect.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files::{self, Looked};
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use crate::model::inside::Scan;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "resolution",
    title: Text::fixed("扫描分辨率", "resolution of scans"),
    about: Text::fixed(include_str!("resolution.zh.md"), include_str!("resolution.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let least = args.table.need("least")?.count()?;
    Ready::papers(move |case, world| look(case, world, least))
}

/// What a page comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Enough {
    Yes,
    No,
    Unknown,
}

fn look(case: &Case, world: &World, least: u32) -> Vec<Observation> {
    let papers: Vec<Looked<'_>> = files::looked(case, &[]).collect();
    if papers.iter().all(|p| p.scans_that(|_, _| true).is_empty()) {
        return files::unseen(papers.into_iter(), world);
    }
    let mut found = Vec::new();
    for paper in &papers {
        let low = paper.scans_that(|scan, _| enough(scan, least) == Enough::No);
        if !low.is_empty() {
            let of = |n: &u32| paper.inside.pages.get(n.saturating_sub(1) as usize).and_then(|p| p.scan.as_ref()).and_then(tag);
            let dpi = low.iter().filter_map(of).min().unwrap_or(0);
            let Text { zh, en } = paper.at(&low);
            let (is_zh, is_en) = if low.len() == 1 { ("只有", "") } else { ("最低只有", "as low as ") };
            let said =
                say!("{zh}的分辨率{is_zh} {dpi} dpi，应不低于 {least} dpi", "{en}: {is_en}{dpi} dpi, at least {least} are asked for");
            found.push(paper.unmet(world, said, &low));
        }
        let open = paper.scans_that(|scan, _| enough(scan, least) == Enough::Unknown);
        if !open.is_empty() {
            let Text { zh, en } = paper.at(&open);
            let said = say!(
                "{zh}没有可信的分辨率标记，像素不足 A4 幅面的 {least} dpi；幅面小的材料（如身份证）可能够，由人核对",
                "{en}: no tag of resolution to rely on, and fewer pixels than A4 at {least} dpi; a small paper may have enough"
            );
            found.push(paper.unclear(world, said, &open));
        }
    }
    found
}

/// Both sides of A4 in hundredths of an inch.
const A4: [u32; 2] = [827, 1169];
/// No paper of a dossier is larger than A3: a tag that says so is wrong. Hundredths of an inch of the long side.
const LONGEST: u64 = 1_700;

/// What cameras and drawing programs write without having measured anything.
const DEFAULTS: [u32; 3] = [72, 96, 180];
/// Short and long sides of the papers of a dossier in hundredths of an inch: A5, B5, A4, letter, B4, A3.
const PAPERS: [[u64; 2]; 6] = [[583, 827], [693, 984], [827, 1169], [850, 1100], [984, 1390], [1169, 1654]];

/// The lower of both directions.
fn tag(scan: &Scan) -> Option<u32> {
    scan.dpi.map(|[x, y]| x.min(y)).filter(|dpi| *dpi > 0)
}

fn enough(scan: &Scan, least: u32) -> Enough {
    let [across, down] = scan.pixels;
    let (short, long) = (u64::from(across.min(down)), u64::from(across.max(down)));
    // Three in a hundred for cut edges.
    let fills = |side: u32, pixels: u64| pixels * 100 * 100 >= u64::from(side) * u64::from(least) * 97;
    let by_size = fills(A4[0], short) && fills(A4[1], long);
    match tag(scan).map(u64::from) {
        // Tags in whole dots per centimetre are up to two in a hundred off.
        Some(dpi) if dpi * 100 >= u64::from(least) * 98 => {
            if by_size || !shrunk(dpi, short, long) {
                Enough::Yes
            } else {
                Enough::Unknown
            }
        }
        Some(dpi) if measured(dpi, [short * 100 / dpi, long * 100 / dpi]) => Enough::No,
        _ if by_size => Enough::Yes,
        _ => Enough::Unknown,
    }
}

/// The long side of A6 in hundredths of an inch: the smallest paper of the A series that dossiers hold.
const A6: u64 = 583;

/// Whether a page looks like one of A4 that was made smaller and kept its tag: it has the shape of the papers of the A series, and by its tag
/// would be smaller than A6. Cards, receipts and most photographs have other shapes.
fn shrunk(dpi: u64, short: u64, long: u64) -> bool {
    // The square root of two.
    let shape = (long * 1000).abs_diff(short * 1414) * 100 <= short * 1414 * 3;
    shape && long * 100 * 100 < A6 * dpi * 97
}

/// Whether a tag can be what the scanner measured, by the size that the paper then has.
fn measured(dpi: u64, [short, long]: [u64; 2]) -> bool {
    let near = |side: u64, wanted: u64| side.abs_diff(wanted) * 100 <= wanted * 4;
    let usual = PAPERS.iter().any(|[s, l]| near(short, *s) && near(long, *l));
    long <= LONGEST && (usual || !DEFAULTS.iter().any(|d| u64::from(*d) == dpi))
}
