//! One invented firm: its form, its party branch, its logs, and what is wrong with it. Must not write anything.

use jiff::civil::{Date, date};

use super::super::draw::Draw;
use super::super::person;
use super::super::planted::Planted;
use super::entry;
use super::file::{File, Flaw, later};

const NAMES: &[(&str, &str)] =
    &[("正衡", "正衡"), ("启明", "启明"), ("同泽", "同泽"), ("守拙", "守拙"), ("平川", "平川"), ("知止", "知止")];

/// The six systems of the Act, then papers of the year, then those of the branch.
pub const RULES: &[&str] = &["执业管理制度", "利益冲突审查制度", "收费与财务管理制度", "投诉查处制度", "年度考核制度", "档案管理制度"];
/// Papers of the year.
pub const PAPERS: &[&str] = &["年度执业情况报告", "年度财务审计报告", "社会保险缴纳证明"];
/// Papers of the branch.
pub const PARTY_PAPERS: &[&str] = &["党员名册", "党费收缴记录"];

/// What is wrong with a firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// A quarter without general meeting.
    NoQuarter,
    /// Two months without committee.
    NoMonths,
    /// A theme day dated a year before.
    OtherYear,
    /// No meeting of self-review.
    NoReview,
    /// Half of them were there, no more.
    FewCame,
    /// Two theme days with the same minutes.
    Copied,
    /// No record of dues.
    NoDues,
    /// A month without party group.
    NoGroup,
    /// No system for conflicts of interest.
    NoConflict,
    /// No audit.
    NoAudit,
    /// Three studies only.
    ThreeStudies,
    /// No review of ethics.
    NoEthics,
    /// No register of seals.
    NoSeals,
    /// A complaint left open.
    Complaint,
    /// Not all are insured.
    Uninsured,
    /// Two partners.
    TwoPartners,
    /// Systems are not followed, as was found on site.
    NotFollowed,
}

impl Wrong {
    const PARTY: [Self; 7] = [Self::NoQuarter, Self::NoMonths, Self::OtherYear, Self::NoReview, Self::FewCame, Self::Copied, Self::NoDues];
    const OTHER: [Self; 9] = [
        Self::NoConflict,
        Self::NoAudit,
        Self::ThreeStudies,
        Self::NoEthics,
        Self::NoSeals,
        Self::Complaint,
        Self::Uninsured,
        Self::TwoPartners,
        Self::NotFollowed,
    ];

    /// The criterion that sees it, and what was done.
    pub fn seen(self) -> (&'static str, &'static str) {
        match self {
            Self::NoQuarter => ("U01", "缺一个季度的支部党员大会"),
            Self::NoMonths => ("U02", "缺两个月的支部委员会"),
            Self::OtherYear => ("U04", "一次主题党日的日期是上一年"),
            Self::NoReview => ("U06", "没有组织生活会"),
            Self::FewCame => ("U09", "一次支部党员大会到会没有过半"),
            Self::Copied => ("U10", "两次主题党日的记录完全相同"),
            Self::NoDues => ("U11", "没有党费收缴记录"),
            Self::NoGroup => ("U03", "缺一个月的党小组会"),
            Self::NoConflict => ("R01", "没有利益冲突审查制度"),
            Self::NoAudit => ("R04", "没有年度财务审计报告"),
            Self::ThreeStudies => ("Q03", "集中学习只有三次"),
            Self::NoEthics => ("Q04", "没有职业道德评查"),
            Self::NoSeals => ("R02", "没有用印登记"),
            Self::Complaint => ("Y03", "有一件投诉没有办结"),
            Self::Uninsured => ("Y01", "律师没有全部参加社会保险"),
            Self::TwoPartners => ("Q02", "合伙所只有两名合伙人"),
            Self::NotFollowed => ("R05", "现场问询：制度没有执行"),
        }
    }
}

/// A meeting or another event of the branch.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// Day.
    pub on: Date,
    /// 类型
    pub kind: &'static str,
    /// 主题
    pub topic: String,
    /// 应到
    pub expected: u32,
    /// 实到
    pub present: u32,
}

