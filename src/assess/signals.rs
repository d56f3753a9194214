//! Signals for a person (线索): things inside dossiers that are worth a look. Never points, never a change of grade; each with both
//! places. Must not look beyond the office.

use std::collections::{BTreeMap, BTreeSet};

use super::builtin::Builtin;
use crate::base::place::Seen;
use crate::base::text::Text;
use crate::check::{Observation, Outcome, Target, World};
use crate::model::case::Case;
use crate::model::inside::{CaseFile, Inside, Role};
use crate::model::known;
use crate::model::value::Value;
use crate::model::vocabulary::{DocumentId, FieldType};
use crate::say;

const BASIS: Text = Text::fixed("供人工核查的线索，不扣分", "a signal for a person; no points");

const fn signal(id: &'static str, title: Text, fix: Text) -> Builtin {
    Builtin { id, title, fix, basis: BASIS }
}

/// The same scan in two dossiers.
pub static SAME_SCAN: Builtin = signal(
    "X01",
    Text::fixed("同一页扫描件出现在两个案卷", "the same scan in two dossiers"),
    Text::fixed(
        "打开两处核对：同一受援人共用的材料属正常；放错案卷的移回原案。",
        "Open both: papers that one person shares are in order; else return them.",
    ),
);

/// Texts that are nearly the same.
pub static SAME_TEXT: Builtin = signal(
    "X02",
    Text::fixed("两个案卷的笔录或意见文字近乎相同", "nearly the same text in two dossiers"),
    Text::fixed(
        "打开两处对照，向承办人了解是否照抄；格式条款相同属正常。",
        "Compare both and ask the lawyer; standard clauses are in order.",
    ),
);

/// A decision dated on a day off.
pub static DAY_OFF: Builtin = signal(
    "X03",
    Text::fixed("决定、指派文书的日期是休息日", "a decision or assignment dated on a day off"),
    Text::fixed("核对当日是否有人值班办理，日期有无写错。", "Check whether somebody was on duty, and whether the date is right."),
);

/// A paper dated after filing.
pub static AFTER_FILING: Builtin = signal(
    "X04",
    Text::fixed("文书日期晚于归档日期", "a paper dated after the dossier was filed"),
    Text::fixed(
        "核对归档登记和文书日期；归档后补入的材料应当在备考表说明。",
        "Check the filing day and the paper; what came later belongs into the notes page.",
    ),
);

/// A photograph taken after filing.
pub static PHOTO: Builtin = signal(
    "X05",
    Text::fixed("照片的拍摄日期晚于归档日期", "a photograph taken after the dossier was filed"),
    Text::fixed("核对照片何时、为何补入，在备考表说明。", "Find out when and why the picture was added, and say so in the notes page."),
);

/// All signals.
pub static SIGNALS: &[&Builtin] = &[&SAME_SCAN, &SAME_TEXT, &DAY_OFF, &AFTER_FILING, &PHOTO];

