//! Casts the cases of an office: outline, planted defects, marks, and the rows that are out of scope.
//! Must not write files.

use jiff::civil::date;

use super::defect::{Change, Defect, Twin};
use super::defects::DEFECTS;
use super::draw::Draw;
use super::marks::{self, Severity};
use super::office::Office;
use super::paper;
use super::planted::Planted;
use super::shape::Shape;
use super::story::{self, Registry, Story};
use super::timeline::{self, Delays};
use super::twins;
use crate::reference::workdays::Calendar;

/// How often each defect was planted so far, so that rare ones have their turn.
#[derive(Debug)]
pub struct Tally(Vec<u32>);

impl Default for Tally {
    fn default() -> Self {
        Self(vec![0; DEFECTS.len()])
    }
}

impl Tally {
    /// Whether, of a defect inside dossiers, one of the criteria was not affected yet under either rubric.
    fn is_first(&self, at: usize) -> bool {
        let seen = |id: &str| DEFECTS.iter().zip(&self.0).any(|(d, n)| *n > 0 && d.criteria.contains(&id));
        DEFECTS[at].is_inside() && DEFECTS[at].criteria.iter().any(|id| !seen(id))
    }

    /// Whether one of the criteria of a defect was not affected yet; of a defect inside dossiers, whether it was not planted yet.
    fn is_new(&self, at: usize) -> bool {
        if DEFECTS[at].is_inside() {
            return DEFECTS.iter().zip(&self.0).all(|(d, n)| *n == 0 || d.what != DEFECTS[at].what);
        }
        let seen =
            |id: &str| DEFECTS.iter().zip(&self.0).any(|(d, n)| *n > 0 && d.criminal == DEFECTS[at].criminal && d.criteria.contains(&id));
        self.0[at] == 0 && DEFECTS[at].criteria.iter().any(|id| !seen(id))
    }
}

/// The cases of one office.
#[derive(Debug)]
pub struct Cast {
    /// In scope and out, in order of their numbers.
    pub stories: Vec<Story>,
    /// What was planted.
    pub planted: Vec<Planted>,
}

/// Casts so many cases in scope.
pub fn cast(office: &Office, cases: u32, seed: u64, calendar: &Calendar, tally: &mut Tally) -> Cast {
    let mut registry = Registry::new(seed);
    let mut cast = Cast { stories: Vec::new(), planted: Vec::new() };
    let mut n = 0;
    while n < cases {
        let mut draw = Draw::new(seed, (u64::from(office.index) << 32) + u64::from(n) + 1);
        let outside_too = n == 0;
        n += one(office, calendar, n + 1 < cases, (tally, &mut registry, &mut cast), &mut draw);
        if outside_too || draw.chance(7) {
            cast.stories.push(outside(office, calendar, &mut registry, &mut draw));
        }
    }
    if !office.marked {
        let by_people = |id: &str| marks::CIVIL.iter().chain(marks::CRIMINAL).any(|m| m.id == id);
        cast.stories.iter_mut().for_each(|s| s.marks.clear());
        cast.planted.retain(|p| !by_people(p.criterion));
    }
    cast
}

