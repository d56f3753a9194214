//! `manifest`: the files of the dossier have the hashes of its list, and are all listed. Must not look for who changed them.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use std::collections::BTreeMap;

use crate::base::points::Points;
use crate::check::Target;
use crate::model::inside::{CaseFile, Role};
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "manifest",
    title: Text::fixed("哈希清单", "list of hashes"),
    about: Text::fixed(include_str!("manifest.zh.md"), include_str!("manifest.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(_: &mut Args<'_>) -> Option<Ready> {
    Ready::papers(look)
}

fn look(case: &Case, _: &World) -> Vec<Observation> {
    let target = || Target::Other("manifest".to_owned());
    let lists: Vec<&CaseFile> = case.files.iter().filter(|f| f.role == Role::Manifest).collect();
    let Some(first) = lists.first() else {
        let said = Text::fixed("案卷没有哈希清单，不能核对文件有无改动", "there is no list of hashes, so changes of files cannot be told");
        let seen = vec![case.dossier_seen()];
        return vec![Observation::absent(said, seen, vec![target()]).about(target())];
    };
    // A list that was written where it lists (`sha256sum * > 哈希清单.txt`) has a line of itself, made before it was whole.
    let own = |name: &str| lists.iter().any(|list| list.name() == name);
    let lines: Vec<(&str, Line<'_>)> = lists
        .iter()
        .flat_map(|list| list.inside.iter().flat_map(|i| &i.manifest).map(move |(path, hash)| (plain(path), Line { hash, list })))
        .filter(|(name, _)| !own(name))
        .collect();
    if lines.is_empty() {
        let said = Text::fixed("哈希清单里没有一行看得懂", "no line of the list of hashes can be read");
        return vec![Observation::unclear(said, vec![first.place.clone().into()], vec![target()]).about(target())];
    }
    let mut listed: BTreeMap<&str, Vec<Line<'_>>> = BTreeMap::new();
    for (name, line) in lines {
        listed.entry(name).or_default().push(line);
    }
    compare(case, listed, first)
}

/// A name without folders, for lists are made from other places than the dossier lies in.
fn plain(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A line of a list.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    hash: &'a str,
    list: &'a CaseFile,
}

fn compare(case: &Case, mut listed: BTreeMap<&str, Vec<Line<'_>>>, first: &CaseFile) -> Vec<Observation> {
    let mut found = Vec::new();
    // Several files may have one name in different folders: those that are as listed first.
    let is = |file: &CaseFile, line: &Line<'_>| {
        file.inside.as_deref().is_some_and(|i| [&i.sha256, &i.sm3].into_iter().flatten().any(|own| own == line.hash))
    };
    let all = || case.files.iter().filter(|f| f.role != Role::Manifest);
    let (same, other): (Vec<&CaseFile>, Vec<&CaseFile>) =
        all().partition(|f| listed.get(f.name()).is_some_and(|lines| lines.iter().any(|l| is(f, l))));
    for file in &same {
        if let Some(lines) = listed.get_mut(file.name()) {
            lines.retain(|l| !is(file, l));
        }
    }
    let twins = files::twins(case);
    let name = |file: &CaseFile| files::called(file, twins.contains(file.name())).to_owned();
    let mut unlisted = Vec::new();
    for file in other {
        match listed.get_mut(file.name()).filter(|lines| !lines.is_empty()) {
            Some(lines) => {
                let line = lines.remove(0);
                found.push(changed(file, &name(file), &line));
            }
            // What is known of the case, and the list of contents, may have been written after the papers were listed.
            None if file.role == Role::Paper => unlisted.push(file),
            None => {}
        }
    }
    // A name that was found is listed more than once, by another hash or an older one.
    for file in &same {
        listed.remove(file.name());
    }
    if !unlisted.is_empty() {
        let (zh, en): (Vec<_>, Vec<_>) = unlisted.iter().map(|f| format!("“{}”", name(f))).map(|n| (n.clone(), n)).unzip();
        let (n, zh, en) = (unlisted.len(), zh.join("、"), en.join(", "));
        let said = say!("{n} 个文件没有列入哈希清单：{zh}", "files that are not in the list of hashes ({n}): {en}");
        found.push(told("unlisted", n, said, unlisted.into_iter().chain([first])));
    }
    let missing: Vec<(&str, &CaseFile)> = listed.into_iter().filter_map(|(name, lines)| Some((name, lines.first()?.list))).collect();
    if !missing.is_empty() {
        let (zh, en): (Vec<_>, Vec<_>) = missing.iter().map(|(n, _)| (format!("“{n}”"), format!("“{n}”"))).unzip();
        let (n, zh, en) = (missing.len(), zh.join("、"), en.join(", "));
        let said = say!("哈希清单列有而案卷里没有的文件 {n} 个：{zh}", "files of the list of hashes that the dossier has not ({n}): {en}");
        let mut lists: Vec<&CaseFile> = missing.into_iter().map(|(_, list)| list).collect();
        lists.dedup_by(|a, b| a.place == b.place);
        found.push(told("missing", n, said, lists.into_iter()));
    }
    found
}

fn changed(file: &CaseFile, name: &str, line: &Line<'_>) -> Observation {
    let inside = file.inside.as_deref();
    // Which of both hashes a line has is not written on it: only one that is neither tells of a change.
    if inside.is_some_and(|i| i.sha256.is_some() && i.sm3.is_some()) {
        let said = say!("“{name}”与哈希清单不符：列入清单后内容有改动", "“{name}” is not as listed: it was changed since");
        return told("changed", 1, said, [file, line.list].into_iter());
    }
    let said =
        say!("“{name}”没有读全，不能与哈希清单核对", "“{name}” was not read as a whole and cannot be compared with the list of hashes");
    let target = Target::Other("manifest:unread".to_owned());
    let seen = [file, line.list].into_iter().map(|f| f.place.clone().into()).collect();
    Observation::unclear(said, seen, vec![target.clone()]).about(target)
}

fn told<'a>(what: &str, n: usize, said: Text, places: impl Iterator<Item = &'a CaseFile>) -> Observation {
    let amount = Points::whole(i64::try_from(n).unwrap_or(i64::MAX));
    let seen = places.map(|f| f.place.clone().into()).collect();
    Observation::unmet(said, seen).about(Target::Other(format!("manifest:{what}"))).by(amount, Unit::Items)
}
