//! `rubric test`: runs the examples that rubrics give of themselves. Must not know the command line.

use jiff::civil::{Date, date};

use super::ask;
use crate::base::mistake::Spot;
use crate::base::points::Points;
use crate::base::text::Text;
use crate::check::World;
use crate::model::case::Case;
use crate::model::vocabulary::Vocabulary;
use crate::reference::workdays::Calendar;
use crate::rubric::given::Example;
use crate::rubric::{Rubric, Rubrics, Scheme};
use crate::say;
use crate::score::score;

/// As-of date of examples that name none.
const AS_OF: Date = date(2024, 12, 31);

/// An example that did not come out as expected.
#[derive(Debug)]
pub struct Miss {
    /// Rubric id.
    pub rubric: String,
    /// Criterion id.
    pub criterion: String,
    /// What was expected and what came.
    pub said: Text,
    /// Where the example stands.
    pub at: Spot,
}

/// Runs every example; gives their number and those that failed.
pub fn run(mut rubrics: Rubrics) -> (usize, Vec<Miss>) {
    let vocabulary: Vocabulary = std::mem::take(&mut rubrics.vocabulary);
    let mut world = World { as_of: AS_OF, period: World::period(AS_OF, None, None), calendar: Calendar::embedded(), vocabulary };
    let (mut count, mut misses) = (0, Vec::new());
    for rubric in rubrics.all() {
        for (i, criterion) in rubric.criteria.iter().enumerate() {
            for example in &criterion.examples {
                world.as_of = example.as_of.unwrap_or(AS_OF);
                world.period = World::period(world.as_of, None, None);
                count += 1;
                if let Some(said) = miss(rubric, i, example, &world) {
                    let id = criterion.id.to_string();
                    misses.push(Miss { rubric: rubric.id.to_string(), criterion: id, said, at: example.at.clone() });
                }
            }
        }
    }
    (count, misses)
}

fn miss(rubric: &Rubric, at: usize, example: &Example, world: &World) -> Option<Text> {
    let cases: Vec<&Case> = example.cases.iter().collect();
    let first = *cases.first()?;
    let seen = ask::office(rubric, &cases, world);
    let asked = ask::case(rubric, first, 0, &seen, world);
    let scored = score(rubric, asked, ask::red_lines(rubric, first));
    let found = scored.criteria.get(at)?;
    let said: Vec<&str> = found.observations.iter().map(|(o, _)| &*o.said.zh).collect();
    let said = said.join("；");
    let show = |(low, high): (Points, Points)| if low == high { low.to_string() } else { format!("[{low}, {high}]") };
    if found.outcome != example.outcome {
        let (want, got) = (example.outcome.id(), found.outcome.id());
        return Some(say!("应为 {want}，得到 {got}：{said}", "expected {want}, got {got}"));
    }
    if let Some(want) = example.lost
        && want != found.lost
    {
        let (want, got) = (show(want), show(found.lost));
        return Some(say!("应扣 {want} 分，扣了 {got} 分：{said}", "expected to lose {want}, lost {got}"));
    }
    if let (Some(want), Scheme::Levels { levels }) = (&example.level, &rubric.scheme) {
        let got = found.level.and_then(|l| levels.get(l)).map_or("", |l| &**l);
        if got != want {
            return Some(say!("应为 {want}，得到 {got}", "expected {want}, got {got}"));
        }
    }
    None
}
