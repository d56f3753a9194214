//! The size of the paper that a page is shown on. Must not look at what is on it.

use hayro_syntax::page::{Page, Rotation};

/// The box that is shown, in points: left, bottom, right, top; turns; and millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Left, bottom, right, top in units of the page.
    pub shown: [f64; 4],
    /// Inches of one unit.
    pub unit: f64,
    /// Quarter turns clockwise.
    pub turned: u8,
}

impl Paper {
    /// Of a page; boxes and turns are taken over from the tree.
    pub fn of(page: &Page<'_>) -> Self {
        let shown = page.intersected_crop_box();
        let shown = if shown.width() > 0.0 && shown.height() > 0.0 { shown } else { page.media_box() };
        let unit = page.raw().get::<f32>("UserUnit").map(f64::from).filter(|u| u.is_finite() && (0.01..=1000.0).contains(u)).unwrap_or(1.0);
        let turned = match page.rotation() {
            Rotation::None => 0,
            Rotation::Horizontal => 1,
            Rotation::Flipped => 2,
            Rotation::FlippedHorizontal => 3,
        };
        Self { shown: [shown.x0, shown.y0, shown.x1, shown.y1], unit: unit / 72.0, turned }
    }

    /// Tenths of a millimetre across and down as shown; `None` when the box says nothing.
    pub fn size(&self) -> Option<[u32; 2]> {
        let [x0, y0, x1, y1] = self.shown;
        let tenth = |points: f64| {
            let t = (points * self.unit * 254.0).round();
            // What is longer than a kilometre is no paper.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 10,000,000")]
            (1.0..=1e7).contains(&t).then_some(t as u32)
        };
        let (across, down) = (tenth(x1 - x0)?, tenth(y1 - y0)?);
        Some(if self.turned % 2 == 1 { [down, across] } else { [across, down] })
    }

    /// Which part of the paper a box covers, from 0 to 1.
    pub fn share(&self, around: [f64; 4]) -> f64 {
        let [x0, y0, x1, y1] = self.shown;
        let across = around[2].min(x1) - around[0].max(x0);
        let up = around[3].min(y1) - around[1].max(y0);
        let whole = (x1 - x0) * (y1 - y0);
        if across > 0.0 && up > 0.0 && whole > 0.0 { across * up / whole } else { 0.0 }
    }
}
