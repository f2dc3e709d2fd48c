//! The graph of references as a picture: one row an article, one arc for all references from one
//! to another.
//!
//! Whole numbers only, so that the same text gives the same picture on any machine. Arcs that point
//! down the text are drawn on the right, those that point up on the left.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::graph::References;
use crate::html::escape;
use crate::provision::{ProvisionId, ProvisionKind};

/// The height of a row, in pixels.
const ROW: i32 = 20;
/// The room for labels in the middle.
const LABELS: i32 = 300;
/// The greatest reach of an arc to either side.
const REACH_MAX: i32 = 150;
/// The margin around all.
const MARGIN: i32 = 12;

/// One row of the picture.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PictureRow {
    /// The provision.
    pub id: ProvisionId,
    /// Its number and heading.
    pub label: String,
    /// Whether it heads the articles below it.
    pub is_heading: bool,
    /// The middle of the row, from the top.
    pub y: i32,
}

/// All references from one article to another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Arc {
    /// The article in which the words stand.
    pub from: ProvisionId,
    /// The article named.
    pub to: ProvisionId,
    /// How many references there are.
    pub count: usize,
    /// Whether all of them stand on the side of a proposal only.
    pub is_proposed: bool,
    /// The curve, as the `d` of an SVG path.
    pub curve: String,
    /// The point of the arrow, as the `d` of an SVG path.
    pub head: String,
}

/// The picture of a graph of references.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Picture {
    /// The width, in pixels.
    pub width: i32,
    /// The height, in pixels.
    pub height: i32,
    /// Where labels begin, from the left.
    pub left: i32,
    /// Where labels end, from the left.
    pub right: i32,
    /// The rows, from the top.
    pub rows: Vec<PictureRow>,
    /// The arcs, in document order.
    pub arcs: Vec<Arc>,
}

impl References {
    /// Draws the graph. Articles that neither name another nor are named are left out.
    pub fn picture(&self) -> Picture {
        let mut joined: BTreeMap<(usize, usize), (usize, bool)> = BTreeMap::new();
        let place = |id: &ProvisionId| self.structure.position(&self.structure.division(id));
        for edge in self.edges() {
            let is_chapter = self.structure.row(edge.to).is_some_and(|row| {
                matches!(row.kind, ProvisionKind::Chapter | ProvisionKind::Section)
            });
            if let (Some(from), Some(to)) = (place(edge.from), place(edge.to))
                && from != to
                && !is_chapter
            {
                let (count, all_proposed) = joined.entry((from, to)).or_insert((0, true));
                *count += 1;
                *all_proposed &= !self.occurrences[edge.occurrence].is_in_base();
            }
        }
        let rows =
            self.picture_rows(|place| joined.keys().any(|(a, b)| place == *a || place == *b));
        let height = i32::try_from(rows.len()).unwrap_or(i32::MAX / ROW - 2) * ROW + 2 * MARGIN;
        let left = MARGIN + REACH_MAX + 8;
        let right = left + LABELS;
        let y: BTreeMap<&ProvisionId, i32> = rows.iter().map(|row| (&row.id, row.y)).collect();
        let all = self.structure.rows();
        let arcs = joined.iter().filter_map(|((from, to), (count, is_proposed))| {
            let (from, to) = (&all[*from].id, &all[*to].id);
            let (start, end) = (*y.get(from)?, *y.get(to)?);
            let (curve, head) = arc(start, end, left, right);
            let (from, to) = (from.clone(), to.clone());
            Some(Arc { from, to, count: *count, is_proposed: *is_proposed, curve, head })
        });
        let arcs = arcs.collect();
        Picture { width: right + left, height, left, right, rows, arcs }
    }

    fn picture_rows(&self, is_joined: impl Fn(usize) -> bool) -> Vec<PictureRow> {
        let mut rows = Vec::new();
        let mut heading = None;
        let mut y = MARGIN + ROW / 2;
        for (place, row) in self.structure.rows().iter().enumerate() {
            if row.kind == ProvisionKind::Chapter {
                heading = Some(row);
            }
            if !is_joined(place) {
                continue;
            }
            let above = heading.take().filter(|above| above.id != row.id);
            for (row, is_heading) in above.map(|row| (row, true)).into_iter().chain([(row, false)])
            {
                let number = super::numeral::printed(&row.number);
                let label = match (number, row.heading.as_str()) {
                    ("", "") => row.id.to_string(),
                    ("", heading) => heading.to_owned(),
                    (number, heading) => format!("{number} {heading}"),
                };
                rows.push(PictureRow { id: row.id.clone(), label, is_heading, y });
                y += ROW;
            }
        }
        rows
    }
}

/// Draws one arc: a cubic curve out and back, with an arrow at its end.
fn arc(start: i32, end: i32, left: i32, right: i32) -> (String, String) {
    let reach = (14 + (end - start).abs() / 3).min(REACH_MAX * 4 / 3);
    let (x, out, tip) = if start < end { (right, reach, 5) } else { (left, -reach, -5) };
    let curve = format!("M{x} {start}C{0} {start} {0} {end} {x} {end}", x + out);
    let head = format!("M{x} {end}l{tip} -3v6z");
    (curve, head)
}

impl Picture {
    /// Writes the picture as a file of its own, in colours that do for light and dark grounds.
    pub fn svg(&self) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" \
             height=\"{1}\" font-family=\"sans-serif\" font-size=\"12\">\n\
             <style>text{{fill:#333}}.h{{font-weight:600}}.c{{fill:none;stroke:#5b7fa6;\
             stroke-opacity:.75}}.p{{stroke-dasharray:4 3}}.t{{fill:#5b7fa6}}\
             @media(prefers-color-scheme:dark){{text{{fill:#ddd}}}}</style>\n",
            self.width, self.height
        );
        for arc in &self.arcs {
            let class = if arc.is_proposed { "c p" } else { "c" };
            let width = arc.count.min(4);
            _ = writeln!(
                svg,
                "<g><title>{} to {}: {}</title><path class=\"{class}\" stroke-width=\"{width}\" \
                 d=\"{}\"/><path class=\"t\" d=\"{}\"/></g>",
                escaped(self.label(&arc.from)),
                escaped(self.label(&arc.to)),
                arc.count,
                arc.curve,
                arc.head
            );
        }
        for row in &self.rows {
            let class = if row.is_heading { " class=\"h\"" } else { "" };
            let label = escaped(&shortened(&row.label));
            _ = writeln!(
                svg,
                "<text{class} x=\"{}\" y=\"{}\">{label}</text>",
                self.left + 6,
                row.y + 4
            );
        }
        svg.push_str("</svg>\n");
        svg
    }

    /// Returns the label of a row.
    pub fn label(&self, id: &ProvisionId) -> &str {
        let row = self.rows.iter().find(|row| row.id == *id);
        row.map_or("", |row| row.label.as_str())
    }
}

impl PictureRow {
    /// Returns the label as far as the picture has room for it.
    pub fn short_label(&self) -> String {
        shortened(&self.label)
    }
}

fn shortened(label: &str) -> String {
    const LETTERS_MAX: usize = 44;
    if label.chars().count() <= LETTERS_MAX {
        return label.to_owned();
    }
    let cut: String = label.chars().take(LETTERS_MAX - 1).collect();
    format!("{}\u{2026}", cut.trim_end())
}

/// Returns a label as it may stand in an element.
fn escaped(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    escape(label, &mut out);
    out
}
