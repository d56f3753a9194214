//! One graded subject (案件): facts from the register and the dossier, its documents, its marks.
//! Must not read files; intake fills it.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::document::{Document, Evidence, Presence, Statement, Tick};
use super::heard::Heard;
use super::inside::CaseFile;
use super::mark::Mark;
use super::own::{LogId, LogRow};
use super::value::{Entry, Value};
use super::vocabulary::{DocumentId, FieldId};
use super::volume::Volume;
use crate::base::date::When;
use crate::base::place::{Place, Seen};
use crate::base::points::Points;

/// One case.
#[derive(Debug, Clone)]
pub struct Case {
    /// Office name.
    pub office: Arc<str>,
    /// Canonical case number; a content-made one when the register has none.
    pub case_no: String,
    /// Stage, where the rubric keeps a file a stage; part of the identity.
    pub stage: Option<String>,
    /// The values in use, sorted by field: one for a single field, all of them for a `many` field.
    pub entries: Vec<Entry>,
    /// Values of single fields that differ from the one in use, sorted by field.
    pub overruled: Vec<Entry>,
    /// Statements about documents, in order of place.
    pub documents: Vec<Document>,
    /// The files of its dossier, in order of path; none of a 密卷.
    pub files: Vec<CaseFile>,
    /// How its papers can be seen; `None` when nothing says.
    pub evidence: Option<Evidence>,
    /// Marks of reviewers.
    pub marks: Vec<Mark>,
    /// What the panel said beyond them.
    pub heard: Heard,
    /// 密卷: never opened.
    pub secret: bool,
    /// Drawn for review.
    pub selected: bool,
    /// Where the case itself stands: its first register row or its dossier.
    pub home: Place,
    /// Where its dossier lies, when it has one.
    pub dossier: Option<Place>,
    /// Rows of logs, in order of place; only of an office or firm.
    pub logs: Vec<LogRow>,
}

impl Case {
    /// A case of which nothing is known but where it stands.
    pub fn empty(home: Place) -> Self {
        Self {
            office: "".into(),
            case_no: String::new(),
            stage: None,
            entries: Vec::new(),
            overruled: Vec::new(),
            documents: Vec::new(),
            files: Vec::new(),
            evidence: None,
            marks: Vec::new(),
            heard: Heard::default(),
            secret: false,
            selected: true,
            home,
            dossier: None,
            logs: Vec::new(),
        }
    }

    /// The values in use of a field.
    pub fn all(&self, field: FieldId) -> &[Entry] {
        let from = self.entries.partition_point(|e| e.field < field);
        let rest = &self.entries[from..];
        &rest[..rest.partition_point(|e| e.field == field)]
    }

    /// The value in use, understood or not.
    pub fn entry(&self, field: FieldId) -> Option<&Entry> {
        self.all(field).first()
    }

    /// The value in use, if understood.
    pub fn value(&self, field: FieldId) -> Option<&Value> {
        self.entry(field)?.value.as_ref().ok()
    }

    /// A day.
    pub fn date(&self, field: FieldId) -> Option<Date> {
        self.when(field).map(|w| w.date)
    }

    /// A day with its time.
    pub fn when(&self, field: FieldId) -> Option<When> {
        match self.value(field)? {
            Value::Date(when) => Some(*when),
            _ => None,
        }
    }

    /// A number.
    pub fn number(&self, field: FieldId) -> Option<Points> {
        match self.value(field)? {
            Value::Number(n) => Some(*n),
            _ => None,
        }
    }

    /// The rows of a log.
    pub fn rows(&self, log: LogId) -> impl Iterator<Item = &LogRow> {
        self.logs.iter().filter(move |r| r.log == log)
    }

    /// Words.
    pub fn text(&self, field: FieldId) -> Option<&str> {
        match self.value(field)? {
            Value::Text(t) => Some(t),
            _ => None,
        }
    }

    /// Where the case stands, for findings about something that is not there.
    pub fn home_seen(&self) -> Seen {
        self.home.clone().into()
    }

    /// Where its dossier lies, or the case itself where it has none, for findings about the dossier as a whole.
    pub fn dossier_seen(&self) -> Seen {
        self.dossier.clone().unwrap_or_else(|| self.home.clone()).into()
    }

