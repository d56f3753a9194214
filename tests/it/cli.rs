//! The command line: help, wrong arguments and the small commands, in both languages. Must not grade a batch.

use std::fmt::Write as _;
use std::fs;

use crate::run::{Said, juanping, juanping_in};

/// Both languages of one call, one below the other.
fn both(args: &[&str]) -> String {
    let (zh, en) = (juanping(args), juanping(&[args, &["--lang", "en"]].concat()));
    assert_eq!(zh.code, en.code, "{args:?}");
    let shown = |s: &Said| if s.out.is_empty() { s.err.clone() } else { s.out.clone() };
    format!("$ juanping {}\n[exit {}]\n{}---\n{}\n", args.join(" "), zh.code, shown(&zh), shown(&en))
}

/// Words of the parser that would be English in the middle of Chinese.
const LEAKS: &[&str] = &[
    "error:",
    "tip:",
    "Usage",
    "USAGE",
    "For more information",
    "OPTIONS",
    "COMMAND",
    "Options:",
    "Arguments",
    "possible values",
    "alias",
    "default:",
    "unexpected",
    "invalid",
    "required",
];

fn assert_chinese(said: &Said, args: &[&str]) {
    for text in [&said.out, &said.err] {
        for leak in LEAKS {
            assert!(!text.contains(leak), "{args:?}: {leak:?} in the Chinese text:\n{text}");
        }
    }
}

#[test]
fn help_of_the_program() {
    insta::assert_snapshot!(both(&["--help"]));
    assert_eq!(juanping(&[]), juanping(&["--help"]));
    assert_eq!(juanping(&["help"]), juanping(&["--help"]));
    assert_eq!(juanping(&["帮助", "assess"]), juanping(&["assess", "--help"]));
}

#[test]
fn help_names_the_everyday_commands_first() {
    let help = juanping(&["--help"]).out;
    let at = |word: &str| help.find(word).unwrap_or_else(|| panic!("{word} is not in the help"));
    let order = [
        "常用命令",
        "  check ",
        "  assess ",
        "  init ",
        "  explain ",
        "更多",
        "  demo ",
        "  rubric ",
        "  report ",
        "  completions ",
        "  man ",
        "退出码",
    ];
    assert!(order.windows(2).all(|w| at(w[0]) < at(w[1])), "{help}");
}

const COMMANDS: &[&[&str]] = &[
    &["assess"],
    &["draw"],
    &["rank"],
    &["init"],
    &["demo"],
    &["rubric"],
    &["rubric", "list"],
    &["rubric", "show"],
    &["rubric", "check"],
    &["rubric", "test"],
    &["rubric", "export"],
    &["explain"],
    &["merge"],
    &["finalize"],
    &["verify"],
    &["report"],
    &["completions"],
    &["man"],
];

