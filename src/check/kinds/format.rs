//! `format`: papers are of the formats that may be filed, and are what their names say. Must not open them: that is for `opens`.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::files::Looked;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use crate::model::format::Format;
use crate::model::inside::What;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "format",
    title: Text::fixed("文件格式", "format of files"),
    about: Text::fixed(include_str!("format.zh.md"), include_str!("format.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

/// What is asked of a file.
#[derive(Debug)]
struct Wanted {
    allowed: Vec<Format>,
    refused: Vec<Format>,
    named: bool,
    free: bool,
}

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let words = Format::words();
    let list = |key| {
        let nodes = args.table.opt(key).map(crate::base::tree::Node::items).unwrap_or_default();
        nodes.iter().map(|n| n.word(&words)).collect::<Option<Vec<Format>>>()
    };
    let (allowed, refused) = (list("allowed"), list("refused"));
    let wanted =
        Wanted { allowed: allowed?, refused: refused?, named: args.table.flag("named", false), free: args.table.flag("free", false) };
    if wanted.allowed.is_empty() && wanted.refused.is_empty() && !wanted.named && !wanted.free {
        args.mistake("R005", say!("allowed、refused、named、free 至少写一项", "give at least one of allowed, refused, named, free"));
        return None;
    }
    Ready::case(move |case, world| look(case, world, &wanted))
}

fn look(case: &Case, world: &World, wanted: &Wanted) -> Vec<Observation> {
    files::nothing(case).unwrap_or_else(|| files::looked(case, &[]).filter_map(|paper| one(&paper, world, wanted)).collect())
}

fn one(paper: &Looked<'_>, world: &World, wanted: &Wanted) -> Option<Observation> {
    let format = paper.inside.format;
    // Of an empty file, or one that the disk would not give, nothing is known.
    if paper.inside.troubles.iter().any(|t| matches!(t.what, What::Empty | What::Unread)) {
        return None;
    }
    let (name, Text { zh, en }) = (paper.name(), format.title());
    if wanted.named && format != Format::Unknown && format.fits(paper.file.name()) == Some(false) {
        let said = say!("{name} 的内容其实是{zh}，与扩展名不符", "{name} is really {en}; its ending says otherwise");
        return Some(paper.unmet(world, said, &[]));
    }
    if wanted.refused.contains(&format) {
        return Some(paper.unmet(world, say!("{name} 是{zh}，不应放在案卷里", "{name} is {en} and does not belong into a dossier"), &[]));
    }
    if !wanted.allowed.is_empty() && !wanted.allowed.contains(&format) {
        let usual = wanted.allowed.iter().map(|f| f.id()).collect::<Vec<_>>();
        let (usual_zh, usual_en) = (usual.join("、"), usual.join(", "));
        let said = say!("{name} 是{zh}，归档用 {usual_zh}", "{name} is {en}; what is filed is {usual_en}");
        return Some(paper.unmet(world, said, &[]));
    }
    let locked = paper.inside.troubles.iter().any(|t| t.what == What::Restricted);
    (wanted.free && locked).then(|| {
        let said = files::trouble(&What::Restricted);
        let (zh, en) = (&said.zh, &said.en);
        paper.unmet(world, say!("{name} {zh}", "{name} {en}"), &[])
    })
}
