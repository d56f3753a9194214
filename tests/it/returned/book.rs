//! A score sheet as the tests make it, cell by cell, so that it can be bent in any way. All names are invented (虚构). Must not expect.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum V {
    /// Nothing.
    No,
    /// Words.
    T(String),
    /// A number.
    N(f64),
    /// A formula with its result.
    F(String),
    /// A day of March 2025.
    Day(u8),
}

/// Words.
pub fn t(text: &str) -> V {
    if text.is_empty() { V::No } else { V::T(text.to_owned()) }
}

/// Sheets by name.
#[derive(Debug, Clone)]
pub struct Book(pub Vec<(String, Vec<Vec<V>>)>);

fn words(row: &[&str]) -> Vec<V> {
    row.iter().map(|w| t(w)).collect()
}

/// SHA-256 of the rubric that the sheets were made by, as far as the tests are concerned.
pub const RUBRIC: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
/// SHA-256 of the frame.
pub const FRAME: &str = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

/// A sheet of Z01 with two cases in order: the first all filled in, the second half.
pub fn pages() -> Book {
    let mut book = vec![("目录".to_owned(), vec![words(&["页", "案号", "机构"]), words(&["001", "东岭援民〔2024〕1号", "东岭区"])])];
    for n in 1..=2 {
        let first = n == 1;
        let or = |a: V, b: V| if first { a } else { b };
        let mut rows = vec![
            words(&["案件质量评估表"]),
            words(&["案号", &format!("东岭援民〔2024〕{n}号"), "", "机构", "东岭区"]),
            words(&["编号", "评估指标", "分值", "机检情况", "扣分", "得分", "扣分情形", "理由", "页码"]),
        ];
        let mut line = |id: &str, off: V, situation: &str, reason: &str, pages: &str| {
            rows.push(vec![t(id), t("指标"), V::N(5.0), V::No, off, V::F("3".to_owned()), t(situation), t(reason), t(pages)]);
        };
        line(
            "F01",
            or(V::N(2.0), V::N(0.0)),
            if first { "材料不全" } else { "" },
            if first { "没有问清事实" } else { "" },
            if first { "3-5" } else { "" },
        );
        line("F02", or(V::N(0.0), V::N(0.5)), "", if first { "" } else { "意见不具体" }, "");
        line("F03", or(t("不适用"), V::No), "", if first { "没有开庭" } else { "" }, "");
        line("K01", or(V::No, V::N(1.0)), "", if first { "" } else { "目录页码不对" }, "");
        line("K02", V::No, "", "", "");
        rows.push(vec![t("合计"), V::No, V::N(25.0), V::No, V::F("2".to_owned())]);
        rows.push(Vec::new());
        rows.push(words(&["编号", "红线", "", "机检提示", "决定", "", "", "理由", "页码"]));
        rows.push(words(&[
            "V01",
            "收取财物",
            "",
            "受援人反映",
            if first { "不成立" } else { "" },
            "",
            "",
            if first { "查无实据" } else { "" },
        ]));
        rows.push(words(&["亮点", if first { "调解及时" } else { "" }]));
        rows.push(words(&["不足"]));
        rows.push(words(&["建议", if first { "改进笔录" } else { "" }]));
        let mut last =
            words(&["评定等次", "", if first { "良好" } else { "" }, "评估专家编号：", if first { "Z01" } else { "" }, "", "评定日期"]);
        last.push(or(V::Day(5), V::No));
        rows.push(last);
        book.push((format!("00{n}"), rows));
    }
    let mut identity: Vec<Vec<V>> = [
        ["kind", "juanping-score-sheet", "", ""],
        ["format", "1", "", ""],
        ["batch", "云岭市2024年度评查（虚构）", "", ""],
        ["frame", FRAME, "", ""],
        ["reviewer", "Z01", "", ""],
        ["layout", "pages", "", ""],
        ["rubric", "legal-aid-civil", "1", RUBRIC],
    ]
    .iter()
    .map(|row| words(row))
    .collect();
    for n in 1..=2 {
        let (name, no) = (format!("00{n}"), format!("东岭援民〔2024〕{n}号"));
        identity.push(words(&["page", &name, "1", &no, "", "legal-aid-civil", "F01 F02 F03 V01", "K01 K02"]));
    }
    book.push(("标识".to_owned(), identity));
    Book(book)
}

