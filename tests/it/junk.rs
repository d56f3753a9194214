//! A folder of junk and hostile workbooks beside a good register: a list at the end, not a crash, and every file of it told.
//! Must not time anything.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use serde_json::Value;

use crate::run::juanping_in;

const ENDS: [&str; 16] =
    ["xlsx", "xls", "et", "xlsb", "ods", "csv", "tsv", "txt", "pdf", "zip", "json", "jsonl", "rar", "7z", "doc", "html"];

/// 100 files: bytes of chance, and real tables cut short or bent, under any ending.
fn junk(folder: &Path) -> BTreeSet<String> {
    let mut dice = ChaCha20Rng::seed_from_u64(7);
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/intake/formats");
    let mut real: Vec<Vec<u8>> = fs::read_dir(formats)
        .expect("fixtures")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.is_file() && p.extension().is_none_or(|e| e != "py" && e != "md"))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|p| fs::read(p).expect("a fixture"))
        .collect();
    real.push(Vec::new());
    assert!(real.len() > 10);
    let mut names = BTreeSet::new();
    for n in 0..100_usize {
        let below = |dice: &mut ChaCha20Rng, most: usize| usize::try_from(dice.next_u64() % (most as u64 + 1)).expect("small");
        let mut bytes = match n % 4 {
            0 => (0..below(&mut dice, 3000)).map(|_| (dice.next_u32() & 255) as u8).collect(),
            1 => "不是登记表。\n".repeat(below(&mut dice, 40)).into_bytes(),
            _ => real[n % real.len()].clone(),
        };
        if n % 4 == 2 {
            bytes.truncate(below(&mut dice, bytes.len()));
        } else if n % 4 == 3 {
            for _ in 0..20 {
                if let Some(at) = bytes.len().checked_sub(1).map(|last| below(&mut dice, last)) {
                    bytes[at] = (dice.next_u32() & 255) as u8;
                }
            }
        }
        let name = format!("杂物 {n:03}.{}", ENDS[n % ENDS.len()]);
        fs::write(folder.join(&name), bytes).expect("written");
        names.insert(format!("东岭区/{name}"));
    }
    names
}

#[test]
fn a_folder_of_junk_ends_with_a_list_and_nothing_is_lost() {
    let room = tempfile::tempdir().expect("room");
    let office = room.path().join("批次/东岭区");
    fs::create_dir_all(&office).expect("folder");
    let settings = "title = \"虚构评查\"\nyear = 2024\nas_of = 2025-03-31\n[[office]]\nname = \"东岭区\"\n";
    fs::write(room.path().join("批次/audit.toml"), settings).expect("settings");
    let row = "东岭援民〔2024〕900号,民事,2024-03-01,2024-03-05,2024-06-03\n";
    fs::write(office.join("登记表.csv"), format!("案号,案件类型,受理日期,决定日期,结案日期\n{row}")).expect("register");
    let json = || -> (i32, Value) {
        let said = juanping_in(room.path(), &["check", "批次/东岭区", "--format", "json"]);
        (said.code, serde_json::from_str(&said.out).unwrap_or_else(|e| panic!("{e} {said:?}")))
    };
    let own = |value: &Value| -> Vec<Value> {
        let cases = value["cases"].as_array().expect("cases").iter();
        cases.filter(|c| c["case_no"] == "东岭援民〔2024〕900号").map(|c| c["criteria"].clone()).collect()
    };
    let (_, alone) = json();
    let names = junk(&office);
    let (code, among) = json();
    assert_eq!(code, 3);
    assert_eq!((own(&among).len(), own(&among)), (1, own(&alone)), "the good register is graded as if the junk were not there");
    let problems = among["problems"].as_array().expect("problems");
    let told: BTreeSet<&str> =
        problems.iter().flat_map(|p| p["places"].as_array().expect("places")).filter_map(|p| p["file"].as_str()).collect();
    let read: BTreeSet<&str> = among["registers"].as_array().expect("registers").iter().filter_map(|r| r["path"].as_str()).collect();
    let silent: Vec<&String> = names.iter().filter(|n| !told.contains(n.as_str()) && !read.contains(n.as_str())).collect();
    assert!(silent.is_empty(), "neither read nor told: {silent:?}");
    for problem in problems {
        let advice = problem["advice"]["zh"].as_str().unwrap_or_default();
        assert!(!advice.is_empty(), "{problem}");
    }
    let human = juanping_in(room.path(), &["check", "批次/东岭区"]);
    assert_eq!((human.code, human.err.as_str()), (3, ""));
    assert!(human.out.lines().count() < 20, "{}", human.out);
}
