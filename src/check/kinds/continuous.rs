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
use crate::reference::identifiers;
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
        None => Ready::papers(scans),
    }
}

/// Pictures with numbers for names.
fn scans(case: &Case, _: &World) -> Vec<Observation> {
    let rows = Volume::of(case).map(|v| v.gaps()).unwrap_or_default();
    if rows.is_empty() {
        return vec![Observation::not_applicable()];
    }
    let mut found = Vec::new();
    for row in &rows {
        let (folder_zh, folder_en) = match &row.folder {
            Some(folder) => (format!("“{folder}”里的"), format!("in “{folder}”, ")),
            None => (String::new(), String::new()),
        };
        let mut tell = |said, numbers: &[u32], sure: bool| {
            let amount = Points::whole(i64::try_from(numbers.len()).unwrap_or(i64::MAX));
            let (target, seen) = (Target::Other("numbers".to_owned()), row.near.iter().cloned().map(Seen::from).collect());
            let told = if sure { Observation::unmet(said, seen) } else { Observation::unclear(said, seen, vec![target.clone()]) };
            found.push(told.about(target).by(amount, Unit::Items));
        };
        let (lacking, twice) = (files::ranges(&row.lacking), files::ranges(&row.twice));
        if !row.lacking.is_empty() {
            let (zh, en, n) = (&lacking.zh, &lacking.en, row.lacking.len());
            let (n_zh, n_en) = if n > 1 { (format!("，共 {n} 张"), format!(" ({n})")) } else { (String::new(), String::new()) };
            let said = if row.from_one {
                say!("{folder_zh}扫描图片缺编号 {zh}{n_zh}", "{folder_en}numbers of scans are lacking: {en}{n_en}")
            } else {
                say!(
                    "{folder_zh}图片缺编号 {zh}{n_zh}；像是相机的编号，本来可能不连续，须对照原件",
                    "{folder_en}numbers of pictures are lacking: {en}{n_en}; cameras leave out numbers, so compare with the papers"
                )
            };
            tell(said, &row.lacking, row.from_one);
        }
        if !row.twice.is_empty() {
            let (zh, en) = (&twice.zh, &twice.en);
            tell(say!("{folder_zh}扫描图片编号 {zh} 不止一张", "{folder_en}numbers of more than one scan: {en}"), &row.twice, true);
        }
    }
    found
}

/// A number at the end of a value, and what stands around it.
#[derive(Debug)]
struct Numbered {
    before: String,
    number: u64,
    width: usize,
    after: String,
}

impl Numbered {
    /// The last digits; a year that is written in one with them belongs to what stands before.
    fn of(raw: &str) -> Option<Self> {
        let raw: String = raw.trim().chars().map(identifiers::narrow).collect();
        let end = raw.rfind(|c: char| c.is_ascii_digit())? + 1;
        let head = raw.get(..end)?;
        let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let has_year = |d: &str| d.starts_with("19") || d.starts_with("20");
        let run = head.get(end - digits..)?;
        let width = if (6..=18).contains(&digits) && has_year(run) { digits - 4 } else { digits.min(18) };
        let number = head.get(end - width..)?.parse().ok()?;
        Some(Self { before: head.get(..end - width)?.to_owned(), number, width, after: raw.get(end..)?.to_owned() })
    }
}