/// The same marks in the grid layout.
pub fn grid() -> Book {
    let pages = pages();
    let mut rows = vec![words(&[
        "页",
        "案号",
        "机构",
        "诉讼阶段",
        "编号",
        "评估指标",
        "分值",
        "机检情况",
        "扣分",
        "决定",
        "扣分情形",
        "理由",
        "页码",
    ])];
    let mut verdicts = vec![words(&["页", "案号", "亮点", "不足", "建议", "评定等次", "评估专家编号", "评定日期"])];
    for n in 1..=2 {
        let (name, no) = (format!("00{n}"), format!("东岭援民〔2024〕{n}号"));
        let at = |r: usize, c: usize| pages.sheet(&name).get(r).and_then(|row| row.get(c)).cloned().unwrap_or(V::No);
        for r in (3..8).chain([11]) {
            let line = r == 11;
            let (off, decision) = if line { (V::No, at(r, 4)) } else { (at(r, 4), V::No) };
            rows.push(vec![
                t(&name),
                t(&no),
                t("东岭区"),
                V::No,
                at(r, 0),
                t("指标"),
                V::N(5.0),
                V::No,
                off,
                decision,
                at(r, 6),
                at(r, 7),
                at(r, 8),
            ]);
        }
        verdicts.push(vec![t(&name), t(&no), at(12, 1), at(13, 1), at(14, 1), at(15, 2), at(15, 4), at(15, 7)]);
    }
    let mut identity = pages.sheet("标识").clone();
    identity[5][1] = t("grid");
    Book(vec![("评分总表".to_owned(), rows), ("评定".to_owned(), verdicts), ("标识".to_owned(), identity)])
}

impl Book {
    /// The rows of a sheet.
    pub fn sheet(&self, name: &str) -> &Vec<Vec<V>> {
        &self.0.iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("no sheet {name}")).1
    }

    /// The rows of a sheet, to be bent.
    pub fn bend(&mut self, name: &str) -> &mut Vec<Vec<V>> {
        &mut self.0.iter_mut().find(|(n, _)| n == name).unwrap_or_else(|| panic!("no sheet {name}")).1
    }

    /// Writes a cell such as `E4`.
    pub fn set(&mut self, sheet: &str, cell: &str, value: V) {
        let col = usize::from(cell.as_bytes()[0] - b'A');
        let row: usize = cell[1..].parse().expect("a row");
        let rows = self.bend(sheet);
        while rows.len() < row {
            rows.push(Vec::new());
        }
        let row = &mut rows[row - 1];
        while row.len() <= col {
            row.push(V::No);
        }
        row[col] = value;
    }

    /// The bytes of the workbook.
    pub fn bytes(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        for (name, rows) in &self.0 {
            let sheet = book.add_worksheet();
            sheet.set_name(name).expect("a name").set_hidden(name == "标识");
            for (r, row) in (0_u32..).zip(rows) {
                for (c, value) in (0_u16..).zip(row) {
                    match value {
                        V::No => continue,
                        V::T(text) => sheet.write_string(r, c, text),
                        V::N(n) => sheet.write_number(r, c, *n),
                        V::F(result) => sheet.write_formula(r, c, rust_xlsxwriter::Formula::new("=1+2").set_result(result)),
                        V::Day(d) => sheet.write_datetime_with_format(r, c, ExcelDateTime::from_ymd(2025, 3, *d).expect("a day"), &day),
                    }
                    .expect("a cell");
                }
            }
        }
        book.save_to_buffer().expect("a workbook")
    }
}
