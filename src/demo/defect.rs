//! What a planted defect is, which cases it fits and how it changes a case. The defects themselves stand in `defects.rs`
//! and `flaws.rs`.
//! Must not know how a rubric decides: which criteria a defect affects is said beside it, and tests compare.

use super::draw::Draw;
use super::flaw::Flaw;
use super::office::{Binding, Office, Store};
use super::paper::{FRONT, Paper};
use super::shape::{Hearing, Shape, Stage};
use super::story::Story;
use super::text::Slip;
use super::timeline::Delays;

/// A step with a limit in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// 审查决定
    Decide,
    /// 指派
    Assign,
    /// 告知办案机关
    Reply,
    /// 签订委托协议
    Sign,
    /// 书面意见
    Opinion,
    /// 结案登记
    Close,
    /// 归档
    File,
}

/// How a defect changes a case.
#[derive(Debug, Clone, Copy)]
pub enum Change {
    /// A step is late by 1 up to so many days.
    Late(Step, u32),
    /// A step is late, and a reason is registered that a person has to look at.
    Excused(Step, &'static str),
    /// These papers are not there.
    Lose(&'static [&'static str]),
    /// Nothing is registered.
    Blank(&'static str),
    /// Something else is registered.
    Write(&'static str, &'static str),
    /// Anything else.
    Special(fn(&mut Story, &mut Draw)),
    /// The same matter is registered again under the next number.
    Again,
    /// A flaw of the files of a paper, or of the dossier as a whole.
    File(&'static str, Flaw),
    /// A slip in the words of a paper.
    Words(&'static str, fn(&Story, &mut Draw) -> Slip),
    /// Something that an earlier case of the office has too.
    Shared(Twin),
}

/// What two cases share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twin {
    /// A scanned page.
    Scan,
    /// The words of a talk.
    Text,
    /// The archive number.
    Number,
    /// Nothing: a number was left out between them.
    Hole,
}

/// Cases that a defect fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fits {
    /// All.
    All,
    /// 申请
    Applied,
    /// 通知
    Notified,
    /// 通知 or 商请
    ByNotice,
    /// 开庭
    Heard,
    /// 不开庭审理
    Written,
    /// With a judgment
    Judged,
    /// 审查起诉 and 审判
    Files,
    /// 审判, heard
    Trial,
    /// 可能判处无期徒刑、死刑
    Severe,
}

/// What an office must keep for a defect to be possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing special.
    Nothing,
    /// All papers as files of their own.
    Scans,
    /// All papers in one file.
    Whole,
    /// Scans with numbers.
    Numbers,
    /// Lists of hashes.
    Hashes,
    /// Numbers of files and bytes in the register.
    Totals,
    /// Archive numbers in the register.
    Archive,
    /// A `dossier.json`.
    Json,
    /// A score sheet.
    Sheet,
    /// Checklist columns.
    Ticks,
}

/// A defect.
#[derive(Debug, Clone, Copy)]
pub struct Defect {
    /// Which rubric its criteria belong to.
    pub criminal: bool,
    /// Criteria that are then unmet or unclear.
    pub criteria: &'static [&'static str],
    /// In words.
    pub what: &'static str,
    /// How often, among others.
    pub weight: u32,
    /// Parts of a case that it uses: two defects of one case share none.
    pub touches: &'static [&'static str],
    /// Cases.
    pub fits: Fits,
    /// Offices.
    pub needs: Needs,
    /// The change.
    pub change: Change,
}

impl Defect {
    /// Whether it lies in the files, or in what two dossiers share.
    pub fn is_inside(&self) -> bool {
        self.criteria.iter().all(|c| c.starts_with(['K', 'X']))
    }

    /// Whether it can be put right later without making anything of the past anew.
    pub fn is_mendable(&self) -> bool {
        matches!(self.change, Change::Lose(_))
    }

    /// Whether few cases can have it.
    pub fn is_rare(&self) -> bool {
        let applied = self.criminal && self.fits == Fits::Applied;
        matches!(self.fits, Fits::Written | Fits::Severe | Fits::Trial)
            || applied
            || matches!(self.needs, Needs::Whole | Needs::Numbers | Needs::Hashes)
            || [["A04"], ["J02"]].iter().any(|c| self.criteria == c)
    }

