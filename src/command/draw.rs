//! `draw PATH -o DIR` 抽卷. Must not draw or give out cases: it ties settings, frame, panel and writer together.

use std::path::Path;

use super::{Streams, exit, mistaken, refuse, sheets};
use crate::assess::Run;
use crate::assess::beside;
use crate::assess::drawn;
use crate::assess::frame::Survey;
use crate::assess::run::Prepared;
use crate::base::mistake::{Mistake, Mistakes, Source};
use crate::base::problem;
use crate::cli::{Common, DrawPlan};
use crate::model::known;
use crate::panel::draw::frame;
use crate::panel::plan::{again, differences, plan as drawn_plan};
use crate::panel::settings::{self, DrawSettings, Known, Practice, ReviewerWords, Way};
use crate::record::plan::{FILE, Maker, Method, Plan, Rules, Source as Batch};
use crate::report::draw;
use crate::report::target::Kind;
use crate::report::write::{Output, WriteError};
use crate::say;

/// The seed when nobody gives one.
const SEED: u64 = 1;

/// Settings as read, and where they stand.
#[derive(Default)]
pub(super) struct Read {
    pub(super) settings: DrawSettings,
    reviewers: Option<Vec<ReviewerWords>>,
    pub(super) sources: Vec<Source>,
    pub(super) mistakes: Vec<Mistake>,
    /// Which source the reviewers are in.
    people: Option<usize>,
}

/// Draws, or draws again.
pub fn run(common: &Common, plan: DrawPlan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    // Extra marks are added to the draw that the batch was assessed by.
    let drawn = plan.repeat.as_ref().or(plan.extra.as_ref().and(plan.batch.as_ref()));
    let old = match drawn {
        Some(path) => match drawn::open(path) {
            Ok(old) => Some(old),
            Err(said) => return refuse([said], common, streams),
        },
        None => None,
    };
    if let (Some(path), Some(batch)) = (&plan.status, &plan.batch) {
        return match drawn::open(path) {
            Ok(old) => super::status::run(common, batch, &plan, &old, streams),
            Err(said) => refuse([said], common, streams),
        };
    }
    let Some(batch) = plan.batch.clone() else {
        return match old {
            Some(old) => repeat(common, &plan, &old, streams),
            None => Ok(exit::USAGE),
        };
    };
    let mut prepared = match (Run { hash: false, drawing: true, ..super::asked(&batch, &plan.grading, common) }).prepare() {
        Ok(prepared) => prepared,
        Err(error) => return super::refused(error, common, streams),
    };
    if let Some(old) = old {
        return match &plan.extra {
            Some(result) => super::extra::run(common, &plan, (&mut prepared, &batch, result), &old, streams),
            None => compare(common, &prepared, &old, streams),
        };
    }
    let mut read = read_settings(prepared.folder());
    overrule(&mut read.settings, &plan);
    if !read.mistakes.is_empty() {
        return mistaken(&read.mistakes, &read.sources, common, streams);
    }
    if let Some(said) = lacking(&read.settings) {
        return refuse([said], common, streams);
    }
    let numbers = read.settings.method == Some(Way::Numbers) || (read.settings.method.is_none() && !read.settings.numbers.is_empty());
    let mut survey = prepared.frame(numbers);
    frame::sort(&mut survey.cases);
    let (rules, practice, mistakes) = rules(&prepared, &read, &survey);
    if !mistakes.is_empty() {
        return mistaken(&mistakes, &read.sources, common, streams);
    }
    for problem in survey.problems.iter().filter(|p| problem::is_unread(&p.code)) {
        writeln!(streams.err, "{} {}", problem.code, problem.message.get(common.lang))?;
    }
    let seed = read.settings.seed.unwrap_or(SEED);
    let unread = survey.unread;
    let made = drawn_plan(maker(), source(&prepared), (rules, seed), survey.offices, survey.cases);
    let made = match made {
        Ok(made) => made,
        Err(said) => return refuse([said], common, streams),
    };
    let Some(out) = plan.out else { return Ok(exit::USAGE) };
    let written = begin(&made, &out, &batch).and_then(|output| {
        let asked = sheets::Asked { plan: &made, words: &read.settings.sheet, practice: &practice, only: None };
        let said = if plan.sheets { sheets::write(&output, &mut prepared, &asked, common, streams)? } else { None };
        output.finish().map(|_| said)
    });
    let said = match written {
        Ok(said) => said,
        Err(error) => return super::unwritten(&error, common, streams),
    };
    if !common.quiet {
        write!(streams.out, "{}", draw::summary(&made, common.lang))?;
        if let Some(said) = said {
            writeln!(streams.out, "{}", said.get(common.lang))?;
        }
        if read.settings.seed.is_none() {
            let said = say!(
                "没有写明种子，用了默认的 {SEED}；正式抽卷请先公布种子，再用 --seed 写明",
                "no seed was given, so {SEED} was used; publish one before a draw that counts and give it with --seed"
            );
            writeln!(streams.out, "{}", said.get(common.lang))?;
        }
        let shown = out.display();
        writeln!(streams.out, "{}", say!("已写入 {shown}", "written to {shown}").get(common.lang))?;
    }
    Ok(super::outcome(unread, false))
}