/// A signal with what was seen.
pub type Told = (&'static Builtin, Observation);

/// Papers whose words should be the lawyer's own.
const OWN_WORDS: &[&str] = &["interview_note", "agency_opinion", "defence_opinion", "legal_opinion"];
/// Days on which an office acts.
const ACTS: &[&str] = &["decided_on", "assigned_on"];
/// Bits by which texts that are nearly the same may differ.
const NEAR: u32 = 6;
/// Other dossiers that one signal names.
const NAMED: usize = 5;
/// Other dossiers that are counted; of more it is said that there are more.
const COUNTED: usize = 100;

/// The signals of every graded case of an office, by its place in the list.
pub fn look(cases: &[&Case], world: &World) -> Vec<Vec<Told>> {
    let mut told: Vec<Vec<Told>> = cases.iter().map(|case| alone(case, world)).collect();
    let links: Vec<Links> = cases.iter().map(|case| Links::of(case, world)).collect();
    for (i, other) in shared_scans(cases, &links) {
        told[i].push((&SAME_SCAN, other));
    }
    for (i, other) in near_texts(cases, &links, world) {
        told[i].push((&SAME_TEXT, other));
    }
    told
}

fn papers(case: &Case) -> impl Iterator<Item = (&CaseFile, &Inside)> {
    case.files.iter().filter(|f| f.role == Role::Paper).filter_map(|f| f.inside.as_deref().map(|i| (f, i)))
}

fn pending(said: Text, seen: Vec<Seen>, target: &str) -> Observation {
    Observation::new(Outcome::Pending, said, seen).about(Target::Other(target.to_owned()))
}

/// What one dossier shows by itself.
fn alone(case: &Case, world: &World) -> Vec<Told> {
    let mut told = Vec::new();
    let filed = world.vocabulary.field_id(known::FILED_ON).and_then(|f| case.date(f));
    for (file, inside) in papers(case) {
        let name = file.name();
        for dated in inside.reading.iter().filter(|r| r.usable).flat_map(|r| &r.dates) {
            let (day, page) = (dated.date, dated.page);
            let seen = || vec![file.page(page).into()];
            if ACTS.contains(&dated.field.as_str()) && world.calendar.is_workday(day) == Some(false) {
                let said = say!("“{name}”第 {page} 页的日期 {day} 是休息日", "{name:?} page {page} is dated {day}, a day off");
                told.push((&DAY_OFF, pending(said, seen(), &format!("day:{}", dated.field))));
            }
            if let Some(filed) = filed.filter(|f| day > *f && dated.field != known::FILED_ON) {
                let said = say!(
                    "“{name}”第 {page} 页的日期 {day} 晚于归档日期 {filed}",
                    "{name:?} page {page} is dated {day}, after filing on {filed}"
                );
                told.push((&AFTER_FILING, pending(said, seen(), &format!("after:{}", dated.field))));
            }
        }
        if let (Some(taken), Some(filed)) = (inside.taken, filed)
            && taken > filed
        {
            let said = say!("“{name}”拍摄于 {taken}，晚于归档日期 {filed}", "{name:?} was taken on {taken}, after filing on {filed}");
            told.push((&PHOTO, pending(said, vec![file.place.clone().into()], "photo")));
        }
    }
    told
}

/// What links cases: papers of one person, of one group, of one matter in several stages are shared in good order.
#[derive(Debug)]
struct Links {
    number: String,
    persons: BTreeSet<String>,
    group: bool,
}

impl Links {
    fn of(case: &Case, world: &World) -> Self {
        let personal = world.vocabulary.fields().filter(|(_, f)| f.personal && matches!(f.kind, FieldType::Person | FieldType::IdCard));
        let persons = personal.flat_map(|(id, _)| case.all(id)).map(|e| e.raw.trim().to_owned()).collect();
        let group = world.vocabulary.field_id("group_case").and_then(|f| case.value(f)) == Some(&Value::Flag(true));
        Self { number: case.case_no.clone(), persons, group }
    }

    fn linked(&self, other: &Self) -> bool {
        self.number == other.number || (self.group && other.group) || !self.persons.is_disjoint(&other.persons)
    }
}

/// Others that share something with a case: the first few, and how many dossiers, up to [`COUNTED`].
#[derive(Debug, Default)]
struct Others<T> {
    first: Vec<(usize, T)>,
    cases: BTreeSet<usize>,
}

impl<T> Others<T> {
    /// Of these holders, those that nothing links to case `i`.
    fn of(i: usize, holders: impl Iterator<Item = (usize, T)>, links: &[Links]) -> Self {
        let mut others = Self { first: Vec::new(), cases: BTreeSet::new() };
        for (j, what) in holders.filter(|(j, _)| *j != i && !links[i].linked(&links[*j])) {
            if others.first.len() < NAMED {
                others.first.push((j, what));
            }
            others.cases.insert(j);
            if others.cases.len() >= COUNTED {
                break;
            }
        }
        others
    }

    /// The numbers of their cases, a few of them.
    fn numbers(&self, cases: &[&Case]) -> Text {
        let named: BTreeSet<&str> = self.first.iter().map(|(j, _)| cases[*j].case_no.as_str()).collect();
        let named: Vec<&str> = named.into_iter().collect();
        let (mut zh, mut en, n) = (named.join("、"), named.join(", "), self.cases.len());
        if n > named.len() {
            let (at_least_zh, at_least_en) = if n >= COUNTED { ("至少", "at least ") } else { ("", "") };
            zh.push_str(&format!(" 等{at_least_zh} {n} 件"));
            en.push_str(&format!(", {at_least_en}{n} in all"));
        }
        Text::pair(zh, Some(en))
    }
}

/// A case by its place in the list, and a page of one of its files.
type Holder<'a> = (usize, (&'a CaseFile, u32));

