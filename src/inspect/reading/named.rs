//! Whether what stands behind a label is one of the values of the case. Must not keep the value, nor call one wrong that may be right.

use super::spelling::{is_blank, is_han, plain};
use crate::model::inside::Questions;

/// What is asked of persons, in one spelling.
#[derive(Debug, Default)]
pub struct Asked {
    fields: Vec<(String, Vec<String>)>,
}

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Nothing can be said, and nothing should.
    Nothing,
    /// A value, but whether it is the same cannot be told.
    Unclear,
    /// One of those of the case.
    Same,
    /// Clearly another person or number.
    Other,
}

/// One spelling of a name or a number: nothing but what it is made of.
pub fn bare(text: &str) -> String {
    text.chars().map(plain).filter(|c| !is_blank(*c)).map(|c| c.to_ascii_uppercase()).collect()
}

/// Longest value that is looked at; what is longer is a sentence.
const LONGEST: usize = 40;

impl Asked {
    /// Those of a case.
    pub fn new(questions: &Questions) -> Self {
        let all = |values: &[String]| values.iter().map(|v| bare(v)).filter(|v| v.chars().count() >= 2).collect::<Vec<_>>();
        let fields = questions.values.iter().map(|(field, values)| (field.clone(), all(values)));
        Self { fields: fields.filter(|(_, v)| !v.is_empty()).collect() }
    }

    /// Every value of every field.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().flat_map(|(_, v)| v).map(String::as_str)
    }

    /// Fields of which a value stands in a line.
    pub fn in_text<'s>(&'s self, tight: &str) -> impl Iterator<Item = &'s str> {
        self.fields.iter().filter(|(_, values)| values.iter().any(|v| tight.contains(v.as_str()))).map(|(field, _)| field.as_str())
    }

    /// Whether anything is asked about a field.
    pub fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|(f, _)| f == field)
    }

    /// Compares a value with those of a field. `beside`: it stands on the line of its label, behind a colon or in the next cell; below
    /// a label anything may stand, so there it is only ever called the same.
    pub fn answer(&self, field: &str, value: &[char], beside: bool) -> Answer {
        let Some((_, values)) = self.fields.iter().find(|(f, _)| f == field) else { return Answer::Nothing };
        // 受援人（签名）：   年 月 日
        let dated = super::blanks::is_unfilled(value) || super::days::at(value, 0, false).is_some();
        if value.is_empty() || value.len() > LONGEST || dated {
            return Answer::Nothing;
        }
        let text: String = value.iter().collect();
        let whole = bare(&text);
        let whole = whole.trim_end_matches(['。', '.', ',', ';', '、', ')']).to_owned();
        let one_of = |part: &str| values.iter().any(|v| v == part);
        if one_of(&whole) {
            return Answer::Same;
        }
        let head = whole.split(['(', ',', '。', ';']).next().unwrap_or_default();
        let parts: Vec<&str> = head.split(['、', ',', '/', ';', '和', '及', '与']).filter(|p| !p.is_empty()).collect();
        let words: Vec<String> =
            text.split(|c: char| is_blank(c) || "、,/;和及与(".contains(c)).map(bare).filter(|p| !p.is_empty()).collect();
        if parts.iter().any(|p| one_of(p)) || words.iter().any(|p| one_of(p)) {
            return Answer::Same;
        }
        if !beside {
            return Answer::Nothing;
        }
        // A masked name shows its surname.
        let surname = |v: &str| v.chars().next();
        let masked =
            |p: &&str| p.chars().any(is_mask) && surname(p).is_some_and(|c| SURNAMES.contains(c)) && (2..=4).contains(&p.chars().count());
        if head == whole && matches!(parts.as_slice(), [one] if masked(one) && self.values().all(|v| surname(v) != surname(one))) {
            return Answer::Other;
        }
        let elsewhere = |part: &str| self.fields.iter().any(|(_, v)| v.iter().any(|v| v == part));
        let near = |part: &str| self.values().any(|v| v.contains(part) || part.contains(v));
        let clear = (is_number(&whole) || !whole.contains(is_mask))
            && head == whole
            && !parts.is_empty()
            && parts.iter().all(|p| (is_name(p) || is_number(p)) && !elsewhere(p) && !near(p))
            // 张 三 is one name, 张三 男 is more than one thing.
            && (words.len() == parts.len() || words.iter().all(|w| w.chars().count() == 1));
        if !clear || is_number(&whole) != values.iter().any(|v| is_number(v)) {
            return Answer::Unclear;
        }
        Answer::Other
    }
}

const fn is_mask(c: char) -> bool {
    matches!(c, '某' | '*' | '×' | 'X' | 'x' | '〇' | '□' | '＊' | '?')
}

/// A whole identity card number, old or new.
fn is_number(text: &str) -> bool {
    let (body, last) = text.split_at_checked(text.len().saturating_sub(1)).unwrap_or((text, ""));
    let digits = body.bytes().all(|b| b.is_ascii_digit());
    digits
        && (text.len() == 18 && last.chars().all(|c| c.is_ascii_digit() || c == 'X')
            || text.len() == 15 && last.chars().all(|c| c.is_ascii_digit()))
}