/// One case, or two where a matter is registered twice; how many.
fn one(
    office: &Office,
    calendar: &Calendar,
    room: bool,
    (tally, registry, cast): (&mut Tally, &mut Registry, &mut Cast),
    draw: &mut Draw,
) -> u32 {
    let shape = Shape::draw(draw);
    let papers = paper::complete(&shape, draw);
    let (count, severity) = character(office, draw);
    // What a defect takes from the draw stays the same, so that every other case is as it was.
    let mended = |d: &Defect| office.mended && d.is_mendable();
    let twin = |twin: Twin| twins::find(twin, &shape, &papers, &cast.stories);
    let suits =
        |d: &Defect| d.suits(&shape, &papers, office, room) && if let Change::Shared(t) = d.change { twin(t).is_some() } else { true };
    let picked = pick(count, &suits, tally, draw);
    let shared = picked.iter().find_map(|d| if let Change::Shared(t) = d.change { Some((d, t, twin(t)?)) } else { None });
    let mut delays = Delays::default();
    let days_late: Vec<Option<u32>> = picked.iter().map(|d| d.change.delay(&mut delays, draw)).collect();
    let days = timeline::days(&shape, delays, calendar, draw);
    let mut story = story::clean(office, shape, &days, papers, registry, draw);
    // A number that is used twice is not drawn again.
    if office.archive && shared.is_none_or(|(_, t, _)| t != Twin::Number) {
        let skip = u32::from(shared.is_some_and(|(_, t, _)| t == Twin::Hole));
        story.set_text("archive_no", registry.archive_no(office, &shape, skip));
    }
    let twice = picked.iter().find(|d| matches!(d.change, Change::Again));
    let again = twice.map(|d| (d, registry.again(office, &story, draw)));
    let mut lost = marks::give(&mut story, severity, draw);
    for defect in picked.iter().filter(|d| !mended(d)) {
        defect.change.apply(&mut story, draw);
    }
    if let Some((defect, twin, at)) = shared {
        twins::share(twin, &mut story, &mut cast.stories[at]);
        if twin != Twin::Hole {
            let case_no = cast.stories[at].case_no();
            let plant = |c: &&'static str| Planted {
                office: office.name.clone(),
                case_no: case_no.clone(),
                criterion: c,
                what: defect.what.to_owned(),
            };
            cast.planted.extend(defect.criteria.iter().map(plant));
        }
    }
    lost.retain(|id| story.marks.contains_key(id));
    let mut plant = |story: &Story, criterion, what: String| {
        cast.planted.push(Planted { office: office.name.clone(), case_no: story.case_no(), criterion, what });
    };
    for (defect, late) in picked.iter().zip(days_late).filter(|(d, _)| !mended(d)) {
        for criterion in defect.criteria {
            plant(&story, criterion, late.map_or_else(|| defect.what.to_owned(), |n| format!("{}（{n} 天以上）", defect.what)));
        }
    }
    for criterion in lost {
        plant(&story, criterion, "评估专家扣分".to_owned());
    }
    cast.stories.push(story);
    let Some((defect, mut again)) = again else { return 1 };
    if office.archive {
        again.set_text("archive_no", registry.archive_no(office, &shape, 0));
    }
    marks::give(&mut again, Severity::Full, draw);
    for criterion in defect.criteria {
        cast.planted.push(Planted { office: office.name.clone(), case_no: again.case_no(), criterion, what: defect.what.to_owned() });
    }
    cast.stories.push(again);
    2
}

/// How many defects a case has, and how reviewers judge it.
fn character(office: &Office, draw: &mut Draw) -> (usize, Severity) {
    use Severity::{Bad, Full, Mild, Poor, Weak};
    let kinds = [(0, Full), (0, Mild), (1, Mild), (2, Mild), (1, Weak), (2, Weak), (2, Poor), (3, Poor), (4, Bad)];
    let weights: [u32; 9] = match office.quality {
        0 => [20, 7, 22, 10, 18, 10, 7, 4, 2],
        1 => [24, 8, 24, 11, 14, 9, 5, 4, 1],
        _ => [30, 8, 28, 10, 10, 6, 4, 3, 1],
    };
    let weighted: Vec<(u32, (usize, Severity))> = weights.into_iter().zip(kinds).collect();
    draw.weighted(&weighted)
}

/// Defects that do not get into each other's way; papers go before the list of papers is changed.
fn pick(count: usize, suits: &dyn Fn(&Defect) -> bool, tally: &mut Tally, draw: &mut Draw) -> Vec<Defect> {
    let mut picked: Vec<usize> = Vec::new();
    for turn in 0..count.max(1) {
        let free = |at: &usize| {
            let apart = |other: &usize| DEFECTS[*at].touches.iter().all(|t| !DEFECTS[*other].touches.contains(t));
            picked.iter().all(apart) && suits(&DEFECTS[*at])
        };
        let suiting: Vec<usize> = (0..DEFECTS.len()).filter(free).collect();
        let fresh: Vec<usize> = suiting.iter().copied().filter(|at| tally.is_new(*at)).collect();
        let rare: Vec<usize> = fresh.iter().copied().filter(|at| DEFECTS[*at].is_rare() || tally.is_first(*at)).collect();
        // What few cases can have, or none had yet, comes first, even where no defect was meant.
        let at = if !rare.is_empty() && draw.chance(if count == 0 { 50 } else { 95 }) {
            draw.pick(&rare)
        } else if turn >= count || suiting.is_empty() {
            break;
        } else if !fresh.is_empty() && draw.chance(85) {
            draw.pick(&fresh)
        } else {
            let weighted: Vec<(u32, usize)> = suiting.iter().map(|at| (DEFECTS[*at].weight, *at)).collect();
            draw.weighted(&weighted)
        };
        tally.0[at] += 1;
        picked.push(at);
    }
    picked.sort_by_key(|at| (!matches!(DEFECTS[*at].change, Change::Lose(_)), *at));
    picked.into_iter().map(|at| DEFECTS[at]).collect()
}

