//! The columns of a register: which fields stand in it, how this office heads them, and what one case says in each.
//! Must not know the file format.

use super::marks::{self, Marked};
use super::office::{Office, Store};
use super::paper::written;
use super::story::{Cell, Facts, Story};

/// Which cases a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// All.
    Both,
    /// Not criminal ones.
    Civil,
    /// Criminal ones.
    Criminal,
}

/// A field with its usual headings and a width in characters.
#[derive(Debug, Clone, Copy)]
pub struct Heading {
    /// Field id.
    pub field: &'static str,
    /// Headings that offices use.
    pub words: &'static [&'static str],
    /// Cases.
    pub whom: For,
    /// Width.
    pub width: u16,
}

const fn all(field: &'static str, width: u16, words: &'static [&'static str]) -> Heading {
    Heading { field, words, whom: For::Both, width }
}

const fn civil(field: &'static str, width: u16, words: &'static [&'static str]) -> Heading {
    Heading { field, words, whom: For::Civil, width }
}

const fn criminal(field: &'static str, width: u16, words: &'static [&'static str]) -> Heading {
    Heading { field, words, whom: For::Criminal, width }
}

/// Fields in order of columns.
pub const HEADINGS: &[Heading] = &[
    all("case_no", 26, &["案号", "案件编号", "援助案号", "法律援助案号"]),
    all("office", 20, &["法律援助机构", "受理机构", "援助机构"]),
    all("case_type", 10, &["案件类型", "案件类别", "案件种类"]),
    all("stage", 10, &["诉讼阶段", "办案阶段", "承办阶段"]),
    all("channel", 12, &["法律援助类型", "案件来源", "受理方式"]),
    all("state", 10, &["案件状态", "办理状态", "办案状态"]),
    all("cause", 24, &["案由", "案由（罪名）", "案由或罪名"]),
    all("recipient", 12, &["受援人", "受援人姓名", "姓名"]),
    all("sex", 6, &["性别", "受援人性别"]),
    all("id_no", 21, &["身份证号", "身份证号码", "公民身份号码"]),
    all("birth_on", 12, &["出生日期", "出生年月日"]),
    all("phone", 14, &["联系电话", "受援人电话"]),
    all("recipient_group", 12, &["受援人类别", "人群类别", "特殊群体"]),
    criminal("custody", 12, &["羁押状态", "羁押情况", "强制措施"]),
    all("applied_on", 12, &["申请日期", "申请时间", "收到申请日期"]),
    civil("supplement_period", 24, &["补正期间", "补充材料期间", "补正材料期间"]),
    all("decided_on", 12, &["决定日期", "审批日期", "审查决定日期"]),
    criminal("notified_on", 14, &["收到通知日期", "收到公函日期", "收函日期"]),
    criminal("replied_on", 18, &["回函日期", "告知办案机关日期", "函告办案机关日期"]),
    all("urgent", 10, &["先行援助", "是否先行援助"]),
    criminal("severe", 22, &["可能判处无期徒刑死刑", "是否可能判处无期徒刑死刑"]),
    all("assigned_on", 12, &["指派日期", "指派时间", "安排日期"]),
    all("lawyer", 12, &["承办人", "承办律师", "承办人员"]),
    criminal("licensed_on", 14, &["执业起始日期", "首次执业日期"]),
    criminal("practice_years", 10, &["执业年限", "执业年数"]),
    all("firm", 26, &["承办机构", "承办单位", "律师事务所"]),
    all("firm_credit_code", 22, &["承办机构统一社会信用代码", "统一社会信用代码", "信用代码"]),
    all("signed_on", 18, &["签订委托协议日期", "签订日期", "委托日期"]),
    all("recipient_reason", 14, &["因受援人原因未签", "受援人原因"]),
    all("interviewed_on", 16, &["会见（约见）日期", "会见日期", "约见日期"]),
    criminal("read_on", 12, &["阅卷日期", "阅卷时间"]),
    all("no_hearing_notice_on", 18, &["收到不开庭通知日期", "不开庭通知日期"]),
    all("hearing_on", 12, &["开庭日期", "开庭时间", "庭审日期"]),
    all("attended", 10, &["是否出庭", "律师是否出庭"]),
    all("opinion_on", 16, &["提交意见日期", "提交书面意见日期"]),
    criminal("adoption", 14, &["意见采纳情况", "采纳情况"]),
    all("closing_way", 12, &["结案方式", "办结方式"]),
    all("judged_on", 14, &["裁判日期", "判决日期", "裁判文书日期"]),
    all("document_received_on", 18, &["收到结案文书日期", "文书收到日期", "收到文书日期"]),
    all("closed_on", 12, &["结案日期", "结案时间", "办结日期"]),
    all("filed_on", 12, &["归档日期", "归档时间", "立卷日期"]),
    civil("recovered", 14, &["挽回损失（元）", "挽回损失金额"]),
    all("revisit", 14, &["回访满意度", "受援人满意度", "满意度"]),
    all("archive_no", 26, &["档号", "案卷号", "档案号"]),
    all("file_count", 14, &["电子文件数", "文件数", "扫描文件数"]),
    all("file_bytes", 18, &["电子文件字节数", "字节数", "文件字节数"]),
    all("took_money", 20, &["受援人反映收取财物", "是否违规收受财物"]),
];

/// Papers that a checklist asks for.
pub const TICKED: &[(&str, &str)] = &[
    ("identity_proof", "身份证明"),
    ("decision", "给予法律援助决定书"),
    ("assignment_notice", "指派通知书"),
    ("agreement", "委托协议"),
    ("power_of_attorney", "授权委托书"),
    ("closing_report", "结案报告表"),
    ("cover", "案卷封面"),
    ("contents_page", "卷内文件目录"),
    ("notes_page", "卷内备考表"),
];

/// A column.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    /// 序号
    Number,
    /// A field.
    Field(Heading),
    /// 卷宗形式
    Evidence,
    /// A checklist column.
    Tick(&'static str, &'static str),
    /// 卷内目录
    Contents,
    /// A mark.
    Mark(Marked),
    /// 备注
    Remark,
}

impl Column {
    /// What stands above it at this office.
    pub fn heading(&self, office: &Office) -> String {
        match self {
            Self::Number => "序号".to_owned(),
            Self::Field(heading) => heading.words[office.spelling % heading.words.len()].to_owned(),
            Self::Evidence => "卷宗形式".to_owned(),
            Self::Tick(_, title) => (*title).to_owned(),
            Self::Contents => "卷内目录".to_owned(),
            Self::Mark(marked) => format!("{} {}", marked.id, marked.title),
            Self::Remark => "备注".to_owned(),
        }
    }

    /// Width in characters.
    pub fn width(&self) -> u16 {
        match self {
            Self::Number => 6,
            Self::Field(heading) => heading.width,
            Self::Evidence => 10,
            Self::Tick(..) | Self::Mark(_) => 14,
            Self::Contents => 60,
            Self::Remark => 12,
        }
    }

    /// What stands in it for a case; `row` counts the cases of the sheet.
    pub fn cell(&self, office: &Office, story: &Story, row: u32) -> Option<Cell> {
        match self {
            Self::Number => Some(Cell::Number(row)),
            Self::Field(heading) if heading.field == "case_no" => Some(Cell::Text(story.number.clone())),
            Self::Field(heading) => field(office, &story.facts, heading.field),
            Self::Evidence => {
                let word = match office.store {
                    Store::Scanned => "扫描",
                    Store::Mixed => "混合",
                    Store::Paper => "纸质",
                };
                Some(Cell::Text(word.to_owned()))
            }
            Self::Tick(id, _) => tick(office, story, id).map(|t| Cell::Text(t.to_owned())),
            Self::Contents => story.lines.as_deref().map(|l| Cell::Text(written(l))),
            Self::Mark(marked) => story.marks.get(marked.id).map(|m| m.given.clone()),
            Self::Remark => story.facts.get("remark").cloned(),
        }
    }

    /// What stands in it when a case is registered a second time: the papers and marks are not repeated.
    pub fn second(&self, office: &Office, story: &Story, facts: &Facts, row: u32) -> Option<Cell> {
        match self {
            Self::Tick(..) | Self::Contents | Self::Mark(_) => None,
            Self::Field(heading) if heading.field != "case_no" => field(office, facts, heading.field),
            _ => self.cell(office, story, row),
        }
    }
}

/// A value in the words of this office.
fn field(office: &Office, facts: &Facts, id: &str) -> Option<Cell> {
    let cell = facts.get(id)?;
    let Cell::Text(text) = cell else { return Some(cell.clone()) };
    let style = office.spelling % 3;
    let word = match (id, text.as_str(), style) {
        ("state", "已结", 1) => "已归档",
        ("state", "已结", 2) => "已结案",
        ("stage", "审判", 1) => "审判阶段",
        ("stage", "侦查", 1) => "侦查阶段",
        ("stage", "审查起诉", 1) => "审查起诉阶段",
        ("custody", "羁押", 2) => "在押",
        ("channel", "通知", 1) => "通知辩护",
        ("channel", "申请", 2) => "申请类",
        ("case_type", "刑事", 1) => "刑事案件",
        ("case_type", "民事", 1) => "民事案件",
        ("case_type", "非诉讼", 2) => "非诉讼案件",
        ("closing_way", "判决", 2) => "判决结案",
        _ => text,
    };
    Some(Cell::Text(word.to_owned()))
}

fn tick(office: &Office, story: &Story, id: &str) -> Option<&'static str> {
    let (yes, no) = if office.spelling.is_multiple_of(2) { ("√", "×") } else { ("有", "无") };
    if story.ticked_off.contains(&id) {
        Some(no)
    } else if story.papers.iter().chain(&story.front).any(|p| p.id == id) {
        Some(yes)
    } else {
        None
    }
}

/// The columns of a sheet with such cases.
pub fn columns(office: &Office, whom: For) -> Vec<Column> {
    let fits = |one: For| one == For::Both || whom == For::Both || one == whom;
    let mut all = vec![Column::Number];
    let kept = |field: &str| match field {
        "archive_no" => office.archive,
        "file_count" | "file_bytes" => office.totals,
        _ => true,
    };
    all.extend(HEADINGS.iter().filter(|h| fits(h.whom) && kept(h.field)).copied().map(Column::Field));
    all.push(Column::Evidence);
    if office.store == Store::Paper {
        all.extend(TICKED.iter().map(|(id, title)| Column::Tick(id, title)));
    }
    if office.marked && !office.score_sheet {
        let civil = marks::CIVIL.iter().filter(|_| fits(For::Civil));
        all.extend(civil.chain(marks::CRIMINAL.iter().filter(|_| fits(For::Criminal))).copied().map(Column::Mark));
    }
    // Long, so something has to stand behind it, or it would run over the empty cells.
    if !office.contents_in_dossier {
        all.push(Column::Contents);
    }
    all.push(Column::Remark);
    all
}
