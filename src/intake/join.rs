//! Joins records of one identity into cases (contract section 2, "Cases"): equal values silently, different ones kept side by side.
//! Must not read files or decide the scope.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::evidence::Scans;
use super::office::Asked;
use super::rows::Record;
use super::tell;
use super::words::plain;
use crate::base::place::{At, Origin, Place};
use crate::base::problem::Problem;
use crate::model::case::Case;
use crate::model::document::{Document, Evidence, Statement};
use crate::model::heard::Heard;
use crate::model::inside::CaseFile;
use crate::model::known;
use crate::model::mark::Mark;
use crate::model::value::{Entry, Source, Value};
use crate::model::vocabulary::{Field, FieldId, FieldType, Vocabulary};
use crate::reference::identifiers::canonical_case_no;

/// A case in the making.
#[derive(Debug)]
pub struct Draft {
    /// Canonical number.
    pub case_no: String,
    /// Stage, when it is part of the identity.
    pub stage: Option<String>,
    /// Values in order of reading.
    pub entries: Vec<Entry>,
    /// Statements about documents.
    pub documents: Vec<Document>,
    /// Files of its dossier.
    pub files: Vec<CaseFile>,
    /// Marks.
    pub marks: Vec<Mark>,
    /// What the panel said beyond them.
    pub heard: Heard,
    /// First place.
    pub home: Place,
    /// Its dossier.
    pub dossier: Option<Place>,
    /// What `dossier.json` says of the evidence.
    pub evidence: Option<Evidence>,
    /// 密卷
    pub secret: bool,
    block: Block,
    /// Folders and archives that its papers come from.
    pub roots: Vec<String>,
    /// Some of its papers could not be looked at.
    pub partial: bool,
}

impl Draft {
    /// What was found of its dossier.
    pub fn scans(&self) -> Scans {
        let any = || !self.roots.is_empty() || self.documents.iter().any(|d| d.statement == Statement::File);
        match self.partial {
            true => Scans::Partial,
            false if any() => Scans::Found,
            false => Scans::Nowhere,
        }
    }
}

/// All cases of an office in the making.
pub struct Drafts<'a> {
    vocabulary: &'a Vocabulary,
    asked: &'a Asked<'a>,
    case_type: Option<FieldId>,
    stage: Option<FieldId>,
    secret: Option<FieldId>,
    /// Whether a case of some type keeps a file a stage.
    staged: bool,
    /// In order of reading.
    pub all: Vec<Draft>,
    by_number: HashMap<String, Vec<u32>>,
    /// The case of the row before, and where that row stands.
    last: Option<(u32, Place)>,
}

/// Values of one case from which on a row that only repeats is not kept again.
const MANY: usize = 4_096;
/// How far back a repeated value is looked for: the rows of a repeat stand together.
const NEAR: usize = 256;

/// Whether a name says that what it names is secret.
fn says_secret(name: &str) -> bool {
    ["密卷", "涉密", "机密", "绝密"].iter().any(|word| name.contains(word))
}

impl<'a> Drafts<'a> {
    /// None yet.
    pub fn new(vocabulary: &'a Vocabulary, asked: &'a Asked<'a>) -> Self {
        let id = |id| vocabulary.field_id(id);
        let types = id(known::CASE_TYPE).map(|f| vocabulary.field(f).choices.as_slice()).unwrap_or_default();
        Self {
            staged: types.iter().any(|c| (asked.stage_files)(&c.value)),
            vocabulary,
            asked,
            case_type: id(known::CASE_TYPE),
            stage: id(known::STAGE),
            secret: id(known::SECRET),
            all: Vec::new(),
            by_number: HashMap::new(),
            last: None,
        }
    }

    /// Adds a record; the index of its case, and whether it joined an earlier one.
    pub fn add(&mut self, record: Record) -> (u32, bool) {
        let stage = self.stage_of(&record.entries);
        let secret = self.is_secret(&record.entries);
        let same = self.by_number.get(&record.case_no).into_iter().flatten().copied();
        let found = same.into_iter().find(|i| self.draft(*i).is_some_and(|d| d.stage == stage));
        let before = self.last.take();
        if let Some(index) = found {
            let follows = before.filter(|(i, place)| *i == index && place.origin == record.home.origin).map(|(_, place)| place);
            let persons = follows.filter(|_| record.merged || self.names_another(index, &record));
            self.last = Some((index, record.home.clone()));
            if let (Some(before), Some(draft)) = (persons, self.draft_mut(index)) {
                draft.block.add(&before, &record.home);
            }
            self.extend(index, record);
            return (index, true);
        }
        let index = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.last = Some((index, record.home.clone()));
        self.by_number.entry(record.case_no.clone()).or_default().push(index);
        self.all.push(Draft {
            case_no: record.case_no,
            stage,
            entries: record.entries,
            documents: record.documents,
            files: Vec::new(),
            marks: record.marks,
            heard: Heard::default(),
            home: record.home,
            dossier: None,
            evidence: None,
            secret,
            block: Block::default(),
            roots: Vec::new(),
            partial: false,
        });
        (index, false)
    }

