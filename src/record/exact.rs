//! Exact fractions as records have them beside rounded numbers: `250/3`. Must not turn a fraction into a float.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::number::Number;
use crate::base::points::Points;

/// A fraction without a bound.
pub type Fraction = BigRational;

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

/// Reads `250/3`.
pub fn read(text: &str) -> Option<Fraction> {
    let (n, d) = text.split_once('/')?;
    let (n, d): (BigInt, BigInt) = (n.parse().ok()?, d.parse().ok()?);
    (d != BigInt::from(0)).then(|| Fraction::new(n, d))
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

#[cfg(test)]
mod tests {
    use super::{of, read, shown, text};

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
}
