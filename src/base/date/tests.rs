//! Dates as people write them, one by one and by law. Must not test what a check makes of them.

use proptest::prelude::*;

use super::*;

#[test]
fn reads_the_usual_ways_of_writing() {
    let fifth = day(2024, 3, 5).map_err(|_| ());
    for text in [
        "2024-03-05",
        "2024年3月5日",
        "2024 年 3 月 5 日",
        "2024年03月05",
        "2024年3月5号",
        "2024.3.5",
        "2024.03.05.",
        "2024。3。5",
        "2024、3、5",
        "2024/3/5",
        "2024 - 3 - 5",
        "2024-3/5",
        "20240305",
        " ２０２４年３月５日 ",
        "２０２４．３．５",
        "2024-3-5 00:00:00",
        "2024-03-05T00:00:00",
        "2024-03-05 00:00:00.000",
        "2024/3/5 0:00",
        "二〇二四年三月五日",
        "二○二四年三月五日",
        "二零二四年三月五号",
        "2024年3月5日（星期二）",
        "2024-03-05 星期二",
        "2024年3月5日周二",
    ] {
        assert_eq!(read(text).map_err(|_| ()), fifth.map(|date| When { date, time: None }), "{text}");
    }
    for (text, month, of_month) in [
        ("二〇二四年十二月三十一日", 12, 31),
        ("二〇二四年十月二十日", 10, 20),
        ("二〇二四年十一月廿一日", 11, 21),
        ("二〇二四年一月十日", 1, 10),
    ] {
        assert_eq!(read(text).map(|w| w.date), day(2024, month, of_month), "{text}");
    }
}

#[test]
fn reads_the_time_of_day() {
    for (text, h, m) in [
        ("2024年3月5日14时30分", 14, 30),
        ("2024年3月5日 14:30", 14, 30),
        ("2024-03-05T14:30:00", 14, 30),
        ("2024年3月5日下午2时30分", 14, 30),
        ("2024年3月5日下午2点", 14, 0),
        ("2024年3月5日上午9点30分", 9, 30),
        ("2024-03-05 上午 9:30", 9, 30),
        ("2024/3/5 2:30:00 PM", 14, 30),
        ("2024-03-05 下午14:30", 14, 30),
        ("2024-03-05 中午12:00", 12, 0),
        ("二〇二四年三月五日上午九时", 9, 0),
    ] {
        assert_eq!(read(text).ok().and_then(|w| w.time), Time::new(h, m, 0, 0).ok(), "{text}");
    }
    assert_eq!(read("2024-03-05 25:00").err(), Some(DateFault::NotADate));
    assert_eq!(read("2024-03-05 14").err(), Some(DateFault::NotADate));
}

#[test]
fn never_guesses() {
    use DateFault::{Ambiguous, Implausible, Incomplete, NoSuchDay, NotADate, Several};
    let cases = [
        ("2024年3月", Incomplete),
        ("2024-03", Incomplete),
        ("2024.3", Incomplete),
        ("2024", Incomplete),
        ("2024年", Incomplete),
        ("202403", Incomplete),
        ("3月5日", Incomplete),
        ("二〇二四年三月", Incomplete),
        ("2024-02-30", NoSuchDay),
        ("2024年13月1日", NoSuchDay),
        ("20240230", NoSuchDay),
        ("0000-00-00", NoSuchDay),
        ("1900-01-00", NoSuchDay),
        ("9999-12-31", Implausible),
        ("1899-01-01", Implausible),
        ("1900-01-01", Implausible),
        ("24.3.5", Ambiguous),
        ("24年3月5日", Ambiguous),
        ("3/5/2024", Ambiguous),
        ("05-03-24", Ambiguous),
        ("240305", Ambiguous),
        ("2024305", Ambiguous),
        ("2024.3.5-3.8", Several),
        ("2024-3-5-6", Several),
        ("2024年3月5日-8日", Several),
        ("2024年3月5日至3月8日", Several),
        ("2024-03-05~2024-03-08", Several),
        ("2024-03-05、2024-03-08", Several),
        ("2024.3.5，2024.3.8", Several),
        ("2024.3.5\n2024.3.8", Several),
        ("2024-03-05前", NotADate),
        ("约2024-03-05", NotADate),
        ("2024-03-05（星期三）", NotADate),
        ("待定", NotADate),
        ("无", NotADate),
        ("", NotADate),
        ("45000", NotADate),
        ("2024-03-05T00:00:00Z", NotADate),
        ("2024年3月五", NotADate),
        ("一二三四", NotADate),
    ];
    for (text, fault) in cases {
        assert_eq!(read(text).err(), Some(fault), "{text}");
    }
}

proptest! {
    #[test]
    fn never_panics(text in "[0-9０-９〇一二十廿年月日号时点分秒上下午至~.:/ T（）星期PMpm，、-]{0,24}|\\PC{0,30}") {
        if let Ok(when) = read(&text) {
            prop_assert!((FIRST_YEAR..=LAST_YEAR).contains(&when.date.year()));
        }
    }

    #[test]
    fn every_day_in_every_spelling(y in 1901_i16..2100, m in 1_i8..13, d in 1_i8..29) {
        let date = day(y, m, d);
        for text in [format!("{y}-{m:02}-{d:02}"), format!("{y}年{m}月{d}日"), format!("{y}.{m}.{d}"), format!("{y}{m:02}{d:02}"), format!("{y}/{m}/{d} 00:00:00")] {
            prop_assert_eq!(read(&text).map(|w| w.date), date, "{}", text);
        }
    }
}
