//! File names of workbooks: one total, injective function from office names, also where case does not count.
//! Must not look at the disk or at other offices.
//!
//! Usual characters stand for themselves. Everything that a file system refuses, folds or normalises is written `%hex;`.
//! Capital ASCII letters stay and are counted in a mask after `~`, so that names differing only in case differ in the mask.
//! A name too long for a path is cut and carries a hash after `~~`.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::digest::sha256;

/// Characters of the longest stem: with the folder before it, a path stays below the 260 of Windows.
const LONGEST: usize = 80;

/// Device names of Windows, whatever follows after a dot.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];

/// The name of an office's workbook, such as `东岭区.xlsx`. Different offices never share one, and none takes 总表.xlsx.
pub fn workbook(office: &str) -> String {
    stem(office) + ".xlsx"
}

/// Folder of score sheets.
pub const SHEETS: &str = "评分表";
/// Before the name of a calibration pack.
const PRACTICE: &str = "校准_";

/// The score sheets and the calibration pack of each reviewer, in [`SHEETS`], by code. Codes are short and rarely differ in nothing but
/// capitals, so these are counted only where they do: `Z01` is in `Z01.xlsx`.
pub fn of_reviewers<'a>(codes: impl Iterator<Item = &'a str> + Clone) -> BTreeMap<&'a str, [String; 2]> {
    let mut alike: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for code in codes.clone() {
        alike.entry(spelled(code).to_lowercase()).or_default().insert(code);
    }
    let name = |code: &str| {
        let plain = spelled(code);
        let alone = alike.get(&plain.to_lowercase()).is_none_or(|all| all.len() < 2);
        if alone && is_short(&plain) { plain } else { stem(code) }
    };
    let both = |code: &'a str| {
        let name = name(code);
        // A code that looks like the name of a pack is spelled out.
        let sheets = match name.strip_prefix('校').filter(|_| name.starts_with(PRACTICE)) {
            Some(rest) => format!("{SHEETS}/%{:x};{rest}.xlsx", u32::from('校')),
            None => format!("{SHEETS}/{name}.xlsx"),
        };
        (code, [sheets, format!("{SHEETS}/{PRACTICE}{name}.xlsx")])
    };
    codes.map(both).collect()
}

/// The score sheet of a reviewer in the n-th round of extra marks (加评), named after that of the first round.
pub fn of_extra(sheet: &str, round: usize) -> String {
    let plain = sheet.strip_prefix(SHEETS).and_then(|s| s.strip_prefix('/')).unwrap_or(sheet);
    format!("{SHEETS}/加评{round}_{plain}")
}

/// The name without its ending.
pub fn stem(office: &str) -> String {
    let mut name = spelled(office);
    let capitals = mask(office);
    if !capitals.is_empty() {
        name.push('~');
        name.push_str(&capitals);
    }
    if is_short(&name) {
        return name;
    }
    let mut hash = sha256(office.as_bytes());
    hash.truncate(32);
    let kept: String = name.chars().take(LONGEST / 2).collect();
    format!("{kept}~~{hash}")
}

fn is_short(name: &str) -> bool {
    name.chars().count() <= LONGEST && name.len() <= 2 * LONGEST
}

/// The name with every odd character spelled out; names that differ only in capitals are not told apart yet.
fn spelled(office: &str) -> String {
    let last = office.chars().count().saturating_sub(1);
    let guard = office == "总表" || is_device(office);
    let mut name = String::new();
    for (i, c) in office.chars().enumerate() {
        // A hidden file, a switch, or a space or dot that Windows drops.
        let edge = (i == 0 && matches!(c, '.' | ' ' | '-')) || (i == last && matches!(c, '.' | ' ')) || (i == 0 && guard);
        if edge || !is_plain(c) {
            name.push_str(&format!("%{:x};", u32::from(c)));
        } else {
            name.push(c);
        }
    }
    if office.is_empty() {
        name.push_str("%;");
    }
    name
}

/// Characters that every file system keeps as they are: not refused, folded to another case, or normalised.
fn is_plain(c: char) -> bool {
    match c {
        '"' | '*' | '/' | ':' | '<' | '>' | '?' | '\\' | '|' | '%' | '~' => false,
        ' '..='}' => true,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{2F7FF}' | '\u{30000}'..='\u{3FFFF}' => true,
        '（' | '）' | '〔' | '〕' | '【' | '】' | '《' | '》' | '、' | '，' | '。' | '·' | '—' | '“' | '”' | '〇' => {
            true
        }
        _ => false,
    }
}

