//! Built-in criteria (内置核查): defects of the records themselves, told without points and listed by `explain`.
//! Must not take points off.

use crate::base::text::Text;
use crate::check::{Observation, Target, World};
use crate::model::case::Case;
use crate::model::document::{Evidence, Statement};
use crate::model::known;
use crate::model::value::Entry;
use crate::say;

/// A built-in criterion.
#[derive(Debug)]
pub struct Builtin {
    /// `J…`
    pub id: &'static str,
    /// Title.
    pub title: Text,
    /// What to do.
    pub fix: Text,
    /// Why it is looked at.
    pub basis: Text,
}

/// 登记不一致
pub static CONFLICT: Builtin = Builtin {
    id: "J01",
    title: Text::fixed("同一案件的登记前后不一致", "records of one case differ"),
    fix: Text::fixed("核对卷内原件，更正登记有误的一处。", "Check the papers and correct the record that is wrong."),
    basis: Text::fixed("数据一致性核查，不扣分", "consistency of records; no points"),
};

/// 目录与扫描件不一致
pub static UNLISTED: Builtin = Builtin {
    id: "J02",
    title: Text::fixed("卷内目录与扫描件不一致", "list of contents and scans differ"),
    fix: Text::fixed(
        "对照案卷核对卷内目录，目录漏列的补登目录，扫描漏扫的补扫。",
        "Compare the list with the dossier; add lines or scans that were left out.",
    ),
    basis: Text::fixed("目录与实物一致性核查，不扣分", "list against files; no points"),
};

/// 案件类型不明
pub static TYPE: Builtin = Builtin {
    id: "J03",
    title: Text::fixed("案件类型不明，不能选定评估标准", "no rubric can be chosen without the case type"),
    fix: Text::fixed("对照指派通知书、结案文书补登案件类型，再重新评查。", "Record the case type from the papers and run again."),
    basis: Text::fixed("选定评估标准所需，不扣分", "needed to choose the rubric; no points"),
};

/// 机构填报不一致
pub static OWN_CONFLICT: Builtin = Builtin {
    id: "J04",
    title: Text::fixed("同一机构的同一指标填报不一致", "figures of one office differ"),
    fix: Text::fixed(
        "核对原始台账，更正填错的一处；更正前采用先读到的一处（指标.xlsx 在前）。",
        "Check the records and correct the wrong figure; until then the one read first is used.",
    ),
    basis: Text::fixed("数据一致性核查，不扣分", "consistency of figures; no points"),
};

/// Those about offices rather than cases.
pub static OWN: &[&Builtin] = &[&OWN_CONFLICT];

/// All built-in criteria, without the signals.
pub static BUILTINS: &[&Builtin] = &[&CONFLICT, &UNLISTED, &TYPE];

/// Built-in criteria of cases and signals.
pub fn all() -> impl Iterator<Item = &'static Builtin> {
    BUILTINS.iter().chain(super::signals::SIGNALS).copied()
}

/// Why no rubric could be chosen: what a rubric's condition or days of force ask for is not there.
pub fn untyped(case: &Case, world: &World) -> Observation {
    let field = world.vocabulary.field_id(known::CASE_TYPE);
    let seen = field.and_then(|f| case.entry(f)).map_or_else(|| case.home_seen(), Entry::seen);
    let said = match field.and_then(|f| case.entry(f)).map(|e| &e.value) {
        Some(Err(_)) => {
            let raw = seen.raw.as_deref().unwrap_or_default();
            say!(
                "案件类型“{raw}”不在可选的范围内，不能选定评估标准",
                "the case type {raw:?} is not one of the choices; no rubric can be chosen"
            )
        }
        None => say!("没有登记案件类型，不能选定评估标准", "the case type is not recorded; no rubric can be chosen"),
        Some(Ok(_)) => say!("缺少选定评估标准所需的日期", "a date that the choice of the rubric needs is lacking"),
    };
    let lacks = field.map(Target::Field).into_iter().collect::<Vec<_>>();
    let target = lacks.first().cloned();
    Observation { target, ..Observation::unclear(said, vec![seen], lacks) }
}

/// What they see in a case.
pub fn look(case: &Case, world: &World) -> Vec<(&'static Builtin, Observation)> {
    let mut seen: Vec<(&'static Builtin, Observation)> = differing(case, world).into_iter().map(|o| (&CONFLICT, o)).collect();
    if case.evidence == Some(Evidence::Scanned) {
        seen.extend(unlisted(case, world));
    }
    seen
}

/// Values that differ from those in use.
pub fn differing(case: &Case, world: &World) -> Vec<Observation> {
    let mut seen = Vec::new();
    let mut rest = case.overruled.as_slice();
    while let Some(first) = rest.first() {
        let n = rest.partition_point(|e| e.field == first.field);
        let field = world.vocabulary.field(first.field);
        let title = &field.title;
        let id = &field.id;
        let places = case.all(first.field).iter().chain(&rest[..n]).map(|e| e.seen()).collect();
        let used = case.entry(first.field).map_or("", |e| &e.raw);
        let said = if field.personal {
            say!("“{title}”在不同处登记不一致", "the records of {id} differ")
        } else {
            let others: Vec<&str> = rest[..n].iter().map(|e| &*e.raw).collect();
            let others = others.join("、");
            say!("“{title}”登记不一致：采用 {used}，另有 {others}", "the records of {id} differ: {used} is used, others say {others}")
        };
        seen.push(Observation::unmet(said, places).about(Target::Field(first.field)));
        rest = &rest[n..];
    }
    seen
}

/// Scans of a document that the 卷内目录 does not list. (A line without a scan is seen by the check that asks for the document.)
fn unlisted(case: &Case, world: &World) -> Vec<(&'static Builtin, Observation)> {
    let listed = |d: &crate::model::document::Document| matches!(d.statement, Statement::Line { .. });
    let mut seen = Vec::new();
    if !case.documents.iter().any(listed) {
        return seen;
    }
    for (kind, document) in world.vocabulary.documents() {
        if known::FRONT.contains(&document.id.as_str()) {
            continue;
        }
        let of_kind = || case.documents.iter().filter(move |d| d.kind == Some(kind));
        if of_kind().any(|d| d.statement == Statement::File) && !of_kind().any(listed) {
            let title = &document.title;
            let id = &document.id;
            let said = say!("有《{title}》的扫描件，卷内目录没有列", "{id} was scanned but is not in the list of contents");
            let places = of_kind().map(crate::model::document::Document::seen).collect();
            seen.push((&UNLISTED, Observation::unmet(said, places).about(Target::Document(kind))));
        }
    }
    seen
}
