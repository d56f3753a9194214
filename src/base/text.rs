//! Text in Chinese and English side by side; both are always made, so no output depends on `--lang`.
//! Must not hold a catalogue: the words stand where the facts are, through [`say!`](crate::say).

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The language a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// One message in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Text {
    /// Chinese.
    pub zh: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Text {
    /// No words at all.
    pub const EMPTY: Self = Self::fixed("", "");

    /// Words known when the program is built.
    pub const fn fixed(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// The same words in both languages (names, numbers, quotations).
    pub fn same(words: impl Into<String>) -> Self {
        let words: String = words.into();
        Self { zh: Cow::Owned(words.clone()), en: Cow::Owned(words) }
    }

    /// Words from a rubric: English falls back to the Chinese when it was not given.
    pub fn pair(zh: impl Into<String>, en: Option<String>) -> Self {
        let zh: String = zh.into();
        let en = en.unwrap_or_else(|| zh.clone());
        Self { zh: Cow::Owned(zh), en: Cow::Owned(en) }
    }

    /// The words in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// Both languages through one function, for example to mask a name.
    pub fn map(&self, f: impl Fn(&str) -> String) -> Self {
        Self { zh: Cow::Owned(f(&self.zh)), en: Cow::Owned(f(&self.en)) }
    }
}

/// A message in both languages beside the facts: `say!("超期 {n} 日", "{n} days late")`.
#[macro_export]
macro_rules! say {
    ($zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::base::text::Text {
            zh: ::std::borrow::Cow::Owned(format!($zh $(, $($arg)*)?)),
            en: ::std::borrow::Cow::Owned(format!($en $(, $($arg)*)?)),
        }
    };
}