#[test]
fn help_of_every_command() {
    let mut all = String::new();
    for command in COMMANDS {
        let args = [command, &["--help"][..]].concat();
        let said = juanping(&args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
        assert_chinese(&said, &args);
        all += &both(&args);
    }
    insta::assert_snapshot!(all);
}

#[test]
fn chinese_names_of_commands() {
    for (chinese, english) in [
        (&["评查", "--help"][..], &["assess", "--help"][..]),
        (&["抽卷", "--help"], &["draw", "--help"]),
        (&["排名", "--help"], &["rank", "--help"]),
        (&["演示", "--help"], &["demo", "--help"]),
        (&["标准", "列表"], &["rubric", "list"]),
        (&["标准", "查看", "--help"], &["rubric", "show", "--help"]),
        (&["标准", "检查", "--help"], &["rubric", "check", "--help"]),
        (&["标准", "测试", "--help"], &["rubric", "test", "--help"]),
        (&["标准", "导出", "--help"], &["rubric", "export", "--help"]),
        (&["说明", "P010"], &["explain", "P010"]),
        (&["合并", "--help"], &["merge", "--help"]),
        (&["定稿", "--help"], &["finalize", "--help"]),
        (&["核验", "--help"], &["verify", "--help"]),
        (&["报告", "--schema", "cases"], &["report", "--schema", "cases"]),
        (&["补全", "bash"], &["completions", "bash"]),
        (&["手册"], &["man"]),
    ] {
        let said = juanping(chinese);
        assert_eq!(said.code, 0, "{chinese:?}: {}", said.err);
        assert_eq!(said, juanping(english), "{chinese:?}");
    }
}

#[test]
fn wrong_arguments_are_said_in_the_language_with_exit_2() {
    let calls: &[&[&str]] = &[
        &["assess"],
        &["assess", "批次"],
        &["assess", "批次", "-o"],
        &["assess", "批次", "-o", ""],
        &["assess", "批次", "-o", "结果", "多余"],
        &["draw"],
        &["draw", "批次"],
        &["draw", "批次", "-o", "结果", "--number", "3", "--percent", "5"],
        &["draw", "批次", "-o", "结果", "--percent", "120"],
        &["draw", "批次", "-o", "结果", "--method", "lucky"],
        &["rank", "-o", "排名"],
        &["rank", "结果"],
        &["rank", "结果", "-o", "排名", "--by", "city"],
        &["rank", "结果", "-o", "排名", "--year", "24"],
        &["assess", "批次", "-o", "结果", "-o", "结果2"],
        &["assess", "批次", "-o", "结果", "--name", "full"],
        &["assess", "批次", "-o", "结果", "--names", "fulll"],
        &["assess", "批次", "-o", "结果", "--as-of", "去年"],
        &["assess", "批次", "-o", "结果", "--jobs", "-1"],
        &["assess", "批次", "-o", "结果", "--jobs", "两个"],
        &["assess", "批次", "-o", "结果", "--quiet=1"],
        &["assess", "批次", "-o", "结果", "--seed", "1"],
        &["assess", "批次", "——out", "结果"],
        &["asess", "批次"],
        &["打分", "批次"],
        &["-x"],
        &["rubric"],
        &["rubric", "shw"],
        &["rubric", "export"],
        &["demo"],
        &["demo", "文件夹", "--seed", "1.5"],
        &["report"],
        &["report", "--schema", "result"],
        &["completions"],
        &["completions", "tcsh"],
        &["--color", "red"],
    ];
    let mut all = String::new();
    for args in calls {
        let said = juanping(args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}");
        assert!(said.err.starts_with("错误：") && said.err.contains("--help"), "{args:?}: {}", said.err);
        assert_chinese(&said, args);
        all += &both(args);
    }
    insta::assert_snapshot!(all);
}

#[test]
fn the_environment_chooses_the_language_and_the_flag_overrules_it() {
    let run = |lang: &str, args: &[&str]| -> Said {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("juanping");
        command.env("JUANPING_LANG", lang).env_remove("COLUMNS").args(args).output().expect("runs").into()
    };
    assert_eq!(run("en", &["--help"]), juanping(&["--help", "--lang", "en"]));
    assert_eq!(run("en", &["--help", "--lang", "zh"]), juanping(&["--help"]));
    assert_eq!(run("fr", &["--help"]), juanping(&["--help"]));
    assert_eq!(run("en", &["explain", "P010", "--lang=zh"]), juanping(&["explain", "P010"]));
}

#[test]
fn a_batch_that_is_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    for lang in ["zh", "en"] {
        let said = juanping_in(folder.path(), &["assess", "没有", "-o", "结果", "--lang", lang]);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        assert!(said.err.contains("没有"), "{}", said.err);
    }
    assert_eq!(fs::read_dir(folder.path()).expect("list").count(), 0, "something was written");
}

#[test]
fn wrong_settings_are_all_shown_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("批次")).expect("a batch");
    let text = "titel = \"东岭市2024年度评查\"\nyear = 3024\nrubrics = [\"legal-aid-civl\"]\n\n[scope]\nevent = \"close\"\nfrom = \"2024-12-31\"\nto = \"2024-01-01\"\n\n\
                [[office]]\nname = \"东岭区\"\n[[office]]\nname = \"西岭区\"\naliases = [\"东岭区\"]\n";
    fs::write(folder.path().join("批次/audit.toml"), text).expect("settings");
    let mut all = String::new();
    for lang in ["zh", "en"] {
        let said = juanping_in(folder.path(), &["assess", "批次", "-o", "结果", "--lang", lang]);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        writeln!(all, "{}", said.err.replace('\\', "/")).expect("a string");
    }
    insta::assert_snapshot!(all);
    assert!(!folder.path().join("结果").exists());
}

