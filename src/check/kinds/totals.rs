//! `totals`: the dossier has as many files, bytes and pages as are registered. Must not guess which one is missing.

use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::check::{Target, quote};
use crate::model::case::Case;
use crate::model::inside::Role;
use crate::model::vocabulary::{FieldId, FieldType};
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

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let number = &[FieldType::Number];
    let (files, bytes, pages) = (args.opt_field("files", number)?, args.opt_field("bytes", number)?, args.opt_field("pages", number)?);
    let counts: Vec<(Count, FieldId)> =
        [(Count::Files, files), (Count::Bytes, bytes), (Count::Pages, pages)].into_iter().filter_map(|(c, f)| Some((c, f?))).collect();
    if counts.is_empty() {
        args.mistake("R005", say!("files、bytes、pages 至少写一项", "give at least one of files, bytes, pages"));
        return None;
    }
    Ready::case(move |case, world| look(case, world, &counts))
}

fn look(case: &Case, world: &World, counts: &[(Count, FieldId)]) -> Vec<Observation> {
    if let Some(said) = files::nothing(case) {
        return said;
    }
    let used: Vec<&(Count, FieldId)> = counts.iter().filter(|(_, f)| case.entry(*f).is_some()).collect();
    if used.is_empty() {
        let fields: Vec<FieldId> = counts.iter().map(|(_, f)| *f).collect();
        return vec![quote::lacking(case, world, &fields)];
    }
    used.into_iter().filter_map(|(count, field)| one(case, world, *count, *field)).collect()
}

fn one(case: &Case, world: &World, count: Count, field: FieldId) -> Option<Observation> {
    let Some(wanted) = case.number(field) else { return Some(quote::lacking(case, world, &[field])) };
    let papers = || case.files.iter().filter(|f| matches!(f.role, Role::Paper | Role::List));
    let home = case.dossier.clone().unwrap_or_else(|| case.home.clone());
    let had: u64 = match count {
        Count::Files => papers().count() as u64,
        Count::Bytes => papers().map(|f| f.bytes).sum(),
        Count::Pages => {
            let partial = files::looked(case, &[]).find(|p| p.inside.is_partial());
            if let Some(partial) = partial {
                let name = partial.name();
                let said =
                    say!("{name} 没有看到全部内容，页数不能核对", "not all of {name} could be looked at, so pages cannot be counted");
                return Some(partial.unclear(world, said, &[]));
            }
            files::looked(case, &[]).map(|p| p.inside.pages.len() as u64).sum()
        }
    };
    let own = Points::whole(i64::try_from(had).unwrap_or(i64::MAX));
    if own == wanted {
        return None;
    }
    let stated = quote::field(world, field);
    let (zh, en) = (&stated.zh, &stated.en);
    let said = match count {
        Count::Files => say!("登记{zh} {wanted} 个，案卷里有 {had} 个文件", "{en} says {wanted}, the dossier has {had} files"),
        Count::Bytes => say!("登记{zh} {wanted}，案卷文件共 {had} 字节", "{en} says {wanted}, the files have {had} bytes"),
        Count::Pages => say!("登记{zh} {wanted} 页，扫描件共 {had} 页", "{en} says {wanted}, the files have {had} pages"),
    };
    let mut seen: Vec<_> = case.all(field).iter().map(|e| e.seen()).collect();
    seen.push(home.into());
    let apart = if own > wanted { own - wanted } else { wanted - own };
    Some(Observation::unmet(said, seen).about(Target::Field(field)).by(apart, Unit::Items))
}
