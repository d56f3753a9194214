//! Places of offices in the circular, worked out by hand: by 优良率, then 优秀率, then the mean (95, 85, 70 and 40 a case by grade, 0 to 100
//! of one that is open). Must not ask the program what a place should be.

use super::{make, of, office};

/// Name, cases by grade from the best, cases not decided, what stands as its place.
type Row = (&'static str, [u64; 4], u64, &'static str);

fn check(rows: &[Row], ranges: bool) {
    let results = of(rows.iter().map(|(id, counts, open, _)| office(id, *counts, *open)).collect());
    let made = make(&results, &[], &[]);
    let told = made.facts.rows("机构");
    assert_eq!(told.len(), rows.len());
    for (id, _, _, place) in rows {
        let row = told.iter().find(|r| r["名称"].text == format!("虚构{id}")).expect("an office");
        assert_eq!(row["名次"].text, *place, "{id} of {rows:?}");
    }
    assert_eq!(!made.facts.rows("区间说明").is_empty(), ranges, "{rows:?}");
}

#[test]
fn equal_offices_share_a_place() {
    // The same shares of twice the cases are equal; 丁 has more that are 优秀 than 丙 at the same 优良率.
    check(
        &[
            ("甲", [2, 2, 0, 0], 0, "1（并列）"),
            ("乙", [4, 4, 0, 0], 0, "1（并列）"),
            ("丙", [3, 1, 1, 0], 0, "4"),
            ("丁", [4, 0, 1, 0], 0, "3"),
            ("戊", [0, 0, 4, 0], 0, "5"),
        ],
        false,
    );
    // Both rates are equal; the mean of 甲 is 72.5, that of the others 80.
    check(&[("甲", [1, 1, 1, 1], 0, "3"), ("乙", [1, 1, 2, 0], 0, "1（并列）"), ("丙", [1, 1, 2, 0], 0, "1（并列）")], false);
}

#[test]
fn open_cases_leave_a_range() {
    // 乙 at its best comes to 93.75 against 92.5 of 甲, 丁 to 81.25 against 80 of 丙; nobody reaches further.
    check(
        &[
            ("甲", [3, 1, 0, 0], 0, "1～2"),
            ("乙", [2, 1, 0, 0], 1, "1～2"),
            ("丙", [1, 1, 2, 0], 0, "3～4"),
            ("丁", [0, 1, 2, 0], 1, "3～4"),
            ("戊", [0, 0, 3, 1], 0, "5"),
        ],
        true,
    );
    // 8/9 at its worst is more than 3/4.
    check(&[("甲", [8, 0, 0, 0], 1, "1（未定）"), ("乙", [3, 0, 1, 0], 0, "2"), ("丙", [2, 1, 1, 0], 0, "3")], false);
    // One open case puts 丙 before both or behind both, and of a range it is not said that it is shared.
    check(&[("甲", [2, 1, 0, 0], 0, "1～2"), ("乙", [2, 1, 0, 0], 0, "1～2"), ("丙", [3, 0, 0, 0], 1, "1～3")], true);
}

#[test]
fn offices_that_are_left_out_take_no_place() {
    // 甲 has too few; 乙 and 丁 join it, as each of the three must leave three cases to the others. 丁 would come before nobody that is shown.
    check(
        &[
            ("甲", [1, 0, 0, 0], 0, "—"),
            ("乙", [2, 0, 1, 1], 0, "—"),
            ("丙", [6, 1, 0, 1], 0, "3"),
            ("丁", [0, 2, 0, 1], 0, "—"),
            ("戊", [9, 1, 0, 0], 0, "1"),
            ("己", [8, 2, 0, 0], 0, "2"),
        ],
        false,
    );
    // The open case of 甲 moves nobody that is shown.
    check(
        &[
            ("甲", [0, 0, 0, 0], 1, "—"),
            ("乙", [1, 1, 1, 0], 0, "—"),
            ("丙", [1, 1, 2, 0], 0, "—"),
            ("丁", [6, 1, 1, 0], 0, "1"),
            ("戊", [5, 2, 1, 0], 0, "2"),
        ],
        false,
    );
    // The totals are withheld, so that 甲 alone is left out; and an office without cases has no place.
    check(&[("甲", [0, 0, 1, 0], 0, "—"), ("乙", [0, 0, 4, 0], 0, "1"), ("丙", [0, 0, 3, 1], 0, "2"), ("丁", [0; 4], 0, "—")], false);
    // Only one is shown: there is nothing to come before.
    check(&[("甲", [1, 0, 0, 0], 0, "—"), ("乙", [2, 0, 1, 1], 0, "—"), ("丙", [6, 1, 0, 1], 0, "—"), ("丁", [0, 2, 0, 1], 0, "—")], false);
}
