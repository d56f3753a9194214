//! Plausible results made by code, for the tests of this room only. Must not be taken for real grading.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::points::Points;
use crate::base::text::Text;
use crate::record::number::Number;
use crate::record::v1::*;
use crate::say;

fn n(whole: i64) -> Number {
    Number::new(Points::whole(whole))
}

/// Criteria: id, title, group, points, check, document or message when unmet, remedy.
const CRITERIA: &[(&str, &str, &str, i64, &str, &str, &str)] = &[
    ("A01", "有法律援助申请表", "受理审查", 6, "present", "缺《法律援助申请表》", "explain"),
    ("A02", "七日内审查并作出决定", "受理审查", 8, "within", "2024-03-01 申请，2024-03-12 作出决定，期限至 2024-03-08，超期 4 日", "none"),
    ("A03", "有经济困难状况说明表", "受理审查", 6, "present", "缺《经济困难状况说明表》", "complete"),
    ("B01", "三日内指派承办人员", "指派", 10, "within", "2024-03-08 决定援助，2024-03-15 指派，超期 4 日", "none"),
    ("B02", "有指派通知书", "指派", 10, "present", "缺《指派通知书》", "complete"),
    ("C01", "五日内签订委托代理协议", "承办", 10, "within", "指派 2024-03-15，签订 2024-03-25，超期 5 日", "explain"),
    ("C02", "会见或者约见受援人并制作笔录", "承办", 15, "present", "缺《会见（谈话）笔录》", "explain"),
    ("C03", "代理意见质量", "承办", 20, "mark", "", "none"),
    ("D01", "卷内目录与页码连续", "立卷归档", 5, "pages", "卷内目录第 7 项起页码 31–35 与上一项 29–33 重叠", "complete"),
    ("D02", "结案后三十日内归档", "立卷归档", 5, "within", "2024-05-06 结案，2024-07-02 归档，超期 27 日", "none"),
    ("D03", "送达回证齐全", "立卷归档", 5, "present", "缺《送达回证》", "complete"),
];

/// The rubric of the fixture.
pub fn rubric() -> RubricRecord {
    let criterion = |c: &(&str, &str, &str, i64, &str, &str, &str)| CriterionRecord {
        archive: None,
        fields: Vec::new(),
        source: None,
        id: c.0.to_owned(),
        title: Text::same(c.1),
        group: c.2.to_owned(),
        kind: if c.4 == "mark" { "substance" } else { "regularity" }.to_owned(),
        points: Some(n(c.3)),
        check: c.4.to_owned(),
        human: c.4 == "mark",
        deduct: if c.4 == "within" {
            say!("每超一日扣 2 分，最多扣 {} 分", "2 points a day, at most {}", c.3)
        } else {
            say!("不符合扣 {} 分", "{} points", c.3)
        },
        basis: Text::same(if c.0 == "D02" {
            "律师承办法律援助案件的归档要求（依据待核）"
        } else {
            "《法律援助法》第四十三条；《办理法律援助案件程序规定》第二十五条"
        }),
        verified: c.0 != "D02",
        remedy: c.6.to_owned(),
        fix: Text::same(match c.6 {
            "complete" => "从原件处调取或者复印后补入卷内，注明补入日期；不得倒签、补造、替签。",
            "explain" => "由承办人书面说明原因，经机构负责人签署意见后附卷。",
            _ => "不可补正；请完善内部提醒，避免再次发生。",
        }),
    };
    let mut groups: Vec<GroupRecord> = Vec::new();
    for c in CRITERIA {
        match groups.iter_mut().find(|g| g.title == c.2) {
            Some(group) => group.points = Number::new(group.points.points() + Points::whole(c.3)),
            None => groups.push(GroupRecord { title: c.2.to_owned(), points: n(c.3), most: None }),
        }
    }
    let grade = |id: &str, title: &str, from| GradeRecord { id: id.to_owned(), title: title.to_owned(), from: Some(n(from)) };
    RubricRecord {
        about: None,
        id: "legal-aid-civil".to_owned(),
        version: "2024.1".to_owned(),
        title: "民事行政法律援助案件质量评估〔参考样式，非官方标准〕".to_owned(),
        sha256: "0".repeat(64),
        adopted: false,
        scheme: "points".to_owned(),
        total: Some(n(100)),
        grades: vec![grade("a", "优秀", 90), grade("b", "良好", 80), grade("c", "合格", 60), grade("d", "不合格", 0)],
        groups,
        criteria: CRITERIA.iter().map(criterion).collect(),
        red_lines: vec![RedLineRecord {
            id: "R1".to_owned(),
            title: say!("向受援人收取财物", "took money from the recipient"),
            grade: "不合格".to_owned(),
            human: true,
            basis: Text::same("《法律援助法》第二十条"),
        }],
        counting: "cumulative".to_owned(),
        reconcile: None,
        rates: Vec::new(),
        scoring: None,
    }
}