    /// Whether a row names a recipient whom the case does not have yet: it is a row of another person, not a second opinion.
    fn names_another(&self, index: u32, record: &Record) -> bool {
        let person = |e: &&Entry| {
            let field = self.vocabulary.field(e.field);
            field.kind == FieldType::Person && field.personal && field.many
        };
        let known = |e: &Entry| self.draft(index).is_some_and(|d| d.entries.iter().any(|k| k.field == e.field && k.raw == e.raw));
        record.entries.iter().filter(person).any(|e| !known(e))
    }

    /// A case by index.
    pub fn draft(&self, index: u32) -> Option<&Draft> {
        self.all.get(usize::try_from(index).ok()?)
    }

    /// A case by index, to be added to.
    pub fn draft_mut(&mut self, index: u32) -> Option<&mut Draft> {
        self.all.get_mut(usize::try_from(index).ok()?)
    }

    /// The cases that a record may belong to, which does not have to name type or stage.
    pub fn fitting(&self, record: &Record) -> Vec<u32> {
        let stage = self.word(self.stage, &record.entries);
        let fits = |d: &Draft| stage.is_none() || d.stage.is_none() || d.stage == stage;
        self.with_number(&record.case_no).iter().copied().filter(|i| self.draft(*i).is_some_and(fits)).collect()
    }

    /// Adds a record to a case.
    pub fn extend(&mut self, index: u32, record: Record) {
        let secret = self.is_secret(&record.entries);
        if let Some(draft) = self.draft_mut(index) {
            if draft.entries.len() < MANY {
                draft.entries.extend(record.entries);
                draft.documents.extend(record.documents);
            } else {
                // A file of a few bytes may say the same row a million times; nothing is lost by keeping it once.
                for entry in record.entries {
                    let same = |e: &Entry| e.field == entry.field && e.raw == entry.raw && e.place.origin == entry.place.origin;
                    if !draft.entries[draft.entries.len() - NEAR..].iter().any(same) {
                        draft.entries.push(entry);
                    }
                }
                for document in record.documents {
                    let same = |d: &Document| (d.kind, &d.title, &d.statement) == (document.kind, &document.title, &document.statement);
                    let near = draft.documents.len().saturating_sub(NEAR);
                    if !draft.documents[near..].iter().any(same) {
                        draft.documents.push(document);
                    }
                }
            }
            draft.marks.extend(record.marks);
            draft.secret |= secret;
        }
    }

    /// The cases with this canonical number; several when the stage is part of the identity.
    pub fn with_number(&self, case_no: &str) -> &[u32] {
        self.by_number.get(case_no).map_or(&[], Vec::as_slice)
    }

    /// The longest canonical number of this office that a name begins with, not followed by more digits or letters.
    pub fn number_at_start(&self, name: &str) -> Option<String> {
        let name = canonical_case_no(name);
        if self.by_number.contains_key(&name) {
            return Some(name);
        }
        let mut ends: Vec<usize> = name.char_indices().map(|(i, _)| i).skip(1).collect();
        ends.reverse();
        for end in ends {
            let (head, rest) = name.split_at(end);
            let more = |c: char| c.is_ascii_alphanumeric();
            if head.ends_with(more) && rest.starts_with(more) {
                continue;
            }
            if self.by_number.contains_key(head) {
                return Some(head.to_owned());
            }
            // 〔2024〕12张某: the number lacks its 号 because words follow.
            if head.contains('〕') && head.ends_with(|c: char| c.is_ascii_digit()) {
                let whole = format!("{head}号");
                if self.by_number.contains_key(&whole) {
                    return Some(whole);
                }
            }
        }
        None
    }

    /// Whether a folder or archive of this name may be a 密卷: by its number, or because it says so.
    pub fn is_secret_name(&self, name: &str) -> bool {
        if says_secret(name) {
            return true;
        }
        let of = |no: String| self.with_number(&no).iter().any(|i| self.draft(*i).is_some_and(|d| d.secret));
        self.number_at_start(name).is_some_and(of)
    }

