//! Templates as bureaus make them: cut into runs, with headers of all kinds, and wrong in every way.

use std::io::{Cursor, Read};

use proptest::prelude::*;

use super::pack::{self, Parts};
use super::xml::{Element, Node, characters, parse};
use super::{Known, Template};
use crate::paper::fact::{Facts, figures, row};

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                 xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn known() -> Known {
    Known { all: vec!["案号", "机构", "状态", "项.名称", "项.得分", "人.姓名"], common: vec!["机构", "状态"] }
}

/// A file with this body, and more parts: name, type of relation, content.
fn file(body: &str, more: &[(&str, &str, &str)]) -> Parts {
    let mut parts = Parts::new();
    let mut put = |name: &str, text: String| drop(parts.insert(name.to_owned(), text.into_bytes()));
    put(pack::TYPES, "<Types xmlns=\"t\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>".to_owned());
    put(
        "_rels/.rels",
        format!("<Relationships><Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"),
    );
    put("word/document.xml", format!("<w:document {W}><w:body>{body}</w:body></w:document>"));
    let relations = more
        .iter()
        .enumerate()
        .map(|(i, (name, kind, _))| format!("<Relationship Id=\"r{i}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}\"/>"));
    put("word/_rels/document.xml.rels", format!("<Relationships>{}</Relationships>", relations.collect::<String>()));
    for (name, _, content) in more {
        put(&format!("word/{name}"), (*content).to_owned());
    }
    parts
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn tr(cells: &[&str]) -> String {
    format!("<w:tr>{}</w:tr>", cells.iter().map(|c| format!("<w:tc>{}</w:tc>", p(c))).collect::<String>())
}

fn facts() -> Facts {
    let mut facts = Facts::default();
    facts.put("案号", "甲〔2024〕1号").put("机构", "东岭区").say("状态", "草　稿");
    let item = |name: &str, mark: &str| row([("名称", name.to_owned()), ("得分", mark.to_owned())]);
    facts.list("项", vec![item("会见", "3"), item("阅卷", "")]);
    facts
}

fn read(bytes: &[u8], part: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    zip.by_name(part).expect("the part").read_to_string(&mut text).expect("text");
    text
}

/// The lines of a part: the text of each paragraph.
fn lines(xml: &str) -> Vec<String> {
    fn walk(element: &Element, lines: &mut Vec<String>) {
        if element.name() == "w:p" {
            lines.push(String::new());
        }
        for child in element.elements() {
            match child.name() {
                "w:t" => {
                    let text: String =
                        child.children.iter().filter_map(|n| if let Node::Raw(raw) = n { Some(raw.as_str()) } else { None }).collect();
                    if let Some(last) = lines.last_mut() {
                        last.push_str(&characters(&text));
                    }
                }
                "w:br" => lines.last_mut().expect("within a paragraph").push('\n'),
                _ => walk(child, lines),
            }
        }
    }
    let mut all = Vec::new();
    walk(&parse(xml).expect("xml").1, &mut all);
    all
}

fn printed(body: &str, papers: &[&Facts]) -> Vec<String> {
    let template = Template::new(file(body, &[]), &known(), &facts(), false).expect("a template");
    lines(&read(&template.print(papers).expect("a file"), "word/document.xml"))
}

fn wrong(parts: Parts) -> Vec<String> {
    let all = Template::new(parts, &known(), &facts(), true).expect_err("wrong");
    all.into_iter().map(|w| format!("{}|{}", w.place.zh, w.said.zh)).collect()
}

#[test]
fn values_stand_where_their_placeholders_stood() {
    let body = [
        p("编号：{{案号}}。"),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>机构{</w:t></w:r><w:proofErr/><w:r><w:t>{机</w:t></w:r><w:r><w:t>构}} 全称</w:t></w:r></w:p>"
            .to_owned(),
        p("｛｛ 案 号 ｝｝"),
        p("不是占位符 { 案号 } }}"),
    ]
    .concat();
    assert_eq!(printed(&body, &[&facts()]), ["编号：甲〔2024〕1号。", "机构东岭区 全称", "甲〔2024〕1号", "不是占位符 { 案号 } }}"]);
}

#[test]
fn rows_and_paragraphs_repeat_and_vanish() {
    let table = format!("<w:tbl><w:tblPr/>{}{}</w:tbl>", tr(&["项目", "得分"]), tr(&["{{项.名称}}（{{机构}}）", "{{项.得分}}"]));
    let bare = format!("<w:tbl>{}</w:tbl>", tr(&["{{人.姓名}}", "签名"]));
    let body = [table, p("{{项.名称}}达到"), p("{{人.姓名}}应当回避"), bare, p("完")].concat();
    let want = ["项目", "得分", "会见（东岭区）", "3", "阅卷（东岭区）", "", "会见达到", "阅卷达到", "", "签名", "完"];
    assert_eq!(printed(&body, &[&facts()]), want, "a table without any row could not be opened, so one with blanks stays");
}

#[test]
fn a_value_that_is_not_known_is_a_blank_and_never_a_word() {
    let mut some = Facts::default();
    some.say("机构", "");
    assert_eq!(
        printed(&[p("{{案号}}"), p("案号 {{案号}}"), p("{{机构}}属实")].concat(), &[&some]),
        ["＿＿＿＿＿", "案号 ＿＿＿＿＿", "属实"]
    );
}

#[test]
fn papers_of_one_file_end_in_sections_of_their_own() {
    let section = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr>";
    let other = {
        let mut f = Facts::default();
        f.put("案号", "乙");
        f
    };
    for (end, more) in [(p("末行"), 0), (format!("<w:tbl>{}</w:tbl>", tr(&["表"])), 1)] {
        let body = format!("{}{end}{section}", p("{{案号}}"));
        let template = Template::new(file(&body, &[]), &known(), &facts(), false).expect("a template");
        let xml = read(&template.print(&[&facts(), &other, &facts()]).expect("a file"), "word/document.xml");
        assert_eq!(xml.matches("<w:sectPr>").count(), 3, "two within, one at the end: {xml}");
        assert!(xml.ends_with("</w:sectPr></w:body></w:document>"));
        let said = lines(&xml);
        assert_eq!(said.iter().filter(|l| l.starts_with(['甲', '乙'])).collect::<Vec<_>>(), ["甲〔2024〕1号", "乙", "甲〔2024〕1号"]);
        assert_eq!(said.len(), 6 + 2 * more);
    }
}

#[test]
fn everything_wrong_is_told_at_once_with_its_place() {
    let header = format!("<w:hdr {W}>{}</w:hdr>", p("{{项.名称}} {{案号}}"));
    let table = format!("<w:tbl>{}{}</w:tbl>", tr(&["好", "{{项.名称}}{{人.姓名}}"]), tr(&["{{项.德分}}"]));
    let body = [p("{{案号}}"), p("{{案由}} {{案件编号}}"), table, p("开 {{案号")].concat();
    let said = wrong(file(&body, &[("header1.xml", "header", &header)]));
    assert_eq!(said.len(), 7, "{said:#?}");
    assert!(said[0].starts_with("正文第 2 段|不认识 {{案由}}；是不是想写"), "{}", said[0]);
    assert!(said[1].starts_with("正文第 2 段|不认识 {{案件编号}}"), "{}", said[1]);
    assert!(said[2].starts_with("正文第 1 个表格第 1 行") && said[2].contains("两个列表"), "{}", said[2]);
    assert_eq!(said[3], "正文第 1 个表格第 2 行第 1 格|不认识 {{项.德分}}；是不是想写 {{项.得分}}？");
    assert!(said[4].starts_with("正文第 3 段|“{{案号”有 {{ 没有 }}"), "{}", said[4]);
    assert!(said[5].starts_with("页眉第 1 段|不认识 {{项.名称}}"), "{}", said[5]);
    assert!(said[6].starts_with("页眉第 1 段|不认识 {{案号}}"), "a header is the same for all papers of a file: {}", said[6]);
}

#[test]
fn what_is_no_template_is_refused_in_words() {
    let none = |bytes: &[u8]| Template::open(bytes, &known(), &facts(), true).expect_err("refused").remove(0).said.zh.into_owned();
    assert!(none(b"PK nothing").contains("不是 docx"));
    assert!(none(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]).contains("旧的 .doc"));
    let whole = pack::base(&file(&p("{{案号}}"), &[])).expect("a file");
    assert!(none(&whole[..whole.len() / 2]).contains("没有传完"));
    assert!(Template::open(&whole, &known(), &facts(), true).is_ok());
    let mut macros = file(&p("{{案号}}"), &[]);
    macros.insert("word/vbaProject.bin".to_owned(), vec![1]);
    for (parts, words) in
        [(macros, "有宏"), (file(&p("没有要填的"), &[]), "没有任何占位符"), (file("<w:p>", &[]), "损坏"), (Parts::new(), "损坏")]
    {
        assert!(wrong(parts)[0].contains(words), "{words}");
    }
}

