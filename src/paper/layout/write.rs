//! A layout written as the parts of a Word file. Must not decide how a form looks; the styles stand in `parts/styles.xml`.

use super::{Block, Cell, Layout, Look, Row, Style, Table};
use crate::paper::docx::Parts;
use crate::paper::docx::{PAGES, escape};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                      xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Parts that are the same for every layout.
const FIXED: &[(&str, &str)] = &[
    ("[Content_Types].xml", include_str!("parts/content_types.xml")),
    ("_rels/.rels", include_str!("parts/rels.xml")),
    ("docProps/app.xml", include_str!("parts/app.xml")),
    ("word/_rels/document.xml.rels", include_str!("parts/document_rels.xml")),
    ("word/fontTable.xml", include_str!("parts/fonts.xml")),
    ("word/settings.xml", include_str!("parts/settings.xml")),
    ("word/styles.xml", include_str!("parts/styles.xml")),
];

/// Twentieths of a point.
fn twips(millimetres: u32) -> u32 {
    millimetres * 567 / 10
}

/// Size and margins of a page in millimetres: width, height, top, right, bottom, left, header.
struct Page {
    size: [u32; 2],
    margins: [u32; 4],
    header: u32,
}

impl Look {
    fn page(self) -> Page {
        match self {
            Self::Form => Page { size: [210, 297], margins: [19, 15, 10, 15], header: 8 },
            Self::Wide => Page { size: [297, 210], margins: [19, 15, 10, 15], header: 8 },
            Self::Letter => Page { size: [210, 297], margins: [37, 26, 35, 28], header: 17 },
        }
    }

    fn width(self) -> u32 {
        let page = self.page();
        page.size[0] - page.margins[1] - page.margins[3]
    }

    /// What the styles of cells begin with.
    fn type_of(self, table: &Table) -> &'static str {
        match (table.dense, self) {
            (true, _) => "Small",
            (false, Self::Letter) => "Letter",
            (false, _) => "Cell",
        }
    }

    fn style(self, style: Style) -> &'static str {
        let letter = self == Self::Letter;
        match style {
            Style::Title if letter => "Title",
            Style::Title => "FormTitle",
            Style::Number if letter => "Subtitle",
            Style::Number => "FormSubtitle",
            Style::Heading if letter => "Heading1",
            Style::Heading => "FormHeading",
            Style::Section => "Heading2",
            Style::Body if letter => "BodyText",
            Style::Body => "FormBody",
            Style::Plain if letter => "PlainText",
            Style::Plain => "FormText",
            Style::Right if letter => "Signature",
            Style::Right => "FormRight",
            Style::Note => "Note",
            Style::Small => "SmallNote",
            Style::Tiny => "Tiny",
        }
    }
}

/// The parts.
pub fn parts(layout: &Layout) -> Parts {
    let mut parts: Parts = FIXED.iter().map(|(name, text)| ((*name).to_owned(), text.trim_start().as_bytes().to_vec())).collect();
    parts.insert("word/document.xml".to_owned(), document(layout).into_bytes());
    parts.insert("word/header1.xml".to_owned(), header(layout.look).into_bytes());
    parts.insert("word/footer1.xml".to_owned(), footer(layout.look).into_bytes());
    parts
}

fn document(layout: &Layout) -> String {
    let mut out = format!("{HEAD}<w:document {SPACES}><w:body>");
    for block in &layout.blocks {
        match block {
            Block::Paragraph(style, words) => words.split('\n').for_each(|line| paragraph(layout.look.style(*style), line, &mut out)),
            Block::Table(table) => write_table(table, layout.look, &mut out),
            Block::Break => out.push_str("<w:p><w:pPr><w:pStyle w:val=\"Tiny\"/><w:pageBreakBefore/></w:pPr></w:p>"),
        }
    }
    if matches!(layout.blocks.last(), Some(Block::Table(_))) {
        // A table must not be the last; as small as can be, or a full page would be followed by an empty one.
        paragraph("Tiny", "", &mut out);
    }
    let page = layout.look.page();
    let [width, height] = page.size.map(twips);
    let [top, right, bottom, left] = page.margins.map(twips);
    let (header, wide) = (twips(page.header), if layout.look == Look::Wide { " w:orient=\"landscape\"" } else { "" });
    out.push_str(&format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId5\"/><w:footerReference w:type=\"default\" r:id=\"rId6\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{wide}/>\
         <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"{header}\" w:footer=\"{header}\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>"
    ));
    out
}

fn paragraph(style: &str, words: &str, out: &mut String) {
    kept_paragraph(style, words, false, out);
}

