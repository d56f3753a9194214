//! `colour`: papers with seals or red heads are scanned in colour. Must not look for the seal itself.

use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::{Kind, Observation, Ready, Unit};
use crate::model::inside::Colour;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "colour",
    title: Text::fixed("彩色扫描", "scanned in colour"),
    about: Text::fixed(include_str!("colour.zh.md"), include_str!("colour.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let documents = args.documents("documents")?;
    Ready::case(move |case, world| {
        if let Some(said) = files::nothing(case) {
            return said;
        }
        let (mut found, mut scans) = (Vec::new(), false);
        for paper in files::looked(case, &documents) {
            let pages = || (1_u32..).zip(&paper.inside.pages).filter_map(|(n, p)| p.scan.as_ref().map(|s| (n, s.colour)));
            scans |= pages().next().is_some();
            let of = |wanted: &dyn Fn(Colour) -> bool| pages().filter(|(_, c)| wanted(*c)).map(|(n, _)| n).collect::<Vec<u32>>();
            let (plain, open) = (of(&|c| matches!(c, Colour::Grey | Colour::Bitonal)), of(&|c| c == Colour::Unknown));
            let name = paper.name();
            if !plain.is_empty() {
                let at = files::ranges(&plain);
                let (zh, en) = (&at.zh, &at.en);
                let said = say!(
                    "{name} 第 {zh} 页是黑白或灰度扫描，印章、红头看不出颜色",
                    "{name} page {en} was scanned without colour; seals do not show"
                );
                found.push(paper.unmet(world, said, &plain));
            }
            if !open.is_empty() {
                let at = files::ranges(&open);
                let (zh, en) = (&at.zh, &at.en);
                found.push(paper.unclear(
                    world,
                    say!("{name} 第 {zh} 页的色彩模式看不出", "{name} page {en}: its colours cannot be told"),
                    &open,
                ));
            }
        }
        if scans { found } else { vec![Observation::not_applicable()] }
    })
}
