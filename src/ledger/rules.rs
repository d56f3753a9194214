//! `ledger.toml`: which findings become rows, who answers for them, and by when. Must not decide states, nor invent a time limit.

use jiff::civil::Date;

use crate::base::mistake::{Mistake, Mistakes, suggest};
use crate::base::syntax::syntax_mistakes;
use crate::base::tree::Table;
pub use crate::intake::settings_read::text;
use crate::reference::workdays::Calendar;
use crate::say;

/// What `ledger.toml` says.
#[derive(Debug)]
pub struct Rules {
    /// 下发日
    pub issued: Option<Date>,
    /// Working days from then; none = no due date.
    pub days: Option<u32>,
    /// Severities that become rows.
    pub severity: Vec<String>,
    /// Outcomes that become rows: `unmet`, `unclear`.
    pub outcomes: Vec<String>,
    /// Criteria or groups; empty = all.
    pub criteria: Vec<String>,
    /// What differs for some of them; the first that fits holds.
    pub groups: Vec<Group>,
    /// Working days.
    pub calendar: Calendar,
}

/// One `[[group]]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// Criteria or groups of the rubric.
    pub criteria: Vec<String>,
    /// Offices; empty = all.
    pub offices: Vec<String>,
    /// Working days.
    pub days: Option<u32>,
    /// 责任单位
    pub unit: Option<String>,
    /// 责任人
    pub person: Option<String>,
    /// Whether these become no rows.
    pub skip: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            issued: None,
            days: None,
            severity: vec!["error".to_owned(), "warning".to_owned()],
            outcomes: vec!["unmet".to_owned()],
            criteria: Vec::new(),
            groups: Vec::new(),
            calendar: Calendar::embedded(),
        }
    }
}

impl Rules {
    /// The group that a finding of an office belongs to.
    pub fn group(&self, criterion: &str, group: &str, office: &str) -> Option<&Group> {
        let one = |g: &&Group| names(&g.criteria, criterion, group) && (g.offices.is_empty() || g.offices.iter().any(|o| o == office));
        self.groups.iter().find(one)
    }

    /// Whether findings of a criterion become rows.
    pub fn wants(&self, criterion: &str, group: &str, office: &str) -> bool {
        names(&self.criteria, criterion, group) && !self.group(criterion, group, office).is_some_and(|g| g.skip)
    }

    /// Criteria and groups that it names.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.criteria.iter().chain(self.groups.iter().flat_map(|g| &g.criteria)).map(String::as_str)
    }
}

fn names(list: &[String], criterion: &str, group: &str) -> bool {
    list.is_empty() || list.iter().any(|name| name == criterion || name == group)
}

/// Reads the rules; mistakes carry the code S020.
pub fn parse(text: &str) -> (Rules, Vec<Mistake>) {
    let sink = Mistakes::default();
    let (map, errors) = toml::de::DeTable::parse_recoverable(text);
    syntax_mistakes(&errors, 0, text).into_iter().for_each(|mistake| sink.add(mistake));
    let root = Table::root(&map, 0, &sink);
    let mut rules = Rules { issued: root.opt("issued").and_then(|n| n.date()), days: days(&root), ..Rules::default() };
    some(&root, "severity", &["error", "warning", "info"], &mut rules.severity);
    some(&root, "outcomes", &["unmet", "unclear"], &mut rules.outcomes);
    rules.criteria = root.texts("criteria");
    for (key, off) in [("off", true), ("work", false)] {
        let dates = root.opt(key).map(|n| n.items()).unwrap_or_default();
        dates.iter().filter_map(|n| n.date()).for_each(|d| rules.calendar.add(d, off));
    }
    for table in root.tables("group") {
        rules.groups.push(Group {
            criteria: table.texts("criteria"),
            offices: table.texts("offices"),
            days: days(&table),
            unit: table.text("unit"),
            person: table.text("person"),
            skip: table.flag("skip", false),
        });
        table.finish();
    }
    root.finish();
    let mut mistakes = sink.into_sorted();
    for mistake in &mut mistakes {
        mistake.code = "S020";
    }
    (rules, mistakes)
}

fn days(table: &Table<'_>) -> Option<u32> {
    let node = table.opt("days")?;
    let days = node.count()?;
    if days == 0 {
        let said = say!("整改期限应大于 0 个工作日；不设期限的请删去 days", "a time limit is above 0 working days; take days out for none");
        table.sink.push("S020", &node.at, said);
    }
    Some(days)
}

/// A list of known words in the place of what holds by default.
fn some(table: &Table<'_>, key: &'static str, known: &[&str], into: &mut Vec<String>) {
    let Some(node) = table.opt(key) else { return };
    into.clear();
    for item in node.items() {
        let Some(word) = item.text() else { continue };
        if known.contains(&word.as_str()) {
            into.push(word);
        } else {
            let help = suggest(&word, known.iter().copied()).unwrap_or_default();
            table.sink.push_help("S020", &item.at, say!("不认识 {word}", "{word} is not known here"), help);
        }
    }
}
