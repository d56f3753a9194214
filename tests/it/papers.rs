//! Papers to sign (文书), made by the built program from the samples, and read back. Must not look at how they are made.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::LazyLock;

use juanping::paper::{FORMS, Form};
use juanping::report::audience::Audience;

use crate::batch::files;
use crate::leaks;
use crate::run::{Said, juanping, juanping_in};

/// Results and papers of the sample of a round, made once.
struct Round {
    folder: tempfile::TempDir,
}

static ROUND: LazyLock<Round> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let done = |said: Said| assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    done(juanping(&["assess", "samples/round-2024", "-o", &at("out"), "--quiet"]));
    done(juanping(&["draw", "samples/round-2024", "--no-sheets", "--seed", "99", "-o", &at("drawn"), "--quiet"]));
    done(juanping(&[
        "report",
        &at("out"),
        "--format",
        "docx",
        "--plan",
        "samples/round-2024/抽卷方案.json",
        "-o",
        &at("papers"),
        "--quiet",
    ]));
    Round { folder }
});

fn at(name: &str) -> String {
    ROUND.folder.path().join(name).to_string_lossy().into_owned()
}

/// Every part of a Word file or workbook that is text.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut parts = BTreeMap::new();
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i).expect("a part");
        let name = entry.name().expect("a name").to_string();
        let mut text = Vec::new();
        entry.read_to_end(&mut text).expect("it unpacks");
        parts.insert(name, String::from_utf8_lossy(&text).into_owned());
    }
    parts
}

/// The words of a part, without mark-up; a line a paragraph.
fn words(xml: &str) -> String {
    let mut out = String::new();
    for piece in xml.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", ""));
        match tag.split(' ').next() {
            Some("/w:p") => out.push('\n'),
            Some("w:t") => out.push_str(&text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")),
            _ => {}
        }
    }
    out
}

fn body(path: &Path) -> String {
    words(&parts(&fs::read(path).expect("a paper"))["word/document.xml"])
}

fn refused(args: &[&str], words: &[&str]) {
    let said = juanping(&[&["report"], args].concat());
    assert_eq!(said.code, 2, "{args:?}: {}{}", said.out, said.err);
    for word in words {
        assert!(said.err.contains(word), "{args:?}: no {word} in {}", said.err);
    }
}

#[test]
fn every_form_is_made_and_holds_no_mark_of_the_program() {
    let all = files(&ROUND.folder.path().join("papers"));
    for form in FORMS {
        let prefix = format!("文书/{}/", form.title);
        let own: Vec<_> = all.iter().filter(|(name, _)| name.starts_with(&prefix) && name.ends_with(".docx")).collect();
        assert!(!own.is_empty(), "no {}", form.title);
        for (name, bytes) in own {
            for (part, text) in parts(bytes) {
                let said = words(&text);
                for trace in ["{{", "}}", "null", "None", "NaN", "Some("] {
                    assert!(!said.contains(trace), "{name} {part}: {trace}");
                }
                if part.starts_with("word/header") {
                    assert!(said.contains("草　稿") || is_of_a_plan(form), "{name}: a draft does not say so");
                }
            }
        }
    }
}

#[test]
fn what_fewer_may_see_does_not_lie_with_what_is_published() {
    let all = files(&ROUND.folder.path().join("papers"));
    for (name, there) in
        [("通报/通报.docx", true), ("通报/数字核对表.xlsx", true), ("通报（内部）/通报数据.xlsx", true), ("通报/通报数据.xlsx", false)]
    {
        assert_eq!(all.contains_key(&format!("文书/{name}")), there, "{name}");
    }
}

/// Made from a draw, of which there is no final version.
fn is_of_a_plan(form: &Form) -> bool {
    matches!(form.maker, juanping::paper::form::Maker::Plan(_))
}