    /// The pages on which the lines of a document are, where all papers are scanned as one and the scans reach so far.
    fn in_volume(&self, kind: DocumentId) -> Option<Vec<Place>> {
        let volume = Volume::of(self)?;
        let lines = self.documents.iter().filter(|d| d.kind == Some(kind));
        let pages = lines.filter_map(|d| if let Statement::Line { pages, .. } = d.statement { Some(pages) } else { None });
        let places = |(a, b): (u32, u32)| Some(volume.places(a.min(b))).filter(|p| !p.is_empty());
        let found: Option<Vec<Vec<Place>>> = pages.map(|range| range.and_then(places)).collect();
        found.map(|places| places.into_iter().flatten().collect())
    }

    /// Files and lines that may be any paper: none of those files in which all papers are scanned as one, where the list says of each page
    /// what it is.
    fn unnamed(&self) -> Vec<&Document> {
        let unnamed = |d: &&Document| d.kind.is_none() && !matches!(d.statement, Statement::Tick(_));
        let mut all: Vec<&Document> = self.documents.iter().filter(unnamed).collect();
        if !all.is_empty()
            && let Some(volume) = Volume::of(self).filter(|v| self.lists_all(v))
        {
            let origins: BTreeSet<&str> = volume.files().map(|f| f.place.origin.file.as_str()).collect();
            all.retain(|d| d.statement != Statement::File || !origins.contains(d.place.origin.file.as_str()));
        }
        all
    }

    /// Whether the lines of the list run without a hole from page 1 to the end of the volume.
    fn lists_all(&self, volume: &Volume<'_>) -> bool {
        let lines = self.documents.iter().filter_map(|d| if let Statement::Line { pages, .. } = d.statement { pages } else { None });
        let mut ranges: Vec<(u32, u32)> = lines.map(|(a, b)| (a.min(b), a.max(b))).collect();
        ranges.sort_unstable();
        let reach = ranges.into_iter().try_fold(0_u32, |last, (from, to)| (from <= last.saturating_add(1)).then(|| last.max(to)));
        reach.is_some_and(|last| volume.count() <= u64::from(last))
    }

    /// What all statements about a document amount to.
    ///
    /// A file or a 卷内目录 line or a tick 有 says it is there; a tick 无 says it is not; the absence of a file says so only
    /// when the dossier is complete in scans, and the absence of a line only when there is a 卷内目录; neither does while some file or
    /// line has a name that no document claims, for that may be it; a file that holds all papers is no such file when the list says of each
    /// of its pages what it is.
    pub fn presence(&self, kind: DocumentId) -> Presence {
        let (mut there, mut absent, mut declined) = (Vec::new(), Vec::new(), Vec::new());
        let (mut files, mut lines, mut ticked, mut any_line) = (0_u32, 0_u32, 0_u32, None);
        for document in &self.documents {
            if let Statement::Line { .. } = document.statement {
                any_line = any_line.or(Some(document));
            }
            if document.kind != Some(kind) {
                continue;
            }
            match document.statement {
                Statement::File => files += 1,
                Statement::Line { .. } => lines += 1,
                Statement::Tick(Tick::Present(n)) => ticked += n,
                Statement::Tick(Tick::Absent) => {
                    absent.push(document.seen());
                    continue;
                }
                Statement::Tick(Tick::NotApplicable) => {
                    declined.push(document.seen());
                    continue;
                }
            }
            there.push(document.seen());
        }
        let count = files.max(lines).max(ticked);
        let scanned = self.evidence == Some(Evidence::Scanned);
        if count > 0 {
            let mut said_but_no_file = scanned && files == 0;
            // Papers scanned as one have no file each: the list tells on which page they are.
            if said_but_no_file
                && ticked == 0
                && let Some(pages) = self.in_volume(kind)
            {
                there.extend(pages.into_iter().map(Seen::from));
                said_but_no_file = false;
            }
            if !absent.is_empty() || !declined.is_empty() || said_but_no_file {
                there.append(&mut absent);
                there.append(&mut declined);
                if said_but_no_file {
                    there.extend(self.dossier.clone().map(Seen::from));
                }
                return Presence::Contradicted(there);
            }
            return Presence::Present(count, there);
        }
        if !absent.is_empty() {
            return Presence::Absent(absent);
        }
        if !declined.is_empty() {
            return Presence::Declined(declined);
        }
        let unnamed = if any_line.is_some() || scanned { self.unnamed() } else { Vec::new() };
        if !unnamed.is_empty() {
            return Presence::Unnamed(unnamed.into_iter().map(Document::seen).collect());
        }
        match (any_line, scanned) {
            (Some(line), _) => Presence::Absent(vec![line.place.clone().into()]),
            (None, true) => Presence::Absent(vec![self.dossier_seen()]),
            (None, false) => Presence::Unknown,
        }
    }
}
