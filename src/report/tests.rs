//! Tests of whole workbooks. `JUANPING_LOOK=DIR cargo test report::tests::writes` leaves them in a folder to be looked at.

use super::fixture;
use super::workbook::{Context, office};

fn workbooks() -> Vec<(String, Vec<u8>)> {
    let (results, cases) = fixture::results(3, 40);
    let context = Context::of(&results);
    let mut files: Vec<_> = results
        .offices
        .iter()
        .zip(&cases)
        .map(|(o, c)| (super::file_name::workbook(&o.name), office(&context, o, c).expect("workbook")))
        .collect();
    files.push(("总表.xlsx".to_owned(), super::summary::summary(&context, &results).expect("summary")));
    files
}

#[test]
fn writes_the_same_bytes_again() {
    let (first, second) = (workbooks(), workbooks());
    if let Some(dir) = std::env::var_os("JUANPING_LOOK") {
        for (name, bytes) in &first {
            std::fs::write(std::path::Path::new(&dir).join(name), bytes).expect("write");
        }
    }
    assert!(first == second);
}
