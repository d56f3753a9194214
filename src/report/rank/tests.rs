//! The workbook and the lines of rankings made by code. Must not rank anything by itself.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::{SHEETS, summary, workbook};
use crate::base::text::Lang;
use crate::rank::testing::{office, open, ranked, rules, saved, sealed};
use crate::record::rank::Ranking;

fn years() -> Ranking {
    let of = |year: i16, shift: u64| {
        let offices = (0..30_u64).map(|i| office(&format!("{i:02}"), [8 + i * shift % 7, 4 + i % 3, 2, i % 2])).collect();
        saved("结果", year, offices)
    };
    ranked(&[of(2023, 3), of(2024, 5)], &rules("[[tier]]\ntitle = \"第一档次\"\nfrom = 90\n[[tier]]\ntitle = \"第二档次\"\n"))
        .expect("ranked")
}

fn text(bytes: &[u8], sheet: &str) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("a sheet");
    range.rows().map(|r| r.iter().map(Data::to_string).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn every_sheet_stands_and_says_that_it_is_a_draft() {
    let bytes = workbook(&years()).expect("bytes");
    assert_eq!(bytes, workbook(&years()).expect("bytes"), "equal bytes");
    for sheet in SHEETS {
        let rows = text(&bytes, sheet);
        assert!(rows[0].contains("2024年度") && rows[0].contains("（草稿）") && rows[1].contains("草稿"), "{sheet}: {rows:?}");
    }
    assert!(text(&bytes, "历年").iter().any(|r| r.contains("2023\n名次")), "years side by side");
    // No criterion is marked by people and the rubric is one text: three numbers for everybody.
    let changes = text(&bytes, "变化");
    assert!(changes.iter().any(|r| r.starts_with("全部机构|")), "{changes:?}");
    assert!(text(&bytes, "漏斗图数据").iter().filter(|r| r.contains("界线以内")).count() > 20);
}

#[test]
fn what_is_final_is_no_draft() {
    let ranking = ranked(&[sealed(saved("一", 2024, vec![office("甲", [3, 1, 0, 0])]))], &rules("")).expect("ranked");
    let bytes = workbook(&ranking).expect("bytes");
    assert!(SHEETS.iter().filter(|s| **s != "漏斗图数据").all(|s| !text(&bytes, s).concat().contains("草稿")));
    assert!(!summary(&ranking, Lang::Zh).contains("草稿"));
}

#[test]
fn open_and_small_units_are_shown_with_why() {
    let offices = vec![office("甲", [9, 1, 0, 0]), open("乙", [4, 4, 1, 0], 1), office("丙", [2, 0, 0, 0]), office("丁", [0, 0, 0, 0])];
    let ranking = ranked(&[saved("一", 2024, offices)], &rules("minimum = 5")).expect("ranked");
    let rows = text(&workbook(&ranking).expect("bytes"), "排名").join("\n");
    for words in ["未定|", "80.00%～90.00%", "件数不足", "无数据", "合计（案件合并计算）", "少于规定的 5 件"] {
        assert!(rows.contains(words), "{words}: {rows}");
    }
    let said = summary(&ranking, Lang::Zh);
    assert!(said.contains("件数不足") && said.contains("80.00%～90.00%"), "{said}");
    let said = summary(&ranking, Lang::En);
    assert!(said.contains("too few") && said.contains("no data") && said.contains("draft"), "{said}");
}