/// A paragraph that may have to stay on one page with what follows.
fn kept_paragraph(style: &str, words: &str, kept: bool, out: &mut String) {
    let keep = if kept { "<w:keepNext/>" } else { "" };
    out.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{keep}</w:pPr>"));
    run(words, out);
    out.push_str("</w:p>");
}

fn run(words: &str, out: &mut String) {
    if !words.is_empty() {
        out.push_str("<w:r><w:t xml:space=\"preserve\">");
        escape(words, out);
        out.push_str("</w:t></w:r>");
    }
}

fn write_table(table: &Table, look: Look, out: &mut String) {
    let whole: u32 = table.widths.iter().copied().map(twips).sum();
    out.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
    ));
    for width in &table.widths {
        out.push_str(&format!("<w:gridCol w:w=\"{}\"/>", twips(*width)));
    }
    out.push_str("</w:tblGrid>");
    table.rows.iter().for_each(|row| write_row(row, table, look, out));
    out.push_str("</w:tbl>");
}

fn write_row(row: &Row, table: &Table, look: Look, out: &mut String) {
    out.push_str("<w:tr><w:trPr><w:cantSplit/>");
    if row.height > 0 {
        out.push_str(&format!("<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", twips(row.height)));
    }
    out.push_str(if row.head { "<w:tblHeader/></w:trPr>" } else { "</w:trPr>" });
    let mut at = 0;
    for cell in &row.cells {
        let width: u32 = table.widths.iter().skip(at).take(cell.span).copied().map(twips).sum();
        at += cell.span;
        write_cell(cell, width, look.type_of(table), row.kept, out);
    }
    out.push_str("</w:tr>");
}

fn write_cell(cell: &Cell, width: u32, kind: &str, kept: bool, out: &mut String) {
    out.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
    if cell.span > 1 {
        out.push_str(&format!("<w:gridSpan w:val=\"{}\"/>", cell.span));
    }
    if cell.label {
        out.push_str("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F2F2\"/>");
    }
    out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
    let style = match (cell.label, cell.centre) {
        (true, _) => "Label",
        (false, true) => "Centre",
        (false, false) => "Text",
    };
    let style = format!("{kind}{style}");
    cell.words.split('\n').for_each(|line| kept_paragraph(&style, line, kept, out));
    out.push_str("</w:tc>");
}

/// 批次, 草稿, page x of y; below it 标准版本 and 校验码.
fn header(look: Look) -> String {
    let right = twips(look.width());
    let middle = right / 2;
    let text = |words: &str| {
        let mut out = String::new();
        run(words, &mut out);
        out
    };
    let tab = "<w:r><w:tab/></w:r>";
    let tabs = format!("<w:tabs><w:tab w:val=\"center\" w:pos=\"{middle}\"/><w:tab w:val=\"right\" w:pos=\"{right}\"/></w:tabs>");
    let line = |last: &str, inside: String| format!("<w:p><w:pPr><w:pStyle w:val=\"{last}\"/>{tabs}</w:pPr>{inside}</w:p>");
    let state = "<w:r><w:rPr><w:rStyle w:val=\"Draft\"/></w:rPr><w:t>{{状态}}</w:t></w:r>";
    // What a print file leaves out, where the number of all its pages would be told as that of one paper.
    let pages = format!(
        "<w:sdt><w:sdtPr><w:tag w:val=\"{PAGES}\"/></w:sdtPr><w:sdtContent>{}{}{}</w:sdtContent></w:sdt>",
        text("　共 "),
        field("NUMPAGES"),
        text(" 页")
    );
    let page = field("PAGE");
    let first = [text("{{批次}}"), tab.to_owned(), state.to_owned(), tab.to_owned(), text("第 "), page, text(" 页"), pages];
    let second = [text("标准：{{标准版本}}　校验码 {{校验码}}")];
    format!("{HEAD}<w:hdr {SPACES}>{}{}</w:hdr>", line("Header", first.concat()), line("HeaderLast", second.concat()))
}

/// The page number of a letter as GB/T 9704 has it; forms have theirs in the header alone, and what they have below costs no room.
fn footer(look: Look) -> String {
    let (style, page) = if look == Look::Letter {
        let dashes = ["<w:r><w:t xml:space=\"preserve\">— </w:t></w:r>", "<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r>"];
        ("Footer", format!("{}{}{}", dashes[0], field("PAGE"), dashes[1]))
    } else {
        ("Tiny", String::new())
    };
    format!("{HEAD}<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{page}</w:p></w:ftr>")
}

/// A field that Word computes.
fn field(code: &str) -> String {
    format!("<w:fldSimple w:instr=\" {code} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
}
