//! Rubric sources as written: found, parsed with spans, `include` and `extends` merged, each entry with its origin.
//! Must not know what the entries mean.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use toml::Spanned;
use toml::de::DeTable;

use super::shipped;
use crate::base::mistake::{Mistakes, Source, Spot, nearest, suggest};
use crate::base::syntax::syntax_mistakes;
use crate::base::tree::Table;
use crate::say;

/// One source and the sources it draws on.
#[derive(Debug)]
pub struct Unit {
    include: Vec<usize>,
    extends: Option<usize>,
}

/// All sources of a run.
#[derive(Debug, Default)]
pub struct Sources {
    /// Texts, in order of finding.
    pub list: Vec<Source>,
    units: Vec<Unit>,
    found: BTreeMap<String, usize>,
    /// The sources that were asked for.
    pub roots: Vec<usize>,
}

/// Where a rubric text can come from.
enum Name {
    Shipped(String),
    File(PathBuf),
}

impl Name {
    fn shown(&self) -> String {
        match self {
            Self::Shipped(name) => format!("rubrics/{name}"),
            Self::File(path) => plain(path).display().to_string().replace('\\', "/"),
        }
    }
}

/// The path without `.` and `dir/..`, so that one file has one name and a circle is seen.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match (part, out.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => drop(out.pop()),
            _ => out.push(part),
        }
    }
    out
}

impl Sources {
    /// Finds rubrics by shipped id or by path, with everything they draw on.
    pub fn find(names: &[String], base: Option<&Path>, sink: &Mistakes) -> Self {
        let mut sources = Self::default();
        for name in names {
            let asked = match shipped::by_id(name) {
                Some(file) => Name::Shipped(file.to_owned()),
                None => Name::File(base.map_or_else(|| PathBuf::from(name), |b| b.join(name))),
            };
            let at = Spot::new(sources.list.len(), 0..0);
            match sources.take(&asked, &at, sink, &mut Vec::new()) {
                Some(index) if !sources.roots.contains(&index) => sources.roots.push(index),
                Some(_) => {}
                None => {
                    // The request itself becomes the source that the mistake points into.
                    if sources.list.len() == at.source {
                        sources.list.push(Source { path: "--rubric".to_owned(), text: name.clone() });
                        sources.units.push(Unit { include: Vec::new(), extends: None });
                    }
                }
            }
        }
        sources
    }

    fn take(&mut self, name: &Name, asked_at: &Spot, sink: &Mistakes, stack: &mut Vec<String>) -> Option<usize> {
        let key = name.shown();
        if stack.contains(&key) {
            sink.push("R015", asked_at, say!("循环引用：{key}", "circular reference: {key}"));
            return None;
        }
        if let Some(index) = self.found.get(&key) {
            return Some(*index);
        }
        let text = self.fetch(name, asked_at, sink)?;
        let index = self.list.len();
        self.list.push(Source { path: key.clone(), text: text.clone() });
        self.units.push(Unit { include: Vec::new(), extends: None });
        self.found.insert(key.clone(), index);
        stack.push(key);
        let (tree, errors) = DeTable::parse_recoverable(&text);
        syntax_mistakes(&errors, index, &text).into_iter().for_each(|mistake| sink.add(mistake));
        // Mistakes in these two keys are reported when the merged rubric is read; here they are only followed.
        let quiet = Mistakes::default();
        let root = Table::root(&tree, index, &quiet);
        let mut include = Vec::new();
        for node in root.opt("include").map(|n| n.items()).unwrap_or_default() {
            if let Some(target) = node.as_text() {
                include.extend(self.take(&near(name, target), &node.at, sink, stack));
            }
        }
        let extends = root.opt("extends").and_then(|node| {
            let target = node.as_text()?;
            let base = shipped::by_id(target).map_or_else(|| near(name, target), |file| Name::Shipped(file.to_owned()));
            self.take(&base, &node.at, sink, stack)
        });
        stack.pop();
        self.units[index] = Unit { include, extends };
        Some(index)
    }

