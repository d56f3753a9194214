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
    /// Neither allowed nor told of here.
    elsewhere: Vec<Format>,
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
    let (allowed, elsewhere, refused) = (list("allowed"), list("elsewhere"), list("refused"));
    let wanted = Wanted {
        allowed: allowed?,
        elsewhere: elsewhere?,
        refused: refused?,
        named: args.table.flag("named", false),
        free: args.table.flag("free", false),
    };
    if wanted.allowed.is_empty() && wanted.refused.is_empty() && !wanted.named && !wanted.free {
        args.mistake("R005", say!("allowed、refused、named、free 至少写一项", "give at least one of allowed, refused, named, free"));
        return None;
    }
    Ready::papers(move |case, world| look(case, world, &wanted))
}

fn look(case: &Case, world: &World, wanted: &Wanted) -> Vec<Observation> {
    files::looked(case, &[]).filter_map(|paper| one(&paper, world, wanted)).collect()
}

/// The endings of packed formats; what such a file holds is told by names in its head, which may lie further in.
const PACKED: &[&str] = &["ofd", "docx", "docm", "xlsx", "xlsm", "xlsb", "ods", "et"];
/// Formats that are told by their first bytes without fail.
const SURE: &[Format] = &[
    Format::Pdf,
    Format::Jpeg,
    Format::Png,
    Format::Tiff,
    Format::Webp,
    Format::Gif,
    Format::Ofd,
    Format::Docx,
    Format::Sheet,
    Format::Ole,
];

/// The format of a file, where its content tells it; what may be one of several is taken for what it says to be.
fn told(format: Format, name: &str) -> Option<Format> {
    let ending = Format::ending(name).unwrap_or_default();
    let plain = Format::Text.fits(name) == Some(true);
    match format {
        Format::Archive if PACKED.contains(&ending.as_str()) => None,
        // A text may begin with a bracket.
        Format::Json | Format::Markup if plain => Some(Format::Text),
        Format::Text | Format::Markup if Format::Json.fits(name) == Some(true) => Some(Format::Json),
        Format::Text if Format::Markup.fits(name) == Some(true) => Some(Format::Markup),
        format => Some(format),
    }
}

fn one(paper: &Looked<'_>, world: &World, wanted: &Wanted) -> Option<Observation> {
    // Of an empty file, or one that the disk would not give, nothing is known.
    if paper.inside.troubles.iter().any(|t| matches!(t.what, What::Empty | What::Unread)) {
        return None;
    }
    let format = told(paper.inside.format, paper.file.name())?;
    let (name, Text { zh, en }) = (paper.name(), format.title());
    let zh = if zh.starts_with(|c: char| c.is_ascii()) { format!(" {zh}") } else { zh.into_owned() };
    let odd = match format {
        // Content that is no known format, under an ending whose files always are.
        Format::Unknown => SURE.iter().any(|f| f.fits(paper.file.name()) == Some(true)),
        known => known.fits(paper.file.name()) == Some(false),
    };
    if wanted.named && odd {
        let said = match format {
            Format::Unknown => say!(
                "{name} 的内容与扩展名不符，认不出是什么格式（文件可能损坏，或者被加密软件处理过）",
                "{name} is not what its ending says, nor any known format; it may be broken or encrypted"
            ),
            Format::Ole => say!(
                "{name} 的内容其实是{zh}，与扩展名不符（加了密码的 Word、Excel 文件也是这样）",
                "{name} is really {en}; its ending says otherwise (files with a password look like this as well)"
            ),
            _ => say!("{name} 的内容其实是{zh}，与扩展名不符", "{name} is really {en}; its ending says otherwise"),
        };
        return Some(paper.unmet(world, said, &[]));
    }
    if wanted.refused.contains(&format) {
        return Some(paper.unmet(world, say!("{name} 是{zh}，不应放在案卷里", "{name} is {en} and does not belong into a dossier"), &[]));
    }
    if !wanted.allowed.is_empty() && !wanted.allowed.contains(&format) && !wanted.elsewhere.contains(&format) {
        let (usual_zh, usual_en): (Vec<_>, Vec<_>) = wanted.allowed.iter().map(|f| (f.id(), f.id())).unzip();
        let (usual_zh, usual_en) = (usual_zh.join("、"), usual_en.join(", "));
        let said = say!("{name} 是{zh}，归档应为 {usual_zh}", "{name} is {en}; what is filed is {usual_en}");
        return Some(paper.unmet(world, said, &[]));
    }
    let locked = paper.inside.troubles.iter().any(|t| t.what == What::Restricted);
    (wanted.free && locked).then(|| {
        let Text { zh, en } = files::trouble(&What::Restricted);
        paper.unmet(world, say!("{name} {zh}", "{name} {en}"), &[])
    })
}