/// A row that is not graded: open, refused, ended, or closed in another year.
fn outside(office: &Office, calendar: &Calendar, registry: &mut Registry, draw: &mut Draw) -> Story {
    let shape = Shape::draw(draw);
    let state = draw.weighted(&[(40, "在办"), (15, "不予援助"), (15, "终止"), (30, "已结")]);
    let start = match state {
        "在办" => timeline::later(date(2024, 9, 2), draw.below(110)),
        // Closed in the year before, entered late.
        "已结" => timeline::later(date(2023, 2, 6), draw.below(60)),
        _ => timeline::later(date(2024, 1, 8), draw.below(200)),
    };
    let days = timeline::from_day(start, &shape, calendar, draw);
    let papers = paper::complete(&shape, draw);
    let mut story = story::clean(office, shape, &days, papers, registry, draw);
    story.set_text("state", state);
    let ended: &[&str] = match state {
        "在办" => &["judged_on", "document_received_on", "closed_on", "filed_on", "closing_way", "revisit", "adoption", "recovered"],
        "不予援助" => &[
            "assigned_on",
            "signed_on",
            "interviewed_on",
            "read_on",
            "hearing_on",
            "no_hearing_notice_on",
            "opinion_on",
            "judged_on",
            "document_received_on",
            "closed_on",
            "filed_on",
            "closing_way",
            "revisit",
            "adoption",
            "recovered",
            "attended",
            "lawyer",
            "firm",
            "firm_credit_code",
            "licensed_on",
            "practice_years",
            "replied_on",
        ],
        _ => &[],
    };
    for field in ended {
        story.facts.remove(field);
    }
    if state == "终止" {
        story.set_text("closing_way", "终止");
    }
    if state != "已结" {
        // Nothing is filed yet, and nothing listed.
        story.papers.clear();
        story.front.clear();
        story.lines = None;
    }
    story
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::demo::office::offices;

    /// What is planted in so many cases of twelve offices: criteria, those inside dossiers of either rubric; and rows of the table.
    fn planted(each: u32, seed: u64) -> (BTreeSet<(bool, &'static str)>, BTreeSet<String>) {
        let (calendar, mut tally) = (Calendar::embedded(), Tally::default());
        let (mut criteria, mut rows) = (BTreeSet::new(), BTreeSet::new());
        for office in offices(12, seed, true) {
            let cast = cast(&office, each, seed, &calendar, &mut tally);
            let criminal = |no: &str| cast.stories.iter().any(|s| s.case_no() == no && s.shape.is_criminal());
            criteria.extend(cast.planted.iter().map(|p| (!is_inside(p.criterion) && criminal(&p.case_no), p.criterion)));
            rows.extend(cast.planted.into_iter().map(|p| p.what));
        }
        (criteria, rows)
    }

    fn is_inside(criterion: &str) -> bool {
        criterion.starts_with(['K', 'X'])
    }

    #[test]
    fn every_criterion_has_its_turn() {
        let all = DEFECTS.iter().flat_map(|d| d.criteria.iter().map(|c| (d.criminal && !is_inside(c), *c)));
        let all: BTreeSet<_> = all.collect();
        for seed in 1..=40 {
            let (criteria, rows) = planted(20, seed);
            let missed: Vec<_> = all.difference(&criteria).collect();
            assert!(missed.is_empty(), "seed {seed}: {missed:?}");
            let kinds = DEFECTS.iter().filter(|d| !d.criminal && d.is_inside() && rows.contains(d.what)).count();
            assert!(kinds >= 25, "seed {seed}: {kinds}");
        }
    }

    #[test]
    fn every_row_inside_dossiers_has_its_turn_in_a_larger_batch() {
        for seed in 1..=10 {
            let (_, rows) = planted(60, seed);
            let missed: Vec<_> = DEFECTS.iter().filter(|d| d.is_inside() && !rows.contains(d.what)).map(|d| d.what).collect();
            assert!(missed.is_empty(), "seed {seed}: {missed:?}");
        }
    }
}