#[test]
fn names_of_forms_are_declared_and_layouts_use_them() {
    for form in FORMS {
        let names: BTreeSet<&str> = form.own_names().map(|n| n.name).collect();
        assert_eq!(names.len(), form.own_names().count(), "{}: a name twice", form.id);
        let known = form.known();
        let common = juanping::paper::fact::Facts::default();
        let made = juanping::paper::docx::Template::new((form.layout)().parts(), &known, &common, true);
        assert!(made.is_ok(), "{}: {:?}", form.id, made.err());
        let text = (form.layout)().parts().get("word/document.xml").map(|b| words(&String::from_utf8_lossy(b))).expect("a document");
        assert!(text.contains("{{"), "{}: nothing to fill in", form.id);
        assert_eq!(Form::find(form.id).map(|f| f.id), Some(form.id));
        assert_eq!(Form::find(form.title).map(|f| f.id), Some(form.id));
    }
}

#[test]
fn the_page_about_papers_names_every_form_and_explain_every_name() {
    for page in ["docs/papers.md", "docs/papers.zh-CN.md"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).expect(page);
        for form in FORMS {
            assert!(text.contains(&format!("| `{}` | {} |", form.id, form.title)), "{page}: no {}", form.id);
        }
    }
    for form in FORMS {
        let said = juanping(&["explain", form.title]);
        assert_eq!(said.code, 0, "{}", said.err);
        for name in form.own_names() {
            assert!(said.out.contains(&format!("{{{{{}}}}}  ", name.name)), "{}: {}", form.id, name.name);
        }
    }
}

