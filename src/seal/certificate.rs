//! The certificate of a self-check (自查凭证): made from what the check came to, and compared with a later check of the same papers.
//! Must not check anything itself.

use std::collections::BTreeSet;

use crate::base::digest::sha256;
use crate::base::text::Text;
use crate::record::certificate::{Certificate, CertifiedFinding, CertifiedRubric};
use crate::record::v1::{CaseRecord, InputRecord, Results, Tool};
use crate::record::verified::Fault;
use crate::say;

/// How many findings that differ are told.
const TOLD: usize = 3;

/// Certifies a check. `only` are the offices asked for, `full` whether names are shown.
pub fn certify(results: &Results, cases: &[CaseRecord], inputs: &[InputRecord], only: &[String], full: bool) -> Certificate {
    let identity = |c: &CaseRecord| format!("{}\t{}\t{}\n", c.office, c.case_no, c.stage.as_deref().unwrap_or_default());
    let frame: BTreeSet<String> = cases.iter().filter(|c| c.subject == "case").map(identity).collect();
    let line = |path: &str, hash: Option<&str>| format!("{}  {path}\n", hash.unwrap_or("-"));
    let registers = results.registers.iter().map(|r| line(&r.path, Some(&r.sha256)));
    let files: BTreeSet<String> = registers.chain(inputs.iter().map(|i| line(&i.path, i.sha256.as_deref()))).collect();
    let of_case = |c: &'_ CaseRecord| -> Vec<CertifiedFinding> {
        let finding = |f: &crate::record::v1::Finding| CertifiedFinding {
            office: c.office.to_string(),
            case_no: c.case_no.clone(),
            stage: c.stage.clone(),
            id: f.id.clone(),
            outcome: f.outcome.to_string(),
            fingerprint: f.fingerprint.clone(),
        };
        c.findings.iter().map(finding).collect()
    };
    let mut findings: Vec<CertifiedFinding> = cases.iter().flat_map(of_case).collect();
    findings.sort();
    let rubric =
        |r: &crate::record::v1::RubricRecord| CertifiedRubric { id: r.id.clone(), version: r.version.clone(), sha256: r.sha256.clone() };
    let mut rubrics: Vec<CertifiedRubric> = results.every_rubric().map(rubric).collect();
    rubrics.sort();
    let draw = results.panel.as_ref().and_then(|p| p.draw.as_ref());
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let mut certificate = Certificate {
        format: 1,
        kind: "self-check".to_owned(),
        tool: Tool::this(),
        offices: results.offices.iter().map(|o| o.name.clone()).collect(),
        only: only.to_vec(),
        as_of: results.batch.as_of.clone(),
        look: results.batch.look.clone(),
        ocr: results.batch.ocr,
        names: if full { "full" } else { "masked" }.to_owned(),
        settings_sha256: results.batch.settings_sha256.clone(),
        rubrics,
        cases: count(frame.len()),
        frame_sha256: sha256(frame.into_iter().collect::<String>().as_bytes()),
        files: count(files.len()),
        inputs_sha256: sha256(files.into_iter().collect::<String>().as_bytes()),
        seed: draw.map(|d| d.seed),
        draw_sha256: draw.map(|d| d.frame_sha256.clone()),
        findings,
        code: String::new(),
    };
    certificate.code = certificate.code_of();
    certificate
}

/// Reads a certificate.
///
/// # Errors
/// When it is none, or was changed.
pub fn read_certificate(bytes: &[u8], shown: &str) -> Result<Certificate, Text> {
    let certificate: Certificate = serde_json::from_slice(bytes).map_err(|_| {
        say!(
            "{shown} 不是自查凭证，或者不完整；请用 check 写出的 自查凭证.json",
            "{shown} is no certificate of a self-check, or is half written; give the one that check wrote"
        )
    })?;
    if certificate.format != 1 || certificate.kind != "self-check" {
        return Err(say!("{shown} 是另一种格式的凭证，本版不能读", "{shown} is a certificate of another format"));
    }
    let written = serde_json::to_vec_pretty(&certificate).map(|mut written| {
        written.push(b'\n');
        written
    });
    if certificate.code != certificate.code_of() || written.ok().as_deref() != Some(bytes) {
        return Err(say!("{shown} 写出以后被改动过", "{shown} was changed after it was written"));
    }
    Ok(certificate)
}

/// Every part in which a new check is not what was certified, most telling first.
pub fn compare(old: &Certificate, new: &Certificate) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut push = |differs: bool, what: &str, name: &str, said: Text| {
        if differs {
            faults.push(Fault::new(what, name, said));
        }
    };
    let (a, b) = (&old.tool.version, &new.tool.version);
    push(old.tool != new.tool, "tool", "juanping", say!("程序版本不同：凭证 {a}，现在 {b}", "version: {a} certified, {b} now"));
    let ids = |c: &Certificate| c.rubrics.iter().map(|r| format!("{} {}", r.id, r.version)).collect::<Vec<_>>().join("、");
    let (a, b) = (ids(old), ids(new));
    let same =
        if a == b { say!("（文字不同）", " (other text)") } else { say!("：凭证 {a}，现在 {b}", ": {a} certified, {b} now") };
    let (zh, en) = (same.zh, same.en);
    push(old.rubrics != new.rubrics, "rubric", &ids(old), say!("评估标准不同{zh}", "the rubrics differ{en}"));
    let said = say!("设置 audit.toml 不同", "audit.toml differs");
    push(old.settings_sha256 != new.settings_sha256, "settings", "audit.toml", said);
    let (a, b) = (&old.as_of, &new.as_of);
    push(a != b, "settings", "as_of", say!("截止日不同：凭证 {a}，现在 {b}", "as-of date: {a} certified, {b} now"));
    let (a, b) = (old.cases, new.cases);
    let said = say!("案件清单不同：凭证 {a} 件，现在 {b} 件", "the list of cases differs: {a} certified, {b} now");
    push(old.frame_sha256 != new.frame_sha256 || old.offices != new.offices, "frame", &old.offices.join("、"), said);
    let (a, b) = (old.files, new.files);
    let said = say!("登记表或案卷文件不同：凭证 {a} 个，现在 {b} 个", "the files differ: {a} certified, {b} now");
    push(old.inputs_sha256 != new.inputs_sha256, "input", &old.offices.join("、"), said);
    let drawn = (old.seed, &old.draw_sha256) != (new.seed, &new.draw_sha256);
    push(drawn, "seed", crate::record::plan::FILE, say!("抽卷方案不同", "the plan of the draw differs"));
    let (before, now): (BTreeSet<_>, BTreeSet<_>) = (old.findings.iter().collect(), new.findings.iter().collect());
    let different: Vec<_> = before.symmetric_difference(&now).collect();
    if !different.is_empty() {
        let n = different.len();
        let one = |f: &&&CertifiedFinding| {
            let mark = if before.contains(**f) { "-" } else { "+" };
            format!("{mark} {} {} {}（{}）", f.office, f.case_no, f.id, f.outcome)
        };
        let list = different.iter().take(TOLD).map(one).collect::<Vec<_>>().join("；");
        let said = say!("问题有 {n} 条不同（- 凭证有，+ 现在有）：{list}", "{n} findings differ (- certified, + now): {list}");
        faults.push(Fault::new("finding", old.offices.join("、"), said));
    }
    faults
}