/// The headers of a file, by part.
fn headers(bytes: &[u8]) -> Vec<String> {
    let zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let names: Vec<String> = zip.file_names().filter_map(Result::ok).filter(|n| n.contains("header")).map(|n| n.to_string()).collect();
    let mut names: Vec<_> = names.into_iter().map(|n| format!("{}: {}", n, lines(&read(bytes, &n)).join("/"))).collect();
    names.sort();
    names
}

#[test]
fn every_page_of_a_draft_says_so() {
    let header = |text: &str| format!("<w:hdr {W}>{}</w:hdr>", p(text));
    let (plain, says) = (header("机关名称"), header("{{状态}} {{机构}}"));
    let refer = |kind: &str, id: &str| format!("<w:headerReference w:type=\"{kind}\" r:id=\"{id}\"/>");
    let section = |inside: &str| format!("<w:sectPr>{inside}<w:pgSz w:w=\"1\" w:h=\"1\"/></w:sectPr>");
    let (both, even) =
        (("header1.xml", "header", plain.as_str()), ("settings.xml", "settings", "<w:settings><w:evenAndOddHeaders/></w:settings>"));
    type Case<'a> = (&'a str, String, Vec<(&'a str, &'a str, &'a str)>, usize, &'a [&'a str]);
    let cases: [Case<'_>; 6] = [
        ("no section", String::new(), vec![], 1, &["word/header-draft0.xml: 草　稿"]),
        ("no header", section(""), vec![], 1, &["word/header-draft0.xml: 草　稿"]),
        ("one that does not say it", section(&refer("default", "r0")), vec![both], 0, &["word/header1.xml: 草　稿/机关名称"]),
        (
            "one that says it",
            section(&refer("default", "r0")),
            vec![("header1.xml", "header", &says)],
            0,
            &["word/header1.xml: 草　稿 东岭区"],
        ),
        (
            "a first page of its own",
            section(&format!("{}<w:titlePg/>", refer("default", "r0"))),
            vec![both],
            1,
            &["word/header-draft0.xml: 草　稿", "word/header1.xml: 草　稿/机关名称"],
        ),
        (
            "even pages of their own",
            section(&refer("default", "r0")),
            vec![both, even],
            1,
            &["word/header-draft0.xml: 草　稿", "word/header1.xml: 草　稿/机关名称"],
        ),
    ];
    for (what, end, more, made, want) in cases {
        let parts = file(&format!("{}{end}", p("{{案号}}")), &more);
        let print = |draft| {
            let template = Template::new(parts.clone(), &known(), &facts(), draft).expect("a template");
            template.print(&[&facts()]).expect("a file")
        };
        let bytes = print(true);
        assert_eq!(headers(&bytes), want, "{what}");
        assert_eq!(read(&bytes, "word/document.xml").matches("rIdJuanpingDraft0").count(), made, "{what}");
        assert_eq!(read(&bytes, "word/_rels/document.xml.rels").matches("rIdJuanpingDraft0").count(), made, "{what}");
        assert_eq!(read(&bytes, pack::TYPES).matches("header-draft0.xml").count(), made, "{what}");
        assert!(
            !headers(&print(false)).iter().any(|h| h.contains("草　稿/") || h.contains("draft")),
            "{what}: nothing is marked when final"
        );
        assert_eq!(bytes, print(true), "{what}: equal bytes");
    }
}

#[test]
fn a_figure_is_seen_with_its_source_as_often_as_it_is_printed() {
    let mut facts = facts();
    facts.figure("案号", "12", "results.json /offices/0/selected");
    facts.list("项", vec![figures("a", [("得分", "1".to_owned())]), figures("b", [("得分", "2".to_owned())])]);
    let template =
        Template::new(file(&[p("{{案号}}"), p("{{项.得分}}"), p("{{案号}}")].concat(), &[]), &known(), &facts, false).expect("a template");
    let mut seen = Vec::new();
    template.visit(&facts, &mut |name, fact| seen.push((name, fact.map(|f| f.source.clone()).unwrap_or_default())));
    let want =
        [("案号", "results.json /offices/0/selected"), ("项.得分", "a"), ("项.得分", "b"), ("案号", "results.json /offices/0/selected")];
    assert_eq!(seen, want.map(|(n, s)| (n.to_owned(), s.to_owned())));
}

proptest! {
    #[test]
    fn words_come_out_as_they_went_in(words in "[\\PC\n<>&\"'\u{0}\u{8}{}]{1,40}") {
        let mut facts = Facts::default();
        facts.put("案号", &words);
        let said = printed(&p("头{{案号}}尾"), &[&facts]);
        let kept: String = words.chars().filter(|c| !matches!(c, '\u{0}' | '\u{8}' | '\u{fffe}' | '\u{ffff}')).collect();
        prop_assert_eq!(said, vec![format!("头{kept}尾")]);
    }

    #[test]
    fn it_does_not_matter_where_word_cuts(cuts in proptest::collection::btree_set(1_usize..26, 0..8)) {
        let text: Vec<char> = "第{{案号}}号{{机构}}，{{案号}}。".chars().collect();
        let mut runs = String::new();
        let mut from = 0;
        for to in cuts.into_iter().filter(|c| *c < text.len()).chain([text.len()]) {
            runs.push_str(&format!("<w:r><w:t>{}</w:t></w:r>", text[from..to].iter().collect::<String>()));
            from = to;
        }
        prop_assert_eq!(printed(&format!("<w:p>{runs}</w:p>"), &[&facts()]), vec!["第甲〔2024〕1号号东岭区，甲〔2024〕1号。".to_owned()]);
    }
}

#[test]
fn what_a_template_must_not_bring_along_is_refused() {
    let ins = "<w:p><w:ins w:author=\"某人\"><w:r><w:t>{{案号}}</w:t></w:r></w:ins></w:p>";
    let comment = "<w:p><w:r><w:t>{{案号}}</w:t></w:r><w:r><w:commentReference w:id=\"1\"/></w:r></w:p>";
    let code = "<w:p><w:r><w:instrText>IF {{案号}} = 1</w:instrText></w:r><w:r><w:t>{{案号}}</w:t></w:r></w:p>";
    let section = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{{项.名称}}</w:t></w:r></w:p>";
    for (body, words) in [(ins, "修订痕迹"), (comment, "批注"), (code, "域代码"), (section, "分节符")] {
        let said = wrong(file(body, &[]));
        assert!(said.len() == 1 && said[0].contains(words), "{words}: {said:?}");
    }
    let mut linked = file(&p("{{案号}}"), &[]);
    let link = |kind: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"{OFFICE}/{kind}\" Target=\"http://x\" TargetMode=\"External\"/></Relationships>"
        )
    };
    linked.insert("word/_rels/document.xml.rels".to_owned(), link("image").into_bytes());
    assert!(wrong(linked.clone())[0].contains("外部"));
    linked.insert("word/_rels/document.xml.rels".to_owned(), link("hyperlink").into_bytes());
    assert!(Template::new(linked, &known(), &facts(), true).is_ok(), "a link that a reader follows is one");
    let mut out = file(&p("{{案号}}"), &[]);
    out.insert("../../evil.txt".to_owned(), vec![1]);
    assert!(Template::open(&pack::base(&out).expect("a file"), &known(), &facts(), true).is_err());
}

