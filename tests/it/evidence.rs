//! What tells that a paper is in a dossier: folders, archives, lists of contents, checklists, JSON; and what happens when they lie,
//! break or disagree. The archives are made by another program: see tests/data/intake/dossiers/make.py.

use crate::batch::{Batch, Ran};

const NO1: &str = "东岭援民〔2024〕1号";
const NO2: &str = "东岭援民〔2024〕2号";
const NO3: &str = "东岭援民〔2024〕3号";

fn data(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/intake/dossiers").join(name);
    std::fs::read(path).expect("a fixture")
}

/// Three closed civil cases of one office.
fn batch() -> Batch {
    with("")
}

/// The same with one more column.
fn with(evidence: &str) -> Batch {
    let rows: Vec<String> = [NO1, NO2, NO3].iter().map(|n| format!("{n},民事,甲某某,乙某某,2024-05-06,已结,{evidence}")).collect();
    let text = format!("案号,案件类型,受援人,承办律师,结案日期,案件状态,卷宗形式\n{}\n", rows.join("\n"));
    Batch::new().file("东岭区/登记表.csv", text)
}

/// The documents of a case that something is known of: `id:count`, `id!state`.
fn papers(ran: &Ran, no: &str) -> String {
    let one = |d: &serde_json::Value| match (d["id"].as_str().unwrap_or_default(), d["state"].as_str().unwrap_or_default()) {
        (id, "present") => format!("{id}:{}", d["count"]),
        (id, state) => format!("{id}!{state}"),
    };
    let mut all: Vec<String> = ran.case(no)["documents"].as_array().into_iter().flatten().map(one).collect();
    all.sort();
    all.join(" ")
}

/// Problems but those about rows, in words with their places.
fn told(ran: &Ran) -> String {
    let one = |p: &serde_json::Value| {
        let places: Vec<&str> = p["places"].as_array().into_iter().flatten().filter_map(|p| p["file"].as_str()).collect();
        format!("{} {} [{}]", p["code"].as_str().unwrap_or_default(), p["message"]["zh"].as_str().unwrap_or_default(), places.join(" "))
    };
    let all: Vec<String> = ran.results["problems"].as_array().into_iter().flatten().map(one).collect();
    all.join("\n")
}

const FIVE: &str = "application_form:1 decision:1 identity_proof:1 interview_note:1";

#[test]
fn a_zip_is_a_dossier_whatever_its_names_are_written_in() {
    for (name, file) in
        [("utf8.zip", format!("{NO1}.zip")), ("mac.zip", format!("{NO1} 甲某某.ZIP")), ("infozip.zip", format!("案卷/{NO1}.zip"))]
    {
        let ran = batch().file(&format!("东岭区/{file}"), data(name)).assess();
        assert_eq!((papers(&ran, NO1).as_str(), ran.problems(), ran.code), (FIVE, vec![], 0), "{name}: {}", told(&ran));
        assert!(ran.inputs.iter().any(|i| i["path"] == format!("东岭区/{file}") && i["sha256"].is_string()), "the archive is hashed");
        let inside = |i: &&serde_json::Value| i["path"].as_str().is_some_and(|p| p.contains(".zip!/") || p.contains(".ZIP!/"));
        let entries: Vec<_> = ran.inputs.iter().filter(inside).collect();
        assert_eq!(entries.len(), 5, "{:?}", ran.inputs);
        assert!(entries.iter().all(|i| i["case_no"] == NO1 && i["bytes"].as_u64() > Some(0)));
        ran.adds_up();
    }
    // One folder in an archive whose own name tells nothing; the names in it are GBK and say nothing of it.
    let ran = batch().file("东岭区/第二件.zip", data("gbk.zip")).assess();
    assert_eq!((papers(&ran, NO2).as_str(), ran.problems()), (FIVE, vec![]), "{}", told(&ran));
}

