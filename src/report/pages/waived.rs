//! 经批准不扣分 on 总览: in how many cases, and the rates with and without. Must not be left out where anything was waived.

use super::Input;
use crate::record::v1::Rate;
use crate::report::Result;
use crate::report::cell::Cell;
use crate::report::figures::{percent, range};
use crate::report::grid::Grid;
use crate::report::style::Kind::{Centre, Text};

/// Writes the section; nothing where the settings waive nothing.
///
/// # Errors
/// When the sheet does not take it.
pub fn section(grid: &mut Grid, input: &Input<'_>) -> Result<()> {
    let Some(without) = &input.office.without_waivers else { return Ok(()) };
    grid.section("经批准不扣分")?;
    grid.heads(&[("比率", 2), ("经批准不扣分以后", 3), ("如果照常扣分", 4)])?;
    let share = |r: &Rate| {
        let (low, high) = (percent(r.k_low, r.n), percent(r.k_high, r.n));
        let whole = if low == high { low } else { format!("{low}～{high}") };
        format!("{}/{}　{whole}", range(r.k_low, r.k_high), r.n)
    };
    for rate in &input.office.rates {
        let other = without.rates.iter().find(|r| r.name == rate.name).map(share).unwrap_or_default();
        grid.line(&[(Cell::text(rate.name.as_str()), 2, Centre), (Cell::text(share(rate)), 3, Centre), (Cell::text(other), 4, Centre)])?;
    }
    let mean = |m: &Option<[crate::record::number::Number; 2]>| match m {
        Some([low, high]) if low == high => low.to_string(),
        Some([low, high]) => format!("{low}～{high}"),
        None => "—".to_owned(),
    };
    let (with, without_it) = (mean(&input.office.mean), mean(&without.mean));
    grid.line(&[(Cell::text("平均分"), 2, Centre), (Cell::text(with), 3, Centre), (Cell::text(without_it), 4, Centre)])?;
    let used: Vec<String> =
        input.office.waived.iter().map(|u| format!("第 {} 条：{} 件，少扣 {} 分", u.waiver, u.cases, u.points)).collect();
    let used = if used.is_empty() { "没有用到".to_owned() } else { used.join("；") };
    let said = format!("共 {} 件有不扣分的指标（{used}）；每一处的理由、批准人和原应扣分见“扣分明细”。", without.cases);
    grid.line(&[(Cell::text(said), 9, Text)])
}
