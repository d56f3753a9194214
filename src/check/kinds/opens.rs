//! `opens`: every paper of the dossier opens, whole and without a password. Must not judge what stands on its pages.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use crate::model::inside::What;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "opens",
    title: Text::fixed("打得开", "opens"),
    about: Text::fixed(include_str!("opens.zh.md"), include_str!("opens.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(_: &mut Args<'_>) -> Option<Ready> {
    Ready::papers(look)
}

fn look(case: &Case, world: &World) -> Vec<Observation> {
    let mut found = Vec::new();
    for paper in files::looked(case, &[]) {
        let troubles = || paper.inside.troubles.iter();
        let told: Vec<&_> = troubles().filter(|t| t.what.hides()).collect();
        if told.is_empty() {
            continue;
        }
        let (mut zh, mut en, mut pages) = (Vec::new(), Vec::new(), Vec::new());
        for trouble in &told {
            let said = files::trouble(&trouble.what);
            let page = trouble.page.map(|p| (format!("第 {p} 页"), format!("page {p} "))).unwrap_or_default();
            zh.push(format!("{}{}", page.0, said.zh));
            en.push(format!("{}{}", page.1, said.en));
            pages.extend(trouble.page);
        }
        zh.dedup();
        en.dedup();
        pages.dedup();
        let (name, zh, en) = (paper.name(), zh.join("；"), en.join("; "));
        let said = say!("{name} {zh}", "{name} {en}");
        // Two readers that count differently, and what was not looked at for a limit, are no proof of a defect.
        let sure = told.iter().any(|t| t.what.is_defect() && !matches!(t.what, What::Counts(..)));
        found.push(if sure { paper.unmet(world, said, &pages) } else { paper.unclear(world, said, &pages) });
    }
    found
}
