//! Facts from small texts, as tables of cases.

use std::sync::Arc;

use super::*;
use crate::inspect::Depth;
use crate::inspect::words::Words;
use crate::model::inside::{Bounds, Questions};
use crate::model::vocabulary::{DocumentKind, Field, FieldType, Vocabulary};

fn vocabulary() -> Vocabulary {
    let field = |id: &str, kind, words: &[&str]| Field {
        id: id.into(),
        title: words[0].into(),
        kind,
        aliases: words[1..].iter().map(|w| (*w).to_owned()).collect(),
        personal: false,
        many: true,
        choices: vec![],
        prefer: vec![],
        about: Default::default(),
        log: None,
        derive: None,
    };
    let document = |id: &str, words: &[&str]| DocumentKind {
        id: id.into(),
        title: words[0].into(),
        aliases: words[1..].iter().map(|w| (*w).to_owned()).collect(),
        order: 0,
        about: Default::default(),
    };
    Vocabulary::new(
        vec![
            field("case_no", FieldType::Text, &["案号", "案件编号"]),
            field("recipient", FieldType::Person, &["受援人", "姓名", "申请人", "当事人"]),
            field("id_no", FieldType::IdCard, &["身份证号", "身份证号码", "公民身份号码"]),
            field("lawyer", FieldType::Person, &["承办人", "承办律师", "律师"]),
            field("agent_name", FieldType::Person, &["代理申请人", "法定代理人", "代理人"]),
            field("applied_on", FieldType::Date, &["申请日期", "申请时间"]),
            field("interviewed_on", FieldType::Date, &["会见日期", "会见（约见）日期", "谈话日期"]),
            field("sex", FieldType::Text, &["性别"]),
            field("phone", FieldType::Text, &["联系电话", "电话"]),
            field("contents", FieldType::Contents, &["卷内目录"]),
        ],
        vec![
            document("application_form", &["法律援助申请表", "申请书", "申请表"]),
            document("identity_proof", &["身份证明", "身份证"]),
            document("decision", &["给予法律援助决定书", "决定书"]),
            document("prosecution_opinion", &["起诉意见书"]),
            document("indictment", &["起诉书", "刑事起诉书"]),
            document("pleading", &["起诉状", "民事起诉书"]),
            document("interview_note", &["会见（谈话）笔录", "会见笔录", "谈话笔录"]),
            document("judgment", &["裁判文书", "民事判决书", "判决书"]),
            document("no_prosecution", &["不起诉决定书"]),
            document("help_notice", &["值班律师提供法律帮助通知书"]),
            document("power_of_attorney", &["授权委托书"]),
        ],
    )
}

fn questions() -> Questions {
    Questions {
        values: vec![
            ("recipient".into(), vec!["张三丰".into()]),
            ("id_no".into(), vec!["11010119900307001X".into()]),
            ("lawyer".into(), vec!["李明".into()]),
        ],
        phrases: Arc::new(["如实陈述".into(), "权利义务".into(), "回避".into()]),
        case_no: String::new(),
    }
}

fn facts(pages: &[&str], marks: &[bool]) -> Reading {
    let (questions, words) = (questions(), Words::new(&vocabulary()));
    let look = Look { depth: Depth::Headers, questions: &questions, words: &words, bounds: Bounds::default(), ocr: None, sm3: false };
    let pages: Vec<String> = pages.iter().map(|p| (*p).to_owned()).collect();
    read(&pages, marks, &look).expect("text")
}

/// Around a line, so that it is not too short to be a text.
fn one(line: &str) -> Reading {
    facts(&[line], &[])
}

