//! Words for what is not TOML, with advice of its own for the slips that a Chinese keyboard and an office program make.
//! Must not try to mend them.

use std::collections::BTreeMap;

use super::mistake::{Mistake, Spot};
use super::text::Text;
use crate::say;

/// A parser's complaints as mistakes, one a line: the first says what is wrong, those behind it only follow from it. The
/// parser may lose its way behind a slip, so that lines which cannot be TOML are looked for besides.
pub fn syntax_mistakes(errors: &[toml::de::Error], source: usize, text: &str) -> Vec<Mistake> {
    let mut found: BTreeMap<usize, Mistake> = BTreeMap::new();
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let from = text.get(..span.start).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
        let line = text.get(from..).and_then(|t| t.lines().next()).unwrap_or("");
        found.entry(from).or_insert_with(|| mistake(error.message(), Spot::new(source, span), line));
    }
    if found.is_empty() {
        return Vec::new();
    }
    let (mut from, mut block) = (0, None);
    for line in text.split_inclusive('\n') {
        if let Some(at) = slip(line, &mut block) {
            let width = line[at..].chars().next().map_or(1, char::len_utf8);
            let span = from + at..from + at + width;
            found.entry(from).or_insert_with(|| mistake("stray character", Spot::new(source, span), line));
        }
        from += line.len();
    }
    found.into_values().collect()
}

/// Where a line cannot be TOML: a wide character outside strings, or a quote without its pair. `block` is the mark of the
/// string of several lines that the line begins in.
fn slip(line: &str, block: &mut Option<&'static str>) -> Option<usize> {
    const BLOCKS: [&str; 2] = ["\"\"\"", "'''"];
    if let Some(mark) = *block {
        if line.contains(mark) {
            *block = None;
        }
        return None;
    }
    if let Some(mark) = BLOCKS.into_iter().find(|mark| line.contains(mark)) {
        *block = (line.matches(mark).count() % 2 == 1).then_some(mark);
        return None;
    }
    let code = outside_strings(line);
    let wrong = code.chars().find(|c| !c.is_ascii() || matches!(c, '"' | '\''))?;
    line.find(wrong)
}

fn mistake(what: &str, at: Spot, line: &str) -> Mistake {
    Mistake {
        code: "R001",
        at,
        message: say!("这里不合 TOML 的写法", "not valid TOML: {what}"),
        help: Some(
            advice(line)
                .unwrap_or_else(|| say!("检查这一行的引号、等号和括号（{what}）", "check quotes, equals signs and brackets of this line")),
        ),
        also: Vec::new(),
    }
}

fn advice(line: &str) -> Option<Text> {
    let code = outside_strings(line);
    let key = code.split('=').next().unwrap_or("").trim();
    if code.contains(['“', '”', '‘', '’', '＂', '＇', '「', '」']) {
        Some(say!("请把中文引号改成英文双引号 \"", "use straight double quotes \""))
    } else if code.contains(['＝', '：']) {
        Some(say!("请把全角的 ＝ 或 ： 改成半角 =", "use the half-width = between key and value"))
    } else if code.contains(['，', '、', '；', '。', '［', '］', '｛', '｝', '（', '）', '【', '】', '\u{3000}']) {
        Some(say!("请把全角的标点、括号或空格改成半角", "use half-width commas, brackets and spaces"))
    } else if code.contains(['"', '\'']) {
        Some(say!("这一行的引号没有成对", "the quotes of this line do not pair"))
    } else if !key.is_empty() && !key.starts_with('[') && !key.is_ascii() {
        Some(say!("键要用英文；一定要用中文键时须加双引号：\"{key}\"", "keys are English; a Chinese key must be quoted: \"{key}\""))
    } else {
        None
    }
}

/// A line without its whole strings and without its comment: what is left is written by the rules of TOML alone.
fn outside_strings(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some(at) = rest.find(['"', '\'', '#']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mark = &from[..1];
        if mark == "#" {
            return out;
        }
        match from[1..].find(mark) {
            Some(end) => rest = &from[end + 2..],
            None => {
                out.push_str(from);
                return out;
            }
        }
    }
    out.push_str(rest);
    out
}