/// Whether Windows takes this for a device: `CON`, `con .txt`, `LPT1`, `COM¹`.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_matches(' ').to_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let mut rest = numbered.unwrap_or_default().chars();
    DEVICES.contains(&stem.as_str()) || matches!((rest.next(), rest.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}

/// Which ASCII letters are capitals, as hexadecimal digits from the left; empty when none is.
fn mask(name: &str) -> String {
    let letters: Vec<bool> = name.chars().filter(char::is_ascii_alphabetic).map(|c| c.is_ascii_uppercase()).collect();
    if !letters.contains(&true) {
        return String::new();
    }
    let digit = |four: &[bool]| {
        let value = four.iter().enumerate().map(|(i, up)| u32::from(*up) << (3 - i)).sum();
        char::from_digit(value, 16).unwrap_or('0')
    };
    letters.chunks(4).map(digit).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{of_reviewers, stem, workbook};

    #[test]
    fn score_sheets_have_names_of_their_own() {
        let codes = ["Z01", "校准_甲", "../甲", "a1", "A1", "con", "甲"];
        let names = of_reviewers(codes.into_iter());
        for (code, sheets, pack) in [
            ("Z01", "评分表/Z01.xlsx", "评分表/校准_Z01.xlsx"),
            ("校准_甲", "评分表/%6821;准_甲.xlsx", "评分表/校准_校准_甲.xlsx"),
            ("甲", "评分表/甲.xlsx", "评分表/校准_甲.xlsx"),
            ("../甲", "评分表/%2e;.%2f;甲.xlsx", "评分表/校准_%2e;.%2f;甲.xlsx"),
            ("a1", "评分表/a1.xlsx", "评分表/校准_a1.xlsx"),
            ("A1", "评分表/A1~8.xlsx", "评分表/校准_A1~8.xlsx"),
            ("con", "评分表/%63;on.xlsx", "评分表/校准_%63;on.xlsx"),
        ] {
            assert_eq!(names[code], [sheets.to_owned(), pack.to_owned()], "{code}");
        }
    }

    #[test]
    fn usual_names_stay_and_odd_ones_are_spelled_out() {
        for (name, file) in [
            ("东岭区", "东岭区.xlsx"),
            ("东岭区法律援助中心（本级）", "东岭区法律援助中心（本级）.xlsx"),
            ("总表", "%603b;表.xlsx"),
            ("CON", "%43;ON~e.xlsx"),
            ("nul.txt", "%6e;ul.txt.xlsx"),
            ("甲/乙", "甲%2f;乙.xlsx"),
            ("甲.", "甲%2e;.xlsx"),
            ("ABC所", "ABC所~e.xlsx"),
            ("", "%;.xlsx"),
        ] {
            assert_eq!(workbook(name), file, "{name}");
        }
    }

    #[test]
    fn near_twins_never_meet() {
        let names =
            ["A所", "a所", "Ａ所", "ａ所", "é", "e\u{301}", "甲 ", "甲", "%41;所", "a所~8", "总表", "总表 ", "ﬁ", "fi", "豈", "\u{F900}"];
        let mut files: Vec<_> = names.iter().map(|n| workbook(n).to_lowercase()).collect();
        files.push("总表.xlsx".to_owned());
        files.sort();
        let before = files.len();
        files.dedup();
        // 豈 (U+8C48) and its compatibility twin differ; so do all others.
        assert_eq!(files.len(), before, "{files:?}");
    }

    fn name() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            Just("总表".to_owned()),
            Just("con".to_owned()),
            Just("CON".to_owned()),
            Just("~".to_owned()),
            Just("%".to_owned()),
            Just(".".to_owned()),
            Just(" ".to_owned()),
            Just("A".to_owned()),
            Just("a".to_owned()),
            Just("东岭区".to_owned()),
            Just(";".to_owned()),
            Just("/".to_owned()),
            any::<char>().prop_map(String::from),
            "[a-cA-C~%;0-9]{0,6}",
            Just("很长的名称".repeat(20)),
        ];
        prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn different_offices_never_share_a_file(a in name(), b in name()) {
            let (fa, fb) = (stem(&a).to_lowercase(), stem(&b).to_lowercase());
            prop_assert_eq!(a == b, fa == fb, "{:?} {:?} -> {} {}", a, b, fa, fb);
            prop_assert!(fa != "总表");
        }

        #[test]
        fn different_reviewers_never_share_a_file(all in proptest::collection::btree_set(name(), 1..6)) {
            let names = of_reviewers(all.iter().map(String::as_str));
            let files: std::collections::BTreeSet<String> = names.values().flatten().map(|f| f.to_lowercase()).collect();
            prop_assert_eq!(files.len(), 2 * all.len(), "{:?}", names);
        }

        #[test]
        fn every_name_is_a_file_name(a in name()) {
            let file = workbook(&a);
            prop_assert!(!file.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\0']));
            prop_assert!(!file.chars().any(char::is_control));
            prop_assert!(!file.starts_with(['.', ' ', '-', '~']) && file.len() <= 255 && !stem(&a).ends_with([' ', '.']));
        }
    }
}
