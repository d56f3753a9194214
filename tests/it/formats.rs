//! One register in every format gives the same rows and the same cases; what each format hides is said. The files are made by other
//! programs (`tests/data/intake/formats/make.py`). Must not test what a column means.

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use juanping::intake::register::Register;
use juanping::intake::row::Kind;
use juanping::intake::settings::Limits;
use serde_json::Value;

use crate::batch::{Batch, Ran};

/// File, and whether the format keeps hidden rows.
const FILES: &[(&str, bool)] = &[
    ("register.xlsx", true),
    ("libreoffice.xls", true),
    ("xlwt.xls", true),
    ("wps.et", true),
    ("binary.xlsb", true),
    ("libreoffice.ods", true),
    ("libreoffice.fods", true),
    ("web.xls", true),
    ("web-utf8.xls", true),
    ("libreoffice.html", false),
    ("xml2003.xls", true),
    ("tab.xls", false),
    ("utf8.csv", false),
    ("utf8-mark.csv", false),
    ("gbk.csv", false),
    ("utf16.csv", false),
    ("utf16-plain.csv", false),
];

fn file(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/intake/formats");
    fs::read(folder.join(name)).expect("a file")
}

/// The cells of the first sheet, row by row from the header on: column, text, and whether it is a wrong formula.
fn rows(name: &str) -> Vec<Vec<(u16, String, bool)>> {
    let mut register = Register::read(file(name), name, &Limits::default()).unwrap_or_else(|e| panic!("{name}: {e:?}"));
    let mut rows = Vec::new();
    let problem = register.stream(0, &mut |row| {
        rows.push(row.cells().map(|c| (c.col, c.text.to_owned(), c.kind == Kind::Error)).collect());
        ControlFlow::Continue(())
    });
    assert_eq!(problem, None, "{name}");
    rows.into_iter().skip_while(|r: &Vec<(u16, String, bool)>| r.first().is_none_or(|c| c.1 != "案号")).collect()
}

#[test]
fn every_format_has_the_same_rows() {
    let want = rows("register.xlsx");
    assert_eq!(want.len(), 15, "a header and 14 rows");
    assert_eq!(want[5][0].1, "东岭援民〔2024〕4号", "the number of the merge stands in its second row");
    for (name, _) in FILES {
        let seen = rows(name);
        for (i, (seen, want)) in seen.iter().zip(&want).enumerate() {
            assert_eq!(seen, want, "{name}, row {i} from the header");
        }
        assert_eq!(seen.len(), want.len(), "{name}");
    }
}

fn without_places(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("places");
            map.values_mut().for_each(without_places);
        }
        Value::Array(all) => all.iter_mut().for_each(without_places),
        _ => {}
    }
}

fn assessed(name: &str) -> Ran {
    Batch::new().file(&format!("东岭区/{name}"), file(name)).assess()
}

#[test]
fn every_format_has_the_same_cases() {
    let cases = |name: &str| {
        let ran = assessed(name);
        let mut all = ran.cases.clone();
        all.extend(ran.out.clone());
        all.iter_mut().for_each(without_places);
        (all, ran.office("东岭区")["rows"].clone(), ran.office("东岭区")["joined"].clone())
    };
    let want = cases("register.xlsx");
    assert_eq!((want.0.len(), &want.1, &want.2), (12, &14.into(), &2.into()));
    for (name, _) in FILES {
        let seen = cases(name);
        assert_eq!((seen.0.len(), &seen.1, &seen.2), (want.0.len(), &want.1, &want.2), "{name}");
        for (seen, want) in seen.0.iter().zip(&want.0) {
            assert!(seen == want, "{name}: {} differs from the same case in register.xlsx: {}", want["case_no"], seen["fields"]);
        }
    }
}

#[test]
fn what_is_hidden_is_read_and_said() {
    for (name, kept) in FILES {
        let ran = assessed(name);
        let said: Vec<&str> = ran.problems().into_iter().filter(|p| *p == "P025").collect();
        assert_eq!(said.len(), usize::from(*kept), "{name}: {:?}", ran.results["problems"]);
    }
}
