//! Figures with the places that they come from (数字来源). Must not print a number without saying where it stands in `results.json`.
//!
//! A source has a term for each number of the words, in order: a JSON pointer; `A ÷ B`, a percentage of two decimals; `A − B − C`, what is
//! left; `#A`, how many there are; `最小 A` and `最大 A` over every `*` of a pointer, without those that are 0; `排名：A`, the place of an
//! office. What does not stand in `results.json` says so: `设定：…` was given, `cases.jsonl …` was counted case by case.

use std::fmt::Display;

use crate::paper::fact::Fact;
use crate::rank::exact::percent;
use crate::record::number::Number;
use crate::record::v1::{Grades, Rate};

/// Words in the making, with the terms of their numbers.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    text: String,
    terms: Vec<String>,
}

impl Figure {
    /// Adds words.
    #[must_use]
    pub fn words(mut self, words: &str) -> Self {
        self.text.push_str(words);
        self
    }

    /// Adds a number and its term.
    #[must_use]
    pub fn number(mut self, number: impl Display, term: impl Into<String>) -> Self {
        self.text.push_str(&number.to_string());
        self.terms.push(term.into());
        self
    }

    /// Adds a number, or two where they differ: `3` or `3～5`.
    #[must_use]
    pub fn range<N: Display + PartialEq>(self, [low, high]: [N; 2], [from, to]: [String; 2]) -> Self {
        let alone = low == high;
        let first = self.number(low, from);
        if alone { first } else { first.words("～").number(high, to) }
    }

    /// Adds how many a rate counts, of how many: `17/24`.
    #[must_use]
    pub fn fraction(self, rate: &Rate, at: &str) -> Self {
        self.range([rate.k_low, rate.k_high], [format!("{at}/k_low"), format!("{at}/k_high")]).words("/").number(rate.n, format!("{at}/n"))
    }

    /// Adds a rate in per cent; a dash of nothing.
    #[must_use]
    pub fn percent(self, rate: &Rate, at: &str) -> Self {
        let end = |k: u64, name: &str| Some((percent(k, rate.n, 2)?, format!("{at}/{name} ÷ {at}/n")));
        let (Some((low, from)), Some((high, to))) = (end(rate.k_low, "k_low"), end(rate.k_high, "k_high")) else {
            return self.words("—");
        };
        let alone = low == high;
        let first = self.number(low, from).words("%");
        if alone { first } else { first.words("～").number(high, to).words("%") }
    }

    /// Adds the share of one count in another.
    #[must_use]
    pub fn share(self, [part, whole]: [(u64, String); 2]) -> Self {
        match percent(part.0, whole.0, 2) {
            Some(shown) => self.number(shown, format!("{} ÷ {}", part.1, whole.1)).words("%"),
            None => self.words("—"),
        }
    }

    /// Adds both ends of marks.
    #[must_use]
    pub fn marks(self, marks: Option<[Number; 2]>, at: &str) -> Self {
        match marks {
            Some(ends) => self.range(ends, [format!("{at}/0"), format!("{at}/1")]),
            None => self.words("—"),
        }
    }

    /// Adds cases by grade, those of none only where all are told: `优秀17件、良好4件`.
    #[must_use]
    pub fn grades(self, grades: &Grades, at: &str, all: bool) -> Self {
        let mut first = true;
        grades.0.iter().filter(|(_, n)| all || *n > 0).fold(self, |figure, (title, n)| {
            let gap = if std::mem::take(&mut first) { "" } else { "、" };
            figure.words(gap).words(title).number(n, format!("{at}/{}", escaped(title))).words("件")
        })
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// What is printed, with its source.
impl From<Figure> for Fact {
    fn from(figure: Figure) -> Self {
        let elsewhere = |t: &String| t.starts_with("设定") || t.starts_with("cases.jsonl");
        let file = if figure.terms.iter().all(elsewhere) { "" } else { "results.json " };
        Self { text: figure.text, source: format!("{file}{}", figure.terms.join("；")) }
    }
}

/// A key as a JSON pointer has it.
pub fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// A count and where it stands.
pub fn count(n: u64, term: impl Into<String>) -> Fact {
    Figure::default().number(n, term).into()
}

/// Words of the results as they stand there, but for the way in which days are written.
pub fn quoted(text: &str, term: &str) -> Fact {
    Fact { text: dated(text), source: format!("results.json {term}") }
}

/// Days as letters write them: `2024年3月5日` for `2024-03-05`.
pub fn dated(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(c) = rest.chars().next() {
        let day = rest.get(..10).and_then(|d| d.parse::<jiff::civil::Date>().ok());
        let end = rest.get(10..).and_then(|r| r.chars().next()).is_none_or(|c| !c.is_ascii_digit());
        let (said, length) = match day.filter(|_| end && !out.ends_with(|c: char| c.is_ascii_digit())) {
            Some(day) => (format!("{}年{}月{}日", day.year(), day.month(), day.day()), 10),
            None => (c.to_string(), c.len_utf8()),
        };
        out.push_str(&said);
        rest = rest.get(length..).unwrap_or_default();
        if length == 10 && rest.starts_with(' ') {
            rest = rest.trim_start_matches(' ');
        }
    }
    out.replace("至 ", "至")
}

/// Words that are no figure.
pub fn plain(text: impl Into<String>) -> Fact {
    Fact { text: text.into(), source: String::new() }
}
