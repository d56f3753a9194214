//! Spans of exact fractions, and percentages as notices print them. Must not turn a fraction into a float for deciding anything.

pub use crate::record::exact::{Fraction, number, of, points, read, shown, text, whole};

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

/// Reads both ends of a mean.
pub fn span(ends: &[String; 2]) -> Option<Span> {
    let [low, high] = ends;
    Some(Span { low: read(low)?, high: read(high)? })
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
    use super::percent;

    #[test]
    fn percentages_are_rounded_from_the_exact_fraction() {
        for (k, n, decimals, shown) in [(71, 77, 2, "92.21"), (1, 8, 0, "13"), (1, 8, 1, "12.5"), (2, 3, 2, "66.67"), (8, 8, 2, "100.00")] {
            assert_eq!(percent(k, n, decimals).as_deref(), Some(shown), "{k}/{n}");
        }
        assert_eq!(percent(0, 0, 2), None);
        assert_eq!(percent(0, 3, 2).as_deref(), Some("0.00"));
    }
}
