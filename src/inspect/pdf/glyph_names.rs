//! What the names of glyphs and the bytes of simple fonts say. Must not know pages.

/// Names of glyphs that forms and office programs use, besides letters that name themselves; pairs of a name and what it says.
const NAMES: &str = "space  exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) asterisk * \
plus + comma , hyphen - period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < \
equal = greater > question ? at @ bracketleft [ backslash \\ bracketright ] asciicircum ^ underscore _ grave ` braceleft { bar | \
braceright } asciitilde ~ bullet • endash – emdash — quoteleft ‘ quoteright ’ quotedblleft “ quotedblright ” quotesinglbase ‚ quotedblbase „ \
ellipsis … degree ° plusminus ± multiply × divide ÷ periodcentered · section § copyright © registered ® trademark ™ guillemotleft « \
guillemotright » yen ¥ sterling £ cent ¢ Euro € mu µ onehalf ½ onequarter ¼ threequarters ¾ fi ﬁ fl ﬂ minus − notequal ≠ lessequal ≤ \
greaterequal ≥ square □ checkmark ✓ a20 ✔ a73 ■ H22073 □ triagup ▲ nbspace \u{a0} sfthyphen \u{ad}";

/// What a glyph of that name says.
pub fn named(name: &str) -> Option<char> {
    let base = name.split('.').next().filter(|n| !n.is_empty())?;
    let mut letters = base.chars();
    if let (Some(c), None) = (letters.next(), letters.next()) {
        return Some(c);
    }
    if base == "space" {
        return Some(' ');
    }
    let hex = |digits: &str| (digits.len() >= 4).then(|| u32::from_str_radix(digits, 16).ok()).flatten().and_then(char::from_u32);
    if let Some(c) = base.strip_prefix("uni").and_then(|d| hex(d.get(..4)?)).or_else(|| base.strip_prefix('u').and_then(hex)) {
        return Some(c);
    }
    let mut words = NAMES.split(' ');
    while let Some(word) = words.next() {
        let says = words.next()?;
        if word == base {
            return says.chars().next();
        }
    }
    None
}

/// How a simple font reads its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bytes {
    /// As Windows does, and Adobe's own table where the two agree.
    Windows,
    /// As old Macs did.
    Mac,
}

impl Bytes {
    /// What a byte says.
    pub fn says(self, byte: u8) -> Option<char> {
        let encoding = match self {
            Self::Windows => encoding_rs::WINDOWS_1252,
            Self::Mac => encoding_rs::MACINTOSH,
        };
        let one = [byte];
        let (text, _) = encoding.decode_without_bom_handling(&one);
        text.chars().next().filter(|c| !c.is_control())
    }
}
