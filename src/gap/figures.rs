//! The figures of one office from its pairs of cases. Sums are exact and rounded where they are shown. Must not judge.

use std::collections::BTreeMap;

use num_traits::{Signed, Zero};

use super::chance::beyond;
use super::pairs::Brief;
use crate::base::text::Text;
use crate::record::exact::{Fraction, shown, text, whole};
use crate::record::gap::{Deviation, GapCase, GapOffice, GapRate, GapSide, Move};
use crate::record::v1::{Results, RubricRecord};
use crate::say;

/// A pair that is compared.
struct Pair<'a> {
    no: &'a str,
    stage: Option<&'a str>,
    rubric: &'a RubricRecord,
    own: (&'a str, Option<&'a Fraction>),
    audit: (&'a str, Option<&'a Fraction>),
}

impl Pair<'_> {
    fn difference(&self) -> Option<Fraction> {
        Some(self.own.1? - self.audit.1?)
    }

    /// Places of both grades, best first.
    fn grades(&self) -> (usize, usize) {
        let at = |title: &str| self.rubric.grades.iter().position(|g| g.title == title).unwrap_or(usize::MAX);
        (at(self.own.0), at(self.audit.0))
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// One audited case: number, stage, audited, self-assessed.
type Audited<'a> = (&'a str, Option<&'a str>, &'a Brief, Option<&'a Brief>);

/// The figures.
pub fn office(
    id: &str,
    name: String,
    (own, audit): (Option<GapSide>, Option<GapSide>),
    cases: Vec<Audited<'_>>,
    results: &Results,
) -> GapOffice {
    let met: Vec<_> = cases.iter().filter_map(|(no, stage, audit, own)| Some((*no, *stage, *audit, (*own)?))).collect();
    let only_audit = cases.iter().filter(|c| c.3.is_none()).map(|c| c.0.to_owned()).collect();
    let (mut pairs, mut undecided, mut other_rubric): (Vec<Pair<'_>>, u64, u64) = (Vec::new(), 0, 0);
    for (no, stage, audit, own) in &met {
        let rubric = audit.rubric.as_ref().filter(|_| audit.rubric == own.rubric);
        let rubric = rubric.and_then(|(id, _)| results.rubric(id));
        match (rubric, &own.grade, &audit.grade) {
            (None, ..) => other_rubric += 1,
            (Some(rubric), Some(mine), Some(theirs)) => {
                pairs.push(Pair { no, stage: *stage, rubric, own: (mine, own.mark.as_ref()), audit: (theirs, audit.mark.as_ref()) });
            }
            _ => undecided += 1,
        }
    }
    let deviation = deviation(&pairs);
    let sum = |f: fn(&Pair<'_>) -> Option<Fraction>| pairs.iter().filter(|p| p.difference().is_some()).filter_map(f).sum::<Fraction>();
    let means = deviation.as_ref().map(|d| {
        let n = whole(d.cases);
        [sum(|p| p.own.1.cloned()) / &n, sum(|p| p.audit.1.cloned()) / &n]
    });
    let (up, down) =
        (pairs.iter().filter(|p| p.grades().1 < p.grades().0).count(), pairs.iter().filter(|p| p.grades().1 > p.grades().0).count());
    let (higher, lower) = deviation.as_ref().map_or((0, 0), |d| (d.higher, d.lower));
    let beyond = beyond(higher, higher + lower);
    let plain = plain(&name, pairs.len(), deviation.as_ref(), beyond);
    GapOffice {
        id: id.to_owned(),
        name,
        own,
        audit,
        both: count(met.len()),
        compared: count(pairs.len()),
        undecided,
        other_rubric,
        only_audit,
        rates: rates(&pairs),
        mean: means.as_ref().map(|[a, b]| [shown(a), shown(b)]),
        mean_exact: means.as_ref().map(|[a, b]| [text(a), text(b)]),
        deviation,
        moves: moves(&pairs),
        up: count(up),
        down: count(down),
        beyond,
        plain,
        cases: told(&pairs),
    }
}

fn plain(name: &str, compared: usize, deviation: Option<&Deviation>, beyond: bool) -> Text {
    let Some(d) = deviation else {
        return say!(
            "{name}：没有可以逐案比较分数的案件（可比等次 {compared} 件）",
            "{name}: no marks to compare case by case ({compared} grades)"
        );
    };
    let (higher, lower, equal, n, differ) = (d.higher, d.lower, d.equal, d.cases, d.higher + d.lower);
    if beyond {
        say!(
            "{name}：抽查的 {n} 件中，自评分高于抽查分的 {higher} 件，低于的 {lower} 件，相同 {equal} 件；{differ} 件有差别的里面 {higher} 件偏高，\
             若高低机会均等，这样的情形二十次里不到一次，抽样的偶然性不好解释，请核对自评尺度",
            "{name}: of {n} audited cases the office marked {higher} higher, {lower} lower, {equal} equally; were both directions equally likely, \
             {higher} of {differ} would come up less than once in twenty, so chance in sampling hardly explains it: look at how the office marks"
        )
    } else {
        say!(
            "{name}：抽查的 {n} 件中，自评分高于抽查分的 {higher} 件，低于的 {lower} 件，相同 {equal} 件；差别没有超出抽样偶然性可以解释的范围",
            "{name}: of {n} audited cases the office marked {higher} higher, {lower} lower, {equal} equally; chance in sampling may explain it"
        )
    }
}

fn deviation(pairs: &[Pair<'_>]) -> Option<Deviation> {
    let differences: Vec<(Fraction, &str)> = pairs.iter().filter_map(|p| Some((p.difference()?, p.no))).collect();
    let n = differences.len();
    // The first in the order of numbers where several are largest.
    let (largest, case) = differences.iter().rev().max_by_key(|(d, _)| d.abs())?;
    let many = whole(count(n));
    let mean = differences.iter().map(|(d, _)| d).sum::<Fraction>() / &many;
    let absolute = differences.iter().map(|(d, _)| d.abs()).sum::<Fraction>() / many;
    let counted = |wanted: fn(&Fraction) -> bool| count(differences.iter().filter(|(d, _)| wanted(d)).count());
    Some(Deviation {
        cases: count(n),
        mean: shown(&mean),
        mean_exact: text(&mean),
        mean_absolute: shown(&absolute),
        largest: shown(largest),
        largest_case: (*case).to_owned(),
        higher: counted(Fraction::is_positive),
        lower: counted(Fraction::is_negative),
        equal: counted(Fraction::is_zero),
    })
}

fn rates(pairs: &[Pair<'_>]) -> Vec<GapRate> {
    let mut rates: Vec<GapRate> = Vec::new();
    for pair in pairs {
        for rule in &pair.rubric.rates {
            let at = rates.iter().position(|r| r.name == rule.title).unwrap_or_else(|| {
                rates.push(GapRate { name: rule.title.clone(), headline: rule.headline, own: 0, audit: 0, n: 0 });
                rates.len() - 1
            });
            let counts = |grade: &str| u64::from(rule.grades.iter().any(|g| g == grade));
            if let Some(rate) = rates.get_mut(at) {
                rate.n += 1;
                rate.own += counts(pair.own.0);
                rate.audit += counts(pair.audit.0);
            }
        }
    }
    rates
}

/// Places and titles of both grades.
type MoveKey<'a> = ((usize, usize), (&'a str, &'a str));

fn moves(pairs: &[Pair<'_>]) -> Vec<Move> {
    // By the places of both grades, so that the best come first.
    let mut moves: BTreeMap<MoveKey<'_>, u64> = BTreeMap::new();
    for pair in pairs {
        *moves.entry((pair.grades(), (pair.own.0, pair.audit.0))).or_default() += 1;
    }
    moves.into_iter().map(|((_, (own, audit)), cases)| Move { own: own.to_owned(), audit: audit.to_owned(), cases }).collect()
}

fn told(pairs: &[Pair<'_>]) -> Vec<GapCase> {
    let mut order: Vec<&Pair<'_>> = pairs.iter().collect();
    order.sort_by_key(|p| std::cmp::Reverse(p.difference().map(|d| d.abs())));
    let one = |p: &&Pair<'_>| GapCase {
        case_no: p.no.to_owned(),
        stage: p.stage.map(ToOwned::to_owned),
        own: p.own.1.map(shown),
        audit: p.audit.1.map(shown),
        difference: p.difference().as_ref().map(shown),
        own_grade: p.own.0.to_owned(),
        audit_grade: p.audit.0.to_owned(),
    };
    order.iter().map(one).collect()
}
