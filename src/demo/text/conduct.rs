//! Papers of the work itself: pleadings, notes of talks and hearings, opinions. Must not decide how a case ended.

use super::views::{DEFENCE, REASONS, TALK};
use super::{Slip, Teller};
use crate::demo::shape::Stage;

/// Paragraphs of such a paper; `None` for others.
pub fn lines(t: &mut Teller<'_>, id: &str) -> Option<Vec<String>> {
    Some(match id {
        "prosecution_opinion" => prosecution_opinion(t),
        "indictment" if t.slips().any(|s| matches!(s, Slip::Titled(_))) => prosecution_opinion(t),
        "indictment" => indictment(t),
        "earlier_judgment" => earlier(t),
        "pleading" | "arbitration_request" => pleading(t, id),
        "reading_note" => reading(t),
        "interview_note" => interview(t),
        "court_summons" => summons(t),
        "hearing_outline" => outline(t),
        "hearing_note" => hearing(t),
        "no_hearing_notice" => no_hearing(t),
        "defence_opinion" | "agency_opinion" | "legal_opinion" => opinion(t, id),
        _ => return None,
    })
}

fn prosecution_opinion(t: &mut Teller<'_>) -> Vec<String> {
    let place = t.office.short.clone();
    let mut lines =
        vec![format!("犯罪嫌疑人{}，涉嫌{}一案，由{place}虚构公安局侦查终结。", t.name(), t.word("cause")), "经依法侦查查明：".to_owned()];
    lines.extend(t.facts(4));
    lines.push(t.vary("认定上述事实的证据有：{书证、证人证言、供述和辩解|鉴定意见、辨认笔录、电子数据|现场勘验笔录、监控录像、供述}。"));
    lines.push(format!("现移送审查起诉，请依法处理。此致{place}虚构人民检察院"));
    lines
}

fn indictment(t: &mut Teller<'_>) -> Vec<String> {
    let place = t.office.short.clone();
    let mut lines = vec![
        format!("{place}虚构人民检察院"),
        format!("被告人{}，因涉嫌{}，现{}。", t.name(), t.word("cause"), t.word("custody")),
        "本院受理后，已告知被告人有权委托辩护人。经审查查明：".to_owned(),
    ];
    lines.extend(t.facts(5));
    lines.push(t.vary("本院认为，{事实清楚，证据确实|被告人的行为触犯刑法的规定}，{应当以前述罪名追究刑事责任|建议依法判处}。"));
    lines.push(format!("此致{place}虚构人民法院"));
    lines
}

fn earlier(t: &mut Teller<'_>) -> Vec<String> {
    let place = t.office.short.clone();
    let mut lines =
        vec![format!("{place}虚构人民法院"), t.court_no(), format!("被告人{}，因{}一案，经审理查明：", t.name(), t.word("cause"))];
    lines.extend(t.facts(5));
    lines.push(t.vary("{根据量刑情节|综合全案}，作出一审判决，被告人{表示上诉|在法定期限内提出上诉}。"));
    lines
}

fn pleading(t: &mut Teller<'_>, id: &str) -> Vec<String> {
    let (asks, against) = if id == "pleading" { ("原告", "被告") } else { ("申请一方", "被申请一方") };
    let mut lines = vec![format!("{asks}：{}", t.name()), format!("{against}：{}", t.other_side()), "请求事项：".to_owned()];
    lines.push(t.vary("一、{请求判令对方给付款项|请求确认双方的权利义务|请求依法处理争议}；二、{费用由对方承担|请求一并处理迟延的利息}。"));
    lines.push("事实和理由：".to_owned());
    lines.extend(t.facts(6));
    lines.push(format!("此致{}", t.authority()));
    lines.push(t.signed("具状人（签名）", &t.name()));
    lines
}

fn reading(t: &mut Teller<'_>) -> Vec<String> {
    let lawyer = t.word("lawyer").to_owned();
    let mut lines = vec![format!("阅卷人：{lawyer}"), format!("案件：{}{}", t.name(), t.word("cause")), "摘录：".to_owned()];
    lines.extend(t.facts(6));
    lines.extend(t.some(
        &[
            "第{2~40}页的{陈述|清单|记录}与第{41~90}页{有出入|可以印证|时间不一致}，{须向当事人核实|拟申请调取原件}。",
            "{鉴定意见|票据|照片}{只有复印件|没有附资质|日期清楚}，质证时{提出异议|重点说明|不持异议}。",
            "对方提交的{书面意见|答辩|说明}主要讲{数额|责任|程序}，{回避了关键事实|承认部分内容}。",
            "{送达回证|权利告知页|讯问时间}{齐全|缺一页|与日程吻合}。",
        ],
        3,
    ));
    lines
}