#[test]
fn titles() {
    for (head, want) in [
        ("起诉书\n云检刑诉〔2024〕12号", Some("indictment")),
        ("云岭市东岭区人民检察院\n起 诉 书", Some("indictment")),
        ("云岭市东岭区人民检察院起诉书", Some("indictment")),
        ("云岭市公安局\n起诉意见书", Some("prosecution_opinion")),
        ("云岭市公安局起诉意见书", Some("prosecution_opinion")),
        ("云岭市公安局\n起 诉\n意 见 书", Some("prosecution_opinion")),
        ("民事\n起诉书", Some("pleading")),
        ("不起诉\n决定书", Some("no_prosecution")),
        ("附条件不起诉\n决定书", None),
        ("关于张三丰一案的\n决定书", None),
        ("云岭市东岭区法律援助中心\n决定书", Some("decision")),
        ("值班律师提供法律\n帮助通知书", Some("help_notice")),
        ("会见（谈话）笔录", Some("interview_note")),
        ("会见(谈话)笔录（第二次）", Some("interview_note")),
        ("谈话笔录（副本）\n时间：", Some("interview_note")),
        ("03 法律援助申请表", Some("application_form")),
        ("《授权委托书》", Some("power_of_attorney")),
        ("法律援助申请表\n姓名\n性别\n身份证\n张三丰", Some("application_form")),
        ("卷内目录\n法律援助申请表\n起诉书", None),
        ("目  录\n起诉书", None),
        ("起诉书\n民事判决书", None),
        ("本院收到起诉书后依法审查。\n一\n二", None),
        ("起诉书\t1\n起诉意见书\t2", None),
        ("一\n二\n三\n四\n五\n起诉书", None),
    ] {
        assert_eq!(one(head).titled.map(|(id, _)| id).as_deref(), want, "{head}");
    }
    assert_eq!(facts(&["", "谈话笔录\n问：你好", "起诉书"], &[]).titled, Some(("interview_note".into(), 2)));
    let words = Words::new(&vocabulary());
    for (outline, want) in
        [("1.起诉书", Some("indictment")), ("二审", None), ("12、 会见笔录", Some("interview_note")), ("民事起诉状", None)]
    {
        assert_eq!(words.document(outline).as_deref(), want, "{outline}");
    }
}

#[test]
fn numbers_of_every_shape() {
    for (text, want) in [
        ("案号：东岭援民字〔2024〕第012号", &["东岭援民〔2024〕12号"][..]),
        ("东岭援民［２０２４］ 12 号", &["东岭援民〔2024〕12号"]),
        ("（2024）冀1102民初12号", &["〔2024〕冀1102民初12号"]),
        ("张三丰诉某公司一案，案号为(2024)冀 1102 民初 0012 号之一。", &["〔2024〕冀1102民初12号之一"]),
        ("(2023)最高法知民终1号", &["〔2023〕最高法知民终1号"]),
        ("本院以云检刑诉〔2024〕12号起诉书指控", &["云检刑诉〔2024〕12号"]),
        ("云岭市人民检察院云检刑诉【2024】12号", &["云检刑诉〔2024〕12号"]),
        ("东岭法援〔2024〕民字第12号", &["东岭法援〔2024〕民12号"]),
        ("案号  东岭援民〔2024〕12号  承办人  李明", &["东岭援民〔2024〕12号"]),
        ("案件编号：MZ2024-0012", &["MZ2024-12"]),
        ("东岭援民〔2024〕1号、东岭援刑〔2024〕2号，东岭援民〔2024〕1号", &["东岭援民〔2024〕1号", "东岭援刑〔2024〕2号"]),
        ("（2024）第三季度共12件，住3号楼", &[]),
        ("〔2024〕  号", &[]),
        ("档号：2024-1-12", &[]),
    ] {
        let found = one(text).numbers;
        assert_eq!(found.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>(), want, "{text}");
    }
    let many: String = (1..200).map(|n| format!("东岭援民〔2024〕{n}号\n")).collect();
    assert_eq!(one(&many).numbers.len(), 64);
    assert_eq!(
        facts(&["甲〔2024〕1号", "甲〔2024〕1号，乙〔2024〕2号"], &[]).numbers,
        [("甲〔2024〕1号".into(), 1), ("乙〔2024〕2号".into(), 2)]
    );
}