#[test]
fn a_zip_holds_many_dossiers() {
    let ran = batch().file("东岭区/2024年案卷.zip", data("many.zip")).assess();
    assert_eq!((papers(&ran, NO1).as_str(), papers(&ran, NO2).as_str(), papers(&ran, NO3).as_str()), (FIVE, FIVE, "agency_opinion:1"));
    assert_eq!(ran.case(NO3)["fields"]["evidence"], "纸质");
    assert_eq!(ran.problems(), ["P023", "P027"], "{}", told(&ran));
    assert!(told(&ran).contains("东岭区/2024年案卷.zip!/案卷/东岭援民〔2024〕9号"), "an unknown number: {}", told(&ran));
    assert!(told(&ran).contains("登记表.csv 在压缩包里，没有作登记表读取"), "{}", told(&ran));
    // The name of a range begins like one of its cases and is none.
    let ran = batch().file("东岭区/东岭援民〔2024〕1号至3号.zip", data("many.zip")).assess();
    assert_eq!((papers(&ran, NO1).as_str(), papers(&ran, NO2).as_str()), (FIVE, FIVE), "{}", told(&ran));
    // Beside the folders of the offices it is shared: each takes its own.
    let settings = "year = 2024\n[[office]]\nname = \"东岭区\"\n[[office]]\nname = \"西岭县\"\n";
    let row = "案号,案件类型,结案日期\n西岭援民〔2024〕1号,民事,2024-05-06\n";
    let ran = batch().file("audit.toml", settings).file("西岭县/登记表.csv", row).file("案卷.zip", data("many.zip")).assess();
    assert_eq!(papers(&ran, NO2), FIVE, "{}", told(&ran));
    // What is wrong with a shared one is told once, and those in it that nobody has.
    let ran = batch()
        .file("audit.toml", settings)
        .file("西岭县/登记表.csv", row)
        .file("坏.zip", data("cut.zip"))
        .file("别人.zip", data("hostile.zip"))
        .assess();
    let count = |code: &str| ran.problems().iter().filter(|c| **c == code).count();
    assert_eq!((count("P026"), count("P027"), count("P023"), ran.code), (1, 4, 1, 3), "{}", told(&ran));
}

