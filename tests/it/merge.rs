//! `merge`: results of some offices each become what one run writes, file by file, for any split and order; what is no part is refused.
//! Must not look into the parts for anything but damage.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::Value;

use crate::batch::{Batch, files};
use crate::run::{Said, juanping, juanping_in};

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Assesses a batch, or some offices of it.
pub fn assess(batch: &Path, out: &Path, offices: &[&str], more: &[&str]) -> Said {
    let (batch, out) = (shown(batch), shown(out));
    let mut args = vec!["assess", &batch, "-o", &out, "--quiet"];
    offices.iter().for_each(|o| args.extend(["--office", o]));
    args.extend(more);
    juanping(&args)
}

fn merge(parts: &[PathBuf], out: &Path, more: &[&str]) -> Said {
    let parts: Vec<String> = parts.iter().map(|p| shown(p)).collect();
    let out = shown(out);
    let mut args = vec!["merge"];
    args.extend(parts.iter().map(String::as_str));
    args.extend(["-o", &out, "--quiet"]);
    args.extend(more);
    juanping(&args)
}

/// Names of the files that are not the same.
fn different(a: &Path, b: &Path) -> Vec<String> {
    let (a, b) = (files(a), files(b));
    let names = a.keys().chain(b.keys()).filter(|n| a.get(*n) != b.get(*n));
    names.cloned().collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
}

fn offices(result: &Path) -> Vec<String> {
    let results = json(&result.join("results.json"));
    results["offices"].as_array().expect("offices").iter().map(|o| o["name"].as_str().expect("a name").to_owned()).collect()
}

/// One run against the merge of these parts, in the order given.
fn check_split(batch: &Path, room: &Path, split: &[Vec<&str>], more: &[&str]) {
    let whole = room.join("whole");
    if !whole.exists() {
        assert!(assess(batch, &whole, &[], more).code <= 3);
    }
    let at = |i: usize| room.join(format!("part-{i}"));
    let parts: Vec<PathBuf> = (0..split.len()).map(at).collect();
    for (part, offices) in parts.iter().zip(split) {
        let said = assess(batch, part, offices, more);
        assert!(said.code <= 3, "{offices:?}: {}", said.err);
        assert!(part.join("part.jsonl").is_file());
    }
    let merged = room.join("merged");
    let said = merge(&parts, &merged, &[]);
    assert_eq!(said.code, 0, "{split:?}\n{}{}", said.out, said.err);
    assert_eq!(different(&whole, &merged), Vec::<String>::new(), "{split:?}");
    assert!(!merged.join("part.jsonl").exists());
    for folder in parts.into_iter().chain([merged]) {
        fs::remove_dir_all(folder).expect("removed");
    }
}

#[test]
fn samples_in_one_part_an_office_and_in_halves() {
    for sample in ["samples/shili-2024", "samples/round-2024"] {
        let room = tempfile::tempdir().expect("room");
        let whole = room.path().join("whole");
        assert!(assess(Path::new(sample), &whole, &[], &[]).code <= 3);
        let names = offices(&whole);
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        let each: Vec<Vec<&str>> = all.iter().rev().map(|name| vec![*name]).collect();
        if sample.contains("round") {
            check_split(Path::new(sample), room.path(), &each, &[]);
        }
        let odd = |odd: usize| all.iter().enumerate().filter(|(i, _)| i % 2 == odd).map(|(_, name)| *name).collect::<Vec<_>>();
        check_split(Path::new(sample), room.path(), &[odd(1), odd(0)], &["--jobs", "1"]);
    }
}

const HEAD: &str = "案号,案件类型,受援人,承办律师,结案日期,案件状态";

