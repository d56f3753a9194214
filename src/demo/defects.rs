//! The table of planted defects: what is wrong, and which criteria of the shipped rubrics see it.
//! Must hold no defect that another one of the same case could hide (what two of them use stands in `touches`), and none that
//! leaves a criterion unclear for which another one is named as the cause: such a criterion has no finding of its own.

use std::sync::LazyLock;

use super::changes;
use super::defect::Change::{Again, Blank, Excused, Late, Lose, Special, Write};
use super::defect::Fits::{All, Applied, ByNotice, Files, Heard, Judged, Notified, Severe, Trial, Written};
use super::defect::Needs::{self, Json, Nothing, Scans, Sheet, Ticks};
use super::defect::{Change, Defect, Fits, Step};
use super::flaws;

const fn row(
    criminal: bool,
    criteria: &'static [&'static str],
    what: &'static str,
    weight: u32,
    touches: &'static [&'static str],
    fits: Fits,
    change: Change,
) -> Defect {
    Defect { criminal, criteria, what, weight, touches, fits, needs: Nothing, change }
}

/// A defect of the civil rubric.
const fn civil(
    criteria: &'static [&'static str],
    what: &'static str,
    weight: u32,
    touches: &'static [&'static str],
    fits: Fits,
    change: Change,
) -> Defect {
    row(false, criteria, what, weight, touches, fits, change)
}

/// A defect of the criminal rubric.
const fn criminal(
    criteria: &'static [&'static str],
    what: &'static str,
    weight: u32,
    touches: &'static [&'static str],
    fits: Fits,
    change: Change,
) -> Defect {
    row(true, criteria, what, weight, touches, fits, change)
}

const fn needs(needs: Needs, defect: Defect) -> Defect {
    Defect { needs, ..defect }
}

/// Whatever would make two registrations of one matter differ, or both of them late.
const ALONE: &[&str] =
    &["person", "decide", "assign", "reply", "sign", "opinion", "close", "received", "order", "file", "interview", "practice"];

/// All of them, those inside dossiers too.
pub static DEFECTS: LazyLock<Vec<Defect>> = LazyLock::new(|| RECORDS.iter().copied().chain(flaws::all()).collect());

