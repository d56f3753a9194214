//! Tesseract, the program that reads scans, when it is asked for and found. Must not be needed for anything else.

use super::Picture;
use crate::base::text::Text;
use crate::model::inside::What;

/// A Tesseract that was found.
#[derive(Debug, Clone)]
pub struct Ocr {}

impl Ocr {
    /// Finds the program and its Chinese.
    ///
    /// # Errors
    /// What is missing, by name, and where it comes from.
    pub fn find() -> Result<Self, Text> {
        Err(Text::EMPTY)
    }

    /// Program and languages, for what is remembered of texts.
    pub fn version(&self) -> String {
        String::new()
    }

    /// The text of a page.
    ///
    /// # Errors
    /// It failed or took too long.
    pub fn read(&self, _picture: Picture<'_>, _seconds: u32) -> Result<String, What> {
        Err(What::Unknown)
    }
}
