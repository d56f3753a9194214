//! The settings of a draw: `draw.toml` and `reviewers.toml` beside `audit.toml`, read with spans, all mistakes at once, and made into rules
//! once offices and cases are known. Must not open files.

mod draw;
mod resolve;
mod reviewers;
mod sheet;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use crate::base::mistake::{Mistake, Mistakes, Spot};
use crate::base::syntax::syntax_mistakes;
use crate::base::tree::{Node, Table};
use crate::record::plan::{Connected, Dimension, Part};
use crate::say;

pub use draw::parse as parse_draw;
pub use resolve::{Known, rules};
pub use reviewers::parse as parse_reviewers;
pub use sheet::{Practice, PracticeWords, SheetWords, practice};

/// Name of the file with the rules of a draw.
pub const DRAW: &str = "draw.toml";
/// Name of the file with the reviewers.
pub const REVIEWERS: &str = "reviewers.toml";

/// A word with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As written.
    pub text: String,
    /// Where.
    pub at: Spot,
}

impl Word {
    fn read(node: &Node<'_>) -> Option<Self> {
        Some(Self { text: node.text()?.trim().to_owned(), at: node.at.clone() })
    }

    fn list(table: &Table<'_>, key: &'static str) -> Vec<Self> {
        table.opt(key).map(|n| n.items().iter().filter_map(Self::read).collect()).unwrap_or_default()
    }
}

/// How the drawn cases are found, as words of settings and flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// 随机抽取
    Random,
    /// 指定案号
    Numbers,
    /// 按机构、类型定额
    Quota,
    /// 应评尽评
    All,
}

impl Way {
    /// The words in settings and on the command line.
    pub const WORDS: [(&'static str, Self); 4] =
        [("random", Self::Random), ("numbers", Self::Numbers), ("quota", Self::Quota), ("all", Self::All)];
}

/// A size as settings and flags give it; percentages as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sizing {
    /// So many.
    Number(u64),
    /// So many of a hundred.
    Percent(String),
    /// A margin of error in percentage points.
    Margin(String),
}

/// A case somebody names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCase {
    /// Office, where one number may be in several.
    pub office: Option<Word>,
    /// Number.
    pub case_no: Word,
    /// Stage, where the number has several.
    pub stage: Option<String>,
    /// Why.
    pub reason: String,
}

/// `[[quota]]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaWords {
    /// Office.
    pub office: Option<Word>,
    /// Type.
    pub case_type: Option<Word>,
    /// So many.
    pub number: u64,
}

/// `[[minimum]]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinimumWords {
    /// Of what.
    pub by: Dimension,
    /// Which one.
    pub value: Option<Word>,
    /// So many.
    pub least: u64,
}

/// `[allocation]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationWords {
    /// Share of second marks.
    pub second: String,
    /// Whether two marks are blind.
    pub blind: bool,
    /// What becomes of parts that do not hang together.
    pub connected: Connected,
    /// Day by which sheets are due.
    pub due: Option<Date>,
}

impl Default for AllocationWords {
    fn default() -> Self {
        Self { second: "10".to_owned(), blind: true, connected: Connected::Mend, due: None }
    }
}

/// Everything `draw.toml` can say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrawSettings {
    /// Seed.
    pub seed: Option<u64>,
    /// Method.
    pub method: Option<Way>,
    /// Size of a random draw.
    pub size: Option<Sizing>,
    /// Confidence of a margin.
    pub confidence: Option<u32>,
    /// Whether each office has its own sample.
    pub each_office: bool,
    /// Strata.
    pub strata: Vec<Dimension>,
    /// Minimums.
    pub minimums: Vec<MinimumWords>,
    /// Reserves.
    pub reserve: Option<u64>,
    /// Designated numbers.
    pub numbers: Vec<u32>,
    /// Whether these are the numbers written.
    pub written: bool,
    /// Their types.
    pub case_types: Vec<Word>,
    /// Quotas.
    pub quotas: Vec<QuotaWords>,
    /// Additions.
    pub additions: Vec<NamedCase>,
    /// Substitutions.
    pub substitutions: Vec<NamedCase>,
    /// Extra marks.
    pub extra: Vec<NamedCase>,
    /// How cases are given out.
    pub allocation: AllocationWords,
    /// How score sheets are made.
    pub sheet: SheetWords,
}

/// A reviewer as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewerWords {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Home office.
    pub office: Option<Word>,
    /// Case types.
    pub case_types: Vec<Word>,
    /// Group.
    pub group: Option<String>,
    /// Whether this one leads it.
    pub leader: bool,
    /// Wishes.
    pub wishes: Vec<Word>,
    /// Most marks.
    pub capacity: Option<u64>,
    /// Part.
    pub role: Part,
    /// Day by which the own sheet is due.
    pub due: Option<Date>,
}

/// Reads one source.
fn read<T>(text: &str, source: usize, sink: &Mistakes, keys: impl FnOnce(&Table<'_>) -> T) -> T {
    let (map, errors) = toml::de::DeTable::parse_recoverable(text);
    syntax_mistakes(&errors, source, text).into_iter().for_each(|mistake| sink.add(mistake));
    let root = Table::root(&map, source, sink);
    let read = keys(&root);
    root.finish();
    read
}

/// Mistakes in the shape of a file carry its own code.
pub fn codes(mut mistakes: Vec<Mistake>, source_of_reviewers: Option<usize>) -> Vec<Mistake> {
    for mistake in &mut mistakes {
        if mistake.code.starts_with('R') {
            mistake.code = if Some(mistake.at.source) == source_of_reviewers { "S006" } else { "S005" };
        }
    }
    mistakes
}

/// A percentage with at most two decimals, more than 0 (or from 0 where nothing is allowed) up to 100.
fn percentage(node: &Node<'_>, zero: bool) -> Option<String> {
    let points = node.points()?;
    match percentage_of(points, zero) {
        Some(text) => Some(text),
        None => {
            let from = if zero { ("0 到 100", "from 0 to 100") } else { ("大于 0、不超过 100", "above 0 and up to 100") };
            let (zh, en) = from;
            let said = say!("百分数应{zh}，最多两位小数", "a percentage {en} with at most two decimals is expected here");
            node.sink().push("R005", &node.at, said);
            None
        }
    }
}

/// The same for a number that is read already.
pub fn percentage_of(points: crate::base::points::Points, zero: bool) -> Option<String> {
    use crate::base::points::Points;
    let from = if zero { points >= Points::ZERO } else { points > Points::ZERO };
    (from && points <= Points::whole(100) && points.is_shown_exactly()).then(|| points.to_string())
}
