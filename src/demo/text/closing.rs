//! Papers that end a case, and what is asked afterwards. Must not say that anybody was satisfied who was not asked.

use super::{Slip, Teller};

/// Paragraphs of such a paper; `None` for others.
pub fn lines(t: &mut Teller<'_>, id: &str, title: &str) -> Option<Vec<String>> {
    Some(match id {
        "judgment" | "award" => judgment(t, title),
        "settlement" => settlement(t),
        "case_dismissal" | "no_prosecution" => ended(t, id),
        "progress_record" => progress(t),
        "closing_report" => report(t),
        "court_feedback" => feedback(t),
        _ => return None,
    })
}

fn judgment(t: &mut Teller<'_>, title: &str) -> Vec<String> {
    let day = t.on("judged_on");
    let (ours, theirs) = match (t.is_criminal(), title.contains("仲裁")) {
        (true, _) => ("被告人", "公诉机关"),
        (_, true) => ("申请一方", "被申请一方"),
        _ => ("原告", "被告"),
    };
    let other = if t.is_criminal() { format!("{}虚构人民检察院", t.office.short) } else { t.other_side() };
    let mut lines = vec![t.authority(), t.court_no(), format!("{ours}{}。", t.name()), format!("{theirs}{other}。")];
    lines.push(format!("{}一案，经审理查明：", t.word("cause")));
    lines.extend(t.facts(6));
    lines.push(t.vary("本院认为，{当事人的主张有事实和法律依据|应当根据证据认定事实|双方的争议在于责任}，{部分予以支持|依法处理}。"));
    lines.push(t.vary("{如不服本文书，可在送达之日起十五日内提出。|本文书送达后生效。|双方在笔录上签字后生效。}"));
    lines.push(day);
    lines
}

fn settlement(t: &mut Teller<'_>) -> Vec<String> {
    let name = t.name();
    vec![
        format!("甲方：{name}"),
        format!("乙方：{}", t.other_side()),
        format!("双方就{}达成一致：", t.word("cause")),
        t.vary("一、乙方{一次性|分两期}向甲方给付{3~90}000元，{以转账方式|以现金方式}支付。"),
        t.vary("二、{履行后双方再无争议|甲方不再另行主张}，{协议各执一份|一份交法律援助中心存档}。"),
        t.signed("甲方（签名）", &name),
        "乙方已签字按印。".to_owned(),
    ]
}

fn ended(t: &mut Teller<'_>, id: &str) -> Vec<String> {
    let (office, word) = if id == "no_prosecution" { ("人民检察院", "决定不起诉") } else { ("公安局", "决定撤销此案") };
    let place = t.office.short.clone();
    let mut lines = vec![format!("{place}虚构{office}"), format!("{}涉嫌{}一案，", t.name(), t.word("cause"))];
    lines.extend(t.facts(3));
    lines.push(t.vary("{情节轻微|证据不足|已达成谅解}，依照法律规定，") + word + "。");
    lines
}

fn progress(t: &mut Teller<'_>) -> Vec<String> {
    let name = t.name();
    let mut lines = vec![format!("案号：{}", t.number()), format!("通报对象：{name}"), t.vary("通报方式：{当面|电话|书面|短信并电话确认}")];
    lines.extend(t.some(
        &[
            "已{与办案机关联系|提交手续}，{了解了案件进展|领取了材料}。",
            "{证据已经整理|证人已经联系}，{下一步准备书面意见|等待通知}。",
            "就{和解的可能|庭审的安排|可能的结果}作了说明，受援人{表示理解|提出两点想法|没有不同意见}。",
            "{结果已经告知|文书已经转交}，并说明了{后续的权利|履行的方式}。",
        ],
        3,
    ));
    lines.push(t.signed("承办人（签名）", t.word("lawyer")));
    lines.push(t.on("closed_on"));
    lines
}

fn report(t: &mut Teller<'_>) -> Vec<String> {
    let lawyer = t.word("lawyer").to_owned();
    if t.has(&Slip::Short) {
        return vec!["本案已办结。".to_owned()];
    }
    let mut lines = vec![
        format!("案号：{}", t.number()),
        format!("受援人：{}", t.name()),
        t.entry("案由", "cause"),
        t.entry("结案方式", "closing_way"),
    ];
    lines.push("办理情况：".to_owned());
    lines.extend(t.facts(2));
    lines.extend(t.some(
        &[
            "接受指派后{及时约见受援人|查阅了全部材料|与对方沟通}，{确定了办理思路|梳理了争议焦点|固定了主要证据}。",
            "办理中{参加了审理|提交了书面意见|多次协调}，{意见得到部分回应|双方分歧缩小|程序顺利完成}。",
            "{结案文书已送达|协议已经履行|结果已告知受援人}，{受援人没有异议|对后续事项作了提示}。",
            "本案{事实较清楚|证据较分散|当事人情绪波动}，{办理体会是要早固定证据|注意了沟通方式|按程序完成各项工作}。",
        ],
        3,
    ));
    lines.push(t.signed("承办人（签名）", &lawyer));
    lines.extend(t.dated("结案日期", "closed_on"));
    lines
}

fn feedback(t: &mut Teller<'_>) -> Vec<String> {
    vec![
        format!("{}：", t.authority()),
        format!("受援人{}{}一案由{}承办，现征询对办理质量的意见。", t.name(), t.word("cause"), t.word("lawyer")),
        t.vary("意见：{承办律师准备充分|按时到庭，意见明确|阅卷认真|沟通及时}，{没有建议|希望继续加强|评价良好}。"),
        format!("{}（印章）", t.authority()),
        t.on("closed_on"),
    ]
}
