//! How severe (偏严) or lenient (偏宽) each reviewer marks, from cases that several marked. Must not be applied to any mark, and must not
//! compare reviewers whom no chain of shared cases connects.
//!
//! The model is additive: mark = case + reviewer + chance. Cases are fixed, so nothing is assumed of who got which case; reviewers are
//! random, so whoever shares few cases is drawn towards 0 (best linear unbiased prediction; Henderson 1975, Robinson 1991):
//!
//! ```text
//! (C + λ I) u = b      C = reviewers' equations after the cases are taken out, b = their marks less the mean of each case
//! λ = σ²(chance) / σ²(reviewers)      error of u: σ²(chance) × diagonal of K (C + λ I)⁻¹ K
//! ```
//!
//! K takes from each reviewer the mean of those connected with them: cases are fixed, so only differences within a group can be told,
//! and the error is that of the difference.
//!
//! The variances are Henderson's method 3 (1953), that is moments: σ²(chance) = what is left after cases and reviewers, by its degrees of
//! freedom; σ²(reviewers) = (b′C⁻b − rank × σ²(chance)) / trace C, and 0 when that is negative.

mod equations;

use crate::base::text::Text;
use crate::say;

use self::equations::Equations;
use super::estimate::Gap;
use super::quantile::Z;
use super::table::{Marks, Seen, real};
use super::words::points;

/// Who published the method.
pub const SOURCE: &str = "Henderson 1953 (method 3), 1975; Robinson 1991";

/// Reviewers beside each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Severity {
    /// By the reviewer's number.
    pub effects: Vec<Effect>,
    /// Standard deviation of severity between reviewers, in points.
    pub between: f64,
    /// Standard deviation of a mark by chance, in points.
    pub chance: f64,
    /// What it was computed from.
    pub seen: Seen,
}

/// Shared cases below which nothing is said of a person.
pub const FEWEST: usize = 5;

/// One reviewer beside those who marked the same cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Cases that another reviewer marked too.
    pub cases: usize,
    /// Points above (lenient) or below (severe) the others, drawn towards 0; `None` without a shared case.
    pub points: Option<f64>,
    /// The same without being drawn towards 0 (least squares).
    pub raw: Option<f64>,
    /// 95 % interval of `points`; none where the reviewers cannot be told apart at all.
    pub ci95: Option<[f64; 2]>,
    /// Reviewers with one number are connected by shared cases; only these can be compared. Their effects sum to 0.
    pub group: usize,
}

/// Severity of every reviewer.
///
/// # Errors
/// Why nothing can be said: no shared cases, or too few to tell reviewers from chance.
pub fn severity(marks: &Marks) -> Result<Severity, Gap> {
    let seen = marks.table.seen();
    if seen.cases == 0 {
        return Err(Gap::NoPairs);
    }
    let reviewers = marks.table.reviewers();
    let rows: Vec<&[(usize, f64)]> = marks.table.shared().collect();
    let equations = Equations::new(reviewers, &rows);
    let all = real(rows.iter().map(|row| row.len()).sum());
    let rank = real(seen.reviewers - equations.groups_sharing());
    let freedom = all - real(seen.cases) - rank;
    if freedom < 1.0 || rank < 1.0 {
        return Err(Gap::NoFreedom);
    }
    let (raw, _) = equations.solved(0.0);
    let explained: f64 = raw.iter().zip(&equations.right).map(|(u, b)| u * b).sum();
    // Less than this is rounding.
    let squares = rows.iter().flat_map(|row| row.iter()).map(|(_, x)| x * x).sum::<f64>();
    let tiny = (1e-18 * squares).max(1e-12 * equations.within);
    let left = equations.within - explained;
    let chance = if left <= tiny { 0.0 } else { left / freedom };
    let between = explained - rank * chance;
    let between = if between <= tiny { 0.0 } else { between / equations.trace() };
    let (drawn, error) = match (between > 0.0, chance > 0.0) {
        (false, _) => (vec![0.0; reviewers], None),
        (true, false) => (raw.clone(), None),
        (true, true) => {
            let (drawn, inverse) = equations.solved(chance / between);
            (drawn, Some(inverse.into_iter().map(|d| (d * chance).max(0.0).sqrt()).collect::<Vec<_>>()))
        }
    };
    let mut cases = vec![0; reviewers];
    rows.iter().flat_map(|row| row.iter()).for_each(|(who, _)| cases.get_mut(*who).into_iter().for_each(|n| *n += 1));
    let effects = cases.into_iter().zip(raw).zip(drawn).zip(&equations.groups).enumerate();
    let effects = effects.map(|(who, (((cases, raw), points), group))| {
        let known = |x: f64| (cases > 0).then_some(x);
        let error = error.as_ref().and_then(|all| all.get(who).copied());
        let ci95 = error.and_then(known).map(|e| [points - Z * e, points + Z * e]);
        Effect { cases, points: known(points), raw: known(raw), ci95, group: *group }
    });
    Ok(Severity { effects: effects.collect(), between: between.sqrt(), chance: chance.sqrt(), seen })
}

impl Effect {
    /// One plain sentence.
    pub fn plain(&self) -> Text {
        let cases = self.cases;
        if (1..FEWEST).contains(&cases) {
            return say!(
                "与他人同评 {cases} 件，不到 {FEWEST} 件，太少，不说松紧。",
                "{cases} cases shared with others: fewer than {FEWEST}, too few to say anything."
            );
        }
        let Some(value) = self.points else {
            return Text::fixed(
                "没有与他人同评的案件，看不出偏松偏严。",
                "No case shared with another reviewer: nothing can be said of severity.",
            );
        };
        let by = points(value.abs());
        match self.ci95 {
            Some([low, high]) if low <= 0.0 && high >= 0.0 => {
                let (low, high) = (points(low), points(high));
                say!(
                    "与他人同评 {cases} 件，看不出明显偏松或偏严（相差在 {low} 至 {high} 分之间）；只供了解，不改动任何得分。",
                    "{cases} cases shared with others: neither lenient nor severe as far as can be seen (between {low} and {high} points). Told only, never applied."
                )
            }
            Some([low, high]) => {
                let (low, high) = (points(low), points(high));
                let (zh, en) = if value > 0.0 { ("高", "above") } else { ("低", "below") };
                Text {
                    zh: format!(
                        "与他人同评 {cases} 件，给分平均比同案其他人{zh}约 {by} 分（95% 区间 {low} 至 {high}，案件少时已向 0 收缩）；只供了解，不改动任何得分。"
                    )
                    .into(),
                    en: format!(
                        "{cases} cases shared with others: marks some {by} points {en} the others' (95 % interval {low} to {high}, drawn towards 0 where cases are few). Told only, never applied."
                    )
                    .into(),
                }
            }
            None if value == 0.0 => say!(
                "与他人同评 {cases} 件，各人松紧的差别不超出偶然；只供了解，不改动任何得分。",
                "{cases} cases shared with others: severity differs no more than by chance. Told only, never applied."
            ),
            None => {
                let (zh, en) = if value > 0.0 { ("高", "above") } else { ("低", "below") };
                Text {
                    zh: format!("与他人同评 {cases} 件，每件都比同案其他人{zh}，平均 {by} 分；只供了解，不改动任何得分。").into(),
                    en: format!("{cases} cases shared with others: always {en} the others', by {by} points. Told only, never applied.")
                        .into(),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
