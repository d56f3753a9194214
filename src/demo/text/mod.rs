//! What the papers of a case say: short invented documents with the titles, labels, dates and signatures that real ones have, and what
//! the register says in them. Must not lay out pages or choose defects.

mod closing;
mod conduct;
mod engagement;
mod facts;
mod front;
mod intake;
mod vary;
mod views;

use jiff::civil::Date;

use super::draw::Draw;
use super::office::Office;
use super::paper::Paper;
use super::story::{Cell, Story};

/// A slip in the words of one paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// It names another person.
    Name(String),
    /// It has another identity card number.
    IdNo(String),
    /// It has another case number.
    CaseNo(String),
    /// It has another day for a field.
    Day(&'static str, Date),
    /// Its date is left blank.
    NoDate,
    /// Nobody signed.
    NoSignature,
    /// The form is hardly filled in.
    NotFilled,
    /// It is another paper than its file name says.
    Titled(&'static str),
    /// Nobody was told of rights and duties.
    NoRights,
    /// It says hardly anything.
    Short,
}

/// Tells one paper of one case.
#[derive(Debug)]
pub struct Teller<'a> {
    /// Office.
    pub office: &'a Office,
    /// Case.
    pub story: &'a Story,
    paper: &'static str,
    draw: Draw,
}

/// As people write a day.
pub fn written(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Title and paragraphs of a paper.
pub fn tell(office: &Office, story: &Story, paper: &Paper) -> (String, Vec<String>) {
    let mut teller = Teller::new(office, story, paper.id);
    let title = teller.slips().find_map(|s| if let Slip::Titled(title) = s { Some((*title).to_owned()) } else { None });
    let lines = teller.lines(paper.id, paper.title);
    (title.unwrap_or_else(|| paper.title.to_owned()), lines)
}

impl<'a> Teller<'a> {
    fn new(office: &'a Office, story: &'a Story, paper: &'static str) -> Self {
        let own = paper.bytes().fold(0_u64, |all, b| all.wrapping_mul(131).wrapping_add(u64::from(b)));
        Self { office, story, paper, draw: Draw::new(story.seed.wrapping_add(own), story.voice) }
    }

    fn slips(&self) -> impl Iterator<Item = &'a Slip> + use<'a> {
        let paper = self.paper;
        self.story.slips.iter().filter(move |(p, _)| *p == paper).map(|(_, s)| s)
    }

    fn has(&self, slip: &Slip) -> bool {
        self.slips().any(|s| s == slip)
    }

    fn lines(&mut self, id: &str, title: &str) -> Vec<String> {
        // The words of another case, under the name and number of this one.
        if let Some((kind, other)) = &self.story.echo
            && *kind == id
        {
            let (own, theirs) = ((self.name(), self.number()), (other.known_text("recipient").to_owned(), other.case_no()));
            let lines = Teller::new(self.office, other, self.paper).lines(id, title);
            return lines.into_iter().map(|l| l.replace(&theirs.0, &own.0).replace(&theirs.1, &own.1)).collect();
        }
        front::lines(self, id)
            .or_else(|| intake::lines(self, id))
            .or_else(|| engagement::lines(self, id))
            .or_else(|| conduct::lines(self, id))
            .or_else(|| closing::lines(self, id, title))
            .unwrap_or_default()
    }

    /// A field in words, as registered, else as it was before anybody registered it wrongly or not at all.
    fn word(&self, field: &str) -> &'a str {
        self.story.known_text(field)
    }

    fn name(&self) -> String {
        let slip = self.slips().find_map(|s| if let Slip::Name(name) = s { Some(name.as_str()) } else { None });
        slip.unwrap_or_else(|| self.word("recipient")).to_owned()
    }

    fn id_no(&self) -> String {
        let slip = self.slips().find_map(|s| if let Slip::IdNo(id) = s { Some(id.as_str()) } else { None });
        slip.unwrap_or_else(|| self.word("id_no")).to_owned()
    }

    fn number(&self) -> String {
        let slip = self.slips().find_map(|s| if let Slip::CaseNo(n) = s { Some(n.clone()) } else { None });
        slip.unwrap_or_else(|| self.story.case_no())
    }

    fn day(&self, field: &str) -> Option<Date> {
        let slip = self.slips().find_map(|s| if let Slip::Day(f, day) = s { (*f == field).then_some(*day) } else { None });
        slip.or_else(|| self.story.known_day(field))
    }

    /// `决定日期：2024年3月5日`
    fn dated(&self, label: &str, field: &str) -> Option<String> {
        let day = self.day(field)?;
        let day = if self.has(&Slip::NoDate) { "      年    月    日".to_owned() } else { written(day) };
        Some(format!("{label}：{day}"))
    }

    /// A day without a label.
    fn on(&self, field: &str) -> String {
        self.day(field).map_or_else(String::new, written)
    }

    /// `申请人（签名）：赵某甲`
    fn signed(&self, label: &str, name: &str) -> String {
        let name = if self.has(&Slip::NoSignature) { "" } else { name };
        format!("{label}：{name}")
    }

    /// A field of the register behind its label.
    fn entry(&self, label: &str, field: &str) -> String {
        format!("{label}：{}", self.word(field))
    }

    /// What happened, the same in all papers of the case.
    fn facts(&self, n: usize) -> Vec<String> {
        facts::facts(self.word("cause"), n, &mut Draw::new(self.story.seed, self.story.voice))
    }

    fn other_side(&self) -> String {
        facts::other_side(self.word("cause"), &mut Draw::new(self.story.seed ^ 1, self.story.voice))
    }

    fn vary(&mut self, template: &str) -> String {
        vary::vary(template, &mut self.draw)
    }

    fn some(&mut self, pool: &[&str], n: usize) -> Vec<String> {
        vary::some(pool, n, &mut self.draw)
    }

    fn is_criminal(&self) -> bool {
        self.story.shape.is_criminal()
    }

    /// Of the stage of the case, who has it in hand; invented.
    fn authority(&self) -> String {
        let place = &self.office.short;
        match self.word("stage") {
            "侦查" => format!("{place}虚构公安局"),
            "审查起诉" => format!("{place}虚构人民检察院"),
            "仲裁" => format!("{place}虚构劳动人事争议仲裁委员会"),
            "非诉讼" => format!("{place}虚构人民调解委员会"),
            _ => format!("{place}虚构人民法院"),
        }
    }

    /// Its number of the case.
    fn court_no(&self) -> String {
        let year = self.story.known_day("assigned_on").map_or(2024, Date::year);
        let n = 100 + self.story.voice % 800;
        format!("（{year}）虚构{}字第{n}号", self.story.shape.letter())
    }
}

impl Story {
    /// A word of the register, else what stood there before a defect took it away.
    pub fn known_text(&self, field: &str) -> &str {
        let text = |facts: &'_ super::story::Facts| matches!(facts.get(field), Some(Cell::Text(_)));
        let facts = if text(&self.facts) { &self.facts } else { &self.original };
        match facts.get(field) {
            Some(Cell::Text(text)) => text,
            _ => "",
        }
    }

    /// The same for a day; what the dossier itself says goes first.
    pub fn known_day(&self, field: &str) -> Option<Date> {
        [&self.in_dossier, &self.facts, &self.original].into_iter().find_map(|facts| match facts.get(field) {
            Some(Cell::Day(day)) => Some(*day),
            _ => None,
        })
    }
}
