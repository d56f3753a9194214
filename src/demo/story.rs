//! One synthetic case with everything that a register, a dossier and a score sheet say of it.
//! Must not write files or choose defects.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::{Date, date};

use super::draw::Draw;
use super::flaw::Flaw;
use super::office::{Office, SAMPLE};
use super::paper::{FRONT, Line, Paper, lines};
use super::person;
use super::shape::{Hearing, Kind, Shape, Stage};
use super::text::Slip;
use super::timeline::Days;
use crate::reference::identifiers::canonical_case_no;

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A day.
    Day(Date),
    /// Words.
    Text(String),
    /// A number.
    Number(u32),
    /// So many halves: marks go in steps of half a point.
    Halves(u32),
}

/// Values by field id.
pub type Facts = BTreeMap<&'static str, Cell>;

/// A reviewer's mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Points, or a decision on a red line.
    pub given: Cell,
    /// Why points were taken off.
    pub reason: &'static str,
}

/// One case.
#[derive(Debug, Clone)]
pub struct Story {
    /// Outline.
    pub shape: Shape,
    /// Number as registered.
    pub number: String,
    /// What the register says.
    pub facts: Facts,
    /// What `dossier.json` says where it says something else.
    pub in_dossier: Facts,
    /// What the register would say without defects.
    pub original: Facts,
    /// A second row that registers the same case.
    pub second_row: Option<Facts>,
    /// What stands in front of them.
    pub front: Vec<Paper>,
    /// Papers that are there.
    pub papers: Vec<Paper>,
    /// Papers that the checklist says are not there.
    pub ticked_off: Vec<&'static str>,
    /// The list of papers, if there is one.
    pub lines: Option<Vec<Line>>,
    /// Papers that were not scanned though listed.
    pub unscanned: Vec<&'static str>,
    /// Marks by criterion.
    pub marks: BTreeMap<&'static str, Mark>,
    /// Who marked it.
    pub reviewer: String,
    /// Seed of the batch, for the words of its papers.
    pub seed: u64,
    /// Which words its papers use: another number for each case.
    pub voice: u64,
    /// Slips in the words of papers, by document.
    pub slips: Vec<(&'static str, Slip)>,
    /// Flaws of files, by document; by none of the dossier as a whole.
    pub flaws: Vec<(&'static str, Flaw)>,
    /// A scan that lies in the dossier of another case too, and the number of that.
    pub shared: Option<(&'static str, String)>,
    /// Something of it lies in another dossier too.
    pub twin: bool,
    /// A paper whose words are those of another case.
    pub echo: Option<(&'static str, Box<Story>)>,
}

impl Story {
    /// The number in its one spelling.
    pub fn case_no(&self) -> String {
        canonical_case_no(&self.number)
    }

    /// A day of the register.
    pub fn day(&self, field: &str) -> Option<Date> {
        match self.facts.get(field) {
            Some(Cell::Day(day)) => Some(*day),
            _ => None,
        }
    }

    /// Registers a day.
    pub fn set_day(&mut self, field: &'static str, day: Date) {
        self.facts.insert(field, Cell::Day(day));
    }

    /// Registers words.
    pub fn set_text(&mut self, field: &'static str, text: impl Into<String>) {
        self.facts.insert(field, Cell::Text(text.into()));
    }

    /// Words of the register.
    pub fn text(&self, field: &str) -> &str {
        match self.facts.get(field) {
            Some(Cell::Text(text)) => text,
            _ => "",
        }
    }

    /// Whether it has a paper.
    pub fn holds(&self, document: &str) -> bool {
        self.papers.iter().any(|p| p.id == document)
    }

    /// Takes papers away, from the list too, whose pages run on.
    pub fn lose(&mut self, documents: &[&'static str]) {
        for papers in [&mut self.papers, &mut self.front] {
            papers.retain(|p| !documents.contains(&p.id));
        }
        self.ticked_off.extend(documents);
        self.lines = Some(lines(&self.papers));
    }
}

/// What is drawn on while the cases of an office are made.
#[derive(Debug, Default)]
pub struct Registry {
    /// Identity card numbers already given.
    pub cards: HashSet<String>,
    serials: BTreeMap<(&'static str, i16), u32>,
    seed: u64,
    voices: u64,
    archive: BTreeMap<&'static str, u32>,
}

impl Registry {
    /// One for an office of a batch with this seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// The next archive number (档号) of a series; `skip` leaves out so many.
    pub fn archive_no(&mut self, office: &Office, shape: &Shape, skip: u32) -> String {
        let series = if shape.is_criminal() { "XS" } else { "MS" };
        let last = self.archive.entry(series).or_default();
        *last += 1 + skip;
        format!("{}-FY{series}-2024-{:04}", office.id, *last)
    }

    /// Words that no other case of the batch uses.
    fn voice(&mut self, office: &Office) -> u64 {
        self.voices += 1;
        (1 << 63) | (u64::from(office.index) << 32) | self.voices
    }

    /// The next case number, in one of the spellings that offices mix.
    pub fn number(&mut self, office: &Office, shape: &Shape, year: i16, draw: &mut Draw) -> String {
        let (short, letter) = (&office.short, shape.letter());
        let serial = self.serials.entry((letter, year)).or_default();
        *serial += 1;
        let n = *serial;
        // Mostly the office's own way, now and then another hand.
        let hand = if draw.chance(90) { office.spelling % 5 } else { draw.index(5) };
        match hand {
            1 => format!("{short}援{letter}字〔{year}〕第{n}号"),
            2 => format!("{short}援{letter}[{year}]{n}号"),
            3 => format!("{short}援{letter}（{year}）{n:03}号"),
            4 => format!("{short}援{letter}〔{year}〕第{n:04}号"),
            _ => format!("{short}援{letter}〔{year}〕{n}号"),
        }
    }
}

impl Registry {
    /// The same matter under another number.
    pub fn again(&mut self, office: &Office, story: &Story, draw: &mut Draw) -> Story {
        let began = story.day("applied_on").or(story.day("notified_on")).map_or(2024, Date::year);
        Story { number: self.number(office, &story.shape, began, draw), voice: self.voice(office), ..story.clone() }
    }
}

struct Recipient {
    group: &'static str,
    born: (u32, u32),
    female: bool,
}

fn recipient(shape: &Shape, draw: &mut Draw) -> Recipient {
    let any = |group| Recipient { group, born: (1964, 2003), female: false };
    let groups: &[(u32, u8)] = if shape.is_criminal() {
        &[(12, 1), (10, 3), (10, 4), (68, 7)]
    } else {
        &[(34, 0), (14, 2), (10, 3), (12, 4), (12, 5), (8, 6), (10, 7)]
    };
    let mut one = match draw.weighted(groups) {
        0 => any("农民工"),
        1 => Recipient { born: (2006, 2008), ..any("未成年人") },
        2 => Recipient { born: (1950, 1962), ..any("老年人") },
        3 => any("残疾人"),
        4 => Recipient { female: true, ..any("妇女") },
        5 => any("农民"),
        6 => any("低保人员"),
        _ => any("其他"),
    };
    one.female |= draw.chance(if shape.is_criminal() { 15 } else { 40 });
    one
}

fn cause(shape: &Shape, draw: &mut Draw) -> &'static str {
    let causes: &[&str] = match (shape.kind, shape.severe) {
        (Kind::Civil, _) => &["劳务合同纠纷", "机动车交通事故责任纠纷", "离婚纠纷", "赡养纠纷", "提供劳务者受害责任纠纷", "抚养费纠纷"],
        (Kind::Administrative, _) => &["工伤认定行政确认", "社会保障行政给付", "行政处罚"],
        (Kind::Labour, _) => &["追索劳动报酬争议", "工伤保险待遇争议", "确认劳动关系争议"],
        (Kind::Informal, _) => &["追索劳动报酬", "赡养费给付", "人身损害赔偿"],
        (Kind::Criminal, true) => &["故意杀人罪", "运输毒品罪", "抢劫罪"],
        (Kind::Criminal, false) => &["盗窃罪", "故意伤害罪", "诈骗罪", "寻衅滋事罪", "帮助信息网络犯罪活动罪", "危险驾驶罪"],
    };
    draw.pick(causes)
}

/// A case without defects and with full marks still to be given.
pub fn clean(office: &Office, shape: Shape, days: &Days, papers: Vec<Paper>, registry: &mut Registry, draw: &mut Draw) -> Story {
    let began = days.get("applied_on").or(days.get("notified_on")).copied().unwrap_or(date(2024, 1, 2));
    let number = registry.number(office, &shape, began.year(), draw);
    let mut story = Story {
        shape,
        number,
        facts: Facts::new(),
        in_dossier: Facts::new(),
        original: Facts::new(),
        second_row: None,
        front: FRONT.to_vec(),
        lines: Some(lines(&papers)),
        papers,
        ticked_off: Vec::new(),
        unscanned: Vec::new(),
        marks: BTreeMap::new(),
        reviewer: format!("专家{:02}", draw.between(1, 6)),
        seed: registry.seed,
        voice: registry.voice(office),
        slips: Vec::new(),
        flaws: Vec::new(),
        shared: None,
        twin: false,
        echo: None,
    };
    for (field, day) in days {
        if !field.starts_with("supplement_") {
            story.set_day(field, *day);
        }
    }
    if let (Some(from), Some(to)) = (days.get("supplement_from"), days.get("supplement_to")) {
        story.set_text("supplement_period", format!("{from}至{to}"));
    }
    people(office, &mut story, registry, draw);
    words(office, &mut story, draw);
    story.original = story.facts.clone();
    story
}

fn people(office: &Office, story: &mut Story, registry: &mut Registry, draw: &mut Draw) {
    let who = recipient(&story.shape, draw);
    let year = i16::try_from(draw.between(who.born.0, who.born.1)).unwrap_or(1980);
    let (month, day) = (draw.between(1, 12), draw.between(1, 28));
    let born = Date::new(year, i8::try_from(month).unwrap_or(1), i8::try_from(day).unwrap_or(1)).unwrap_or(date(1980, 1, 1));
    story.set_text("recipient", person::recipient(draw));
    story.set_text("sex", if who.female { "女" } else { "男" });
    story.set_text("id_no", person::id_card(&office.id, born, !who.female, &mut registry.cards, draw));
    story.set_day("birth_on", born);
    story.set_text("phone", person::phone(draw));
    story.set_text("recipient_group", who.group);
    let firm = &office.firms[draw.index(office.firms.len())];
    let (lawyer, licensed) = &firm.lawyers[draw.index(firm.lawyers.len())];
    story.set_text("lawyer", lawyer.as_str());
    story.set_text("firm", firm.name.as_str());
    story.set_text("firm_credit_code", firm.code.as_str());
    if story.shape.is_criminal() {
        let since = date(*licensed, 7, 1);
        story.set_day("licensed_on", since);
        let now = story.day("assigned_on").unwrap_or(since);
        let years = now.year() - since.year() - i16::from((now.month(), now.day()) < (since.month(), since.day()));
        story.facts.insert("practice_years", Cell::Number(u32::try_from(years).unwrap_or(0)));
    }
}

fn words(office: &Office, story: &mut Story, draw: &mut Draw) {
    let shape = story.shape;
    let no = "否";
    story.set_text("office", if office.spelling.is_multiple_of(2) { office.centre.as_str() } else { office.name.as_str() });
    story.set_text("case_type", shape.case_type());
    story.set_text("stage", shape.stage_word());
    story.set_text("channel", shape.channel);
    story.set_text("state", "已结");
    story.set_text("cause", cause(&shape, draw));
    story.set_text("closing_way", shape.closing);
    story.set_text("took_money", no);
    story.set_text("recipient_reason", no);
    if shape.is_criminal() {
        story.set_text("custody", shape.custody);
        story.set_text("severe", if shape.severe { "是" } else { no });
        if shape.stage != Some(Stage::Investigation) {
            story.set_text("adoption", draw.weighted(&[(30, "全部采纳"), (55, "部分采纳"), (15, "未采纳")]));
        }
    }
    if !shape.by_notice() {
        story.set_text("urgent", no);
    }
    if shape.hearing == Hearing::Held {
        story.set_text("attended", "是");
    }
    story.set_text("revisit", draw.weighted(&[(70, "满意"), (25, "基本满意"), (5, "不满意")]));
    if matches!(shape.kind, Kind::Civil | Kind::Labour) && draw.chance(60) {
        story.facts.insert("recovered", Cell::Number(draw.between(8, 900) * 100));
    }
    story.set_text("remark", SAMPLE);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_an_office_have_one_spelling_and_differ() {
        let offices = super::super::office::offices(6, 1, true);
        for office in &offices {
            let (mut registry, mut draw, mut seen) = (Registry::default(), Draw::new(9, 1), HashSet::new());
            for _ in 0..200 {
                let shape = Shape::draw(&mut draw);
                let number = canonical_case_no(&registry.number(office, &shape, 2024, &mut draw));
                assert!(number.starts_with(&office.short) && number.ends_with('号') && number.contains("〔2024〕"), "{number}");
                assert!(seen.insert(number));
            }
        }
    }
}
