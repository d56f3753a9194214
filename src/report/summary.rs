//! 总表.xlsx: every office and group side by side. Must not look at single cases.

use super::Result;
use super::workbook::Context;
use crate::record::v1::Results;

/// The bytes of 总表.xlsx.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn summary(context: &Context<'_>, results: &Results) -> Result<Vec<u8>> {
    let _ = (context, results);
    Ok(Vec::new())
}
