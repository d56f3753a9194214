//! The rubrics that come with the program, embedded. Must not be changed by anything a user does.

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        /// File name under `rubrics/` and text.
        pub const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../rubrics/", $name)))),*];
    };
}

shipped!(
    "duty-lawyer.toml",
    "expansion-quality.toml",
    "law-firm-annual.toml",
    "law-firm-files.toml",
    "legal-aid-civil.toml",
    "legal-aid-criminal.toml",
    "parts/archive.toml",
    "parts/civil-closing.toml",
    "parts/civil-conduct.toml",
    "parts/civil-engagement.toml",
    "parts/civil-intake.toml",
    "parts/civil-quality.toml",
    "parts/criminal-closing.toml",
    "parts/criminal-defence.toml",
    "parts/criminal-engagement.toml",
    "parts/criminal-intake.toml",
    "parts/criminal-quality.toml",
    "parts/duty-lawyer.toml",
    "parts/duty-vocabulary.toml",
    "parts/firm-annual.toml",
    "parts/firm-files-vocabulary.toml",
    "parts/firm-files.toml",
    "parts/firm-party.toml",
    "parts/firm-vocabulary.toml",
    "parts/firm-work.toml",
    "parts/grades.toml",
    "parts/office-indicators.toml",
    "parts/peer-indicators.toml",
    "parts/vocabulary.toml",
    "peer-levels.toml",
);

/// Ids of the shipped rubrics that can be chosen, each the name of a file of its own.
pub const IDS: &[&str] =
    &["duty-lawyer", "expansion-quality", "law-firm-annual", "law-firm-files", "legal-aid-civil", "legal-aid-criminal", "peer-levels"];

/// What grades a batch when nothing else is said.
pub const DEFAULT: &[&str] = &["legal-aid-civil", "legal-aid-criminal"];

/// What grades the cases of a batch that is graded by rubrics about firms alone.
pub const FIRM: &[&str] = &["law-firm-files"];

/// What grades the offices themselves when figures of theirs lie in the batch and nothing else is said.
pub const OWN: &[&str] = &["expansion-quality"];

/// The file of a shipped rubric.
pub fn by_id(id: &str) -> Option<&'static str> {
    let at = IDS.iter().position(|known| *known == id)?;
    FILES.iter().map(|(name, _)| *name).find(|name| name.strip_suffix(".toml") == Some(IDS[at]))
}

/// A shipped text by file name.
pub fn text(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
