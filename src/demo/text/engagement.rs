//! Papers of assignment and engagement. Must not name anybody but the persons of the case.

use super::Teller;

/// Paragraphs of such a paper; `None` for others.
pub fn lines(t: &mut Teller<'_>, id: &str) -> Option<Vec<String>> {
    Some(match id {
        "assignment_notice" => assignment(t),
        "office_letter" => letter(t),
        "rights_notice" => rights(t),
        "risk_notice" => risk(t),
        "agreement" => agreement(t),
        "power_of_attorney" => power(t),
        _ => return None,
    })
}

fn assignment(t: &mut Teller<'_>) -> Vec<String> {
    let mut lines = vec![
        format!("案号：{}", t.number()),
        format!("{}：", t.word("firm")),
        format!("{}{}一案，我中心决定给予法律援助，现指派你单位{}承办。", t.name(), t.word("cause"), t.word("lawyer")),
        format!("受援人：{}", t.name()),
        t.entry("联系电话", "phone"),
        t.vary("请在五日内与受援人办理委托手续，并{及时报告承办情况|在结案后三十日内提交归档材料}。"),
        format!("{}（印章）", t.office.centre),
    ];
    lines.extend(t.dated("指派日期", "assigned_on"));
    lines
}

fn letter(t: &mut Teller<'_>) -> Vec<String> {
    let mut lines = vec![
        format!("案号：{}", t.number()),
        format!("{}：", t.authority()),
        format!("受援人{}{}一案，本中心已决定提供法律援助，指派{}律师承办，特此函告。", t.name(), t.word("cause"), t.word("lawyer")),
        t.entry("承办机构", "firm"),
        t.vary("{请予接洽。|请依法为承办律师履行职责提供便利。|请将有关文书送达承办律师。}"),
        format!("{}（印章）", t.office.centre),
    ];
    lines.extend(t.dated("指派日期", "assigned_on"));
    lines
}

fn rights(t: &mut Teller<'_>) -> Vec<String> {
    let name = t.name();
    let mut lines = vec![format!("{name}："), format!("你的案件（{}）已由我中心提供法律援助，现将权利和义务告知如下：", t.number())];
    lines.extend(t.some(
        &[
            "可以{向承办人员|向本中心}了解{办理进展|案件情况}。",
            "有证据证明承办人员{不履行职责的|怠于办理的}，可以申请更换。",
            "承办人员不得{收取任何财物|以任何名义收费}，如有发生请向本中心反映。",
            "应当{如实陈述案情|提供真实材料}，不得隐瞒。",
            "{经济状况变化|联系方式变更}的，应当及时通知本中心。",
            "对{终止援助的决定|服务质量}有异议的，可以{提出异议|书面反映}。",
        ],
        5,
    ));
    lines.push(t.signed("受援人（签名）", &name));
    lines.push(t.on("signed_on"));
    lines
}

fn risk(t: &mut Teller<'_>) -> Vec<String> {
    let name = t.name();
    let mut lines = vec![format!("{name}："), format!("就{}一案，提示下列风险：", t.word("cause"))];
    lines.extend(t.some(
        &[
            "诉讼请求{可能全部或部分得不到支持|应与证据相适应}。",
            "{逾期举证|证据没有原件}的，可能不被采纳。",
            "对方{没有履行能力|转移财产}的，裁判可能不能执行到位。",
            "{无正当理由不到庭|中途退庭}的，可能按撤回处理。",
            "超过{时效|法定期限}的，对方可以提出抗辩。",
        ],
        4,
    ));
    lines.push(t.signed("受援人（签名）", &name));
    lines.push(t.on("signed_on"));
    lines
}

fn agreement(t: &mut Teller<'_>) -> Vec<String> {
    let (name, lawyer) = (t.name(), t.word("lawyer").to_owned());
    let mut lines = vec![
        format!("案号：{}", t.number()),
        format!("委托人：{name}"),
        format!("受托人：{}", t.word("firm")),
        format!("一、受托人指派{lawyer}在{}一案中担任{}。", t.word("cause"), if t.is_criminal() { "辩护人" } else { "代理人" }),
    ];
    let terms = t.some(
        &[
            "委托人应当{如实陈述|及时提供材料}，受托人应当{勤勉尽责|依法维护其权益}。",
            "受托人不得{收取费用|接受财物}，办案补贴由法律援助机构支付。",
            "代理权限为{一般代理|特别授权}，以授权委托书为准。",
            "受托人应当{定期通报进展|保守在办理中知悉的秘密}。",
            "本协议自签字之日起生效，至{本阶段办结|结案}时止。",
            "{变更|解除}本协议的，应当书面告知法律援助机构。",
        ],
        4,
    );
    for (n, term) in ["二", "三", "四", "五"].iter().zip(terms) {
        lines.push(format!("{n}、{term}"));
    }
    lines.push(t.signed("委托人（签名）", &name));
    lines.push(t.signed("承办人（签名）", &lawyer));
    lines.extend(t.dated("签订日期", "signed_on"));
    lines
}

fn power(t: &mut Teller<'_>) -> Vec<String> {
    let (name, lawyer) = (t.name(), t.word("lawyer").to_owned());
    let mut lines = vec![
        format!("案号：{}", t.number()),
        format!("委托人：{name}"),
        format!("身份证号：{}", t.id_no()),
        format!("受委托人：{lawyer}"),
        t.entry("承办机构", "firm"),
        format!("现委托上列受委托人在{}一案中担任{}。", t.word("cause"), if t.is_criminal() { "辩护人" } else { "诉讼代理人" }),
        t.vary("委托权限：{一般授权|代为陈述事实、参加辩论和调解|代为提出意见、申请和会见}。"),
        t.signed("委托人（签名）", &name),
    ];
    lines.extend(t.dated("委托日期", "signed_on"));
    lines
}
