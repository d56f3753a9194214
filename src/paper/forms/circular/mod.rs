//! 通报: the circular that ends a round, with the figures behind it. Must not name a case, a person or a firm, and must not print a number
//! without its source, nor grades of so few cases that one of them could be told.

mod beside;
mod data;
mod facts;
mod offices;
pub mod source;
#[cfg(test)]
mod tests;
mod view;

use crate::base::text::Text;
use crate::paper::check::{FLOOR, whole_number};
use crate::paper::form::{Form, Maker, Named, given, named};
use crate::paper::layout::{Cell, Layout, Look, Style, Table};
use crate::report::audience::Audience;
use crate::say;

/// The form.
pub static FORM: Form = Form {
    id: "circular",
    title: "通报",
    audience: Audience::Public,
    about: Text::fixed(
        "每个批次一份：评查依据、抽样和方法，等次和比率，各机构情况和名次，主要问题，归档，要求；旁附数据和数字核对表",
        "one a batch: basis, sample, grades, rates and places of offices, problems, demands; the figures lie beside it",
    ),
    names: &[NAMES],
    layout,
    maker: Maker::Batch(facts::make),
    beside: Some(beside::new),
};

const NAMES: &[Named] = &[
    given("主送机关", "主送机关", "to whom it is addressed"),
    given("依据文件", "开展评查所依据的文件", "document that the review is based on"),
    given("经验做法", "好的经验做法，由人归纳", "good practice in words of a person"),
    given(
        "最少件数",
        "机构评查不足多少件时不单列等次、不排名，不写时为 3，至少为 2",
        "fewest cases for which grades of an office are printed; 3 where it is not given, and 2 at least",
    )
    .checked(fewest),
    given(
        "最小单元",
        "写明时按案件类型、受援人类别分列，每格不得少于这么多件，至少为 2；不写时不分列",
        "prints splits whose cells all have so many cases, 2 at least; none where it is not given",
    )
    .checked(fewest),
    named("主要比率", "主要比率的名称，如优良率", "name of the headline rate"),
    named("无案件.说明", "没有可通报的案件时说明", "said where there is no case"),
    named("范围.说明", "评查范围", "scope"),
    named("范围.机构数", "机构数", "offices"),
    named("范围.件数", "范围内案件数", "cases in scope"),
    named("抽样.方式", "怎样选取案件", "how cases were selected"),
    named("抽样.件数", "选取评查的案件数", "cases selected"),
    named("抽样.占比", "占范围内案件的比例", "share of the cases in scope"),
    named("全查.件数", "全部评查的案件数", "cases, where all were reviewed"),
    named("专家说明", "有几名评估专家，没有时不印", "reviewers; nothing where there are none"),
    named("阶段说明", "结果所处阶段，没有写明时不印", "stage of the result; nothing where it is not told"),
    named("采用.机关", "采用评估标准的机关", "body that adopted the standard"),
    named("采用.文号", "采用评估标准的文号", "document by which it did"),
    named("参考.说明", "评估标准未经采用时说明", "said where the standard was not adopted"),
    named("总体.件数", "评查案件数", "cases reviewed"),
    named("总体.等次分布", "各等次件数", "cases by grade"),
    named("总体.主要比率", "主要比率的百分数", "headline rate"),
    named("总体.主要件数", "达到主要比率的件数和评查件数", "counts of the headline rate"),
    named("总体.其他比率", "其他比率的百分数和件数", "other rates"),
    named("总体.均分", "平均分和中位数", "mean and median"),
    named("不公布.说明", "件数太少、不公布等次时说明", "said where grades of all together are not printed"),
    named("未定.件数", "等次未定的案件数", "cases that are not decided"),
    named("性质.说明", "等次是拟定还是评定", "whether grades are proposed or confirmed"),
    named("分类.名称", "案件类型或者受援人类别", "part of a split"),
    named("分类.件数", "该类案件数", "its cases"),
    named("分类.等次分布", "该类各等次件数", "its grades"),
    named("分类.比率", "该类主要比率的百分数和件数", "its headline rate"),
    named("排序说明", "名次依次比较的指标，没有名次时不印", "what places are by; nothing where there are none"),
    named("机构.名次", "名次；有未定案件影响的为区间", "place, a range while it is open"),
    named("机构.名称", "机构名称", "office"),
    named("机构.件数", "评查件数", "cases reviewed"),
    named("机构.等次分布", "各等次件数", "grades"),
    named("机构.比率", "主要比率的件数和百分数", "headline rate"),
    named("机构.均分", "平均分", "mean mark"),
    named("合计.件数", "评查件数合计", "all cases"),
    named("合计.等次分布", "各等次件数合计", "all grades"),
    named("合计.比率", "总的主要比率", "headline rate of all"),
    named("合计.均分", "总的平均分", "mean of all"),
    named("区间说明.说明", "名次区间的含义", "what a range of places means"),
    named("不单列.说明", "哪些机构不单列等次、不排名", "which offices are not shown by themselves"),
    named("小样本.最少", "机构评查件数最少的", "fewest cases of an office"),
    named("小样本.最多", "机构评查件数最多的", "most cases of an office"),
    named("共性.件数", "失分不足多少件的评估项不列", "criteria lost by fewer cases are not listed"),
    named("问题.名称", "评估项", "criterion"),
    named("问题.标准", "适用的评估标准", "its rubric"),
    named("问题.失分件数", "确定失分的案件数", "cases that surely lost points"),
    named("问题.适用件数", "适用该项的案件数", "cases it applied to"),
    named("问题.占比", "失分件数占适用件数的比例", "share"),
    named("等级说明.说明", "按等级评估时失分的含义", "what losing means by levels"),
    named("良好.评估项", "全部或者绝大多数适用案件符合的评估项，及其符合件数和适用件数", "criteria that all or nearly all cases met"),
    named("全达.机构", "所评案件全部达到主要比率的机构和件数", "offices all of whose cases reach the headline rate"),
    named("归档.已结", "已结案件数", "closed cases"),
    named("归档.应归档", "应归档案件数", "due to be filed"),
    named("归档.已归档", "已归档案件数", "filed"),
    named("归档.归档率", "已归档占应归档的比例", "share filed"),
    named("归档.按期", "按期归档案件数", "in time"),
    named("归档.超期", "超期归档案件数", "late"),
    named("归档.未归档", "应归档而未归档的案件数", "not filed"),
    named("归档.未到期", "归档期限未到的案件数", "not yet due"),
    named("归档.期限不明", "归档期限不明的案件数，没有时不印", "limit unclear; nothing where there is none"),
    named("归档.缺材料", "缺少材料的案件数", "with a missing document"),
    named("归档.目录问题", "卷内目录有问题的案件数", "with faults in the table of contents"),
    named("归档.页码问题", "页码有问题的案件数", "with faults in page numbers"),
    named("待核.说明", "对未定案件的要求", "what is asked for cases that are not decided"),
];

