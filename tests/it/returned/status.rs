//! `draw --status` as organisers meet it: who has handed in what, who is late, what goes back. All names are invented (虚构). Must not test how a
//! cell is read.

use std::fs;
use std::path::Path;

use juanping::rubric::load;
use serde_json::Value;

use super::book::{Book, V, pages, t};
use crate::batch::files;
use crate::run::{Said, juanping_in};

const REVIEWERS: &str = "[[reviewer]]\ncode = \"Z01\"\nname = \"虚构专家一\"\ngroup = \"一组\"\nleader = true\n\
    [[reviewer]]\ncode = \"Z02\"\nname = \"虚构专家二\"\ngroup = \"一组\"\ndue = 2025-04-30\n";

fn put(room: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = room.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

/// A batch of four cases, two for each of two reviewers, and its plan.
fn drawn() -> (tempfile::TempDir, Value) {
    let room = tempfile::tempdir().expect("a folder");
    let rows: String = (1..=4).map(|n| format!("东岭援民〔2024〕{n}号,民事,已结,2024-06-01,有\n")).collect();
    put(room.path(), "批次/东岭区/登记表.csv", format!("案号,案件类型,案件状态,结案日期,结案报告\n{rows}"));
    put(room.path(), "批次/audit.toml", "year = 2024\n[[office]]\nid = \"1\"\nname = \"东岭区\"\n");
    put(room.path(), "批次/reviewers.toml", REVIEWERS);
    put(room.path(), "批次/draw.toml", "seed = 7\nmethod = \"all\"\n[allocation]\nsecond = 0\ndue = 2025-03-20\n");
    let said = juanping_in(room.path(), &["draw", "批次", "-o", "抽卷"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let plan = serde_json::from_slice(&fs::read(room.path().join("抽卷/抽卷方案.json")).expect("a plan")).expect("JSON");
    (room, plan)
}

/// The sheet of a reviewer: the first case all filled in, the second half.
fn sheet(plan: &Value, reviewer: &str) -> Book {
    let rubrics = load::load(&["legal-aid-civil".to_owned()], None).rubrics.expect("the shipped rubric");
    let tasks = plan["allocation"]["tasks"].as_array().expect("tasks");
    let own: Vec<&str> = tasks.iter().filter(|t| t["reviewer"] == reviewer).filter_map(|t| t["case_no"].as_str()).collect();
    let mut book = pages();
    book.set("标识", "B4", t(plan["frame_sha256"].as_str().expect("a hash")));
    book.set("标识", "B5", t(reviewer));
    book.set("标识", "D7", t(&rubrics.list[0].sha256));
    for (n, no) in [(1, own[0]), (2, own[1])] {
        book.set("标识", &format!("D{}", 7 + n), t(no));
        book.set(&format!("00{n}"), "B2", t(no));
    }
    book.set("001", "E16", t(reviewer));
    book
}

fn status(room: &Path, flags: &[&str]) -> Said {
    juanping_in(room, &[&["draw", "批次", "--status", "抽卷"], flags].concat())
}

#[test]
fn who_has_handed_in_what() {
    let (room, plan) = drawn();
    let nothing = status(room.path(), &[]);
    assert_eq!(nothing.code, 1, "{}", nothing.err);
    assert!(nothing.out.contains("Z01 虚构专家一：分到 2，已交 0，半填 0，未交 2，退回 0，逾期 —（期限 2025-03-20）"), "{}", nothing.out);

    put(room.path(), "批次/评分/Z01.xlsx", sheet(&plan, "Z01").bytes());
    let before = files(&room.path().join("批次"));
    let some = status(room.path(), &["--as-of", "2025-03-21"]);
    assert_eq!(some.code, 1, "{}", some.err);
    for line in [
        "合计：分到 4，已交 1，半填 1，未交 2，退回 1，逾期 1",
        "Z01 虚构专家一：分到 2，已交 1，半填 1，未交 0，退回 1，逾期 1（期限 2025-03-20）",
        // More is taken off than there are points.
        "Z01 P041",
        "Z02 虚构专家二：分到 2，已交 0，半填 0，未交 2，退回 0，逾期 0（期限 2025-04-30）",
        "一组：分到 4",
        "Z01 虚构专家一：还差 1 件（其中半填 1 件），已逾期",
        "还缺评分的案件 3 件",
        "缺 Z02（未交）",
        "缺 Z01（半填，还空着 ",
    ] {
        assert!(some.out.contains(line), "{line} in {}", some.out);
    }
    assert_eq!(files(&room.path().join("批次")), before, "the batch is left alone");
    let english = status(room.path(), &["--lang", "en"]);
    assert!(english.out.contains("handed in 1, half filled 1") && !english.out.contains("分到"), "{}", english.out);

    // A cell to mend, then a sheet of another batch.
    let mut bent = sheet(&plan, "Z02");
    bent.set("001", "E4", t("两分"));
    put(room.path(), "批次/评分/Z02.xlsx", bent.bytes());
    let back = status(room.path(), &[]);
    assert_eq!(back.code, 1);
    assert!(back.out.contains("退回 1") && back.out.contains("001!E4") && back.out.contains("两分"), "{}", back.out);
    assert_eq!(back.out.matches("001!E4").count(), 1, "told once: {}", back.out);
    bent.set("标识", "B4", t("0"));
    put(room.path(), "批次/评分/Z02.xlsx", bent.bytes());
    let refused = status(room.path(), &["--format", "json"]);
    assert_eq!(refused.code, 3, "{}", refused.out);
    let json: Value = serde_json::from_str(&refused.out).expect("JSON");
    let two = &json["reviewers"][1];
    assert_eq!(
        (two["code"].as_str(), two["counts"]["back"].as_u64(), two["back"][0]["code"].as_str()),
        (Some("Z02"), Some(1), Some("P080"))
    );
}

#[test]
fn when_all_is_in_the_exit_code_is_0() {
    let (room, plan) = drawn();
    for reviewer in ["Z01", "Z02"] {
        let mut book = sheet(&plan, reviewer);
        let mut whole = book.sheet("001").clone();
        whole[1][1] = book.sheet("002")[1][1].clone();
        *book.bend("002") = whole;
        put(room.path(), &format!("批次/评分/{reviewer}.xlsx"), book.bytes());
    }
    let said = status(room.path(), &["--as-of", "2026-01-01"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("合计：分到 4，已交 4，半填 0，未交 0，退回 0，逾期 0") && said.out.contains("全部交齐"), "{}", said.out);
    let mut unsigned = sheet(&plan, "Z01");
    unsigned.set("001", "H16", V::No);
    put(room.path(), "批次/评分/Z01.xlsx", unsigned.bytes());
    assert_eq!(status(room.path(), &[]).code, 1, "a page without a day is not handed in");
}

#[test]
fn what_cannot_be_asked_is_said() {
    let (room, _) = drawn();
    fs::remove_file(room.path().join("批次/reviewers.toml")).expect("gone");
    let said = juanping_in(room.path(), &["draw", "批次", "-o", "无人"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let said = juanping_in(room.path(), &["draw", "批次", "--status", "无人"]);
    assert!(said.code == 2 && said.err.contains("reviewers.toml"), "{}", said.err);
    assert_eq!(juanping_in(room.path(), &["draw", "批次", "--status", "没有"]).code, 2);
    assert_eq!(juanping_in(room.path(), &["draw", "--status", "抽卷"]).code, 2, "without a batch");
}
