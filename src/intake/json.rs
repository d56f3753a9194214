//! Dossiers as JSON (`dossier.json`, or a `.json` per case): keys are field ids, titles or aliases; `documents` is its 卷内目录.
//! Must not decide which case it belongs to.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::contents;
use super::office::Asked;
use super::rows::{parts, value_of};
use super::words::Claim;
use crate::base::place::{At, Origin, Place};
use crate::base::problem::Problem;
use crate::model::document::{Document, Evidence, Statement, Tick};
use crate::model::known;
use crate::model::value::{Entry, Source};
use crate::model::vocabulary::{FieldId, FieldType};
use crate::reference::identifiers::canonical_case_no;
use crate::say;

/// What one JSON object says of a case.
#[derive(Debug, Default)]
pub struct Told {
    /// Canonical number, when it has one.
    pub case_no: Option<String>,
    /// Values.
    pub entries: Vec<Entry>,
    /// Statements about documents.
    pub documents: Vec<Document>,
    /// How its papers can be seen.
    pub evidence: Option<Evidence>,
    /// Keys that no field claims, and values that cannot be used.
    pub problems: Vec<Problem>,
    /// The object.
    pub place: Option<Place>,
}

/// What a file says.
#[derive(Debug, Default)]
pub struct Read {
    /// Its cases.
    pub told: Vec<Told>,
    /// Lines that could not be used.
    pub problems: Vec<Problem>,
}

/// Whether a file is called like JSON, one object a file or a line.
pub fn is_called(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ext)| matches!(ext.to_ascii_lowercase().as_str(), "json" | "jsonl" | "ndjson"))
}

/// Reads a file: one object, a list of them, or (`.jsonl`) one a line.
///
/// # Errors
/// It is not JSON, or neither an object nor a list of objects.
pub fn read(bytes: &[u8], shown: &str, asked: &Asked<'_>) -> Result<Read, Problem> {
    if !shown.to_ascii_lowercase().ends_with(".json") {
        return Ok(lines(bytes, shown, asked));
    }
    whole(bytes, shown, asked).map(|told| Read { told, problems: Vec::new() })
}

/// One object a line; a line that is none is told, and the others are used.
fn lines(bytes: &[u8], shown: &str, asked: &Asked<'_>) -> Read {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let origin = Arc::new(Origin { file: shown.to_owned(), sheet: None });
    let mut read = Read::default();
    for (n, line) in (1_u32..).zip(bytes.split(|b| *b == b'\n')) {
        // A file put together of several may have a mark in its middle.
        let line = line.trim_ascii();
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        match serde_json::from_slice::<Json>(line) {
            Ok(Json::Object(map)) => read.told.push(object(&map, &At::Line(n), &origin, asked)),
            Ok(_) => {
                let said = say!("{shown} 第 {n} 行不是一个案件对象，没有使用", "{shown}: line {n} is no object and was not used");
                read.problems.push(Problem::new("P008", said, Place::at(&origin, At::Line(n))));
            }
            Err(e) => {
                let column = e.column();
                let said = say!(
                    "{shown} 第 {n} 行第 {column} 字符处不是有效的 JSON，这一行没有使用",
                    "{shown} is not valid JSON at line {n}, column {column}; the line was not used"
                );
                read.problems.push(Problem::new("P008", said, Place::at(&origin, At::Line(n))));
            }
        }
    }
    read
}

fn whole(bytes: &[u8], shown: &str, asked: &Asked<'_>) -> Result<Vec<Told>, Problem> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let json: Json = serde_json::from_slice(bytes).map_err(|e| {
        let (line, column) = (u32::try_from(e.line()).unwrap_or(u32::MAX), e.column());
        let at = if line == 0 { At::Whole } else { At::Line(line) };
        let place = Place { at, ..Place::file(shown) };
        Problem::new(
            "P008",
            say!("{shown} 第 {line} 行第 {column} 字符处不是有效的 JSON", "{shown} is not valid JSON at line {line}, column {column}"),
            place,
        )
    })?;
    let origin = Arc::new(Origin { file: shown.to_owned(), sheet: None });
    match &json {
        Json::Object(map) => Ok(vec![object(map, &At::Whole, &origin, asked)]),
        Json::Array(items) if items.iter().all(Json::is_object) => {
            let maps = items.iter().filter_map(Json::as_object);
            Ok(maps.enumerate().map(|(i, map)| object(map, &At::Pointer(format!("/{i}").into()), &origin, asked)).collect())
        }
        _ => Err(Problem::new(
            "P008",
            say!("{shown} 应是一个案件对象或案件的列表", "{shown} must be an object or a list of objects"),
            Place::file(shown),
        )),
    }
}

/// The place of a key or item below a place: a pointer, or the same line.
fn below(base: &At, step: &str) -> At {
    match base {
        At::Pointer(base) => At::Pointer(format!("{base}/{step}").into()),
        At::Line(n) => At::Line(*n),
        _ => At::Pointer(format!("/{step}").into()),
    }
}

