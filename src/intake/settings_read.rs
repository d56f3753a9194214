//! Reads `audit.toml` key by key. Must not stop at the first mistake, or decide what a setting does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;

use super::settings::{AdoptedSettings, Event, ObjectionSettings, OfficeSettings, RegisterSettings, RubricRef, ScopeSettings, Settings};
use super::words::{Claim, Meaning, UNUSED, Words, plain};
use crate::base::date::{FIRST_YEAR, LAST_YEAR};
use crate::base::digest::sha256;
use crate::base::mistake::{Mistake, Mistakes, Source, Spot, suggest};
use crate::base::syntax::syntax_mistakes;
use crate::base::tree::{Node, Table};
use crate::model::document::Evidence;
use crate::model::vocabulary::Vocabulary;
use crate::say;

/// Reads the settings; [`Settings::undeclared`] when the file is not there.
pub fn load(path: &Path) -> (Settings, Vec<Source>, Vec<Mistake>) {
    let shown = path.display().to_string();
    let (text, sha256) = match text(path, 0, "S001") {
        Ok(Some(read)) => read,
        Ok(None) => return (Settings::undeclared(), Vec::new(), Vec::new()),
        Err(mistake) => return (Settings::undeclared(), vec![Source { path: shown, text: String::new() }], vec![*mistake]),
    };
    let sink = Mistakes::default();
    let mut settings = parse(&text, &sink);
    missing_registers(&settings, path, &text, &sink);
    settings.path = Some(path.to_owned());
    settings.sha256 = Some(sha256);
    (settings, vec![Source { path: shown, text }], settings_codes(sink.into_sorted()))
}

/// The text of a settings file, without a BOM, and the hash of the file; nothing when it is not there.
///
/// # Errors
/// That it cannot be opened or is not UTF-8, at the beginning of this source.
pub fn text(path: &Path, source: usize, code: &'static str) -> Result<Option<(String, String)>, Box<Mistake>> {
    let shown = path.display();
    let mistake = |message| Box::new(Mistake { code, at: Spot::new(source, 0..0), message, help: None, also: Vec::new() });
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(mistake(say!("{shown} 打不开：{e}", "{shown} cannot be opened: {e}"))),
    };
    let sha256 = sha256(&bytes);
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some((text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text), sha256))),
        Err(_) => Err(mistake(say!("{shown} 不是 UTF-8 编码，请另存为 UTF-8", "{shown} is not UTF-8; save it in UTF-8"))),
    }
}

/// Reads the text of the settings; mistakes go to `sink`.
pub fn parse(text: &str, sink: &Mistakes) -> Settings {
    let (map, errors) = toml::de::DeTable::parse_recoverable(text);
    syntax_mistakes(&errors, 0, text).into_iter().for_each(|mistake| sink.add(mistake));
    let root = Table::root(&map, 0, sink);
    let settings = Settings {
        title: root.text("title"),
        year: root.opt("year").and_then(year),
        as_of: root.opt("as_of").and_then(Node::date),
        stage: root.text("stage").unwrap_or_else(|| "初评".to_owned()),
        made_by: root.text("made_by"),
        scope: root.opt("scope").and_then(Node::table).map(|t| scope(&t)).unwrap_or_default(),
        offices: offices(&root),
        columns: root.opt("columns").and_then(Node::table).map(|t| columns(&t)).unwrap_or_default(),
        registers: registers(&root),
        rubrics: rubrics(&root),
        evidence: root.opt("evidence").and_then(Node::table).and_then(|t| evidence(&t)),
        off: holidays(&root, "off"),
        work: holidays(&root, "work"),
        adopted: root.opt("adopted").and_then(Node::table).and_then(|t| adopted(&t)),
        full_names: root.word("names", &[("masked", false), ("full", true)]),
        objection: root.opt("objection").and_then(Node::table).map(|t| objection(&t)).unwrap_or_default(),
        waivers: super::settings_waiver::waivers(&root),
        limits: root.opt("limits").and_then(Node::table).map(|t| limits(&t)).unwrap_or_default(),
        ..Settings::default()
    };
    period(&settings, &root);
    root.finish();
    settings
}

