//! Results made by code (虚构), for the tests of this room and of its reports. Must not be taken for real grading.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::rules::Rules;
use super::{Given, rank, settings};
use crate::base::mistake::Mistakes;
use crate::base::text::Text;
use crate::record::rank::Ranking;
use crate::record::seal::{FINAL, Manifest, ManifestFile, Seal};
use crate::record::v1::{Office, Results, Tool};
use crate::saved::Saved;

/// Titles of the grades, best first.
pub const GRADES: [&str; 4] = ["优秀", "良好", "合格", "不合格"];

/// An office whose cases are decided: so many of each grade. Its mean is 95, 85, 70, 40 by grade.
pub fn office(id: &str, counts: [u64; 4]) -> Office {
    open(id, counts, 0)
}

/// The same with cases that may be of any grade.
pub fn open(id: &str, counts: [u64; 4], undecided: u64) -> Office {
    let [a, b, c, d] = counts;
    let n = a + b + c + d + undecided;
    let rate = |id: &str, name: &str, k: u64| {
        let ci95 = if undecided == 0 && n > 0 { json!([super::pool::share(k, n), super::pool::share(k, n)]) } else { Value::Null };
        json!({ "id": id, "name": name, "headline": id == "good_rate", "k_low": k, "k_high": k + undecided, "n": n, "ci95": ci95 })
    };
    let sum = 95 * a + 85 * b + 70 * c + 40 * d;
    let exact = [format!("{sum}/{}", n.max(1)), format!("{}/{}", sum + 100 * undecided, n.max(1))];
    let shown = exact.clone().map(|e| super::exact::read(&e).map(|f| super::exact::shown(&f)).unwrap_or_default());
    let grades: Vec<(String, u64)> = GRADES.iter().zip(counts).map(|(g, n)| ((*g).to_owned(), n)).collect();
    let grades = serde_json::to_value(crate::record::v1::Grades(grades)).expect("JSON");
    let value = json!({
        "id": id, "name": format!("虚构{id}"), "parent": null, "rows": n, "in_scope": n, "out_of_scope": {}, "joined": 0,
        "selected": n, "final": n - undecided, "undecided": undecided, "grades": grades,
        "rates": [rate("excellent_rate", "优秀率", a), rate("good_rate", "优良率", a + b), rate("pass_rate", "合格率", a + b + c)],
        "mean": if n > 0 { json!(shown) } else { Value::Null }, "median": null,
        "mean_exact": if n > 0 { json!(exact) } else { Value::Null }, "marked": n,
        "by": { "case_type": {}, "recipient_group": {} }, "lost": [],
        "filing": { "closed": 0, "due": 0, "filed": 0, "in_time": 0, "late": 0, "not_due": 0, "unfiled": 0, "unclear": 0, "lacking": 0, "contents": 0, "pages": 0 },
    });
    serde_json::from_value(value).expect("an office")
}

/// A result of a year.
pub fn saved(folder: &str, year: i16, offices: Vec<Office>) -> Saved {
    let value = json!({
        "format": 1, "tool": { "name": "juanping", "version": "0" },
        "batch": {
            "title": format!("虚构市{year}年度评查"), "year": year, "as_of": format!("{year}-12-31"), "stage": "",
            "scope": { "event": "closed", "from": null, "to": null, "case_types": [], "said": { "zh": "全部", "en": "all" }, "selection": "all" },
            "adopted": null, "made_by": null, "settings_sha256": null, "junk": 0, "rounding": { "zh": "两位小数", "en": "two decimals" },
        },
        "rubrics": [rubric("a1", false)], "registers": [], "problems": [], "offices": [], "groups": [], "cross": [],
    });
    let mut results: Results = serde_json::from_value(value).expect("results");
    results.offices = offices;
    let tool = Tool { name: "juanping".to_owned(), version: "0".to_owned() };
    let file = ManifestFile { path: "results.json".to_owned(), bytes: 1, sha256: format!("{folder}{year}") };
    Saved { path: PathBuf::from(folder), results, manifest: Manifest::new(tool, vec![file]), seal: None }
}

/// A rubric of 100 points with this text; with a criterion for people or none.
pub fn rubric(sha256: &str, human: bool) -> Value {
    let t = json!({ "zh": "指标", "en": "criterion" });
    let criterion = json!({ "id": "A01", "title": t, "group": "一", "kind": "substance", "points": 100, "check": "mark", "human": human, "deduct": t,
        "basis": t, "verified": true, "remedy": "none", "fix": t });
    json!({ "id": "civil", "version": "1", "title": "民事〔参考样式，非官方标准〕", "sha256": sha256, "adopted": false, "scheme": "points", "total": 100,
        "grades": [], "groups": [], "criteria": [criterion], "red_lines": [], "counting": "cumulative" })
}

/// The same result sealed as 定稿.
pub fn sealed(mut saved: Saved) -> Saved {
    let code = saved.manifest.code.clone();
    let (by, on) = ("虚构".to_owned(), "2025-01-01".to_owned());
    let seal = Seal {
        format: 1,
        stage: FINAL.to_owned(),
        by,
        on,
        code,
        correction: None,
        before: Vec::new(),
        open: None,
        page: None,
        digest: String::new(),
    };
    saved.seal = Some(Seal { digest: seal.digest_of(), ..seal });
    saved
}

/// Rules from their text, which must have no mistake.
pub fn rules(text: &str) -> Rules {
    let sink = Mistakes::default();
    let rules = settings::parse(text, 0, &sink);
    let told: Vec<_> = sink.into_sorted().iter().map(|m| m.message.zh.to_string()).collect();
    assert!(told.is_empty(), "{text}: {told:?}");
    rules
}

/// The ranking of these results by offices.
pub fn ranked(results: &[Saved], rules: &Rules) -> Result<Ranking, Vec<Text>> {
    rank(&Given { results, bridges: &[], indicators: &[], rules, by_group: false, year: None })
}

/// The lines of a refusal in Chinese.
pub fn refused(result: Result<Ranking, Vec<Text>>) -> String {
    result.expect_err("refused").iter().map(|t| t.zh.to_string()).collect::<Vec<_>>().join("\n")
}
