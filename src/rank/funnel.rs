//! Funnel of the headline rate: which units lie farther from the rate of all than chance explains. Must not judge anybody.
//!
//! Limits are exact binomial, interpolated (Spiegelhalter 2005, Statistics in Medicine 24:1185–1202, appendix A.1.1; from memory, to be
//! checked against the original). With F and f the distribution and probability of a binomial with `n` and the rate of all, `r` the
//! smallest whole number with `F(r) ≥ q`, and `α = (F(r) − q) / f(r)`, the lower limit is `(r − α) / n`, not below 0; q is 0.025 for
//! 95 % and 0.001 for 99.8 %. The upper limit is the same of the cases that miss the rate, so that whoever lies beyond a limit has a
//! count which chance gives with less than q: the plain formula for q = 0.975 would put 4 of 4 outside where 66 % of chance lies there.
//! Probabilities are summed outward from the mode and divided by their sum.

use super::pool::Unit;
use crate::base::text::Text;
use crate::record::rank::{Funnel, FunnelPoint};
use crate::record::v1::Rate;
use crate::say;

/// Limits for `n` cases about a rate of `k` in `all`: 95 % and 99.8 %.
pub fn limits(n: u64, k: u64, all: u64) -> ([f64; 2], [f64; 2]) {
    let p = if all == 0 { 0.0 } else { real(k) / real(all) };
    if p <= 0.0 || p >= 1.0 || n == 0 {
        let p = super::pool::share(k, all);
        return ([p, p], [p, p]);
    }
    let (reached, missed) = (binomial(n, p), binomial(n, 1.0 - p));
    let both = |q: f64| [rounded(lower(&reached, n, q)), rounded(1.0 - lower(&missed, n, q))];
    (both(0.025), both(0.001))
}

fn rounded(x: f64) -> f64 {
    (x.clamp(0.0, 1.0) * 1e6).round() / 1e6
}

/// The lower limit of a binomial that begins at a number.
fn lower((from, probabilities): &(u64, Vec<f64>), n: u64, q: f64) -> f64 {
    let mut below = 0.0;
    for (r, f) in (*from..).zip(probabilities) {
        if below + f >= q {
            // The distribution at r is `below + f`.
            return ((real(r) - (below + f - q) / f) / real(n)).clamp(0.0, 1.0);
        }
        below += f;
    }
    1.0
}

/// Probabilities of a binomial from a number on; those that are left out sum to less than any limit can see.
fn binomial(n: u64, p: f64) -> (u64, Vec<f64>) {
    const TINY: f64 = 1e-18;
    if p <= 0.0 || p >= 1.0 {
        return (0, Vec::new());
    }
    let odds = p / (1.0 - p);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of n is a whole number within 0 and n")]
    let mode = (((real(n) + 1.0) * p).floor().max(0.0) as u64).min(n);
    let (mut down, mut up) = (Vec::new(), vec![1.0]);
    let mut f = 1.0;
    for r in (1..=mode).rev() {
        f *= real(r) / (real(n - r + 1) * odds);
        if f < TINY {
            break;
        }
        down.push(f);
    }
    f = 1.0;
    for r in mode..n {
        f *= real(n - r) * odds / real(r + 1);
        if f < TINY {
            break;
        }
        up.push(f);
    }
    let from = mode - super::order::count(down.len());
    down.reverse();
    let all: Vec<f64> = down.into_iter().chain(up).collect();
    // The smallest first, so that no small one is lost.
    let mut sorted = all.clone();
    sorted.sort_by(f64::total_cmp);
    let sum: f64 = sorted.iter().sum();
    (from, all.into_iter().map(|f| f / sum).collect())
}

fn real(n: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "case counts are far below 2^53")]
    let real = n as f64;
    real
}

