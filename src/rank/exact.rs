//! Exact fractions, and percentages as notices print them. Must not turn a fraction into a float for deciding anything.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use crate::base::points::Points;
use crate::record::number::Number;

/// A fraction without a bound.
pub type Fraction = BigRational;

/// What is surely reached, and what is possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Surely.
    pub low: Fraction,
    /// Possibly.
    pub high: Fraction,
}

impl Span {
    /// A value that is known.
    pub fn point(value: Fraction) -> Self {
        Self { low: value.clone(), high: value }
    }

    /// Whether it is known.
    pub fn is_point(&self) -> bool {
        self.low == self.high
    }

    /// The value, when it is known.
    pub fn known(&self) -> Option<&Fraction> {
        self.is_point().then_some(&self.low)
    }
}

/// `k` of `n`; nothing of nothing.
pub fn of(k: u64, n: u64) -> Option<Fraction> {
    (n > 0).then(|| Fraction::new(BigInt::from(k), BigInt::from(n)))
}

/// A whole number.
pub fn whole(n: u64) -> Fraction {
    Fraction::from_integer(BigInt::from(n))
}

/// Points as a fraction.
pub fn points(points: Points) -> Fraction {
    Fraction::new(BigInt::from(*points.0.numer()), BigInt::from(*points.0.denom()))
}

/// A number as it was shown.
pub fn number(number: Number) -> Fraction {
    points(number.points())
}

/// Reads `250/3`, as records have it.
pub fn read(text: &str) -> Option<Fraction> {
    let (n, d) = text.split_once('/')?;
    let (n, d): (BigInt, BigInt) = (n.parse().ok()?, d.parse().ok()?);
    (d != BigInt::from(0)).then(|| Fraction::new(n, d))
}

/// Reads both ends of a mean.
pub fn span(ends: &[String; 2]) -> Option<Span> {
    let [low, high] = ends;
    Some(Span { low: read(low)?, high: read(high)? })
}

/// `250/3`.
pub fn text(value: &Fraction) -> String {
    format!("{}/{}", value.numer(), value.denom())
}

/// Rounded half away from zero to two decimals.
pub fn shown(value: &Fraction) -> Number {
    let hundredths = (value * BigInt::from(100)).round().to_integer().to_i64();
    Number::new(hundredths.and_then(|n| Points::ratio(n, 100)).unwrap_or_default())
}

/// `k` of `n` in per cent, rounded half up from the exact fraction to so many decimals: `92.21`. Nothing of nothing.
pub fn percent(k: u64, n: u64, decimals: usize) -> Option<String> {
    let scale = 10_u128.pow(u32::try_from(decimals).ok()?.min(9));
    let (k, n) = (u128::from(k), u128::from(n));
    let rounded = (2 * k * 100 * scale + n).checked_div(2 * n)?;
    let (before, after) = (rounded / scale, rounded % scale);
    Some(if decimals == 0 { before.to_string() } else { format!("{before}.{after:0decimals$}") })
}

#[cfg(test)]
mod tests {
    use super::{of, percent, read, shown, text};

    #[test]
    fn fractions_are_read_and_shown() {
        let third = read("250/3").unwrap_or_default();
        assert_eq!((text(&third).as_str(), shown(&third).to_string().as_str()), ("250/3", "83.33"));
        assert_eq!(shown(&read("-1/200").unwrap_or_default()).to_string(), "-0.01");
        for bad in ["", "1", "1/0", "a/2", "1/b"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(of(2, 4), read("1/2"));
        assert_eq!(of(0, 0), None);
    }

    #[test]
    fn percentages_are_rounded_from_the_exact_fraction() {
        for (k, n, decimals, shown) in [(71, 77, 2, "92.21"), (1, 8, 0, "13"), (1, 8, 1, "12.5"), (2, 3, 2, "66.67"), (8, 8, 2, "100.00")] {
            assert_eq!(percent(k, n, decimals).as_deref(), Some(shown), "{k}/{n}");
        }
        assert_eq!(percent(0, 0, 2), None);
        assert_eq!(percent(0, 3, 2).as_deref(), Some("0.00"));
    }
}