/// Those of records and of papers that are not there.
const RECORDS: &[Defect] = &[
    // Civil: dates
    civil(&["A02"], "审查决定超期", 9, &["decide"], Applied, Late(Step::Decide, 8)),
    civil(&["B01"], "指派超期", 9, &["assign"], All, Late(Step::Assign, 8)),
    civil(&["B03"], "签订委托协议超期", 12, &["sign"], All, Late(Step::Sign, 12)),
    civil(&["C06"], "书面代理意见超期提交", 4, &["opinion"], Written, Late(Step::Opinion, 6)),
    civil(&["D03"], "结案日期与收到结案文书日期不一致", 8, &["close", "received"], All, Late(Step::Close, 15)),
    civil(&["E01"], "归档超期", 14, &["file"], All, Late(Step::File, 40)),
    civil(&["E01"], "已结案，没有登记归档日期", 3, &["file"], All, Blank("filed_on")),
    civil(&["B03"], "签订超期，登记为受援人原因，需人工认定", 2, &["sign"], All, Excused(Step::Sign, "recipient_reason")),
    civil(&["B01"], "指派超期，登记为先行援助，需人工认定", 1, &["assign", "order"], All, Excused(Step::Assign, "urgent")),
    civil(&["B03"], "没有登记签订委托协议日期", 2, &["sign"], All, Blank("signed_on")),
    civil(&["C02"], "约见日期不是真实存在的日期", 3, &["interview"], All, Write("interviewed_on", "2024年2月30日")),
    civil(&["B06"], "裁判日期晚于收到文书日期", 5, &["order", "received"], Judged, Special(changes::judged_after_received)),
    civil(&["C02"], "约见日期晚于开庭日期", 4, &["interview"], Heard, Special(changes::met_after_hearing)),
    // Civil: numbers and entries
    civil(&["A05"], "身份证号校验位错误", 5, &["person"], All, Special(changes::id_checksum)),
    civil(&["A05"], "身份证号少一位", 2, &["person"], All, Special(changes::id_short)),
    civil(&["A05"], "出生日期与身份证号不一致", 3, &["person"], All, Special(changes::birth)),
    civil(&["A05"], "性别与身份证号不一致", 3, &["person"], All, Special(changes::sex)),
    civil(&["A06"], "案号没有年度括号", 3, &["number"], All, Special(changes::number)),
    civil(&["A08"], "没有登记承办机构", 4, &["firm"], All, Blank("firm")),
    civil(&["A08"], "没有登记承办人", 3, &["firm"], All, Blank("lawyer")),
    civil(&["A08"], "没有登记受援人", 2, &["person"], All, Blank("recipient")),
    civil(&["B05"], "承办机构信用代码校验位错误", 5, &["firm"], All, Special(changes::credit)),
    // Civil: papers
    civil(&["A01"], "缺法律援助申请表", 4, &["intake"], All, Lose(&["application_form"])),
    civil(&["A01"], "缺身份证明", 4, &["intake"], All, Lose(&["identity_proof"])),
    civil(&["A01"], "缺经济困难状况说明或免予核查证明", 6, &["intake"], All, Lose(&["hardship_form", "exempt_proof"])),
    civil(&["A01"], "缺与申请事项有关的证明材料", 3, &["intake"], All, Lose(&["case_papers"])),
    civil(&["A03"], "缺审查表", 3, &["decision"], All, Lose(&["review_form"])),
    civil(&["A03"], "缺给予法律援助决定书", 3, &["decision"], All, Lose(&["decision"])),
    civil(&["A04"], "补正案件缺补充材料通知书", 4, &["supplement"], All, Lose(&["supplement_notice"])),
    civil(&["B02"], "缺指派通知书", 3, &["assignment"], All, Lose(&["assignment_notice"])),
    civil(&["B02"], "缺法律援助公函", 5, &["assignment"], All, Lose(&["office_letter"])),
    civil(&["B04"], "缺委托协议", 3, &["agreement"], All, Lose(&["agreement"])),
    civil(&["B04"], "缺授权委托书", 4, &["agreement"], All, Lose(&["power_of_attorney"])),
    civil(&["B04", "V03"], "缺委托协议和授权委托书，没有说明", 1, &["agreement", "sign"], All, Lose(&["agreement", "power_of_attorney"])),
    civil(&["C01"], "缺谈话笔录", 5, &["interview"], All, Lose(&["interview_note"])),
    civil(&["C03"], "缺阅卷笔录", 5, &["reading"], All, Lose(&["reading_note"])),
    civil(&["C04"], "缺起诉状", 3, &["pleading"], All, Lose(&["pleading"])),
    civil(&["C04"], "缺仲裁申请书", 2, &["pleading"], All, Lose(&["arbitration_request"])),
    civil(&["C04"], "缺证据材料", 3, &["pleading"], All, Lose(&["evidence_papers"])),
    civil(&["C05"], "开庭案件缺庭审笔录和开庭通知书", 6, &["hearing"], Heard, Lose(&["hearing_note", "court_summons"])),
    civil(&["C05"], "缺代理词", 4, &["hearing"], Judged, Lose(&["agency_opinion"])),
    civil(&["C07"], "缺承办情况通报记录", 7, &["progress"], All, Lose(&["progress_record"])),
    civil(&["C08"], "缺权利义务告知书", 3, &["notices"], All, Lose(&["rights_notice"])),
    civil(&["C08"], "缺风险告知书", 5, &["notices"], All, Lose(&["risk_notice"])),
    civil(&["D01"], "缺裁判文书", 3, &["closing"], All, Lose(&["judgment"])),
    civil(&["D01"], "缺仲裁裁决书或调解书", 2, &["closing"], All, Lose(&["award"])),
    civil(&["D01"], "缺和解（调解）协议", 2, &["closing"], All, Lose(&["settlement"])),
    civil(&["D02"], "缺结案报告表", 3, &["report"], All, Lose(&["closing_report"])),
    civil(&["D04"], "缺回访、征询意见记录", 10, &["revisit"], All, Lose(&["revisit_record", "court_feedback"])),
    // Civil: list of papers, conflicts, people
    civil(&["E02"], "卷内目录页码缺页", 6, &["list"], All, Special(changes::page_hole)),
    civil(&["E02"], "卷内目录页码重叠", 3, &["list"], All, Special(changes::page_overlap)),
    civil(&["E03"], "卷内材料次序颠倒", 6, &["list"], All, Special(changes::swapped)),
    needs(Scans, civil(&["J02"], "扫描了结案报告表，卷内目录漏列", 4, &["list", "report"], All, Special(changes::unlisted))),
    needs(Json, civil(&["J01"], "归档日期台账与卷内不一致", 5, &["file"], All, Special(changes::register_differs))),
    civil(&["J01"], "同一案件登记两次，承办机构不一致", 3, &["firm", "twice"], All, Special(changes::registered_twice)),
    civil(&["A07"], "同一事项用两个案号登记", 3, ALONE, All, Again),
    needs(Scans, civil(&["D02"], "卷内目录列有结案报告表，没有扫描件", 3, &["list", "report"], All, Special(changes::unscanned))),
    needs(Ticks, civil(&["D02"], "卷内目录列有结案报告表，清单勾为无", 3, &["list", "report"], All, Special(changes::ticked_off))),
    civil(&["F07"], "该项尚未评分", 2, &["marks"], All, Special(changes::unmarked)),
    civil(&["V01"], "受援人反映收取财物，待核查", 1, &["money"], All, Write("took_money", "是")),
    civil(&["V04"], "登记为未出庭，待核查", 1, &["attended"], Heard, Write("attended", "否")),
    needs(Sheet, civil(&["V01"], "受援人反映收取财物，认定成立", 1, &["money"], All, Special(changes::money_taken))),
    // Criminal: dates
    criminal(&["A02"], "收到通知后指派超期", 8, &["assign"], Notified, Late(Step::Assign, 6)),
    criminal(&["A03"], "告知办案机关超期", 7, &["reply"], Notified, Late(Step::Reply, 8)),
    criminal(&["A03"], "没有登记告知办案机关日期", 2, &["reply"], Notified, Blank("replied_on")),
    criminal(&["A05"], "审查决定超期", 4, &["decide"], Applied, Late(Step::Decide, 8)),
    criminal(&["A06"], "决定后指派超期", 4, &["assign"], Applied, Late(Step::Assign, 8)),
    criminal(&["A06"], "指派超期，登记为先行援助，需人工认定", 1, &["assign"], Applied, Excused(Step::Assign, "urgent")),
    criminal(&["B03"], "办理委托手续超期", 8, &["sign"], All, Late(Step::Sign, 12)),
    criminal(&["B03"], "办理委托手续超期，登记为受援人原因，需人工认定", 2, &["sign"], All, Excused(Step::Sign, "recipient_reason")),
    criminal(&["D03"], "书面意见超期提交", 5, &["opinion"], Written, Late(Step::Opinion, 6)),
    criminal(&["E03"], "结案日期与收到结案文书日期不一致", 6, &["close", "received"], All, Late(Step::Close, 15)),
    criminal(&["F01"], "归档超期", 10, &["file"], All, Late(Step::File, 40)),
    criminal(&["F01"], "已结案，没有登记归档日期", 2, &["file"], All, Blank("filed_on")),
    criminal(&["C02"], "会见日期不是真实存在的日期", 2, &["interview"], All, Write("interviewed_on", "2024.13.5")),
    criminal(&["E04"], "裁判日期晚于收到文书日期", 5, &["order", "received"], Judged, Special(changes::judged_after_received)),
    criminal(&["C02"], "会见日期晚于开庭日期", 4, &["interview"], Trial, Special(changes::met_after_hearing)),
    criminal(&["C04"], "阅卷日期早于指派日期", 4, &["reading", "assign"], Files, Special(changes::read_before_assigned)),
    criminal(&["D02"], "意见在裁判之后提交", 3, &["opinion", "order"], Trial, Special(changes::opinion_after_judgment)),
    // Criminal: numbers and entries
    criminal(&["A08"], "身份证号校验位错误", 4, &["person"], All, Special(changes::id_checksum)),
    criminal(&["A08"], "出生日期与身份证号不一致", 3, &["person"], All, Special(changes::birth)),
    criminal(&["A09"], "案号没有年度括号", 3, &["number"], All, Special(changes::number)),
    criminal(&["A11"], "没有登记承办机构", 3, &["firm"], All, Blank("firm")),
    criminal(&["A11"], "没有登记承办人", 3, &["firm"], All, Blank("lawyer")),
    criminal(&["B05"], "承办机构信用代码校验位错误", 4, &["firm"], All, Special(changes::credit)),
    criminal(&["E05"], "没有登记意见采纳情况", 5, &["adoption", "opinion"], Files, Blank("adoption")),
    criminal(&["B02", "V05"], "重大案件承办律师执业不足三年", 8, &["practice", "assign"], Severe, Special(changes::short_practice)),
    // Criminal: papers
    criminal(&["A01"], "缺通知（商请）公函", 4, &["notice"], ByNotice, Lose(&["notice_letter"])),
    criminal(&["A04"], "缺法律援助申请表", 3, &["intake"], Applied, Lose(&["application_form"])),
    criminal(&["A04"], "缺经济困难状况说明或免予核查证明", 3, &["intake"], Applied, Lose(&["hardship_form", "exempt_proof"])),
    criminal(&["A07"], "缺审查表", 3, &["decision"], Applied, Lose(&["review_form"])),
    criminal(&["A07"], "缺给予法律援助决定书", 2, &["decision"], Applied, Lose(&["decision"])),
    criminal(&["B01"], "缺指派通知书", 2, &["assignment"], All, Lose(&["assignment_notice"])),
    criminal(&["B01"], "缺法律援助公函", 4, &["assignment"], All, Lose(&["office_letter"])),
    criminal(&["B04"], "缺委托辩护协议", 3, &["agreement"], All, Lose(&["agreement"])),
    criminal(&["B04"], "缺授权委托书", 3, &["agreement"], All, Lose(&["power_of_attorney"])),
    criminal(
        &["B04", "V03"],
        "缺委托协议和授权委托书，没有说明",
        1,
        &["agreement", "sign"],
        All,
        Lose(&["agreement", "power_of_attorney"]),
    ),
    criminal(&["C01"], "缺会见笔录", 5, &["interview"], All, Lose(&["interview_note"])),
    criminal(&["C03"], "缺阅卷笔录", 5, &["reading"], Files, Lose(&["reading_note"])),
    criminal(&["C05"], "缺起诉书（原审裁判文书）", 3, &["opening"], Trial, Lose(&["indictment"])),
    criminal(&["D01"], "缺书面意见", 4, &["opinion"], All, Lose(&["defence_opinion", "legal_opinion"])),
    criminal(&["D04"], "缺庭审笔录", 4, &["hearing"], Trial, Lose(&["hearing_note"])),
    criminal(&["D04"], "缺出庭提纲", 3, &["hearing"], Trial, Lose(&["hearing_outline"])),
    criminal(&["D05", "V04"], "登记为未出庭，待核查", 1, &["attended"], Trial, Write("attended", "否")),
    criminal(&["E01"], "缺刑事裁判文书", 3, &["closing"], All, Lose(&["judgment"])),
    criminal(&["E02"], "缺结案报告表", 2, &["report"], All, Lose(&["closing_report"])),
    criminal(&["E02"], "缺承办情况通报记录", 6, &["report"], All, Lose(&["progress_record"])),
    criminal(&["E06"], "缺回访、征询意见记录", 7, &["revisit"], All, Lose(&["revisit_record", "court_feedback"])),
    // Criminal: list of papers, conflicts, people
    criminal(&["F02"], "卷内目录页码缺页", 5, &["list"], All, Special(changes::page_hole)),
    criminal(&["F02"], "卷内目录页码重叠", 3, &["list"], All, Special(changes::page_overlap)),
    criminal(&["F03"], "卷内材料次序颠倒", 5, &["list"], All, Special(changes::swapped)),
    needs(Scans, criminal(&["J02"], "扫描了结案报告表，卷内目录漏列", 4, &["list", "report"], All, Special(changes::unlisted))),
    needs(Json, criminal(&["J01"], "归档日期台账与卷内不一致", 4, &["file"], All, Special(changes::register_differs))),
    criminal(&["J01"], "同一案件登记两次，承办机构不一致", 2, &["firm", "twice"], All, Special(changes::registered_twice)),
    criminal(&["A10"], "同一阶段案件用两个案号登记", 2, ALONE, All, Again),
    needs(Scans, criminal(&["E02"], "卷内目录列有结案报告表，没有扫描件", 3, &["list", "report"], All, Special(changes::unscanned))),
    needs(Ticks, criminal(&["E02"], "卷内目录列有结案报告表，清单勾为无", 3, &["list", "report"], All, Special(changes::ticked_off))),
    criminal(&["G07"], "该项尚未评分", 1, &["marks"], All, Special(changes::unmarked)),
    criminal(&["V01"], "受援人反映收取财物，待核查", 1, &["money"], All, Write("took_money", "是")),
];
