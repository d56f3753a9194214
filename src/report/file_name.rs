//! File names of workbooks: one total, injective function from office names, also where case does not count.
//! Must not look at the disk or at other offices.

/// The name of an office's workbook, such as `东岭区.xlsx`. Different offices never share one.
pub fn workbook(office: &str) -> String {
    format!("{office}.xlsx")
}