/// A batch in which offices meet: two cities, a register that they share, one number and one scan in two offices, papers outside of all.
fn shared() -> Batch {
    let scan = fs::read("samples/three-2024/市本级/案卷/云岭援行〔2024〕1号/04身份证明_1.jpg").expect("a scan");
    let settings = "title = \"合并（虚构）\"\nyear = 2024\n\
        [[office]]\nid = \"1\"\nname = \"甲县\"\nparent = \"东市\"\n[[office]]\nid = \"2\"\nname = \"乙县\"\nparent = \"东市\"\n\
        [[office]]\nid = \"3\"\nname = \"丙县\"\nparent = \"西市\"\n[[office]]\nid = \"4\"\nname = \"丁县\"\n";
    let row = |no: &str, who: &str| format!("{no},民事,{who},虚构律师乙,2024-05-06,已结\n");
    Batch::bare()
        .file("audit.toml", settings)
        .file("甲县/登记表.csv", format!("{HEAD}\n{}{}", row("甲援民〔2024〕1号", "虚构张小满"), row("同援民〔2024〕9号", "虚构李小雪")))
        .file("乙县/登记表.csv", format!("{HEAD}\n{}{}", row("乙援民〔2024〕1号", "虚构王小寒"), row("同援民〔2024〕9号", "虚构赵大暑")))
        .file("丙县/登记表.csv", format!("{HEAD}\n{}", row("丙援民〔2024〕1号", "虚构周立秋")))
        .file(
            "全市.csv",
            format!(
                "机构,{HEAD}\n甲县,{}丙县,{}丁县,{}无名县,{}",
                row("甲援民〔2024〕2号", "虚构孙白露"),
                row("丙援民〔2024〕2号", "虚构吴霜降"),
                row("丁援民〔2024〕1号", "虚构郑冬至"),
                row("戊援民〔2024〕1号", "虚构钱夏至")
            ),
        )
        .file("甲县/案卷/甲援民〔2024〕1号/04身份证明_1.jpg", &scan)
        .file("丙县/案卷/丙援民〔2024〕1号/04身份证明_1.jpg", &scan)
        // Nobody's, and named after persons of different offices.
        .file("杂件/丁援民〔2024〕77号虚构郑冬至/01法律援助申请表.txt", "虚构")
        .file("杂件/虚构周立秋与虚构王小寒的材料.txt", "虚构")
        .file("坏表虚构孙白露.xlsx", b"PK\x03\x04 broken".as_slice())
}

#[test]
fn offices_that_meet_are_joined_as_one_run_sees_them() {
    let (batch, room) = (shared(), tempfile::tempdir().expect("room"));
    let splits: [&[&[&str]]; 4] = [
        &[&["丁县"], &["丙县"], &["乙县"], &["甲县"]],
        &[&["甲县", "丙县"], &["丁县", "乙县"]],
        &[&["乙县"], &["丁县", "丙县", "甲县"]],
        &[&["丙县", "甲县", "乙县", "丁县"]],
    ];
    for split in splits {
        check_split(&batch.path(), room.path(), &split.iter().map(|offices| offices.to_vec()).collect::<Vec<_>>(), &[]);
    }
    // What makes this batch worth the test is there.
    let results = json(&room.path().join("whole/results.json"));
    let kinds: Vec<&str> = results["cross"].as_array().expect("cross").iter().filter_map(|c| c["kind"].as_str()).collect();
    assert_eq!(kinds, ["case_no", "scan"]);
    let groups: Vec<&str> = results["groups"].as_array().expect("groups").iter().filter_map(|g| g["name"].as_str()).collect();
    assert_eq!(groups, ["全部机构", "东市", "西市"]);
    let outside = results["problems"].as_array().expect("problems").iter().filter(|p| p["office"].is_null()).count();
    assert!(outside >= 3, "{}", results["problems"]);
    let shared = results["registers"].as_array().expect("registers").iter().find(|r| r["path"] == "全市.csv").expect("the shared one");
    assert_eq!(shared["rows"], 3);
}

