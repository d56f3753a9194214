//! `reviewers.toml` of the invented city: six reviewers in two groups, most of them at home in one of its offices. Must hold no real name.

use super::office::{Office, SAMPLE};

/// The text of `draw.toml`: a published seed, enough second marks to compare reviewers by, a day by which sheets are due.
pub fn draw() -> String {
    format!(
        "# {SAMPLE}：抽卷规则。种子在抽取之前公布，谁都能凭它重抽。\nseed = 20241201\npercent = 50\n\n[allocation]\nsecond = 40       # 百分之几一卷两评\n\
         due = 2025-01-15  # 交卷期限\n"
    )
}

const NAMES: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// The text of the file.
pub fn settings(offices: &[Office]) -> String {
    let mut text = format!("# {SAMPLE}：评估专家均为虚构，与任何真实的人无关。office 是本人所在机构，不评本机构的案件。\n");
    for (i, name) in NAMES.iter().enumerate() {
        let code = i + 1;
        let group = if i < NAMES.len() / 2 { "一组" } else { "二组" };
        text += &format!("\n[[reviewer]]\ncode = \"Z0{code}\"\nname = \"虚构专家{name}\"\n");
        // One of them comes from outside the city; where there are few offices, the others too, or nobody would be left to mark.
        if let Some(office) = offices.get(i + 1).filter(|_| i != 4 && offices.len() > 2) {
            text += &format!("office = \"{}\"\n", office.name);
        }
        text += &format!("group = \"{group}\"\n");
        if i % (NAMES.len() / 2) == 0 {
            text += "leader = true\n";
        }
    }
    text
}