    /// Whether it can be planted in this case.
    ///
    /// `room` says whether another case may follow.
    pub fn suits(&self, shape: &Shape, papers: &[Paper], office: &Office, room: bool) -> bool {
        if self.criminal != shape.is_criminal() || (matches!(self.change, Change::Again) && !room) {
            return false;
        }
        let case = match self.fits {
            Fits::All => true,
            Fits::Applied => !shape.by_notice(),
            Fits::Notified => shape.channel == "通知",
            Fits::ByNotice => shape.by_notice(),
            Fits::Heard => shape.hearing == Hearing::Held,
            Fits::Written => shape.hearing == Hearing::Written,
            Fits::Judged => shape.hearing != Hearing::None,
            Fits::Files => matches!(shape.stage, Some(Stage::Prosecution | Stage::Trial)),
            Fits::Trial => shape.stage == Some(Stage::Trial) && shape.hearing == Hearing::Held,
            Fits::Severe => shape.severe,
        };
        // Where all papers are scanned as one the list of papers is the key to them.
        let bound = office.binding != Binding::Papers;
        if bound && self.touches.contains(&"list") && !matches!(self.needs, Needs::Whole | Needs::Numbers) {
            return false;
        }
        let office = match self.needs {
            Needs::Nothing => true,
            Needs::Scans => office.store == Store::Scanned && !bound,
            Needs::Whole => office.binding == Binding::Whole,
            Needs::Numbers => office.binding == Binding::Numbers,
            Needs::Hashes => office.hashes.is_some(),
            Needs::Totals => office.totals,
            // Only where files are looked at, so that registers alone hold defects of registers.
            Needs::Archive => office.archive && office.store == Store::Scanned,
            Needs::Json => office.dossier_json,
            Needs::Sheet => office.score_sheet,
            Needs::Ticks => office.store == Store::Paper,
        };
        case && office && self.change.suits(shape, papers)
    }
}

impl Change {
    fn suits(&self, shape: &Shape, papers: &[Paper]) -> bool {
        match self {
            // Papers were added after a notice: the days in between do not count, which would hide the delay.
            Self::Late(Step::Decide, _) => !shape.supplement,
            Self::Lose(documents) => documents.iter().any(|d| papers.iter().chain(FRONT).any(|p| p.id == *d)),
            Self::File(id, flaw) => id.is_empty() || papers.iter().any(|p| p.id == *id && flaw.suits(p)),
            Self::Words(id, _) => papers.iter().any(|p| p.id == *id),
            _ => true,
        }
    }

    /// Delays for the dates of the case; how many days late, for the words.
    pub fn delay(&self, delays: &mut Delays, draw: &mut Draw) -> Option<u32> {
        let (step, most) = match self {
            Self::Late(step, most) => (*step, *most),
            Self::Excused(step, _) => (*step, 9),
            _ => return None,
        };
        let days = draw.between(1, most);
        let slot = match step {
            Step::Decide => &mut delays.decide,
            Step::Assign => &mut delays.assign,
            Step::Reply => &mut delays.reply,
            Step::Sign => &mut delays.sign,
            Step::Opinion => &mut delays.opinion,
            Step::Close => &mut delays.close,
            Step::File => &mut delays.file,
        };
        *slot = days;
        Some(days)
    }

    /// Changes what is said of the case.
    pub fn apply(&self, story: &mut Story, draw: &mut Draw) {
        match self {
            // What is shared with another case is not known here.
            Self::Late(..) | Self::Again | Self::Shared(_) => {}
            Self::File(id, flaw) => story.flaws.push((id, *flaw)),
            Self::Words(id, slip) => {
                let slip = slip(story, draw);
                story.slips.push((id, slip));
            }
            Self::Excused(_, flag) => story.set_text(flag, "是"),
            Self::Lose(documents) => story.lose(documents),
            Self::Blank(field) => drop(story.facts.remove(field)),
            Self::Write(field, text) => story.set_text(field, *text),
            Self::Special(change) => change(story, draw),
        }
    }
}