#[test]
fn only_numbers_of_the_shape_of_the_own_number_are_kept() {
    let (asked, words) = (Questions { case_no: "东岭援民〔2024〕3号".into(), ..questions() }, Words::new(&vocabulary()));
    let look = Look { depth: Depth::Headers, questions: &asked, words: &words, bounds: Bounds::default(), ocr: None, sm3: false };
    let text = "张三丰东岭援民〔2024〕3号；（2024）冀1102民初12号；案号：东岭援民〔2024〕12号；李四诉王五〔2024〕7号一案，已经开庭审理，现将情况说明如下。";
    let found = read(&[text.to_owned()], &[], &look).expect("text").numbers;
    assert_eq!(found, [("东岭援民〔2024〕3号".to_owned(), 1), ("东岭援民〔2024〕12号".to_owned(), 1)]);
    let (digits, words) = (Questions { case_no: "202401000123".into(), ..questions() }, Words::new(&vocabulary()));
    let look = Look { questions: &digits, words: &words, ..look };
    let text = "编号：110101199003070011\n编号：202401000123\n编号：202401000124\n以上各号均由本中心编排，特此说明，请予核对。";
    assert_eq!(read(&[text.to_owned()], &[], &look).expect("text").numbers, [("202401000123".to_owned(), 1)]);
}