/// 档号, 案卷号: the last number, among those that are written alike around it.
fn over_cases(cases: &[&Case], world: &World, field: FieldId) -> Vec<(usize, Observation)> {
    let mut found = Vec::new();
    let mut series: BTreeMap<(String, String), BTreeMap<u64, Vec<usize>>> = BTreeMap::new();
    let mut widths: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (i, case) in cases.iter().enumerate() {
        let Some(entry) = case.entry(field) else {
            found.push((i, quote::lacking(case, world, &[field])));
            continue;
        };
        match Numbered::of(&entry.raw) {
            Some(Numbered { before, number, width, after }) => {
                let key = (before, after);
                let widest = widths.entry(key.clone()).or_default();
                *widest = width.max(*widest);
                series.entry(key).or_default().entry(number).or_default().push(i);
            }
            None => {
                let Text { zh, en } = quote::stated(world, entry);
                let said = say!("{zh}里没有编号", "{en} has no number");
                found.push((i, Observation::unmet(said, vec![entry.seen()]).about(Target::Field(field)).by(Points::whole(1), Unit::Items)));
            }
        }
    }
    for (key, numbers) in &series {
        let width = widths.get(key).copied().unwrap_or(0);
        let row = Row { cases, world, field, key, width };
        row.repeated(numbers, &mut found);
        row.holes(numbers, &mut found);
    }
    found.sort_by_key(|(i, _)| *i);
    found
}

/// The numbers of an office that are written alike.
#[derive(Debug, Clone, Copy)]
struct Row<'a> {
    cases: &'a [&'a Case],
    world: &'a World,
    field: FieldId,
    key: &'a (String, String),
    width: usize,
}

impl Row<'_> {
    fn shown(&self, number: u64) -> String {
        let ((before, after), width) = (self.key, self.width);
        format!("{before}{number:0width$}{after}")
    }

    fn seen(&self, i: usize) -> Option<Seen> {
        Some(self.cases.get(i)?.entry(self.field)?.seen())
    }

    fn repeated(&self, numbers: &BTreeMap<u64, Vec<usize>>, found: &mut Vec<(usize, Observation)>) {
        let Text { zh, en } = quote::field(self.world, self.field);
        for (number, holders) in numbers.iter().filter(|(_, h)| h.len() > 1) {
            let shown = self.shown(*number);
            for i in holders {
                let others: Vec<&str> =
                    holders.iter().filter(|h| *h != i).filter_map(|h| self.cases.get(*h)).map(|c| &*c.case_no).collect();
                let (n, named) = (others.len(), others.iter().take(5).copied().collect::<Vec<_>>());
                let (list_zh, list_en) = (named.join("、"), named.join(", "));
                let (rest_zh, rest_en) =
                    if n > named.len() { (format!("等 {n} 件"), format!(" and others ({n})")) } else { Default::default() };
                let said = say!("{zh} {shown} 与别的案件重号：{list_zh}{rest_zh}", "{en} {shown} is also that of {list_en}{rest_en}");
                let places = std::iter::once(i).chain(holders.iter().filter(|h| *h != i)).filter_map(|h| self.seen(*h)).take(20).collect();
                found.push((*i, Observation::unmet(said, places).about(Target::Field(self.field)).by(Points::whole(1), Unit::Items)));
            }
        }
    }

    /// Holes are for a person to look at: the number may be that of a case still open, or of one out of scope.
    fn holes(&self, numbers: &BTreeMap<u64, Vec<usize>>, found: &mut Vec<(usize, Observation)>) {
        let Text { zh, en } = quote::field(self.world, self.field);
        let held: Vec<(&u64, &Vec<usize>)> = numbers.iter().collect();
        for pair in held.windows(2) {
            let [(last, before), (number, after)] = pair else { continue };
            let (Some(a), Some(b)) = (before.first(), after.first()) else { continue };
            if *number - *last < 2 {
                continue;
            }
            let (from, to) = (self.shown(*last + 1), self.shown(*number - 1));
            let (to_zh, to_en) = if from == to { (String::new(), String::new()) } else { (format!(" 至 {to}"), format!(" to {to}")) };
            let said = say!(
                "{zh}缺 {from}{to_zh}，须核对（可能属于未结、未抽到或不在评查范围的案件）",
                "{en}: {from}{to_en} is lacking; a case that is open, not drawn or out of scope may have it"
            );
            let target = Target::Other(format!("hole:{from}"));
            let places = [*a, *b].into_iter().filter_map(|i| self.seen(i)).collect();
            found.push((*b, Observation::unclear(said, places, vec![target.clone()]).about(target)));
        }
    }
}
