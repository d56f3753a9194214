//! Whether so many differences in one direction are more than chance explains: the exact one-sided sign test. Must not be called a verdict.

use num_bigint::BigUint;

/// Whether, were either direction equally likely, at least `higher` of `all` differences would be in one direction less than once in twenty.
pub fn beyond(higher: u64, all: u64) -> bool {
    let (mut term, mut tail) = (BigUint::from(1_u8), BigUint::from(0_u8));
    // The terms of the binomial from the top: all, all but one, …
    for left in 0..=all.saturating_sub(higher) {
        tail += &term;
        term = term * (all - left) / (left + 1);
    }
    higher > 0 && tail * 20_u8 < BigUint::from(1_u8) << all
}

#[cfg(test)]
mod tests {
    use super::beyond;

    #[test]
    fn the_tails_are_those_of_the_tables() {
        // One-sided tails of the binomial with 1/2: 5/5 is 0.031, 4/5 is 0.188, 8/9 is 0.020, 7/9 is 0.090, 15/20 is 0.021, 14/20 is 0.058
        // (Siegel, Nonparametric Statistics, 1956, table D).
        for (higher, all, wanted) in [
            (5, 5, true),
            (4, 4, false),
            (4, 5, false),
            (8, 9, true),
            (7, 9, false),
            (15, 20, true),
            (14, 20, false),
            (0, 0, false),
            (0, 9, false),
        ] {
            assert_eq!(beyond(higher, all), wanted, "{higher} of {all}");
        }
    }
}
