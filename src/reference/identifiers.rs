//! Numbers with a form or a checksum: identity cards, credit codes, case numbers. Pure functions with typed faults.
//! Must not put a number into a message: they are personal, and messages belong to the checks.

use jiff::civil::Date;

use crate::base::date::DateFault;

mod case_no;
pub use case_no::{CourtNo, CourtNoFault, canonical_case_no, court_case_no, order_case_no};

/// The half-width twin of a full-width letter, digit or sign.
pub fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Spaces of every width, and the marks without width that copying leaves behind.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}')
}

/// Sex, by digit 17 of an identity card number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

/// What an identity card number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdCard {
    /// Date of birth.
    pub birth: Date,
    /// Sex.
    pub sex: Sex,
}

/// What is wrong with an identity card number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdFault {
    /// So many characters instead of 18.
    Length(usize),
    /// An old number of 15 digits, which has no check character.
    OldFifteen,
    /// Something other than digits, and X at the end.
    Characters,
    /// Digits 7–14 are no day, or one before 1900.
    Birth,
    /// The last character does not fit the others.
    Checksum,
}

/// Earliest year of birth taken for real.
const FIRST_BIRTH: i16 = 1900;

/// Reads an identity card number (GB 11643). Region codes are not judged: many were abolished after the number was given.
///
/// # Errors
/// The first fault, from length to checksum.
pub fn id_card(text: &str) -> Result<IdCard, IdFault> {
    let mut digits = [0_u8; 18];
    let mut n = 0;
    for c in text.chars().filter(|c| !is_blank(*c)).map(narrow) {
        if let Some(slot) = digits.get_mut(n) {
            // Anything wide or strange becomes a byte that is neither digit nor X.
            *slot = u8::try_from(c).unwrap_or(0).to_ascii_uppercase();
        }
        n += 1;
    }
    match n {
        15 if digits.iter().take(15).all(u8::is_ascii_digit) => return Err(IdFault::OldFifteen),
        18 => {}
        _ => return Err(IdFault::Length(n)),
    }
    let (body, last) = (&digits[..17], digits[17]);
    if !body.iter().all(u8::is_ascii_digit) || !(last.is_ascii_digit() || last == b'X') {
        return Err(IdFault::Characters);
    }
    let number = |from: usize, to: usize| body[from..to].iter().fold(0_i16, |n, d| n * 10 + i16::from(d - b'0'));
    let birth = birth(number(6, 10), number(10, 12), number(12, 14)).map_err(|_| IdFault::Birth)?;
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(d, w)| u32::from(d - b'0') * w).sum();
    if b"10X98765432"[usize::try_from(sum % 11).unwrap_or(0)] != last {
        return Err(IdFault::Checksum);
    }
    let sex = if body[16] % 2 == 1 { Sex::Male } else { Sex::Female };
    Ok(IdCard { birth, sex })
}

fn birth(year: i16, month: i16, day: i16) -> Result<Date, DateFault> {
    let short = |n: i16| i8::try_from(n).unwrap_or(0);
    let date = Date::new(year, short(month), short(day)).map_err(|_| DateFault::NoSuchDay)?;
    if year >= FIRST_BIRTH { Ok(date) } else { Err(DateFault::Implausible) }
}

/// What is wrong with a unified social credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreditFault {
    /// So many characters instead of 18.
    Length(usize),
    /// A character that codes do not use (I, O, S, V, Z and anything but digits and capitals).
    Character(char),
    /// The last character does not fit; this one would.
    Checksum(char),
}

/// Checks a unified social credit code (GB 32100).
///
/// # Errors
/// The first fault, from length to checksum.
pub fn credit_code(text: &str) -> Result<(), CreditFault> {
    const LETTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |c: char| LETTERS.iter().position(|l| char::from(*l) == c);
    let letters = || text.chars().filter(|c| !is_blank(*c)).map(|c| narrow(c).to_ascii_uppercase());
    let n = letters().count();
    if n != 18 {
        return Err(CreditFault::Length(n));
    }
    let (mut sum, mut weight, mut last) = (0_usize, 1_usize, '0');
    for (i, c) in letters().enumerate() {
        let value = value(c).ok_or(CreditFault::Character(c))?;
        if i < 17 {
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        last = c;
    }
    let expected = char::from(LETTERS[(31 - sum % 31) % 31]);
    if expected == last { Ok(()) } else { Err(CreditFault::Checksum(expected)) }
}

/// A canonical case number without its digits: courts number their cases otherwise than offices.
pub fn case_no_shape(number: &str) -> String {
    number.chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn identity_cards() {
        assert_eq!(id_card("11010519491231002X"), Ok(IdCard { birth: date(1949, 12, 31), sex: Sex::Female }));
        assert_eq!(id_card("440524188001010014").err(), Some(IdFault::Birth)); // the standard's own example, born 1880
        assert_eq!(id_card(" １１０１０５１９４９１２３１００２ｘ ").map(|c| c.sex), Ok(Sex::Female));
        let faults = [
            ("110105194912310021", IdFault::Checksum),
            ("11010519491331002X", IdFault::Birth),
            ("11010519490230002X", IdFault::Birth),
            ("110105491231002", IdFault::OldFifteen),
            ("1101051949123100", IdFault::Length(16)),
            ("", IdFault::Length(0)),
            ("1101051949123100XX", IdFault::Characters),
            ("十一010519491231002X", IdFault::Characters),
        ];
        for (text, fault) in faults {
            assert_eq!(id_card(text).err(), Some(fault), "{text}");
        }
    }

    #[test]
    fn credit_codes() {
        assert_eq!(credit_code("91350100M000100Y43"), Ok(()));
        assert_eq!(credit_code("31210000MD0052502C"), Ok(()));
        assert_eq!(credit_code("31210000md0052502c "), Ok(()));
        assert_eq!(credit_code("91350100M000100Y44"), Err(CreditFault::Checksum('3')));
        assert_eq!(credit_code("91350100M000100Y4"), Err(CreditFault::Length(17)));
        assert_eq!(credit_code("9135O100M000100Y43"), Err(CreditFault::Character('O')));
    }
}
