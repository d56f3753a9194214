//! The layouts that are built in (版式): a page, its paragraphs and tables, in words with placeholders. Each is written as a Word template
//! and printed by the same way as a bureau's own, so that whoever exports one can change it in Word and give it back.
//! Must not hold facts.

mod table;
mod write;

use super::docx::Parts;

pub use table::{Cell, Row, Table};

/// How a page looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A form (表格): narrow margins, small type.
    Form,
    /// A form across the page.
    Wide,
    /// A letter or circular as GB/T 9704 lays it out (公文): 22 lines of 28 characters, 3号仿宋.
    Letter,
}

/// What a paragraph is; each has a Word style of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// 标题
    Title,
    /// 发文字号, 副标题
    Number,
    /// 一级标题
    Heading,
    /// 二级标题
    Section,
    /// 正文, first line indented by two characters
    Body,
    /// 主送, and other lines that are not indented
    Plain,
    /// 落款
    Right,
    /// Small print
    Note,
    /// The smallest print, below a dense table
    Small,
    /// As small as can be: what divides two tables
    Tiny,
}

#[derive(Debug, Clone)]
enum Block {
    Paragraph(Style, String),
    Table(Table),
    Break,
}

/// A layout.
#[derive(Debug, Clone)]
pub struct Layout {
    look: Look,
    blocks: Vec<Block>,
}

impl Layout {
    /// An empty page of this look with a title.
    pub fn new(look: Look, title: &str) -> Self {
        Self { look, blocks: vec![Block::Paragraph(Style::Title, title.to_owned())] }
    }

    /// Adds the number of the letter (发文字号): above the title, as GB/T 9704 has it.
    #[must_use]
    pub fn numbered(mut self) -> Self {
        self.blocks.insert(0, Block::Paragraph(Style::Number, "{{文号}}".to_owned()));
        self
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn text(mut self, style: Style, words: &str) -> Self {
        self.blocks.push(Block::Paragraph(style, words.to_owned()));
        self
    }

    /// Adds a paragraph of the text.
    #[must_use]
    pub fn body(self, words: &str) -> Self {
        self.text(Style::Body, words)
    }

    /// Adds a heading.
    #[must_use]
    pub fn heading(self, words: &str) -> Self {
        self.text(Style::Heading, words)
    }

    /// Adds a table.
    #[must_use]
    pub fn table(mut self, table: Table) -> Self {
        self.blocks.push(Block::Table(table));
        self
    }

    /// Goes on with a new page.
    #[must_use]
    pub fn page_break(mut self) -> Self {
        self.blocks.push(Block::Break);
        self
    }

    /// As the parts of a Word file.
    pub fn parts(&self) -> Parts {
        write::parts(self)
    }
}
