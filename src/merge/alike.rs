//! Whether parts are of one batch, graded in one way. Must not compare offices: each part has its own.

use serde::Serialize;
use serde_json::{Value, json};

use super::Part;
use crate::base::text::Text;
use crate::record::v1::RubricRecord;
use crate::say;

/// What must be the same in all parts: key, Chinese and English name, and whether the values can be shown.
const WHAT: &[(&str, &str, &str, bool)] = &[
    ("tool", "程序版本", "version of the program", true),
    ("settings", "设置文件 audit.toml", "the settings audit.toml", false),
    ("title", "标题", "title", true),
    ("year", "年度", "year", true),
    ("as_of", "截止日", "as-of date", true),
    ("stage", "阶段", "stage", true),
    ("scope", "评查范围", "scope", true),
    ("look", "案卷看到的程度（--look）", "how far dossiers were looked into (--look)", true),
    ("ocr", "是否识别扫描页（--ocr）", "whether scans were read by OCR (--ocr)", true),
    ("names", "人名显示方式（--names）", "how names are shown (--names)", true),
    ("draw", "抽卷方案", "plan of the draw", true),
    ("offices", "批次的机构名单", "list of offices of the batch", false),
    ("outside", "机构文件夹以外的文件", "files outside the folders of offices", false),
    ("rest", "批次的说明", "what is said of the batch", false),
];

/// Every way in which a part differs from the first.
pub(super) fn differences(parts: &[Part]) -> Vec<Text> {
    let Some((first, others)) = parts.split_first() else { return Vec::new() };
    let (mut said, mine) = (Vec::new(), about(first));
    let a = first.saved.path.display();
    for other in others {
        let (b, theirs) = (other.saved.path.display(), about(other));
        for (key, name_zh, name_en, shown) in WHAT {
            let (one, two) = (&mine[*key], &theirs[*key]);
            if one == two {
                continue;
            }
            let (one, two) = (short(one), short(two));
            said.push(if *shown {
                say!(
                    "{name_zh}不同，不是同一次评查：{a} 为 {one}，{b} 为 {two}；请用同样的设置和选项重新评查",
                    "the {name_en} differs, so these are no parts of one batch: {one} in {a}, {two} in {b}; assess again in the same way"
                )
            } else {
                say!(
                    "{name_zh}不同，不是同一次评查：{a} 与 {b}；评查各机构时批次不能改动，请重新评查",
                    "the {name_en} differs between {a} and {b}: the batch must not change while its parts are assessed; assess again"
                )
            });
        }
        said.extend(rubrics(first, other));
    }
    said
}

/// Rubrics that are not the same.
fn rubrics(first: &Part, other: &Part) -> Vec<Text> {
    let (a, b) = (first.saved.path.display(), other.saved.path.display());
    let (mine, theirs): (Vec<&RubricRecord>, Vec<&RubricRecord>) =
        (first.saved.results.every_rubric().collect(), other.saved.results.every_rubric().collect());
    let mut said = Vec::new();
    for rubric in &mine {
        let id = &rubric.id;
        match theirs.iter().find(|r| r.id == *id) {
            None => said.push(say!(
                "评估标准 {id} 只用于 {a}，没有用于 {b}；不同标准的结果不能合并",
                "rubric {id} was used for {a} and not for {b}; results under different rubrics are not merged"
            )),
            Some(r) if r.sha256 != rubric.sha256 => said.push(say!(
                "评估标准 {id} 在 {a} 和 {b} 中内容不同；不同标准的结果不能合并，请用同一份标准重新评查",
                "rubric {id} has another text in {a} than in {b}; results under different rubrics are not merged: assess again by one text"
            )),
            Some(_) => {}
        }
    }
    for rubric in theirs.iter().filter(|r| !mine.iter().any(|m| m.id == r.id)) {
        let id = &rubric.id;
        said.push(say!(
            "评估标准 {id} 只用于 {b}，没有用于 {a}；不同标准的结果不能合并",
            "rubric {id} was used for {b} and not for {a}; results under different rubrics are not merged"
        ));
    }
    if said.is_empty() && value(&mine) != value(&theirs) {
        said.push(say!("{a} 和 {b} 中的评估标准不同", "the rubrics in {a} and {b} differ"));
    }
    said
}

/// What a part says of the batch, by the keys of [`WHAT`].
fn about(part: &Part) -> Value {
    let (results, head) = (&part.saved.results, &part.head);
    let batch = &results.batch;
    let draw = results.panel.as_ref().and_then(|p| p.draw.as_ref());
    // Without a plan a register may select in one office and not in another.
    let planned = batch.scope.selection == "plan";
    json!({
        "tool": [value(&results.tool), value(&head.tool)],
        "settings": batch.settings_sha256,
        "title": batch.title,
        "year": batch.year,
        "as_of": batch.as_of,
        "stage": batch.stage,
        "scope": [value(&batch.scope.event), value(&batch.scope.from), value(&batch.scope.to), value(&batch.scope.case_types)],
        "look": batch.look,
        "ocr": batch.ocr,
        "names": head.names,
        "draw": draw.map(|d| json!([d.frame_sha256, d.seed, d.drawn, d.tasks, d.sha256, planned])),
        "offices": value(&head.offices),
        "outside": [value(&head.junk), value(&head.problems), value(&head.unclaimed)],
        "rest": [value(&batch.adopted), value(&batch.made_by), value(&batch.objection), value(&batch.rounding), value(&results.titles)],
    })
}

fn value(what: &impl Serialize) -> Value {
    serde_json::to_value(what).unwrap_or_default()
}

/// A value as it is shown in a message.
fn short(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "—".to_owned(),
        Value::Array(list) => list.iter().map(short).collect::<Vec<_>>().join(" "),
        Value::Object(map) => map.values().map(short).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
