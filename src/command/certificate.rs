//! `verify 自查凭证.json FOLDER`: the folder is checked again and compared with the certificate. Must not compare itself.

use super::{Streams, exit, refuse};
use crate::assess::{Depth, Names, Run};
use crate::cli::{Common, VerifyPlan};
use crate::record::certificate::Certificate;
use crate::record::v1::Tool;
use crate::record::verified::{Fault, Verified};
use crate::say;
use crate::seal::{certify, compare, read_certificate};

/// Compares.
pub fn run(common: &Common, plan: &VerifyPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let shown = plan.result.display().to_string();
    let bytes = match std::fs::read(&plan.result) {
        Ok(bytes) => bytes,
        Err(error) => {
            let said = say!("{shown} 打不开：{error}", "{shown} cannot be opened: {error}");
            return refuse([said], common, streams);
        }
    };
    let (certificate, faults) = match read_certificate(&bytes, &shown) {
        Err(said) => (None, vec![Fault::new("file", shown.as_str(), said)]),
        Ok(certificate) => {
            let Some(folder) = &plan.batch else {
                let said = say!(
                    "请写出自查的文件夹：juanping verify {shown} 文件夹",
                    "give the folder that was checked: juanping verify {shown} FOLDER"
                );
                return refuse([said], common, streams);
            };
            let run = Run {
                batch: folder.clone(),
                rubrics: plan.rubrics.clone(),
                as_of: certificate.as_of.parse().ok(),
                offices: certificate.only.clone(),
                jobs: common.jobs,
                names: Some(if certificate.names == "full" { Names::Full } else { Names::Masked }),
                hash: true,
                look: Depth::of(&certificate.look).unwrap_or_default(),
                ocr: certificate.ocr,
                upward: true,
                ..Run::default()
            };
            let mut prepared = match run.prepare() {
                Ok(prepared) => prepared,
                Err(error) => return super::refused(error, common, streams),
            };
            let (mut cases, mut inputs) = (Vec::new(), Vec::new());
            let Ok((results, _)) = prepared.each(
                |_, graded| Ok::<_, std::convert::Infallible>(std::mem::take(&mut graded.cases)),
                |mut graded, mut of_office| {
                    cases.append(&mut of_office);
                    inputs.append(&mut graded.inputs);
                    Ok(())
                },
            );
            let now = certify(&results, &cases, &inputs, &certificate.only, certificate.names == "full");
            let faults = compare(&certificate, &now);
            (Some(certificate), faults)
        }
    };
    let whole = faults.is_empty();
    if plan.json {
        let verified = Verified {
            format: 1,
            tool: Tool::this(),
            result: shown,
            batch: plan.batch.as_ref().map(|b| b.display().to_string()),
            code: certificate.map(|c| c.code),
            stage: None,
            whole,
            faults,
        };
        serde_json::to_writer_pretty(&mut streams.out, &verified)?;
        writeln!(streams.out)?;
    } else {
        write!(streams.out, "{}", told(certificate.as_ref(), &faults, common))?;
    }
    Ok(if whole { exit::GOOD } else { exit::FOUND })
}

/// One line.
fn told(certificate: Option<&Certificate>, faults: &[Fault], common: &Common) -> String {
    let said = match certificate {
        Some(c) if faults.is_empty() => {
            let (code, offices, cases, findings) = (&c.code, c.offices.join("、"), c.cases, c.findings.len());
            say!(
                "一致：自查凭证 {code}（{offices}，案件 {cases} 件，问题 {findings} 条）",
                "equal: certificate {code} ({offices}, {cases} cases, {findings} findings)"
            )
        }
        _ => {
            let code = certificate.map(|c| c.code.clone()).unwrap_or_default();
            let zh = faults.iter().map(|f| f.message.zh.to_string()).collect::<Vec<_>>().join("；");
            let en = faults.iter().map(|f| f.message.en.to_string()).collect::<Vec<_>>().join("; ");
            say!("不一致：自查凭证 {code}：{zh}", "different: certificate {code}: {en}")
        }
    };
    format!("{}\n", said.get(common.lang))
}