#[test]
fn rubrics_are_listed_shown_checked_and_tested() {
    let list = juanping(&["rubric", "list"]);
    assert_eq!(list.code, 0, "{}", list.err);
    for id in ["duty-lawyer", "law-firm-annual", "law-firm-files", "legal-aid-civil", "legal-aid-criminal", "peer-levels"] {
        assert!(list.out.lines().any(|l| l.starts_with(id)), "{}", list.out);
        let show = juanping(&["rubric", "show", id]);
        assert_eq!(show.code, 0, "{}", show.err);
        assert!(show.out.contains(id) && show.out.contains("parts/"), "origins are not shown: {}", show.out);
        assert_eq!(juanping(&["rubric", "check", id]).code, 0, "{id}");
    }
    let test = juanping(&["rubric", "test"]);
    assert_eq!(test.code, 0, "{}{}", test.out, test.err);
    assert!(test.out.contains("0 个不符"), "{}", test.out);
}

#[test]
fn a_rubric_that_is_wrong_or_fails_its_examples() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(juanping_in(folder.path(), &["rubric", "export", "标准"]).code, 0);
    let part = folder.path().join("标准/parts/civil-intake.toml");
    let text = fs::read_to_string(&part).expect("the part");
    // The first deduction that an example expects is made another one.
    let wrong = text.replacen("outcome = \"unmet\"", "outcome = \"met\"", 1);
    assert_ne!(wrong, text);
    fs::write(&part, wrong).expect("written");
    let test = juanping_in(folder.path(), &["rubric", "test", "标准/legal-aid-civil.toml"]);
    assert_eq!(test.code, 1, "{}{}", test.out, test.err);
    assert!(test.out.contains("1 个不符") && test.err.contains("R025"), "{}{}", test.out, test.err);

    fs::write(&part, text.replacen("check = \"", "check = \"x", 1)).expect("written");
    for action in ["test", "check", "show"] {
        let said = juanping_in(folder.path(), &["rubric", action, "标准/legal-aid-civil.toml"]);
        assert_eq!(said.code, 2, "{action}: {}", said.err);
        assert!(said.err.contains("R009") && said.err.contains("civil-intake.toml"), "{}", said.err);
    }
    let missing = juanping_in(folder.path(), &["rubric", "check", "legal-aid-civl"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("legal-aid-civil"), "no suggestion: {}", missing.err);
}

