//! Results that were written earlier: a whole one is opened, every kind of damage is refused by name.
//! Must not test what a result says.

use std::fs;
use std::path::Path;

use juanping::saved::Saved;

use crate::run::juanping;

/// A file, what is done to it, and what must be said.
type Damaged<'a> = (&'a str, &'a dyn Fn(String) -> String, &'a str);

fn assessed(out: &Path) {
    let done = juanping(&["assess", "samples/three-2024", "-o", &out.to_string_lossy(), "--quiet", "--no-cache"]);
    assert_eq!(done.code, 0, "{}", done.err);
}

#[test]
fn a_whole_result_opens_and_gives_its_cases() {
    let room = tempfile::tempdir().expect("room");
    let out = room.path().join("结果");
    assessed(&out);
    let saved = Saved::open(&out).expect("whole");
    assert_eq!(saved.damage(), []);
    assert!(!saved.is_final());
    let cases: Vec<_> = saved.cases().expect("cases").collect::<Result<_, _>>().expect("lines");
    let selected: u64 = saved.results.offices.iter().map(|o| o.selected).sum();
    assert_eq!(cases.len() as u64, selected);
    // Every file but the manifest itself is listed.
    let mut names: Vec<_> =
        fs::read_dir(&out).expect("folder").map(|e| e.expect("entry").file_name().into_string().expect("text")).collect();
    names.retain(|n| n != "manifest.json");
    names.sort();
    assert_eq!(saved.manifest.files.iter().map(|f| f.path.clone()).collect::<Vec<_>>(), names);
}

#[test]
fn every_kind_of_damage_is_refused_by_name() {
    let room = tempfile::tempdir().expect("room");
    let out = room.path().join("结果");
    assessed(&out);
    let edit = |name: &str, change: &dyn Fn(String) -> String| {
        let text = fs::read_to_string(out.join(name)).expect("text");
        fs::write(out.join(name), change(text.clone())).expect("write");
        text
    };
    let digit = |text: String| text.replacen("\"n\": ", "\"n\": 1", 1);
    let half = |text: String| text.chars().take(text.chars().count() / 2).collect();
    let format = |text: String| text.replacen("\"format\": 1", "\"format\": 2", 1);
    let maker = |text: String| text.replacen("juanping", "other", 1);
    let cases: &[Damaged<'_>] = &[
        ("results.json", &digit, "改动过"),
        ("results.json", &half, "不完整"),
        ("results.json", &format, "另一种格式"),
        ("results.json", &maker, "不是 juanping 写的"),
        ("manifest.json", &half, "改动过"),
        ("manifest.json", &|t: String| t.replacen("\"bytes\": ", "\"bytes\": 1", 1), "改动过"),
        ("manifest.json", &|t: String| t.replacen("\"sha256\": \"", "\"sha256\": \"0", 1), "改动过"),
    ];
    for (name, change, said) in cases {
        let before = edit(name, change);
        // The size of another file tells only when that file is looked at.
        let refused = match Saved::open(&out) {
            Err(refused) => refused.zh.to_string(),
            Ok(saved) => saved.damage().iter().map(|d| d.said.zh.to_string()).collect(),
        };
        assert!(refused.contains(said), "{name}: {refused}");
        fs::write(out.join(name), before).expect("put back");
    }
    for (change, said) in [(&half as &dyn Fn(String) -> String, "少了"), (&|t: String| t.replacen("office", "OFFICE", 1), "改动过")] {
        let before = edit("cases.jsonl", change);
        let refused = Saved::open(&out).expect("only the cases are bad").cases().expect_err("refused");
        assert!(refused.zh.contains("cases.jsonl") && refused.zh.contains(said), "{refused:?}");
        fs::write(out.join("cases.jsonl"), before).expect("put back");
    }
    fs::remove_file(out.join("总表.xlsx")).expect("remove");
    let damage = Saved::open(&out).expect("results are whole").damage();
    assert_eq!(damage.iter().map(|d| d.file.as_str()).collect::<Vec<_>>(), ["总表.xlsx"]);
    fs::remove_file(out.join("manifest.json")).expect("remove");
    assert!(Saved::open(&out).expect_err("no manifest").zh.contains("manifest.json"));
    assert!(Saved::open(&room.path().join("没有")).expect_err("nothing").zh.contains("找不到"));
}