/// The funnel of a year.
///
/// # Errors
/// Why it cannot be drawn.
pub fn funnel(units: &[Unit]) -> Result<Funnel, Text> {
    let rates: Vec<(&Unit, &Rate)> =
        units.iter().filter_map(|u| Some((u, u.office.rates.iter().find(|r| r.headline && r.n > 0)?))).collect();
    let known = || rates.iter().filter(|(_, r)| r.k_low == r.k_high);
    let (k, n) = known().fold((0, 0), |(k, n), (_, r)| (k + r.k_low, n + r.n));
    if known().count() < 3 {
        return Err(say!("漏斗图至少要三个等次已定的机构，没有画", "a funnel needs three units without open cases, so there is none"));
    }
    if k == 0 || k == n {
        return Err(say!(
            "各机构的主要比率全部为 0 或 100%，没有离散，漏斗图没有画",
            "every headline rate is 0 or 100 %: nothing varies, so there is no funnel"
        ));
    }
    let point = |(unit, rate): &(&Unit, &Rate)| {
        let (limits95, limits998) = limits(rate.n, k, n);
        let y = real(rate.k_low) / real(rate.n);
        let place = match () {
            () if rate.k_low != rate.k_high => "open",
            () if y < limits998[0] => "low998",
            () if y < limits95[0] => "low95",
            () if y > limits998[1] => "high998",
            () if y > limits95[1] => "high95",
            () => "inside",
        };
        let (id, name) = (unit.office.id.clone(), unit.office.name.clone());
        FunnelPoint { id, name, k: rate.k_low, n: rate.n, limits95, limits998, place: place.to_owned() }
    };
    let mut points: Vec<FunnelPoint> = rates.iter().map(point).collect();
    points.sort_by(|a, b| (a.n, &a.id).cmp(&(b.n, &b.id)));
    let rate = rates.first().map(|(_, r)| r.name.clone()).unwrap_or_default();
    let said = said(&points, &rate);
    Ok(Funnel {
        rate,
        centre: [k, n],
        method: Text::fixed(
            "控制界线为二项分布的精确界线并作插值（Spiegelhalter 2005；公式据记忆写出，引用前请核对原文）：r 为累积概率 F(r) 不小于 q 的最小整数，下界线＝（r－（F(r)－q）÷f(r)）÷n，95% 取 q＝0.025，99.8% 取 q＝0.001；上界线按没有达到的件数同样计算。中线为等次已定的机构合计的率。",
            "Control limits are exact binomial ones, interpolated (Spiegelhalter 2005; the formula is from memory, check the original before quoting): r is the smallest whole number with F(r) >= q, the lower limit is (r - (F(r) - q) / f(r)) / n; q is 0.025 for 95 % and 0.001 for 99.8 %; the upper limit is the same of the cases that miss the rate. The centre is the rate of all units without open cases together.",
        ),
        points,
        said,
    })
}

/// Who lies outside, in plain words.
fn said(points: &[FunnelPoint], rate: &str) -> Vec<Text> {
    let mut all = Vec::new();
    for point in points.iter().filter(|p| !matches!(p.place.as_str(), "inside" | "open")) {
        let (name, k, n) = (&point.name, point.k, point.n);
        let percent = super::exact::percent(k, n, 2).unwrap_or_default();
        let (zh, en) = if point.place.starts_with("low") { ("低于下", "below the lower") } else { ("高于上", "above the upper") };
        let level = if point.place.ends_with("998") { "99.8%" } else { "95%" };
        all.push(say!(
            "{name}：{rate} {k}/{n}（{percent}%），{zh}界线（{level}）",
            "{name}: {rate} {k}/{n} ({percent} %), {en} {level} limit"
        ));
    }
    let known = points.iter().filter(|p| p.place != "open").count();
    let expected = (known * 5).div_ceil(100);
    all.push(say!(
        "{known} 个机构中，即使彼此没有差别，也会有大约 {expected} 个偶然落在 95% 界线以外。界线以外只说明值得看一看：案件构成、抽样、评查宽严不同都会如此，不是对质量的结论。",
        "Of {known} units about {expected} would lie outside the 95 % limits by chance alone. To lie outside means worth a look: the mix of cases, \
         the sample or lenient reviewers can do it. It is no verdict on quality."
    ));
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{binomial, limits};

    #[test]
    fn limits_are_those_of_the_binomial_by_hand() {
        // n = 2, p = 1/2: F(0) = 1/4 ≥ 0.025, r = 0, α = (0.25 − 0.025) / 0.25 = 0.9, limit (0 − 0.9) / 2, held at 0; nobody is outside.
        assert_eq!(limits(2, 1, 2), ([0.0, 1.0], [0.0, 1.0]));
        // n = 10, p = 1/2, 1024 ways: F(1) = 11/1024 < 0.025 ≤ F(2) = 56/1024, α = (56 − 25.6) / 45 = 0.675556, limit 0.132444.
        let (low, _) = limits(10, 5, 10);
        assert_eq!(low, [0.132_444, 0.867_556]);
        // 4 of 4 is what most offices of a rate of 0.9 have.
        assert_eq!(limits(4, 9, 10).0[1], 1.0);
        // Degenerate rates have no width.
        assert_eq!(limits(5, 0, 9).0, [0.0, 0.0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn limits_hold_the_centre_and_narrow_with_n(n in 1..3000_u64, k in 1..1000_u64) {
            let (a, b) = limits(n, k, 1000);
            let p = k as f64 / 1000.0;
            prop_assert!(b[0] <= a[0] && a[0] <= p + 1.0 / n as f64 && p - 1.0 / n as f64 <= a[1] && a[1] <= b[1]);
            let (wide, _) = limits(n, 500, 1000);
            let (narrow, _) = limits(n * 4, 500, 1000);
            prop_assert!(narrow[1] - narrow[0] <= wide[1] - wide[0]);
            let (from, f) = binomial(n, p);
            prop_assert!((f.iter().sum::<f64>() - 1.0).abs() < 1e-9 && from + f.len() as u64 <= n + 1);
            // Whoever lies below has a count that chance gives with less than q, and the next count not.
            let mut below = 0.0;
            for (r, f) in (from..).zip(&f) {
                below += f;
                if (below - 0.025).abs() > 1e-3 && n < 1000 {
                    prop_assert_eq!((r as f64 / n as f64) < a[0], below < 0.025, "{} of {}: {} {}", r, n, below, a[0]);
                }
            }
        }
    }
}