    /// Marks the cases some of whose papers lie at, in or around these paths, which could not be looked at.
    pub fn mark_partial(&mut self, unseen: &[&str]) {
        let inside = |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '!']));
        for draft in self.all.iter_mut().filter(|_| !unseen.is_empty()) {
            let touched = |root: &String| unseen.iter().any(|u| inside(u, root) || inside(root, u));
            draft.partial |= draft.roots.iter().any(touched);
        }
    }

    /// The one case of a number that a stage word points at; the only one when there is only one.
    pub fn pick(&self, case_no: &str, words: &str) -> Option<u32> {
        let all = self.with_number(case_no);
        if let [only] = all {
            return Some(*only);
        }
        let words = plain(words);
        let names = |stage: &str| {
            let choices = self.stage.map(|id| self.vocabulary.field(id).choices.as_slice()).unwrap_or_default();
            let spelled = choices.iter().filter(|c| c.value == stage).flat_map(|c| std::iter::once(&c.value).chain(&c.aliases));
            spelled.chain(std::iter::once(&stage.to_owned())).any(|w| words.contains(&plain(w)))
        };
        let mut fitting = all.iter().filter(|i| self.draft(**i).and_then(|d| d.stage.as_deref()).is_some_and(names));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(*first)
    }

    fn word(&self, field: Option<FieldId>, entries: &[Entry]) -> Option<String> {
        let field = field?;
        let entry = entries.iter().find(|e| e.field == field)?;
        match entry.value.as_ref().ok()? {
            Value::Choice(i) => self.vocabulary.field(field).choices.get(usize::from(*i)).map(|c| c.value.clone()),
            Value::Text(t) => Some(t.to_string()),
            _ => None,
        }
    }

    /// The stage, where it is part of the identity; while the type is not known, it may be.
    pub fn stage_of(&self, entries: &[Entry]) -> Option<String> {
        let case_type = self.word(self.case_type, entries);
        let staged = case_type.map_or(self.staged, |t| (self.asked.stage_files)(&t));
        staged.then(|| self.word(self.stage, entries)).flatten()
    }

    /// Gives rows that do not name their type, such as those of a 归档登记表, to the one case of that number that they fit.
    /// For each case the index it has now; what fits several stages stays alone and is told.
    pub fn join_untyped(&mut self) -> (Vec<u32>, Vec<Problem>) {
        let mut moved: Vec<usize> = (0..self.all.len()).collect();
        let mut problems = Vec::new();
        for numbered in self.by_number.values().filter(|all| all.len() > 1) {
            let all: Vec<(usize, &Draft)> = numbered.iter().filter_map(|i| Some((usize::try_from(*i).ok()?, self.draft(*i)?))).collect();
            let (typed, untyped): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, d)| self.word(self.case_type, &d.entries).is_some());
            for (at, draft) in untyped {
                let fits = |(_, d): &&(usize, &Draft)| d.stage.is_none() || draft.stage.is_none() || d.stage == draft.stage;
                match typed.iter().filter(fits).collect::<Vec<_>>().as_slice() {
                    [] => {}
                    [(only, _)] => moved[at] = *only,
                    _ => problems.push(tell::row_of_which_stage(draft)),
                }
            }
        }
        problems.sort_by(|a, b| a.places.cmp(&b.places));
        (self.move_to(&moved), problems)
    }

    /// Puts each case into the one it is moved to; the index of each afterwards.
    fn move_to(&mut self, moved: &[usize]) -> Vec<u32> {
        let (mut kept, mut guests, mut now) = (Vec::with_capacity(self.all.len()), Vec::new(), vec![0_u32; moved.len()]);
        for (at, draft) in std::mem::take(&mut self.all).into_iter().enumerate() {
            if moved[at] == at {
                now[at] = u32::try_from(kept.len()).unwrap_or(u32::MAX);
                kept.push(draft);
            } else {
                guests.push((at, draft));
            }
        }
        self.all = kept;
        for (at, guest) in guests {
            now[at] = now[moved[at]];
            if let Some(host) = self.draft_mut(now[at]) {
                host.block.0.extend(guest.block.0);
                host.entries.extend(guest.entries);
                host.documents.extend(guest.documents);
                host.files.extend(guest.files);
                host.marks.extend(guest.marks);
                host.secret |= guest.secret;
                host.roots.extend(guest.roots);
                host.partial |= guest.partial;
            }
        }
        for indexes in self.by_number.values_mut() {
            indexes.iter_mut().for_each(|i| *i = usize::try_from(*i).ok().and_then(|i| now.get(i)).copied().unwrap_or(*i));
            indexes.sort_unstable();
            indexes.dedup();
        }
        now
    }

    /// Any value but 非密 makes a 密卷, also one that is not understood.
    pub fn is_secret(&self, entries: &[Entry]) -> bool {
        let Some(field) = self.secret else { return false };
        entries.iter().any(|e| {
            let one = std::slice::from_ref(e);
            e.field == field && self.word(Some(field), one).is_none_or(|w| w != "非密")
        })
    }

    /// Makes the cases, in the order of the drafts.
    pub fn finish(self, office: &Arc<str>) -> Vec<Case> {
        let vocabulary = self.vocabulary;
        self.all.into_iter().map(|draft| finish(draft, office, vocabulary)).collect()
    }
}

