//! report.html read back: the same cases, marks, findings and places as the result, and no personal value. Must not run a browser.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use flate2::read::DeflateDecoder;
use juanping::record::v1::{CaseRecord, PlaceRecord};
use juanping::report::audience::Audience;
use juanping::report::page::{Source, write};
use juanping::saved::Saved;
use serde_json::{Value, json};

use crate::leaks;
use crate::merge::manifest_anew;
use crate::run::juanping;

fn page(saved: &Saved, audience: Audience, only: Option<&str>) -> String {
    let mut out = Vec::new();
    let source = Source { results: &saved.results, code: &saved.manifest.code, seal: saved.sealed(), audience, only };
    write(&mut out, Cursor::new(Vec::new()), &source, saved.cases().expect("cases")).expect("a page");
    String::from_utf8(out).expect("UTF-8")
}

/// Bytes of base64, by the definition.
fn bytes(base64: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = base64.trim_end_matches('=').chars().map(|c| format!("{:06b}", LETTERS.find(c).expect("base64"))).collect();
    let whole = bits.len() / 8 * 8;
    bits.as_bytes()[..whole].chunks(8).map(|b| u8::from_str_radix(std::str::from_utf8(b).expect("bits"), 2).expect("a byte")).collect()
}

/// Every data block by its id, as text.
fn blocks(page: &str) -> BTreeMap<String, String> {
    let parts = page.split("<script type=\"application/x-juanping\" id=\"").skip(1);
    let block = |part: &str| {
        let (id, rest) = part.split_once("\">").expect("an id");
        let (base64, _) = rest.split_once("</script>").expect("an end");
        let mut json = String::new();
        DeflateDecoder::new(&*bytes(base64)).read_to_string(&mut json).expect("deflate");
        (id.to_owned(), json)
    };
    parts.map(block).collect()
}

/// The value of a row of a column, as `web/DATA.md` says.
fn at(column: &Value, row: usize) -> Value {
    if let Some(plain) = column["v"].as_array() {
        return plain[row].clone();
    }
    let Some(letters) = column["i"].as_str() else { return column["d"][0].clone() };
    let code = letters.chars().nth(row).expect("a letter a row") as usize;
    column["d"][if code > 0x5c { code - 0x31 } else { code - 0x30 }].clone()
}

fn filled(template: &str, args: &str) -> String {
    let words: Vec<&str> = args.split('\u{1}').collect();
    let word = |c: char| words.get((c as usize).wrapping_sub(0xe000)).map_or_else(|| c.to_string(), ToString::to_string);
    if args.is_empty() { template.to_owned() } else { template.chars().map(word).collect() }
}

/// A place as its columns tell it; `row` is the row of the place before, and becomes that of this one.
fn place(columns: &Value, at_: usize, row: &mut i64) -> PlaceRecord {
    let get = |key: &str| at(&columns[key], at_);
    let text = |key: &str| get(key).as_str().map(Into::into);
    let step = get("row").as_i64();
    *row += step.unwrap_or(0);
    let cell = get("letters").as_str().map(|letters| step.map_or_else(|| letters.to_owned(), |_| format!("{letters}{row}")));
    let number = |key: &str| get(key).as_u64().map(|n| u32::try_from(n).expect("a number"));
    PlaceRecord {
        file: text("file").expect("a file"),
        sheet: text("sheet"),
        cell,
        page: number("page"),
        pointer: get("pointer").as_str().map(ToOwned::to_owned),
        line: number("line"),
        raw: text("raw"),
    }
}