#[test]
fn an_exported_layout_given_back_makes_the_same_paper() {
    let folder = tempfile::tempdir().expect("a folder");
    let form = "案件质量评估表";
    let said = juanping_in(folder.path(), &["report", "--form", form, "--export-template", "样式.docx"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("--template 样式.docx"), "{}", said.out);
    let out = folder.path().join("out");
    let (template, out) = (folder.path().join("样式.docx").to_string_lossy().into_owned(), out.to_string_lossy().into_owned());
    let said = juanping(&["report", &at("out"), "--format", "docx", "--form", form, "--template", &template, "-o", &out]);
    assert_eq!(said.code, 0, "{}", said.err);
    let made: BTreeMap<_, _> = files(Path::new(&out)).into_iter().filter(|(n, _)| n.ends_with(".docx")).collect();
    let built_in: BTreeMap<_, _> =
        files(&ROUND.folder.path().join("papers")).into_iter().filter(|(n, _)| n.contains(form) && n.ends_with(".docx")).collect();
    assert_eq!(made.len(), 25, "24 cases and the print file");
    assert_eq!(made, built_in);
    let again = juanping_in(folder.path(), &["report", "--form", form, "--export-template", "样式.docx"]);
    assert_eq!((again.code, again.err.contains("已经存在")), (2, true), "a template that people changed is not replaced");
}

#[test]
fn templates_of_other_programs_are_filled_in_and_say_that_they_are_drafts() {
    for name in ["libreoffice", "python-docx"] {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        let template = format!("tests/data/papers/{name}.docx");
        let said = juanping(&[
            "report",
            &at("out"),
            "--format",
            "docx",
            "--form",
            "evaluation",
            "--template",
            &template,
            "--office",
            "澄湖县",
            "-o",
            &out.to_string_lossy(),
        ]);
        assert_eq!(said.code, 0, "{name}: {}", said.err);
        let paper = out.join("文书/案件质量评估表/澄湖县/澄湖援刑〔2024〕3号 审判.docx");
        let text = body(&paper);
        for word in ["澄湖援刑〔2024〕3号", "B02", "卷内没有《委托代理/辩护协议》", "良好"] {
            assert!(text.contains(word), "{name}: no {word} in {text}");
        }
        assert!(!text.contains("{{") && !text.contains("｛｛"), "{name}: {text}");
        let headers: Vec<String> =
            parts(&fs::read(&paper).expect("a paper")).into_iter().filter(|(n, _)| n.contains("header")).map(|(_, t)| words(&t)).collect();
        assert!(!headers.is_empty() && headers.iter().all(|h| h.contains("草　稿")), "{name}: {headers:?}");
    }
}

#[test]
fn mistakes_are_told_in_words_that_help() {
    let (out, to) = (at("out"), at("nowhere"));
    let docx = |more: &[&str], words: &[&str]| refused(&[&[out.as_str(), "--format", "docx", "-o", to.as_str()], more].concat(), words);
    docx(&["--form", "评估表"], &["没有“评估表”这种文书", "案件质量评估表"]);
    docx(&["--form", "evaluation", "--audience", "public"], &["案件质量评估表只供内部使用"]);
    docx(&["--set", "案号=1"], &["名称=内容", "联系人"]);
    docx(&["--set", "联系人"], &["名称=内容"]);
    docx(&["--office", "没有县"], &["结果里没有机构“没有县”"]);
    docx(&["--template", "README.md"], &["--template 要配一个 --form"]);
    docx(&["--form", "evaluation", "--template", "README.md"], &["README.md", "不是 docx 文件"]);
    docx(&["--form", "evaluation", "--template", "没有.docx"], &["没有.docx 打不开"]);
    docx(&["--set", "整改期限=2025-13-45"], &["没有“2025-13-45”这一天"]);
    for value in ["0", "1", "abc", "-3", "3.5"] {
        docx(&["--set", &format!("最少件数={value}")], &["最少件数"]);
        docx(&["--set", &format!("最小单元={value}")], &["最小单元"]);
    }
    docx(&["--set", "文号=云司发〔2025〕9号"], &["一个文号只能用在一份文书上"]);
    docx(&["--audience", "public", "--office", "望川县"], &["没有可以做的文书"]);
    docx(&["--plan", &format!("{}/抽卷方案.json", at("drawn"))], &["不是这次评查用的抽卷方案"]);
    docx(&["--plan", "samples/rank.toml"], &["不是 draw 写的抽卷方案.json"]);
    refused(&["--export-template", "x.docx"], &["要配一个 --form"]);
    assert!(!Path::new(&to).exists(), "nothing is written");
    let other = FORMS.iter().find(|f| is_of_a_plan(f)).expect("a form of a plan");
    docx(&["--form", other.title], &["要用抽卷方案", "--plan"]);
    refused(&[&at("drawn"), "--format", "docx", "-o", &to, "--form", "evaluation"], &["要用 assess 的结果"]);
}

#[test]
fn what_people_filled_in_is_never_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out").to_string_lossy().into_owned();
    let make = || juanping(&["report", &at("out"), "--format", "docx", "--form", "evaluation", "-o", &out]);
    assert_eq!(make().code, 0);
    let first = files(Path::new(&out));
    assert_eq!(make().code, 0, "as it was written it may be replaced");
    assert_eq!(files(Path::new(&out)), first, "equal bytes");
    let paper = Path::new(&out).join("文书/案件质量评估表/澄湖县/澄湖援刑〔2024〕3号 审判.docx");
    fs::write(&paper, b"filled in").expect("a changed paper");
    let said = make();
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.contains("改动过") && said.err.contains("澄湖援刑〔2024〕3号"), "{}", said.err);
    fs::write(Path::new(&out).join("文书/扫描件.pdf"), b"signed").expect("a foreign file");
    assert!(make().err.contains("扫描件.pdf"));
    assert_eq!(fs::read(&paper).expect("still there"), b"filled in");
}

#[test]
fn papers_that_a_run_does_not_make_are_not_taken_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out").to_string_lossy().into_owned();
    let make = |more: &[&str]| juanping(&[&["report", &at("out"), "--format", "docx", "-o", &out], more].concat());
    assert_eq!(make(&["--form", "circular", "--form", "appeal"]).code, 0);
    for (more, words) in [(&["--form", "circular"][..], "申诉复核决定书"), (&["--form", "appeal", "--office", "望川县"], "通报")]
    {
        let said = make(more);
        assert!(said.code == 2 && said.err.contains(words) && said.err.contains("另一个文件夹"), "{more:?}: {}", said.err);
    }
    assert_eq!(make(&[]).code, 0, "all of them are made anew, and more");
    let said = make(&["--audience", "internal", "--office", "望川县"]);
    assert_eq!(said.code, 2, "{}", said.err);
}

