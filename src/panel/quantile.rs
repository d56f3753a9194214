//! 95 % quantiles of the normal, t and F distributions, for intervals. Must not be used for anything but intervals: it is exact to
//! some ten digits, not to the last bit.
//!
//! Written by hand, since nothing else in the program needs a statistics crate: F and t are one function of the regularised
//! incomplete beta function (continued fraction of Lentz, as in Press et al., *Numerical Recipes*, 6.4), inverted by halving.

/// 95 % two-sided quantile of the normal distribution.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// What F exceeds with probability 2.5 %; degrees of freedom may be fractions. `None` unless both are positive.
pub(super) fn f_upper(above: f64, below: f64) -> Option<f64> {
    upper(0.025, above, below)
}

/// What |t| exceeds with probability 5 %. `None` without a degree of freedom.
pub(super) fn t_two_sided(freedom: f64) -> Option<f64> {
    upper(0.05, 1.0, freedom).map(f64::sqrt)
}

/// What F exceeds with the probability: `below / (below + above F)` is Beta(below / 2, above / 2).
fn upper(tail: f64, above: f64, below: f64) -> Option<f64> {
    let possible = above > 0.0 && below > 0.0 && above.is_finite() && below.is_finite();
    possible.then(|| {
        // The small end is sought, so that nothing cancels when F is large.
        let (mut low, mut high) = (0.0_f64, 1.0_f64);
        for _ in 0..400 {
            let middle = f64::midpoint(low, high);
            if high - low <= 1e-15 * middle || middle <= f64::MIN_POSITIVE {
                break;
            }
            if beta(below / 2.0, above / 2.0, middle) < tail {
                low = middle;
            } else {
                high = middle;
            }
        }
        let share = f64::midpoint(low, high);
        below / above * (1.0 - share) / share
    })
}

/// The regularised incomplete beta function.
fn beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    let front = (log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    if x < (a + 1.0) / (a + b + 2.0) { front * fraction(a, b, x) / a } else { 1.0 - front * fraction(b, a, 1.0 - x) / b }
}

/// Its continued fraction; the number of steps needed grows with the root of the larger argument.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let off_zero = |y: f64| if y.abs() < 1e-300 { 1e-300 } else { y };
    let (mut c, mut d) = (1.0, 1.0 / off_zero(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = d;
    for step in 1..20_000_u32 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = value;
        for term in [even, odd] {
            d = 1.0 / off_zero(1.0 + term * d);
            c = off_zero(1.0 + term / c);
            value *= c * d;
        }
        if (value - before).abs() <= 1e-16 * value.abs() {
            break;
        }
    }
    value
}

/// ln Γ for positive numbers (Lanczos 1964, with Godfrey's nine coefficients for g = 7).
fn log_gamma(x: f64) -> f64 {
    const TERMS: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        return log_gamma(x + 1.0) - x.ln();
    }
    let x = x - 1.0;
    let (sum, _) = TERMS.iter().fold((0.999_999_999_999_809_9, x), |(sum, at), term| (sum + term / (at + 1.0), at + 1.0));
    let base = x + 7.5;
    (2.0 * std::f64::consts::PI).sqrt().ln() + (x + 0.5) * base.ln() - base + sum.ln()
}

#[cfg(test)]
mod tests {
    use super::{f_upper, t_two_sided};

    /// Made by scipy 1.12.0, `f.ppf(0.975, above, below)` and `t.ppf(0.975, freedom)`; those of whole degrees up to 120 stand,
    /// rounded, in the tables of Pearson and Hartley (1966), 18 and 12.
    #[test]
    fn equal_tables() {
        let f = [
            (5.0, 10.0, 4.236_085_668_188_633),
            (1.0, 1.0, 647.789_011_477_844_6),
            (3.0, 4.5, 8.670_953_771_718_773),
            (5.0, 18.0, 3.381967805875243),
            (120.0, 60.0, 1.581034191340994),
            (0.3, 7.0, 11.832180103437308),
            (12.0, 0.75, 9115.92003799557),
            (99999.0, 99999.0, 1.0124731825715743),
            (29.0, 200000.0, 1.5767043403070369),
            (2.5, 1.25, 235.6273406960521),
        ];
        for (above, below, want) in f {
            let got = f_upper(above, below).unwrap();
            assert!((got / want - 1.0).abs() < 1e-8, "F({above}, {below}): {got}, not {want}");
        }
        let t = [
            (1.0, 12.706204736432095),
            (2.0, 4.302652729911275),
            (11.0, 2.200985160082949),
            (29.0, 2.045229642132703),
            (120.0, 1.9799304050527766),
            (99999.0, 1.9599877077718446),
        ];
        for (freedom, want) in t {
            let got = t_two_sided(freedom).unwrap();
            assert!((got / want - 1.0).abs() < 1e-9, "t({freedom}): {got}, not {want}");
        }
        assert_eq!(f_upper(0.0, 3.0), None);
        assert_eq!(t_two_sided(0.0), None);
        assert_eq!(f_upper(f64::NAN, 3.0), None);
    }
}