/// That the blocks of an office tell what its cases tell.
fn agree(listed: &Value, found: &Value, cases: &[CaseRecord]) {
    assert_eq!(listed["n"], cases.len());
    let (mut finding, mut places, mut cell_row) = (0, 0, 0);
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, case) in cases.iter().enumerate() {
        let get = |key: &str| at(&listed[key], row);
        assert_eq!(get("case_no"), json!(case.case_no));
        assert_eq!(get("grade"), json!(case.grade));
        assert_eq!(get("possible"), json!(case.possible));
        assert_eq!(get("low"), json!(case.marks.as_ref().map(|m| m.low)), "{}", case.case_no);
        assert_eq!(get("high"), json!(case.marks.as_ref().map(|m| m.high)));
        if let (Some(rubric), false) = (case.rubric.as_deref(), case.criteria.is_empty()) {
            let cells = &listed["cells"][rubric];
            let mine = rows.entry(rubric).or_default();
            for (column, result) in case.criteria.iter().enumerate() {
                assert_eq!(cells["ids"][column], json!(result.id));
                let cell = at(&cells["of"][column], *mine);
                assert_eq!(
                    [&cell[0], &cell[1], &cell[2], &cell[3]],
                    [&json!(result.outcome), &json!(result.of), &json!(result.low), &json!(result.high)],
                    "{} {}",
                    case.case_no,
                    result.id
                );
            }
            *mine += 1;
        }
        assert_eq!(at(&found["count"], row), json!(case.findings.len()));
        for told in &case.findings {
            let get = |key: &str| at(&found[key], finding);
            let (said, args) = (get("said"), get("args"));
            let said = |i: usize| filled(said[i].as_str().expect("text"), args.as_str().expect("words"));
            assert_eq!((said(0), said(1)), (told.message.zh.to_string(), told.message.en.to_string()));
            assert_eq!(format!("{}-{}", get("criterion").as_str().expect("id"), get("nr").as_str().expect("number")), told.id);
            assert_eq!((get("low"), get("high")), (json!(told.lost[0]), json!(told.lost[1])));
            assert_eq!(get("remedy"), json!(told.remedy));
            assert_eq!(get("basis"), json!([told.basis.zh, told.basis.en]));
            assert_eq!(get("np"), json!(told.places.len()));
            for want in &told.places {
                assert_eq!(place(&found["places"], places, &mut cell_row), *want);
                places += 1;
            }
            finding += 1;
        }
    }
    assert!(finding > 0 || cases.iter().all(|c| c.findings.is_empty()));
}

#[test]
fn a_page_tells_what_the_result_tells_and_is_the_same_twice() {
    let room = tempfile::tempdir().expect("room");
    for sample in ["samples/round-2024", "samples/indicators-2024"] {
        let out = room.path().join(sample.replace('/', "-"));
        let done = juanping(&["assess", sample, "-o", &out.to_string_lossy(), "--quiet", "--no-cache"]);
        assert!(done.code <= 1, "{}", done.err);
        let saved = Saved::open(&out).expect("whole");
        let first = page(&saved, Audience::Internal, None);
        assert_eq!(first, page(&saved, Audience::Internal, None), "equal bytes");
        let blocks = blocks(&first);
        let head: Value = serde_json::from_str(&blocks["head"]).expect("JSON");
        let cases: Vec<CaseRecord> = saved.cases().expect("cases").collect::<Result<_, _>>().expect("lines");
        for office in &saved.results.offices {
            let mine: Vec<CaseRecord> = cases.iter().filter(|c| *c.office == *office.name).cloned().collect();
            let number = &head["blocks"][&office.id]["at"];
            let block = |kind: &str| serde_json::from_str(&blocks[&format!("{kind}{number}")]).expect("JSON");
            agree(&block("c"), &block("f"), &mine);
            for lost in &office.lost {
                let cell = &head["grids"][&office.id][&lost.rubric][&lost.criterion];
                assert_eq!(
                    [&cell[0], &cell[1], &cell[3]],
                    [&json!(lost.of), &json!(lost.cases), &json!(lost.points)],
                    "{}",
                    lost.criterion
                );
            }
        }
    }
}

#[test]
fn no_personal_value_stands_in_any_block() {
    let room = tempfile::tempdir().expect("room");
    let ran = leaks::batch().assess();
    let write = |(name, bytes): (&String, &Vec<u8>)| std::fs::write(Path::new(room.path()).join(name), bytes).expect("written");
    ran.files.iter().for_each(write);
    let saved = Saved::open(room.path()).expect("whole");
    for (audience, only) in [(Audience::Internal, None), (Audience::Feedback, Some("东岭区")), (Audience::Public, None)] {
        let page = page(&saved, audience, only);
        let mut all: Vec<String> = blocks(&page).into_values().collect();
        assert_eq!(all.len(), if audience == Audience::Public { 1 } else { 3 });
        all.push(page);
        for word in leaks::PLANTED {
            assert!(!all.iter().any(|text| text.contains(word)), "{word} for {audience:?}");
        }
    }
}

