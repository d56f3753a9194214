//! How a row moves on (状态): 未整改 → 整改中 → 待复核 → 已销号, and 回头看退回, 无法比对. Must not look at anything but the facts it is given.

use crate::base::text::Text;
use crate::say;

/// A state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing done yet.
    Open,
    /// Being put right.
    Working,
    /// Awaits a reviewer.
    Review,
    /// Struck off.
    Closed,
    /// Sent back after it was closed, or closed without ground.
    Returned,
    /// Gone for another reason than being put right.
    Unknown,
}

impl State {
    /// Every state, in order.
    pub const ALL: [Self; 6] = [Self::Open, Self::Working, Self::Review, Self::Closed, Self::Returned, Self::Unknown];

    /// The word in the ledger.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "未整改",
            Self::Working => "整改中",
            Self::Review => "待复核",
            Self::Closed => "已销号",
            Self::Returned => "回头看退回",
            Self::Unknown => "无法比对",
        }
    }

    /// The state that a word names.
    pub fn of(word: &str) -> Option<Self> {
        let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        Self::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// What the newest result says of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is still there.
    Found,
    /// It is gone, and its criterion was evaluated `met` on the same case by the same text.
    Met,
    /// Nobody can tell.
    Unknown,
}

impl Verdict {
    /// The word in records.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Met => "met",
            Self::Unknown => "not_comparable",
        }
    }

    /// The verdict of a word.
    pub fn of(id: &str) -> Self {
        [Self::Found, Self::Met].into_iter().find(|v| v.id() == id).unwrap_or(Self::Unknown)
    }
}

/// How a row was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// A result shows it put right.
    Met,
    /// People stated it.
    Statement,
}

impl Ground {
    /// The word in records.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Statement => "statement",
        }
    }

    /// The ground of a word.
    pub fn of(id: &str) -> Option<Self> {
        [Self::Met, Self::Statement].into_iter().find(|g| g.id() == id)
    }
}

/// Everything a state depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What the program wrote last; nothing for a new row.
    pub was: Option<State>,
    /// What stands there now; nothing where it is no state.
    pub wanted: Option<State>,
    /// What the newest result says.
    pub verdict: Verdict,
    /// Whether that result is newer than the last run.
    pub news: bool,
    /// How it was closed.
    pub closed: Option<Ground>,
    /// Whether no result can show it put right: it can only be explained, or a reviewer decides the criterion.
    pub by_statement: bool,
    /// 复核人, 复核日期, 佐证材料, 备注: which are filled in.
    pub has: [bool; 4],
    /// Whether 整改措施 is filled in.
    pub begun: bool,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Its state.
    pub state: State,
    /// How it is closed, when it is.
    pub closed: Option<Ground>,
    /// What has to be said of it.
    pub said: Option<Text>,
}

/// Decides the state of a row.
pub fn decide(facts: &Facts) -> Decided {
    let plain = |state| Decided { state, closed: None, said: None };
    let wanted = facts.wanted.or(facts.was).unwrap_or(State::Open);
    if facts.was == Some(State::Closed) && facts.closed == Some(Ground::Met) && facts.verdict == Verdict::Found {
        let said = say!("销号以后又出现同一问题，退回", "the same finding came back after it was closed: sent back");
        return Decided { said: Some(said), ..plain(State::Returned) };
    }
    match (wanted, facts.verdict) {
        (State::Closed, _) => close(facts),
        // A person may send a row back; only a newer result takes it on.
        (State::Returned, Verdict::Met) if !facts.news || facts.was != Some(State::Returned) => plain(State::Returned),
        (_, Verdict::Met) => plain(State::Review),
        (_, Verdict::Unknown) => plain(State::Unknown),
        (State::Review, Verdict::Found) if facts.by_statement => {
            let said = say!(
                "没有结果能证明已改正，不转待复核：写明说明、复核人、复核日期、佐证材料后，状态直接写已销号",
                "no result can show it put right, so it awaits no review: with the statement, reviewer, day and evidence, set it closed"
            );
            Decided { said: Some(said), ..plain(State::Working) }
        }
        (State::Review, Verdict::Found) if facts.was == Some(State::Review) => {
            let said = say!("上次结果已改正，这次又出现", "was put right in the last result, and is there again");
            Decided { said: Some(said), ..plain(State::Working) }
        }
        (State::Review, Verdict::Found) => {
            let said = say!(
                "不能直接改为待复核：改好后重新评查，结果符合的自动转为待复核",
                "cannot be set to await review by hand: once a new result shows it met, the program does"
            );
            Decided { said: Some(said), ..plain(State::Working) }
        }
        (State::Unknown, Verdict::Found) => plain(if facts.begun { State::Working } else { State::Open }),
        (state, Verdict::Found) => plain(state),
    }
}

/// 已销号 asked for, or kept.
fn close(facts: &Facts) -> Decided {
    let stated = match facts.verdict {
        Verdict::Met => false,
        Verdict::Unknown => true,
        // It was struck off by a result that showed it met: a case that is not looked at again does not undo that.
        Verdict::Found if facts.by_statement => true,
        Verdict::Found => {
            let said = say!("最新结果仍有此问题，不能销号，退回", "still found in the newest result, so it cannot be closed: sent back");
            return Decided { state: State::Returned, closed: None, said: Some(said) };
        }
    };
    let kept = facts.was == Some(State::Closed) && facts.closed == Some(Ground::Met);
    let stated = stated && !kept;
    let names =
        [("复核人", "reviewer"), ("复核日期", "day of review"), ("佐证材料", "evidence"), ("备注（理由或说明）", "remark with the reason")];
    let asked = if stated { 4 } else { 3 };
    let lacks: Vec<_> = names.iter().zip(facts.has).take(asked).filter(|(_, has)| !has).map(|(name, _)| *name).collect();
    if lacks.is_empty() {
        return Decided { state: State::Closed, closed: Some(if stated { Ground::Statement } else { Ground::Met }), said: None };
    }
    let zh = lacks.iter().map(|(zh, _)| *zh).collect::<Vec<_>>().join("、");
    let en = lacks.iter().map(|(_, en)| *en).collect::<Vec<_>>().join(", ");
    let said = say!("不能销号，还缺{zh}", "cannot be closed, lacks {en}");
    // Only what a result shows put right awaits its review.
    let state = match facts.verdict {
        Verdict::Unknown if !kept => State::Unknown,
        Verdict::Found => State::Working,
        _ => State::Review,
    };
    Decided { state, closed: None, said: Some(said) }
}
