//! Words for what is not TOML, with its own advice for the three slips that a Chinese keyboard makes.
//! Must not try to mend them.

use crate::base::mistake::{Mistake, Spot};
use crate::say;

/// A parser's complaint as a mistake.
pub fn syntax_mistake(error: &toml::de::Error, source: usize, text: &str) -> Mistake {
    let span = error.span().unwrap_or(0..0);
    let line_from = text.get(..span.start).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
    let line = text.get(line_from..).and_then(|t| t.lines().next()).unwrap_or("");
    let code = line.split('#').next().unwrap_or(line);
    let key = code.split('=').next().unwrap_or("").trim();
    let help = if code.contains(['“', '”', '‘', '’']) {
        Some(say!("请把中文引号改成英文双引号 \"", "use straight double quotes \""))
    } else if code.contains('＝') {
        Some(say!("请把全角等号 ＝ 改成半角 =", "use the half-width ="))
    } else if code.contains('，') || code.contains('［') || code.contains('｛') {
        Some(say!("请把全角的逗号或括号改成半角", "use half-width commas and brackets"))
    } else if !key.is_empty() && !key.starts_with(['"', '[']) && !key.is_ascii() {
        Some(say!("键要用英文；中文键须加双引号，例如 \"{key}\"", "keys are English; a Chinese key must be quoted: \"{key}\""))
    } else {
        None
    };
    let what = error.message();
    Mistake {
        code: "R001",
        at: Spot::new(source, span),
        message: say!("不是有效的 TOML（{what}）", "not valid TOML: {what}"),
        help,
        also: Vec::new(),
    }
}
