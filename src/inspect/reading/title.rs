//! Which paper a text is by the title at its head. Must not take a word in a sentence for a title, nor half of a title for the whole.

use super::line::Line;
use super::spelling::is_han;
use crate::inspect::words::Words;

/// How names of offices end that stand before a title.
const OFFICES: &[&str] = &[
    "法院",
    "检察院",
    "公安局",
    "公安分局",
    "公安厅",
    "分局",
    "司法局",
    "司法厅",
    "法律援助中心",
    "法律援助处",
    "法律援助机构",
    "援助中心",
    "律师事务所",
    "法律服务所",
    "仲裁委员会",
    "仲裁院",
    "仲裁庭",
    "调解委员会",
    "委员会",
    "人民政府",
    "支队",
    "大队",
    "派出所",
    "看守所",
    "监狱",
    "工作站",
    "分中心",
    "中心",
];

/// What may stand in brackets, or bare, behind a title without making it another one.
const TAILS: &[&str] = &[
    "(副本)",
    "(正本)",
    "(存根)",
    "(复印件)",
    "(扫描件)",
    "(一)",
    "(二)",
    "(三)",
    "(四)",
    "(1)",
    "(2)",
    "(3)",
    "(第一次)",
    "(第二次)",
    "(第三次)",
    "(公民)",
    "(自然人)",
    "副本",
    "存根",
    "复印件",
];

/// Lines at the head of a text where its title may stand.
const HEAD: usize = 5;

/// What a line may be as a title, from what it says to what is left of it; in plain spelling without blanks.
pub fn bare(tight: &str) -> Vec<&str> {
    let mut forms = vec![tight];
    let quoted = tight.trim_matches(['《', '》', '"', '“', '”', '*', '-', '—', '·']);
    let numbered = quoted.trim_start_matches(|c: char| c.is_ascii_digit());
    let unnumbered = numbered.trim_start_matches(['.', '、', '-', '_', ':', ')', '．']);
    let mut cores = vec![quoted];
    if unnumbered.len() < quoted.len() && unnumbered.chars().next().is_some_and(is_han) {
        cores.push(unnumbered);
    }
    for core in cores {
        forms.push(core);
        let tailless = TAILS.iter().find_map(|t| core.strip_suffix(t)).filter(|t| !t.is_empty());
        forms.extend(tailless);
        for form in std::iter::once(core).chain(tailless) {
            forms.extend(after_office(form));
        }
    }
    forms.retain(|f| !f.is_empty() && f.chars().count() <= 30);
    forms
}

/// What stands behind the names of offices at the beginning, from the first to the last of them.
fn after_office(tight: &str) -> Vec<&str> {
    let mut ends: Vec<usize> =
        OFFICES.iter().flat_map(|o| tight.match_indices(o).map(|(at, _)| at + o.len())).filter(|end| *end < tight.len()).collect();
    ends.sort_unstable();
    ends.dedup();
    let named = |end: usize| tight[..end].chars().all(|c| is_han(c) || matches!(c, '×' | '*' | '(' | ')'));
    ends.into_iter().filter(|end| named(*end)).map(|end| &tight[end..]).collect()
}

fn is_office(tight: &str) -> bool {
    OFFICES.iter().any(|o| tight.ends_with(o))
}

/// Whether a line may be the first half of a title: a few characters and nothing else.
fn may_begin(tight: &str) -> bool {
    tight.chars().count() <= 12 && tight.chars().all(is_han) && !is_office(tight)
}

/// The title at the head of a page.
#[derive(Debug, Default)]
pub struct Head {
    lines: Vec<String>,
    full: bool,
}

impl Head {
    /// Takes lines in order until it has enough.
    pub fn take(&mut self, line: &Line) {
        if !self.full && !line.tight.is_empty() {
            // A line of several cells is a row of a form.
            self.lines.push(if line.has_cells() { String::new() } else { line.tight.chars().take(60).collect() });
            self.full = self.lines.len() >= HEAD;
        }
    }

    /// Whether there is any line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The document; `None` where there is none, or two.
    pub fn document(&self, words: &Words) -> Option<String> {
        let mut found: Option<String> = None;
        let mut before = "";
        let mut skip = false;
        for (i, line) in self.lines.iter().enumerate() {
            if std::mem::take(&mut skip) {
                before = line;
                continue;
            }
            if words.is_list(line) {
                return found;
            }
            let known = |t: &str| bare(t).into_iter().find_map(|f| words.titled(f).map(|id| (f.to_owned(), id.to_owned())));
            // A long title goes on on the next line: 民事 / 判决书, 值班律师提供法律帮助 / 通知书.
            let next = self.lines.get(i + 1).filter(|n| !n.is_empty() && n.chars().count() <= 12);
            let joined = next.filter(|_| !line.is_empty()).and_then(|n| {
                let whole = format!("{line}{n}");
                // Where a name of an office ends exactly with the line, the line is no half of a title.
                if is_office(line) { None } else { known(&whole) }
            });
            let hit = joined.clone().or_else(|| known(line));
            let begun = before;
            before = line;
            let Some((title, id)) = hit else { continue };
            skip = joined.is_some();
            if !skip && !begun.is_empty() && may_begin(begun) && words.may_be_half(&title, &id) {
                return None;
            }
            match &found {
                None => found = Some(id),
                Some(first) if *first == id => {}
                // Short words such as 身份证 are labels of the form below its title.
                Some(_) if title.chars().count() < 4 => {}
                Some(_) => return None,
            }
        }
        found
    }
}