fn maker() -> Maker {
    Maker { name: "juanping".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

fn source(prepared: &Prepared) -> Batch {
    let batch = &prepared.batch;
    Batch {
        title: batch.title.clone(),
        year: batch.year,
        as_of: batch.as_of.clone(),
        stage: batch.stage.clone(),
        made_by: batch.made_by.clone(),
        scope: batch.scope.said.clone(),
    }
}

/// Reads `draw.toml` and `reviewers.toml`, where they are.
pub(super) fn read_settings(batch: &Path) -> Read {
    let (mut read, sink) = (Read::default(), Mistakes::default());
    let mut unread = Vec::new();
    for (name, code) in [(settings::DRAW, "S005"), (settings::REVIEWERS, "S006")] {
        let index = read.sources.len();
        match beside::source(batch, name, index, code) {
            Ok(None) => {}
            Ok(Some(source)) => {
                if name == settings::DRAW {
                    read.settings = settings::parse_draw(&source.text, index, &sink);
                } else {
                    read.people = Some(index);
                    read.reviewers = Some(settings::parse_reviewers(&source.text, index, &sink));
                }
                read.sources.push(source);
            }
            Err(failed) => {
                let (source, mistake) = *failed;
                read.sources.push(source);
                unread.push(mistake);
            }
        }
    }
    read.mistakes = settings::codes(sink.into_sorted(), read.people);
    read.mistakes.extend(unread);
    read
}

/// What the command line says goes before what the file says.
fn overrule(settings: &mut DrawSettings, plan: &DrawPlan) {
    settings.seed = plan.seed.or(settings.seed);
    if let Some(size) = &plan.size {
        (settings.size, settings.method) = (Some(size.clone()), Some(Way::Random));
    }
    settings.method = plan.method.or(settings.method);
}

/// What the method needs and nobody gave.
fn lacking(settings: &DrawSettings) -> Option<crate::base::text::Text> {
    match settings.method {
        Some(Way::Numbers) if settings.numbers.is_empty() => Some(say!(
            "指定案号要在批次文件夹的 draw.toml 中写 numbers = [11, 12]",
            "designated numbers need numbers = [11, 12] in draw.toml in the batch folder"
        )),
        Some(Way::Quota) if settings.quotas.is_empty() => Some(say!(
            "定额要在批次文件夹的 draw.toml 中写 [[quota]] 和 number = 1",
            "a quota needs [[quota]] with number = 1 in draw.toml in the batch folder"
        )),
        _ => None,
    }
}

fn rules(prepared: &Prepared, read: &Read, survey: &Survey) -> (Rules, Practice, Vec<Mistake>) {
    let sink = Mistakes::default();
    let offices: Vec<String> = survey.offices.iter().map(|o| o.name.to_string()).collect();
    let known = Known {
        office: &|name| prepared.office_id(name),
        offices: &offices,
        case_types: &prepared.choices(known::CASE_TYPE),
        groups: &prepared.choices(known::RECIPIENT_GROUP),
        year: prepared.batch.year,
        frame: &survey.cases,
        sink: &sink,
    };
    let mut rules = settings::rules(&read.settings, read.reviewers.as_deref(), &known);
    if !matches!(rules.method, Method::Random { .. }) {
        rules.minimums.clear();
    }
    let practice = settings::practice(&read.settings.sheet, &known);
    (rules, practice, settings::codes(sink.into_sorted(), read.people))
}

/// An output folder with the plan and its workbook in it.
pub(super) fn begin(plan: &Plan, out: &Path, batch: &Path) -> Result<Output, WriteError> {
    let output = Output::begin_as(Kind::Drawn, out, batch)?;
    let mut json = Vec::new();
    plan.write(&mut json).map_err(|e| output.failed(FILE, e))?;
    output.whole(FILE, &json)?;
    let book = draw::workbook(plan).map_err(|e| output.failed(draw::FILE, std::io::Error::other(e)))?;
    output.whole(draw::FILE, &book)?;
    Ok(output)
}

/// Draws again from the plan alone.
fn repeat(common: &Common, asked: &DrawPlan, old: &Plan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let mut given = old.clone();
    // A seed on the command line asks what another seed would draw.
    given.seed = asked.seed.unwrap_or(old.seed);
    let new = match again(&given) {
        Ok(new) => new,
        Err(said) => {
            writeln!(streams.err, "{}", said.get(common.lang))?;
            return Ok(exit::FOUND);
        }
    };
    let said = differences(old, &new);
    if said.is_empty() {
        let (n, seed) = (new.drawn.len(), new.seed);
        let line = say!("重抽结果与方案完全相同：种子 {seed}，抽中 {n} 件", "drawn again, the same in every part: seed {seed}, {n} cases");
        writeln!(streams.out, "{}", line.get(common.lang))?;
    } else {
        for line in &said {
            writeln!(streams.out, "{}", line.get(common.lang))?;
        }
    }
    if let Some(out) = &asked.out {
        // The plan itself is the only input, and must not be overwritten by what is drawn from it.
        let input = asked.repeat.as_deref().unwrap_or(Path::new("."));
        if let Err(error) = begin(&new, out, input).and_then(Output::finish) {
            return super::unwritten(&error, common, streams);
        }
    }
    Ok(if said.is_empty() { exit::GOOD } else { exit::FOUND })
}

/// Whether the batch still has the frame of the plan, and the plan can be drawn again.
fn compare(common: &Common, prepared: &Prepared, old: &Plan, streams: &mut Streams<'_>) -> anyhow::Result<u8> {
    let survey = prepared.frame(matches!(old.rules.method, Method::Numbers { .. }));
    let new = drawn_plan(old.tool.clone(), source(prepared), (old.rules.clone(), old.seed), survey.offices, survey.cases);
    let said = match new {
        Ok(new) => differences(old, &new),
        Err(said) => vec![said],
    };
    for line in &said {
        writeln!(streams.out, "{}", line.get(common.lang))?;
    }
    if said.is_empty() {
        let line = say!("批次没有变化，重抽结果与方案完全相同", "the batch is unchanged, and drawing again gives the plan");
        writeln!(streams.out, "{}", line.get(common.lang))?;
    }
    Ok(match (survey.unread, said.is_empty()) {
        (true, _) => exit::UNREAD,
        (false, true) => exit::GOOD,
        (false, false) => exit::FOUND,
    })
}
