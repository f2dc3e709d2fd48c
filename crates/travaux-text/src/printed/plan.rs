//! From the best cut to the bracketed text, around what has been issued.

use std::collections::BTreeMap;
use std::ops::Range;

use super::atoms::{Atom, atoms};
use super::layout::{Block, Form, Pinned};
use super::readings::Readings;
use super::scan::Scan;
use super::search::{IssuedSpan, Search, Span, SpanForm};
use crate::node::{
    ALTERNATIVE_COST, Alternative, Bits, NESTING_COST, Node, cost, has_choice, push_text,
};
use crate::normal::{Kernel, Run, push_choice, push_node};

/// Prints one kernel around the blocks of one layout.
pub(super) struct Planner<'a> {
    kernel: &'a Kernel<'a>,
    atoms: Vec<Atom<'a>>,
    blocks: &'a [Block],
}

/// Nodes, and the blocks that they are printed in.
type Print = (Vec<Node>, Vec<Block>);

impl<'a> Planner<'a> {
    pub(super) fn new(kernel: &'a Kernel<'a>, blocks: &'a [Block]) -> Self {
        let mut cuts = Vec::new();
        collect_cuts(blocks, &mut cuts);
        cuts.sort_unstable();
        Self { kernel, atoms: atoms(kernel, &cuts), blocks }
    }

    pub(super) fn print(&self) -> Print {
        let text = |atom: &Atom<'_>| self.kernel.merge.base_text(atom.run.tokens.clone());
        let readings = Readings::new(&self.atoms, text);
        let mut scan = Scan::new(self.kernel.everybody.len());
        let mut stretch = Stretch { planner: self, readings: &readings, scan: &mut scan };
        stretch.print(0..self.atoms.len(), self.blocks, &self.kernel.everybody)
    }

    fn places(&self, atoms: Range<usize>) -> Range<usize> {
        let place = |atom: &Atom<'_>| match &atom.run.tokens {
            tokens if tokens.is_empty() => 0..1,
            tokens => tokens.start + 1..tokens.end + 1,
        };
        place(&self.atoms[atoms.start]).start..place(&self.atoms[atoms.end - 1]).end
    }

    /// Returns the atoms that own `places`.
    fn atoms_of(&self, places: &Range<usize>) -> Range<usize> {
        let before = |place: usize| {
            move |atom: &Atom<'_>| match &atom.run.tokens {
                tokens if tokens.is_empty() => place > 0,
                tokens => tokens.start + 1 < place,
            }
        };
        self.atoms.partition_point(before(places.start))
            ..self.atoms.partition_point(before(places.end))
    }

    fn silent(&self, atoms: Range<usize>) -> Bits {
        let first = self.atoms[atoms.start].empty.clone();
        self.atoms[atoms].iter().fold(first, |silent, atom| silent.and(&atom.empty))
    }

    /// Prints `atoms`, all of one run, as the normal form has them for `readers`.
    fn plain(&self, atoms: Range<usize>, readers: &Bits) -> Print {
        let (first, last) = (&self.atoms[atoms.start].run, &self.atoms[atoms.end - 1].run);
        let run = Run {
            tokens: first.tokens.start..last.tokens.end,
            deleters: first.deleters.clone(),
            inserted: last.inserted.clone(),
        };
        let mut nodes = Vec::new();
        self.kernel.plain(&run, readers, &mut nodes);
        let mut blocks = Vec::new();
        if has_choice(&nodes) {
            // Where all keep the run, only the gap behind its last token is contested.
            let kept = run.deleters.and(readers).is_empty();
            let mut places = self.places(atoms);
            if kept {
                places.start = places.end - 1;
            }
            blocks.push(Block { places, form: Form::Plain, pinned: Pinned::No });
        }
        (nodes, blocks)
    }

    fn plain_runs(&self, atoms: Range<usize>, readers: &Bits) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut at = atoms.start;
        while at < atoms.end {
            let end = self.atoms[at].run_end.min(atoms.end);
            for node in self.plain(at..end, readers).0 {
                push_node(&mut nodes, node);
            }
            at = end;
        }
        nodes
    }

    /// Prints each distinct reading of `atoms` written out.
    fn side_by_side(&self, atoms: Range<usize>, readers: &Bits) -> Vec<Node> {
        let mut readings: BTreeMap<String, Bits> = BTreeMap::new();
        for (text, by) in self.readings(atoms, readers) {
            match readings.get_mut(&text) {
                Some(same) => *same = same.or(&by),
                None => drop(readings.insert(text, by)),
            }
        }
        let (before, after) = shared_space(&readings);
        let alternatives: Vec<Alternative> = readings
            .iter()
            .map(|(text, by)| {
                let mut nodes = Vec::new();
                push_text(&mut nodes, &text[before.len()..text.len() - after.len()]);
                self.kernel.alternative(by.clone(), nodes)
            })
            .collect();
        let mut nodes = Vec::new();
        push_text(&mut nodes, before);
        push_choice(alternatives, &mut nodes);
        push_text(&mut nodes, after);
        nodes
    }

    /// Returns what the readers read in `atoms`; those who change nothing there come as one.
    fn readings(&self, atoms: Range<usize>, readers: &Bits) -> Vec<(String, Bits)> {
        let mut changing = Bits::none(self.kernel.everybody.len());
        for atom in &self.atoms[atoms.clone()] {
            changing = changing.or(&atom.run.deleters);
            for (_, by) in &atom.run.inserted {
                changing = changing.or(by);
            }
        }
        let mut readings = Vec::new();
        let silent = readers.minus(&changing);
        if !silent.is_empty() {
            let tokens =
                self.atoms[atoms.start].run.tokens.start..self.atoms[atoms.end - 1].run.tokens.end;
            readings.push((self.kernel.merge.base_text(tokens).to_owned(), silent));
        }
        for reader in changing.and(readers).iter() {
            let mut text = String::new();
            for atom in &self.atoms[atoms.clone()] {
                if !atom.run.deleters.contains(reader) {
                    text.push_str(self.kernel.merge.base_text(atom.run.tokens.clone()));
                }
                let inserted = atom.run.inserted.iter().find(|(_, by)| by.contains(reader));
                text.push_str(inserted.map_or("", |(string, _)| string));
            }
            let mut by = Bits::none(self.kernel.roster.len() + 1);
            by.insert(reader);
            readings.push((text, by));
        }
        readings
    }
}

