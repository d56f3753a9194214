//! `continuous`: numbers run on without holes: of pictures that are only numbered, and of files over the cases of an office. Must not call a hole in an office's numbers a lost file.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use std::collections::BTreeMap;

use crate::base::place::Seen;
use crate::base::points::Points;
use crate::check::{Target, quote};
use crate::model::vocabulary::FieldId;
use crate::model::volume::Volume;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "continuous",
    title: Text::fixed("号码连续", "numbers without holes"),
    about: Text::fixed(include_str!("continuous.zh.md"), include_str!("continuous.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    match args.opt_field("field", &[])? {
        Some(field) => Ready::office(move |cases, world| over_cases(cases, world, field)),
        None => Ready::case(scans),
    }
}

/// Pictures with numbers for names.
fn scans(case: &Case, _: &World) -> Vec<Observation> {
    if let Some(said) = files::nothing(case) {
        return said;
    }
    let Some(volume) = Volume::of(case).filter(|v| v.files().count() > 1) else { return vec![Observation::not_applicable()] };
    let (lacking, twice) = volume.gaps();
    let place = |page: Option<u32>| -> Vec<Seen> {
        let at = page.and_then(|p| volume.place(p)).or_else(|| case.dossier.clone()).unwrap_or_else(|| case.home.clone());
        vec![at.into()]
    };
    let mut found = Vec::new();
    let mut tell = |said, numbers: &[u32], seen| {
        let n = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
        let target = Target::Other("numbers".to_owned());
        found.push(Observation::unmet(said, seen).about(target).by(Points::whole(n), Unit::Items));
    };
    if let Some(first) = lacking.first() {
        let at = files::ranges(&lacking);
        let (zh, en) = (&at.zh, &at.en);
        tell(say!("扫描图片缺编号 {zh}", "scans of the numbers {en} are lacking"), &lacking, place(first.checked_sub(1)));
    }
    if let Some(first) = twice.first() {
        let at = files::ranges(&twice);
        let (zh, en) = (&at.zh, &at.en);
        tell(say!("扫描图片编号 {zh} 重复", "several scans have the number {en}"), &twice, place(Some(*first)));
    }
    found
}

/// 档号, 案卷号: the last number, among those that are written alike before it.
fn over_cases(cases: &[&Case], world: &World, field: FieldId) -> Vec<(usize, Observation)> {
    let mut found = Vec::new();
    let mut series: BTreeMap<String, BTreeMap<u64, Vec<usize>>> = BTreeMap::new();
    for (i, case) in cases.iter().enumerate() {
        let Some(entry) = case.entry(field) else {
            found.push((i, quote::lacking(case, world, &[field])));
            continue;
        };
        let raw = entry.raw.trim();
        let prefix = raw.trim_end_matches(|c: char| c.is_ascii_digit());
        match raw.get(prefix.len()..).and_then(|n| n.parse().ok()) {
            Some(number) => series.entry(prefix.to_owned()).or_default().entry(number).or_default().push(i),
            None => {
                let stated = quote::stated(world, entry);
                let (zh, en) = (&stated.zh, &stated.en);
                let said = say!("{zh}末尾不是编号", "{en} does not end in a number");
                found.push((i, Observation::unmet(said, vec![entry.seen()]).about(Target::Field(field)).by(Points::whole(1), Unit::Items)));
            }
        }
    }
    for (prefix, numbers) in &series {
        tell(cases, world, field, prefix, numbers, &mut found);
    }
    found.sort_by_key(|(i, _)| *i);
    found
}

/// Holes are for a person to look at: the number may be that of a case still open, or of one out of scope.
fn tell(
    cases: &[&Case],
    world: &World,
    field: FieldId,
    prefix: &str,
    numbers: &BTreeMap<u64, Vec<usize>>,
    found: &mut Vec<(usize, Observation)>,
) {
    let title = quote::field(world, field);
    let (zh, en) = (&title.zh, &title.en);
    let seen = |i: usize| cases[i].entry(field).map(|e| e.seen()).into_iter().collect::<Vec<Seen>>();
    let mut before: Option<(u64, usize)> = None;
    for (number, holders) in numbers {
        let Some(first) = holders.first() else { continue };
        for i in holders.iter().filter(|_| holders.len() > 1) {
            let n = holders.len();
            let said = say!("{zh} {prefix}{number} 有 {n} 件案件用", "{en} {prefix}{number} is used by {n} cases");
            let places = holders.iter().flat_map(|h| seen(*h)).take(20).collect();
            found.push((*i, Observation::unmet(said, places).about(Target::Field(field)).by(Points::whole(1), Unit::Items)));
        }
        if let Some((last, i)) = before.filter(|(last, _)| number - last > 1) {
            let (from, to) = (last + 1, number - 1);
            let range = if from == to { from.to_string() } else { format!("{from}-{to}") };
            let said = say!(
                "{zh}在 {prefix}{last} 与 {prefix}{number} 之间缺 {range}，请核对（未结、不在范围的案件可能占用）",
                "{en}: {range} is lacking between {prefix}{last} and {prefix}{number}; a case out of scope may have it"
            );
            let places = [i, *first].into_iter().flat_map(seen).collect();
            let target = Target::Other(format!("hole:{range}"));
            found.push((*first, Observation::unclear(said, places, vec![target.clone()]).about(target)));
        }
        before = Some((*number, *first));
    }
}