    /// The text of a source; a text that is not UTF-8 is shown as it was meant, with the mistake at its first wide character.
    fn fetch(&mut self, name: &Name, at: &Spot, sink: &Mistakes) -> Option<String> {
        let bytes = match name {
            Name::Shipped(file) => shipped::text(file).map(|t| t.as_bytes().to_vec()),
            Name::File(path) => std::fs::read(path).ok(),
        };
        let shown = name.shown();
        let Some(bytes) = bytes else {
            let short = shown.rsplit('/').next().unwrap_or(&shown);
            let parts = shipped::FILES.iter().map(|(file, _)| *file).filter(|file| file.contains('/'));
            let part = parts.clone().find(|file| nearest(short, [file.rsplit('/').next().unwrap_or(file)]).is_some());
            let help = match part {
                Some(part) => say!("是不是想写 {part}？", "did you mean {part}?"),
                None if short.ends_with(".toml") => say!("路径从本文件所在的文件夹算起", "paths begin at the folder of this file"),
                None => suggest(short, shipped::IDS.iter().copied()).unwrap_or_default(),
            };
            sink.push_help("R015", at, say!("找不到评估标准 {shown}", "rubric {shown} not found"), help);
            return None;
        };
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes);
        let wrong = match String::from_utf8(bytes) {
            Ok(text) => return Some(text),
            Err(wrong) => wrong.into_bytes(),
        };
        let encoding = encoding_rs::Encoding::for_bom(&wrong).map_or(encoding_rs::GBK, |(encoding, _)| encoding);
        let text = encoding.decode(&wrong).0.into_owned();
        let start = text.find(|c: char| !c.is_ascii()).unwrap_or(0);
        let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
        let help = say!("请用记事本“另存为”，编码选 UTF-8", "save it again with the encoding UTF-8");
        let spot = Spot::new(self.list.len(), start..end);
        let name = encoding.name();
        self.list.push(Source { path: shown, text });
        self.units.push(Unit { include: Vec::new(), extends: None });
        sink.push_help("R020", &spot, say!("文件的编码是 {name}，不是 UTF-8", "the file is in {name}, not in UTF-8"), help);
        None
    }

    /// All texts parsed; mistakes of syntax were reported by [`Sources::find`].
    pub fn parse(&self) -> Vec<Spanned<DeTable<'_>>> {
        self.list.iter().map(|s| DeTable::parse_recoverable(&s.text).0).collect()
    }

    /// The sources behind a root, those that give way first.
    pub fn order(&self, root: usize) -> Vec<usize> {
        let mut order = Vec::new();
        self.visit(root, &mut order);
        order
    }

    fn visit(&self, index: usize, order: &mut Vec<usize>) {
        let Some(unit) = self.units.get(index) else { return };
        for below in unit.extends.iter().chain(&unit.include) {
            self.visit(*below, order);
        }
        if !order.contains(&index) {
            order.push(index);
        }
    }
}

/// A name written in `from`: beside that file, or a shipped part.
fn near(from: &Name, target: &str) -> Name {
    match from {
        Name::Shipped(_) => Name::Shipped(target.to_owned()),
        Name::File(path) => {
            let beside = path.parent().map_or_else(|| PathBuf::from(target), |p| p.join(target));
            if beside.is_file() || shipped::text(target).is_none() { Name::File(beside) } else { Name::Shipped(target.to_owned()) }
        }
    }
}

/// A rubric with everything merged, not yet understood.
#[derive(Debug)]
pub struct Raw<'a> {
    /// `[rubric]`
    pub head: Option<Table<'a>>,
    /// `[reconcile]`
    pub reconcile: Option<Table<'a>>,
    /// `[[log]]`, `[[field]]`, `[[document]]`, `[[group]]`, `[[grade]]`, `[[rate]]`, `[[red_line]]`, `[[criterion]]` by kind.
    lists: BTreeMap<&'static str, Vec<(String, Table<'a>)>>,
    /// The root source.
    pub root: usize,
    /// All sources it was made of.
    pub sources: Vec<usize>,
}

/// The lists, with the key that tells their entries apart.
const LISTS: [(&str, &str); 8] = [
    ("log", "id"),
    ("field", "id"),
    ("document", "id"),
    ("group", "title"),
    ("grade", "id"),
    ("rate", "id"),
    ("red_line", "id"),
    ("criterion", "id"),
];

impl<'a> Raw<'a> {
    /// Merges what a root draws on: later sources change single keys of single entries, and add entries.
    pub fn merge(sources: &Sources, trees: &'a [Spanned<DeTable<'a>>], root: usize, sink: &'a Mistakes) -> Self {
        let order = sources.order(root);
        let mut raw = Raw { head: None, reconcile: None, lists: BTreeMap::new(), root, sources: order.clone() };
        for index in order {
            let Some(tree) = trees.get(index) else { continue };
            let table = Table::root(tree, index, sink);
            for key in ["include", "extends"] {
                if let Some(node) = table.opt(key) {
                    let good = if key == "include" { node.items().iter().all(|n| n.text().is_some()) } else { node.text().is_some() };
                    debug_assert!(good || sink.any_error());
                }
            }
            for (key, slot) in [("rubric", &mut raw.head), ("reconcile", &mut raw.reconcile)] {
                if let Some(part) = table.opt(key).and_then(|n| n.table()) {
                    match slot {
                        Some(merged) => merged.overlay(&part),
                        None => *slot = Some(part),
                    }
                }
            }
            for (list, key) in LISTS {
                let mut here: Vec<String> = Vec::new();
                for entry in table.tables(list) {
                    let Some(id) = entry.need_text(key) else { continue };
                    if here.contains(&id) {
                        sink.push("R006", &entry.at, say!("{id} 在本文件中出现两次", "{id} stands twice in this file"));
                        continue;
                    }
                    here.push(id.clone());
                    let all = raw.lists.entry(list).or_default();
                    match all.iter_mut().find(|(known, _)| *known == id) {
                        Some((_, merged)) => merged.overlay(&entry),
                        None => all.push((id, entry)),
                    }
                }
            }
            table.finish();
        }
        raw
    }

    /// The entries of a list.
    pub fn list(&self, name: &str) -> &[(String, Table<'a>)] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }
}