fn collect_cuts(blocks: &[Block], cuts: &mut Vec<usize>) {
    for block in blocks {
        cuts.extend([block.places.start, block.places.end]);
        if let Form::StayOrLeave(within) = &block.form {
            collect_cuts(within, cuts);
        }
    }
}

/// Returns the white space that stands outside the bracket, in front and behind: what all readings
/// begin with, and what they then end with. It costs nothing either way and reads better.
fn shared_space(readings: &BTreeMap<String, Bits>) -> (&str, &str) {
    let mut texts = readings.keys().map(String::as_str);
    let Some(first) = texts.next() else { return ("", "") };
    let opening = |text: &str| text.len() - text.trim_start().len();
    let mut before = &first[..opening(first)];
    if readings.keys().any(|text| text[..opening(text)] != *before) {
        before = "";
    }
    let closing = |text: &str| text[before.len()..].trim_end().len() + before.len();
    let after = &first[closing(first)..];
    let all_close = readings.keys().all(|text| text[closing(text)..] == *after);
    (before, if all_close { after } else { "" })
}

/// Prints stretches of atoms, one within the other.
struct Stretch<'p, 'a> {
    planner: &'p Planner<'a>,
    readings: &'p Readings,
    scan: &'p mut Scan,
}

impl Stretch<'_, '_> {
    /// Prints `atoms` for `readers`, everybody else being silent in all of it.
    fn print(&mut self, atoms: Range<usize>, blocks: &[Block], readers: &Bits) -> Print {
        let planner = self.planner;
        let mut issued = Vec::new();
        let mut prints = Vec::new();
        let mut unused = Vec::new();
        for block in blocks {
            let within = planner.atoms_of(&block.places);
            if within.is_empty() || within.start < atoms.start || within.end > atoms.end {
                // Nothing is contested where it stands, or it lies beyond the text.
                unused.extend(Some(block.clone()).filter(|block| block.pinned == Pinned::Yes));
                continue;
            }
            let costs = self.issued_cost(&within, block);
            issued.push(IssuedSpan { atoms: within, cost: costs });
            prints.push(block);
        }
        let search = Search::new(&planner.atoms, self.readings, self.scan, atoms.clone(), &issued);
        let gone = planner.kernel.everybody.len() - readers.len();
        let (cut, _) = search.cut(atoms.start, atoms.end, gone);
        let (nodes, mut blocks) = self.print_cut(&search, &cut, &prints, readers);
        blocks.append(&mut unused);
        blocks.sort_by_key(|block| block.places.start);
        (nodes, blocks)
    }