/// What clearly is the name of a person: a usual surname and one or two characters more (two-character surnames: up to four), or a
/// name with a dot between its parts.
fn is_name(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    if chars.contains(&'·') {
        return chars.len() >= 4
            && chars.iter().all(|c| is_han(*c) || *c == '·')
            && chars.first() != Some(&'·')
            && chars.last() != Some(&'·');
    }
    if !chars.iter().all(|c| is_han(*c)) || NO_NAMES.iter().any(|w| text.contains(w)) {
        return false;
    }
    match chars.as_slice() {
        [a, b, _] | [a, b, _, _] if DOUBLE.iter().any(|d| d.chars().eq([*a, *b])) => true,
        [a, _] | [a, _, _] => SURNAMES.contains(*a),
        _ => false,
    }
}

/// Words that begin like a name and are none.
const NO_NAMES: &[&str] = &[
    "律师", "先生", "女士", "同志", "本人", "同上", "如下", "公司", "中心", "单位", "男", "女", "年", "月", "日", "法官", "检察", "经理",
    "主任", "所长", "代理", "委托", "申请", "签名", "签字", "盖章", "汉族", "农民", "工人", "职工", "无业", "退休", "务农", "农村", "城镇",
    "高中", "初中", "小学", "大专", "本科", "中专", "文盲", "家属", "父", "母", "妻", "夫", "子女", "成年", "单身", "已婚", "未婚", "离异",
    "丧偶", "居民", "身份", "姓名", "性别", "民族", "电话", "地址", "住址", "关系", "原告", "被告", "上诉", "当事", "方式", "时间", "地点",
    "日期", "类型", "详见", "见附", "左右", "方面", "全部", "共计", "合计", "安排", "金额", "程序", "项目", "经济", "常见", "于", "的",
    "了", "是", "有", "在", "等",
];

/// Surnames of two characters.
const DOUBLE: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "宇文", "长孙", "端木", "南宫", "轩辕",
];

/// Usual surnames of one character.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘闻厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰卿国狄索宣晋门云敬扈晁芮普阙浦戈伏鹿薄邸雍辜羊阿乌裘亓修邰赫杭宿鲜印逯隆茹诺战慕亢嵇哈湛宾戎勾茅尉冶斯束檀衣阴昝智幸植衡富尧闭";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        let questions = Questions {
            values: vec![
                ("recipient".into(), vec!["张三丰".into(), "买买提·艾力".into()]),
                ("id_no".into(), vec!["11010119900307001X".into()]),
                ("lawyer".into(), vec!["李明".into()]),
            ],
            ..Questions::default()
        };
        let asked = Asked::new(&questions);
        use Answer::{Nothing, Other, Same, Unclear};
        for (field, value, beside, answer) in [
            ("recipient", "张三丰", true, Same),
            ("recipient", "张某某", true, Unclear),
            ("recipient", "周某某", true, Other),
            ("recipient", "周某", true, Other),
            ("recipient", "周某某", false, Nothing),
            ("recipient", "周某某（已故）", true, Unclear),
            ("recipient", "李某", true, Unclear),
            ("recipient", "张 三 丰", true, Same),
            ("recipient", "张三丰。", true, Same),
            ("recipient", "张三丰（法定代理人王五）", true, Same),
            ("recipient", "王小五、张三丰", true, Same),
            ("recipient", "买买提·艾力", true, Same),
            ("recipient", "买买提•艾力", true, Same),
            ("recipient", "王小五", true, Other),
            ("recipient", "王 五", true, Other),
            ("recipient", "张三峰", true, Other),
            ("recipient", "艾力·买买提", true, Other),
            ("recipient", "欧阳娜娜", true, Other),
            // Below a label anything may stand.
            ("recipient", "王小五", false, Nothing),
            ("recipient", "张三丰", false, Same),
            ("recipient", "张某某", true, Unclear),
            ("recipient", "张*丰", true, Unclear),
            ("recipient", "张××", true, Unclear),
            ("recipient", "张三", true, Unclear),
            ("recipient", "农民", true, Unclear),
            ("recipient", "王律师", true, Unclear),
            ("recipient", "王小五 男", true, Unclear),
            ("recipient", "李明", true, Unclear),
            ("recipient", "云岭市某某公司", true, Unclear),
            ("recipient", "王小五等五人", true, Unclear),
            ("recipient", "王小五（张三丰之父）", true, Unclear),
            ("recipient", "我是一个农民，去年在云岭市一个工地上做工，老板一直没有给我发工资，我来问一问怎么办才好。", true, Nothing),
            ("recipient", "", true, Nothing),
            ("recipient", "年 月 日", true, Nothing),
            ("recipient", "2024年3月5日", true, Nothing),
            ("id_no", "11010119900307001x", true, Same),
            ("id_no", "110101 19900307 001X", true, Same),
            ("id_no", "110101199003070028", true, Other),
            ("id_no", "110101********001X", true, Unclear),
            ("id_no", "1101011990030700", true, Unclear),
            ("id_no", "王小五", true, Unclear),
            ("agent_name", "王小五", true, Nothing),
        ] {
            let value: Vec<char> = value.chars().map(plain).collect();
            assert_eq!(asked.answer(field, &value, beside), answer, "{field} {}", value.iter().collect::<String>());
        }
    }
}