#[test]
fn a_hostile_zip_is_told_entry_by_entry_and_the_rest_is_used() {
    let ran =
        with("扫描").file(&format!("东岭区/{NO1}.zip"), data("hostile.zip")).file(&format!("东岭区/{NO2}.zip"), data("utf8.zip")).assess();
    assert_eq!(papers(&ran, NO2), FIVE);
    assert_eq!(papers(&ran, NO1), "application_form:1 closing_report:1 decision:1 power_of_attorney:1", "{}", told(&ran));
    let said = told(&ran);
    assert_eq!(ran.problems(), ["P027", "P027", "P027", "P027", "P047"], "{said}");
    for part in ["5 个条目的路径指向压缩包之外", "1 个条目是指向别处的链接", "还有 2 个压缩包", "1 个条目加了密码"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    // What could not be seen is not missing: the case is graded as if only some of it were scanned.
    let lost = |no: &str| ran.case(no)["findings"].to_string().matches("卷内没有").count();
    assert!(lost(NO2) > 0 && lost(NO1) == 0, "{}", ran.case(NO1)["findings"]);
    assert!(
        ran.case(NO2)["findings"].to_string().contains(&format!("\"东岭区/{NO2}.zip\"")),
        "the place of what is missing is the archive"
    );
    assert!(!ran.files.keys().any(|f| f.contains("代理词") || f.contains("身份证明")), "nothing is unpacked");
    let ran = batch().file(&format!("东岭区/{NO1}.zip"), data("twice.zip")).assess();
    assert_eq!((papers(&ran, NO1).as_str(), ran.problems()), ("closing_report:1", vec!["P027"]), "{}", told(&ran));
}

#[test]
fn broken_and_swollen_zips_are_told_and_nothing_is_missing_for_them() {
    let small = "year = 2024\n[limits]\nmax_bytes = 100000\n";
    for (name, code, exit, shown) in [
        ("cut.zip", "P026", 3, ""),
        ("claims.zip", "P028", 3, ""),
        ("bomb.zip", "P028", 3, "application_form:1"),
        ("json-bomb.zip", "P026", 3, ""),
    ] {
        let ran = with("扫描").file("audit.toml", small).file(&format!("东岭区/{NO1}.zip"), data(name)).assess();
        assert_eq!((ran.code, ran.cases.len(), papers(&ran, NO1).as_str()), (exit, 3, shown), "{name}: {}", told(&ran));
        assert!(ran.problems().contains(&code), "{name}: {}", told(&ran));
        if name != "json-bomb.zip" {
            assert!(!ran.case(NO1)["findings"].to_string().contains("卷内没有"), "{name}: {}", ran.case(NO1)["findings"]);
        }
    }
    let few = "year = 2024\n[limits]\nmax_entries = 3\n";
    let ran = batch().file("audit.toml", few).file(&format!("东岭区/{NO1}.zip"), data("utf8.zip")).assess();
    assert!(told(&ran).contains("自称有 5 个条目，上限 3"), "{}", told(&ran));
    for junk in [&b""[..], b"PK", b"PK\x05\x06", b"not a zip", &[0; 4096]] {
        let ran = batch().file(&format!("东岭区/{NO1}.zip"), junk).assess();
        assert_eq!((ran.code, ran.cases.len()), (3, 3), "{junk:?}: {}", told(&ran));
    }
    // Archives of other kinds cannot be opened, wherever they lie.
    for at in [format!("东岭区/{NO1}/扫描件.rar"), format!("东岭区/{NO1}.7z")] {
        let ran = with("扫描").file(&at, b"Rar!\x1A\x07\x00 7z").file(&format!("东岭区/{NO2}/会见笔录.pdf"), "x").assess();
        assert!(told(&ran).contains(&at) && ran.code == 3, "{at}: {}", told(&ran));
        let lost = |no: &str| ran.case(no)["findings"].to_string().matches("卷内没有").count();
        assert!(lost(NO1) == 0 && lost(NO2) > 0, "{at}: what lies in it is not missing");
    }
    // A workbook with the wrong ending is no dossier.
    let ran = batch().file("东岭区/补登.zip", data("卷内目录.xlsx")).assess();
    assert!(told(&ran).contains("其实是 Excel 工作簿"), "{}", told(&ran));
}

#[test]
fn no_byte_of_a_zip_can_break_the_reader() {
    use juanping::intake::archive;
    use juanping::intake::settings::Limits;
    let room = tempfile::tempdir().expect("room");
    let path = room.path().join("a.zip");
    let limits = Limits { max_bytes: 1 << 20, max_entries: 1000, ..Limits::default() };
    let mut read = 0;
    for name in ["hostile.zip", "infozip.zip", "claims.zip"] {
        let whole = data(name);
        for at in 0..whole.len() {
            for byte in [0xFF, whole[at] ^ 1] {
                let mut bytes = whole.clone();
                bytes[at] = byte;
                std::fs::write(&path, &bytes).expect("a file");
                let Ok(listing) = archive::list(&path, "a.zip", &limits) else { continue };
                for file in &listing.files {
                    assert!(file.path.starts_with("a.zip!/") && !file.path.split('/').any(|p| p == ".."), "{}", file.path);
                }
                let first = listing.files.first().map(|file| archive::content(room.path(), file, &limits));
                read += usize::from(first.is_some_and(|content| content.is_ok()));
            }
        }
        for end in 0..whole.len() {
            std::fs::write(&path, &whole[..end]).expect("a file");
            let _ = archive::list(&path, "a.zip", &limits);
        }
    }
    assert!(read > 2_000, "most broken bytes leave most of an archive readable: {read}");
}

#[test]
fn a_secret_dossier_is_never_opened_in_an_archive_either() {
    let text = format!("案号,案件类型,结案日期,密级\n{NO1},民事,2024-05-06,密卷\n{NO2},民事,2024-05-06,非密\n");
    let ran = Batch::new()
        .file("东岭区/登记表.csv", text)
        .file(&format!("东岭区/{NO1}.zip"), data("utf8.zip"))
        .file(&format!("东岭区/{NO1}/里面.zip"), data("utf8.zip"))
        .file(&format!("东岭区/{NO2}.zip"), data("utf8.zip"))
        .assess();
    assert_eq!((papers(&ran, NO1).as_str(), papers(&ran, NO2).as_str()), ("", FIVE));
    let of_one: Vec<_> = ran.inputs.iter().filter(|i| i["path"].as_str().is_some_and(|p| p.contains("1号"))).collect();
    assert_eq!(of_one.len(), 2, "its archives are listed and not looked into: {of_one:?}");
    assert!(of_one.iter().all(|i| i["sha256"].is_null()), "nor hashed: {of_one:?}");
}

#[test]
fn folders_inside_a_dossier() {
    for (paths, shown) in [
        (vec!["审批卷/法律援助申请表.pdf", "承办卷/代理词.docx"], "agency_opinion:1 application_form:1"),
        (vec!["正卷/01法律援助申请表.pdf", "副卷/会见笔录.pdf"], "application_form:1 interview_note:1"),
        (vec!["第一册/法律援助申请表.pdf", "第二册/会见笔录/1.jpg", "第二册/会见笔录/2.jpg"], "application_form:1 interview_note:1"),
        (vec!["会见笔录/第一次/1.jpg", "会见笔录/第一次/2.jpg", "会见笔录/第二次/1.jpg"], "interview_note:1"),
        (vec!["会见笔录/第一次会见笔录.pdf", "会见笔录/第二次会见笔录.pdf"], "interview_note:2"),
        (vec!["扫描 件/法律援助申请表.pdf"], "application_form:1"),
        (vec!["承办卷.zip"], FIVE),
    ] {
        let batch = paths.iter().fold(batch(), |batch, path| {
            let content = if path.ends_with(".zip") { data("utf8.zip") } else { b"x".to_vec() };
            batch.file(&format!("东岭区/{NO1}/{path}"), content)
        });
        let ran = batch.assess();
        assert_eq!((papers(&ran, NO1).as_str(), ran.problems()), (shown, vec![]), "{paths:?}: {}", told(&ran));
    }
}

#[test]
fn a_folder_that_only_sorts_is_no_dossier() {
    for outer in ["东岭援民〔2024〕1号起", "东岭援民〔2024〕1号至3号", "2024年案卷", "东岭援民〔2024〕1-3号"] {
        let ran = batch()
            .file(&format!("东岭区/{outer}/{NO1}/法律援助申请表.pdf"), "x")
            .file(&format!("东岭区/{outer}/{NO2}/会见笔录.pdf"), "x")
            .file(&format!("东岭区/{outer}/{NO3}/第一册/代理词.pdf"), "x")
            .assess();
        let all = [NO1, NO2, NO3].map(|no| papers(&ran, no));
        assert_eq!(all, ["application_form:1", "interview_note:1", "agency_opinion:1"], "{outer}: {}", told(&ran));
    }
    // Also where the outer one is a dossier itself.
    let ran =
        batch().file(&format!("东岭区/{NO1}/法律援助申请表.pdf"), "x").file(&format!("东岭区/{NO1}/{NO2}/会见笔录.pdf"), "x").assess();
    assert_eq!([NO1, NO2].map(|no| papers(&ran, no)), ["application_form:1", "interview_note:1"], "{}", told(&ran));
}

#[test]
fn volumes_of_one_case_join() {
    for (one, two) in [
        ("东岭援民〔2024〕1号 第一册", "东岭援民〔2024〕1号 第二册"),
        ("东岭援民〔2024〕1号（1）", "东岭援民〔2024〕1号（2）"),
        ("东岭援民(2024)001号-正卷", "东岭援民[2024]第1号-副卷"),
        ("1月/东岭援民〔2024〕1号", "2月/东岭援民〔2024〕1号"),
    ] {
        let ran = batch()
            .file(&format!("东岭区/{one}/法律援助申请表.pdf"), "x")
            .file(&format!("东岭区/{two}/会见笔录.pdf"), "x")
            .file(&format!("东岭区/{two}/dossier.json"), r#"{"承办律师": "乙某某"}"#)
            .assess();
        assert_eq!((papers(&ran, NO1).as_str(), ran.cases.len()), ("application_form:1 interview_note:1", 3), "{one}: {}", told(&ran));
        assert_eq!(ran.problems(), [""; 0], "{}", told(&ran));
        ran.adds_up();
    }
}

#[test]
fn a_list_of_contents_that_is_a_spreadsheet() {
    let at = |name: &str| format!("东岭区/{NO1}/{name}");
    let ran = batch().file(&at("卷内目录.xlsx"), data("卷内目录.xlsx")).file(&at("法律援助申请表.pdf"), "x").assess();
    let shown = "application_form:1 contents_page:1 decision:1 identity_proof:1 interview_note:1";
    assert_eq!((papers(&ran, NO1).as_str(), ran.problems()), (shown, vec![]), "{}", told(&ran));
    // What the list does not name is not there, and that is told at the list.
    let places: Vec<String> = ran.case(NO1)["findings"].as_array().into_iter().flatten().map(|f| f["places"].to_string()).collect();
    assert!(
        places.iter().any(|p| p.contains("卷内目录.xlsx") && p.contains("\"B4\"") && p.contains("\"sheet\":\"卷内目录\"")),
        "{places:?}"
    );
    let criterion = |ran: &Ran, id: &str| {
        let all = ran.case(NO1)["criteria"].as_array().cloned().unwrap_or_default();
        all.into_iter().find(|c| c["id"] == id).map(|c| c["outcome"].as_str().unwrap_or_default().to_owned()).unwrap_or_default()
    };
    assert_eq!(criterion(&ran, "E02"), "met", "the pages run without a hole");
    // As text, with first page and number of pages.
    let csv = "卷内目录\n序号,材料名称,页码,页数,备注\n1,法律援助申请表,1,2,\n2,身份证明,3,1,\n3,代理词,5,2,\n";
    let ran = batch().file(&at("02卷内目录.csv"), csv).assess();
    assert_eq!(papers(&ran, NO1), "agency_opinion:1 application_form:1 contents_page:1 identity_proof:1");
    assert!(ran.case(NO1)["findings"].to_string().contains("目录缺第 4 页"), "{}", ran.case(NO1)["findings"]);
    // Pages that Excel has made a day of are not guessed.
    let ran = batch().file(&at("目录.xlsx"), data("目录-日期.xlsx")).assess();
    assert!(ran.problems() == ["P029"] && told(&ran).contains("有 1 行的页码看不懂"), "{}", told(&ran));
    // The same list in the register is one list, not two volumes.
    let text = format!(
        "案号,案件类型,结案日期,卷内目录\n{NO1},民事,2024-05-06,法律援助申请表 1-2；身份证明 3；给予法律援助决定书 4-5；会见笔录 6-8\n"
    );
    let ran = Batch::new().file("东岭区/登记表.csv", text).file(&at("卷内目录.xlsx"), data("卷内目录.xlsx")).assess();
    assert_eq!(papers(&ran, NO1), shown, "each line counts once: {}", told(&ran));
    // As old Excel writes it.
    let ran = batch().file(&at("卷内文件目录.xls"), data("卷内文件目录.xls")).assess();
    assert_eq!(papers(&ran, NO1), "agency_opinion:1 application_form:1 contents_page:1 identity_proof:1", "{}", told(&ran));
    assert_eq!(criterion(&ran, "E02"), "met", "first pages and numbers of pages");
    // In an archive, at the place inside it.
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("正卷/卷内目录.csv", zip::write::SimpleFileOptions::default()).expect("an entry");
    std::io::Write::write_all(&mut zip, csv.as_bytes()).expect("written");
    let bytes = zip.finish().expect("an archive").into_inner();
    let ran = batch().file(&format!("东岭区/{NO1}.zip"), bytes).assess();
    assert_eq!(papers(&ran, NO1), "agency_opinion:1 application_form:1 contents_page:1 identity_proof:1");
    let place = format!("东岭区/{NO1}.zip!/正卷/卷内目录.csv");
    assert!(ran.case(NO1)["findings"].to_string().contains(&place), "{}", ran.case(NO1)["findings"]);
    // Damaged ones are told, and the dossier is used.
    for content in [&b"PK\x03\x04broken"[..], b"", b"a,b\n1,2\n", &[0xD0, 0xCF, 0x11, 0xE0, 0, 0]] {
        let ran = batch().file(&at("卷内目录.xlsx"), content).file(&at("会见笔录.pdf"), "x").assess();
        assert_eq!((ran.problems(), ran.code), (vec!["P029"], 0), "{content:?}: {}", told(&ran));
        assert_eq!(papers(&ran, NO1), "contents_page:1 interview_note:1");
    }
}

#[test]
fn a_list_of_contents_that_the_files_cover_makes_a_dossier_complete() {
    let list = "序号,材料名称,页码\n1,法律援助申请表,1\n2,会见笔录,2\n";
    let tick = |word: &str| format!("卷内材料登记表\n案号,法律援助申请表,代理词\n{NO1},有,{word}\n");
    let run = |files: &[&str], word: &str| {
        let at = |name: &str| format!("东岭区/{NO1}/{name}");
        let batch = batch().file(&at("卷内目录.csv"), list).file("东岭区/材料.csv", tick(word));
        files.iter().fold(batch, |b, f| b.file(&at(f), "x")).assess()
    };
    // Complete: a tick for what no file shows is a contradiction.
    assert!(papers(&run(&["法律援助申请表.pdf", "会见笔录.pdf"], "有"), NO1).contains("agency_opinion!contradicted"));
    // Not complete: the tick is believed.
    assert!(papers(&run(&["法律援助申请表.pdf"], "有"), NO1).contains("agency_opinion:1"));
}

#[test]
fn checklists_and_scans_that_disagree() {
    let file = |b: Batch| b.file(&format!("东岭区/{NO1}/会见笔录.pdf"), "x");
    let other = |b: Batch| b.file(&format!("东岭区/{NO1}/卷内备考表.pdf"), "x");
    let column = |evidence: &str, word: &str| {
        Batch::new()
            .file("东岭区/登记表.csv", format!("案号,案件类型,结案日期,卷宗形式,会见笔录\n{NO1},民事,2024-05-06,{evidence},{word}\n"))
    };
    let workbook = |evidence: &str, word: &str| {
        with(evidence).file("东岭区/卷内材料登记表.csv", format!("卷内材料登记表\n案号,会见笔录,代理词\n{NO1},{word},\n"))
    };
    let json =
        |evidence: &str, word: &str| with(evidence).file(&format!("东岭区/{NO1}/dossier.json"), format!("{{\"会见笔录\": \"{word}\"}}"));
    for (source, ran, shown) in [
        ("column 无, a scan", file(column("扫描", "无")).assess(), "!contradicted"),
        ("column 不适用, a scan", file(column("混合", "不适用")).assess(), "!contradicted"),
        ("column 有, no scan at all", column("扫描", "有").assess(), ":1"),
        ("column 有, no scan of it", other(column("扫描", "有")).assess(), "!contradicted"),
        ("column 有, mixed", column("混合", "有").assess(), ":1"),
        ("column 有, on paper", column("纸质", "有").assess(), ":1"),
        ("column 无, on paper", column("纸质", "无").assess(), "!absent"),
        ("checklist 无, a scan", file(workbook("", "无")).assess(), "!contradicted"),
        ("checklist 有, no scan at all", workbook("扫描", "有").assess(), ":1"),
        ("checklist 有, no scan of it", other(workbook("扫描", "有")).assess(), "!contradicted"),
        ("checklist 有, nothing declared", workbook("", "√").assess(), ":1"),
        ("json 无, a scan", file(json("", "无")).assess(), "!contradicted"),
        ("json 有, no scan of all", json("扫描", "有").assess(), "!contradicted"),
        ("a scan, nothing else", file(batch()).assess(), ":1"),
    ] {
        let of_it: Vec<String> = papers(&ran, NO1).split(' ').filter(|p| p.starts_with("interview_note")).map(str::to_owned).collect();
        assert_eq!(of_it, [format!("interview_note{shown}")], "{source}: {}", told(&ran));
        let findings = ran.case(NO1)["findings"].to_string();
        assert_eq!(findings.contains("说法不一") && findings.contains("会见"), shown == "!contradicted", "{source}: {findings}");
    }
    // Two checklists that disagree do as well.
    let ran = column("", "有").file("东岭区/卷内材料登记表.csv", format!("卷内材料登记表\n案号,会见笔录,代理词\n{NO1},无,\n")).assess();
    assert_eq!(papers(&ran, NO1), "interview_note!contradicted", "{}", told(&ran));
}

#[test]
fn a_checklist_workbook_makes_no_cases() {
    let list = |head: &str| {
        format!("{head}案号,会见笔录,代理词\n东岭援民(2024)第001号,有,3份\n{NO2},无,不适用\n东岭援民〔2024〕77号,有,有\n,有,有\n")
    };
    let ran = batch().file("东岭区/材料清单.csv", list("")).assess();
    assert_eq!(
        (papers(&ran, NO1).as_str(), papers(&ran, NO2).as_str()),
        ("agency_opinion:3 interview_note:1", "agency_opinion!declined interview_note!absent")
    );
    assert_eq!(
        (ran.cases.len(), ran.office("东岭区")["rows"].as_u64(), ran.problems()),
        (3, Some(3), vec!["P044", "P044"]),
        "{}",
        told(&ran)
    );
    assert!(ran.results["registers"].as_array().is_some_and(|r| r.len() == 1), "it is no register");
    assert!(ran.inputs.iter().any(|i| i["path"] == "东岭区/材料清单.csv" && i["sha256"].is_string()));
    ran.adds_up();
    // With a title it may copy what the register says of a case; that is not read again.
    let titled =
        format!("东岭区卷内材料登记表（2024）\n案号,案件类型,结案日期,卷宗形式,会见笔录,总页数\n{NO1},刑事,2020-01-01,纸质,√,88\n");
    let ran = batch().file("东岭区/表.csv", titled).assess();
    let fields = &ran.case(NO1)["fields"];
    assert_eq!(
        (&fields["case_type"], &fields["closed_on"], &fields["evidence"], &fields["total_pages"]),
        (&"民事".into(), &"2024-05-06".into(), &"纸质".into(), &"88".into())
    );
    assert_eq!(ran.problems(), [""; 0], "{}", told(&ran));
    // A register may have document columns and stays one.
    let ran = Batch::new().file("东岭区/表.csv", format!("案号,案件类型,结案日期,会见笔录,代理词\n{NO1},民事,2024-05-06,有,有\n")).assess();
    assert_eq!((ran.cases.len(), ran.problems()), (1, vec![]));
}

#[test]
fn a_shared_checklist_serves_each_office() {
    let settings = "year = 2024\n[[office]]\nname = \"东岭区\"\n[[office]]\nname = \"西岭县\"\n";
    let register = |no: &str| format!("案号,案件类型,结案日期\n{no},民事,2024-05-06\n");
    // Both offices number alike: the column says whose row it is.
    let list = "卷内材料登记表\n机构,案号,会见笔录,代理词\n东岭区,援民〔2024〕1号,有,无\n西岭县,援民〔2024〕1号,无,有\n西岭县,援民〔2024〕5号,无,有\n";
    let ran = Batch::bare()
        .file("audit.toml", settings)
        .file("东岭区/登记表.csv", register("援民〔2024〕1号"))
        .file("西岭县/登记表.csv", register("援民〔2024〕1号"))
        .file("卷内材料登记表.csv", list)
        .assess();
    let of = |office: &str| ran.cases.iter().find(|c| c["office"] == office).map(|c| c["documents"].to_string()).unwrap_or_default();
    assert!(of("东岭区").contains(r#""interview_note","state":"present""#), "{} {}", of("东岭区"), told(&ran));
    assert!(of("西岭县").contains(r#""interview_note","state":"absent""#), "{} {}", of("西岭县"), told(&ran));
    assert_eq!(ran.problems(), ["P044"], "{}", told(&ran));
}

#[test]
fn a_row_of_a_checklist_goes_to_its_stage() {
    let rows = "案号,案件类型,诉讼阶段,结案日期\n东岭援刑〔2024〕1号,刑事,侦查,2024-05-06\n东岭援刑〔2024〕1号,刑事,审判,2024-09-06\n";
    let list = "卷内材料登记表\n案号,阶段,会见笔录,辩护词\n东岭援刑〔2024〕1号,审判,有,有\n东岭援刑〔2024〕1号,,无,无\n";
    let ran = Batch::new().file("东岭区/登记表.csv", rows).file("东岭区/清单.csv", list).assess();
    let of = |stage: &str| ran.cases.iter().find(|c| c["stage"] == stage).map(|c| c["documents"].to_string()).unwrap_or_default();
    assert_eq!((of("侦查").as_str(), of("审判").matches("present").count()), ("[]", 2), "{}", told(&ran));
    assert_eq!(ran.problems(), ["P044"], "{}", told(&ran));
}

#[test]
fn cases_as_json_lines() {
    let mark = '\u{FEFF}';
    let lines = [
        format!("{mark}{{\"案号\": \"{NO1}\", \"documents\": [\"会见笔录\"]}}"),
        String::new(),
        format!("{{\"案号\": \"{NO2}\", \"代理词\": \"有\""),
        "[1]".to_owned(),
        format!("{mark}{{\"案号\": \"{NO3}\", \"代理词\": \"有\"}}\r"),
    ];
    let ran = batch().file("东岭区/案卷.jsonl", lines.join("\n")).assess();
    assert_eq!(
        (papers(&ran, NO1).as_str(), papers(&ran, NO2).as_str(), papers(&ran, NO3).as_str()),
        ("interview_note:1", "", "agency_opinion:1"),
        "{}",
        told(&ran)
    );
    assert_eq!(ran.problems(), ["P008", "P008"], "{}", told(&ran));
    assert!(told(&ran).contains("第 3 行") && told(&ran).contains("第 4 行"), "{}", told(&ran));
    assert_eq!((ran.cases.len(), ran.code), (3, 3));
}

#[test]
fn an_office_without_scans_and_checklists_is_told_once() {
    let ran = batch().assess();
    assert_eq!(ran.problems(), ["P032"], "{}", told(&ran));
    // Where scans are promised and none is found, that is what is told, and nothing counts as missing.
    let ran = with("扫描").assess();
    assert_eq!(ran.problems(), ["P047"], "{}", told(&ran));
    let places = ran.results["problems"][0]["places"].as_array().map_or(0, Vec::len);
    assert_eq!(places, 3, "one for each case");
    assert!(!ran.cases.iter().any(|c| c["findings"].to_string().contains("卷内没有")), "{:?}", ran.case(NO1));
    let ran = batch().file("audit.toml", "year = 2024\n[evidence]\ndefault = \"scanned\"\n").assess();
    assert_eq!(ran.problems(), ["P047"], "settings say it as well: {}", told(&ran));
    // A folder that was found says what is missing, for its own case alone.
    let ran = with("扫描").file(&format!("东岭区/{NO1}/会见笔录.pdf"), "x").assess();
    let lost = |no: &str| ran.case(no)["findings"].to_string().matches("卷内没有").count();
    assert!(lost(NO1) > 0 && lost(NO2) == 0 && ran.problems() == ["P047"], "{}", told(&ran));
}

#[cfg(unix)]
#[test]
fn links_and_closed_folders_are_told() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let batch = with("扫描").file(&format!("东岭区/{NO1}/审批卷/法律援助申请表.pdf"), "x").file(&format!("东岭区/{NO2}/会见笔录.pdf"), "x");
    let folder = batch.path().join("东岭区").join(NO1);
    symlink(&folder, folder.join("承办卷")).expect("a loop");
    symlink("/nowhere", batch.path().join("东岭区").join("去处")).expect("a link to nothing");
    let closed = batch.path().join("东岭区").join(NO2).join("副卷");
    std::fs::create_dir(&closed).expect("a folder");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("closed");
    let root = std::fs::read_dir(&closed).is_ok();
    let ran = batch.assess();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).expect("open again");
    assert_eq!((papers(&ran, NO1).as_str(), papers(&ran, NO2).as_str()), ("application_form:1", "interview_note:1"));
    assert_eq!(ran.problems().len(), if root { 3 } else { 4 }, "{}", told(&ran));
    assert!(ran.problems().iter().all(|c| ["P020", "P047"].contains(c)) && ran.code == 3, "{}", told(&ran));
    assert!(!ran.case(NO1)["findings"].to_string().contains("卷内没有"), "what was not looked at is not missing");
}

#[test]
fn long_paths_with_spaces() {
    let deep: String = (0..6).map(|i| format!("第{i}层 很长很长很长的文件夹名称（含空格）/")).collect();
    let ran = batch()
        .file(&format!("东岭区/{deep}{NO1}/01 法律援助申请表.pdf"), "x")
        .file(&format!("东岭区/{deep}{NO2}.zip"), data("utf8.zip"))
        .assess();
    assert!(deep.len() > 260);
    assert_eq!((papers(&ran, NO1).as_str(), papers(&ran, NO2).as_str()), ("application_form:1", FIVE), "{}", told(&ran));
    assert!(ran.files.values().all(|f| !f.windows(4).any(|w| w == br"\\?\")), "no path in the spelling of Windows' long ones");
}
