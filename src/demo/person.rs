//! Fictitious persons and numbers: 某甲 names, identity cards of area codes that do not exist, firms of an unassigned region.
//! Must never make a number that could belong to anybody.

use std::collections::HashSet;

use jiff::civil::Date;

use super::draw::Draw;

const SURNAMES: &[&str] =
    &["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "秦", "尤", "许"];
const STEMS: &[&str] = &["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
const BRANCHES: &[&str] = &["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"];

/// A recipient, such as 赵某甲.
pub fn recipient(draw: &mut Draw) -> String {
    format!("{}某{}", draw.pick(SURNAMES), draw.pick(STEMS))
}

/// A lawyer, such as 钱拟辰.
pub fn lawyer(draw: &mut Draw) -> String {
    format!("{}拟{}", draw.pick(SURNAMES), draw.pick(BRANCHES))
}

/// A telephone number whose first digits no operator has.
pub fn phone(draw: &mut Draw) -> String {
    format!("100{:08}", draw.below(100_000_000))
}

/// An identity card number of an area that does not exist, not yet given to anybody.
pub fn id_card(area: &str, birth: Date, male: bool, taken: &mut HashSet<String>, draw: &mut Draw) -> String {
    let mut order = draw.below(500);
    loop {
        let (y, m, d) = (birth.year(), birth.month(), birth.day());
        let body = format!("{area}{y:04}{m:02}{d:02}{:03}", (order * 2 + u32::from(male)) % 1000);
        let card = format!("{body}{}", id_check(&body));
        if taken.insert(card.clone()) {
            return card;
        }
        order += 1;
    }
}

/// The check character of seventeen digits (GB 11643).
pub fn id_check(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(b, w)| u32::from(b.wrapping_sub(b'0')) * w).sum();
    ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][usize::try_from(sum % 11).unwrap_or(0)]
}

/// A credit code of a law firm (31) in an area that does not exist.
pub fn credit_code(area: u32, nth: u32, draw: &mut Draw) -> String {
    const LETTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body = format!("31{area:06}MX{nth:02}{:05}", draw.below(100_000));
    let (mut sum, mut weight) = (0, 1);
    for byte in body.bytes() {
        sum += LETTERS.iter().position(|l| *l == byte).unwrap_or(0) * weight;
        weight = weight * 3 % 31;
    }
    format!("{body}{}", char::from(LETTERS[(31 - sum % 31) % 31]))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::reference::identifiers;

    #[test]
    fn numbers_are_valid_and_differ() {
        let (mut draw, mut taken) = (Draw::new(1, 1), HashSet::new());
        for _ in 0..300 {
            let card = id_card("990101", date(1980, 2, 29), true, &mut taken, &mut draw);
            assert!(card.starts_with("99"));
            assert_eq!(identifiers::id_card(&card).map(|c| (c.birth, c.sex)), Ok((date(1980, 2, 29), identifiers::Sex::Male)));
            assert_eq!(identifiers::credit_code(&credit_code(990_101, 3, &mut draw)), Ok(()));
        }
        assert_eq!(taken.len(), 300);
    }
}
