//! `rank RESULT… -o DIR` 排名. Must not rank: it ties results, rules, the ranking and the writer together.

use std::path::{Path, PathBuf};

use super::{Streams, exit, mistaken, refuse};
use crate::assess::beside;
use crate::base::mistake::{Mistake, Mistakes, Source};
use crate::base::text::Text;
use crate::cli::{Common, RankPlan};
use crate::rank::rules::Rules;
use crate::rank::{Given, rank, rates, settings};
use crate::record::rank::{FILE, Ranking};
use crate::report::rank as book;
use crate::report::target::{self, Kind};
use crate::report::write::{Output, WriteError};
use crate::saved::Saved;
use crate::say;

/// Ranks.
pub fn run(common: &Common, plan: &RankPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let mut refused = Vec::new();
    let mut open = |paths: &[PathBuf]| -> Vec<Saved> {
        let opened = paths.iter().map(|p| Saved::open(p).and_then(whole));
        opened.filter_map(|saved| saved.map_err(|said| refused.push(said)).ok()).collect()
    };
    let (results, bridges, indicators) = (open(&plan.results), open(&plan.bridges), open(&plan.indicators));
    if !refused.is_empty() {
        return refuse(refused, common, streams);
    }
    let (rules, sources, mistakes) = read_rules(plan.rules.as_deref(), &rates(&results));
    if !mistakes.is_empty() {
        return mistaken(&mistakes, &sources, common, streams);
    }
    let (by_group, year) = (plan.by_group, plan.year);
    let given = Given { results: &results, bridges: &bridges, indicators: &indicators, rules: &rules, by_group, year };
    let ranking = match rank(&given) {
        Ok(ranking) => ranking,
        Err(said) => return refuse(said, common, streams),
    };
    let inputs: Vec<&Path> = plan.results.iter().chain(&plan.bridges).chain(&plan.indicators).map(PathBuf::as_path).collect();
    if let Err(error) = write(&ranking, &plan.out, &inputs) {
        return super::unwritten(&error, common, streams);
    }
    if !common.quiet {
        write!(streams.out, "{}", book::summary(&ranking, common.lang))?;
        let shown = plan.out.display();
        writeln!(streams.out, "{}", say!("已写入 {shown}", "written to {shown}").get(common.lang))?;
    }
    Ok(exit::GOOD)
}

/// Refuses a result of which files are cut or offices are missing: what is ranked must be what was assessed. A change that keeps the size of
/// a file that is not read here is for `verify` to find.
fn whole(saved: Saved) -> Result<Saved, Text> {
    let shown = saved.path.display();
    if saved.is_part() {
        return Err(say!(
            "{shown} 只有部分机构，不能排名；请先用 merge 合并成整个批次的结果",
            "{shown} holds some offices only and cannot be ranked; merge the parts into the whole batch first"
        ));
    }
    match saved.cut() {
        Some(damage) => {
            let (zh, en) = (damage.said.zh, damage.said.en);
            Err(say!("{shown} 不完整，不能排名：{zh}", "{shown} is not whole and cannot be ranked: {en}"))
        }
        None => Ok(saved),
    }
}

/// The rules of `rank.toml`, or the default ones where none was named.
fn read_rules(path: Option<&Path>, rates: &[(String, String, bool)]) -> (Rules, Vec<Source>, Vec<Mistake>) {
    let Some(path) = path else { return (Rules::default(), Vec::new(), Vec::new()) };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sink = Mistakes::default();
    match beside::source(folder, &name, 0, settings::CODE) {
        Ok(Some(mut source)) => {
            source.path = path.display().to_string();
            let rules = settings::parse(&source.text, 0, &sink);
            settings::unknown(&rules, rates, &sink);
            (rules, vec![source], settings::codes(sink.into_sorted()))
        }
        Ok(None) => {
            let shown = path.display();
            let at = crate::base::mistake::Spot::new(0, 0..0);
            sink.push(settings::CODE, &at, say!("找不到 {shown}，请核对 --rules 的写法", "no file {shown}; check --rules"));
            let empty = Source { path: path.display().to_string(), text: String::new() };
            (Rules::default(), vec![empty], sink.into_sorted())
        }
        Err(failed) => (Rules::default(), vec![failed.0], vec![failed.1]),
    }
}

fn write(ranking: &Ranking, out: &Path, inputs: &[&Path]) -> Result<(), WriteError> {
    let failed = |source| WriteError::Failed { path: out.to_owned(), source };
    let real = target::real(out).map_err(failed)?;
    for input in inputs {
        target::apart(out, &real, input)?;
    }
    let output = Output::begin_as(Kind::Ranked, out, inputs.first().copied().unwrap_or(Path::new(".")))?;
    let mut json = serde_json::to_vec_pretty(ranking).map_err(|e| output.failed(FILE, e.into()))?;
    json.push(b'\n');
    output.whole(FILE, &json)?;
    let bytes = book::workbook(ranking).map_err(|e| output.failed(book::FILE, std::io::Error::other(e)))?;
    output.whole(book::FILE, &bytes)?;
    output.finish().map(drop)
}
