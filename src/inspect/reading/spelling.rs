//! One spelling for characters that look the same, so that labels, titles and phrases are found however they were typed or extracted.
//! Must not change how many characters there are, but where it says so.

/// Kangxi radicals (U+2F00–U+2FD5) as the characters they look like: fonts in PDF often name the radical.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Radicals of the supplement (U+2E80–U+2EF3) that fonts use for simplified characters.
const SIMPLE: &[(char, char)] = &[
    ('\u{2EA0}', '民'),
    ('\u{2EC4}', '西'),
    ('\u{2EC5}', '见'),
    ('\u{2EC9}', '贝'),
    ('\u{2ECB}', '车'),
    ('\u{2ED3}', '长'),
    ('\u{2ED4}', '门'),
    ('\u{2EDA}', '页'),
    ('\u{2EDB}', '风'),
    ('\u{2EDC}', '飞'),
    ('\u{2EE2}', '马'),
    ('\u{2EE5}', '鱼'),
    ('\u{2EE6}', '鸟'),
    ('\u{2EE7}', '卤'),
    ('\u{2EE8}', '麦'),
    ('\u{2EE9}', '黄'),
    ('\u{2EEC}', '齐'),
    ('\u{2EEE}', '齿'),
    ('\u{2EF0}', '龙'),
    ('\u{2EF3}', '龟'),
];

/// One character in its plain spelling: half-width, every bracket round, every blank a space; tabs and ends of lines stay.
pub fn plain(c: char) -> char {
    match c {
        '\u{4E00}'..='\u{9FFF}' | '!'..='Z' | '^'..='z' | '\n' | '\t' | ' ' => c,
        '[' | '{' | '〔' | '【' | '〖' | '﹝' | '﹙' | '﹛' | '［' | '｛' | '（' => '(',
        ']' | '}' | '〕' | '】' | '〗' | '﹞' | '﹚' | '﹜' | '］' | '｝' | '）' => ')',
        '﹕' | '︰' | '∶' | '꞉' => ':',
        '•' | '・' | '･' | '‧' | '∙' | '⋅' => '·',
        '○' | '◯' | '⚪' => '〇',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{2F00}'..='\u{2FD5}' => RADICALS.chars().nth((u32::from(c) - 0x2F00) as usize).unwrap_or(c),
        '\u{2E80}'..='\u{2EF3}' => SIMPLE.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to),
        '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' => ' ',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Plain and without any blank: this is shorter than what it was given.
pub fn tight(text: &str) -> String {
    text.chars().map(plain).filter(|c| !is_blank(*c)).collect()
}

/// A space, a tab or the end of a line, after [`plain`].
pub const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// A blank, or the line that forms print under what is to be filled in.
pub const fn is_open(c: char) -> bool {
    is_blank(c) || matches!(c, '_' | '￣' | '—' | '―' | '─' | '▁')
}

/// A Chinese character.
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

/// A character that may stand inside a word.
pub fn is_word(c: char) -> bool {
    is_han(c) || c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (from, to) in [
            ("（２０２４）", "(2024)"),
            ("〔［【", "((("),
            ("⽇⽉⾦", "日月金"),
            ("⻚⻋", "页车"),
            ("姓　名：", "姓名:"),
            ("买买提•艾力", "买买提·艾力"),
        ] {
            assert_eq!(tight(from), to);
        }
        assert_eq!(RADICALS.chars().count(), 0x2FD6 - 0x2F00);
        assert_eq!(plain('\u{2FD5}'), '龠');
    }
}
