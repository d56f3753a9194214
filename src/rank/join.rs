//! Results of one year side by side. Must not let an office count twice, nor different rubrics stand together in silence.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::text::Text;
use crate::record::rank::{RankSource, RankStandard};
use crate::record::v1::{Office, Results};
use crate::saved::Saved;
use crate::say;

/// All results of one year.
#[derive(Debug)]
pub struct Joined<'a> {
    /// Year.
    pub year: i16,
    /// Results, by manifest code.
    pub results: Vec<&'a Saved>,
    /// Every office with the number of its result, by id.
    pub offices: Vec<(usize, &'a Office)>,
    /// Its rubrics.
    pub standards: Vec<RankStandard>,
    /// Whether its results are under different rubrics.
    pub mixed: bool,
    /// What a reader must know.
    pub notes: Vec<Text>,
}

/// The year of a result: as declared, else that of the last day of its scope, else that of its as-of date.
pub fn year(saved: &Saved) -> Option<i16> {
    let batch = &saved.results.batch;
    let of = |day: &str| day.get(..4)?.parse().ok();
    batch.year.or_else(|| batch.scope.to.as_deref().and_then(of)).or_else(|| of(&batch.as_of))
}

/// The rubrics of a result.
pub fn standards(results: &Results) -> BTreeSet<RankStandard> {
    let one = |r: &crate::record::v1::RubricRecord| RankStandard {
        id: r.id.clone(),
        version: r.version.clone(),
        title: r.title.clone(),
        sha256: r.sha256.clone(),
    };
    results.rubrics.iter().map(one).collect()
}

/// Texts of the rubrics: what makes marks comparable.
pub fn texts(results: &Results) -> BTreeSet<(&str, &str)> {
    results.rubrics.iter().map(|r| (r.id.as_str(), r.sha256.as_str())).collect()
}

/// How a result is told in `rank.json`.
pub fn source(saved: &Saved, role: &str) -> RankSource {
    let batch = &saved.results.batch;
    let folder = saved.path.file_name().map(|n| n.to_string_lossy().into_owned());
    RankSource {
        year: year(saved).unwrap_or_default(),
        role: role.to_owned(),
        code: saved.manifest.code.clone(),
        folder: folder.unwrap_or_else(|| saved.path.display().to_string()),
        title: batch.title.clone(),
        as_of: batch.as_of.clone(),
        made_by: batch.made_by.clone(),
        stage: saved.seal.as_ref().map_or_else(|| batch.stage.clone(), |s| s.stage.clone()),
        is_final: saved.is_final(),
        adopted: batch.adopted.is_some(),
        selection: batch.scope.selection.clone(),
        offices: u64::try_from(saved.results.offices.len()).unwrap_or(u64::MAX),
        selected: saved.results.offices.iter().map(|o| o.selected).sum(),
    }
}

/// Results by year.
///
/// # Errors
/// Offices that stand in two results of a year, and rubrics that differ within one.
pub fn years(results: &[Saved], mixed: bool) -> Result<BTreeMap<i16, Joined<'_>>, Vec<Text>> {
    let (mut all, mut refused) = (BTreeMap::<i16, Vec<&Saved>>::new(), Vec::new());
    for saved in results {
        match year(saved) {
            Some(year) => all.entry(year).or_default().push(saved),
            None => {
                let shown = saved.path.display();
                refused.push(say!(
                    "{shown} 没有年度；请在 audit.toml 写 year 后重新评查",
                    "{shown} has no year; set year in audit.toml and assess again"
                ));
            }
        }
    }
    let mut joined = BTreeMap::new();
    for (year, mut results) in all {
        // Whatever the order of the arguments.
        results.sort_by(|a, b| (&a.manifest.code, &a.path).cmp(&(&b.manifest.code, &b.path)));
        match join(year, results, mixed) {
            Ok(one) => drop(joined.insert(year, one)),
            Err(mut said) => refused.append(&mut said),
        }
    }
    if refused.is_empty() { Ok(joined) } else { Err(refused) }
}