/// A row of numbers that look thrown.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

fn case(office: &str, number: u64, dice: &mut Dice) -> CaseRecord {
    let rubric = rubric();
    let (mut criteria, mut findings) = (Vec::new(), Vec::new());
    let (mut low, mut high) = (0, 0);
    let short: Arc<str> = office.into();
    for (i, c) in CRITERIA.iter().enumerate() {
        let throw = dice.below(100);
        let outcome = match (c.4, throw) {
            ("mark", 0..8) => "pending",
            ("mark", _) => "met",
            (_, 0..9) => "unmet",
            (_, 9..11) => "unclear",
            _ => "met",
        };
        let (got, most) = match outcome {
            "met" => (c.3, c.3),
            "unmet" => (0, 0),
            _ => (0, c.3),
        };
        low += got;
        high += most;
        criteria.push(CriterionResult {
            id: c.0.into(),
            outcome: outcome.into(),
            of: n(c.3),
            low: n(got),
            high: n(most),
            level: None,
            because: None,
            exact: None,
            if_applies: None,
        });
        if outcome == "met" {
            continue;
        }
        let record = &rubric.criteria[i];
        let message = match outcome {
            "unmet" => Text::same(c.5),
            "unclear" => say!(
                "登记表没有填写相关日期，卷内也没有可读的材料，无法判断是否符合",
                "no date in the register and nothing readable in the dossier"
            ),
            _ => say!("待评估专家评分", "awaiting a reviewer"),
        };
        findings.push(Finding {
            id: format!("{}.1", c.0),
            criterion: c.0.into(),
            outcome: outcome.into(),
            severity: if outcome == "unmet" { "error" } else { "warning" }.into(),
            lost: if outcome == "unmet" { [n(c.3), n(c.3)] } else { [n(0), n(c.3)] },
            message,
            fix: record.fix.clone().into(),
            remedy: record.remedy.clone().into(),
            basis: Arc::new(record.basis.clone()),
            because: None,
            about: None,
            places: vec![PlaceRecord {
                file: format!("{office}/2024年案件登记表.xlsx").into(),
                sheet: Some("一月".into()),
                cell: Some(format!("K{}", number + 3)),
                raw: Some(if i == 2 { "=HYPERLINK(\"x\")".into() } else { "2024.3.12".into() }),
                ..PlaceRecord::default()
            }],
            fingerprint: format!("{:016x}", dice.0),
        });
    }
    let rank = |mark: i64| [90, 80, 60, 0].iter().position(|from| mark >= *from).unwrap_or(3);
    let possible: Vec<Arc<str>> = (rank(high)..=rank(low)).map(|i| rubric.grades[i].title.as_str().into()).collect();
    let pick = |dice: &mut Dice, of: &[&str]| of[usize::try_from(dice.below(of.len() as u64)).unwrap_or(0)].to_owned();
    let fields: [(&str, String); 8] = [
        ("case_type", pick(dice, &["民事", "民事", "行政", "劳动仲裁"])),
        ("stage", pick(dice, &["一审", "一审", "二审", "执行"])),
        ("lawyer", pick(dice, &["王建国", "李秀英", "张伟、陈静", "欧阳震华", "刘洋"])),
        ("firm", pick(dice, &["云岭正和律师事务所", "东岭区法律援助中心", "云岭市明德法律服务所"])),
        ("closed_on", format!("2024-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28))),
        ("filed_on", if dice.below(10) == 0 { String::new() } else { "2024-12-20".to_owned() }),
        ("recipient_group", pick(dice, &["农民工", "残疾人", "老年人", "妇女", "一般困难群众"])),
        ("recipient", "张某某".to_owned()),
    ];
    CaseRecord {
        subject: "case".to_owned(),
        office: short,
        case_no: format!("云岭东援民〔2024〕{number:03}号"),
        stage: None,
        scope: "selected".to_owned(),
        rubric: Some(rubric.id.as_str().into()),
        scheme: Some("points".to_owned()),
        marks: Some(Marks { low: n(low), high: n(high), total: n(100), exact: None }),
        grade: (possible.len() == 1).then(|| Arc::clone(&possible[0])),
        possible,
        possible_superset: false,
        criteria,
        findings,
        sources: BTreeMap::new(),
        fields: fields.into_iter().map(|(k, v)| (k.into(), v.into())).collect(),
        documents: vec![],
        reviews: vec![],
        panel: None,
    }
}

/// What the results say of these cases.
pub fn office(id: &str, name: &str, cases: &[CaseRecord]) -> Office {
    let rubric = rubric();
    let count = cases.len() as u64;
    let titles: Vec<&str> = rubric.grades.iter().map(|g| g.title.as_str()).collect();
    let grades = |cases: &[&CaseRecord]| {
        let of = |t: &str| cases.iter().filter(|c| c.grade.as_deref() == Some(t)).count() as u64;
        Grades(titles.iter().map(|t| ((*t).to_owned(), of(t))).collect())
    };
    let k = |cases: &[&CaseRecord], top: usize| {
        let within = |g: &Arc<str>| titles[..top].contains(&&**g);
        let low = cases.iter().filter(|c| c.possible.iter().all(within)).count() as u64;
        (low, cases.iter().filter(|c| c.possible.iter().any(within)).count() as u64)
    };
    let all: Vec<&CaseRecord> = cases.iter().collect();
    let rate = |id: &str, name: &str, top| {
        let (k_low, k_high) = k(&all, top);
        Rate { id: id.to_owned(), name: name.to_owned(), headline: top == 2, k_low, k_high, n: count, ci95: None }
    };
    let end = |c: &CaseRecord, high: bool| c.marks.as_ref().map_or(Points::ZERO, |m| if high { m.high.points() } else { m.low.points() });
    let mean = |high| {
        let sum: Points = cases.iter().map(|c| end(c, high)).sum();
        Number::new(Points::ratio(1, i64::try_from(count.max(1)).unwrap_or(1)).unwrap_or_default() * sum)
    };
    let median = |high| {
        let mut marks: Vec<Points> = cases.iter().map(|c| end(c, high)).collect();
        marks.sort();
        let half = marks.len() / 2;
        Number::new(Points::ratio(1, 2).unwrap_or_default() * (marks[(marks.len() - 1) / 2] + marks[half]))
    };
    let split = |field: &str| {
        let mut parts: BTreeMap<String, Vec<&CaseRecord>> = BTreeMap::new();
        for case in cases {
            parts.entry(case.fields[field].to_string()).or_default().push(case);
        }
        parts
            .into_iter()
            .map(|(name, cases)| {
                let (k_low, k_high) = k(&cases, 2);
                (name, Split { n: cases.len() as u64, k_low, k_high, grades: grades(&cases) })
            })
            .collect()
    };
    let unmet = |id: &str| cases.iter().filter(|c| c.findings.iter().any(|f| &*f.criterion == id && f.outcome == "unmet")).count() as u64;
    let lost = CRITERIA.iter().map(|c| Lost {
        rubric: rubric.id.clone(),
        criterion: c.0.to_owned(),
        cases: unmet(c.0),
        of: count,
        points: n(i64::try_from(unmet(c.0)).unwrap_or(0) * c.3),
    });
    let decided = cases.iter().filter(|c| c.grade.is_some()).count() as u64;
    let filed = cases.iter().filter(|c| !c.fields["filed_on"].is_empty()).count() as u64;
    Office {
        id: id.to_owned(),
        name: name.to_owned(),
        parent: Some("云岭市".to_owned()),
        rows: count + 9,
        dossier_only: 0,
        in_scope: count,
        out_of_scope: [("在办".to_owned(), 5), ("不在期间".to_owned(), 2)].into(),
        joined: 2,
        selected: count,
        decided,
        undecided: count - decided,
        grades: grades(&all),
        rates: vec![rate("excellent", "优秀率", 1), rate("good", "优良率", 2), rate("pass", "合格率", 3)],
        mean: (count > 0).then(|| [mean(false), mean(true)]),
        median: (count > 0).then(|| [median(false), median(true)]),
        mean_exact: None,
        marked: None,
        by: By { case_type: split("case_type"), recipient_group: split("recipient_group") },
        lost: lost.filter(|l| l.cases > 0).collect(),
        filing: Filing {
            closed: count,
            due: count,
            filed,
            in_time: filed.saturating_sub(unmet("D02")),
            late: unmet("D02"),
            not_due: 0,
            unfiled: count - filed,
            unclear: 0,
            lacking: unmet("D03"),
            contents: unmet("A03"),
            pages: unmet("D01"),
        },
        own: Vec::new(),
        waived: Vec::new(),
        without_waivers: None,
    }
}

/// The same results in the levels scheme: no points, a level for each criterion.
pub fn levels(results: &mut Results, cases: &mut [Vec<CaseRecord>]) {
    for rubric in &mut results.rubrics {
        (rubric.scheme, rubric.total) = ("levels".to_owned(), None);
        rubric.criteria.iter_mut().for_each(|c| c.points = None);
        rubric.grades.iter_mut().for_each(|g| g.from = None);
        rubric.groups.iter_mut().for_each(|g| g.points = n(0));
    }
    for case in cases.iter_mut().flatten() {
        (case.scheme, case.marks) = (Some("levels".to_owned()), None);
        for c in &mut case.criteria {
            c.level = match &*c.outcome {
                "met" => Some("优秀".into()),
                "unmet" => Some("不合格".into()),
                _ => None,
            };
            (c.of, c.low, c.high) = (n(0), n(0), n(0));
        }
        case.findings.iter_mut().for_each(|f| f.lost = [n(0), n(0)]);
    }
    for office in results.offices.iter_mut().chain(&mut results.groups) {
        (office.mean, office.median) = (None, None);
        office.lost.clear();
    }
}

/// So many offices of so many cases, and the cases of each.
pub fn results(offices: usize, cases: u64) -> (Results, Vec<Vec<CaseRecord>>) {
    let mut dice = Dice(7);
    let names = ["东岭区法律援助中心", "西河县法律援助中心", "云岭市法律援助中心（市本级）"];
    let all: Vec<Vec<CaseRecord>> =
        (0..offices).map(|o| (1..=cases).map(|i| case(names[o % names.len()], i, &mut dice)).collect()).collect();
    let records: Vec<Office> = all.iter().enumerate().map(|(o, c)| office(&format!("1{o}"), names[o % names.len()], c)).collect();
    let pooled: Vec<CaseRecord> = all.iter().flatten().cloned().collect();
    let mut city = office("1", "云岭市", &pooled);
    city.parent = None;
    (city.rows, city.joined) = (records.iter().map(|o| o.rows).sum(), records.iter().map(|o| o.joined).sum());
    city.out_of_scope = [("在办".to_owned(), 5 * offices as u64), ("不在期间".to_owned(), 2 * offices as u64)].into();
    let problem = |office: &str| ProblemRecord {
        code: "P012".to_owned(),
        message: say!("列“办案系统流水号”没有对应的字段", "column claimed by no field"),
        advice: say!("如应使用，请把表头改成最接近的字段名，或在 audit.toml 中说明。", "rename the header"),
        office: Some(office.to_owned()),
        places: vec![PlaceRecord {
            file: format!("{office}/2024年案件登记表.xlsx").into(),
            sheet: Some("一月".into()),
            cell: Some("AB3".to_owned()),
            ..PlaceRecord::default()
        }],
    };
    let results = Results {
        format: 1,
        tool: Tool { name: "juanping".to_owned(), version: "0.1.0".to_owned() },
        batch: Batch {
            title: "云岭市2024年度法律援助案件质量评查（虚构示例）".to_owned(),
            year: Some(2024),
            as_of: "2024-12-31".to_owned(),
            stage: "初评".to_owned(),
            scope: Scope {
                event: "closed".to_owned(),
                from: Some("2024-01-01".to_owned()),
                to: Some("2024-12-31".to_owned()),
                case_types: vec![],
                said: say!("2024-01-01 至 2024-12-31 结案的案件", "cases closed from 2024-01-01 to 2024-12-31"),
                selection: "all".to_owned(),
            },
            adopted: None,
            made_by: Some("云岭市司法局".to_owned()),
            settings_sha256: None,
            junk: 3,
            look: "pixels".to_owned(),
            ocr: false,
            names: String::new(),
            objection: None,
            rounding: say!("四舍五入到两位小数", "half away from zero to two decimals"),
        },
        rubrics: vec![rubric()],
        own_rubrics: Vec::new(),
        registers: vec![],
        problems: names.iter().take(2).map(|name| problem(name)).collect(),
        offices: records,
        groups: vec![city],
        waivers: Vec::new(),
        titles: BTreeMap::new(),
        panel: None,
        cross: vec![Cross {
            kind: "case_no".to_owned(),
            message: say!("同一案号“云岭东援民〔2024〕003号”出现在两个机构", "one case number in two offices"),
            offices: names.iter().take(2).map(|n| (*n).to_owned()).collect(),
            places: vec![PlaceRecord {
                file: "东岭区/2024年案件登记表.xlsx".into(),
                cell: Some("B6".to_owned()),
                ..PlaceRecord::default()
            }],
        }],
    };
    (results, all)
}
