//! The template of `audit.toml` that `init` writes: every setting in a comment, none in force but what a register tells.
//! Must not hold a setting that the loader does not know: a test reads every line.

const TEXT: &str = include_str!("audit-template.toml");

/// The template; `year` is in force when it is known.
pub fn settings(year: Option<i16>) -> String {
    match year {
        Some(year) => TEXT.replacen("# year = 2024\n", &format!("year = {year}\n"), 1),
        None => TEXT.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{TEXT, settings};
    use crate::base::mistake::Mistakes;
    use crate::intake::settings::Settings;
    use crate::intake::settings_read::parse;

    #[test]
    fn nothing_is_in_force_but_the_year() {
        let sink = Mistakes::default();
        assert_eq!(parse(TEXT, &sink), Settings::undeclared());
        assert_eq!(parse(&settings(Some(2023)), &sink), Settings { year: Some(2023), ..Settings::undeclared() });
        assert_eq!(sink.into_sorted(), Vec::new());
    }

    #[test]
    fn every_line_is_valid_once_its_mark_is_taken_away() {
        // A setting is a line that begins with one mark and a key; words begin with two.
        let live: Vec<&str> = TEXT.lines().map(|l| if l.starts_with("##") { "" } else { l.strip_prefix("# ").unwrap_or(l) }).collect();
        let sink = Mistakes::default();
        let read = parse(&live.join("\n"), &sink);
        assert_eq!(sink.into_sorted(), Vec::new());
        assert!(read.title.is_some() && read.as_of.is_some() && read.made_by.is_some() && read.full_names == Some(false));
        assert!(read.scope.from.is_some() && !read.scope.case_types.is_empty() && !read.scope.states.is_empty());
        assert!(read.offices.len() == 2 && !read.columns.is_empty() && !read.rubrics.is_empty() && read.adopted.is_some());
        assert!(read.evidence.is_some() && read.off.len() == 1 && read.work.len() == 1);
    }
}
