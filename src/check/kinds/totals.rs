//! `totals`: the dossier has as many files, bytes and pages as are registered. Must not guess which one is missing.

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::check::{Target, quote};
use crate::model::case::Case;
use crate::model::inside::{CaseFile, Role};
use crate::model::vocabulary::{DocumentId, FieldId, FieldType};
use crate::model::volume::Volume;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "totals",
    title: Text::fixed("总数核对", "totals"),
    about: Text::fixed(include_str!("totals.zh.md"), include_str!("totals.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Files,
    Bytes,
    Pages,
}

/// What is counted, by which field, and papers whose pages need not be counted.
#[derive(Debug)]
struct Wanted {
    counts: Vec<(Count, FieldId)>,
    unnumbered: Vec<DocumentId>,
}

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let number = &[FieldType::Number];
    let (files, bytes, pages) = (args.opt_field("files", number)?, args.opt_field("bytes", number)?, args.opt_field("pages", number)?);
    let unnumbered = if args.table.has("unnumbered") { args.documents("unnumbered")? } else { Vec::new() };
    let counts: Vec<(Count, FieldId)> =
        [(Count::Files, files), (Count::Bytes, bytes), (Count::Pages, pages)].into_iter().filter_map(|(c, f)| Some((c, f?))).collect();
    if counts.is_empty() {
        args.mistake("R005", say!("files、bytes、pages 至少写一项", "give at least one of files, bytes, pages"));
        return None;
    }
    let wanted = Wanted { counts, unnumbered };
    Ready::papers(move |case, world| look(case, world, &wanted))
}

fn look(case: &Case, world: &World, wanted: &Wanted) -> Vec<Observation> {
    let used: Vec<&(Count, FieldId)> = wanted.counts.iter().filter(|(_, f)| case.entry(*f).is_some()).collect();
    if used.is_empty() {
        let fields: Vec<FieldId> = wanted.counts.iter().map(|(_, f)| *f).collect();
        return vec![quote::lacking(case, world, &fields)];
    }
    used.into_iter().filter_map(|(count, field)| one(case, world, *count, *field, &wanted.unnumbered)).collect()
}

fn one(case: &Case, world: &World, count: Count, field: FieldId, unnumbered: &[DocumentId]) -> Option<Observation> {
    let Some(wanted) = case.number(field) else { return Some(quote::lacking(case, world, &[field])) };
    let (counted, seen) = match count {
        Count::Files => (counted(case, |_| 1), Vec::new()),
        Count::Bytes => (counted(case, |f| f.bytes), Vec::new()),
        Count::Pages => pages(case, unnumbered),
    };
    let points = |n: u64| Points::whole(i64::try_from(n).unwrap_or(i64::MAX));
    let (low, high) = (counted.iter().copied().min().unwrap_or(0), counted.iter().copied().max().unwrap_or(0));
    let fits = match count {
        Count::Files => counted.iter().any(|n| points(*n) == wanted),
        Count::Bytes => counted.iter().any(|n| points(*n) == wanted || in_larger_units(*n, wanted)),
        Count::Pages => points(low) <= wanted && wanted <= points(high),
    };
    if fits {
        return None;
    }
    let field_words = quote::field(world, field);
    let (zh, en, had) = (&field_words.zh, &field_words.en, counted.first().copied().unwrap_or(0));
    let said = match count {
        Count::Files => say!("登记的{zh}是 {wanted} 个，案卷里有 {had} 个文件", "{en} says {wanted}, the dossier has {had} files"),
        Count::Bytes => say!("登记的{zh}是 {wanted}，案卷文件共 {had} 字节", "{en} says {wanted}, the files have {had} bytes"),
        Count::Pages => say!("登记的{zh}是 {wanted} 页，扫描件共 {had} 页", "{en} says {wanted}, the files have {had} pages"),
    };
    let places: Vec<Seen> = case.all(field).iter().map(|e| e.seen()).chain([case.dossier_seen()]).collect();
    if !seen.is_empty() {
        let (zh, en) = (&said.zh, &said.en);
        let said = say!(
            "{zh}；有的文件没有看完，或本身不分页，由人核对",
            "{en}; some files were not looked at as a whole or have no pages of their own"
        );
        let targets = vec![Target::Field(field)];
        return Some(Observation::unclear(said, places.into_iter().chain(seen).collect(), targets.clone()).about(Target::Field(field)));
    }
    let apart = if points(low) > wanted { points(low) - wanted } else { wanted - points(high) };
    let apart = if apart > Points::whole(0) { apart } else { Points::whole(1) };
    Some(Observation::unmet(said, places).about(Target::Field(field)).by(apart, Unit::Items))
}

/// The sum over papers; with lists of contents; with all that lies in the dossier: registers count either way.
fn counted(case: &Case, size: impl Fn(&CaseFile) -> u64) -> Vec<u64> {
    let sum = |roles: &[Role]| case.files.iter().filter(|f| roles.contains(&f.role)).map(&size).fold(0_u64, u64::saturating_add);
    vec![sum(&[Role::Paper]), sum(&[Role::Paper, Role::List]), sum(&[Role::Paper, Role::List, Role::Record, Role::Manifest])]
}

/// A size in KB or MB, rounded either way.
fn in_larger_units(bytes: u64, wanted: Points) -> bool {
    let whole = |n: u64| Points::whole(i64::try_from(n).unwrap_or(i64::MAX));
    [1_000, 1 << 10, 1_000_000, 1 << 20].into_iter().any(|unit| {
        let down = bytes / unit;
        down > 0 && (wanted == whole(down) || wanted == whole(down + 1))
    })
}

/// All pages; those that are not blank and not of papers without page numbers; and the files whose pages cannot be counted.
fn pages(case: &Case, unnumbered: &[DocumentId]) -> (Vec<u64>, Vec<Seen>) {
    let papers: Vec<_> = files::looked(case, &[]).collect();
    let all = papers.iter().map(|p| p.inside.pages.len() as u64).sum();
    let numbered = papers.iter().filter(|p| !p.file.kind.is_some_and(|k| unnumbered.contains(&k)));
    let mut least: u64 = numbered.map(|p| p.pages_that(|page| page.blank != Some(true)).len() as u64).sum();
    // In one big file, cover, list and notes page cannot be told from the rest.
    if Volume::of(case).is_some() && !unnumbered.is_empty() {
        least = least.saturating_sub(Volume::UNNUMBERED);
    }
    let open = papers.iter().filter(|p| p.inside.is_partial() || !p.inside.format.has_pages()).map(files::Looked::seen);
    (vec![all, least], open.collect())
}