fn object(map: &Map<String, Json>, base: &At, origin: &Arc<Origin>, asked: &Asked<'_>) -> Told {
    let mut told = Told { place: Some(Place::at(origin, base.clone())), ..Told::default() };
    for (key, value) in map {
        let at = below(base, &key.replace('~', "~0").replace('/', "~1"));
        let place = Place::at(origin, at.clone());
        match key.as_str() {
            "documents" => documents(value, &at, origin, asked, &mut told),
            _ => match asked.words.claim(key) {
                Some(Claim::Field(id)) => field(id, value, &place, asked, &mut told),
                Some(Claim::Document(kind)) => match tick(value) {
                    Some(said) => told.documents.push(Document {
                        kind: Some(kind),
                        title: shown(value).into(),
                        statement: Statement::Tick(said),
                        place,
                        bytes: 0,
                    }),
                    None => unusable(&place, value, &mut told),
                },
                None => {
                    let near = asked.words.closest(key).map_or_else(String::new, |c| format!("，最接近的是“{c}”"));
                    let said = say!("{place} 没有字段认领“{key}”{near}", "{place}: no field claims “{key}”");
                    told.problems.push(Problem::new("P012", said, place));
                }
            },
        }
    }
    told
}

fn field(id: FieldId, value: &Json, place: &Place, asked: &Asked<'_>, told: &mut Told) {
    let field = asked.vocabulary.field(id);
    let values: Vec<&Json> = match value {
        Json::Null => return,
        Json::Array(items) => items.iter().collect(),
        one => vec![one],
    };
    if (values.len() > 1 && !field.many) || values.iter().any(|v| v.is_object() || v.is_array()) {
        unusable(place, value, told);
        return;
    }
    for raw in values.into_iter().map(|v| flag_word(v).unwrap_or_else(|| shown(v))) {
        let raw = raw.trim();
        if super::checklist::is_blank(raw) {
            continue;
        }
        if field.kind == FieldType::Contents {
            told.documents.extend(contents::lines(raw, place, asked.words));
        }
        if field.id == known::CASE_NO {
            told.case_no = Some(canonical_case_no(raw));
        }
        for part in parts(field, raw) {
            let raw: Arc<str> = part.into();
            let value = value_of(field, &raw);
            told.evidence = told.evidence.or(evidence(&field.id, part));
            told.entries.push(Entry { field: id, value, raw, place: place.clone(), source: Source::Dossier });
        }
    }
}

/// The English words that files use for 扫描, 纸质 and 混合.
fn evidence(field: &str, word: &str) -> Option<Evidence> {
    let all = [Evidence::Scanned, Evidence::Paper, Evidence::Mixed];
    (field == known::EVIDENCE).then(|| all.into_iter().find(|e| e.id() == word)).flatten()
}

fn flag_word(value: &Json) -> Option<String> {
    value.as_bool().map(|b| if b { "是" } else { "否" }.to_owned())
}

fn shown(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn tick(value: &Json) -> Option<Tick> {
    match value {
        Json::Bool(yes) => Some(if *yes { Tick::Present(1) } else { Tick::Absent }),
        Json::String(_) | Json::Number(_) => super::checklist::tick(&shown(value)),
        _ => None,
    }
}

fn unusable(place: &Place, value: &Json, told: &mut Told) {
    // Not what it says: that may be a name or a number that no field has learned to hide.
    let (what, kind) = match value {
        Json::Object(_) => ("对象", "an object"),
        Json::Array(_) => ("列表", "a list"),
        Json::String(_) => ("文字", "a text"),
        Json::Number(_) => ("数字", "a number"),
        Json::Bool(_) | Json::Null => ("空值或是否", "null or a flag"),
    };
    told.problems.push(Problem::new(
        "P008",
        say!("{place} 的值是{what}，这里用不了", "{place}: this value is {kind} and cannot be used here"),
        place.clone(),
    ));
}

/// `"documents"`: titles, or `{ "title", "pages": [1, 2] | "1-2", "present": true }`, in the order of the dossier.
fn documents(value: &Json, base: &At, origin: &Arc<Origin>, asked: &Asked<'_>, told: &mut Told) {
    let place = |i: usize| Place::at(origin, below(base, &i.to_string()));
    let Some(items) = value.as_array() else {
        unusable(&Place::at(origin, base.clone()), value, told);
        return;
    };
    for (i, item) in items.iter().enumerate() {
        let title = item.as_str().or_else(|| item.get("title").and_then(Json::as_str)).map(str::trim).filter(|t| !t.is_empty());
        let Some(title) = title else {
            unusable(&place(i), item, told);
            continue;
        };
        let statement = match item.get("present").map(tick) {
            Some(Some(said)) => Statement::Tick(said),
            Some(None) => {
                unusable(&place(i), item, told);
                continue;
            }
            None => Statement::Line { position: u32::try_from(i).unwrap_or(u32::MAX), pages: item.get("pages").and_then(pages) },
        };
        let kind = asked.words.document(title).or_else(|| asked.words.document(&super::naming::stem(title)));
        told.documents.push(Document { kind, title: title.into(), statement, place: place(i), bytes: 0 });
    }
}

fn pages(value: &Json) -> Option<(u32, u32)> {
    let one = |v: &Json| v.as_u64().and_then(|n| u32::try_from(n).ok());
    match value {
        Json::Array(ends) => match ends.as_slice() {
            [page] => one(page).map(|n| (n, n)),
            [from, to] => Some((one(from)?, one(to)?)),
            _ => None,
        },
        Json::Number(_) => one(value).map(|n| (n, n)),
        Json::String(text) => super::checklist::pages(text).or_else(|| text.trim().parse().ok().map(|n| (n, n))),
        _ => None,
    }
}
