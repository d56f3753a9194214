//! A mistake in a rubric or in settings (标准或设置有误): all are collected, all are shown, nothing runs.
//! Must not stop at the first one.

use std::cell::RefCell;
use std::ops::Range;

use super::text::Text;

/// A TOML text with the path shown to people.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path or built-in name.
    pub path: String,
    /// Content.
    pub text: String,
}

/// A byte range of one [`Source`], by its index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Index into the list of sources.
    pub source: usize,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Spot {
    /// A range of a source.
    pub fn new(source: usize, span: Range<usize>) -> Self {
        Self { source, start: span.start, end: span.end }
    }
}

/// One mistake (error) or lint (warning).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// `R001`… for rubrics, `S001`… for settings, `L001`… for lints; listed in [`MISTAKES`].
    pub code: &'static str,
    /// Where.
    pub at: Spot,
    /// What is wrong.
    pub message: Text,
    /// How to mend it.
    pub help: Option<Text>,
    /// Other places that have to do with it, each with a label.
    pub also: Vec<(Spot, Text)>,
}

impl Mistake {
    /// Whether it only warns.
    pub fn is_lint(&self) -> bool {
        self.code.starts_with('L')
    }
}

/// Collects mistakes; shared by everything that reads one set of sources.
#[derive(Debug, Default)]
pub struct Mistakes {
    list: RefCell<Vec<Mistake>>,
}

impl Mistakes {
    /// Adds one.
    pub fn push(&self, code: &'static str, at: &Spot, message: Text) {
        self.add(Mistake { code, at: at.clone(), message, help: None, also: Vec::new() });
    }

    /// Adds one with advice; no words are no advice.
    pub fn push_help(&self, code: &'static str, at: &Spot, message: Text, help: Text) {
        let help = Some(help).filter(|h| !h.is_empty());
        self.add(Mistake { code, at: at.clone(), message, help, also: Vec::new() });
    }

    /// Adds one that is complete.
    pub fn add(&self, mistake: Mistake) {
        debug_assert!(MISTAKES.iter().any(|(code, _)| *code == mistake.code), "{} is not in MISTAKES", mistake.code);
        self.list.borrow_mut().push(mistake);
    }

    /// All of them, each once: errors before lints, then in order of place. In a text that is not TOML throughout, what is
    /// missing may only have been lost behind the slip, so it is not told before that is mended.
    pub fn into_sorted(self) -> Vec<Mistake> {
        let mut list = self.list.into_inner();
        let torn: Vec<Spot> = list.iter().filter(|m| m.code == "R001").map(|m| m.at.clone()).collect();
        list.retain(|m| match m.code {
            "R002" => torn.is_empty(),
            "R004" => torn.iter().all(|t| t.source != m.at.source || t.end < m.at.start || m.at.end < t.start),
            _ => true,
        });
        list.sort_by(|a, b| (a.is_lint(), &a.at, a.code, &a.message.zh).cmp(&(b.is_lint(), &b.at, b.code, &b.message.zh)));
        list.dedup();
        list
    }

    /// How many were found so far.
    pub fn count(&self) -> usize {
        self.list.borrow().len()
    }

    /// Whether any error (not lint) was found.
    pub fn any_error(&self) -> bool {
        self.list.borrow().iter().any(|m| !m.is_lint())
    }
}

/// The nearest of `known` to `word`, when near enough to be worth suggesting.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |k: &str| strsim::damerau_levenshtein(word, k);
    let best = known.into_iter().min_by_key(|k| distance(k))?;
    let (n, length) = (distance(best), word.chars().count().max(best.chars().count()));
    (n > 0 && (n == 1 || n * 5 <= length * 2) && n < length).then_some(best)
}

