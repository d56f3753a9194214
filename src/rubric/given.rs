//! The cases that a rubric gives as examples of itself (`given` and `expect`). Must not run the check.

use std::sync::Arc;

use jiff::civil::Date;

use super::given_files;
use crate::base::mistake::{Spot, suggest};
use crate::base::place::{At, Origin, Place};
use crate::base::points::Points;
use crate::base::tree::{Node, Table};
use crate::check::Outcome;
use crate::check::args::document_node;
use crate::model::case::Case;
use crate::model::document::{Document, Evidence, Statement, Tick};
use crate::model::known;
use crate::model::mark::{Given, Mark};
use crate::model::own::LogRow;
use crate::model::value::{Entry, Source, Value, understand};
use crate::model::vocabulary::{DocumentId, FieldType, Vocabulary};
use crate::say;

/// One example.
#[derive(Debug)]
pub struct Example {
    /// What it shows, when it says so.
    pub title: String,
    /// The case, then the other cases of its office.
    pub cases: Vec<Case>,
    /// As-of date; the last day of 2024 when not given.
    pub as_of: Option<Date>,
    /// Expected outcome.
    pub outcome: Outcome,
    /// Expected loss, low and high.
    pub lost: Option<(Points, Points)>,
    /// Expected level.
    pub level: Option<String>,
    /// Where it stands.
    pub at: Spot,
}

/// Reads examples of one criterion.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Fields and documents.
    pub vocabulary: &'a Vocabulary,
    /// Criterion id, for marks.
    pub criterion: &'a str,
}

const OUTCOMES: &[(&str, Outcome)] = &[
    ("met", Outcome::Met),
    ("unmet", Outcome::Unmet),
    ("not_applicable", Outcome::NotApplicable),
    ("unclear", Outcome::Unclear),
    ("pending", Outcome::Pending),
];

