//! `verify` finds every changed byte and names its file; `finalize` seals stages forward only, and tells what a correction changes.
//! Must not look into the program for anything that a file tells.

use std::fs;
use std::path::{Path, PathBuf};

use juanping::report::write::Output;
use proptest::prelude::*;
use serde_json::Value;

use crate::batch::{Batch, files};
use crate::merge::{assess, manifest_anew};
use crate::run::{Said, juanping, juanping_in};

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn verify(args: &[&str]) -> (Said, Value) {
    let all: Vec<&str> = ["verify"].iter().chain(args).chain(&["--format", "json"]).copied().collect();
    let said = juanping(&all);
    let json = serde_json::from_str(&said.out).unwrap_or(Value::Null);
    (said, json)
}

fn names(verified: &Value) -> Vec<String> {
    let faults = verified["faults"].as_array().into_iter().flatten();
    faults.map(|f| format!("{} {}", f["what"].as_str().unwrap_or_default(), f["name"].as_str().unwrap_or_default())).collect()
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a copy");
    }
}

/// A result of a small sample, made once for each test.
fn result(room: &Path) -> PathBuf {
    let out = room.join("结果");
    assert!(assess(Path::new("samples/three-2024"), &out, &[], &[]).code <= 3);
    out
}

#[test]
fn a_whole_result_is_whole_with_and_without_its_batch() {
    let room = tempfile::tempdir().expect("room");
    for sample in ["samples/three-2024", "samples/round-2024"] {
        let out = room.path().join("o");
        assess(Path::new(sample), &out, &[], &[]);
        let said = juanping(&["verify", &shown(&out), sample]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{sample}: {}", said.out);
        assert!(said.out.contains("完好，用") && said.out.contains("校验码"), "{}", said.out);
        let part = room.path().join("p");
        assess(Path::new(sample), &part, &["市本级"], &[]);
        assert_eq!(juanping(&["verify", &shown(&part), sample]).code, 0);
    }
}

#[test]
fn missing_and_foreign_files_are_named() {
    let room = tempfile::tempdir().expect("room");
    let out = result(room.path());
    fs::write(out.join("批注.txt"), "虚构").expect("written");
    fs::remove_file(out.join("总表.xlsx")).expect("removed");
    let (said, verified) = verify(&[&shown(&out)]);
    assert_eq!(said.code, 1);
    assert_eq!(names(&verified), ["file 总表.xlsx", "file 批注.txt"]);
    let said = juanping(&["verify", &shown(&out)]);
    assert!(
        said.out.contains("缺少文件 总表.xlsx") && said.out.contains("批注.txt 不是这次评查写的") && said.out.contains("共 2 处"),
        "{said:?}"
    );
    for (path, words) in [("没有", "找不到结果文件夹"), ("samples/three-2024", "不是 assess 的结果")] {
        let said = juanping(&["verify", path]);
        assert!(said.code == 2 && said.err.contains(words), "{said:?}");
    }
}

#[test]
fn a_figure_edited_by_hand_is_found_though_the_manifest_was_made_anew() {
    let room = tempfile::tempdir().expect("room");
    let whole = result(room.path());
    for (key, value, words) in [("k_low", 0, "优秀率、优良率、合格率"), ("selected", 99, "评查件数"), ("undecided", 7, "等次未定件数")]
    {
        let out = room.path().join(key);
        copy(&whole, &out);
        let text = fs::read_to_string(out.join("results.json")).expect("results");
        let mut results: Value = serde_json::from_str(&text).expect("JSON");
        let office = &mut results["offices"][0];
        let slot = if key == "k_low" { &mut office["rates"][2][key] } else { &mut office[key] };
        let old = slot.clone();
        *slot = value.into();
        assert_ne!(old, *slot);
        let office: String = serde_json::to_string(&old).expect("JSON");
        // Text is replaced, so that the order of keys stays.
        let from = format!("\"{key}\": {office},");
        let at = text.rfind(&from).filter(|_| key == "k_low").or_else(|| text.find(&from)).expect("the figure");
        let edited = format!("{}\"{key}\": {value},{}", &text[..at], &text[at + from.len()..]);
        fs::write(out.join("results.json"), edited).expect("written");
        manifest_anew(&out);
        let said = juanping(&["verify", &shown(&out)]);
        assert!(said.code == 1 && said.out.contains(words) && said.out.contains("results.json 为"), "{key}: {said:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_flipped_byte_of_a_result_is_found(file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        static ROOM: std::sync::OnceLock<tempfile::TempDir> = std::sync::OnceLock::new();
        let room = ROOM.get_or_init(|| {
            let room = tempfile::tempdir().expect("room");
            let out = result(room.path());
            let sealed = juanping(&["finalize", &shown(&out), "--stage", "初评", "--by", "虚构甲", "--on", "2025-03-31", "--quiet"]);
            assert_eq!(sealed.code, 0, "{sealed:?}");
            room
        });
        let folder = tempfile::tempdir().expect("room");
        copy(&room.path().join("结果"), folder.path());
        let all = files(folder.path());
        let (name, mut bytes) = all.iter().nth(file.index(all.len())).map(|(n, b)| (n.clone(), b.clone())).expect("a file");
        prop_assume!(!bytes.is_empty());
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        fs::write(folder.path().join(&name), bytes).expect("written");
        let (said, verified) = verify(&[&shown(folder.path())]);
        prop_assert_eq!(said.code, 1, "{} byte {} bit {}", name, at, bit);
        let named = names(&verified);
        // A size in the manifest that is not that of the file is told of the file.
        let told = named.iter().any(|n| n.ends_with(&name)) || (name == "manifest.json" && !named.is_empty());
        prop_assert!(told, "{} byte {} bit {}: {:?}", name, at, bit, named);
    }
}

#[test]
fn a_flipped_byte_of_any_input_is_found_and_named() {
    let room = tempfile::tempdir().expect("room");
    let (batch, out) = (room.path().join("批次"), room.path().join("结果"));
    copy(Path::new("samples/round-2024"), &batch);
    assess(&batch, &out, &[], &[]);
    let inputs: Vec<(String, Vec<u8>)> = files(&batch).into_iter().filter(|(name, _)| !name.ends_with("planted.json")).collect();
    // Settings of the draw are no input of a run that has its plan.
    let read = |name: &str| !["draw.toml", "reviewers.toml"].contains(&name);
    for (i, (name, bytes)) in inputs.iter().filter(|(name, bytes)| read(name) && !bytes.is_empty()).enumerate() {
        let mut changed = bytes.clone();
        let at = (i * 7919 + 13) % changed.len();
        changed[at] ^= 1;
        fs::write(batch.join(name), &changed).expect("written");
        let (said, verified) = verify(&[&shown(&out), &shown(&batch)]);
        fs::write(batch.join(name), bytes).expect("put back");
        assert_eq!(said.code, 1, "{name} byte {at}: {}{}", said.out, said.err);
        let named = names(&verified);
        assert!(named.iter().any(|n| n.contains(name.as_str())), "{name} byte {at}: {named:?}");
    }
    assert_eq!(verify(&[&shown(&out), &shown(&batch)]).0.code, 0);
    fs::write(batch.join("东岭区/新的.csv"), "案号\n虚构1号\n").expect("written");
    let (said, verified) = verify(&[&shown(&out), &shown(&batch)]);
    assert!(said.code == 1 && names(&verified).iter().any(|n| n == "input 东岭区/新的.csv"), "{verified}");
}

#[test]
fn a_flipped_byte_of_a_rubric_is_found_and_named() {
    let room = tempfile::tempdir().expect("room");
    let (rubrics, out) = (room.path().join("标准"), room.path().join("结果"));
    assert_eq!(juanping(&["rubric", "export", &shown(&rubrics), "--quiet"]).code, 0);
    let civil = rubrics.join("legal-aid-civil.toml");
    let flag = ["--rubric", &shown(&civil)];
    let batch = batch("东岭援民〔2024〕1号,民事,虚构张三,虚构律师乙,2024-05-06,已结\n");
    let at = shown(&batch.path());
    assess(&batch.path(), &out, &[], &flag);
    assert_eq!(verify(&[&shown(&out), &at, flag[0], flag[1]]).0.code, 0);
    let bytes = fs::read(&civil).expect("a rubric");
    for byte in (0..bytes.len()).step_by(bytes.len() / 12) {
        let mut changed = bytes.clone();
        changed[byte] ^= 1;
        fs::write(&civil, changed).expect("written");
        let (said, verified) = verify(&[&shown(&out), &at, flag[0], flag[1]]);
        assert_eq!(said.code, 1, "byte {byte}: {said:?}");
        let told = names(&verified).iter().any(|n| n.starts_with("rubric legal-aid-civil"));
        assert!(told, "byte {byte}: {said:?}");
    }
    fs::write(&civil, bytes).expect("put back");
    // Another rubric than the one it was assessed by.
    assert!(verify(&[&shown(&out), &at]).1["faults"].to_string().contains("rubric"));
}

fn finalize(out: &Path, args: &[&str]) -> Said {
    let out = shown(out);
    let all: Vec<&str> = ["finalize", &out].iter().chain(args).copied().collect();
    juanping(&all)
}

#[test]
fn stages_go_forward_only_and_a_sealed_folder_stays() {
    let room = tempfile::tempdir().expect("room");
    let (batch, out) = (batch("东岭援民〔2024〕1号,民事,虚构张三,虚构律师乙,2024-05-06,已结\n"), room.path().join("结果"));
    assess(&batch.path(), &out, &[], &[]);
    let by = |stage: &str, on: &str, more: &[&str]| {
        let mut args = vec!["--stage", stage, "--by", "虚构甲", "--on", on];
        args.extend(more);
        finalize(&out, &args)
    };
    let said = by("初评", "2025-03-01", &[]);
    assert!(said.code == 0 && said.out.contains("封存：初评") && said.out.contains("不是电子签名"), "{said:?}");
    let back = by("自查", "2025-03-02", &[]);
    assert!(back.code == 2 && back.err.contains("只能往后") && back.err.contains("初评"), "{back:?}");
    assert!(by("初评", "2025-03-02", &[]).err.contains("只能往后"));
    let early = by("复核", "2025-02-01", &[]);
    assert!(early.code == 2 && early.err.contains("早于上一次封存"), "{early:?}");
    // Its case awaits a reviewer.
    let open = by("定稿", "2025-04-01", &[]);
    assert!(open.code == 2 && open.err.contains("不能定稿") && open.err.contains("--with-open"), "{open:?}");
    let early = by("定稿", "2020-01-01", &["--with-open"]);
    assert!(early.code == 2 && early.err.contains("早于"), "{early:?}");
    let last = by("定稿", "2025-04-01", &["--with-open"]);
    assert!(last.code == 0 && last.out.contains("已记入 seal.json"), "{last:?}");
    let seal: Value = serde_json::from_slice(&fs::read(out.join("seal.json")).expect("a seal")).expect("JSON");
    assert_eq!(seal["before"].as_array().map(Vec::len), Some(1));
    assert_eq!(seal["before"][0]["stage"], "初评");
    assert!(seal["open"]["undecided"].as_u64() > Some(0), "{seal}");
    let again = by("定稿", "2025-05-01", &["--with-open"]);
    assert!(again.code == 2 && again.err.contains("--corrects"), "{again:?}");
    let over = assess(&batch.path(), &out, &[], &[]);
    assert!(over.code == 2 && over.err.contains("已经封存") && over.err.contains("--corrects"), "{over:?}");
    let said = juanping(&["verify", &shown(&out)]);
    assert!(said.code == 0 && said.out.contains("已封存：定稿"), "{said:?}");
    // A seal that somebody edits is no seal.
    let text = fs::read_to_string(out.join("seal.json")).expect("a seal");
    fs::write(out.join("seal.json"), text.replace("虚构甲", "虚构乙")).expect("written");
    let said = juanping(&["verify", &shown(&out)]);
    assert!(said.code == 1 && said.out.contains("seal.json"), "{said:?}");
}

#[test]
fn a_result_that_was_sealed_while_another_run_wrote_to_its_place_stays() {
    let room = tempfile::tempdir().expect("room");
    let out = result(room.path());
    // A run begins while nothing is sealed, and ends after that.
    let later = Output::begin(&out, Path::new("samples/three-2024")).expect("it may begin");
    later.whole("results.json", b"{}").expect("written");
    let said = finalize(&out, &["--stage", "初评", "--by", "虚构丙", "--on", "2025-06-01"]);
    assert_eq!(said.code, 0, "{said:?}");
    let sealed = files(&out);
    let refused = later.finish().expect_err("the seal is kept");
    assert!(refused.said().zh.contains("已经封存"), "{refused}");
    assert_eq!(files(&out), sealed);
    assert_eq!(verify(&[&shown(&out)]).0.code, 0);
    // A file that somebody put there meanwhile is not lost either.
    let again = room.path().join("又一份");
    copy(&out, &again);
    fs::remove_file(again.join("seal.json")).expect("removed");
    let later = Output::begin(&again, Path::new("samples/three-2024")).expect("it may begin");
    later.whole("results.json", b"{}").expect("written");
    fs::write(again.join("批注.txt"), "虚构").expect("written");
    assert!(later.finish().is_err() && again.join("批注.txt").is_file());
}

#[test]
fn what_is_damaged_or_only_a_part_is_not_sealed() {
    let room = tempfile::tempdir().expect("room");
    let out = result(room.path());
    let text = fs::read_to_string(out.join("cases.jsonl")).expect("cases");
    fs::write(out.join("cases.jsonl"), text.replacen("met", "mat", 1)).expect("written");
    let said = finalize(&out, &["--by", "虚构甲", "--on", "2025-03-01", "--with-open"]);
    assert!(said.code == 2 && said.err.contains("不是完好的结果") && said.err.contains("cases.jsonl"), "{said:?}");
    assert!(!out.join("seal.json").exists());
    let part = room.path().join("部分");
    assess(Path::new("samples/shili-2024"), &part, &["东岭区"], &[]);
    let said = finalize(&part, &["--by", "虚构甲", "--on", "2025-03-01", "--with-open"]);
    assert!(said.code == 2 && said.err.contains("merge"), "{said:?}");
    let said = finalize(&part, &["--by", " ", "--on", "2025-03-01"]);
    assert!(said.code == 2 && said.err.contains("--by"), "{said:?}");
    let said = finalize(&part, &["--by", "虚构甲"]);
    assert!(said.code == 2 && said.err.contains("--on"), "{said:?}");
}

/// A batch with a case of a given closing date, and another number of cases when asked.
fn batch(files: &str) -> Batch {
    Batch::new().file("东岭区/登记表.csv", format!("案号,案件类型,受援人,承办律师,结案日期,案件状态\n{files}"))
}

#[test]
fn a_correction_tells_which_cases_it_changes() {
    let room = tempfile::tempdir().expect("room");
    let at = |name: &str| room.path().join(name);
    let row = |no: u32, lawyer: &str| format!("东岭援民〔2024〕{no}号,民事,虚构张三,{lawyer},2024-05-06,已结\n");
    let first = batch(&(row(1, "虚构律师乙") + &row(2, "虚构律师乙")));
    assess(&first.path(), &at("一"), &[], &[]);
    assess(&batch(&(row(1, "虚构律师乙") + &row(3, "虚构律师乙"))).path(), &at("二"), &[], &[]);
    assess(&batch(&(row(1, "虚构律师乙") + &row(3, "虚构律师乙") + &row(4, "虚构律师乙"))).path(), &at("三"), &[], &[]);
    let sign = ["--by", "虚构甲", "--on", "2025-03-01", "--with-open"];
    let corrects = |old: &str, reason: &'static str| {
        let mut args: Vec<String> = sign.iter().map(|s| (*s).to_owned()).collect();
        args.extend(["--corrects".to_owned(), shown(&at(old)), "--reason".to_owned(), reason.to_owned()]);
        args
    };
    let run = |new: &str, args: Vec<String>| finalize(&at(new), &args.iter().map(String::as_str).collect::<Vec<_>>());
    let early = run("二", corrects("一", "漏登"));
    assert!(early.code == 2 && early.err.contains("没有定稿"), "{early:?}");
    assert_eq!(finalize(&at("一"), &sign).code, 0);
    let empty = run("二", corrects("一", " "));
    assert!(empty.code == 2 && empty.err.contains("--reason"), "{empty:?}");
    let done = run("二", corrects("一", "漏登一件"));
    assert!(done.code == 0 && done.out.contains("更正第 1 号（漏登一件），变动 2 件"), "{done:?}");
    assert!(done.out.contains("2号：") && done.out.contains("→ 无") && done.out.contains("3号：无 →"), "{done:?}");
    let second = run("三", corrects("二", "又漏一件"));
    assert!(second.code == 0 && second.out.contains("更正第 2 号"), "{second:?}");
    let seal: Value = serde_json::from_slice(&fs::read(at("三").join("seal.json")).expect("a seal")).expect("JSON");
    let before: Vec<&Value> = seal["before"].as_array().expect("before").iter().map(|b| &b["correction"]).collect();
    assert_eq!(before, [&Value::Null, &Value::from(1)]);
    assert_eq!(seal["correction"]["changes"].as_array().map(Vec::len), Some(1));
    assert!(juanping(&["verify", &shown(&at("三")), &shown(&first.path())]).code == 1);
    // Another year is another batch.
    let other = Batch::bare().file("audit.toml", "year = 2023\n").file("东岭区/登记表.csv", row(1, "虚构律师乙"));
    assess(&other.path(), &at("别"), &[], &[]);
    let other = run("别", corrects("三", "弄错"));
    assert!(other.code == 2 && (other.err.contains("不是同一个批次")), "{other:?}");
    assess(&first.path(), &at("后"), &[], &[]);
    assert_eq!(finalize(&at("后"), &["--stage", "初评", "--by", "虚构甲", "--on", "2025-02-01"]).code, 0);
    assess(&first.path(), &at("再"), &[], &[]);
    let follows = shown(&at("后"));
    let next = finalize(&at("再"), &["--stage", "复核", "--by", "虚构甲", "--on", "2025-02-02", "--follows", &follows]);
    assert_eq!(next.code, 0, "{next:?}");
}

#[test]
fn an_inspector_compares_a_certificate_in_one_line() {
    let room = tempfile::tempdir().expect("room");
    let batch = room.path().join("批次");
    copy(Path::new("samples/shili-2024"), &batch);
    let said = juanping_in(room.path(), &["check", "批次/东岭区", "-o", "自查"]);
    assert!(said.code <= 1 && said.out.contains("自查凭证 ") && room.path().join("自查/自查凭证.json").is_file(), "{said:?}");
    let compare = || juanping_in(room.path(), &["verify", "自查/自查凭证.json", "批次/东岭区"]);
    let same = compare();
    assert!(same.code == 0 && same.out.starts_with("一致：自查凭证 ") && same.out.lines().count() == 1, "{same:?}");
    let code: String = same.out.chars().filter(|c| c.is_ascii_digit() || *c == '-').take(14).collect();
    assert!(said.out.contains(&code), "{code} {}", said.out);
    // Settings for one run are in the certificate.
    let flags =
        ["check", "批次/东岭区", "--as-of", "2025-06-30", "--look", "names", "--quiet", "--certificate", "另.json", "-o", "甲.xlsx"];
    assert!(juanping_in(room.path(), &flags).code <= 1);
    assert_eq!(juanping_in(room.path(), &["verify", "另.json", "批次/东岭区"]).code, 0);
    let register = files(&batch.join("东岭区")).into_keys().find(|n| n.contains("登记表")).expect("a register");
    let register = batch.join("东岭区").join(register);
    let kept = fs::read(&register).expect("a register");
    fs::write(
        batch.join("东岭区/补登.csv"),
        "案号,案件类型,受援人,承办律师,结案日期,案件状态\n东岭援民〔2024〕999号,民事,虚构张三,虚构律师,2024-05-06,已结\n",
    )
    .expect("written");
    let more = compare();
    assert_eq!(more.code, 1);
    assert!(
        ["不一致", "案件清单不同", "文件不同", "问题有", "999号"].iter().all(|w| more.out.contains(w)) && more.out.lines().count() == 1,
        "{more:?}"
    );
    fs::remove_file(batch.join("东岭区/补登.csv")).expect("removed");
    let mut changed = kept;
    let end = changed.len() - 1;
    changed[end] ^= 1;
    fs::write(&register, changed).expect("written");
    let other = compare();
    assert!(other.code == 1 && other.out.contains("登记表或案卷文件不同"), "{other:?}");
    let at = room.path().join("自查/自查凭证.json");
    let text = fs::read_to_string(&at).expect("a certificate");
    fs::write(&at, text.replacen("\"unmet\"", "\"met\"", 1)).expect("written");
    let forged = compare();
    assert!(forged.code == 1 && forged.out.contains("改动过"), "{forged:?}");
    let lone = juanping_in(room.path(), &["verify", "另.json"]);
    assert!(lone.code == 2 && lone.err.contains("请写出自查的文件夹"), "{lone:?}");
    for name in ["张", "李"] {
        assert!(!text.contains(&format!("虚构{name}")));
    }
}
