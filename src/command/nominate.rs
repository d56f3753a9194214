//! `nominate RESULT --rules FILE` 推荐. Must not choose: it ties a saved result, the rules, the room that chooses, and the reports together.

use std::fs;

use super::{Streams, mistaken, refuse, single};
use crate::base::mistake::{Mistakes, Source};
use crate::base::text::Text;
use crate::cli::{Common, NominatePlan};
use crate::nominate::{Nominees, Rules, parse};
use crate::record::nominate::Nomination;
use crate::report::nominate;
use crate::saved::Saved;
use crate::say;

/// Chooses and says.
pub fn run(common: &Common, plan: &NominatePlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let shown = plan.rules.display();
    let text = match fs::read_to_string(&plan.rules) {
        Ok(text) => text,
        Err(error) => {
            let said = say!("规则文件 {shown} 打不开：{error}", "the file of rules {shown} cannot be opened: {error}");
            return refuse([said], common, streams);
        }
    };
    let sink = Mistakes::default();
    let rules = parse(&text, &sink);
    let mistakes = sink.into_sorted();
    if !mistakes.is_empty() {
        return mistaken(&mistakes, &[Source { path: shown.to_string(), text }], common, streams);
    }
    let (found, saved) = match Saved::open(&plan.result).and_then(|saved| Ok((look(&saved, plan, &rules)?, saved))) {
        Ok(told) => told,
        Err(said) => return refuse([said], common, streams),
    };
    let workbook = || nominate::workbook(&found, &saved.results);
    let answer = single::Answer { found: &found, workbook: &workbook, is_ours: nominate::is_ours, said: nominate::said };
    answer.give((plan.json, plan.out.as_deref(), &plan.result), common, streams)
}

fn look(saved: &Saved, plan: &NominatePlan, rules: &Rules) -> Result<Nomination, Text> {
    single::known(&plan.offices, saved.results.offices.iter())?;
    let titles: Vec<&str> = saved.results.rubrics.iter().flat_map(|r| &r.grades).map(|g| g.title.as_str()).collect();
    let named = rules.nominate.iter().flat_map(|n| &n.grades).chain(rules.subsidy.iter().flat_map(|s| s.factors.iter().map(|(g, _)| g)));
    if let Some(unknown) = named.into_iter().find(|g| !titles.contains(&g.as_str())) {
        let all = titles.join("、");
        return Err(say!(
            "规则里的等次“{unknown}”不在评估标准里；有：{all}",
            "no rubric of the result has the grade {unknown} of the rules; they have: {all}"
        ));
    }
    let fields = rules.nominate.iter().flat_map(|n| n.fields.iter().map(|(id, _)| id).chain(&n.prefer).chain(&n.spread));
    let fields = fields.chain(rules.subsidy.iter().flat_map(|s| &s.field));
    if let Some(unknown) = fields.into_iter().find(|id| !saved.results.titles.contains_key(&format!("field:{id}"))) {
        return Err(say!(
            "规则里的字段 {unknown} 不存在；用 juanping explain 查字段编号",
            "there is no field {unknown}, which the rules name; see juanping explain"
        ));
    }
    let mut nominees = Nominees::new(&saved.results, rules, |office| single::is_wanted(&plan.offices, office));
    for case in saved.cases()? {
        nominees.take(&case?);
    }
    Ok(nominees.finish(saved.is_final()))
}
