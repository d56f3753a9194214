//! The invented city and how each of its offices keeps its records: spelling, sheets, scans or paper, score sheets.
//! No place of these names is known; ids begin with 99, which no area code does. Must not make cases.

use super::draw::Draw;
use super::person;

/// The city.
pub const CITY: &str = "云岭市";
/// Said in every title, header and file property.
pub const SAMPLE: &str = "虚构示例";

const COUNTIES: &[&str] =
    &["市本级", "东岭区", "望川县", "青坪县", "澄湖县", "白渡县", "松塘县", "雁坪县", "柳渡县", "梅岗县", "禾丰县", "竹浦县"];

/// The format of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Book {
    /// Workbook.
    Xlsx,
    /// UTF-8 with BOM, as Excel saves it.
    Csv,
    /// GB18030, as older Excel saves it.
    CsvGb,
}

/// How a register is split into sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// One sheet.
    One,
    /// 民事行政 and 刑事, each with its own columns.
    Kinds,
    /// 上半年 and 下半年.
    Halves,
    /// One a month.
    Months,
}

/// How the papers are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// All as files.
    Scanned,
    /// Some as files.
    Mixed,
    /// On paper, with checklist columns in the register.
    Paper,
}

/// How papers are bound where they are files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// A file a paper.
    Papers,
    /// All in one PDF.
    Whole,
    /// Pictures with numbers.
    Numbers,
}

/// A law firm.
#[derive(Debug, Clone)]
pub struct Firm {
    /// Name.
    pub name: String,
    /// Credit code.
    pub code: String,
    /// Lawyers with the year they were first licensed.
    pub lawyers: Vec<(String, i16)>,
}

/// One office.
#[derive(Debug, Clone)]
pub struct Office {
    /// Position in the batch.
    pub index: u32,
    /// Id in the settings.
    pub id: String,
    /// Name, which is its folder too.
    pub name: String,
    /// What its case numbers begin with.
    pub short: String,
    /// How it signs.
    pub centre: String,
    /// Format.
    pub book: Book,
    /// Sheets.
    pub split: Split,
    /// Papers.
    pub store: Store,
    /// Reviewers have marked its cases.
    pub marked: bool,
    /// Papers that were lost are found by now.
    pub mended: bool,
    /// Marks stand in a score sheet, not in register columns.
    pub score_sheet: bool,
    /// The list of papers stands in `dossier.json`, not in the register.
    pub contents_in_dossier: bool,
    /// Dossiers have a `dossier.json`.
    pub dossier_json: bool,
    /// How its files are bound.
    pub binding: Binding,
    /// Some papers are DOCX, OFD or plain text.
    pub formats: bool,
    /// The register has 档号.
    pub archive: bool,
    /// The register has 电子文件数 and 电子文件字节数.
    pub totals: bool,
    /// Dossiers have a list of hashes: `SHA-256` or `SM3`.
    pub hashes: Option<&'static str>,
    /// Which of the usual spellings it uses.
    pub spelling: usize,
    /// Well or badly kept: 0 (bad) to 2 (good).
    pub quality: u32,
    /// Firms that work for it.
    pub firms: Vec<Firm>,
}

/// The offices of a batch.
pub fn offices(n: u32, seed: u64, files: bool) -> Vec<Office> {
    (0..n).map(|index| office(index, &mut Draw::new(seed, u64::from(index) << 32), files)).collect()
}

fn office(index: u32, draw: &mut Draw, files: bool) -> Office {
    let at = usize::try_from(index).unwrap_or(usize::MAX);
    let name = COUNTIES.get(at).map_or_else(|| format!("第{}示例县", index + 1), |n| (*n).to_owned());
    let short = if index == 0 { "云岭".to_owned() } else { name.trim_end_matches(['区', '县']).to_owned() };
    let centre = if index == 0 { format!("{CITY}法律援助中心") } else { format!("{name}法律援助中心") };
    let code = 990_100 + index;
    let (book, split, store, score_sheet, contents_in_dossier, dossier_json) = if files {
        match index % 6 {
            0 => (Book::Xlsx, Split::Kinds, Store::Scanned, true, true, true),
            1 => (Book::Xlsx, Split::One, Store::Paper, false, false, false),
            2 => (Book::Csv, Split::One, Store::Scanned, true, false, true),
            3 => (Book::Xlsx, Split::Halves, Store::Mixed, false, false, false),
            4 => (Book::Xlsx, Split::Months, Store::Paper, true, false, false),
            _ => (Book::CsvGb, Split::One, Store::Paper, false, false, false),
        }
    } else {
        let split = [Split::One, Split::Kinds, Split::Halves, Split::Months][at % 4];
        (Book::Xlsx, split, Store::Paper, false, false, false)
    };
    let turn = at % 12;
    // Two that keep no paper have their dossiers scanned as one.
    let (store, binding) = match (files, turn) {
        (true, 7) => (Store::Scanned, Binding::Whole),
        (true, 10) => (Store::Scanned, Binding::Numbers),
        _ => (store, Binding::Papers),
    };
    let firms = ["第一", "第二", "第三", "第四"].iter().take(2 + draw.index(3)).enumerate();
    let firms = firms
        .map(|(i, nth)| Firm {
            name: format!("{short}{nth}虚构律师事务所"),
            code: person::credit_code(code, u32::try_from(i).unwrap_or(0), draw),
            lawyers: (0..3).map(|_| (person::lawyer(draw), 2004 + i16::try_from(draw.below(16)).unwrap_or(0))).collect(),
        })
        .collect();
    Office {
        index,
        id: code.to_string(),
        name,
        short,
        centre,
        book,
        split,
        store,
        marked: true,
        mended: false,
        score_sheet,
        contents_in_dossier,
        dossier_json,
        binding,
        formats: files && matches!(turn, 0 | 2 | 8),
        archive: if files { matches!(turn, 0 | 1 | 2 | 8) } else { at % 4 == 1 },
        totals: files && matches!(turn, 0 | 2 | 6),
        hashes: if files { [Some("SHA-256"), None, None, None, None, None, Some("SM3")].get(turn).copied().flatten() } else { None },
        spelling: at,
        quality: [2, 1, 2, 0, 1, 2][at % 6],
        firms,
    }
}

/// `audit.toml`.
pub fn settings(offices: &[Office]) -> String {
    let mut text = format!(
        "# {SAMPLE}：{CITY}及其县区、机构、人员均为虚构，与任何真实地方和个人无关。\n\
         title = \"{CITY}2024年度法律援助案件质量评查（{SAMPLE}）\"\n\
         year = 2024\n\
         as_of = \"2025-03-31\"\n\
         made_by = \"{CITY}司法局（虚构）\"\n"
    );
    for office in offices {
        let (id, name, centre) = (&office.id, &office.name, &office.centre);
        let short_centre = centre.replace("法律援助", "法援");
        text.push_str(&format!(
            "\n[[office]]\nid = \"{id}\"\nname = \"{name}\"\nparent = \"{CITY}\"\naliases = [\"{centre}\", \"{short_centre}\"]\n"
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_and_names_differ() {
        let all = offices(200, 1, true);
        assert_eq!(all.iter().map(|o| &o.id).collect::<BTreeSet<_>>().len(), 200);
        assert_eq!(all.iter().map(|o| &o.name).collect::<BTreeSet<_>>().len(), 200);
        assert!(all.iter().all(|o| o.id.starts_with("99")));
    }
}
