//! `[[waiver]]` of `audit.toml`: what is not deducted because somebody approved it (经批准不扣分). Must not decide which cases it touches.

use jiff::civil::Date;

use super::settings::Settings;
use crate::base::mistake::Spot;
use crate::base::tree::Table;
use crate::say;

/// One `[[waiver]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaiverSettings {
    /// Criterion or group of the rubric, with its place.
    pub criteria: Vec<(String, Spot)>,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
    /// First day.
    pub from: Date,
    /// Last day, which counts.
    pub to: Date,
    /// Offices; empty = all.
    pub offices: Vec<String>,
    /// Case numbers; empty = all.
    pub cases: Vec<String>,
    /// Case types; empty = all.
    pub case_types: Vec<String>,
}

/// Reads them all.
pub fn waivers(root: &Table<'_>) -> Vec<WaiverSettings> {
    root.tables("waiver").iter().filter_map(one).collect()
}

fn one(table: &Table<'_>) -> Option<WaiverSettings> {
    let items = table.need("criterion").map(|n| n.items()).unwrap_or_default();
    let criteria: Vec<(String, Spot)> = items.iter().filter_map(|n| n.text().map(|name| (name, n.at.clone()))).collect();
    let (reason, approver) = (filled(table, "reason"), filled(table, "approver"));
    let (from, to) = (table.need("from").and_then(|n| n.date()), table.need("to").and_then(|n| n.date()));
    let waiver = WaiverSettings {
        criteria,
        reason: reason.unwrap_or_default(),
        approver: approver.unwrap_or_default(),
        from: from.unwrap_or_default(),
        to: to.unwrap_or_default(),
        offices: table.texts("offices"),
        cases: table.texts("cases"),
        case_types: table.texts("case_types"),
    };
    table.finish();
    let (from, to) = (from?, to?);
    if to < from {
        let at = table.opt("to").map_or(&table.at, |n| &n.at);
        table.sink.push("S021", at, say!("不扣分的止日 {to} 早于起日 {from}", "the waiver ends on {to}, before it begins on {from}"));
    }
    Some(waiver)
}

/// A text that must say something: a waiver without a reason or an approver is none.
fn filled(table: &Table<'_>, key: &'static str) -> Option<String> {
    let text = table.need_text(key)?;
    if text.trim().is_empty() {
        let at = table.opt(key).map_or(&table.at, |n| &n.at);
        let said = say!("不扣分须写明理由（reason）和批准人（approver）", "a waiver needs a reason and an approver");
        table.sink.push("S021", at, said);
    }
    Some(text)
}

impl Settings {
    /// The id of an office that a waiver names: by id, name or alias where offices are declared, else as it is written.
    pub fn office_of<'a>(&'a self, name: &'a str) -> &'a str {
        let is = |o: &&super::settings::OfficeSettings| o.id == name || o.name == name || o.aliases.iter().any(|a| a == name);
        self.offices.iter().find(is).map_or(name, |o| &o.id)
    }
}
