//! `rank` as people run it: two years of real results, what is refused and in which words, the rules of broken files.
//! Must not look into the program for anything that a file tells.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use juanping::base::excerpt::render;
use juanping::base::mistake::{Mistakes, Source};
use juanping::base::text::Lang;
use juanping::rank::settings;
use serde_json::Value;

use crate::batch;
use crate::run::{Said, juanping, juanping_in};

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("JSON")
}

/// Three cases of one office, as a batch of this year, assessed into a folder.
fn assessed(room: &Path, name: &str, year: i16, edit: impl Fn(String) -> String) {
    let batch = room.join(format!("{name}批次"));
    for (path, bytes) in batch::files(Path::new("samples/three-2024")) {
        let to = batch.join(path);
        fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        fs::write(to, bytes).expect("a file");
    }
    let settings = fs::read_to_string(batch.join("audit.toml")).expect("settings");
    let scope = "[scope]\nfrom = \"2024-01-01\"\nto = \"2024-12-31\"\n";
    fs::write(batch.join("audit.toml"), edit(settings.replace("year = 2024", &format!("year = {year}")) + scope)).expect("settings");
    let done = juanping_in(room, &["assess", &format!("{name}批次"), "-o", name, "--quiet", "--no-cache"]);
    assert_eq!(done.code, 0, "{}", done.err);
}

fn rank(room: &Path, args: &str) -> Said {
    juanping_in(room, &["rank"].into_iter().chain(args.split(' ')).collect::<Vec<_>>())
}

#[test]
fn two_years_become_a_ranking() {
    let room = tempfile::tempdir().expect("a room");
    let at = room.path();
    assessed(at, "去年", 2023, |s| s);
    assessed(at, "今年", 2024, |s| s);
    let said = rank(at, "去年 今年 -o 排名");
    assert_eq!(said.code, 0, "{}", said.err);
    for words in [
        "2024 年度排名：1 个机构，评查 3 件",
        "草稿：这些结果没有定稿：去年、今年",
        "参考样式",
        "没有给 rank.toml",
        "不分档",
        "优良率 100% 的机构 1 个：市本级",
    ] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    let made = json(&at.join("排名/rank.json"));
    assert_eq!((made["format"].as_i64(), made["draft"].as_bool(), made["year"].as_i64()), (Some(1), Some(true), Some(2024)));
    assert_eq!(made["years"].as_array().map(Vec::len), Some(2));
    let change = &made["changes"][0]["units"][0];
    // The same cases twice: nothing changed, and what reviewers changed cannot be told without a panel.
    assert_eq!((&change["rubric"]["exact"], &change["total"]["exact"]), (&Value::from("0/1"), &Value::from("0/1")));
    assert_eq!((&change["reviewers"]["exact"], &change["cases"]["exact"]), (&Value::Null, &Value::Null));
    assert_eq!(change["not_told_apart"]["parts"], serde_json::json!(["cases", "reviewers"]));
    // The order of folders changes no byte, and an earlier ranking is replaced.
    let first = batch::files(&at.join("排名"));
    assert_eq!(first.keys().collect::<Vec<_>>(), ["rank.json", "排名.xlsx"]);
    assert_eq!(rank(at, "今年 去年 -o 排名 --lang en --jobs 1").code, 0);
    assert_eq!(batch::files(&at.join("排名")), first);
    assert!(rank(at, "今年 去年 -o 排名 --year 2023").out.contains("2023 年度排名"));
    assert!(rank(at, "今年 -o 排名 --by group").out.contains("1 个市"));
}

#[test]
fn the_workbook_says_what_the_json_says() {
    let room = tempfile::tempdir().expect("a room");
    let out = room.path().to_string_lossy().into_owned();
    let run = |args: &[&str]| {
        let said = juanping(args);
        assert_eq!(said.code, 0, "{args:?} {}", said.err);
        said
    };
    for year in ["2023", "2024"] {
        run(&["assess", &format!("samples/shili-{year}"), "-o", &format!("{out}/{year}"), "--quiet", "--look", "names"]);
    }
    let (one, two, to) = (format!("{out}/2023"), format!("{out}/2024"), format!("{out}/rank"));
    let said = run(&["rank", &one, &two, "-o", &to, "--rules", "samples/rank.toml"]);
    assert!(said.out.contains("第一档次") && said.out.contains("并列"), "{}", said.out);
    let made = json(&room.path().join("rank/rank.json"));
    let mut book: Xlsx<_> = open_workbook(room.path().join("rank/排名.xlsx")).expect("a workbook");
    assert_eq!(book.sheet_names(), ["排名", "历年", "变化", "漏斗图", "漏斗图数据", "全部优良机构", "口径说明"]);
    for name in book.sheet_names() {
        let sheet = book.worksheet_range(&name).expect("a sheet");
        let text: String = sheet.rows().take(2).flatten().map(ToString::to_string).collect();
        assert!(text.contains("草稿") && text.contains("虚构") && text.contains("制表单位") && text.contains("参考样式"), "{name}: {text}");
    }
    let sheet = book.worksheet_range("排名").expect("a sheet");
    let rows: Vec<Vec<Data>> = sheet.rows().skip(4).map(<[Data]>::to_vec).collect();
    let units = made["years"][1]["units"].as_array().expect("units");
    assert_eq!(units.len(), 12);
    for (unit, row) in units.iter().zip(&rows) {
        assert_eq!(unit["name"], row[2].to_string().as_str());
        let place = unit["place"].as_u64().map_or("未定".to_owned(), |p| p.to_string());
        assert_eq!(row[0].to_string().trim_end_matches("（暂）"), place, "{unit}");
        assert_eq!(row.last().map(ToString::to_string).as_deref(), unit["reason"]["zh"].as_str());
        // Whoever has an open case has no place but a range.
        let (best, worst) = (unit["range"][0].as_u64().expect("best"), unit["range"][1].as_u64().expect("worst"));
        assert_eq!(unit["place"].is_null(), unit["standing"] == "open");
        assert!(unit["undecided"] == 0 || unit["place"].is_null());
        assert!(best <= worst && unit["place"].as_u64().is_none_or(|p| best <= p && p <= worst), "{unit}");
    }
    // Nothing of a case, and no person.
    let text = fs::read_to_string(room.path().join("rank/rank.json")).expect("text");
    assert!(!text.contains("援民") && !text.contains("援刑"));
}