/// Pages of scans that are the same to the byte.
fn shared_scans(cases: &[&Case], links: &[Links]) -> Vec<(usize, Observation)> {
    let mut prints: BTreeMap<u64, Vec<Holder<'_>>> = BTreeMap::new();
    for (i, case) in cases.iter().enumerate() {
        for (file, inside) in papers(case) {
            for (number, page) in (1_u32..).zip(&inside.pages) {
                if let Some(print) = page.scan_print() {
                    prints.entry(print).or_default().push((i, (file, number)));
                }
            }
        }
    }
    let mut found = Vec::new();
    for (print, holders) in prints.iter().filter(|(_, h)| h.len() > 1) {
        let mut last = None;
        for (i, (file, page)) in holders {
            if last.replace(*i) == Some(*i) {
                continue;
            }
            let others = Others::of(*i, holders.iter().copied(), links);
            if others.first.is_empty() {
                continue;
            }
            let (name, numbers) = (file.name(), others.numbers(cases));
            let (zh, en) = (numbers.zh, numbers.en);
            let said = say!("“{name}”第 {page} 页与 {zh} 的扫描件完全相同", "{name:?} page {page} is the same scan as in {en}");
            let places = others.first.iter().map(|(_, (f, p))| f.page(*p));
            let seen = std::iter::once(file.page(*page)).chain(places).map(Seen::from).collect();
            found.push((*i, pending(said, seen, &format!("print:{print:016x}"))));
        }
    }
    found
}

/// Texts that should be the lawyer's own words and are nearly those of another case.
fn near_texts(cases: &[&Case], links: &[Links], world: &World) -> Vec<(usize, Observation)> {
    // Texts of one kind with one hash stand together, so that a form which everybody uses is one entry.
    let mut texts: BTreeMap<(DocumentId, u64), Vec<(usize, &CaseFile)>> = BTreeMap::new();
    for (i, case) in cases.iter().enumerate() {
        for (file, inside) in papers(case) {
            let own = file.kind.filter(|k| OWN_WORDS.contains(&world.vocabulary.document(*k).id.as_str()));
            let sketch = inside.reading.as_ref().filter(|r| r.usable).and_then(|r| r.sketch);
            if let Some(key) = own.zip(sketch) {
                texts.entry(key).or_default().push((i, file));
            }
        }
    }
    let keys: Vec<(DocumentId, u64)> = texts.keys().copied().collect();
    let near = near_keys(&keys);
    let mut found = Vec::new();
    for ((at, (kind, _)), own) in keys.iter().enumerate().zip(texts.values()) {
        for (i, file) in own {
            let alike = near.get(&at).into_iter().flatten().filter_map(|n| texts.get(keys.get(*n)?)).flatten();
            let others = Others::of(*i, own.iter().chain(alike).copied(), links);
            if others.first.is_empty() {
                continue;
            }
            let (name, numbers) = (file.name(), others.numbers(cases));
            let (zh, en) = (numbers.zh, numbers.en);
            let said = say!("“{name}”的文字与 {zh} 的近乎相同", "the text of {name:?} is nearly that of {en}");
            let places = others.first.iter().map(|(_, f)| f.place.clone());
            let kind = &world.vocabulary.document(*kind).id;
            let seen = std::iter::once(file.place.clone()).chain(places).map(Seen::from).collect();
            found.push((*i, pending(said, seen, &format!("text:{kind}"))));
        }
    }
    found.sort_by_key(|(i, _)| *i);
    found
}

/// Which hashes of one kind are near each other, in order.
fn near_keys(keys: &[(DocumentId, u64)]) -> BTreeMap<usize, BTreeSet<usize>> {
    // Two that differ in seven bits or fewer have one of their eight bytes in common.
    let mut bands: BTreeMap<(usize, u8), Vec<usize>> = BTreeMap::new();
    for (at, (_, sketch)) in keys.iter().enumerate() {
        for (band, byte) in sketch.to_be_bytes().into_iter().enumerate() {
            bands.entry((band, byte)).or_default().push(at);
        }
    }
    let mut near: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for group in bands.values() {
        for (n, a) in group.iter().enumerate() {
            for b in group.iter().skip(n + 1) {
                if keys[*a].0 == keys[*b].0 && (keys[*a].1 ^ keys[*b].1).count_ones() <= NEAR {
                    near.entry(*a).or_default().insert(*b);
                    near.entry(*b).or_default().insert(*a);
                }
            }
        }
    }
    near
}