/// One firm.
#[derive(Debug)]
pub struct Firm {
    /// Id in the settings.
    pub id: String,
    /// Name, which is its folder too.
    pub name: String,
    /// 执业许可证号
    pub code: String,
    /// 设立日期
    pub founded: Date,
    /// Lawyers.
    pub lawyers: Vec<String>,
    /// 正式党员人数
    pub members: u32,
    /// 党支部成立日期, where there is a branch.
    pub branch: Option<Date>,
    /// 是否划分党小组
    pub groups: bool,
    /// What is wrong with it.
    pub wrong: Vec<Wrong>,
    /// Events of the branch, by day.
    pub meetings: Vec<Meeting>,
    /// Studies: day, 类型.
    pub studies: Vec<(Date, &'static str)>,
    /// Files.
    pub files: Vec<File>,
}

impl Firm {
    /// A firm: old with a branch, without one, with a small one, and one that was founded in the year, by turns.
    pub fn draw(index: u32, seed: u64) -> Self {
        let mut draw = Draw::new(seed, 0x0046_0000_0000 + u64::from(index));
        let at = usize::try_from(index).unwrap_or(0);
        let (word, short) = NAMES[at % NAMES.len()];
        let round = index / u32::try_from(NAMES.len()).unwrap_or(1);
        let again = if round == 0 { String::new() } else { format!("第{}", round + 1) };
        let lawyers: Vec<String> = (0..4).map(|_| person::lawyer(&mut draw)).collect();
        let (founded, branch, members, groups) = match index % 4 {
            0 => (date(2009, 5, 12), Some(date(2012, 7, 1)), 5, true),
            1 => (date(2015, 9, 8), None, 1, false),
            2 => (date(2011, 3, 21), Some(date(2018, 7, 1)), 4, false),
            _ => (date(2024, 2, 20), Some(date(2024, 5, 10)), 3, false),
        };
        let mut firm = Self {
            id: format!("99{:04}", 5001 + index),
            name: format!("云岭{word}{again}虚构律师事务所"),
            code: person::credit_code(990_100, index % 100, &mut draw),
            founded,
            lawyers,
            members,
            branch,
            groups,
            wrong: Vec::new(),
            meetings: Vec::new(),
            studies: Vec::new(),
            files: Vec::new(),
        };
        firm.go_wrong(&mut draw);
        firm.meet(&mut draw);
        firm.study(&mut draw);
        firm.work(&format!("{short}{again}"), index, &mut draw);
        firm
    }

    fn has(&self, wrong: Wrong) -> bool {
        self.wrong.contains(&wrong)
    }

    fn go_wrong(&mut self, draw: &mut Draw) {
        let mut some = |from: &[Wrong], n: usize, into: &mut Vec<Wrong>| {
            let mut left = from.to_vec();
            for _ in 0..n.min(left.len()) {
                into.push(left.remove(draw.index(left.len())));
            }
        };
        let mut wrong = Vec::new();
        if self.branch.is_some() {
            // Minutes of the committee are what is lacking most.
            wrong.push(Wrong::NoMonths);
            some(&Wrong::PARTY.iter().copied().filter(|w| *w != Wrong::NoMonths).collect::<Vec<_>>(), 2, &mut wrong);
            if self.groups {
                some(&[Wrong::NoGroup], 1, &mut wrong);
            }
        }
        some(&Wrong::OTHER, 2, &mut wrong);
        self.wrong = wrong;
    }

    fn meet(&mut self, draw: &mut Draw) {
        let Some(since) = self.branch else { return };
        // Months and quarters that are whole since there is a branch.
        let first = if since.year() == 2024 { since.month() + 1 } else { 1 };
        let months: Vec<i8> = (first..=12).collect();
        let (members, mut all) = (self.members, Vec::new());
        let mut hold = |month: i8, kind: &'static str, draw: &mut Draw| {
            let on = later(date(2024, month, 3), draw.below(24));
            let topic = format!("{kind}：讨论{month}月份支部工作和学习安排第{}项", draw.between(1, 9));
            all.push(Meeting { on, kind, topic, expected: members, present: members - draw.below(2).min(members / 3) });
        };
        let skipped = months[draw.index(months.len() - 1)];
        let quarter = draw.pick(&[8_i8, 11]);
        for month in &months {
            let month = *month;
            if month % 3 == 2 && month >= first + 1 - i8::from(first == 1) && !(self.has(Wrong::NoQuarter) && month == quarter) {
                hold(month, "支部党员大会", draw);
            }
            if !(self.has(Wrong::NoMonths) && (month == skipped || month == skipped + 1)) {
                hold(month, "支部委员会", draw);
            }
            if self.groups && !(self.has(Wrong::NoGroup) && month == skipped) {
                hold(month, "党小组会", draw);
            }
            hold(month, "主题党日", draw);
        }
        hold(7, "党课", draw);
        if !self.has(Wrong::NoReview) {
            hold(12, "组织生活会", draw);
        }
        hold(12, "民主评议党员", draw);
        hold(9, "谈心谈话", draw);
        if self.has(Wrong::FewCame)
            && let Some(meeting) = all.iter_mut().find(|m| m.kind == "支部党员大会")
        {
            meeting.present = meeting.expected / 2;
        }
        let themes: Vec<usize> = all.iter().enumerate().filter(|(_, m)| m.kind == "主题党日").map(|(i, _)| i).collect();
        if self.has(Wrong::Copied) {
            all[themes[1]].topic = all[themes[0]].topic.clone();
        }
        if self.has(Wrong::OtherYear) {
            let meeting = &mut all[themes[2]];
            meeting.on = date(2023, meeting.on.month(), meeting.on.day());
        }
        all.sort_by(|a, b| (a.on, a.kind).cmp(&(b.on, b.kind)));
        self.meetings = all;
    }

