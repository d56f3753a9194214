//! Intervals for rates of a random sample. Must not be applied to a census or to a sample that somebody chose.

/// 95 % quantile of the normal distribution, two-sided.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's interval for `k` of `n` drawn without replacement from `population`, as fractions of 1 (Wilson 1927; the variance
/// is shrunk by the finite-population correction `(N − n) / (N − 1)`, so that a census collapses to the point).
/// `None` when nothing was drawn or the numbers do not fit together.
pub fn wilson(k: u64, n: u64, population: u64) -> Option<[f64; 2]> {
    if n == 0 || k > n || n > population {
        return None;
    }
    Some(score(real(k) / real(n), real(n), correction(n, population)))
}

/// A stratum (层) of a random sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Stratum {
    /// Cases drawn from it at random.
    pub n: u64,
    /// Cases in it.
    pub population: u64,
    /// Those of the drawn that reach the rate.
    pub k: u64,
}

impl Stratum {
    /// Too few drawn to tell how they vary, and not all of them.
    fn is_thin(&self) -> bool {
        self.n < 2 && self.n < self.population
    }

    fn join(self, other: Self) -> Self {
        Self { n: self.n + other.n, population: self.population + other.population, k: self.k + other.k }
    }
}

/// An interval for the rate of a stratified random sample, as fractions of 1.
///
/// The estimate weighs strata by their size: p = Σ W p_h with W = N_h ÷ N. Its variance is Σ W² (1 − f_h) p_h (1 − p_h) ÷ (n_h − 1)
/// (Cochran 1977, 5.3). Divided by that of a simple random sample of as many cases it is the design effect; the sample divided by it is
/// the effective size, which goes into Wilson's formula with finite-population correction (Korn and Graubard 1998 put it into
/// Clopper and Pearson's). So one stratum gives exactly [`wilson`], and a census its point.
///
/// * A stratum of which fewer than two were drawn, and not all, tells nothing of variance: it is joined with the next smallest.
/// * The design effect is never taken below Kish's (1965) n Σ W² ÷ n_h, which is 1 for equal fractions: strata that look uniform only
///   because few were drawn of them must not make the interval narrow.
///
/// `None` when nothing was drawn or the numbers do not fit together.
pub fn stratified(strata: &[Stratum]) -> Option<[f64; 2]> {
    let strata = joined(strata.iter().copied().filter(|s| s.population > 0 || s.n > 0 || s.k > 0).collect());
    if strata.iter().any(|s| s.k > s.n || s.n > s.population) {
        return None;
    }
    let all = strata.iter().copied().fold(Stratum::default(), Stratum::join);
    if all.n == 0 {
        return None;
    }
    let weight = |s: &Stratum| real(s.population) / real(all.population);
    let share = |s: &Stratum| if s.n == 0 { 0.0 } else { real(s.k) / real(s.n) };
    let p: f64 = strata.iter().map(|s| weight(s) * share(s)).sum();
    // Variance of a share among so many of so many.
    let variance = |p: f64, n: u64, of: u64| (1.0 - real(n) / real(of)) * p * (1.0 - p) / (real(n) - 1.0).max(1.0);
    let kish = if strata.len() > 1 { real(all.n) * strata.iter().map(|s| weight(s).powi(2) / real(s.n)).sum::<f64>() } else { 1.0 };
    let simple = variance(p, all.n, all.population);
    let ours: f64 = strata.iter().map(|s| weight(s).powi(2) * variance(share(s), s.n, s.population)).sum();
    let effect = if simple > 0.0 { (ours / simple).max(kish) } else { kish };
    Some(score(p, real(all.n) / effect, correction(all.n, all.population)))
}

/// Joins what is too thin with the next smallest, the smallest first; what is left has two drawn of each, or all.
fn joined(mut strata: Vec<Stratum>) -> Vec<Stratum> {
    let size = |s: &Stratum| (s.population, s.n, s.k);
    strata.sort_by_key(size);
    while let Some(at) = strata.iter().position(Stratum::is_thin).filter(|_| strata.len() > 1) {
        let thin = strata.remove(at);
        let next = strata.remove(at.min(strata.len() - 1));
        strata.push(thin.join(next));
        strata.sort_by_key(size);
    }
    strata
}

/// Wilson's interval about `p` from so many cases.
fn score(p: f64, n: f64, correction: f64) -> [f64; 2] {
    let z2 = Z * Z * correction;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = (z2 * (p * (1.0 - p) / n + z2 / (4.0 * n * n))).sqrt() / (1.0 + z2 / n);
    let shown = |x: f64| (x.clamp(0.0, 1.0) * 1e6).round() / 1e6;
    [shown(centre - half), shown(centre + half)]
}

/// The finite-population correction.
fn correction(n: u64, population: u64) -> f64 {
    if population > 1 { (real(population) - real(n)) / (real(population) - 1.0) } else { 0.0 }
}