#[test]
fn a_part_tells_no_person_of_any_office() {
    let (batch, room) = (shared(), tempfile::tempdir().expect("room"));
    let out = room.path().join("甲");
    assess(&batch.path(), &out, &["甲县"], &[]);
    let all: Vec<u8> = files(&out).into_iter().filter(|(name, _)| name.contains(".json")).flat_map(|(_, bytes)| bytes).collect();
    let text = String::from_utf8(all).expect("UTF-8");
    // The row of an office that is not declared is nobody's, so its person is not known to be one.
    for name in ["张小满", "李小雪", "王小寒", "赵大暑", "周立秋", "孙白露", "吴霜降", "郑冬至"] {
        assert!(!text.contains(name), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_split_of_a_demo_batch(of in prop::collection::vec(0_usize..4, 5), seed in 0_u64..4) {
        let room = tempfile::tempdir().expect("room");
        let batch = room.path().join("b");
        let made = juanping(&["demo", &shown(&batch), "--offices", "5", "--cases", "30", "--no-files", "--seed", &seed.to_string(), "--quiet"]);
        prop_assert_eq!(made.code, 0);
        let whole = room.path().join("whole");
        assess(&batch, &whole, &[], &[]);
        let names = offices(&whole);
        let mut split: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        names.iter().zip(&of).for_each(|(name, part)| split.entry(*part).or_default().push(name));
        check_split(&batch, room.path(), &split.into_values().collect::<Vec<_>>(), &[]);
    }
}

#[test]
fn what_was_merged_in_part_can_be_merged_on() {
    let (batch, room) = (shared(), tempfile::tempdir().expect("room"));
    let at = |name: &str| room.path().join(name);
    for (part, office) in [("a", "甲县"), ("b", "乙县"), ("c", "丙县"), ("d", "丁县")] {
        assess(&batch.path(), &at(part), &[office], &[]);
    }
    assess(&batch.path(), &at("whole"), &[], &[]);
    assess(&batch.path(), &at("two"), &["甲县", "丙县"], &[]);
    let refused = merge(&[at("c"), at("a")], &at("ac"), &[]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("还缺 2 个机构") && refused.err.contains("乙县、丁县") && refused.err.contains("--partial"),
        "{refused:?}"
    );
    assert!(!at("ac").exists());
    assert_eq!(merge(&[at("c"), at("a")], &at("ac"), &["--partial"]).code, 0);
    assert_eq!(different(&at("ac"), &at("two")), Vec::<String>::new());
    assert_eq!(merge(&[at("d"), at("ac"), at("b")], &at("all"), &[]).code, 0);
    assert_eq!(different(&at("all"), &at("whole")), Vec::<String>::new());
}

/// Writes a manifest anew, as somebody would who changes a result on purpose.
pub fn manifest_anew(folder: &Path) {
    use juanping::base::digest::sha256;
    use juanping::record::seal::{Manifest, ManifestFile};
    let old: Manifest = serde_json::from_slice(&fs::read(folder.join("manifest.json")).expect("manifest")).expect("JSON");
    let again = |f: ManifestFile| {
        let bytes = fs::read(folder.join(&f.path)).expect("a file");
        ManifestFile { path: f.path, bytes: bytes.len() as u64, sha256: sha256(&bytes) }
    };
    let new = Manifest::new(old.tool, old.files.into_iter().map(again).collect());
    let mut bytes = serde_json::to_vec_pretty(&new).expect("JSON");
    bytes.push(b'\n');
    fs::write(folder.join("manifest.json"), bytes).expect("written");
}

#[test]
fn what_is_no_part_of_the_batch_is_refused_by_name() {
    let (batch, room) = (shared(), tempfile::tempdir().expect("room"));
    let at = |name: &str| room.path().join(name);
    let rest = ["乙县", "丙县", "丁县"];
    assess(&batch.path(), &at("甲"), &["甲县"], &[]);
    assess(&batch.path(), &at("整"), &[], &[]);
    let rubric = room.path().join("标准");
    assert_eq!(juanping(&["rubric", "export", &shown(&rubric), "--quiet"]).code, 0);
    let civil = rubric.join("legal-aid-civil.toml");
    let ways: [(&str, &[&str], &[&str]); 8] = [
        ("日", &["--as-of", "2025-06-30"], &["截止日不同", "2024-12-31", "2025-06-30"]),
        ("看", &["--look", "names"], &["--look", "names", "pixels"]),
        ("名", &["--names", "full"], &["--names", "masked"]),
        ("标", &["--rubric", &shown(&civil)], &["评估标准"]),
        ("叠", &[], &["乙县", "同时在"]),
        ("损", &[], &["cases.jsonl", "改动过"]),
        ("半", &[], &["results.json"]),
        ("版", &[], &["程序版本不同", "9.9.9"]),
    ];
    for (name, more, said) in ways {
        let offices: &[&str] = if name == "叠" { &["甲县", "乙县", "丙县", "丁县"] } else { &rest };
        assess(&batch.path(), &at(name), offices, more);
        let change = |file: &str, from: &str, to: &str| {
            let text = fs::read_to_string(at(name).join(file)).expect("text");
            assert!(text.contains(from), "{file} has no {from}");
            fs::write(at(name).join(file), text.replacen(from, to, 1)).expect("written");
        };
        let mut parts = vec![at("甲"), at(name)];
        match name {
            "叠" => {
                assess(&batch.path(), &at("乙"), &["乙县"], &[]);
                parts.push(at("乙"));
            }
            "损" => change("cases.jsonl", "乙县", "戊县"),
            "半" => fs::write(at(name).join("results.json"), "{").expect("written"),
            "版" => {
                change("results.json", "\"version\": \"", "\"version\": \"9.9.9-");
                manifest_anew(&at(name));
            }
            _ => {}
        }
        let refused = merge(&parts, &at("合"), &[]);
        assert_eq!(refused.code, 2, "{name}: {refused:?}");
        assert!(said.iter().all(|s| refused.err.contains(s)), "{name}: {}", refused.err);
        assert!(refused.err.contains(&shown(&at(name))), "{name}: {}", refused.err);
        assert!(!at("合").exists());
    }
    let whole = merge(&[at("整")], &at("合"), &[]);
    assert!(whole.code == 2 && whole.err.contains("已经是整个批次的结果"), "{whole:?}");
    let twice = merge(&[at("甲"), at("甲")], &at("合"), &["--partial"]);
    assert!(twice.code == 2 && twice.err.contains("机构“甲县”同时在"), "{twice:?}");
    let onto = merge(&[at("甲")], &at("甲"), &["--partial"]);
    assert!(onto.code == 2 && onto.err.contains("不能写进要合并的文件夹"), "{onto:?}");
    let none = merge(&[at("没有")], &at("合"), &[]);
    assert!(none.code == 2 && none.err.contains("找不到结果文件夹"), "{none:?}");
    let english = juanping_in(room.path(), &["merge", "甲", "甲", "-o", "合", "--lang", "en"]);
    assert!(english.err.contains("keep one of them") && english.err.contains("offices are missing"), "{english:?}");
}

#[test]
fn offices_are_listed_for_a_scheduler_and_a_part_that_does_not_hang_together_is_refused() {
    let (batch, room) = (shared(), tempfile::tempdir().expect("room"));
    let listed = juanping(&["assess", &shown(&batch.path()), "--list-offices"]);
    assert_eq!((listed.code, listed.out.as_str()), (0, "1\t甲县\n2\t乙县\n3\t丙县\n4\t丁县\n"));
    // By id as by name.
    let part = room.path().join("a");
    assert_eq!(assess(&batch.path(), &part, &["1"], &[]).code, 3);
    let text = fs::read_to_string(part.join("part.jsonl")).expect("a part");
    for (from, to) in
        [("\"bytes\":[", "\"bytes\":[1"), ("\"problems\":[", "\"problems\":{"), ("\"id\":\"1\",\"bytes\"", "\"id\":\"9\",\"bytes\"")]
    {
        assert!(text.contains(from), "{from}");
        fs::write(part.join("part.jsonl"), text.replacen(from, to, 1)).expect("written");
        manifest_anew(&part);
        let refused = merge(std::slice::from_ref(&part), &room.path().join("合"), &["--partial"]);
        assert!(refused.code == 2 && refused.err.contains("part.jsonl 与其他文件对不上"), "{from}: {refused:?}");
    }
}

#[test]
fn parts_of_a_batch_that_changed_meanwhile_are_refused() {
    let (batch, room) = (shared(), tempfile::tempdir().expect("room"));
    let at = |name: &str| room.path().join(name);
    assess(&batch.path(), &at("a"), &["甲县"], &[]);
    let batch = batch.file("杂件/又一份.txt", "虚构");
    assess(&batch.path(), &at("b"), &["乙县", "丙县", "丁县"], &[]);
    let refused = merge(&[at("a"), at("b")], &at("合"), &[]);
    assert!(refused.code == 2 && refused.err.contains("机构文件夹以外的文件不同"), "{refused:?}");
    let settings = fs::read_to_string(batch.path().join("audit.toml")).expect("settings");
    let batch = batch.file("audit.toml", settings.replace("2024", "2023"));
    assess(&batch.path(), &at("c"), &["乙县", "丙县", "丁县"], &[]);
    let refused = merge(&[at("a"), at("c")], &at("合"), &[]);
    assert!(refused.code == 2 && refused.err.contains("audit.toml不同") && refused.err.contains("年度不同"), "{refused:?}");
}

#[test]
fn parts_under_another_text_of_a_rubric_about_offices_are_refused() {
    let room = tempfile::tempdir().expect("room");
    let at = |name: &str| room.path().join(name);
    let row = |office: &str| format!("案号,案件类型,结案日期\n{office}援民〔2024〕1号,民事,2024-06-01\n");
    let batch = Batch::new().file("甲县/登记表.csv", row("甲")).file("乙县/登记表.csv", row("乙"));
    let batch = batch.file("指标.xlsx", "机构,满意度\n甲县,0.9\n乙县,0.95\n");
    assert_eq!(juanping(&["rubric", "export", &shown(&at("标准")), "--quiet"]).code, 0);
    let own = at("标准/expansion-quality.toml");
    let text = fs::read_to_string(&own).expect("a rubric");
    let other = at("标准/另一份.toml");
    fs::write(&other, text.replacen("version = \"2024.1\"", "version = \"2024.1-虚构\"", 1)).expect("written");
    for (name, office, own) in [("a", "甲县", &own), ("b", "乙县", &own), ("c", "乙县", &other)] {
        let said = assess(&batch.path(), &at(name), &[office], &["--rubric", "legal-aid-civil", "--rubric", &shown(own)]);
        assert_eq!(said.code, 0, "{name}: {said:?}");
    }
    let refused = merge(&[at("a"), at("c")], &at("合"), &[]);
    assert!(refused.code == 2 && refused.err.contains("评估标准 expansion-quality 在") && refused.err.contains("内容不同"), "{refused:?}");
    assert!(!at("合").exists());
    assert_eq!(merge(&[at("a"), at("b")], &at("合"), &[]).code, 0);
}