    fn study(&mut self, draw: &mut Draw) {
        let mut months = vec![3_i8, 5, 8, 11];
        if self.has(Wrong::ThreeStudies) {
            months.remove(draw.index(4));
        }
        let mut all: Vec<(Date, &'static str)> =
            months.into_iter().map(|m| (later(date(2024, m, 2), draw.below(20)), "政治和职业道德学习")).collect();
        if !self.has(Wrong::NoEthics) {
            all.push((date(2024, 12, 12), "职业道德评查"));
        }
        all.push((date(2024, 6, 20), "业务学习"));
        all.sort_unstable();
        self.studies = all;
    }

    fn work(&mut self, short: &str, index: u32, draw: &mut Draw) {
        let mut usual = Flaw::USUAL.to_vec();
        let mut flaws = vec![Some(Flaw::Late)];
        for _ in 0..2 {
            flaws.push(Some(usual.remove(draw.index(usual.len()))));
        }
        // One firm of three has a file that fails, and with it the rate and the count of such files.
        flaws.extend([None, (index % 3 == 2).then_some(Flaw::Fails), None, None, None]);
        let since = self.founded.max(date(2024, 1, 8));
        let mut files: Vec<File> =
            (0_u32..).zip(flaws).map(|(nth, flaw)| File::draw(short, nth, &self.lawyers, since, flaw, draw)).collect();
        for file in files.iter_mut().skip(5) {
            file.drawn = false;
        }
        if let Some(open) = files.last_mut() {
            (open.closed, open.filed) = (None, None);
        }
        self.files = files;
    }

    /// Files that were looked through.
    pub fn drawn(&self) -> u32 {
        u32::try_from(self.files.iter().filter(|f| f.drawn).count()).unwrap_or(0)
    }

    /// What is planted.
    pub fn planted(&self) -> Vec<Planted> {
        let own = self.wrong.iter().map(|w| w.seen()).map(|(criterion, what)| entry(&self.name, "", criterion, what));
        let mut all: Vec<Planted> = own.collect();
        for file in self.files.iter().filter(|f| f.drawn) {
            let Some((criteria, what)) = file.flaw.map(Flaw::seen) else { continue };
            all.extend(criteria.iter().map(|c| entry(&self.name, &file.case_no, c, what)));
            if file.flaw == Some(Flaw::Fails) {
                all.push(entry(&self.name, "", "W02", "有一卷不合格，优良率不到 90%"));
                all.push(entry(&self.name, "", "W03", "有一卷不合格"));
            }
        }
        all
    }

    /// Label and value of the form.
    pub fn form(&self) -> Vec<(String, String)> {
        let flag = |yes: bool| if yes { "是" } else { "否" }.to_owned();
        let there = |yes: bool| if yes { "有" } else { "无" }.to_owned();
        let partners = if self.has(Wrong::TwoPartners) { 2 } else { 3 };
        let mut rows: Vec<(&str, String)> = vec![
            ("律师事务所名称", self.name.clone()),
            ("执业许可证号", self.code.clone()),
            ("设立日期", self.founded.to_string()),
            ("组织形式", "普通合伙".to_owned()),
            ("执业律师人数", self.lawyers.len().to_string()),
            ("合伙人人数", partners.to_string()),
            ("年度内是否受到处罚或者处分", flag(false)),
            ("放任律师违法违纪造成严重后果", flag(false)),
            ("未办结投诉件数", u32::from(self.has(Wrong::Complaint)).to_string()),
            ("律师是否全部参加社会保险", flag(!self.has(Wrong::Uninsured))),
            ("律师年度考核是否全部完成", flag(true)),
            ("正式党员人数", self.members.to_string()),
            ("是否建立党支部", flag(self.branch.is_some())),
        ];
        if let Some(since) = self.branch {
            rows.push(("党支部成立日期", since.to_string()));
            rows.push(("是否划分党小组", flag(self.groups)));
        }
        rows.extend(RULES.iter().map(|r| (*r, there(!(self.has(Wrong::NoConflict) && *r == "利益冲突审查制度")))));
        rows.extend(PAPERS.iter().map(|p| (*p, there(!(self.has(Wrong::NoAudit) && *p == "年度财务审计报告")))));
        if self.branch.is_some() {
            rows.extend(PARTY_PAPERS.iter().map(|p| (*p, there(!(self.has(Wrong::NoDues) && *p == "党费收缴记录")))));
        }
        rows.extend([
            ("Q05 律师思想状况和队伍面貌", "4".to_owned()),
            ("R05 制度执行情况", if self.has(Wrong::NotFollowed) { "1" } else { "2" }.to_owned()),
            ("W05 当事人回访反映", "6".to_owned()),
            ("Y04 律师、实习人员和辅助人员管理", "3".to_owned()),
        ]);
        rows.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
    }

    /// Whether it keeps a register of seals.
    pub fn keeps_seals(&self) -> bool {
        !self.has(Wrong::NoSeals)
    }
}
