//! A county's first steps: the menu, a folder dragged on the program, and the five steps of the README with a form that is filled in.
//! Must not know how reports are laid out.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader as _};
use juanping::cli::{Common, Plan, parse};
use juanping::command::{Streams, run};
use serde_json::Value;

use crate::run::juanping_in;

/// The sheet of the form.
const FORM: &str = "卷内材料登记表";

/// What a person sees who types these lines.
fn typed(plan: Plan, lines: &[&str]) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = Cursor::new(lines.iter().flat_map(|l| [l, "\n"]).collect::<String>().into_bytes());
    let mut streams = Streams { input: &mut input, person: true, out: &mut out, err: &mut err, colour: false, terminal: false };
    let code = run(&Common::default(), plan, &mut streams).expect("streams that take everything");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (code, text(out), text(err))
}

fn demo(room: &Path) {
    let said = juanping_in(room, &["demo", "批次 一", "--offices", "2", "--cases", "16", "--seed", "5"]);
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn no_argument_on_a_terminal_is_the_menu_and_elsewhere_the_help() {
    let words = || vec!["juanping".into()];
    assert!(matches!(parse(words(), juanping::base::text::Lang::Zh, true), Ok((_, Plan::Menu))));
    assert!(matches!(parse(words(), juanping::base::text::Lang::Zh, false), Ok((_, Plan::Say(_)))));
}

#[test]
fn the_menu_asks_again_checks_a_dragged_path_and_waits() {
    let room = tempfile::tempdir().expect("room");
    demo(room.path());
    let folder = format!("\"{}\"", room.path().join("批次 一/东岭区").display());
    let (code, out, err) = typed(Plan::Menu, &["9", "", "１", &folder, "", "4", "", "0"]);
    assert_eq!((code, err.as_str()), (1, ""), "{out}");
    assert_eq!(out.matches("1  自查一个文件夹").count(), 4, "the menu comes again: {out}");
    assert!(out.contains("请输入 0 到 4") && out.contains("自查：东岭区") && out.contains("按回车键回到菜单"), "{out}");
    assert!(room.path().join("自查结果.xlsx").is_file(), "the result lies beside the batch");
    assert_eq!(typed(Plan::Menu, &[]).0, 0, "the end of input ends it");
    let (_, out, err) = typed(Plan::Menu, &["1", "没有这个文件夹", "", "0"]);
    assert!(err.contains("没有这个文件夹") && out.contains("按回车键回到菜单"), "a wrong path is told and the menu comes again");
}

#[test]
fn the_menu_makes_the_form_beside_the_register() {
    let room = tempfile::tempdir().expect("room");
    demo(room.path());
    let office = room.path().join("批次 一/东岭区");
    let (code, out, err) = typed(Plan::Menu, &["3", &office.display().to_string(), "", "0"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(office.join("卷内材料登记表.xlsx").is_file() && !office.join("audit.toml").exists(), "the settings above stay the only ones");
}

#[test]
fn a_folder_dragged_on_the_program_is_checked_beside_the_batch() {
    let room = tempfile::tempdir().expect("room");
    demo(room.path());
    let folder = room.path().join("批次 一/东岭区");
    let said = juanping_in(room.path(), &[folder.to_str().expect("UTF-8")]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("自查：东岭区") && !said.out.contains("按回车键"), "nobody is there to press it: {}", said.out);
    let (_, out, _) = typed(Plan::Dropped { path: folder }, &[""]);
    assert!(out.contains("按回车键关闭"), "{out}");
    let said = juanping_in(room.path(), &["批次 一/东岭区/没有"]);
    assert_eq!(said.code, 2, "{said:?}");
}

/// Saves a workbook again with some cells changed, as another program does: no formats, words only.
fn change(path: &Path, sheet: &str, mut word: impl FnMut(u32, usize, &str) -> String) {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("its cells");
    let mut changed = rust_xlsxwriter::Workbook::new();
    let out = changed.add_worksheet();
    out.set_name(sheet).expect("a name");
    for (row, cells) in (0_u32..).zip(range.rows()) {
        for (col, cell) in (0_u16..).zip(cells) {
            out.write_string(row, col, word(row, usize::from(col), &cell.to_string())).expect("a cell");
        }
    }
    changed.save(path).expect("saved");
}

/// Fills the form in as a clerk does: every paper is there, but for the closing report of the second case.
fn fill(path: &Path) {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("the form");
    let range = book.worksheet_range(FORM).expect("its cells");
    let is_head = |r: &&[Data]| r.iter().any(|c| *c == "案号");
    let header = range.rows().position(|r| is_head(&r)).expect("its header");
    let titles: Vec<String> = range.rows().nth(header).expect("titles").iter().map(ToString::to_string).collect();
    let from = titles.iter().position(|t| t == "结案日期").expect("the last fixed column") + 1;
    let to = titles.iter().position(|t| t.contains("总页数")).expect("the first column behind the papers");
    let cases: Vec<u32> = (0_u32..).zip(range.rows()).filter(|(_, r)| r[0].to_string().parse::<u32>().is_ok()).map(|(n, _)| n).collect();
    assert!(cases.len() > 2, "{cases:?}");
    change(path, FORM, |row, col, word| match word {
        "" if cases.contains(&row) && (from..to).contains(&col) => {
            let lacking = row == cases[1] && titles[col].contains("结案报告表");
            if lacking { "无" } else { "有" }.to_owned()
        }
        other => other.to_owned(),
    });
}

fn mend(path: &Path) {
    change(path, FORM, |_, _, word| if word == "无" { "有" } else { word }.to_owned());
}

fn unclear(json: &Value) -> usize {
    let findings = json["cases"].as_array().into_iter().flatten().flat_map(|c| c["findings"].as_array().into_iter().flatten());
    findings
        .filter(|f| f["outcome"] == "unclear" && f["message"]["zh"].as_str().is_some_and(|m| m.contains("没有材料能说明卷内有无")))
        .count()
}

#[test]
fn the_five_steps_with_a_form_that_is_filled_in() {
    let room = tempfile::tempdir().expect("room");
    let office = room.path().join("批次/东岭区");
    fs::create_dir_all(&office).expect("folder");
    fs::write(
        room.path().join("批次/audit.toml"),
        "title = \"虚构评查\"\nyear = 2024\nas_of = 2025-03-31\n[[office]]\nname = \"东岭区\"\n",
    )
    .expect("settings");
    let row = |n: u32, kind: &str| format!("东岭援〔2024〕{n}号,{kind},2024-03-01,2024-03-05,2024-06-03,韩拟子\n");
    let rows: String = (1..=6).map(|n| row(n, if n % 2 == 0 { "民事" } else { "劳动仲裁" })).collect();
    fs::write(office.join("登记表.csv"), format!("案号,案件类型,受理日期,决定日期,结案日期,承办人\n{rows}")).expect("register");
    let json = |args: &[&str]| -> Value {
        let said = juanping_in(room.path(), &[&["check", "批次/东岭区", "--format", "json"], args].concat());
        serde_json::from_str(&said.out).unwrap_or_else(|e| panic!("{e} {said:?}"))
    };
    assert!(unclear(&json(&[])) > 20, "nothing is known of any paper");
    let form = juanping_in(room.path(), &["init", "批次/东岭区", "--from", "批次/东岭区/登记表.csv"]);
    assert_eq!(form.code, 0, "{form:?}");
    fill(&office.join("卷内材料登记表.xlsx"));
    let said = juanping_in(room.path(), &["check", "批次/东岭区"]);
    assert_eq!(said.code, 1, "{said:?}");
    let checked = json(&[]);
    let report = |t: &&Value| t["about"] == "document:closing_report" && t["act"] == "complete";
    let job = checked["todo"].as_array().into_iter().flatten().find(report).expect("the closing report is to be added");
    assert_eq!((job["cases"].as_u64(), job["what"]["zh"].as_str()), (Some(1), Some("补《结案报告表》")));
    assert_eq!(unclear(&checked), 0, "the form tells of every paper");
    assert_eq!(checked["offices"][0]["rows"], 6, "the form is no register");
    // The paper was found and is in the dossier now.
    mend(&office.join("卷内材料登记表.xlsx"));
    let mended = json(&["--baseline", "自查结果.xlsx"]);
    let fixed = mended["compared"]["fixed"].as_array().expect("fixed");
    assert!(fixed.iter().any(|f| f["message"]["zh"].as_str().is_some_and(|m| m.contains("结案报告表"))), "{fixed:#?}");
    assert_eq!(mended["compared"]["new"].as_array().map(Vec::len), Some(0));
}
