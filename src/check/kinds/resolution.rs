//! `resolution`: scans have enough dots per inch, by their tag and by their size in pixels. Must not call a missing tag a defect.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
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
    Ready::case(move |case, world| look(case, world, least))
}

/// What a page comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Enough {
    Yes,
    No,
    Unknown,
}

fn look(case: &Case, world: &World, least: u32) -> Vec<Observation> {
    if let Some(said) = files::nothing(case) {
        return said;
    }
    let (mut found, mut scans) = (Vec::new(), false);
    for paper in files::looked(case, &[]) {
        let pages = || (1_u32..).zip(&paper.inside.pages).filter_map(|(n, p)| p.scan.as_ref().map(|s| (n, s)));
        scans |= pages().next().is_some();
        let of = |wanted| pages().filter(|(_, s)| enough(s, least) == wanted).map(|(n, _)| n).collect::<Vec<u32>>();
        let (low, open) = (of(Enough::No), of(Enough::Unknown));
        let name = paper.name();
        if !low.is_empty() {
            let dpi = pages().filter(|(n, _)| low.contains(n)).filter_map(|(_, s)| s.dpi).map(|[x, y]| x.min(y)).min().unwrap_or(0);
            let at = files::ranges(&low);
            let (zh, en) = (&at.zh, &at.en);
            let said = say!(
                "{name} 第 {zh} 页分辨率 {dpi} dpi，应不低于 {least} dpi",
                "{name} page {en}: {dpi} dpi, at least {least} are asked for"
            );
            found.push(paper.unmet(world, said, &low));
        }
        if !open.is_empty() {
            let at = files::ranges(&open);
            let (zh, en) = (&at.zh, &at.en);
            let said = say!(
                "{name} 第 {zh} 页没有标明分辨率，像素也不足 A4 幅面的 {least} dpi；幅面小的材料可能够，须核对",
                "{name} page {en} has no tag of resolution and fewer pixels than A4 at {least} dpi; a smaller paper may have enough"
            );
            found.push(paper.unclear(world, said, &open));
        }
    }
    if scans { found } else { vec![Observation::not_applicable()] }
}

/// Both sides of A4 in hundredths of an inch.
const A4: [u32; 2] = [827, 1169];
/// No paper of a dossier is larger than A3: a tag that says so is wrong. Hundredths of an inch of the long side.
const LONGEST: u64 = 1_700;

fn enough(scan: &Scan, least: u32) -> Enough {
    let [across, down] = scan.pixels;
    let (short, long) = (u64::from(across.min(down)), u64::from(across.max(down)));
    // Three in a hundred for cut edges.
    let fills = |side: u32, pixels: u64| pixels * 100 * 100 >= u64::from(side) * u64::from(least) * 97;
    let by_size = fills(A4[0], short) && fills(A4[1], long);
    match scan.dpi.map(|[x, y]| x.min(y)) {
        Some(dpi) if dpi >= least => Enough::Yes,
        // Cameras tag 72 on whatever they take: the paper would be larger than any, so only its pixels tell.
        Some(dpi) if dpi > 0 && long * 100 / u64::from(dpi) <= LONGEST => Enough::No,
        _ if by_size => Enough::Yes,
        _ => Enough::Unknown,
    }
}
