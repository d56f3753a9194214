//! Findings as CSV for a spreadsheet program: UTF-8 with BOM, a finding a row. Must not let a text be taken for a formula.

use super::Result;
use super::figures::{place, raws};
use super::limits::is_formula_like;
use crate::record::v1::{Check, Finding};

const HEAD: [&str; 14] =
    ["机构", "案号", "阶段", "指标", "结论", "级别", "确定扣分", "可能扣分", "情况", "处理建议", "能否补正", "依据", "出处", "编号"];

/// All findings of all cases.
///
/// # Errors
/// When the text cannot be put together.
pub fn findings(check: &Check) -> Result<Vec<u8>> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    let broken = |e: csv::Error| std::io::Error::other(e);
    csv.write_record(HEAD).map_err(broken)?;
    for case in &check.cases {
        for finding in &case.findings {
            let cells = [
                case.office.to_string(),
                case.case_no.clone(),
                case.stage.clone().unwrap_or_default(),
                finding.criterion.to_string(),
                super::words::outcome(&finding.outcome).to_owned(),
                finding.severity.to_string(),
                finding.lost[0].to_string(),
                finding.lost[1].to_string(),
                finding.message.zh.to_string(),
                finding.fix.zh.to_string(),
                super::words::remedy(&finding.remedy).to_owned(),
                finding.basis.zh.to_string(),
                wheres(finding),
                finding.fingerprint.clone(),
            ];
            csv.write_record(cells.map(plain)).map_err(broken)?;
        }
    }
    Ok(csv.into_inner().map_err(|e| std::io::Error::other(e.to_string()))?)
}

/// Places with what is written there.
fn wheres(finding: &Finding) -> String {
    let places: Vec<String> = finding.places.iter().map(place).collect();
    let raws = raws(finding);
    if raws.is_empty() { places.join("\n") } else { format!("{}\n原文：{raws}", places.join("\n")) }
}

/// A quote in front keeps a spreadsheet program from reading the words as a formula.
fn plain(text: String) -> String {
    if is_formula_like(&text) && text.parse::<f64>().is_err() { format!("'{text}") } else { text }
}
