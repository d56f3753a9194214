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

/// Radicals that stand in files where the character should: programs take the glyph of one for that of the other.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The character that is meant: that of a radical; a mark for what has none.
pub fn meant(c: char) -> char {
    match c {
        '\u{2f00}'..='\u{2fd5}' => RADICALS.chars().nth(usize::try_from(u32::from(c) - 0x2f00).unwrap_or(0)).unwrap_or(c),
        '\u{a0}' | '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}
