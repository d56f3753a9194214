//! From the words of settings and flags to rules, with what is known of offices, types and cases. Must not guess what is not found.

use std::collections::BTreeMap;

use super::{DrawSettings, MinimumWords, NamedCase, ReviewerWords, Sizing, Way, Word};
use crate::base::mistake::{Mistakes, suggest};
use crate::base::text::Text;
use crate::record::plan::{AllocationRules, CaseKey, Dimension, FrameCase, Method, Minimum, Named, Quota, Reviewer, Rules, Size};
use crate::reference::identifiers::canonical_case_no;
use crate::say;

/// What is known when settings are read.
pub struct Known<'a> {
    /// The id of an office by any of its names.
    pub office: &'a dyn Fn(&str) -> Option<String>,
    /// Names of all offices.
    pub offices: &'a [String],
    /// Standard words of case types; empty when any word may be one.
    pub case_types: &'a [String],
    /// Standard words of groups of recipients; empty when any word may be one.
    pub groups: &'a [String],
    /// Year of the batch.
    pub year: Option<i16>,
    /// The frame in its order.
    pub frame: &'a [FrameCase],
    /// Where mistakes go.
    pub sink: &'a Mistakes,
}

/// The rules; mistakes go to the sink.
pub fn rules(settings: &DrawSettings, reviewers: Option<&[ReviewerWords]>, known: &Known<'_>) -> Rules {
    let named = settings.additions.iter().chain(&settings.substitutions).chain(&settings.extra).next().is_some();
    let cases = if named { known.cases() } else { BTreeMap::new() };
    let all = |words: &[NamedCase]| words.iter().filter_map(|w| known.named(w, &cases)).collect::<Vec<Named>>();
    let allocation = reviewers.map(|list| AllocationRules {
        reviewers: {
            let mut list: Vec<Reviewer> = list.iter().map(|r| known.reviewer(r)).collect();
            list.sort_by(|a, b| a.code.cmp(&b.code));
            list
        },
        second: settings.allocation.second.clone(),
        blind: settings.allocation.blind,
        connected: settings.allocation.connected,
        extra: all(&settings.extra),
        due: settings.allocation.due.map(|d| d.to_string()),
    });
    Rules {
        method: method(settings, known),
        strata: settings.strata.clone(),
        minimums: settings.minimums.iter().map(|m| known.minimum(m)).collect(),
        reserve: settings.reserve,
        additions: all(&settings.additions),
        substitutions: all(&settings.substitutions),
        allocation,
    }
}

/// The share drawn when nothing says how many.
pub const USUAL_PERCENT: &str = "10";

fn method(settings: &DrawSettings, known: &Known<'_>) -> Method {
    let given = settings.method.unwrap_or_else(|| match () {
        () if settings.size.is_some() => Way::Random,
        () if !settings.numbers.is_empty() => Way::Numbers,
        () if !settings.quotas.is_empty() => Way::Quota,
        () => Way::Random,
    });
    match given {
        Way::Random => Method::Random {
            size: match settings.size.clone() {
                Some(Sizing::Number(n)) => Size::Number(n),
                Some(Sizing::Percent(percent)) => Size::Percent(percent),
                Some(Sizing::Margin(margin)) => Size::Margin { margin, confidence: settings.confidence.unwrap_or(95) },
                None => Size::Percent(USUAL_PERCENT.to_owned()),
            },
            each_office: settings.each_office,
        },
        Way::Numbers => Method::Numbers {
            numbers: settings.numbers.clone(),
            case_types: settings.case_types.iter().map(|w| known.case_type(w)).collect(),
            year: known.year,
            written: settings.written,
        },
        Way::Quota => Method::Quota {
            quotas: settings
                .quotas
                .iter()
                .map(|q| Quota {
                    office: q.office.as_ref().and_then(|w| known.office_id(w, false)),
                    case_type: q.case_type.as_ref().map(|w| known.case_type(w)),
                    number: q.number,
                })
                .collect(),
        },
        Way::All => Method::All,
    }
}

pub(super) type Cases<'a> = BTreeMap<&'a str, Vec<&'a FrameCase>>;