fn finish(draft: Draft, office: &Arc<str>, vocabulary: &Vocabulary) -> Case {
    let (entries, overruled) = settle(draft.entries, &draft.block, vocabulary);
    let mut documents = draft.documents;
    documents.sort_by(|a, b| a.place.cmp(&b.place));
    super::listing::one_of_equals(&mut documents);
    documents.shrink_to_fit();
    let mut files = if draft.secret { Vec::new() } else { draft.files };
    files.sort_by(|a, b| a.place.cmp(&b.place));
    files.dedup_by(|a, b| a.place == b.place);
    let mut marks = draft.marks;
    marks.sort_by(|a, b| a.place.cmp(&b.place));
    Case {
        office: Arc::clone(office),
        case_no: draft.case_no,
        stage: draft.stage,
        entries,
        overruled,
        documents,
        files,
        evidence: draft.evidence,
        marks,
        heard: draft.heard,
        secret: draft.secret,
        selected: false,
        home: draft.home,
        dossier: draft.dossier,
        logs: Vec::new(),
    }
}

/// The values in use and those that differ from them, both sorted by field.
fn settle(mut entries: Vec<Entry>, block: &Block, vocabulary: &Vocabulary) -> (Vec<Entry>, Vec<Entry>) {
    entries.sort_by_key(|e| e.field);
    let single = entries.windows(2).all(|w| w[0].field != w[1].field);
    if single {
        entries.shrink_to_fit();
        return (entries, Vec::new());
    }
    let mut by_field: BTreeMap<FieldId, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        by_field.entry(entry.field).or_default().push(entry);
    }
    let (mut used, mut overruled) = (Vec::new(), Vec::new());
    for (id, group) in by_field {
        let field = vocabulary.field(id);
        let rank = |source: Source| field.prefer.iter().position(|s| *s == source).unwrap_or(usize::MAX);
        let Some(winner) = (0..group.len()).min_by_key(|i| (rank(group[*i].source), *i)) else { continue };
        let first = group[winner].clone();
        let (mut own, mut other): (Vec<Entry>, Vec<Entry>) = group
            .into_iter()
            .partition(|e| if field.many { together(&first, e, block) } else { e.place == first.place && e.raw == first.raw });
        if field.many {
            // 甲、乙 on each of two rows are two persons.
            let mut kept: Vec<Entry> = Vec::with_capacity(own.len());
            for entry in own {
                if !kept.iter().any(|k| same(field, k, &entry)) {
                    kept.push(entry);
                }
            }
            own = kept;
        } else {
            own.truncate(1);
        }
        other.retain(|e| !own.iter().any(|o| same(field, o, e)));
        // One value named twice by others is kept with both places.
        let mut seen = HashSet::new();
        let mut kept: Vec<Entry> = other.into_iter().filter(|e| seen.insert((e.place.clone(), Arc::clone(&e.raw)))).collect();
        used.append(&mut own);
        overruled.append(&mut kept);
    }
    (used, overruled)
}

/// Whether two values were written as one list: in one cell, or in rows of several persons.
fn together(a: &Entry, b: &Entry, block: &Block) -> bool {
    let list = a.source == Source::Dossier || a.place.at == b.place.at || block.spans(&a.place, &b.place);
    a.source == b.source && a.place.origin == b.place.origin && list
}

/// Register rows that follow each other and are of one case with several persons, a row each: for each row the first of them.
#[derive(Debug, Default)]
struct Block(BTreeMap<(Arc<Origin>, u32), u32>);

impl Block {
    /// The first row of those that a place belongs to.
    fn start(&self, place: &Place) -> Option<u32> {
        let row = row(place)?;
        Some(self.0.get(&(Arc::clone(&place.origin), row)).copied().unwrap_or(row))
    }

    fn add(&mut self, before: &Place, place: &Place) {
        if let (Some(start), Some(row)) = (self.start(before), row(place)) {
            self.0.insert((Arc::clone(&place.origin), row), start);
        }
    }

    fn spans(&self, a: &Place, b: &Place) -> bool {
        !self.0.is_empty() && a.origin == b.origin && self.start(a).is_some_and(|start| Some(start) == self.start(b))
    }
}

fn row(place: &Place) -> Option<u32> {
    match place.at {
        At::Cell(row, _) => Some(row),
        At::Line(line) => Some(line),
        _ => None,
    }
}

/// Whether two values say the same.
fn same(field: &Field, a: &Entry, b: &Entry) -> bool {
    if field.id == known::CASE_NO {
        return canonical_case_no(&a.raw) == canonical_case_no(&b.raw);
    }
    match (&a.value, &b.value) {
        (Ok(Value::Text(x)), Ok(Value::Text(y))) => x == y || plain(x) == plain(y),
        (Ok(x), Ok(y)) => x == y,
        (Err(_), Err(_)) => a.raw == b.raw,
        _ => false,
    }
}