impl Reader<'_> {
    /// Reads `{ given = {…}, expect = {…} }`.
    pub fn example(&self, table: &Table<'_>) -> Option<Example> {
        let given = table.need("given")?.table()?;
        let expect = table.need("expect")?.table()?;
        let title = table.text("title").unwrap_or_default();
        table.finish();
        let mut cases = vec![self.case(&given, 0)];
        for (i, other) in given.tables("others").iter().enumerate() {
            cases.push(self.case(other, i + 1));
        }
        let as_of = given.opt("as_of").and_then(Node::date);
        let outcome = expect.need("outcome").and_then(|n| n.word(OUTCOMES));
        let lost = expect.opt("lost").and_then(|node| {
            let ends: Vec<Points> = node.items().iter().filter_map(Node::points).collect();
            match ends.as_slice() {
                [one] => Some((*one, *one)),
                [low, high] => Some((*low, *high)),
                _ => {
                    node.sink().push("R019", &node.at, say!("lost 写一个数或 [最少, 最多]", "lost is a number or [low, high]"));
                    None
                }
            }
        });
        let level = expect.text("level");
        expect.finish();
        Some(Example { title, cases, as_of, outcome: outcome?, lost, level, at: table.at.clone() })
    }

    /// A case from a table of fields and the words `documents`, `absent`, `declined`, `files`, `contents`, `overruled`, `score`,
    /// `level`, `decision`, `evidence`.
    fn case(&self, table: &Table<'_>, number: usize) -> Case {
        let origin = Arc::new(Origin { file: format!("示例{}", number + 1), sheet: None });
        let place = Place::at(&origin, At::Whole);
        let mut case = Case { office: "示例".into(), case_no: origin.file.clone(), ..Case::empty(place.clone()) };
        for (key, node) in table.names() {
            match key {
                "others" | "as_of" => {}
                "documents" => self.papers(node, &Statement::Tick(Tick::Present(1)), &place, &mut case),
                "absent" => self.papers(node, &Statement::Tick(Tick::Absent), &place, &mut case),
                "declined" => self.papers(node, &Statement::Tick(Tick::NotApplicable), &place, &mut case),
                "files" => {
                    for item in node.items() {
                        match item.as_table() {
                            Some(table) => given_files::file(&table, self.vocabulary, &mut case),
                            None => self.papers(&item, &Statement::File, &place, &mut case),
                        }
                    }
                }
                "overruled" => {
                    for (key, node) in node.table().iter().flat_map(Table::names) {
                        let read = self.field(key, node, &place, &mut case);
                        case.overruled.extend(read);
                    }
                }
                "contents" => self.volumes(node, &origin, &mut case),
                "evidence" => {
                    let words = [("scanned", Evidence::Scanned), ("paper", Evidence::Paper), ("mixed", Evidence::Mixed)];
                    case.evidence = node.word(&words);
                }
                "score" => {
                    let marks = node.items().into_iter().filter_map(|n| n.points());
                    case.marks.extend(marks.map(|p| self.mark(Given::Score(p), p.to_string(), &place)));
                }
                "level" | "decision" => {
                    let marks = node.items().into_iter().filter_map(|n| n.text());
                    case.marks.extend(marks.map(|w| self.mark(Given::Word(w.as_str().into()), w, &place)));
                }
                _ if self.vocabulary.log_id(key).is_some() => self.rows(key, node, &origin, &mut case),
                _ => {
                    let read = self.field(key, node, &place, &mut case);
                    case.entries.extend(read);
                }
            }
        }
        case.entries.sort_by_key(|e| e.field);
        let value = |id: &str| case.value(self.vocabulary.field_id(id)?);
        let number = if let Some(Value::Text(number)) = value(known::CASE_NO) { Some(number.to_string()) } else { None };
        // The first choice is 密卷, as where cases are read.
        case.secret = matches!(value(known::SECRET), Some(Value::Choice(0)));
        case.case_no = number.unwrap_or(case.case_no);
        case.overruled.sort_by_key(|e| e.field);
        case
    }

    /// A list of lines, or a list of such lists: one for each volume (册).
    fn volumes(&self, node: &Node<'_>, origin: &Arc<Origin>, case: &mut Case) {
        let items = node.items();
        let volumes = if items.iter().any(Node::is_list) { items } else { vec![node.clone()] };
        for (i, volume) in volumes.iter().enumerate() {
            let sheet = (i > 0).then(|| format!("第{}册", i + 1));
            let place = Place::at(&Arc::new(Origin { file: origin.file.clone(), sheet }), At::Whole);
            let lines: Vec<String> = volume.items().iter().filter_map(Node::text).collect();
            case.documents.extend(contents(&lines.join("；"), self.vocabulary, &place));
        }
    }

    /// Rows of a log, each a table of its columns.
    fn rows(&self, log: &str, node: &Node<'_>, origin: &Arc<Origin>, case: &mut Case) {
        let Some(log) = self.vocabulary.log_id(log) else { return };
        for (line, item) in (1_u32..).zip(node.items()) {
            let Some(table) = item.table() else { continue };
            let place = Place::at(origin, At::Line(line));
            let mut entries: Vec<Entry> = table.names().into_iter().flat_map(|(key, node)| self.field(key, node, &place, case)).collect();
            entries.sort_by_key(|e| e.field);
            case.logs.push(LogRow { log, entries, place });
        }
    }

    fn mark(&self, given: Given, raw: String, place: &Place) -> Mark {
        Mark {
            criterion: self.criterion.into(),
            given,
            reviewer: None,
            reason: None,
            situation: None,
            pages: None,
            place: place.clone(),
            raw: raw.into(),
        }
    }

    fn papers(&self, node: &Node<'_>, statement: &Statement, place: &Place, case: &mut Case) {
        for item in node.items() {
            let Some(kind) = document_node(&item, self.vocabulary) else { continue };
            case.documents.push(Document {
                kind: Some(kind),
                title: self.vocabulary.document(kind).title.as_str().into(),
                statement: statement.clone(),
                place: place.clone(),
                bytes: 0,
            });
        }
    }

    /// The values of one field; a 卷内目录 also gives its lines to the case.
    fn field(&self, key: &str, node: &Node<'_>, place: &Place, case: &mut Case) -> Vec<Entry> {
        let Some(id) = self.vocabulary.field_id(key) else {
            let help = suggest(key, self.vocabulary.fields().map(|(_, f)| f.id.as_str())).unwrap_or_default();
            node.sink().push_help("R007", &node.key_at, say!("没有字段 {key}", "no field {key}"), help);
            return Vec::new();
        };
        let field = self.vocabulary.field(id);
        let mut entries = Vec::new();
        for item in node.items() {
            let raw = match (item.as_text(), item.as_flag(), item.as_points()) {
                (Some(text), ..) => text.to_owned(),
                (_, Some(flag), _) => if flag { "是" } else { "否" }.to_owned(),
                (_, _, Some(points)) => points.to_string(),
                _ => item.shown(),
            };
            if raw.trim().is_empty() {
                continue;
            }
            if field.kind == FieldType::Contents {
                case.documents.extend(contents(&raw, self.vocabulary, place));
            }
            let value = understand(field, &raw);
            entries.push(Entry { field: id, value, raw: raw.into(), place: place.clone(), source: Source::Register });
        }
        entries
    }
}

/// Lines of a 卷内目录 written as `法律援助申请表 1-2；身份证明 3`; titles are taken by exact title or alias.
pub fn contents(text: &str, vocabulary: &Vocabulary, place: &Place) -> Vec<Document> {
    let parts = text.split(['；', ';', '\n']).map(str::trim).filter(|p| !p.is_empty());
    let line = |(position, part): (usize, &str)| {
        let (title, range) = part.rsplit_once([' ', '\u{3000}']).filter(|(_, r)| pages(r).is_some()).unwrap_or((part, ""));
        Document {
            kind: titled(title.trim(), vocabulary),
            title: title.trim().into(),
            statement: Statement::Line { position: u32::try_from(position).unwrap_or(u32::MAX), pages: pages(range) },
            place: place.clone(),
            bytes: 0,
        }
    };
    parts.enumerate().map(line).collect()
}

/// `3` or `1-2`.
fn pages(text: &str) -> Option<(u32, u32)> {
    let text = text.replace(['—', '－', '~', '～', '至'], "-");
    let (from, to) = text.split_once('-').unwrap_or((&text, &text));
    Some((from.trim().parse().ok()?, to.trim().parse().ok()?))
}

fn titled(title: &str, vocabulary: &Vocabulary) -> Option<DocumentId> {
    vocabulary.documents().find(|(_, d)| d.title == title || d.aliases.iter().any(|a| a == title)).map(|(id, _)| id)
}
