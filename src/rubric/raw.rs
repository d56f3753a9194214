//! Rubric sources as written: found, parsed with spans, `include` and `extends` merged, each entry with its origin.
//! Must not know what the entries mean.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::DeTable;

use super::shipped;
use super::syntax::syntax_mistake;
use crate::base::mistake::{Mistakes, Source, Spot, suggest};
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
            Self::File(path) => path.display().to_string().replace('\\', "/"),
        }
    }
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
        for error in &errors {
            sink.add(syntax_mistake(error, index, &text));
        }
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

    fn fetch(&self, name: &Name, at: &Spot, sink: &Mistakes) -> Option<String> {
        let bytes = match name {
            Name::Shipped(file) => shipped::text(file).map(|t| t.as_bytes().to_vec()),
            Name::File(path) => std::fs::read(path).ok(),
        };
        let shown = name.shown();
        let Some(bytes) = bytes else {
            let short = shown.rsplit('/').next().unwrap_or(&shown).trim_end_matches(".toml").to_owned();
            let help = suggest(&short, shipped::IDS.iter().copied()).unwrap_or_default();
            sink.push_help("R015", at, say!("找不到评估标准 {shown}", "rubric {shown} not found"), help);
            return None;
        };
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes);
        match String::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(_) => {
                let help = say!("请用记事本“另存为”，编码选 UTF-8", "save it again with the encoding UTF-8");
                sink.push_help("R020", at, say!("{shown} 不是 UTF-8 编码", "{shown} is not in UTF-8"), help);
                None
            }
        }
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
    /// `[[field]]`, `[[document]]`, `[[group]]`, `[[grade]]`, `[[rate]]`, `[[red_line]]`, `[[criterion]]` by kind.
    lists: BTreeMap<&'static str, Vec<(String, Table<'a>)>>,
    /// The root source.
    pub root: usize,
    /// All sources it was made of.
    pub sources: Vec<usize>,
}

/// The lists, with the key that tells their entries apart.
const LISTS: [(&str, &str); 7] =
    [("field", "id"), ("document", "id"), ("group", "title"), ("grade", "id"), ("rate", "id"), ("red_line", "id"), ("criterion", "id")];

impl<'a> Raw<'a> {
    /// Merges what a root draws on: later sources change single keys of single entries, and add entries.
    pub fn merge(sources: &Sources, trees: &'a [Spanned<DeTable<'a>>], root: usize, sink: &'a Mistakes) -> Self {
        let order = sources.order(root);
        let mut raw = Raw { head: None, lists: BTreeMap::new(), root, sources: order.clone() };
        for index in order {
            let Some(tree) = trees.get(index) else { continue };
            let table = Table::root(tree, index, sink);
            for key in ["include", "extends"] {
                if let Some(node) = table.opt(key) {
                    let good = if key == "include" { node.items().iter().all(|n| n.text().is_some()) } else { node.text().is_some() };
                    debug_assert!(good || sink.any_error());
                }
            }
            if let Some(head) = table.opt("rubric").and_then(|n| n.table()) {
                match &mut raw.head {
                    Some(merged) => merged.overlay(&head),
                    None => raw.head = Some(head),
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