/// What is wrong with a number of cases below which nothing is printed: with less than two a single case would be.
fn fewest(value: &str) -> Option<Text> {
    whole_number(value).is_none_or(|n| n < FLOOR).then(|| {
        say!(
            "应写不小于 {FLOOR} 的整数（件数），否则由公布的数字可以推知个案",
            "write a whole number of cases, {FLOOR} or more, since single cases could be told otherwise"
        )
    })
}

fn layout() -> Layout {
    let cell = Cell::new;
    let offices = Table::new(&[14, 28, 12, 42, 42, 18])
        .head(&["名次", "机构", "评查\n件数", "等次分布", "{{主要比率}}", "平均分"])
        .row(vec![
            cell("{{机构.名次}}").centre(),
            cell("{{机构.名称}}"),
            cell("{{机构.件数}}").centre(),
            cell("{{机构.等次分布}}"),
            cell("{{机构.比率}}").centre(),
            cell("{{机构.均分}}").centre(),
        ])
        .row(vec![
            Cell::new("合　计").label().span(2),
            cell("{{合计.件数}}").centre(),
            cell("{{合计.等次分布}}"),
            cell("{{合计.比率}}").centre(),
            cell("{{合计.均分}}").centre(),
        ]);
    let problems = Table::new(&[58, 50, 16, 16, 16]).head(&["评估项", "适用标准", "失分\n件数", "适用\n件数", "占比"]).row(vec![
        cell("{{问题.名称}}"),
        cell("{{问题.标准}}"),
        cell("{{问题.失分件数}}").centre(),
        cell("{{问题.适用件数}}").centre(),
        cell("{{问题.占比}}").centre(),
    ]);
    Layout::new(Look::Letter, "关于{{批次}}情况的通报").numbered()
        .text(Style::Plain, "{{主送机关}}：")
        .body("根据{{依据文件}}要求，{{发文机关}}组织开展了{{批次}}。现将有关情况通报如下：")
        .body("{{无案件.说明}}")
        .heading("一、评查范围和方法")
        .body("评查范围为{{范围.说明}}，涉及{{范围.机构数}}个机构，范围内案件共{{范围.件数}}件。")
        .body("{{抽样.方式}}{{抽样.件数}}件进行评查，占范围内案件的{{抽样.占比}}。")
        .body("范围内案件全部评查，共{{全查.件数}}件。")
        .body("评估标准为{{标准版本}}。{{专家说明}}{{阶段说明}}结果截至{{截止日}}。")
        .body("上述标准由{{采用.机关}}采用（{{采用.文号}}）。")
        .body("{{参考.说明}}")
        .heading("二、总体情况")
        .body("评查的{{总体.件数}}件案件中，{{总体.等次分布}}。{{主要比率}}为{{总体.主要比率}}（{{总体.主要件数}}）{{总体.其他比率}}。{{总体.均分}}")
        .body("{{不公布.说明}}")
        .body("有{{未定.件数}}件案件因材料不足待核、待人工评等原因等次未定，有关比率和平均分列出确定达到的和最多可能达到的两端。材料不足待核不等于不符合，查明前不作不符合认定。")
        .body("{{性质.说明}}")
        .body("{{分类.名称}}{{分类.件数}}件：{{分类.等次分布}}，{{主要比率}}为{{分类.比率}}。")
        .heading("三、各机构情况")
        .body("各机构评查结果见下表。{{排序说明}}")
        .table(offices)
        .text(Style::Tiny, "")
        .body("{{区间说明.说明}}")
        .body("{{不单列.说明}}")
        .body("各机构评查件数在{{小样本.最少}}件至{{小样本.最多}}件之间，件数少的，一件案件的等次变化就会使比率明显变动，比较时应当结合件数，不宜只看名次。")
        .heading("四、主要问题")
        .body("失分案件较多的评估项见下表，失分不足{{共性.件数}}件的不列。")
        .table(problems)
        .text(Style::Tiny, "")
        .body("{{等级说明.说明}}")
        .heading("五、好的做法")
        .body("适用案件全部或者绝大多数符合的评估项，分值较高的有：{{良好.评估项}}。")
        .body("所评案件全部计入{{主要比率}}的机构：{{全达.机构}}。")
        .body("经验做法：{{经验做法}}")
        .heading("六、归档情况")
        .body("截至{{截止日}}，范围内案件已结{{归档.已结}}件，应归档{{归档.应归档}}件，已归档{{归档.已归档}}件，归档率{{归档.归档率}}。其中按期归档{{归档.按期}}件，超期归档{{归档.超期}}件；应归档而未归档{{归档.未归档}}件，尚未到期{{归档.未到期}}件{{归档.期限不明}}。卷内材料方面，缺少材料的{{归档.缺材料}}件，卷内目录有问题的{{归档.目录问题}}件，页码有问题的{{归档.页码问题}}件。")
        .heading("七、工作要求")
        .body("（一）逐案整改。各机构对照反馈的问题逐案核查，于{{整改期限}}前完成整改，并将整改情况报送{{报送方式}}。可以补齐的据实补齐并注明补入日期；不能补正的，书面说明情况；不得倒签、补造、替签。")
        .body("（二）依规申诉。对评查结果有异议的，申诉期限为{{申诉期限}}，申诉应当附评估时已经存在的证据。")
        .body("（三）举一反三。针对共性问题完善提醒、审核和培训，防止同类问题再次发生。")
        .body("{{待核.说明}}")
        .body("联系人：{{联系人}}，联系电话：{{联系电话}}。")
        .text(Style::Plain, "")
        .text(Style::Right, "{{发文机关}}")
        .text(Style::Right, "{{落款日期}}")
}