/// Mistakes in the shape of settings carry the codes of settings.
fn settings_codes(mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    for mistake in &mut mistakes {
        if mistake.code.starts_with('R') {
            mistake.code = "S001";
        }
    }
    mistakes
}

fn year(node: &Node<'_>) -> Option<i16> {
    let year = i16::try_from(node.count()?).ok().filter(|y| (FIRST_YEAR..=LAST_YEAR).contains(y));
    if year.is_none() {
        node.sink().push(
            "S003",
            &node.at,
            say!("年度应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间", "the year must lie between {FIRST_YEAR} and {LAST_YEAR}"),
        );
    }
    year
}

fn objection(table: &Table<'_>) -> ObjectionSettings {
    let length = table.need("length").and_then(Node::count);
    if let (Some(0), Some(node)) = (length, table.opt("length")) {
        table.sink.push(
            "S003",
            &node.at,
            say!("期限应大于 0；不设期限的请删去 [objection]", "a limit is above 0; take [objection] out for none"),
        );
    }
    let workdays = table.word("unit", &[("days", false), ("workdays", true)]).unwrap_or_default();
    table.finish();
    ObjectionSettings { length, workdays }
}

fn scope(table: &Table<'_>) -> ScopeSettings {
    let scope = ScopeSettings {
        event: table.word("event", &[("closed", Event::Closed), ("filed", Event::Filed)]).unwrap_or_default(),
        from: table.opt("from").and_then(Node::date),
        to: table.opt("to").and_then(Node::date),
        case_types: table.texts("case_types"),
        states: table.texts("states"),
    };
    table.finish();
    scope
}

/// A scope whose end, declared or that of the year, comes before its beginning holds no case at all.
fn period(settings: &Settings, root: &Table<'_>) {
    let declared = root.opt("scope").and_then(Node::as_table);
    let at = declared.and_then(|t| t.opt("to").or(t.opt("from")).map(|node| node.at.clone()));
    if let ((Some(from), Some(to)), Some(at)) = (settings.period(), at)
        && from > to
    {
        let said = say!("评查范围的止日 {to} 早于起日 {from}", "the scope ends on {to}, before it begins on {from}");
        root.sink.push("S003", &at, said);
    }
}

fn offices(root: &Table<'_>) -> Vec<OfficeSettings> {
    let (mut all, mut taken): (Vec<OfficeSettings>, BTreeMap<String, Spot>) = (Vec::new(), BTreeMap::new());
    for table in root.tables("office") {
        let name = table.need_text("name");
        let office = OfficeSettings {
            id: table.text("id").or_else(|| name.clone()).unwrap_or_default().trim().to_owned(),
            name: name.clone().unwrap_or_default().trim().to_owned(),
            folder: table.text("folder").map(|f| folder(&f)),
            aliases: table.texts("aliases"),
            parent: table.text("parent"),
        };
        table.finish();
        if name.is_none() {
            continue;
        }
        let folder_up = office.folder.as_deref().is_some_and(|f| f.split('/').any(|part| part == ".."));
        if let (true, Some(node)) = (folder_up, table.opt("folder")) {
            table.sink.push("S002", &node.at, say!("机构文件夹须在本次评查的文件夹之内", "an office folder must lie inside the batch"));
        }
        // Id, name, aliases and folder of one office may be equal; two offices may share none of them. Without a folder declared,
        // every folder with one of its names is the office's.
        let words: BTreeSet<String> = [&office.id, &office.name].into_iter().chain(&office.aliases).map(|w| plain(w)).collect();
        let clash = words.iter().any(|w| taken.contains_key(w));
        let folders: Vec<String> = match &office.folder {
            Some(folder) => vec![format!("/{}", plain(folder))],
            None if clash => Vec::new(),
            None => words.iter().map(|w| format!("/{w}")).collect(),
        };
        for word in words.into_iter().chain(folders) {
            if let Some(earlier) = taken.get(&word) {
                let label = say!("先在这里用过", "first used here");
                let shown = word.trim_start_matches('/');
                table.sink.add(Mistake {
                    code: "S002",
                    at: table.at.clone(),
                    message: say!("两个机构都用了“{shown}”", "two offices use “{shown}”"),
                    help: Some(say!(
                        "编号、名称、别名、文件夹在机构之间不能重复",
                        "ids, names, aliases and folders must differ between offices"
                    )),
                    also: vec![(earlier.clone(), label)],
                });
            } else {
                taken.insert(word, table.at.clone());
            }
        }
        all.push(office);
    }
    all
}