    fn print_cut(
        &mut self,
        search: &Search<'_>,
        cut: &[(usize, Span)],
        issued: &[&Block],
        readers: &Bits,
    ) -> Print {
        let planner = self.planner;
        let (mut nodes, mut blocks) = (Vec::new(), Vec::new());
        for (start, span) in cut {
            let atoms = *start..span.end;
            let (print, mut own) = match span.form {
                SpanForm::Plain => planner.plain(atoms, readers),
                SpanForm::SideBySide => {
                    let places = planner.places(atoms.clone());
                    let block = Block { places, form: Form::SideBySide, pinned: Pinned::No };
                    (planner.side_by_side(atoms, readers), vec![block])
                }
                SpanForm::Stay => {
                    let silent = planner.silent(atoms.clone());
                    let staying = readers.minus(&silent);
                    let (inner, _) = search.cut(*start, span.end, silent.len());
                    let (inside, within) = self.print_cut(search, &inner, issued, &staying);
                    let places = planner.places(atoms);
                    let form = Form::StayOrLeave(within);
                    let block = Block { places, form, pinned: Pinned::No };
                    (self.stay(inside, staying, &silent.and(readers)), vec![block])
                }
                SpanForm::Issued(at) => self.print_issued(atoms, issued[at], readers),
            };
            own.retain(|block| block.pinned == Pinned::Yes || has_choice(&print));
            blocks.append(&mut own);
            for node in print {
                push_node(&mut nodes, node);
            }
        }
        (nodes, blocks)
    }

    fn stay(&self, inside: Vec<Node>, staying: Bits, leaving: &Bits) -> Vec<Node> {
        let mut nodes = Vec::new();
        let kernel = self.planner.kernel;
        // Either may be nobody, where a block was pinned or issued and sides have gone since.
        let parts = [(staying, inside), (leaving.clone(), Vec::new())].into_iter();
        let alternatives = parts
            .filter(|(by, _)| !by.is_empty())
            .map(|(by, nodes)| kernel.alternative(by, nodes))
            .collect();
        push_choice(alternatives, &mut nodes);
        nodes
    }

    fn print_issued(&mut self, atoms: Range<usize>, block: &Block, readers: &Bits) -> Print {
        let planner = self.planner;
        let mut own = block.clone();
        let nodes = match &block.form {
            Form::Plain => planner.plain_runs(atoms, readers),
            Form::SideBySide => planner.side_by_side(atoms, readers),
            Form::StayOrLeave(within) => {
                let silent = planner.silent(atoms.clone());
                let staying = readers.minus(&silent);
                let (inside, within) = self.print(atoms, within, &staying);
                own.form = Form::StayOrLeave(within);
                self.stay(inside, staying, &silent.and(readers))
            }
        };
        (nodes, vec![own])
    }

    /// Returns what an issued block costs where those who are silent in it do not reach it, and
    /// where all do.
    fn issued_cost(&mut self, atoms: &Range<usize>, block: &Block) -> [u64; 2] {
        let planner = self.planner;
        let everybody = &planner.kernel.everybody;
        let others = everybody.minus(&planner.silent(atoms.clone()));
        if let Form::StayOrLeave(within) = &block.form {
            let (inside, _) = self.print(atoms.clone(), within, &others);
            let nesting = if has_choice(&inside) { NESTING_COST } else { 0 };
            let inside = cost(&inside);
            return [inside, inside + 2 * ALTERNATIVE_COST + nesting];
        }
        let mut print = |readers: &Bits| cost(&self.print_issued(atoms.clone(), block, readers).0);
        [print(&others), print(everybody)]
    }
}
