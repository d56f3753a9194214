//! Exact points (分): rationals, so that a grade is decided before anything is rounded.
//! Must not be turned into a float except to be shown, nor be added up over cases with different denominators.
//!
//! Why nothing overflows: [`Points::parse`] takes nine digits and six decimals, and a rubric's numbers lie below 10,000 with
//! two decimals. So a criterion's loss is a fraction over 10^8, and the marks of one case (loss × total ÷ points that apply,
//! plus bonus) have a denominator below 10^28 and stay below 10^37 even with ten thousand criteria: 128 bits hold them. Sums
//! over cases have no such bound and belong to `stats`. Should this reasoning be wrong, arithmetic stops loudly in every build
//! (`overflow-checks` in Cargo.toml).

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

use num_rational::Ratio;
use num_traits::Zero;

/// An exact number of points.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(pub Ratio<i128>);

impl Points {
    /// Nothing.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));

    /// A whole number of points.
    pub const fn whole(n: i64) -> Self {
        Self(Ratio::new_raw(n as i128, 1))
    }

    /// A fraction; `None` when the denominator is zero.
    pub fn ratio(n: i64, d: i64) -> Option<Self> {
        (d != 0).then(|| Self(Ratio::new(i128::from(n), i128::from(d))))
    }

    /// Reads `12`, `-0.5`, `２．５`; at most nine digits before and six after the point.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().map(narrow).collect();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let fits = !whole.is_empty() && whole.len() <= 9 && part.len() <= 6 && !digits.ends_with('.');
        if !fits || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let scale = 10_i64.pow(u32::try_from(part.len()).ok()?);
        let n = whole.parse::<i64>().ok()? * scale + if part.is_empty() { 0 } else { part.parse::<i64>().ok()? };
        Self::ratio(if negative { -n } else { n }, scale)
    }

    fn is_whole(self) -> bool {
        *self.0.denom() == 1
    }

    /// Whether this is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Rounded half away from zero to two decimals, in hundredths. The one rounding rule for display.
    pub fn hundredths(self) -> i64 {
        let hundredths = match (*self.0.numer(), *self.0.denom()) {
            (n, 1) => n * 100,
            (n, 2) => n * 50,
            _ => (self.0 * 100).round().to_integer(),
        };
        i64::try_from(hundredths).unwrap_or(if self < Self::ZERO { i64::MIN } else { i64::MAX })
    }

    /// For JSON and workbooks: rounded to two decimals.
    pub fn shown(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "points are far below 2^53 hundredths")]
        let hundredths = self.hundredths() as f64;
        hundredths / 100.0
    }

    /// Whether two decimals show this number exactly.
    pub fn is_shown_exactly(self) -> bool {
        (self.0 * 100).is_integer()
    }

    /// `250/3`, the exact form kept beside a rounded one.
    pub fn fraction(self) -> String {
        format!("{}/{}", self.0.numer(), self.0.denom())
    }

    /// Reads what [`fraction`](Self::fraction) writes.
    pub fn of_fraction(text: &str) -> Option<Self> {
        let (numer, denom) = text.split_once('/')?;
        let denom: i128 = denom.parse().ok().filter(|d| *d > 0)?;
        Some(Self(Ratio::new(numer.parse().ok()?, denom)))
    }

    /// Not less than `low`, not more than `high`.
    pub fn within(self, low: Self, high: Self) -> Self {
        self.max(low).min(high)
    }
}

/// A full-width digit or point as its ASCII twin.
pub fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '－' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

impl fmt::Debug for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.hundredths();
        let (sign, n) = if n < 0 { ("-", -n) } else { ("", n) };
        match (n / 100, n % 100) {
            (whole, 0) => write!(f, "{sign}{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            (whole, part) => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        // Most points are whole: no common divisor to look for.
        if self.is_whole() && other.is_whole() {
            return Self(Ratio::new_raw(self.0.numer() + other.0.numer(), 1));
        }
        Self(self.0 + other.0)
    }
}
impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        if self.is_whole() && other.is_whole() {
            return Self(Ratio::new_raw(self.0.numer() - other.0.numer(), 1));
        }
        Self(self.0 - other.0)
    }
}
impl Mul for Points {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        if self.is_whole() && other.is_whole() {
            return Self(Ratio::new_raw(self.0.numer() * other.0.numer(), 1));
        }
        Self(self.0 * other.0)
    }
}
impl Div for Points {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        Self(self.0 / other.0)
    }
}
impl Neg for Points {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_shows_decimals_exactly() {
        for (text, shown) in [("12", "12"), ("0.5", "0.5"), ("-2.25", "-2.25"), ("２．５", "2.5"), ("3.10", "3.1")] {
            assert_eq!(Points::parse(text).map(|p| p.to_string()).as_deref(), Some(shown), "{text}");
        }
        for text in ["", ".5", "1.", "1e3", "九", "1234567890", "1,000"] {
            assert_eq!(Points::parse(text), None, "{text}");
        }
    }

    #[test]
    fn rounds_the_same_on_every_path() {
        for (n, d) in [(7, 1), (-7, 1), (7, 2), (-1, 2), (1, 3), (-1, 3), (17_999, 200), (1, 200), (-1, 200)] {
            let points = Points::ratio(n, d).unwrap_or_default();
            assert_eq!(i128::from(points.hundredths()), (points.0 * 100).round().to_integer(), "{points}");
        }
    }

    #[test]
    fn rounds_half_away_from_zero() {
        let third = Points::ratio(250, 3).unwrap_or_default();
        assert_eq!((third.to_string().as_str(), third.is_shown_exactly()), ("83.33", false));
        assert_eq!(Points::parse("89.995").unwrap_or_default().to_string(), "90");
    }
}
