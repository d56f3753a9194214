//! Radicals that files have where the character is meant that looks the same: fonts often name the radical. Must not change what any
//! reader would see.

/// The characters of the radicals from U+2F00.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳\
心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音\
頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Later radicals that stand in files of today, each before its character.
const LATER: &str = "⺟母⺠民⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟";

/// The character that a radical stands for.
pub fn character(c: char) -> Option<char> {
    match c {
        '\u{2f00}'..='\u{2fd5}' => RADICALS.chars().nth((u32::from(c) - 0x2f00) as usize),
        '\u{2e80}'..='\u{2eff}' => LATER.chars().skip_while(|l| *l != c).nth(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_radical_has_its_character() {
        assert_eq!(RADICALS.chars().count(), 0x2FD6 - 0x2F00);
        assert_eq!(LATER.chars().count() % 2, 0);
        for (radical, c) in [('\u{2F00}', '一'), ('⽇', '日'), ('\u{2FD5}', '龠'), ('⻚', '页'), ('⻋', '车')] {
            assert_eq!(character(radical), Some(c));
        }
        assert_eq!(character('一'), None);
        // One that has no character of its own.
        assert_eq!(character('\u{2E80}'), None);
    }
}
