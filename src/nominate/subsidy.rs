//! 差别补贴: base by factor, case by case, with sums by office and lawyer. Exact; rounded to two decimals case by case, so that a table adds
//! up. Must not pay what is undecided, and must not know a factor by itself.

use std::collections::BTreeMap;

use super::settings::SubsidyRules;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::record::nominate::{Subsidies, Subsidy, SubsidySum};
use crate::record::number::Number;
use crate::record::v1::CaseRecord;
use crate::say;

/// Cases with their subsidies.
#[derive(Debug)]
pub struct Paid<'a> {
    rules: Option<&'a SubsidyRules>,
    cases: Vec<Subsidy>,
}

impl<'a> Paid<'a> {
    /// By these rules, if any.
    pub fn new(rules: Option<&'a SubsidyRules>) -> Self {
        Self { rules, cases: Vec::new() }
    }

    /// Takes in a case.
    pub fn take(&mut self, case: &CaseRecord) {
        if let Some(rules) = self.rules {
            self.cases.push(subsidy(rules, case));
        }
    }

    /// All with their sums.
    pub fn finish(self) -> Option<Subsidies> {
        let rules = self.rules?;
        let mut offices: Vec<SubsidySum> = Vec::new();
        let mut lawyers: BTreeMap<(usize, String), SubsidySum> = BTreeMap::new();
        for case in &self.cases {
            let at = offices.iter().position(|o| o.office == case.office).unwrap_or_else(|| {
                offices.push(sum(&case.office, None));
                offices.len() - 1
            });
            let name = case.lawyer.clone().unwrap_or_default();
            let own = lawyers.entry((at, name.clone())).or_insert_with(|| sum(&case.office, Some(name)));
            for sum in offices.get_mut(at).into_iter().chain([own]) {
                match case.amount {
                    Some(amount) => {
                        sum.cases += 1;
                        sum.amount = Number::new(sum.amount.points() + amount.points());
                    }
                    None => sum.without += 1,
                }
            }
        }
        Some(Subsidies {
            factors: rules.factors.iter().map(|(grade, factor)| (grade.clone(), decimal(*factor))).collect(),
            cases: self.cases,
            offices,
            lawyers: lawyers.into_values().collect(),
            note: Text::fixed(
                "补贴标准由省级司法行政部门会同财政部门确定（法律援助法第五十二条）；按等次分档发放及其系数须有本地文件依据，本表只按所给系数计算",
                "standards of subsidies are set by each province (Legal Aid Law, article 52); paying by grade, and the factors, need a local \
                 rule; this table only computes with the factors given",
            ),
        })
    }
}

/// A factor with all of its decimals, of which there are six at most.
fn decimal(factor: Points) -> String {
    let millionths = (factor.0 * 1_000_000).to_integer();
    let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn sum(office: &str, lawyer: Option<String>) -> SubsidySum {
    SubsidySum { office: office.to_owned(), lawyer, cases: 0, without: 0, amount: Number::default() }
}

fn subsidy(rules: &SubsidyRules, case: &CaseRecord) -> Subsidy {
    let registered = rules.field.as_ref().and_then(|id| case.fields.get(id.as_str())).and_then(|v| Points::parse(v));
    let base = rules.base.or(registered);
    let grade = case.grade.as_deref();
    let factor = grade.and_then(|g| rules.factors.iter().find(|(title, _)| title == g)).map(|(_, f)| *f);
    let why = match (grade, factor, base) {
        (None, ..) => Some(say!("等次未定，暂不计算", "undecided: none yet")),
        (Some(grade), None, _) => Some(say!("没有写等次“{grade}”的系数", "no factor is given for {grade}")),
        (_, _, None) => Some(say!("登记表没有补贴基数", "the register has no base")),
        _ => None,
    };
    Subsidy {
        office: case.office.to_string(),
        case_no: case.case_no.clone(),
        stage: case.stage.clone(),
        lawyer: case.fields.get("lawyer").map(|v| v.to_string()),
        grade: grade.map(ToOwned::to_owned),
        base: base.map(Number::new),
        factor: factor.map(decimal),
        amount: base.zip(factor).map(|(base, factor)| Number::new(base * factor)),
        why,
    }
}
