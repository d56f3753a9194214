//! How rows and ranges of score sheets are put: spans, rules over several rows, words cut to so many lines. Must not know what is written.

use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{ConditionalFormatFormula, Format, Worksheet};

use crate::report::Result;
use crate::report::{limits, width};

/// Words over one or more columns.
pub fn span(sheet: &mut Worksheet, row: u32, from: u16, to: u16, words: &str, format: &Format) -> Result<()> {
    let words = limits::fit(words);
    if from == to {
        match words.is_empty() {
            true => sheet.write_blank(row, from, format)?,
            false => sheet.write_string_with_format(row, from, words, format)?,
        };
    } else {
        sheet.merge_range(row, from, row, to, &words, format)?;
    }
    Ok(())
}

/// A list of ranges in one column, as a rule takes them.
pub fn ranges(runs: &[(u32, u32)], col: u16) -> Vec<String> {
    let name = column_number_to_name(col);
    runs.iter().map(|(a, b)| if a == b { format!("{name}{}", a + 1) } else { format!("{name}{}:{name}{}", a + 1, b + 1) }).collect()
}

/// A rule for cells of one column in these rows; `{}` in it stands for the first row.
pub fn rule(sheet: &mut Worksheet, runs: &[(u32, u32)], col: u16, rule: &str, format: &Format) -> Result<()> {
    let (Some((first, _)), Some((_, last))) = (runs.first(), runs.last()) else { return Ok(()) };
    let rule = rule.replace("{}", &(first + 1).to_string());
    let of = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(format);
    let of = if runs.len() > 1 { of.set_multi_range(ranges(runs, col).join(" ")) } else { of };
    sheet.add_conditional_format(*first, col, *last, col, &of)?;
    Ok(())
}

/// Words cut so that they take no more than so many lines.
pub fn cut(text: &str, pixels: u32, most: u32) -> String {
    if lines(text, pixels) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if lines(&format!("{kept}…"), pixels) > most {
            kept.pop();
            break;
        }
    }
    kept + "…"
}

/// Lines at the 9 points of these sheets.
pub fn lines(text: &str, pixels: u32) -> u32 {
    width::lines(text, pixels.saturating_sub(4) * 10 / 9)
}
