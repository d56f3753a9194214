//! `upright`: scanned pages stand straight: their lines are not skewed and do not run from top to bottom. Must not turn them.

use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::args::Args;
use crate::check::files;
use crate::check::{Kind, Observation, Ready, Unit, World};
use crate::model::case::Case;
use crate::say;

/// The kind.
pub const KIND: Kind = Kind {
    name: "upright",
    title: Text::fixed("不歪斜不横倒", "upright"),
    about: Text::fixed(include_str!("upright.zh.md"), include_str!("upright.md")),
    units: &[Unit::Items],
    human: false,
    ready,
};

fn ready(args: &mut Args<'_>) -> Option<Ready> {
    let most = args.table.need("most")?.points()?;
    Ready::case(move |case, world| look(case, world, most))
}

fn look(case: &Case, world: &World, most: Points) -> Vec<Observation> {
    if let Some(said) = files::nothing(case) {
        return said;
    }
    let (mut found, mut scans) = (Vec::new(), false);
    for paper in files::looked(case, &[]) {
        let (mut skewed, mut lying, mut unseen, mut worst) = (Vec::new(), Vec::new(), Vec::new(), 0_u16);
        for (number, page) in (1_u32..).zip(&paper.inside.pages) {
            let Some(scan) = &page.scan else { continue };
            scans = true;
            let Some(looks) = &scan.looks else {
                unseen.push(number);
                continue;
            };
            let skew = looks.skew.map_or(0, i16::unsigned_abs);
            if Points::whole(i64::from(skew)) > most * Points::whole(100) {
                skewed.push(number);
                worst = worst.max(skew);
            }
            // A tag may turn the page when it is shown.
            if looks.sideways.is_some_and(|s| s != (page.turned % 2 == 1)) {
                lying.push(number);
            }
        }
        let name = paper.name();
        if !skewed.is_empty() {
            let at = files::ranges(&skewed);
            let (zh, en, degrees) = (&at.zh, &at.en, format!("{}.{}", worst / 100, worst % 100 / 10));
            let said = say!(
                "{name} 第 {zh} 页歪斜约 {degrees} 度，超过 {most} 度",
                "{name} page {en} is skewed by {degrees} degrees, over {most}"
            );
            found.push(paper.unmet(world, said, &skewed));
        }
        if !lying.is_empty() {
            let at = files::ranges(&lying);
            let (zh, en) = (&at.zh, &at.en);
            found.push(paper.unmet(world, say!("{name} 第 {zh} 页横放，文字竖着走", "{name} page {en} lies on its side"), &lying));
        }
        if !unseen.is_empty() {
            let at = files::ranges(&unseen);
            let (zh, en) = (&at.zh, &at.en);
            found.push(paper.unclear(
                world,
                say!("{name} 第 {zh} 页没有看图像", "the picture of {name} page {en} was not looked at"),
                &unseen,
            ));
        }
    }
    if scans { found } else { vec![Observation::not_applicable()] }
}
