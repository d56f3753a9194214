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
    #[expect(clippy::cast_precision_loss, reason = "case counts are far below 2^53")]
    let (k, n, population) = (k as f64, n as f64, population as f64);
    let p = k / n;
    let correction = if population > 1.0 { (population - n) / (population - 1.0) } else { 0.0 };
    let z2 = Z * Z * correction;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = (z2 * (p * (1.0 - p) / n + z2 / (4.0 * n * n))).sqrt() / (1.0 + z2 / n);
    let shown = |x: f64| (x.clamp(0.0, 1.0) * 1e6).round() / 1e6;
    Some([shown(centre - half), shown(centre + half)])
}

#[cfg(test)]
mod tests {
    use super::wilson;

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
}
