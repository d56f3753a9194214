//! `[sheet]` of `draw.toml`: how score sheets are laid out, when machine facts are seen, and which cases all reviewers mark for practice
//! (校准). Must not make sheets.

use super::{Known, NamedCase, Word};
use crate::base::form::{Facts, Layout};
use crate::base::tree::{Node, Table};
use crate::panel::draw::chance::Chance;
use crate::record::plan::{CaseKey, FrameCase, Plan};
use crate::say;

/// Cases for practice as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PracticeWords {
    /// None.
    #[default]
    None,
    /// So many, by chance.
    Number(usize),
    /// These.
    Cases(Vec<Word>),
}

/// `[sheet]`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetWords {
    /// Layout.
    pub layout: Layout,
    /// When machine facts are seen.
    pub facts: Facts,
    /// Cases for practice.
    pub calibration: PracticeWords,
}

/// Cases for practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Practice {
    /// So many, by chance.
    Number(usize),
    /// These; none where there is no practice.
    Cases(Vec<CaseKey>),
}

/// Reads the table.
pub(super) fn read(table: &Table<'_>) -> SheetWords {
    let words = SheetWords {
        layout: table.word("layout", &Layout::WORDS).unwrap_or_default(),
        facts: table.word("facts", &Facts::WORDS).unwrap_or_default(),
        calibration: table.opt("calibration").map(calibration).unwrap_or_default(),
    };
    table.finish();
    words
}

fn calibration(node: &Node<'_>) -> PracticeWords {
    if node.is_list() {
        return PracticeWords::Cases(node.items().iter().filter_map(Word::read).collect());
    }
    let Some(n) = node.count() else { return PracticeWords::None };
    if n == 0 {
        node.sink().push(
            "R005",
            &node.at,
            say!("应大于 0；不做校准的请删去这一行", "must be above 0; leave it out where nothing is practised"),
        );
    }
    usize::try_from(n).map_or(PracticeWords::None, PracticeWords::Number)
}

/// What is known of cases makes words into cases; mistakes go to the sink.
pub fn practice(words: &SheetWords, known: &Known<'_>) -> Practice {
    match &words.calibration {
        PracticeWords::None => Practice::Cases(Vec::new()),
        PracticeWords::Number(n) => {
            let there = known.frame.iter().filter(|c| c.out.is_none()).count();
            Practice::Number(there.min(*n))
        }
        PracticeWords::Cases(list) => {
            let cases = known.cases();
            let named = |word: &Word| NamedCase { office: None, case_no: word.clone(), stage: None, reason: String::new() };
            let mut found: Vec<CaseKey> = Vec::new();
            for case in list.iter().filter_map(|w| known.named(&named(w), &cases)).map(|n| n.case) {
                if !found.contains(&case) {
                    found.push(case);
                }
            }
            Practice::Cases(found)
        }
    }
}

impl Practice {
    /// The cases in order of the frame; those by chance are taken from what is neither drawn nor in reserve, as long as there are such.
    pub fn cases(&self, plan: &Plan) -> Vec<CaseKey> {
        let n = match self {
            Self::Cases(cases) => return cases.clone(),
            Self::Number(n) => *n,
        };
        let mut taken: Vec<&CaseKey> = plan.drawn.iter().map(|d| &d.case).chain(plan.reserves.iter().map(|r| &r.case)).collect();
        taken.sort();
        let there: Vec<&FrameCase> = plan.frame.iter().filter(|c| c.out.is_none()).collect();
        let (mut rest, mut free): (Vec<&CaseKey>, Vec<&CaseKey>) =
            there.iter().map(|c| &c.case).partition(|c| taken.binary_search(c).is_ok());
        let mut chance = Chance::new(plan.seed, "calibration", "");
        chance.front(&mut free, n);
        free.truncate(n);
        let lacking = n.saturating_sub(free.len());
        chance.front(&mut rest, lacking);
        free.extend(rest.into_iter().take(lacking));
        free.sort();
        free.into_iter().cloned().collect()
    }
}
