//! The table of planted defects inside dossiers: what is wrong with files, with the words of papers, with what is registered of files,
//! and what two dossiers share. Must hold none that leaves a criterion open which is not named beside it.

use super::defect::Change::{File, Lose, Shared, Words};
use super::defect::Needs::{self, Archive, Hashes, Numbers, Scans, Totals, Whole};
use super::defect::{Change, Defect, Fits, Twin};
use super::flaw::{Flaw, PROGRAM, SHORTCUT};
use super::slips;

/// Which rubrics a defect is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Both,
    Civil,
    Criminal,
}

/// Whatever takes papers or lines away: a flaw of a file is alone among them.
const PAPERS: &[&str] = &[
    "intake",
    "supplement",
    "decision",
    "assignment",
    "agreement",
    "interview",
    "reading",
    "pleading",
    "hearing",
    "progress",
    "notices",
    "closing",
    "report",
    "revisit",
    "list",
    "notice",
    "opening",
    "opinion",
    "twice",
    "files",
    "person",
    "number",
    "decide",
    "assign",
    "sign",
    "file",
];

const fn row(of: Of, criteria: &'static [&'static str], what: &'static str, needs: Needs, change: Change) -> (Of, Defect) {
    (of, Defect { criminal: false, criteria, what, weight: 3, touches: PAPERS, fits: Fits::All, needs, change })
}

const fn both(criteria: &'static [&'static str], what: &'static str, change: Change) -> (Of, Defect) {
    row(Of::Both, criteria, what, Scans, change)
}

const fn civil(criteria: &'static [&'static str], what: &'static str, change: Change) -> (Of, Defect) {
    row(Of::Civil, criteria, what, Scans, change)
}

const fn criminal(criteria: &'static [&'static str], what: &'static str, change: Change) -> (Of, Defect) {
    row(Of::Criminal, criteria, what, Scans, change)
}

const fn extra(name: &'static str, head: &'static [u8]) -> Change {
    File("", Flaw::Extra(name, head))
}

