//! 回避及保密承诺书: what a reviewer promises before dossiers are given out. Must not name the cases: who marks what is on the 分卷表.

use super::allocation::person;
use super::drawn::{reviewers, tasks};
use crate::base::text::Text;
use crate::paper::fact::Facts;
use crate::paper::form::{Form, Maker, Named, Paper, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::paper::setting::Setting;
use crate::record::plan::Plan;
use crate::report::audience::Audience;

/// The form.
pub static FORM: Form = Form {
    id: "pledge",
    title: "回避及保密承诺书",
    audience: Audience::Internal,
    about: Text::fixed("每名评估专家一份：回避情形、保密义务、签名", "one a reviewer: recusal, secrecy, signature"),
    names: &[NAMES],
    layout,
    maker: Maker::Plan(make),
    beside: None,
};

const NAMES: &[Named] = &[
    named("专家编号", "评估专家编号", "code of the reviewer"),
    named("姓名", "评估专家姓名", "name"),
    named("所在机构", "所在机构；不在本次评查的机构中为“—”", "home office"),
    named("小组", "小组", "group"),
    named("交卷期限", "交卷期限", "day by which the sheet is due"),
    named("件数", "分到的件数", "cases given out"),
    named("回避机构.名称", "因在该机构工作而不评其案件；没有则整句不印", "home office whose cases are not marked"),
];

fn layout() -> Layout {
    let cell = Cell::new;
    let label = |words: &str| Cell::new(words).label();
    let who = Table::new(&[20, 40, 20, 40, 20, 40])
        .tall(8, vec![label("姓名"), cell("{{姓名}}"), label("专家编号"), cell("{{专家编号}}"), label("所在机构"), cell("{{所在机构}}")]);
    Layout::new(Look::Form, "回避及保密承诺书")
        .table(who)
        .body("本人参加{{批次}}，分到案件 {{件数}} 件，现就回避、保密和公正评估承诺如下：")
        .heading("一、回避")
        .body("（一）不评估本人承办、参与办理、审批或者指导过的案件。")
        .body("（二）不评估本人所在机构的案件，不评估近亲属承办的案件。")
        .body("（三）与案件的受援人、承办人、对方当事人有近亲属关系、利害关系或者其他可能影响公正评估的关系的，主动申请回避。")
        .body("（四）评估中发现应当回避的情形，立即停止评估并告知组织方，由组织方决定是否更换；不自行调换案件。")
        .body("{{回避机构.名称}}为本人所在机构，其案件未分给本人评估；发现误分的，立即退回。")
        .heading("二、保密")
        .body("（一）对案卷中的国家秘密、商业秘密、个人隐私和个人信息保密，评查结束后继续保密。")
        .body("（二）不私自复制、拍照、摘抄、传播或者留存案卷材料；案卷和评分表在规定的场所或者系统内使用，评估结束后全部交回。")
        .body("（三）不泄露评分、评议情况和尚未公布的评估结果；背靠背评分的案件，评完之前不与任何人交换意见。")
        .body("（四）不将案卷材料上传到组织方指定以外的任何网络平台、软件或者智能工具。")
        .heading("三、客观公正")
        .body("（一）依照评估标准独立评分，扣分写明理由和卷内页码，不受他人干预，不凭印象定分。")
        .body("（二）不私下接触被评估机构、承办人和受援人，不收受财物或者接受可能影响公正评估的宴请、安排。")
        .body("（三）不改动案卷；发现案卷缺失、涂改的，如实记录并报告。")
        .body("以上承诺本人自愿遵守；违反的，愿意承担相应责任。")
        .text(Style::Right, "承诺人（签名）：＿＿＿＿＿＿＿＿＿　　　　　　年　　月　　日")
        .text(Style::Note, "本承诺书一式两份，承诺人、组织方各执一份；在领取案卷之前签署。")
}

fn make(_: &Setting<'_>, plan: &Plan) -> Vec<Paper> {
    let paper = |reviewer: &crate::record::plan::Reviewer| {
        let mut facts = Facts::default();
        person(&mut facts, plan, reviewer);
        facts.figure("件数", tasks(plan, reviewer).len().to_string(), "抽卷方案.json /allocation/tasks");
        let home = reviewer.office.as_ref().map(|_| crate::paper::fact::row([("名称", super::drawn::home(plan, reviewer))]));
        facts.list("回避机构", home.into_iter().collect());
        Paper { office: None, name: reviewer.name.clone(), facts }
    };
    reviewers(plan).iter().map(paper).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::forms::testing::{column, given, plan, planned, value, words};

    #[test]
    fn the_home_office_is_named_where_there_is_one_and_no_case_is() {
        let papers = planned(&FORM, &plan(), given(&[]));
        let [one, two] = papers.as_slice() else { panic!("two reviewers") };
        assert_eq!((column(one, "回避机构", "名称"), column(two, "回避机构", "名称")), (vec!["东岭区"], vec![]));
        assert_eq!((value(one, "件数"), value(two, "件数")), (Some("1"), Some("3")));
        assert!(!papers.iter().any(|p| words(p).contains('〔')), "a case number is told");
    }
}
