//! The sheets of an office's workbook, one a file. Must not write cells except through [`Page`](super::sheet::Page).

pub mod archive;
pub mod cases;
pub mod deductions;
pub mod filing;
pub mod ledger;
pub mod open;
pub mod overview;
pub mod own;
pub mod people;
pub mod properties;
pub mod review;
pub mod standard;
pub mod waived;

use super::book::Limits;
use super::figures::Frame;
use super::workbook::Context;
use crate::record::v1::{CaseRecord, CaseRef, Office};

/// What every sheet is made from.
#[derive(Debug)]
pub struct Input<'a> {
    /// What all workbooks have in common.
    pub context: Context<'a>,
    /// The office.
    pub office: &'a Office,
    /// Its cases.
    pub cases: &'a [CaseRecord],
    /// Rubrics, grades and groups.
    pub frame: Frame<'a>,
    /// How much a sheet holds.
    pub limits: Limits,
}

impl Input<'_> {
    /// A case as the reader knows it: its number, with its office where the workbook is about several.
    pub fn label(&self, case: &CaseRecord) -> String {
        self.known(&case.office, &case.case_no, case.stage.as_deref())
    }

    /// The same of a case that is only referred to.
    pub fn refer(&self, case: &CaseRef) -> String {
        self.known(&case.office, &case.case_no, case.stage.as_deref())
    }

    fn known(&self, office: &str, case_no: &str, stage: Option<&str>) -> String {
        let stage = stage.map(|s| format!("（{s}）")).unwrap_or_default();
        let office = if office == self.office.name { String::new() } else { format!("{office}　") };
        format!("{office}{case_no}{stage}")
    }

    /// The title of a sheet.
    pub fn title(&self, sheet: &str) -> String {
        let mark = super::words::mark(&self.context.batch.title);
        format!("{mark}{}　{sheet}", self.office.name)
    }
}