#[expect(clippy::cast_precision_loss, reason = "case counts are far below 2^53")]
fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Stratum, joined, stratified, wilson};

    fn stratum(k: u64, n: u64, population: u64) -> Stratum {
        Stratum { n, population, k }
    }

    #[test]
    fn equals_published_values_and_collapses_for_a_census() {
        // Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3 (score, no continuity correction).
        for (k, n, low, high) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)] {
            let [a, b] = wilson(k, n, u64::MAX >> 12).unwrap_or_default();
            assert!((a - low).abs() < 5e-5 && (b - high).abs() < 5e-5, "{k}/{n}: {a} {b}");
        }
        assert_eq!(wilson(7, 8, 8), Some([0.875, 0.875]));
        assert_eq!(wilson(0, 0, 5), None);
        assert_eq!(wilson(3, 2, 5), None);
    }

    #[test]
    fn strata_are_weighted_by_their_size() {
        // By hand: W = 0.6, 0.4; p = 0.6 × 0.8 + 0.4 × 0.3 = 0.6; variance = 0.36 × 0.9 × 0.16 / 29 + 0.16 × 0.95 × 0.21 / 9
        // = 0.005334; of 40 in 500 at once 0.92 × 0.24 / 39 = 0.005662. Their ratio 0.942 is below Kish's 40 (0.36 / 30 + 0.16 / 10)
        // = 1.12, so that 40 / 1.12 = 35.714 cases count: z² = 3.841459 × 460 / 499 = 3.541224.
        let strata = [stratum(24, 30, 300), stratum(3, 10, 200)];
        let (n, z2) = (40.0 / 1.12, 3.541_224_f64);
        let (centre, half) = ((0.6 + z2 / 2.0 / n) / (1.0 + z2 / n), (z2 * (0.24 / n + z2 / 4.0 / n / n)).sqrt() / (1.0 + z2 / n));
        let [low, high] = stratified(&strata).unwrap_or_default();
        assert!((low - (centre - half)).abs() < 2e-6 && (high - (centre + half)).abs() < 2e-6, "{low} {high}");
        // The plain interval of 27 of 40 lies about another share.
        assert!(low < 0.46 && wilson(27, 40, 500).unwrap_or_default()[0] > 0.52);
        // Few drawn of the larger part: 9 (0.81 × 0.84 / 8 …) is far above Kish's, and the interval wide.
        let [low, high] = stratified(&[stratum(5, 9, 900), stratum(50, 100, 100)]).unwrap_or_default();
        let [a, b] = wilson(55, 109, 1000).unwrap_or_default();
        assert!(high - low > 2.0 * (b - a), "{low} {high}");
    }

    #[test]
    fn thin_strata_join_the_next_smallest_and_uniform_ones_do_not_pretend() {
        let all = vec![stratum(1, 1, 10), stratum(0, 0, 4), stratum(1, 1, 1), stratum(7, 9, 90), stratum(3, 5, 50)];
        // Nothing of 4, one of 10 and three of five of 50 become one; the one of one is a census and stays.
        assert_eq!(joined(all), [stratum(1, 1, 1), stratum(4, 6, 64), stratum(7, 9, 90)]);
        let [low, high] = stratified(&[stratum(2, 2, 1000), stratum(0, 10, 10)]).unwrap_or_default();
        assert!(high - low > 0.5, "two of a thousand say little: {low} {high}");
        assert_eq!(stratified(&[]), None);
        assert_eq!(stratified(&[stratum(0, 0, 9)]), None);
        assert_eq!(stratified(&[stratum(3, 2, 9)]), None);
        assert_eq!(stratified(&[stratum(1, 2, 1)]), None);
        assert_eq!(stratified(&[stratum(0, 1, 7)]), wilson(0, 1, 7));
    }

    fn strata() -> impl Strategy<Value = Vec<Stratum>> {
        let one = (1..60_u64, 0..=1000_u64, 0..=1000_u64).prop_map(|(population, n, k)| {
            let n = population * n / 1000;
            stratum(n * k / 1000, n, population)
        });
        prop::collection::vec(one, 1..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn one_stratum_is_wilsons_to_the_bit(n in 0..50_u64, k in 0..=1000_u64, more in 0..500_u64) {
            let k = n * k / 1000;
            prop_assert_eq!(stratified(&[stratum(k, n, n + more)]), wilson(k, n, n + more));
        }

        #[test]
        fn an_interval_holds_its_estimate_whatever_the_order(strata in strata()) {
            let (n, of) = strata.iter().fold((0, 0), |(n, of), s| (n + s.n, of + s.population));
            let mut turned = strata.clone();
            turned.reverse();
            prop_assert_eq!(stratified(&strata), stratified(&turned));
            if let Some([low, high]) = stratified(&strata) {
                prop_assert!(0.0 <= low && low <= high && high <= 1.0);
                prop_assert_eq!(low == high, n == of, "only a census is a point");
            } else {
                prop_assert_eq!(n, 0);
            }
        }

        #[test]
        fn a_census_is_its_point(parts in prop::collection::vec((1..40_u64, 0..=1000_u64), 1..6)) {
            let strata: Vec<Stratum> = parts.iter().map(|(n, k)| stratum(n * k / 1000, *n, *n)).collect();
            let (k, n) = strata.iter().fold((0, 0), |(k, n), s| (k + s.k, n + s.n));
            let [low, high] = stratified(&strata).unwrap_or_default();
            let [a, b] = wilson(k, n, n).unwrap_or_default();
            prop_assert!((low - a).abs() < 2e-6 && (high - b).abs() < 2e-6);
        }
    }
}
