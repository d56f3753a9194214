//! Whether a text makes sense as characters: fonts without their characters, and texts in a wrong encoding, do not. Must not judge what
//! it says.

use std::sync::OnceLock;

use super::spelling::{is_blank, plain};

/// The 3,755 characters of level 1 of GB 2312, which make nearly all of any text, and the 3,008 of level 2, of names and terms.
struct Common {
    level: Vec<u8>,
}

const FIRST: u32 = 0x4E00;

fn common() -> &'static Common {
    static COMMON: OnceLock<Common> = OnceLock::new();
    COMMON.get_or_init(|| {
        let mut level = vec![0_u8; 0x5200];
        for lead in 0xB0..=0xF7_u8 {
            for trail in 0xA1..=0xFE_u8 {
                let pair = [lead, trail];
                let Some(text) = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&pair) else { continue };
                let at = text.chars().next().and_then(|c| u32::from(c).checked_sub(FIRST)).and_then(|n| level.get_mut(n as usize));
                if let Some(at) = at {
                    *at = if lead < 0xD8 { 1 } else { 2 };
                }
            }
        }
        Common { level }
    })
}

/// Counts characters by whether they make sense.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Sense {
    all: u64,
    common: u64,
    rare: u64,
    letters: u64,
    signs: u64,
    /// The character before, to see runs of one sign (dots that lead to a page number, rules) as nothing.
    last: Option<char>,
}

impl Sense {
    /// Takes a part of the text.
    pub fn take(&mut self, chars: &[char]) {
        let common = common();
        for c in chars.iter().copied().filter(|c| !is_blank(*c)) {
            let repeated = self.last.replace(c) == Some(c) && !c.is_alphanumeric();
            if repeated {
                continue;
            }
            self.all += 1;
            match c {
                '\u{4E00}'..='\u{9FFF}' => match common.level.get((u32::from(c) - FIRST) as usize) {
                    Some(1) => self.common += 1,
                    Some(2) => self.rare += 1,
                    _ => {}
                },
                c if c.is_ascii_alphanumeric() => self.letters += 1,
                c if c.is_ascii_graphic() => self.signs += 1,
                '\u{3001}'..='\u{303F}'
                | '“'..='”'
                | '‘'..='’'
                | '…'
                | '—'
                | '―'
                | '·'
                | '×'
                | '℃'
                | '№'
                | '￥'
                | '¥'
                | '‰'
                | '±'
                | '÷' => self.common += 1,
                '□' | '■' | '☐' | '☑' | '☒' | '√' | '✓' | '✔' | '◇' | '◆' | '△' | '▲' | '●' | '★' | '☆' | '※' | '→' | '←' | '◎' => {
                    self.common += 1
                }
                '\u{2460}'..='\u{24FF}' | '\u{2160}'..='\u{217F}' | '\u{3220}'..='\u{3243}' | '\u{2500}'..='\u{257F}' => self.common += 1,
                _ => {}
            }
        }
    }

    /// Whether the text can be used: four of five characters make sense, and what are words stand out among signs and rare characters.
    pub fn is_usable(&self) -> bool {
        let good = self.common + self.rare + self.letters + self.signs;
        let words = self.common + self.letters;
        self.all > 0 && good * 5 >= self.all * 4 && self.signs * 2 <= self.all + 8 && self.rare * 4 <= words + 8
    }
}

/// Characters of a text that are no blanks.
pub fn count(text: &str) -> u64 {
    text.chars().filter(|c| !is_blank(plain(*c))).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usable(text: &str) -> bool {
        let mut sense = Sense::default();
        sense.take(&text.chars().map(plain).collect::<Vec<_>>());
        sense.is_usable()
    }

    const NOTE: &str = "谈话笔录\n时间：2024年3月5日9时30分\n地点：云岭市东岭区法律援助中心\n谈话人：李明  记录人：王芳\n被谈话人：覃玥\n问：请你说明申请法律援助的事项。\n答：我在工地干活，工资一直没有发。";

    #[test]
    fn texts_are_and_rubbish_is_not() {
        assert!(usable(NOTE));
        assert!(usable("Contract No. 12, signed in 2024."));
        assert!(usable("……………………………………………………12\n目录"));
        // UTF-8 read as GBK, GBK read as Latin-1, characters for private use, characters by the number of a glyph.
        let utf8_as_gbk = encoding_rs::GBK.decode(NOTE.as_bytes()).0.into_owned();
        let gbk_as_latin: String = encoding_rs::GBK.encode(NOTE).0.iter().map(|b| char::from(*b)).collect();
        let private: String = NOTE.chars().enumerate().map(|(i, _)| char::from_u32(0xE000 + i as u32).expect("private")).collect();
        let glyphs: String = NOTE.chars().filter_map(|c| char::from_u32(u32::from(c) * 7 % 20_000 + 0x4E00)).collect();
        let shifted: String = NOTE.chars().filter_map(|c| char::from_u32(u32::from(c) % 0x1400 + 0x80)).collect();
        let signs: String = NOTE.chars().map(|c| char::from(b"!\"#$%&'()*+,-./:;<=>?@"[u32::from(c) as usize % 22])).collect();
        for rubbish in [utf8_as_gbk, gbk_as_latin, private, glyphs, shifted, signs, "\u{FFFD}".repeat(40)] {
            assert!(!usable(&rubbish), "{}", rubbish.chars().take(40).collect::<String>());
        }
    }
}
