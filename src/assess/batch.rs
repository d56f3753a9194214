//! What a run says of its batch before any office is read (本次评查). Must not look at cases.

use jiff::civil::Date;

use crate::base::text::Text;
use crate::intake::settings::{self, Settings};
use crate::record::v1::{Adopted, Batch, Scope};
use crate::say;

/// The record of a batch: its settings, the days that it is about, and how many system files were skipped.
pub fn record(settings: &Settings, as_of: Date, from: Option<Date>, to: Option<Date>, junk: u64) -> Batch {
    let event = settings.scope.event;
    let (zh, en) = match event {
        settings::Event::Closed => ("结案", "closed"),
        settings::Event::Filed => ("归档", "filed"),
    };
    let day = |d: Option<Date>| d.map_or_else(String::new, |d| d.to_string());
    let (f, t) = (day(from), day(to));
    let said = if from.is_none() && to.is_none() {
        say!("全部已{zh}案件", "all cases {en}")
    } else {
        say!("{f} 至 {t} {zh}的案件", "cases {en} from {f} to {t}")
    };
    Batch {
        title: settings.title.clone().unwrap_or_else(|| "法律援助案件质量评查".to_owned()),
        year: settings.year,
        as_of: as_of.to_string(),
        stage: settings.stage.clone(),
        scope: Scope {
            event: event.id().to_owned(),
            from: from.map(|d| d.to_string()),
            to: to.map(|d| d.to_string()),
            case_types: settings.scope.case_types.clone(),
            said,
            selection: "all".to_owned(),
        },
        adopted: settings.adopted.as_ref().map(|a| Adopted {
            body: a.body.clone(),
            document_no: a.document_no.clone(),
            confirmed_by: a.confirmed_by.clone(),
            date: a.date.to_string(),
        }),
        made_by: settings.made_by.clone(),
        settings_sha256: settings.sha256.clone(),
        junk,
        look: String::new(),
        ocr: false,
        names: String::new(),
        objection: settings.objection.length.map(|n| match settings.objection.workdays {
            true => say!("自送达之日起 {n} 个工作日内", "within {n} working days of service"),
            false => say!("自送达之日起 {n} 日内", "within {n} days of service"),
        }),
        rounding: Text::fixed(
            "显示时四舍五入到两位小数，等次按未舍入的数确定",
            "shown rounded half away from zero to two decimals; grades are decided before rounding",
        ),
    }
}
