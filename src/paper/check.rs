//! Whether what people gave with `--set` will do (核对给定的内容). Must not read files, and must not put another value in its place.

use super::form::{FORMS, Named};
use super::setting::COMMON;
use crate::base::points::narrow;
use crate::base::text::Text;

/// Fewest cases that may be printed as a group: of one case alone everything would be told.
pub const FLOOR: u64 = 2;

/// What is wrong with a value, as people wrote it, of a name of any form; nothing where it will do.
pub fn check(name: &str, value: &str) -> Option<Text> {
    let names = || COMMON.iter().chain(FORMS.iter().flat_map(|f| f.own_names())).filter(|n: &&Named| n.name == name);
    names().filter_map(|n| n.check).find_map(|check| check(value))
}

/// A whole number of cases in digits of any width, with or without 件.
pub fn whole_number(value: &str) -> Option<u64> {
    let digits: String = value.trim().trim_end_matches('件').trim_end().chars().map(narrow).collect();
    // `parse` would take a sign as well.
    digits.chars().all(|c| c.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{check, whole_number};

    #[test]
    fn whole_numbers_are_read_in_any_width_and_nothing_else_is() {
        let cases = [
            ("3", Some(3)),
            ("２", Some(2)),
            ("１２件", Some(12)),
            (" 5 件 ", Some(5)),
            ("007", Some(7)),
            ("", None),
            ("件", None),
            ("abc", None),
            ("-3", None),
            ("+3", None),
            ("3.5", None),
            ("三", None),
            ("3 4", None),
            ("99999999999999999999", None),
        ];
        for (value, number) in cases {
            assert_eq!(whole_number(value), number, "{value}");
        }
    }

    #[test]
    fn numbers_that_would_switch_protection_off_are_refused() {
        for name in ["最少件数", "最小单元"] {
            for value in ["0", "1", "１件", "abc", "-3", "3.5", "", "99999999999999999999"] {
                let said = check(name, value).unwrap_or_else(|| panic!("{name}={value}"));
                assert!(said.zh.contains("不小于 2 的整数"), "{said:?}");
            }
            for value in ["2", "３", "10件"] {
                assert_eq!(check(name, value).map(|t| t.zh.to_string()), None, "{name}={value}");
            }
        }
        // Other names take any words.
        assert!(check("主送机关", "0").is_none() && check("没有这个名称", "0").is_none());
    }
}