impl Known<'_> {
    fn office_id(&self, word: &Word, home: bool) -> Option<String> {
        let found = (self.office)(&word.text);
        if found.is_none() {
            let text = &word.text;
            let said = say!("本次评查没有机构“{text}”", "the batch has no office {text:?}");
            let outside = home
                .then(|| say!("不属于任何参评机构的专家不写 office", "leave office out for a reviewer who is of no office of the batch"));
            let near = suggest(text, self.offices.iter().map(String::as_str)).unwrap_or_default();
            let help = match outside {
                Some(o) if near.is_empty() => o,
                Some(o) => Text::pair(format!("{}{}", near.zh, o.zh), Some(format!("{} {}", near.en, o.en))),
                None => near,
            };
            self.sink.push_help("R005", &word.at, said, help);
        }
        found
    }

    fn one_of(&self, word: &Word, all: &[String], zh: &str, en: &str) -> String {
        if !all.is_empty() && !all.contains(&word.text) {
            let text = &word.text;
            let help = suggest(text, all.iter().map(String::as_str)).unwrap_or_default();
            self.sink.push_help("R005", &word.at, say!("没有{zh}“{text}”", "there is no {en} {text:?}"), help);
        }
        word.text.clone()
    }

    fn case_type(&self, word: &Word) -> String {
        self.one_of(word, self.case_types, "案件类型", "case type")
    }

    fn minimum(&self, words: &MinimumWords) -> Minimum {
        let value = words.value.as_ref().map(|w| match words.by {
            Dimension::Office => self.office_id(w, false).unwrap_or_default(),
            Dimension::CaseType => self.case_type(w),
            Dimension::RecipientGroup => self.one_of(w, self.groups, "受援人类别", "group of recipients"),
            Dimension::Lawyer => w.text.clone(),
        });
        Minimum { by: words.by, value, least: words.least }
    }

    fn reviewer(&self, words: &ReviewerWords) -> Reviewer {
        let wish = |w: &Word| {
            let office = (self.office)(&w.text);
            office.unwrap_or_else(|| if self.case_types.is_empty() { w.text.clone() } else { self.wish(w) })
        };
        Reviewer {
            code: words.code.as_str().into(),
            name: words.name.clone(),
            office: words.office.as_ref().and_then(|w| self.office_id(w, true)),
            case_types: words.case_types.iter().map(|w| self.case_type(w)).collect(),
            group: words.group.clone(),
            leader: words.leader,
            wishes: words.wishes.iter().map(wish).collect(),
            capacity: words.capacity,
            role: words.role,
            due: words.due.map(|d| d.to_string()),
        }
    }

    fn wish(&self, word: &Word) -> String {
        if !self.case_types.contains(&word.text) {
            let text = &word.text;
            let all = self.case_types.iter().chain(self.offices).map(String::as_str);
            let help = suggest(text, all).unwrap_or_default();
            self.sink.push_help(
                "R005",
                &word.at,
                say!("“{text}”不是案件类型，也不是参评机构", "{text:?} is neither a case type nor an office"),
                help,
            );
        }
        word.text.clone()
    }

    /// Cases by number.
    pub(super) fn cases(&self) -> Cases<'_> {
        let mut all: Cases<'_> = BTreeMap::new();
        for case in self.frame {
            all.entry(&*case.case.case_no).or_default().push(case);
        }
        all
    }

    pub(super) fn named(&self, words: &NamedCase, cases: &Cases<'_>) -> Option<Named> {
        let office = match &words.office {
            Some(word) => Some(self.office_id(word, false)?),
            None => None,
        };
        let number = canonical_case_no(&words.case_no.text);
        let fits = |c: &&&FrameCase| {
            office.as_deref().is_none_or(|o| *c.case.office == *o)
                && words.stage.as_deref().is_none_or(|s| c.case.stage.as_deref() == Some(s))
        };
        let found: Vec<&CaseKey> = cases.get(number.as_str()).into_iter().flatten().filter(fits).map(|c| &c.case).collect();
        match found.as_slice() {
            [one] => return Some(Named { case: (*one).clone(), reason: words.reason.clone(), leader: false }),
            [] => {
                let near = suggest(&number, cases.keys().copied().take(20_000)).unwrap_or_default();
                self.sink.push_help("R005", &words.case_no.at, say!("评查范围内没有案件 {number}", "no case {number} is in scope"), near);
            }
            several => {
                let n = several.len();
                let help = say!("请写明 office 或 stage", "give its office or stage");
                self.sink.push_help(
                    "R005",
                    &words.case_no.at,
                    say!("有 {n} 件案件的案号是 {number}", "{n} cases have the number {number}"),
                    help,
                );
            }
        }
        None
    }
}
