//! Waivers (经批准不扣分) in the terminal and in 总表: what each did, which did nothing, which have run out. Must not count anew.

use super::figures::{percents, range};
use crate::base::text::{Lang, Text};
use crate::record::v1::{Office, Rate, Results, WaiverRecord};
use crate::say;

/// One waiver in words.
pub fn told(at: usize, waiver: &WaiverRecord) -> Text {
    let (no, criteria, reason, approver) = (at + 1, waiver.criteria.join("、"), &waiver.reason, &waiver.approver);
    let (from, to, used, points) = (&waiver.from, &waiver.to, waiver.used, waiver.points);
    let names = waiver.criteria.join(", ");
    let what = if used == 0 {
        say!("没有用到，请核对期间、机构和案件", "not used: check its period, offices and cases")
    } else {
        say!("用于 {used} 件，少扣 {points} 分", "used in {used} cases, {points} points not deducted")
    };
    let end = if waiver.expired { say!("，已到期", ", has run out") } else { Text::EMPTY };
    let (zh, en) = (format!("{}{}", what.zh, end.zh), format!("{}{}", what.en, end.en));
    say!(
        "经批准不扣分第 {no} 条　{criteria}（{reason}，{approver} 批准，{from} 至 {to}）：{zh}",
        "waiver {no}: {names} ({reason}, approved by {approver}, {from} to {to}): {en}"
    )
}

/// The lines of the terminal.
pub fn terminal(results: &Results, lang: Lang, lines: &mut Vec<String>) {
    if results.waivers.is_empty() {
        return;
    }
    lines.push(String::new());
    lines.extend(results.waivers.iter().enumerate().map(|(at, w)| told(at, w).get(lang).to_owned()));
    let share = |r: &Rate| format!("{}/{} {}", range(r.k_low, r.k_high), r.n, percents(r.k_low, r.k_high, r.n));
    let differs = |o: &&Office| o.without_waivers.as_ref().is_some_and(|w| w.cases > 0);
    for office in results.offices.iter().filter(differs) {
        let (Some(with), Some(without)) = (office.headline(), office.without_waivers.as_ref()) else { continue };
        let Some(plain) = without.rates.iter().find(|r| r.name == with.name) else { continue };
        let (name, rate, with, plain) = (&office.name, &with.name, share(with), share(plain));
        lines.push(
            say!("  {name}　{rate} {with}；照常扣分为 {plain}", "  {name}: {rate} {with}; without waivers {plain}").get(lang).to_owned(),
        );
    }
}