#[test]
fn the_command_writes_one_file_and_keeps_to_audiences() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    assert_eq!(juanping(&["assess", "samples/round-2024", "-o", &at("out"), "--quiet"]).code, 0);
    let report = |to: &str, more: &[&str]| juanping(&[&["report", &at("out"), "--format", "html", "-o", &at(to)], more].concat());
    let said = report("page", &[]);
    assert!(said.code == 0 && said.out.contains("report.html（48 件案件"), "{}{}", said.out, said.err);
    let page = |to: &str| std::fs::read_to_string(folder.path().join(to).join("report.html")).expect("the page");
    assert!(blocks(&page("page")).len() > 1);
    let first = page("page");
    assert_eq!(page("out"), first, "assess writes the same page beside its workbooks");
    assert_eq!(report("page", &[]).code, 0, "an earlier page may be replaced");
    assert_eq!(page("page"), first, "equal bytes");
    assert_eq!(report("own", &["--audience", "feedback", "--office", "望川县"]).code, 0);
    let own = blocks(&page("own")).into_values().collect::<String>();
    assert!(own.contains("望川") && !own.contains("澄湖援"), "one office's own");
    let codes = reviewers(&folder.path().join("out"));
    let named = |text: &str| codes.iter().filter(|c| text.contains(*c)).cloned().collect::<Vec<_>>();
    assert_eq!(named(&own), Vec::<String>::new(), "no reviewer is named to an office");
    assert_eq!(named(&blocks(&first).into_values().collect::<String>()).len(), codes.len(), "but all are to those who assess");
    assert!(own.contains("评估专家评") && own.contains("质量不足"), "marks and reasons stay");
    // Templates have a sign where a number was; what one of two reviewers gave would stand behind their name.
    let told: String = blocks(&page("own")).into_iter().filter(|(id, _)| id != "head").map(|(_, text)| text).collect();
    assert!(!told.contains("评估专家 扣") && !told.contains("取平均"), "not who gave what");
    assert_eq!(report("public", &["--audience", "public"]).code, 0);
    let public = blocks(&page("public")).into_values().collect::<String>();
    assert!(public.contains("望川县") && !public.contains("望川援") && !public.contains("澄湖援"), "no case number");
    for (more, words) in [
        (&["--audience", "feedback"][..], "一个 --office"),
        (&["--office", "望川县"], "--audience feedback"),
        (&["--audience", "feedback", "--office", "没有县"], "没有机构"),
    ] {
        let said = report("nowhere", more);
        assert!(said.code == 2 && said.err.contains(words), "{more:?}: {}", said.err);
    }
    assert!(!folder.path().join("nowhere").exists());
}

/// Codes and names of every reviewer of a result.
fn reviewers(out: &Path) -> Vec<String> {
    let saved = Saved::open(out).expect("whole");
    let all = saved.results.panel.iter().flat_map(|p| &p.reviewers).map(|r| r.code.to_string());
    let marked: std::collections::BTreeSet<String> =
        saved.cases().expect("cases").flat_map(|c| c.expect("a case").reviews).filter_map(|r| Some(r.reviewer?.to_string())).collect();
    let all: Vec<String> = all.filter(|code| marked.contains(code)).collect();
    assert!(all.len() > 3);
    all
}

#[test]
fn a_page_changed_by_hand_is_found_though_the_manifest_was_made_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    assert_eq!(juanping(&["assess", "samples/round-2024", "-o", &out.to_string_lossy(), "--quiet"]).code, 0);
    let before = Saved::open(&out).expect("whole").manifest.code;
    let page = std::fs::read_to_string(out.join("report.html")).expect("the page");
    std::fs::write(out.join("report.html"), page.replacen("<title>", "<title>优 ", 1)).expect("changed");
    manifest_anew(&out);
    assert_eq!(Saved::open(&out).expect("opens").manifest.code, before, "the page shows the code, so it is not part of it");
    let said = juanping(&["verify", &out.to_string_lossy()]);
    assert!(said.code == 1 && said.out.contains("report.html 与 results.json、cases.jsonl 不一致"), "{}{}", said.out, said.err);
}
