//! How many cases are drawn (样本量), and how many from each stratum; exact, rounded up, with the reason in words.
//! Must not draw.

use crate::base::points::Points;
use crate::base::text::Text;
use crate::record::plan::Size;
use crate::say;

/// Quantile of the normal distribution, as survey handbooks round it (Cochran 1977, table on p. 27).
pub fn quantile(confidence: u32) -> Option<Points> {
    match confidence {
        90 => Points::ratio(1645, 1000),
        95 => Points::ratio(196, 100),
        99 => Points::ratio(2576, 1000),
        _ => None,
    }
}

/// Cochran's size for a share of one half: `n0 = z² / 4e²`, corrected for the population by `n0 / (1 + (n0 − 1) / N)` and rounded
/// up (Cochran, Sampling Techniques, 3rd ed. 1977, equations 4.1 and 4.2). `margin` is a fraction of 1. Also gives `n0`.
pub fn cochran(z: Points, margin: Points, population: u64) -> Option<(Points, u64)> {
    let people = Points::whole(i64::try_from(population).ok()?);
    if margin <= Points::ZERO || population == 0 {
        return None;
    }
    let first = z * z / (Points::whole(4) * margin * margin);
    let n = first / (Points::whole(1) + (first - Points::whole(1)) / people);
    Some((first, up(n)?.clamp(1, population)))
}

/// Rounded up to a whole number.
fn up(n: Points) -> Option<u64> {
    u64::try_from(n.0.ceil().to_integer()).ok()
}

/// So many of a hundred, rounded up.
pub fn percent(of: u64, percent: &str) -> Option<u64> {
    let share = Points::parse(percent)? / Points::whole(100);
    up(Points::whole(i64::try_from(of).ok()?) * share)
}

/// How many to draw from so many, and why.
///
/// # Errors
/// More than there are, where `exact` numbers are asked for, or numbers that mean nothing.
pub fn size(size: &Size, population: u64, exact: bool) -> Result<(u64, Text), Text> {
    let wrong = || say!("样本量的写法不对", "the size of the sample is not understood");
    match size {
        Size::Number(n) if *n > population && exact => Err(say!(
            "要抽 {n} 件，而范围内只有 {population} 件。请减少件数，或改用 --method all 全部评查",
            "{n} cases are to be drawn and only {population} are in scope; ask for fewer, or for all with --method all"
        )),
        Size::Number(n) if *n > population => {
            Ok((population, say!("要求 {n} 件，只有 {population} 件，全部抽取", "{n} asked for; all {population} are taken")))
        }
        Size::Number(n) => Ok((*n, say!("按指定件数 {n} 件", "{n} cases as asked for"))),
        Size::Percent(share) => {
            let n = percent(population, share).ok_or_else(wrong)?.min(population);
            Ok((n, say!("{population} 件的 {share}%，向上取整为 {n} 件", "{share} % of {population}, rounded up to {n}")))
        }
        Size::Margin { margin, confidence } => {
            if population == 0 {
                return Ok((0, say!("没有案件可抽", "there is no case to draw from")));
            }
            let z = quantile(*confidence).ok_or_else(wrong)?;
            let share = Points::parse(margin).ok_or_else(wrong)? / Points::whole(100);
            let (first, n) = cochran(z, share, population).ok_or_else(wrong)?;
            Ok((
                n,
                say!(
                    "置信度 {confidence}%（z={z}）、允许误差 ±{margin}%、比例按 50% 计：n0＝z²×0.5×0.5÷e²＝{first}，\
                     有限总体修正 n0÷(1＋(n0－1)÷{population})，向上取整为 {n} 件（Cochran 1977）",
                    "{confidence} % confidence (z = {z}), margin ±{margin} %, share 50 %: n0 = z²·0.5·0.5/e² = {first}, \
                     corrected n0/(1 + (n0 − 1)/{population}) and rounded up to {n} (Cochran 1977)"
                ),
            ))
        }
    }
}

