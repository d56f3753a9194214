//! 全部优良机构 and 口径说明. Must not leave out a rule, a result or a note.

use super::{SHEETS, main, stamped, title, who};
use crate::record::rank::Ranking;
use crate::report::Result;
use crate::report::book::Book;
use crate::report::cell::{Cell, Column};
use crate::report::sheet::{Page, Plan};
use crate::report::style::Kind;

/// Everybody whose cases all reach the headline rate, year by year.
///
/// # Errors
/// When a sheet does not take it.
pub fn all_reached(book: &mut Book, ranking: &Ranking) -> Result<()> {
    let columns = vec![
        Column::new("年度", 60, Kind::Centre),
        Column::new(who(ranking), 260, Kind::Text),
        Column::new("评查数", 80, Kind::Number),
        Column::new("怎样评查", 120, Kind::Centre),
    ];
    let rate = main(ranking).map(|y| y.headline.clone()).unwrap_or_default();
    let note = format!("评查的案件全部计入{rate}（{rate} 100%，没有可能落在外面的案件）。件数少的请结合件数看；抽查的只说明抽到的案件。");
    let heading = title(ranking, &format!("{rate} 100% 的{}", who(ranking)));
    let mut page = Page::begin(book, Plan { name: SHEETS[5], title: heading, note, columns, keys: 2 })?;
    stamped(&mut page, ranking);
    for year in ranking.years.iter().rev() {
        for one in &year.all_reached {
            let how = if one.census { "全部评查" } else { "抽查" };
            page.row(&[Cell::count(year.year.unsigned_abs().into()), Cell::text(one.name.clone()), Cell::count(one.n), Cell::text(how)])?;
        }
    }
    page.finish()
}

/// Rules, formulas, rubrics, results.
///
/// # Errors
/// When a sheet does not take it.
pub fn notes(book: &mut Book, ranking: &Ranking) -> Result<()> {
    let columns = vec![Column::new("项目", 220, Kind::Text), Column::new("内容", 800, Kind::Text)];
    let note = "同样的结果和规则，再算一次逐字节相同；结果文件夹给出的次序不影响排名。";
    let plan = Plan { name: SHEETS[6], title: title(ranking, "排名口径说明"), note: note.to_owned(), columns, keys: 1 };
    let mut page = Page::begin(book, plan)?;
    page.unfiltered();
    stamped(&mut page, ranking);
    let row = |page: &mut Page<'_>, name: &str, words: String| page.row(&[Cell::text(name.to_owned()), Cell::text(words)]);
    if !ranking.notes.is_empty() {
        page.band("先看这些")?;
        for said in &ranking.notes {
            row(&mut page, "注意", said.zh.clone().into_owned())?;
        }
    }
    page.band("规则")?;
    for said in &ranking.rules.said {
        row(&mut page, "规则", said.zh.clone().into_owned())?;
    }
    if let Some(hash) = &ranking.rules.sha256 {
        row(&mut page, "rank.toml 的 SHA-256", hash.clone())?;
    }
    page.band("算法")?;
    row(&mut page, "率", "达到的件数 ÷ 评查的件数，按精确分数比较，显示时四舍五入到两位小数".to_owned())?;
    row(
        &mut page,
        "名次区间",
        "每项取未定案件全部不利、全部有利两端；最好的名次＝1＋最不利也比它好的个数，最差的名次＝1＋最有利时比它好的个数".to_owned(),
    )?;
    row(
        &mut page,
        "抽样名次区间",
        "按第一项比率的 95% 抽样区间（Wilson，有限总体校正）比较，区间不相交才算分出先后；全部评查的区间就是一点".to_owned(),
    )?;
    if let Some(funnel) = main(ranking).and_then(|y| y.funnel.as_ref()) {
        row(&mut page, "漏斗图", funnel.method.zh.clone().into_owned())?;
    }
    for year in ranking.years.iter().rev() {
        page.band(&format!("{} 年", year.year))?;
        for s in &year.standards {
            row(&mut page, "评估标准", format!("{} {}　SHA-256 {}", s.title, s.version, s.sha256))?;
        }
        for said in &year.notes {
            row(&mut page, "说明", said.zh.clone().into_owned())?;
        }
    }
    page.band("用到的结果")?;
    for s in &ranking.sources {
        let role = match s.role.as_str() {
            "bridge" => "过渡结果（上年案件、今年标准）",
            "indicators" => "指标",
            _ => "评查结果",
        };
        let state = if s.is_final { "定稿" } else { "未定稿" };
        let stage = if s.stage.is_empty() { String::new() } else { format!("，{}", s.stage) };
        let how = if s.selection == "all" { "全部评查" } else { "抽查" };
        let words = format!(
            "{} 年{role}：{}，截止日 {}，{} 个机构 {} 件，{how}{stage}，{state}，校验码 {}",
            s.year,
            s.title,
            s.as_of,
            s.offices,
            s.selected,
            s.code.get(..12).unwrap_or(&s.code)
        );
        row(&mut page, &s.folder, words)?;
    }
    page.finish()
}