/// A folder with `/` between its parts, and nothing that stands for itself.
fn folder(written: &str) -> String {
    let parts = written.split(['/', '\\']).map(str::trim).filter(|part| !matches!(*part, "" | "."));
    parts.collect::<Vec<_>>().join("/")
}

fn columns(table: &Table<'_>) -> BTreeMap<String, (String, Spot)> {
    let mut all = BTreeMap::new();
    for (header, node) in table.names() {
        if let Some(id) = node.text() {
            all.insert(header.to_owned(), (id, node.at.clone()));
        }
    }
    all
}

/// `[[register]] path = "…" supersedes = "…"` or a list of them.
fn registers(root: &Table<'_>) -> Vec<RegisterSettings> {
    let mut all: Vec<RegisterSettings> = Vec::new();
    for table in root.tables("register") {
        let path = table.need_text("path").map(|p| folder(&p));
        let supersedes: Vec<String> = match table.need("supersedes") {
            Some(node) if node.is_list() => table.texts("supersedes"),
            Some(node) => node.text().into_iter().collect(),
            None => Vec::new(),
        };
        table.finish();
        let supersedes: Vec<String> = supersedes.iter().map(|s| folder(s)).collect();
        let Some(path) = path else { continue };
        all.push(RegisterSettings { path, supersedes });
        if circle(&all) {
            let said = say!("登记表互相替换，分不清哪个是更正的", "registers supersede each other in a circle");
            table.sink.push("S001", &table.at, said);
            all.pop();
        }
    }
    all
}

/// Whether some register supersedes itself, by however many steps.
fn circle(all: &[RegisterSettings]) -> bool {
    all.iter().any(|start| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![start.path.as_str()]);
        while let Some(path) = next.pop() {
            let older = all.iter().filter(|r| r.path == path).flat_map(|r| &r.supersedes);
            for old in older {
                if *old == start.path {
                    return true;
                }
                if seen.insert(old.as_str()) {
                    next.push(old);
                }
            }
        }
        false
    })
}

/// A register that is named and not there was misspelt, and nothing would be replaced.
fn missing_registers(settings: &Settings, path: &Path, text: &str, sink: &Mistakes) {
    let home = path.parent().unwrap_or(Path::new("."));
    for name in settings.registers.iter().flat_map(|r| std::iter::once(&r.path).chain(&r.supersedes)) {
        if !home.join(name).is_file() {
            let at = text.find(name.as_str()).map_or(0..0, |from| from..from + name.len());
            sink.push("S004", &Spot::new(0, at), say!("找不到登记表 {name}", "no register {name}"));
        }
    }
}

fn rubrics(root: &Table<'_>) -> Vec<RubricRef> {
    let items = root.opt("rubrics").map(Node::items).unwrap_or_default();
    items.iter().filter_map(|n| n.text().map(|name| RubricRef { name, at: n.at.clone() })).collect()
}

