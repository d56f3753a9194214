//! Messages without the words that differ from case to case: dates, numbers, codes. Must give back the same message when filled in.

use crate::base::text::Text;

/// The character that stands for the first word taken out; the next ones for the others.
const FIRST: u32 = 0xe000;
/// So many words at most.
const MOST: u32 = 0x100;

/// Both languages with words taken out, and the words, parted by U+0001.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Chinese and English.
    pub said: (String, String),
    /// The words.
    pub args: String,
}

/// A message as template and words. One that itself has characters which stand for words is left whole.
pub fn template(message: &Text) -> Template {
    let marks = |c: char| (FIRST..FIRST + MOST).contains(&u32::from(c)) || c == '\u{1}';
    if message.zh.contains(marks) || message.en.contains(marks) {
        return Template { said: (message.zh.to_string(), message.en.to_string()), args: String::new() };
    }
    let mut words: Vec<&str> = Vec::new();
    let said = (taken(&message.zh, &mut words), taken(&message.en, &mut words));
    Template { said, args: words.join("\u{1}") }
}

/// Whether a character goes on with a word that began with a digit.
fn goes_on(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-')
}

/// The text with each word that begins with a digit replaced by the character of its number among `words`.
fn taken<'a>(text: &'a str, words: &mut Vec<&'a str>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !goes_on(c)).unwrap_or(from.len()));
        kept.push_str(before);
        let known = words.iter().position(|w| *w == word);
        let number = u32::try_from(known.unwrap_or(words.len())).ok().filter(|n| *n < MOST);
        match number.and_then(|n| char::from_u32(FIRST + n)) {
            Some(mark) => {
                if known.is_none() {
                    words.push(word);
                }
                kept.push(mark);
            }
            None => kept.push_str(word),
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Template, template};
    use crate::base::text::Text;

    /// As the page does it (`web/src/data/decode.ts`).
    fn filled(template: &str, args: &str) -> String {
        if args.is_empty() {
            return template.to_owned();
        }
        let words: Vec<&str> = args.split('\u{1}').collect();
        let word = |c: char| usize::try_from(u32::from(c).wrapping_sub(0xe000)).ok().and_then(|at| words.get(at).copied());
        template.chars().fold(String::new(), |mut all, c| {
            match word(c).filter(|_| ('\u{e000}'..='\u{e0ff}').contains(&c)) {
                Some(word) => all.push_str(word),
                None => all.push(c),
            }
            all
        })
    }

    #[test]
    fn dates_and_numbers_are_shared_by_both_languages() {
        let message = Text::pair("自 2024-03-01 起 7 日内，超期 4 日", Some("7 days from 2024-03-01, 4 days late".to_owned()));
        let Template { said, args } = template(&message);
        assert_eq!(
            said,
            ("自 \u{e000} 起 \u{e001} 日内，超期 \u{e002} 日".to_owned(), "\u{e001} days from \u{e000}, \u{e002} days late".to_owned())
        );
        assert_eq!(args, "2024-03-01\u{1}7\u{1}4");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn messages_come_back(zh in "[一-龥0-9a-z.:,\u{e000}\u{e001}\u{1} -]{0,80}", en in "\\PC{0,80}", many in proptest::collection::vec(any::<u16>(), 0..600)) {
            let numbers = many.iter().map(ToString::to_string).collect::<Vec<_>>().join("，");
            let message = Text::pair(format!("{zh}{numbers}"), Some(en));
            let Template { said, args } = template(&message);
            prop_assert_eq!(filled(&said.0, &args), &*message.zh);
            prop_assert_eq!(filled(&said.1, &args), &*message.en);
        }
    }
}
