//! What a form is (文书种类), and the list of all. Must not print.

use crate::base::text::Text;
use crate::record::plan::Plan;
use crate::record::v1::{CaseRecord, Office, Results};

use super::docx::{Known, Template};
use super::fact::Facts;
use super::layout::Layout;
use super::setting::Setting;
use crate::report::audience::Audience;

/// A name that a template of a form may use.
#[derive(Debug, Clone)]
pub struct Named {
    /// `案号`, or `评估项.得分` for a value in each row of a list.
    pub name: &'static str,
    /// What it is.
    pub what: Text,
    /// Whether people give it with `--set`, since no result knows it.
    pub by_people: bool,
    /// What is wrong with a value that people gave; none = any words will do.
    pub check: Option<fn(&str) -> Option<Text>>,
}

/// A name that the program knows the value of.
pub const fn named(name: &'static str, zh: &'static str, en: &'static str) -> Named {
    Named { name, what: Text::fixed(zh, en), by_people: false, check: None }
}

/// A name whose value people give.
pub const fn given(name: &'static str, zh: &'static str, en: &'static str) -> Named {
    Named { name, what: Text::fixed(zh, en), by_people: true, check: None }
}

impl Named {
    /// The same with a check of what people give.
    #[must_use]
    pub const fn checked(mut self, check: fn(&str) -> Option<Text>) -> Self {
        self.check = Some(check);
        self
    }
}

/// One paper.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Office whose folder it goes to; none = beside the folders.
    pub office: Option<String>,
    /// What its file is called after; unique within the form and office.
    pub name: String,
    /// What it says.
    pub facts: Facts,
}

/// Files that lie beside the papers of a form, such as the figures behind a circular.
pub trait Beside: Send {
    /// Takes note of an office and its cases.
    fn office(&mut self, results: &Results, office: &Office, cases: &[CaseRecord]);

    /// Adds to a paper of the batch what only its cases tell, after all of them were seen.
    fn add(&self, _results: &Results, _facts: &mut Facts) {}

    /// The files: name, who may have it, bytes; `papers` are those of the form as the template prints them.
    ///
    /// # Errors
    /// When a workbook cannot be put together.
    fn finish(
        self: Box<Self>,
        setting: &Setting<'_>,
        results: &Results,
        template: &Template,
        papers: &[Facts],
    ) -> crate::report::Result<Vec<(String, Audience, Vec<u8>)>>;
}

/// From what papers are made.
#[derive(Clone, Copy)]
pub enum Maker {
    /// From the cases of an office, all at once.
    Office(fn(&Setting<'_>, &Results, &Office, &[CaseRecord]) -> Vec<Paper>),
    /// From what results say of the batch.
    Batch(fn(&Setting<'_>, &Results) -> Vec<Paper>),
    /// From the plan of a draw.
    Plan(fn(&Setting<'_>, &Plan) -> Vec<Paper>),
}

/// A form.
pub struct Form {
    /// On the command line.
    pub id: &'static str,
    /// 案件质量评估表
    pub title: &'static str,
    /// Who may get it.
    pub audience: Audience,
    /// One paper a what, from what.
    pub about: Text,
    /// Its names, beside [`COMMON`](super::setting::COMMON).
    pub names: &'static [&'static [Named]],
    /// The layout that is built in.
    pub layout: fn() -> Layout,
    /// How its papers are made.
    pub maker: Maker,
    /// What lies beside its papers.
    pub beside: Option<fn() -> Box<dyn Beside>>,
}

/// Every form, in the order in which a round needs them.
pub static FORMS: &[&Form] = &[
    &super::forms::retrieval::FORM,
    &super::forms::pledge::FORM,
    &super::forms::allocation::FORM,
    &super::forms::overview::FORM,
    &super::forms::evaluation::FORM,
    &super::forms::deliberation::FORM,
    &super::forms::correction::FORM,
    &super::forms::feedback_case::FORM,
    &super::forms::feedback_office::FORM,
    &super::forms::appeal::FORM,
    &super::forms::rectify::FORM,
    &super::forms::circular::FORM,
    &super::forms::annex::FORM,
];

impl Form {
    /// The form of this id or title.
    pub fn find(word: &str) -> Option<&'static Self> {
        FORMS.iter().find(|f| f.id == word || f.title == word).copied()
    }

    /// Its own names, without those that all forms share.
    pub fn own_names(&self) -> impl Iterator<Item = &'static Named> + use<> {
        self.names.iter().copied().flatten()
    }

    /// Every name that its templates may use.
    pub fn known(&self) -> Known {
        let common: Vec<_> = super::setting::COMMON.iter().map(|n| n.name).collect();
        Known { all: self.own_names().map(|n| n.name).chain(common.iter().copied()).collect(), common }
    }
}