#[test]
fn dates_behind_labels_and_anywhere() {
    let day = |d| jiff::civil::date(2024, 3, d);
    for (text, dated, days) in [
        ("申请日期：2024年3月5日", &[("applied_on", 5)][..], &[5][..]),
        ("申请日期： 二〇二四年三月五日", &[("applied_on", 5)], &[5]),
        ("申请日期:２０２４．３．５", &[("applied_on", 5)], &[5]),
        ("申请日期\t2024-03-05\t性别\t男", &[("applied_on", 5)], &[5]),
        ("申请日期 2024 年 3 月 5 日", &[("applied_on", 5)], &[5]),
        ("申请日期：20240305", &[("applied_on", 5)], &[]),
        ("申请日期\n2024/3/5", &[("applied_on", 5)], &[5]),
        ("申请日期：\n2024/3/5", &[("applied_on", 5)], &[5]),
        ("会见（约见）日期：2024年3月5日9时30分", &[("interviewed_on", 5)], &[5]),
        ("申请日期：2024年3月5日   会见日期：2024年3月6日", &[("applied_on", 5), ("interviewed_on", 6)], &[5, 6]),
        ("申 请 日 期：2024年3月5日", &[("applied_on", 5)], &[5]),
        ("撤回申请日期：2024年3月5日", &[], &[5]),
        ("以申请日期为准，2024年3月5日起算", &[], &[5]),
        ("申请日期：\t会见日期：2024年3月6日", &[("interviewed_on", 6)], &[6]),
        ("申请日期：2024年3月", &[], &[]),
        ("申请日期：2024年3月50日", &[], &[]),
        ("二○二四年三月十五日", &[], &[15]),
        ("身份证号：110101202403051234，电话13902024352", &[], &[]),
        ("工资2024.35元，2024.3.5支付；2024.3.5.6版", &[], &[5]),
    ] {
        let facts = one(text);
        let found: Vec<_> = facts.dates.iter().map(|d| (d.field.as_str(), d.date)).collect();
        assert_eq!(found, dated.iter().map(|(f, d)| (*f, day(*d))).collect::<Vec<_>>(), "{text}");
        assert_eq!(facts.days.iter().map(|d| d.0).collect::<Vec<_>>(), days.iter().map(|d| day(*d)).collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn persons_behind_labels() {
    for (text, want) in [
        ("受援人：张三丰，性别：男", &[("recipient", Some(true))][..]),
        ("姓名\t张三丰\t性别\t男", &[("recipient", Some(true))]),
        ("姓 名：张 三 丰   性 别：男", &[("recipient", Some(true))]),
        ("姓名：张三丰 性别：男", &[("recipient", Some(true))]),
        ("姓名：王小五 性别：男", &[("recipient", Some(false))]),
        ("姓名：王小五\t性别：男", &[("recipient", Some(false))]),
        ("姓名  王小五  性别  男", &[("recipient", Some(false))]),
        ("受援人（签名）：王小五", &[("recipient", Some(false))]),
        ("承办律师：李明  受援人：王小五", &[("lawyer", Some(true)), ("recipient", Some(false))]),
        ("身份证号：11010119900307001x", &[("id_no", Some(true))]),
        ("公民身份号码\t110101199003070028", &[("id_no", Some(false))]),
        ("受援人：张某某", &[("recipient", None)]),
        ("姓名\n张三丰", &[("recipient", Some(true))]),
        ("姓名\n农民", &[]),
        ("姓名\n王小五", &[]),
        ("性别\t姓名\n男\t王小五", &[]),
        ("姓名\t\t民族\t汉", &[]),
        ("申请人认为应当支付工资", &[]),
        ("受援人享有下列权利", &[]),
        ("被申请人：王小五", &[]),
        ("原审承办律师：王小五", &[]),
        ("委托代理人：王小五", &[]),
        ("法定代理人：王小五", &[]),
        ("申请人： \n地址：某处", &[]),
        ("本案申请人：张三丰", &[]),
        ("律师：我认为原告的请求有事实和法律依据，应当予以支持，请法庭依法判决被告支付拖欠的工资以及经济补偿。", &[]),
    ] {
        let facts = one(text);
        let found: Vec<_> = facts.named.iter().map(|n| (n.field.as_str(), n.same)).collect();
        assert_eq!(found, want, "{text}");
    }
}

#[test]
fn blanks_left_open() {
    use BlankKind::{Date, Number, Signature};
    for (text, want) in [
        ("    年  月  日", &[Date][..]),
        ("日期：____年__月__日", &[Date]),
        ("日期：　　年　　月　　日", &[Date]),
        ("2024年  月  日", &[Date]),
        ("2024年2月　　日", &[Date]),
        ("2024年2月 日", &[]),
        ("2024年2月  日常工作", &[]),
        ("本协议自  年  月  日起", &[Date]),
        ("申请人签名        年  月  日", &[Date]),
        ("2024年3月5日", &[]),
        ("二〇二四年三月五日", &[]),
        ("年月日", &[]),
        ("出生年月日", &[]),
        ("出 生 年 月 日：1990年3月7日", &[]),
        ("结案日期（年 月 日）", &[]),
        ("受援人（签名）：", &[Signature]),
        ("受援人签名：________", &[Signature]),
        ("申请人签字（捺印）：      2024年3月5日", &[Signature]),
        ("受援人签名：\n2024年3月5日", &[Signature]),
        ("受援人签名：      年 月 日", &[Date, Signature]),
        ("受援人签名：    承办律师签名：李明", &[Signature]),
        ("受援人签名：\t\n承办律师签名：\t\n", &[Signature, Signature]),
        ("受援人签名：\n张三丰", &[]),
        ("受援人签名：    律师签名：\n张三丰   李明", &[]),
        ("受援人签名：张三丰", &[]),
        ("请在此处签名确认：", &[]),
        ("编号：", &[Number]),
        ("案号：        承办人：李明", &[Number]),
        ("编号：2024-1", &[]),
        ("案号：\n东岭援民〔2024〕1号", &[]),
        ("东岭援民〔    〕第    号", &[Number]),
        ("东岭援民〔2024〕第    号", &[Number]),
        ("东岭援民[ ] 号", &[Number]),
        ("东岭援民〔2024〕第12号", &[]),
        ("（2024）冀1102民初12号", &[]),
        ("云岭路（ ）号楼", &[]),
    ] {
        let found: Vec<_> = one(text).blanks.iter().map(|b| b.what).collect();
        assert_eq!(found, want, "{text}");
    }
    // A signature may be a picture.
    let kinds = |marks: &[bool]| facts(&["受援人签名：      年 月 日"], marks).blanks.iter().map(|b| b.what).collect::<Vec<_>>();
    assert_eq!(kinds(&[true]), [Date]);
}

#[test]
fn labels_of_forms() {
    for (text, want) in [
        ("姓名\t张三丰\t性别\t男", (2, 0)),
        ("姓名\t\t性别\t\t电话\t", (3, 3)),
        ("姓名：      性别：    民族：汉", (3, 2)),
        ("姓名\t性别\t电话\n张三丰\t男\t1", (0, 0)),
        ("姓名：\n张三丰", (1, 0)),
        ("谈话人: 李明 记录人: 王芳", (1, 0)),
        ("谈话人: 李明记录人: 王芳", (1, 0)),
        ("姓名： 性别： 电话：", (1, 1)),
        ("申请日期：    年  月  日", (1, 1)),
        ("姓名：________\n性别：________", (2, 2)),
        ("问：你好\n答：我好，姓名是张三丰", (0, 0)),
    ] {
        assert_eq!(one(text).labels, want, "{text}");
    }
}

#[test]
fn phrases_over_the_end_of_a_line() {
    let facts = facts(&["请你如\n实 陈述。", "告知权利义务，权利\n义务", ""], &[]);
    // Sorted: 如实陈述, 权利义务, 回避
    assert_eq!(facts.said, [("如实陈述".to_owned(), 1), ("权利义务".to_owned(), 2)]);
}

#[test]
fn nothing_and_rubbish() {
    let (questions, words) = (questions(), Words::default());
    let look = Look { depth: Depth::Headers, questions: &questions, words: &words, bounds: Bounds::default(), ocr: None, sm3: false };
    assert_eq!(read(&[], &[], &look), None);
    assert_eq!(read(&[" \n\t　".to_owned()], &[], &look), None);
    let rubbish = read(&["\u{E000}\u{E001}\u{E002} 2024年3月5日".repeat(9)], &[], &look).expect("text");
    assert!(rubbish.days.is_empty() && !rubbish.usable && rubbish.chars > 0);
    // One endless line is read in pieces.
    let long = read(&["申请日期：2024年3月5日，".repeat(40_000)], &[], &look).expect("text");
    assert_eq!((long.days.len(), long.usable), (1, true));
}

#[test]
fn a_vocabulary_has_its_hash() {
    let digest = Words::new(&vocabulary()).digest();
    assert_eq!(digest, Words::new(&vocabulary()).digest());
    assert_ne!(digest, Words::new(&Vocabulary::default()).digest());
    let fields = vocabulary().fields().map(|(_, f)| f.clone()).collect();
    assert_ne!(digest, Words::new(&Vocabulary::new(fields, vec![])).digest());
}

/// Notes of interviews as they are written in legal aid: the questions of a form, and answers that are each person's own.
mod notes {
    /// What the form prints.
    pub const QUESTIONS: &[&str] = &[
        "我们是云岭市东岭区法律援助中心指派的律师，现依法向你了解情况，你应当如实陈述，不得隐瞒或者作虚假陈述，听清楚了吗？",
        "请你说明一下你的基本情况。",
        "你申请法律援助的事项是什么？",
        "请你把事情的经过详细说一下。",
        "你有哪些证据可以证明？",
        "你的诉讼请求是什么？",
        "受援人在法律援助过程中享有的权利和承担的义务，已经向你告知，你明白了吗？",
        "你还有什么要补充的吗？",
    ];
    /// Answers of different persons in different cases.
    pub const ANSWERS: &[[&str; 8]] = &[
        [
            "听清楚了，我一定如实陈述。",
            "我是外地来这里打工的，家里有两个孩子在老家上学，爱人身体不好，全家靠我一个人在工地干活挣钱。",
            "我想要回拖欠我的工资，老板一直不给钱。",
            "去年五月经老乡介绍到城东的一个楼盘工地做木工，说好每天三百二十元，干到十二月停工，中间只支过两次生活费，停工以后包工头就不接电话了，我们几个工友去项目部找过好几回，项目部说钱已经拨给包工头，让我们自己去找他要。",
            "有包工头写的一张欠条，还有考勤本的照片和微信聊天记录，工友也可以给我作证。",
            "要求支付拖欠的工资，并且按照规定支付利息。",
            "明白了，没有意见。",
            "希望律师能尽快帮我把官司打下来，家里等着用钱。",
        ],
        [
            "清楚，我说的都是真话。",
            "我在纺织厂上班十几年了，前年离婚以后自己带着女儿租房子住，收入不高，有时候还要照顾老人。",
            "我要求前夫按判决给孩子抚养费。",
            "离婚的时候法院判他每个月给抚养费一千元，开始还给了半年，后来他再婚了就再也没有给过，打电话就说没钱，可是他自己买了车，还在镇上开了一家饭馆，孩子今年要上初中，学费和补课费都是我借的。",
            "有离婚判决书，有他原来转账的银行流水，饭馆的照片也拍了。",
            "请求法院强制执行，把欠的抚养费一次给清，以后按月给。",
            "知道了，你们讲得很详细。",
            "没有了，麻烦你们了。",
        ],
        [
            "听明白了。",
            "我今年六十八岁，老伴去世了，有三个儿子一个女儿，都成家了，我一个人住在村里的老屋。",
            "几个孩子都不管我，我要他们出赡养费。",
            "前几年身体好，自己种点地还能过，去年摔了一跤腿断了，住院花了两万多，出院以后不能下地干活，大儿子说分家的时候没有分给他地，二儿子说他在外面打工顾不上，小儿子干脆不让我进门，女儿给过一点钱但是她婆家也困难，村委会调解过两回都没有谈成。",
            "有住院的病历和收据，村委会有调解记录。",
            "要求三个儿子每人每月出赡养费，医药费平均分担，轮流照顾我的生活。",
            "明白。",
            "我不想把关系闹僵，能调解最好还是调解。",
        ],
    ];

    pub fn note(answers: &[&str; 8], name: &str) -> String {
        let head = format!(
            "谈话笔录\n时间：2024年3月5日9时30分至10时20分\n地点：东岭区法律援助中心\n谈话人：李明  记录人：王芳\n被谈话人：{name}\n"
        );
        let talk: String = QUESTIONS.iter().zip(answers).map(|(q, a)| format!("问：{q}\n答：{a}\n")).collect();
        format!("{head}{talk}以上笔录我看过，与我说的一样。\n受援人（签名）：{name}\n")
    }
}

fn sketch(text: &str) -> u64 {
    one(text).sketch.expect("enough text")
}

#[test]
fn sketches_of_notes() {
    use notes::{ANSWERS, note};
    let own = note(&ANSWERS[0], "张三丰");
    let apart = |a: &str, b: &str| (sketch(a) ^ sketch(b)).count_ones();
    // The same note under another day, number and name of the case, laid out otherwise.
    let again = own.replace("2024年3月5日9时", "2023年11月28日14时").replace("，", ", ").replace("问：", "问:  ");
    assert_eq!(apart(&own, &again), 0);
    // A copy for another case: a few words changed.
    let copies = [
        own.replace("木工", "瓦工").replace("城东", "城西").replace("两个孩子", "三个孩子"),
        own.replace("包工头", "带班的").replace("五月", "六月"),
        own.replace("家里等着用钱", "孩子等着交学费").replace("有包工头写的一张欠条，", ""),
        own.replace("张三丰", "王小五"),
    ];
    let near: Vec<u32> = copies.iter().map(|c| apart(&own, c)).collect();
    let others: Vec<u32> =
        [(0, 1), (0, 2), (1, 2)].map(|(a, b)| apart(&note(&ANSWERS[a], "张三丰"), &note(&ANSWERS[b], "张三丰"))).to_vec();
    assert!(near.iter().all(|d| *d <= 6) && others.iter().all(|d| *d > 12), "copies {near:?}, other notes {others:?}");
    // Where a form's own words are most of a text, two are nearer though nobody copied: eight bits here.
    let short = |n: usize| note(&ANSWERS[n].map(|a| if a.len() > 60 { "没有。" } else { a }), "张三丰");
    let form = apart(&short(0), &short(1));
    assert!(form > 6 && form <= 12, "{form}");
    assert_eq!(one("谈话笔录，内容很短。").sketch, None);
}