#[test]
fn export_writes_what_is_shipped_and_keeps_what_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = juanping_in(folder.path(), &["rubric", "export", "标准"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/rubrics/legal-aid-civil.toml");
    let written = folder.path().join("标准/legal-aid-civil.toml");
    assert_eq!(fs::read(&written).expect("written"), fs::read(shipped).expect("shipped"));
    fs::write(&written, "改过").expect("changed");
    let again = juanping_in(folder.path(), &["rubric", "export", "标准"]);
    assert_eq!(again.code, 0);
    assert!(again.err.contains("legal-aid-civil.toml"), "{}", again.err);
    assert_eq!(fs::read_to_string(&written).expect("kept"), "改过");
    fs::write(folder.path().join("文件"), "").expect("a file");
    assert_eq!(juanping_in(folder.path(), &["rubric", "export", "文件"]).code, 4, "a file is no folder");
}

#[test]
fn every_kind_of_code_is_explained() {
    for (code, zh, en) in [
        ("A02", "扣分", "deduction"),
        ("legal-aid-civil A02", "依据", "basis"),
        ("within", "期限", ""),
        ("P010", "案号", "case-number"),
        ("R013", "等次", "bands"),
        ("S002", "机构", "office"),
        ("L001", "分值", "points"),
        ("J01", "登记", "records"),
        ("decided_on", "表头", "Headers"),
        ("application_form", "申请表", "Also"),
        ("a02", "扣分", "deduction"),
    ] {
        let said = juanping(&["explain", code]);
        assert_eq!(said.code, 0, "{code}: {}", said.err);
        assert!(said.out.contains(zh), "{code}: {}", said.out);
        let said = juanping(&["explain", code, "--lang", "en"]);
        assert!(said.out.contains(en), "{code}: {}", said.out);
    }
    let all = juanping(&["explain"]);
    assert_eq!(all.code, 0);
    for code in ["A02", "within", "P010", "R013", "S002", "L001", "J01", "decided_on", "application_form"] {
        assert!(all.out.lines().any(|l| l.split("  ").next().is_some_and(|id| id.ends_with(code))), "{code} is not in the list");
    }
    let none = juanping(&["explain", "P01O"]);
    assert_eq!((none.code, none.out.as_str()), (2, ""));
    assert!(none.err.contains("P01"), "no suggestion: {}", none.err);
}

#[test]
fn schemas_are_json_that_describes_the_files() {
    for (name, key) in
        [("results", "offices"), ("cases", "criteria"), ("out-of-scope", "reason"), ("inputs", "bytes"), ("nominate", "nominated")]
    {
        let said = juanping(&["report", "--schema", name]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{name}");
        let schema: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
        assert!(schema["properties"][key].is_object(), "{name} has no {key}");
        assert!(schema["$schema"].is_string());
        assert_eq!(said, juanping(&["report", "--schema", name, "--lang", "en"]), "a schema does not depend on the language");
    }
}

#[test]
fn every_record_with_a_format_has_a_schema() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let schemas = fs::read_to_string(root.join("src/report/schema.rs")).expect("schema.rs");
    let (mut seen, mut lacking) = (0, Vec::new());
    for entry in walkdir::WalkDir::new(root.join("src/record")).sort_by_file_name().into_iter().filter_map(Result::ok) {
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        // Up to its first field: `#[derive(…)] pub struct NAME { /// Always 1. pub format`.
        for told in text.split("#[derive(").filter(|t| t.contains("JsonSchema") && t.contains("    pub format: u32,")) {
            let name = told.split("pub struct ").nth(1).and_then(|t| t.split(' ').next()).expect("a struct");
            seen += 1;
            lacking.extend((!schemas.contains(&format!("::{name})"))).then(|| name.to_owned()));
        }
    }
    assert!(seen > 9 && lacking.is_empty(), "of {seen} without a schema: {lacking:?}");
}

#[test]
fn completions_and_the_man_page_are_made() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let said = juanping(&["completions", shell]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{shell}");
        assert!(said.out.contains("juanping") && said.out.contains("assess"), "{shell}");
    }
    let man = juanping(&["man"]);
    assert_eq!(man.code, 0);
    assert!(man.out.contains(".TH juanping"), "{}", man.out);
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(juanping(&["--version"]).out, format!("juanping {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(juanping(&["-V"]).code, 0);
}

#[test]
fn a_check_without_items_is_a_mistake() {
    let room = tempfile::tempdir().expect("a folder");
    let head = "include = [\"parts/vocabulary.toml\", \"parts/grades.toml\"]\n[rubric]\nid = \"own\"\nversion = \"1\"\ntitle = \"自定\"\nscheme = \"points\"\ntotal = 20\nheadline = \"优良率\"\n[[group]]\ntitle = \"示例\"\n";
    let criterion = |id: &str, check: &str| {
        format!(
            "[[criterion]]\nid = \"{id}\"\ngroup = \"示例\"\ntitle = \"示例\"\npoints = 10\n{check} = []\nbasis = [{{ law = \"示例\", verified = true }}]\nremedy = \"complete\"\nfix = \"示例\"\n"
        )
    };
    let text = format!("{head}{}{}", criterion("A01", "check = \"present\"\ndocuments"), criterion("A02", "check = \"filled\"\nfields"));
    std::fs::write(room.path().join("own.toml"), text).expect("a rubric");
    let said = crate::run::juanping_in(room.path(), &["rubric", "check", "own.toml"]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.contains("documents 不能为空") && said.err.contains("fields 不能为空"), "{}", said.err);
}