fn interview(t: &mut Teller<'_>) -> Vec<String> {
    let (name, lawyer, day) = (t.name(), t.word("lawyer").to_owned(), t.on("interviewed_on"));
    let (who, place) = if t.is_criminal() {
        ("会见人", "{看守所会见室|办案中心会见室|法律援助工作站|律师会见区三号窗口}")
    } else {
        ("谈话人", "{中心接待室|律师事务所会议室|镇司法所|受援人家中|法律援助便民窗口|村委会办公室}")
    };
    let time = t.vary("{8~10}时{10~25}分至{11~12}时{5~50}分");
    let mut lines =
        vec![format!("时间：{day}{time}"), format!("地点：{}", t.vary(place)), format!("{who}：{lawyer}"), "记录人：许拟卯".to_owned()];
    if !t.has(&Slip::NoRights) {
        lines.push(t.vary("{权利义务已当面说明|已宣读权利义务}，{听清楚了|没有疑问|不申请更换}。"));
    }
    lines.push("关于经过和案情：".to_owned());
    lines.extend(t.facts(7));
    let talk = t.some(TALK, 7);
    lines.extend(talk.iter().flat_map(|t| t.split('\n')).map(str::to_owned));
    lines.push(t.signed("受援人（签名）", &name));
    lines.push(t.signed("承办人（签名）", &lawyer));
    lines
}

fn summons(t: &mut Teller<'_>) -> Vec<String> {
    vec![
        format!("{}：", t.word("lawyer")),
        format!(
            "{}{}一案（{}）定于{}{}公开开庭。",
            t.name(),
            t.word("cause"),
            t.court_no(),
            t.on("hearing_on"),
            t.vary("{上午九时|下午二时三十分}")
        ),
        t.vary("请{携带证件|准时到庭}，地点：{第一审判庭|第二审判庭|第五审判庭|仲裁一庭}。"),
        format!("{}（印章）", t.authority()),
    ]
}

fn outline(t: &mut Teller<'_>) -> Vec<String> {
    let mut lines = vec![format!("案件：{}{}", t.name(), t.word("cause")), "一、发问提要".to_owned()];
    lines.extend(t.some(
        &[
            "问当事人{到案的经过|当天的起因|与同案人的关系}。",
            "问证人{站立的位置|听到的话|离开的时间}。",
            "问鉴定人{检材来源|计算方法|结论的范围}。",
            "围绕{赔偿|谅解|悔过}简要发问。",
        ],
        3,
    ));
    lines.push("二、意见要点".to_owned());
    lines.extend(t.some(DEFENCE, 4));
    lines
}

fn hearing(t: &mut Teller<'_>) -> Vec<String> {
    let court = t.authority();
    let mut lines =
        vec![format!("{court} {}", t.court_no()), format!("开庭审理{}{}一案，{}到庭。", t.name(), t.word("cause"), t.word("lawyer"))];
    lines.extend(t.facts(6));
    let pool = if t.is_criminal() { DEFENCE } else { REASONS };
    lines.extend(t.some(pool, 5));
    lines.push(t.vary("{休庭，择日宣判。|当庭核对笔录无误。|双方不再补充。}"));
    lines
}

fn no_hearing(t: &mut Teller<'_>) -> Vec<String> {
    vec![
        format!("{}：", t.word("lawyer")),
        format!(
            "{}{}一案（{}），经阅卷、{}，事实清楚，本院决定不开庭审理。",
            t.name(),
            t.word("cause"),
            t.court_no(),
            t.vary("{讯问|询问当事人}")
        ),
        t.vary("请{自收到通知之日起十日内|在十日内}提交书面意见。"),
        format!("{}（印章）", t.authority()),
    ]
}

fn opinion(t: &mut Teller<'_>, id: &str) -> Vec<String> {
    let pool = if t.is_criminal() { DEFENCE } else { REASONS };
    let judge = if matches!(t.story.shape.stage, Some(Stage::Investigation | Stage::Prosecution)) { "承办人" } else { "审判员" };
    let mut lines = vec![format!("{}{judge}：", t.authority())];
    lines.push(t.vary(if id == "agency_opinion" {
        "接受指派参加本案{审理|庭审}，现就{争议焦点|主要问题}发表如下意见。"
    } else {
        "受指派为其辩护，{阅卷并会见后|核对材料后}，{提出下列看法|意见如下}。"
    }));
    lines.extend(t.facts(3));
    let reasons = t.some(pool, 6);
    for (n, reason) in ["一", "二", "三", "四", "五", "六"].iter().zip(reasons) {
        lines.push(format!("{n}、{reason}"));
    }
    lines.push(t.vary("{以上意见，请予采纳。|综上，请依法处理。|恳请充分考虑。}"));
    lines.push(t.signed(if t.is_criminal() { "辩护人（签名）" } else { "承办人（签名）" }, t.word("lawyer")));
    lines.push(t.on("opinion_on"));
    lines
}