/// Advice with the nearest known word, or the list of known words when there are few.
pub fn suggest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Text> {
    let all: Vec<&str> = known.into_iter().collect();
    if let Some(best) = nearest(word, all.iter().copied()) {
        return Some(crate::say!("是不是想写 {best}？", "did you mean {best}?"));
    }
    let list = all.join(", ");
    (!all.is_empty() && all.len() <= 24).then(|| crate::say!("可用：{list}", "one of: {list}"))
}

/// Every code with what it means, for `explain`.
pub static MISTAKES: &[(&str, Text)] = &[
    ("L001", Text::fixed("各项分值之和与满分不符", "points do not add up to the total")),
    ("L002", Text::fixed("指标缺少通过或不通过的示例", "criterion without both a passing and a failing example")),
    ("L003", Text::fixed("依据待核", "basis not verified")),
    ("L004", Text::fixed("扣分上限大于该项分值", "deduction larger than the points")),
    ("L005", Text::fixed("期限各版本之间有空档", "gap between date versions of a limit")),
    ("L006", Text::fixed("有达不到的等次", "grade that cannot be reached")),
    ("R001", Text::fixed("不是有效的 TOML", "not valid TOML")),
    ("R002", Text::fixed("缺少必填项", "required key missing")),
    ("R003", Text::fixed("值的类型不对", "value of the wrong type")),
    ("R004", Text::fixed("不认识的键", "unknown key")),
    ("R005", Text::fixed("值不在允许范围", "value not allowed")),
    ("R006", Text::fixed("编号重复", "repeated id")),
    ("R007", Text::fixed("引用了不存在的字段", "unknown field")),
    ("R008", Text::fixed("引用了不存在的材料", "unknown document")),
    ("R009", Text::fixed("没有这种检查方法", "unknown check")),
    ("R010", Text::fixed("字段类型不适合", "field of the wrong type here")),
    ("R011", Text::fixed("选项中没有这个值", "value that the field cannot have")),
    ("R012", Text::fixed("条件写法有误", "condition not understood")),
    ("R013", Text::fixed("等次分段有空档、重叠或次序不对", "bands with a hole, an overlap or in disorder")),
    ("R014", Text::fixed("引用了不存在的等次", "unknown grade")),
    ("R015", Text::fixed("引用或继承的标准找不到，或循环引用", "extended or included rubric missing or circular")),
    ("R016", Text::fixed("同一词汇在不同标准中定义不一", "rubrics of one run define a word differently")),
    ("R017", Text::fixed("期限写法有误", "limit not understood")),
    ("R018", Text::fixed("扣分写法有误", "deduction not understood")),
    ("R019", Text::fixed("示例写法有误", "example not understood")),
    ("R020", Text::fixed("文件编码不是 UTF-8", "file is not UTF-8")),
    ("R022", Text::fixed("不认识的指标组", "unknown group")),
    ("R023", Text::fixed("率的写法有误", "rate not understood")),
    ("R024", Text::fixed("别名冲突", "alias claimed twice")),
    ("R025", Text::fixed("示例不符", "example failed")),
    ("S001", Text::fixed("设置有误", "settings wrong")),
    ("S002", Text::fixed("设置中的机构重复或冲突", "office declared twice or in conflict")),
    ("S003", Text::fixed("设置中的日期或期间有误", "date or period in settings wrong")),
    ("S004", Text::fixed("设置引用的文件找不到", "file named in settings not found")),
    ("S005", Text::fixed("抽卷设置 draw.toml 有误", "settings of a draw (draw.toml) wrong")),
    ("S006", Text::fixed("评估专家名单 reviewers.toml 有误", "list of reviewers (reviewers.toml) wrong")),
    ("S011", Text::fixed("排名设置 rank.toml 有误", "settings of a ranking (rank.toml) wrong")),
    ("S020", Text::fixed("整改台账设置 ledger.toml 有误", "settings of the ledger (ledger.toml) wrong")),
    ("S021", Text::fixed("经批准不扣分的设置（[[waiver]]）有误", "waiver in settings wrong")),
];
