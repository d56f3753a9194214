//! Who decides: names and codes as they are written become the reviewers of the draw, so that nobody passes by another spelling. Must not
//! take somebody whom nobody knows for somebody who may decide.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::World;
use crate::base::text::Text;
use crate::intake::words::plain;
use crate::say;

/// Those who decide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// Codes of reviewers; without a draw, what is written.
    pub known: BTreeSet<Arc<str>>,
    /// As written, whom the draw does not know.
    pub unknown: BTreeSet<Arc<str>>,
}

/// Resolves codes and names, whatever their width, case and blanks.
pub fn resolve(written: &[Arc<str>], world: World<'_>) -> People {
    let mut people = People::default();
    for word in written {
        let wanted = plain(word).to_lowercase();
        let Some(drawn) = world.drawn else {
            people.known.insert(wanted.into());
            continue;
        };
        let is = |text: &str| plain(text).to_lowercase() == wanted;
        match drawn.reviewers.values().find(|r| is(&r.code) || is(&r.name)) {
            Some(reviewer) => drop(people.known.insert(Arc::clone(&reviewer.code))),
            None => drop(people.unknown.insert(Arc::clone(word))),
        }
    }
    people
}

impl People {
    /// Why one of them must not decide on this case: belongs to its office, is its lawyer, or is not known so that neither can be told.
    pub fn barred(&self, world: World<'_>) -> Option<Text> {
        let home = |code: &Arc<str>| world.drawn.and_then(|d| d.reviewers.get(code)).and_then(|r| r.office.as_deref());
        if let Some(who) = self.known.iter().find(|p| home(p) == Some(world.office)) {
            return Some(say!(
                "{who} 属于案件所在机构，应当回避，请换人",
                "{who} belongs to the office of the case; somebody else has to decide"
            ));
        }
        let name = |code: &Arc<str>| world.drawn.and_then(|d| d.reviewers.get(code)).map(|r| plain(&r.name));
        let lawyer = |name: &str| !name.is_empty() && world.lawyers.iter().any(|l| plain(l) == name);
        if let Some(who) = self.known.iter().find(|p| name(p).is_some_and(|n| lawyer(&n)) || lawyer(p)) {
            return Some(say!("{who} 是本案承办人，应当回避，请换人", "{who} is the lawyer of the case; somebody else has to decide"));
        }
        let who: Vec<&str> = self.unknown.iter().map(|p| &**p).collect();
        let who = who.join("、");
        (!who.is_empty()).then(|| {
            say!(
                "“{who}”不在评估专家名单内，不能核对是否应当回避；请写编号，或在 reviewers.toml 登记本人及所在机构",
                "{who:?} is not in the list of reviewers, so whether they may decide cannot be told; write the code, or add them with their office to reviewers.toml"
            )
        })
    }
}