/// Shares `n` among strata in proportion to their sizes, none below its floor: what is left over goes to the largest remainders,
/// the earlier stratum first. Floors above their stratum are cut to it. Nothing when the floors together are more than `n`, or
/// `n` more than there are.
pub fn apportion(n: u64, sizes: &[u64], floors: &[u64]) -> Option<Vec<u64>> {
    let floors: Vec<u64> = sizes.iter().zip(floors).map(|(size, floor)| *floor.min(size)).collect();
    if floors.iter().sum::<u64>() > n || sizes.iter().sum::<u64>() < n {
        return None;
    }
    let mut given = vec![0_u64; sizes.len()];
    let mut open: Vec<usize> = (0..sizes.len()).collect();
    let mut left = n;
    loop {
        let total: u64 = open.iter().filter_map(|i| sizes.get(*i)).sum();
        // Those whose share lies below their floor get the floor, and the others share what is left.
        let below = |i: &usize| u128::from(floors[*i]) * u128::from(total) > u128::from(left) * u128::from(sizes[*i]);
        let (fixed, rest): (Vec<usize>, Vec<usize>) = open.into_iter().partition(below);
        if fixed.is_empty() {
            let mut remainders = Vec::with_capacity(rest.len());
            let mut spent = 0;
            for i in rest {
                let whole = u128::from(left) * u128::from(sizes[i]);
                let total = u128::from(total.max(1));
                given[i] = u64::try_from(whole / total).ok()?;
                spent += given[i];
                remainders.push((whole % total, i));
            }
            remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            for (_, i) in remainders.iter().take(usize::try_from(left - spent).ok()?) {
                given[*i] += 1;
            }
            return Some(given);
        }
        for i in fixed {
            given[i] = floors[i];
            left -= floors[i];
        }
        open = rest;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equals_worked_examples() {
        let of = |z: (i64, i64), e: (i64, i64), n| {
            let found = cochran(Points::ratio(z.0, z.1).unwrap_or_default(), Points::ratio(e.0, e.1).unwrap_or_default(), n);
            found.map(|(first, n)| (first.to_string(), n))
        };
        // Cochran, Sampling Techniques, 3rd ed. 1977, section 4.4: blood group on an island of 3,200, ±5 % but for a 1 in 20 chance
        // (t taken as 2): n0 = 400, n = 356.
        assert_eq!(of((2, 1), (5, 100), 3200), Some(("400".to_owned(), 356)));
        // The same formula with 1.96, as every handbook has it: 384.16, so 385 of a very large population.
        assert_eq!(of((196, 100), (5, 100), 1_000_000_000), Some(("384.16".to_owned(), 385)));
        assert_eq!(of((196, 100), (5, 100), 1), Some(("384.16".to_owned(), 1)));
        assert_eq!(of((196, 100), (0, 100), 10), None);
    }

    /// Krejcie & Morgan, Educational and Psychological Measurement 30 (1970) 607-610, table 1 (chi-square 3.841, P = 0.5, d = 0.05);
    /// the table rounds to the nearest, we round up.
    #[test]
    fn lies_at_most_one_above_the_table_of_krejcie_and_morgan() {
        for (population, table) in
            [(10, 10), (50, 44), (100, 80), (200, 132), (500, 217), (1000, 278), (2000, 322), (5000, 357), (10000, 370)]
        {
            let z = quantile(95).unwrap_or_default();
            let n = cochran(z, Points::ratio(5, 100).unwrap_or_default(), population).map_or(0, |(_, n)| n);
            assert!(n == table || n == table + 1, "{population}: {n}, table {table}");
        }
    }

    proptest! {
        #[test]
        fn shares_add_up_and_keep_floors(parts in prop::collection::vec((0_u64..500, 0_u64..8), 1..30), share in 0_u64..=100) {
            let (sizes, floors): (Vec<u64>, Vec<u64>) = parts.into_iter().unzip();
            let n = sizes.iter().sum::<u64>() * share / 100;
            let least: u64 = sizes.iter().zip(&floors).map(|(s, f)| s.min(f)).sum();
            match apportion(n, &sizes, &floors) {
                None => prop_assert!(least > n),
                Some(given) => {
                    prop_assert_eq!(given.iter().sum::<u64>(), n);
                    for ((g, s), f) in given.iter().zip(&sizes).zip(&floors) {
                        prop_assert!(g <= s && *g >= *f.min(s));
                    }
                }
            }
        }
    }
}
