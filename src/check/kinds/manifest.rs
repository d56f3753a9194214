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
    Ready::case(look)
}

fn look(case: &Case, _: &World) -> Vec<Observation> {
    if let Some(said) = files::nothing(case) {
        return said;
    }
    let target = || Target::Other("manifest".to_owned());
    let lists: Vec<&CaseFile> = case.files.iter().filter(|f| f.role == Role::Manifest).collect();
    let Some(first) = lists.first() else {
        let said = Text::fixed("案卷没有哈希清单，不能核对文件有无改动", "there is no list of hashes, so changes of files cannot be told");
        let seen = vec![case.dossier.clone().unwrap_or_else(|| case.home.clone()).into()];
        return vec![Observation::absent(said, seen, vec![target()]).about(target())];
    };
    let mut listed: BTreeMap<&str, (&str, &CaseFile)> = BTreeMap::new();
    for list in &lists {
        for (name, hash) in list.inside.iter().flat_map(|i| &i.manifest) {
            listed.insert(name.rsplit('/').next().unwrap_or(name), (hash, list));
        }
    }
    if listed.is_empty() {
        let said = Text::fixed("哈希清单里没有一行看得懂", "no line of the list of hashes can be read");
        return vec![Observation::unclear(said, vec![first.place.clone().into()], vec![target()]).about(target())];
    }
    let mut found = Vec::new();
    let mut tell = |said, file: &CaseFile, list: Option<&CaseFile>| {
        let seen = std::iter::once(file).chain(list).map(|f| f.place.clone().into()).collect();
        found.push(Observation::unmet(said, seen).about(target()).by(Points::whole(1), Unit::Items));
    };
    for file in case.files.iter().filter(|f| f.role != Role::Manifest) {
        let name = file.name();
        match listed.remove(name) {
            None if file.role == Role::Record => {}
            None => tell(say!("“{name}”没有列入哈希清单", "{name:?} is not in the list of hashes"), file, Some(first)),
            Some((hash, list)) => {
                let inside = file.inside.as_deref();
                let own = inside.and_then(|i| i.sha256.as_deref());
                let same = own == Some(hash) || inside.and_then(|i| i.sm3.as_deref()) == Some(hash);
                if own.is_some() && !same {
                    tell(
                        say!("“{name}”与哈希清单不符，列入清单后有改动", "{name:?} is not as listed: it was changed since"),
                        file,
                        Some(list),
                    );
                }
            }
        }
    }
    for (name, (_, list)) in listed {
        tell(say!("哈希清单列有“{name}”，案卷里没有", "the list of hashes has {name:?}, the dossier has not"), list, None);
    }
    found
}
