//! Papers of application, review and decision. Must not decide whether aid is given: it always is.

use super::{Slip, Teller, written};

/// Paragraphs of such a paper; `None` for others.
pub fn lines(t: &mut Teller<'_>, id: &str) -> Option<Vec<String>> {
    Some(match id {
        "application_form" => application(t),
        "hardship_form" => hardship(t),
        "supplement_notice" => supplement(t),
        "review_form" => review(t),
        "decision" => decision(t),
        _ => return None,
    })
}

fn application(t: &mut Teller<'_>) -> Vec<String> {
    if t.has(&Slip::NotFilled) {
        let labels = ["性别", "身份证号", "出生日期", "联系电话", "受援人类别", "住址", "案由", "申请事项", "证明人", "工作单位"];
        return std::iter::once(format!("姓名：{}", t.name())).chain(labels.iter().map(|l| format!("{l}："))).collect();
    }
    let place = format!("{}虚构{}", t.office.short, t.vary("{东|西|南|北|中}{街|镇|乡}{二|三|五|六}组"));
    let name = t.name();
    let mut lines = vec![
        format!("案号：{}", t.number()),
        format!("姓名：{name}"),
        t.entry("性别", "sex"),
        format!("身份证号：{}", t.id_no()),
        t.entry("联系电话", "phone"),
        t.entry("受援人类别", "recipient_group"),
        format!("住址：{place}"),
        t.entry("案由", "cause"),
    ];
    lines.extend(t.dated("申请日期", "applied_on"));
    lines.push("申请事项：请求指派律师提供法律援助。".to_owned());
    lines.push(format!("案情和申请理由：{}", t.facts(4).concat()));
    lines.push("本人承诺以上所填属实，如有虚假愿意承担相应后果。".to_owned());
    lines.push(t.signed("申请人（签名）", &name));
    lines
}

fn hardship(t: &mut Teller<'_>) -> Vec<String> {
    let name = t.name();
    vec![
        format!("申请人：{name}"),
        format!("身份证号：{}", t.id_no()),
        t.vary("家庭成员：{本人、配偶和一个孩子|本人和母亲|本人、父母和妹妹|本人一人}"),
        t.vary("收入来源：{打零工|种植和零工|低保金|子女接济|临时帮工}，月均{9~21}00元"),
        t.vary("主要支出：{房租和孩子学费|医药费|还债和日常生活|赡养老人}"),
        t.vary("困难情况：{没有存款和车辆|近期无固定收入|因病支出较大|家中只有一人劳动}，{符合当地标准|收入低于当地标准}。"),
        t.signed("申请人（签名）", &name),
        t.on("applied_on"),
    ]
}

fn supplement(t: &mut Teller<'_>) -> Vec<String> {
    vec![
        format!("{}：", t.name()),
        format!("你提出的法律援助申请（{}）收悉。经审查，还需补充下列材料：", t.number()),
        t.vary("{经济困难状况的说明|与对方关系的证明|损失的票据|证人的联系方式}，{一份|各一份}。"),
        t.vary("请在{五日|七日}内提交；补充材料所需时间不计算在审查期限内。"),
        format!("{}（印章）", t.office.centre),
    ]
}

fn review(t: &mut Teller<'_>) -> Vec<String> {
    let mut lines = vec![
        format!("案号：{}", t.number()),
        format!("申请人：{}", t.name()),
        format!("身份证号：{}", t.id_no()),
        t.entry("案由", "cause"),
    ];
    lines.extend(t.dated("申请日期", "applied_on"));
    lines.push(format!("案情摘要：{}", t.facts(2).concat()));
    let opinion = t.vary("审查意见：{属于法律援助事项范围|符合法律援助条件}，{材料齐全|材料补齐后符合要求}，建议给予法律援助。");
    lines.push(opinion);
    lines.push(t.signed("审查人（签名）", "冯拟寅"));
    lines.push(t.signed("批准人（签名）", "卫拟酉"));
    lines.extend(t.dated("批准日期", "decided_on"));
    lines
}

fn decision(t: &mut Teller<'_>) -> Vec<String> {
    let applied = t.story.known_day("applied_on").map_or_else(String::new, written);
    let mut lines = vec![
        format!("案号：{}", t.number()),
        format!("受援人：{}", t.name()),
        format!("身份证号：{}", t.id_no()),
        format!("你于{applied}就{}一事提出的法律援助申请，我中心已经审查。", t.word("cause")),
        t.vary("经审查，{你的申请符合《中华人民共和国法律援助法》规定的条件|申请事项和经济状况均符合规定}，决定给予法律援助。"),
        t.vary("{本中心将指派人员承办|承办人员另行通知}，{请配合承办人员工作|如有变化请及时说明}。"),
        format!("{}（印章）", t.office.centre),
    ];
    lines.extend(t.dated("决定日期", "decided_on"));
    lines
}