#[test]
fn papers_do_not_say_who_made_the_template() {
    let settings = ("settings.xml", "settings", "<w:settings><w:attachedTemplate r:id=\"r1\"/><w:zoom/></w:settings>");
    let mut parts = file(&p("{{案号}}"), &[settings]);
    let mut put = |name: &str, text: &str| drop(parts.insert(name.to_owned(), text.as_bytes().to_vec()));
    put("docProps/core.xml", "<core>某作者</core>");
    put(
        "word/_rels/settings.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"t/attachedTemplate\" Target=\"http://x\" TargetMode=\"External\"/></Relationships>",
    );
    put("_rels/.rels", &format!("<Relationships><Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument\" Target=\"/word/../word/document.xml\"/><Relationship Id=\"b\" Type=\"t/core-properties\" Target=\"docProps/core.xml\"/></Relationships>").replace("/word/../", "word/../"));
    put(
        pack::TYPES,
        "<Types><Override PartName=\"/docProps/core.xml\" ContentType=\"c\"/><Override PartName=\"/word/document.xml\" ContentType=\"d\"/></Types>",
    );
    let template = Template::new(parts, &known(), &facts(), false).expect("a template");
    let bytes = template.print(&[&facts()]).expect("a file");
    let zip = zip::ZipArchive::new(Cursor::new(&bytes)).expect("a zip");
    let names: Vec<String> = zip.file_names().filter_map(Result::ok).map(|n| n.to_string()).collect();
    assert_eq!(names.iter().filter(|n| n.contains("docProps") || n.contains("settings.xml.rels")).count(), 0, "{names:?}");
    for (part, gone, kept) in [
        ("_rels/.rels", "core", "officeDocument"),
        (pack::TYPES, "docProps", "document.xml"),
        ("word/settings.xml", "attachedTemplate", "w:zoom"),
    ] {
        let text = read(&bytes, part);
        assert!(!text.contains(gone) && text.contains(kept), "{part}: {text}");
    }
}