fn join(year: i16, results: Vec<&Saved>, allowed: bool) -> Result<Joined<'_>, Vec<Text>> {
    let (mut offices, mut refused) = (Vec::<(usize, &Office)>::new(), Vec::new());
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, saved) in results.iter().enumerate() {
        for office in &saved.results.offices {
            offices.push((at, office));
            let Some(first) = seen.insert(&office.id, at).and_then(|i| results.get(i)) else { continue };
            let (id, name, one, two) = (&office.id, &office.name, first.path.display(), saved.path.display());
            refused.push(say!(
                "{year} 年的“{name}”（{id}）在 {one} 和 {two} 里都有，会算两遍；请去掉其中一个结果，如确是两个机构，请在 audit.toml 的 [[office]] 写不同的 id 后重新评查",
                "{name} ({id}) of {year} is in both {one} and {two} and would count twice; leave one of them out, or, if they are two offices, \
                 give them different ids in [[office]] of audit.toml and assess again"
            ));
        }
    }
    offices.sort_by(|a, b| a.1.id.cmp(&b.1.id));
    let (mut notes, mut mixed) = (Vec::new(), false);
    let first = results.first().map(|s| (s, texts(&s.results)));
    for saved in results.iter().skip(1) {
        let Some((first, texts_of_first)) = &first else { continue };
        let theirs = texts(&saved.results);
        let differ: BTreeSet<&str> = texts_of_first.symmetric_difference(&theirs).map(|(id, _)| *id).collect();
        let (one, two) = (first.path.display(), saved.path.display());
        if !differ.is_empty() {
            mixed = true;
            let ids = differ.into_iter().collect::<Vec<_>>().join("、");
            if allowed {
                let (one, two) = (folder(first), folder(saved));
                notes.push(say!(
                    "{year} 年的结果用的评估标准不同（{one} 与 {two}：{ids}），名次只供参考",
                    "the results of {year} are under different rubrics ({one} and {two}: {ids}); places are for orientation only"
                ));
            } else {
                refused.push(say!(
                    "{year} 年的结果用的评估标准不同，不能一起排名：{one} 与 {two} 的 {ids}。请用同一标准重新评查，或在 rank.toml 写 mixed = true",
                    "the results of {year} are under different rubrics and cannot be ranked together: {ids} in {one} and {two}. \
                     Assess under one rubric, or set mixed = true in rank.toml"
                ));
            }
        }
        notes.extend(unlike(year, &first.results, &saved.results));
    }
    if !refused.is_empty() {
        return Err(refused);
    }
    let standards: BTreeSet<RankStandard> = results.iter().flat_map(|s| standards(&s.results)).collect();
    notes.dedup();
    Ok(Joined { year, results, offices, standards: standards.into_iter().collect(), mixed, notes })
}

/// The name of a result's folder.
pub fn folder(saved: &Saved) -> String {
    source(saved, "").folder
}

/// What else two results of a year do differently.
fn unlike(year: i16, one: &Results, two: &Results) -> Vec<Text> {
    let mut notes = Vec::new();
    if one.batch.rounding != two.batch.rounding {
        notes.push(say!("{year} 年各结果显示时的舍入规则不同", "results of {year} are shown with different rounding"));
    }
    let counting = |r: &Results| r.rubrics.iter().map(|r| r.counting.clone()).collect::<BTreeSet<_>>();
    if counting(one) != counting(two) {
        notes.push(say!(
            "{year} 年各结果的率口径不同（合格率是否含优秀、良好）",
            "results of {year} count rates differently (whether better grades count within worse ones)"
        ));
    }
    let headline = |r: &Results| r.offices.iter().find_map(Office::headline).map(|r| r.name.clone());
    if let (Some(a), Some(b)) = (headline(one), headline(two)).clone()
        && a != b
    {
        notes.push(say!("{year} 年各结果的主要比率不同：{a}、{b}", "results of {year} have different headline rates: {a}, {b}"));
    }
    if one.batch.as_of != two.batch.as_of {
        let (a, b) = (&one.batch.as_of, &two.batch.as_of);
        notes.push(say!("{year} 年各结果的截止日不同：{a}、{b}", "results of {year} have different as-of dates: {a}, {b}"));
    }
    notes
}