fn evidence(table: &Table<'_>) -> Option<Evidence> {
    let words = [("scanned", Evidence::Scanned), ("paper", Evidence::Paper), ("mixed", Evidence::Mixed)];
    let found = table.word("default", &words);
    table.finish();
    found
}

fn holidays(root: &Table<'_>, key: &'static str) -> Vec<Date> {
    let Some(table) = root.opt("holidays").and_then(Node::as_table) else {
        if key == "off" {
            let _ = root.opt("holidays").and_then(Node::table);
        }
        return Vec::new();
    };
    let read = |key| table.opt(key).map(Node::items).unwrap_or_default();
    let mut days: Vec<Date> = match key {
        "off" => {
            let days = read("off").iter().filter_map(Node::date).collect();
            let _ = table.opt("work");
            table.finish();
            days
        }
        _ => read("work").iter().filter_map(Node::date).collect(),
    };
    days.sort_unstable();
    days.dedup();
    days
}

fn adopted(table: &Table<'_>) -> Option<AdoptedSettings> {
    let (body, document_no, confirmed_by) = (table.need_text("body"), table.need_text("document_no"), table.need_text("confirmed_by"));
    let date = table.need("date").and_then(Node::date);
    table.finish();
    Some(AdoptedSettings { body: body?, document_no: document_no?, confirmed_by: confirmed_by?, date: date? })
}

fn limits(table: &Table<'_>) -> super::settings::Limits {
    let mut limits = super::settings::Limits::default();
    let read = |key| table.opt(key).and_then(Node::size);
    limits.max_bytes = read("max_bytes").unwrap_or(limits.max_bytes);
    limits.max_unpacked = read("max_unpacked").unwrap_or(limits.max_unpacked);
    limits.max_cells = read("max_cells").unwrap_or(limits.max_cells);
    limits.max_entries = read("max_entries").unwrap_or(limits.max_entries);
    limits.bounds.bytes = read("max_document").unwrap_or(limits.bounds.bytes);
    limits.bounds.pixels = read("max_pixels").unwrap_or(limits.bounds.pixels);
    let count = |key, usual: u32| read(key).and_then(|n| u32::try_from(n).ok()).unwrap_or(usual);
    limits.bounds.pages = count("max_pages", limits.bounds.pages);
    limits.bounds.seconds = count("max_ocr_seconds", limits.bounds.seconds);
    limits.bounds.unpacked = limits.max_unpacked;
    table.finish();
    limits
}

