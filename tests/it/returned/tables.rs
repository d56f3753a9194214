//! Joint decisions and objections as they are written down. All names are invented (虚构). Must not test what they change.

use super::{ONE, Seen, TWO, book::pages, read};

const COUNCIL: &str = "案号,机构,诉讼阶段,指标编号,扣分,理由,评定等次,合议人员,合议日期,合议纪要";
const OBJECTIONS: &str = "案号,机构,诉讼阶段,申诉人,申诉人身份,指标编号,申诉理由,证据材料,材料性质,送达日,提出日,决定,变更后扣分,变更后等次,决定人,决定日期,决定理由";

fn csv(head: &str, rows: &[String]) -> Seen {
    let text = format!("{head}\n{}\n", rows.join("\n"));
    read(&[("评分/合议与申诉.csv", text.into_bytes())], None)
}

#[test]
fn joint_decisions_go_to_their_case() {
    let rows = [
        format!("{ONE},东岭区,,F01,1.5,意见一致,,Z01、Z02 Z03，虚构组长,2025-3-20,纪要第1号"),
        format!("{ONE},,,K01,不适用,无此项,,Z01;Z02,,"),
        format!("{TWO},东岭区,,,,,合格,Z01/Z02,2025年3月20日,"),
    ];
    let seen = csv(COUNCIL, &rows);
    assert_eq!(seen.codes(), Vec::<&str>::new(), "{}", seen.told());
    let council = &seen.case(ONE).heard.council;
    let shown: Vec<String> = council
        .iter()
        .map(|c| format!("{:?} {}", c.criterion, c.given.as_ref().map_or_else(String::new, |g| g.shown().to_string())))
        .collect();
    assert_eq!(shown, ["Some(\"F01\") 扣 1.5", "Some(\"K01\") 不适用"]);
    assert_eq!(council[0].members.iter().map(|m| &**m).collect::<Vec<_>>(), ["Z01", "Z02", "Z03", "虚构组长"]);
    assert_eq!((council[0].on.map(|d| d.to_string()).as_deref(), council[0].minutes.as_deref()), (Some("2025-03-20"), Some("纪要第1号")));
    let grade = &seen.case(TWO).heard.council[0];
    assert_eq!((grade.criterion.as_deref(), grade.grade.as_deref(), &*grade.raw), (None, Some("合格"), "合格"));
}

#[test]
fn objections_go_to_their_case() {
    let rows = [
        format!(
            "{ONE},东岭区,,虚构律师,承办人,F01 会见,笔录问清了,会见笔录,评估时已存在,2025-3-20,2025-3-25,变更,0,良好,Z02、Z03,2025-4-1,材料属实"
        ),
        format!("{TWO},,,东岭区,机构,V01,并无此事,,,,,,,,,,"),
    ];
    let seen = csv(OBJECTIONS, &rows);
    assert_eq!(seen.codes(), Vec::<&str>::new(), "{}", seen.told());
    let one = &seen.case(ONE).heard.objections[0];
    assert_eq!((&*one.by, &*one.criterion, one.existed, one.changed), ("虚构律师", "F01", Some(true), Some(true)));
    assert_eq!((one.given.as_ref().map(|g| g.shown().to_string()), one.deciders.len()), (Some("扣 0".to_owned()), 2));
    let two = &seen.case(TWO).heard.objections[0];
    assert_eq!((two.changed, two.existed, two.served), (None, None, None), "not decided yet");
}

#[test]
fn a_row_that_cannot_be_used_names_its_cell() {
    let council = |no: &str, rest: &str| (COUNCIL, format!("{no},{rest}"));
    let objection = |rest: &str| (OBJECTIONS, format!("{ONE},东岭区,,虚构律师,{rest}"));
    // The row, the words that are told, and whether the row is used all the same.
    let cases = [
        (council("东岭援民〔2024〕99号", "东岭区,,F01,1,,,Z01,,"), "请核对机构名称和案号", false),
        (council(ONE, "西岭县,,F01,1,,,Z01,,"), "请核对机构名称和案号", false),
        (council("", "东岭区,,F01,1,,,Z01,,"), "没有案号", false),
        (council(ONE, "东岭区,,X77,1,,,Z01,,"), "X77", false),
        (council(ONE, "东岭区,,F01,一分,,,Z01,,"), "一分", false),
        (council(ONE, "东岭区,,F01,-1,,,Z01,,"), "-1", false),
        (council(ONE, "东岭区,,F01,,,,Z01,,"), "没有写扣分", false),
        (council(ONE, "东岭区,,,1,,,Z01,,"), "没有写指标编号", false),
        (council(ONE, "东岭区,,F01,1,,,Z01,下周,"), "下周", false),
        (objection("承办人,X77,有误,,,,,,,,,,"), "X77", false),
        (objection("承办人,,有误,,,,,,,,,,"), "没有写指标编号", false),
        (objection("承办人,F01,有误,,,上周,,,,,,,"), "上周", false),
        (objection("承办人,F01,有误,,,,,变更,两分,,,,"), "两分", false),
        (objection("亲属,F01,有误,,,,,,,,,,"), "亲属", true),
        (objection("承办人,F01,有误,,新的,,,,,,,,"), "新的", true),
        (objection("承办人,F01,有误,,,,,再议,,,,,"), "再议", true),
    ];
    for ((head, row), words, used) in cases {
        let seen = csv(head, std::slice::from_ref(&row));
        assert_eq!(seen.codes(), ["P084"], "{row}: {}", seen.told());
        assert!(seen.told().contains(words), "{words} in {}", seen.told());
        let heard = &seen.case(ONE).heard;
        assert_eq!(heard.council.len() + heard.objections.len(), usize::from(used), "{row}");
    }
}

#[test]
fn empty_forms_say_nothing() {
    for head in [COUNCIL, OBJECTIONS] {
        let seen = csv(head, &[format!("{ONE},东岭区,,")]);
        assert_eq!(seen.codes(), Vec::<&str>::new(), "{}", seen.told());
    }
}

#[test]
fn forms_and_sheets_lie_side_by_side() {
    let row = format!("{COUNCIL}\n{ONE},东岭区,,F01,1,定为一分,,Z01、Z02,2025-3-20,\n");
    let files = [("评分/Z01.xlsx", pages().bytes()), ("东岭区/合议记录.csv", row.into_bytes())];
    let seen = read(&files, Some(&super::usual()));
    assert_eq!((seen.codes(), seen.marks(ONE).as_str()), (vec![], super::MARKS_1), "{}", seen.told());
    assert_eq!(seen.case(ONE).heard.council.len(), 1);
}
