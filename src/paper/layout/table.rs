//! Tables of a layout (表格). Must not know what they are about.

/// A table; widths are millimetres.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub(super) widths: Vec<u32>,
    pub(super) rows: Vec<Row>,
    pub(super) dense: bool,
}

impl Table {
    /// A table of columns so wide, in millimetres.
    pub fn new(widths: &[u32]) -> Self {
        Self { widths: widths.to_vec(), rows: Vec::new(), dense: false }
    }

    /// In the smallest type that is still read with ease, for forms that must fit on one page.
    #[must_use]
    pub fn dense(mut self) -> Self {
        self.dense = true;
        self
    }

    /// Adds a row of headings that is printed again on every page.
    #[must_use]
    pub fn head(mut self, words: &[&str]) -> Self {
        let cells = words.iter().map(|w| Cell::new(w).label()).collect();
        self.rows.push(Row { cells, height: 0, head: true, kept: false });
        self
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, cells: Vec<Cell>) -> Self {
        self.rows.push(Row { cells, height: 0, head: false, kept: false });
        self
    }

    /// Adds a row that is at least so many millimetres high, for people to write in.
    #[must_use]
    pub fn tall(mut self, height: u32, cells: Vec<Cell>) -> Self {
        self.rows.push(Row { cells, height, head: false, kept: false });
        self
    }

    /// Keeps the row that was added last on one page with the next one.
    #[must_use]
    pub fn kept(mut self) -> Self {
        if let Some(row) = self.rows.last_mut() {
            row.kept = true;
        }
        self
    }
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) height: u32,
    pub(super) head: bool,
    pub(super) kept: bool,
}

/// A cell; lines of its words are paragraphs.
#[derive(Debug, Clone)]
pub struct Cell {
    pub(super) words: String,
    pub(super) span: usize,
    pub(super) label: bool,
    pub(super) centre: bool,
}

impl Cell {
    /// A cell with words.
    pub fn new(words: &str) -> Self {
        Self { words: words.to_owned(), span: 1, label: false, centre: false }
    }

    /// Over so many columns.
    #[must_use]
    pub fn span(mut self, columns: usize) -> Self {
        self.span = columns;
        self
    }

    /// In the middle.
    #[must_use]
    pub fn centre(mut self) -> Self {
        self.centre = true;
        self
    }

    /// A name of what stands beside or below it: bold, shaded, in the middle.
    #[must_use]
    pub fn label(mut self) -> Self {
        self.label = true;
        self
    }
}

/// Words in a cell.
impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Self::new(words)
    }
}