/// Mistakes in `[columns]` that only the vocabulary can tell: a word that is neither a field nor a document, or may be two.
pub fn check_columns(settings: &Settings, vocabulary: &Vocabulary) -> Vec<Mistake> {
    let sink = Mistakes::default();
    let words = Words::new(vocabulary, &Settings::undeclared());
    let ids = || vocabulary.fields().map(|(_, f)| f.id.as_str()).chain(vocabulary.documents().map(|(_, d)| d.id.as_str()));
    let called = |claim: Claim| match claim {
        Claim::Field(id) => (vocabulary.field(id).title.as_str(), vocabulary.field(id).id.as_str()),
        Claim::Document(id) => (vocabulary.document(id).title.as_str(), vocabulary.document(id).id.as_str()),
    };
    let mut spelled: BTreeMap<String, (&String, &Spot)> = BTreeMap::new();
    for (header, (id, at)) in &settings.columns {
        match if id == UNUSED { Meaning::Unused } else { words.named(vocabulary, id) } {
            Meaning::Unused | Meaning::One(_) => {}
            Meaning::Two(a, b) => {
                let ((a, a_id), (b, b_id)) = (called(a), called(b));
                let help = say!("请写 {a_id}（{a}）或 {b_id}（{b}）", "write {a_id} ({a}) or {b_id} ({b})");
                sink.push_help("S001", at, say!("“{id}”可以指两个字段或材料", "{id:?} may be two fields or documents"), help);
            }
            Meaning::Nothing => {
                let near = || words.closest(id).map(|near| say!("是不是想写“{near}”？", "did you mean {near:?}?"));
                let help = suggest(id, ids()).or_else(near).unwrap_or_else(|| {
                    say!(
                        "请写字段或材料的名称，例如“决定日期”；全部名称见 juanping explain。不用的列写 \"{UNUSED}\"",
                        "write the title or id of a field or document; juanping explain lists all. \"{UNUSED}\" is a column that is not used"
                    )
                });
                sink.push_help("S001", at, say!("没有字段或材料“{id}”", "no field or document {id:?}"), help);
            }
        }
        match spelled.get(&plain(header)) {
            Some((other, first)) if *other != id => sink.add(Mistake {
                code: "S001",
                at: at.clone(),
                message: say!(
                    "表头“{header}”写了两次，一次是 {other}，一次是 {id}",
                    "the header {header:?} is given to both {other} and {id}"
                ),
                help: Some(say!("空格、换行、全角半角不同的表头算同一个", "spaces, line breaks and width make no other header")),
                also: vec![((*first).clone(), say!("另一处", "the other one"))],
            }),
            _ => drop(spelled.insert(plain(header), (id, at))),
        }
    }
    sink.into_sorted()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_everything() {
        let sink = Mistakes::default();
        let settings = parse(
            "title = \"东岭市2024年度评查\"\nyear = 2024\nas_of = \"2024-12-31\"\nrubrics = [\"legal-aid-civil\"]\nnames = \"full\"\n\
             [scope]\nevent = \"filed\"\nfrom = 2024-01-01\nto = \"2024-12-31\"\ncase_types = [\"民事\"]\n\
             [[office]]\nid = \"330101\"\nname = \"东岭区\"\nfolder = \"东岭区\"\naliases = [\"东岭区法律援助中心\"]\nparent = \"某市\"\n\
             [columns]\n\"结案年月\" = \"closed_on\"\n[evidence]\ndefault = \"mixed\"\n[holidays]\noff = [\"2027-01-01\"]\nwork = [\"2027-01-02\"]\n\
             [adopted]\nbody = \"某局\"\ndocument_no = \"1号\"\nconfirmed_by = \"某人\"\ndate = \"2024-01-01\"\n[limits]\nmax_cells = 5\n",
            &sink,
        );
        assert_eq!(sink.into_sorted(), Vec::new());
        assert_eq!((settings.year, settings.stage.as_str(), settings.full_names), (Some(2024), "初评", Some(true)));
        assert_eq!((settings.scope.event, settings.evidence, settings.limits.max_cells), (Event::Filed, Some(Evidence::Mixed), 5));
        assert_eq!((settings.off.len(), settings.work.len(), settings.offices.len()), (1, 1, 1));
        assert_eq!(settings.columns.get("结案年月").map(|c| c.0.as_str()), Some("closed_on"));
    }

    #[test]
    fn tells_all_mistakes_at_once() {
        let sink = Mistakes::default();
        parse(
            "titel = \"x\"\nyear = 3024\n[scope]\nfrom = \"2024-12-31\"\nto = \"2024-01-01\"\nevent = \"close\"\n\
             [[office]]\nname = \"甲\"\n[[office]]\nname = \"乙\"\naliases = [\"甲\"]\n[[office]]\nid = \"3\"\n[holidays]\nof = []\n[adopted]\nbody = \"\"\n",
            &sink,
        );
        let codes: Vec<&str> = settings_codes(sink.into_sorted()).iter().map(|m| m.code).collect();
        assert!(codes.iter().all(|c| c.starts_with('S')), "{codes:?}");
        assert!(codes.len() >= 10, "{codes:?}");
    }

    #[test]
    fn broken_toml_has_a_place() {
        let sink = Mistakes::default();
        parse("标题 = \"x\"\nyear = \n", &sink);
        assert!(!sink.into_sorted().is_empty());
    }
}