#[test]
fn nothing_reviewed_makes_no_paper() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fs::create_dir_all(folder.path().join("batch/东岭区")).expect("a batch");
    juanping(&["assess", &at("batch"), "-o", &at("out"), "--quiet"]);
    let said = juanping(&["report", &at("out"), "--format", "docx", "-o", &at("papers")]);
    assert!(said.code == 2 && said.err.contains("没有被评查的案件"), "{}", said.err);
    assert!(!folder.path().join("papers").exists());
}

#[test]
fn papers_are_the_same_for_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let make = |jobs: &str| {
        let out = folder.path().join(jobs).to_string_lossy().into_owned();
        let said = juanping(&["report", &at("out"), "--format", "docx", "--jobs", jobs, "-o", &out]);
        assert_eq!(said.code, 0, "{}", said.err);
        files(Path::new(&out))
    };
    assert_eq!(make("1"), make("8"));
}

#[test]
fn a_final_result_makes_papers_without_the_word_draft() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    assert_eq!(juanping(&["assess", "samples/round-2024", "-o", &at("out"), "--quiet"]).code, 0);
    let sealed = juanping(&["finalize", &at("out"), "--by", "虚构负责人", "--on", "2025-04-01", "--with-open"]);
    assert_eq!(sealed.code, 0, "{}{}", sealed.out, sealed.err);
    let said = juanping(&["report", &at("out"), "--format", "docx", "-o", &at("papers")]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!said.out.contains("草稿"), "{}", said.out);
    for (name, bytes) in files(&folder.path().join("papers")).into_iter().filter(|(n, _)| n.ends_with(".docx")) {
        assert!(parts(&bytes).values().all(|t| !words(t).contains("草　稿")), "{name}");
    }
}

#[test]
fn audiences_get_only_their_own_papers() {
    for (audience, least) in [("feedback", Audience::Feedback), ("public", Audience::Public)] {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        let said = juanping(&["report", &at("out"), "--format", "docx", "--audience", audience, "-o", &out.to_string_lossy()]);
        assert_eq!(said.code, 0, "{}", said.err);
        for name in files(&out).keys().filter(|n| !n.ends_with(".json")) {
            let form = FORMS.iter().find(|f| name.starts_with(&format!("文书/{}", f.title)));
            assert!(form.is_some_and(|f| f.audience >= least), "{audience}: {name}");
        }
    }
}

#[test]
fn no_paper_holds_a_personal_value() {
    let batch = leaks::batch();
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let batch = batch.path().to_string_lossy().into_owned();
    let assess = |flags: &[&str], out: &str| juanping(&[&["assess", &batch, "-o", out, "--quiet"], flags].concat()).code;
    assert_eq!((assess(&[], &at("out")), assess(&["--names", "full"], &at("full"))), (0, 0));
    let report = |out: &str, to: &str, more: &[&str]| juanping(&[&["report", &at(out), "--format", "docx", "-o", &at(to)], more].concat());
    let seen = |to: &str| -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        for (name, bytes) in files(&folder.path().join(to)) {
            let texts =
                if name.ends_with(".json") { vec![String::from_utf8(bytes).expect("text")] } else { parts(&bytes).into_values().collect() };
            for word in leaks::PLANTED {
                let holds = |t: &String| words(t).contains(word) || t.contains(word);
                seen.extend((name.contains(word) || texts.iter().any(holds)).then(|| format!("{name}: {word}")));
            }
        }
        seen
    };
    let said = report("out", "papers", &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(seen("papers"), BTreeSet::new());
    assert!(files(&folder.path().join("papers")).len() > 5);
    let said = report("full", "internal", &[]);
    assert!(said.code == 0 && said.out.contains("--names full"), "{}", said.out);
    for name in files(&folder.path().join("internal")).keys().filter(|n| n.ends_with(".docx")) {
        let form = FORMS.iter().find(|f| name.starts_with(&format!("文书/{}", f.title))).expect("a form");
        assert_eq!(form.audience, Audience::Internal, "{name}");
    }
    for audience in ["feedback", "public"] {
        let said = report("full", "nowhere", &["--audience", audience]);
        assert_eq!((said.code, said.err.contains("个人信息")), (2, true), "{audience}: {}", said.err);
    }
}