#[test]
fn every_paper_of_a_print_file_begins_on_a_page_of_its_own_that_is_page_one() {
    let section = "<w:sectPr><w:type w:val=\"continuous\"/><w:pgSz w:w=\"1\" w:h=\"1\"/><w:pgNumType w:fmt=\"decimal\" w:start=\"7\"/><w:cols/></w:sectPr>";
    for end in ["", section] {
        let template = Template::new(file(&format!("{}{end}", p("{{案号}}")), &[]), &known(), &facts(), false).expect("a template");
        let xml = read(&template.print(&[&facts(), &facts()]).expect("a file"), "word/document.xml");
        assert!(!xml.contains("continuous") && !xml.contains("w:start=\"7\""), "{xml}");
        assert_eq!(xml.matches("w:start=\"1\"/>").count(), 2, "{xml}");
    }
    let pages = format!(
        "<w:hdr {W}><w:p><w:r><w:t>第页</w:t></w:r><w:sdt><w:sdtPr><w:tag w:val=\"{}\"/></w:sdtPr><w:sdtContent><w:r><w:t>共</w:t></w:r></w:sdtContent></w:sdt></w:p></w:hdr>",
        super::PAGES
    );
    let template =
        Template::new(file(&p("{{案号}}"), &[("header1.xml", "header", &pages)]), &known(), &facts(), false).expect("a template");
    let header = |papers: &[&Facts]| lines(&read(&template.print(papers).expect("a file"), "word/header1.xml")).concat();
    assert_eq!((header(&[&facts()]), header(&[&facts(), &facts()])), ("第页共".to_owned(), "第页".to_owned()));
}

#[test]
fn a_paper_may_become_a_template_again() {
    let template = Template::new(file(&p("{{案号}}"), &[]), &known(), &facts(), true).expect("a template");
    let mut parts = pack::open(&template.print(&[&facts()]).expect("a file")).expect("parts");
    let text = String::from_utf8(parts["word/document.xml"].clone()).expect("text").replace("甲〔2024〕1号", "{{案号}}");
    parts.insert("word/document.xml".to_owned(), text.into_bytes());
    let again = Template::new(parts, &known(), &facts(), true).expect("a template");
    let relations = read(&again.print(&[&facts()]).expect("a file"), "word/_rels/document.xml.rels");
    let ids: Vec<&str> = relations.split("Id=\"").skip(1).filter_map(|r| r.split('"').next()).collect();
    let mut once = ids.clone();
    once.dedup();
    assert_eq!(ids, once, "{relations}");
}