#[test]
fn what_cannot_be_ranked_is_refused_in_words() {
    let room = tempfile::tempdir().expect("a room");
    let at = room.path();
    assessed(at, "甲", 2024, |s| s);
    assessed(at, "乙", 2024, |s| s);
    let refused = |args: &str, words: &[&str]| {
        let said = rank(at, args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args}: {}", said.err);
        words.iter().for_each(|w| assert!(said.err.contains(w), "{args}: {w}: {}", said.err));
        assert!(!at.join("出").exists());
    };
    refused("甲 乙 -o 出", &["市本级", "在 ", "和 ", "会算两遍", "请去掉其中一个结果"]);
    refused("甲 甲 -o 出", &["会算两遍"]);
    refused("甲 没有 -o 出", &["找不到结果文件夹 没有"]);
    refused("甲 甲批次 -o 出", &["没有 results.json"]);
    refused("甲 -o 出 --year 2020", &["没有 2020 年的结果；有：2024"]);
    refused("甲 -o 出 --bridge 乙", &["下一年没有结果，用不上"]);
    refused("甲 -o 出 --rules 没有.toml", &["找不到 没有.toml", "S011"]);
    refused("甲 -o 甲/出", &["结果不能写进"]);
    refused("甲 -o 乙批次", &["不是以前的排名"]);
    // Another rubric of the same name, a changed file, another format, half a file.
    let results = at.join("乙/results.json");
    let text = fs::read_to_string(&results).expect("text");
    for (from, to, words) in [("\"n\": ", "\"n\": 1", "改动过"), ("\"format\": 1", "\"format\": 2", "另一种格式")] {
        fs::write(&results, text.replacen(from, to, 1)).expect("changed");
        refused("甲 乙 -o 出", &[words, "乙"]);
    }
    fs::write(&results, text.chars().take(text.chars().count() / 2).collect::<String>()).expect("half");
    refused("甲 乙 -o 出", &["不完整或被改动过"]);
    // A file that is not read, but should be there.
    fs::write(&results, &text).expect("put back");
    fs::remove_file(at.join("乙/cases.jsonl")).expect("gone");
    refused("甲 乙 -o 出", &["不完整，不能排名", "cases.jsonl"]);
}

#[test]
fn the_rules_of_the_guide_and_of_the_samples_are_good() {
    let guide = fs::read_to_string("docs/rank.zh-CN.md").expect("the guide");
    let example = guide.split("```toml rank.toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example").to_owned();
    for text in [example, fs::read_to_string("samples/rank.toml").expect("rules")] {
        let sink = Mistakes::default();
        let rules = settings::parse(&text, 0, &sink);
        assert_eq!(sink.into_sorted(), []);
        assert_eq!((rules.order.len(), rules.tiers.map(|t| t.list.len())), (3, Some(3)));
    }
}

/// Every file of broken rules, as a person reads its mistakes.
#[test]
fn mistakes_in_rank_toml_are_shown_with_their_lines() {
    let mut all = String::new();
    let rates = [("excellent_rate", "优秀率", false), ("good_rate", "优良率", true)].map(|(a, b, main)| (a.to_owned(), b.to_owned(), main));
    for name in ["keys", "order", "tiers", "shares", "split", "composite", "syntax"] {
        let path = format!("tests/data/rank/{name}.toml");
        let source = Source { path: path.clone(), text: fs::read_to_string(&path).expect("rules") };
        let sink = Mistakes::default();
        let rules = settings::parse(&source.text, 0, &sink);
        settings::unknown(&rules, &rates, &sink);
        let mistakes = settings::codes(sink.into_sorted());
        assert!(!mistakes.is_empty() && mistakes.iter().all(|m| m.code == "S011"), "{name}");
        for lang in [Lang::Zh, Lang::En] {
            writeln!(all, "{}", render(&mistakes, std::slice::from_ref(&source), lang, false)).expect("a string");
        }
    }
    insta::assert_snapshot!(all);
    let room = tempfile::tempdir().expect("a room");
    assessed(room.path(), "甲", 2024, |s| s);
    fs::write(room.path().join("rank.toml"), "order = [\"优良律\"]\n").expect("rules");
    let said = rank(room.path(), "甲 -o 出 --rules rank.toml");
    assert!(said.code == 2 && said.err.contains("rank.toml:1:10") && said.err.contains("是不是想写 优良率"), "{}", said.err);
}
