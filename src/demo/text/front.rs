//! Cover, list of contents and notes page. Must not count pages itself.

use super::Teller;

/// Paragraphs of such a paper; `None` for others.
pub fn lines(t: &mut Teller<'_>, id: &str) -> Option<Vec<String>> {
    match id {
        "cover" => Some(cover(t)),
        "contents_page" => Some(contents(t)),
        "notes_page" => Some(notes(t)),
        _ => None,
    }
}

fn pages(t: &Teller<'_>) -> u32 {
    t.story.lines.iter().flatten().map(|l| l.to).max().unwrap_or(0)
}

fn cover(t: &mut Teller<'_>) -> Vec<String> {
    let mut lines = vec![t.office.centre.clone(), format!("案号：{}", t.number())];
    if !t.word("archive_no").is_empty() {
        lines.push(t.entry("档号", "archive_no"));
    }
    lines.extend([
        t.entry("受援人", "recipient"),
        t.entry("案由", "cause"),
        t.entry("案件类型", "case_type"),
        t.entry("承办机构", "firm"),
        t.entry("承办人", "lawyer"),
        t.entry("结案方式", "closing_way"),
    ]);
    lines.extend(t.dated("结案日期", "closed_on"));
    lines.extend(t.dated("归档日期", "filed_on"));
    lines.push(format!("本卷共{}页", pages(t)));
    lines.push(t.vary("保管期限：{长期|三十年|十年}"));
    lines
}

fn contents(t: &mut Teller<'_>) -> Vec<String> {
    let mut lines = vec![format!("案号：{}", t.number())];
    for (n, line) in (1..).zip(t.story.lines.iter().flatten()) {
        let pages = if line.from == line.to { line.from.to_string() } else { format!("{}-{}", line.from, line.to) };
        lines.push(format!("{n}. {} …… {pages}", line.title));
    }
    lines
}

fn notes(t: &mut Teller<'_>) -> Vec<String> {
    let state =
        t.vary("{卷内材料齐全，编页连续|材料已按目录逐页核对|无破损、无缺页|复印件均已注明出处}，{没有需要说明的情况|字迹清楚|无涂改}。");
    let lawyer = t.word("lawyer").to_owned();
    let mut lines = vec![
        format!("案号：{}", t.number()),
        format!("本卷情况说明：{state}"),
        format!("本案卷共{}页。", pages(t)),
        t.signed("立卷人（签名）", &lawyer),
        t.signed("检查人（签名）", "郑拟丑"),
    ];
    lines.extend(t.dated("立卷日期", "filed_on"));
    lines
}
