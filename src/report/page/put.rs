//! The page of a result that is being written. Must not write anything but `report.html`.

use std::fs::File;

use super::{FILE, PageError, Pages, Size, Source};
use crate::record::v1::Results;
use crate::report::audience::Audience;
use crate::report::write::{Output, WriteError};

impl<'a> Source<'a> {
    /// For those who assess, nothing sealed yet.
    pub fn draft(results: &'a Results, code: &'a str) -> Self {
        Self { results, code, seal: None, audience: Audience::Internal, only: None }
    }
}

impl Pages<File> {
    /// A page that waits in the folder of an output.
    ///
    /// # Errors
    /// When the disk would not take it.
    pub fn begin(output: &Output) -> Result<Self, WriteError> {
        let file = output.spool()?.into_inner().map_err(|error| output.failed(FILE, error.into_error()))?;
        Ok(Self::new(file))
    }

    /// Puts the page into an output.
    ///
    /// # Errors
    /// When an office is not one of the result, or the disk would not take it.
    pub fn put(self, output: &Output, source: &Source<'_>) -> Result<Size, WriteError> {
        let mut bytes = Vec::new();
        let size = self.write(&mut bytes, source).map_err(|error| error.of(output))?;
        output.whole(FILE, &bytes)?;
        Ok(size)
    }

    /// Puts the page into a result whose other files are all written.
    ///
    /// # Errors
    /// When an office is not one of the result, or the disk would not take it.
    pub fn complete(self, output: &mut Output, results: &Results) -> Result<(), WriteError> {
        let code = output.code()?;
        self.put(output, &Source::draft(results, &code)).map(drop)
    }
}

impl PageError {
    /// As what kept an output from being written.
    pub fn of(self, output: &Output) -> WriteError {
        match self {
            Self::Read(said) => WriteError::Refused(said),
            Self::Write(source) => output.failed(FILE, source),
        }
    }
}