const ROWS: &[(Of, Defect)] = &[
    // Files that do not open
    both(&["K01"], "承办情况通报记录是空文件（0 字节）", File("progress_record", Flaw::Empty)),
    both(&["K01"], "法律援助公函只有前半截，PDF 不完整", File("office_letter", Flaw::Cut)),
    both(&["K01"], "授权委托书加了打开密码", File("power_of_attorney", Flaw::Locked)),
    both(&["K01"], "委托协议已损坏，PDF 打不开", File("agreement", Flaw::Rubbish)),
    both(&["K01"], "身份证明照片不完整", File("identity_proof", Flaw::Cut)),
    both(&["K01"], "回访记录照片不完整", File("revisit_record", Flaw::Cut)),
    // Formats
    both(&["K02"], "回访记录是图片，扩展名却是 pdf", File("revisit_record", Flaw::Disguised)),
    both(&["K03"], "回访记录是手机 HEIC 照片", File("revisit_record", Flaw::Heic)),
    both(&["K03"], "回访记录是 BMP 图片", File("revisit_record", Flaw::Bmp)),
    both(&["K03"], "结案报告表加了权限密码", File("closing_report", Flaw::Restricted)),
    both(&["K04"], "案卷里混有程序", extra("看图软件.exe", PROGRAM)),
    both(&["K04"], "案卷里混有快捷方式", extra("办案系统.lnk", SHORTCUT)),
    // Scans
    civil(&["K05"], "证据材料扫描只有 150dpi", File("evidence_papers", Flaw::Coarse)),
    both(&["K05"], "回访记录扫描只有 150dpi", File("revisit_record", Flaw::Coarse)),
    both(&["K06"], "给予法律援助决定书是灰度扫描", File("decision", Flaw::Grey)),
    criminal(&["K06"], "通知辩护公函是灰度扫描", File("notice_letter", Flaw::Grey)),
    civil(&["K07"], "证据材料第 1 页扫描歪斜", File("evidence_papers", Flaw::Skewed)),
    criminal(&["K07"], "通知辩护公函扫描歪斜", File("notice_letter", Flaw::Skewed)),
    both(&["K07"], "申请证据材料第 1 页横放", File("case_papers", Flaw::Lying)),
    criminal(&["K07"], "通知辩护公函横放", File("notice_letter", Flaw::Lying)),
    civil(&["K08"], "证据材料最后一页是空白页", File("evidence_papers", Flaw::Blank)),
    both(&["K08"], "申请证据材料最后一页是空白页", File("case_papers", Flaw::Blank)),
    both(&["K09"], "申请证据材料同一页扫描了两次", File("case_papers", Flaw::Twice)),
    civil(&["K09"], "证据材料同一页扫描了两次", File("evidence_papers", Flaw::Twice)),
    both(&["K09", "K10"], "指派通知书存了两份一样的文件", File("assignment_notice", Flaw::Copied)),
    civil(&["K10"], "证据材料漏扫一页", File("evidence_papers", Flaw::Short)),
    both(&["K10"], "会见（谈话）笔录漏扫一页", File("interview_note", Flaw::Short)),
    row(Of::Both, &["K11"], "扫描图片缺一个编号", Numbers, File("interview_note", Flaw::NumberLacks)),
    row(Of::Both, &["K11"], "扫描图片有两张同号", Numbers, File("interview_note", Flaw::NumberTwice)),
    row(Of::Both, &["K10", "K21"], "全卷 PDF 比目录少最后一页", Whole, File("", Flaw::Torn)),
    // Words
    both(&["K12"], "给予法律援助决定书写的是别人", Words("decision", slips::name)),
    both(&["K12"], "指派通知书写的是别人", Words("assignment_notice", slips::name)),
    both(&["K12"], "授权委托书的身份证号是别人的", Words("power_of_attorney", slips::id_no)),
    both(&["K12"], "结案报告表写的是别案的案号", Words("closing_report", slips::case_no)),
    both(&["K12"], "决定书的决定日期与登记不一致", Words("decision", slips::decided)),
    both(&["K12", "X03"], "指派通知书落款是休息日，与登记不一致", Words("assignment_notice", slips::day_off)),
    both(&["X04"], "委托协议落款晚于归档日期", Words("agreement", slips::after_filing)),
    both(&["K13"], "给予法律援助决定书日期空着", Words("decision", slips::no_date)),
    both(&["K13"], "指派通知书日期空着", Words("assignment_notice", slips::no_date)),
    both(&["K13"], "结案报告表没有签名", Words("closing_report", slips::no_signature)),
    both(&["K13"], "法律援助申请表基本没有填写", Words("application_form", slips::not_filled)),
    criminal(&["K14"], "起诉书文件里是起诉意见书", Words("indictment", slips::opinion)),
    both(&["K15"], "会见（谈话）笔录没有告知权利义务", Words("interview_note", slips::no_rights)),
    both(&["K16"], "结案报告表只有一句话", Words("closing_report", slips::short)),
    both(&["K17"], "案卷里有空白文书", extra("空白表格.txt", "法律援助文书样式 ".as_bytes())),
    both(&["K17"], "归的是决定书存根", File("decision", Flaw::Stub)),
    // Lists, totals and numbers
    row(Of::Both, &["K18"], "授权委托书列入哈希清单后有改动", Hashes, File("power_of_attorney", Flaw::Changed)),
    row(Of::Both, &["K18"], "委托协议没有列入哈希清单", Hashes, File("agreement", Flaw::Unlisted)),
    row(Of::Both, &["K19"], "登记的电子文件数与文件不符", Totals, File("", Flaw::Count)),
    row(Of::Both, &["K19"], "登记的字节数与文件不符", Totals, File("", Flaw::Size)),
    row(Of::Both, &["K20"], "档号与前一卷重复", Archive, Shared(Twin::Number)),
    row(Of::Both, &["K20"], "档号跳了号", Archive, Shared(Twin::Hole)),
    both(&["K21"], "没有案卷封面", Lose(&["cover"])),
    both(&["K21"], "没有卷内备考表", Lose(&["notes_page"])),
    // What two dossiers share
    both(&["X01"], "同一页扫描件放进了两个案卷", Shared(Twin::Scan)),
    both(&["X02"], "两个案卷的会见（谈话）笔录文字近乎相同", Shared(Twin::Text)),
    both(&["X05"], "回访照片拍摄于归档之后", File("revisit_record", Flaw::Late)),
];

/// The rows for each rubric that they are for.
pub fn all() -> impl Iterator<Item = Defect> {
    ROWS.iter().flat_map(|(of, defect)| {
        let civil = (*of != Of::Criminal).then_some(Defect { criminal: false, ..*defect });
        let criminal = (*of != Of::Civil).then_some(Defect { criminal: true, ..*defect });
        civil.into_iter().chain(criminal)
    })
}
