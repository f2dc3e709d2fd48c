//! The answers, as they are given and as the sampler reads them: by item, by category, by point.

use std::collections::BTreeMap;
use std::fmt;

/// The most categories an item may have.
pub(super) const CATEGORIES_MAX: usize = 5;

/// What one participant answered to an item in one period.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Answer {
    /// Who, by number.
    pub participant: usize,
    /// When, by number.
    pub period: usize,
    /// The lowest category it may mean.
    pub lowest: u8,
    /// The highest category it may mean.
    pub highest: u8,
}

/// A question put to many: a roll call, or an option on which positions are taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What was answered. A question put again in the same words in a later period is one item.
    pub answers: Vec<Answer>,
    /// For how much of an item it counts: 1, or less for one of many nearly alike.
    pub weight: f64,
}

/// All answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// How many participants there are.
    pub participants: usize,
    /// How many periods there are.
    pub periods: usize,
    /// How many categories answers fall into, from 0 for the lowest.
    pub categories: u8,
    /// The items.
    pub items: Vec<Item>,
}

/// Why data are no data for this model.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DataError {
    /// What is wrong, with the number of the item.
    pub what: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.what)
    }
}

impl std::error::Error for DataError {}

/// A participant in a period in which it gave an answer that says something.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Point {
    /// When.
    pub period: usize,
    /// Who.
    pub participant: usize,
}

/// Answers between the same two cuts.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The cut below, by number; none where the answer is in the lowest category there is.
    pub(super) low: Option<usize>,
    /// The cut above.
    pub(super) high: Option<usize>,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// An item that tells participants apart.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Its number in the data.
    pub(super) item: usize,
    pub(super) blocks: Vec<Block>,
    /// For each cut, the category above it.
    pub(super) above: Vec<u8>,
    pub(super) weight: f64,
}

/// Data laid out for the sampler.
#[derive(Clone, Debug)]
pub struct Frame {
    pub(super) points: Vec<Point>,
    /// How many items inform each point.
    pub(super) informing: Vec<u32>,
    /// Of each participant its points in order of period.
    pub(super) paths: Vec<Vec<u32>>,
    pub(super) asked: Vec<Asked>,
    /// The point of each answer, item by item, block by block.
    pub(super) places: Vec<u32>,
    pub(super) items: usize,
}

impl Frame {
    /// Lays data out. Items that all answered alike are left aside, and an item nobody answered in a
    /// middle category has one cut there.
    ///
    /// # Errors
    ///
    /// An answer names a participant, period or category there is not, the same participant answers an item
    /// twice in a period, or a weight is not above 0 and up to 1.
    pub fn new(data: &Data) -> Result<Self, DataError> {
        let mut sorted = Vec::new();
        for (number, item) in data.items.iter().enumerate() {
            check(data, number, item)?;
            sorted.extend(Sorted::new(number, item, data.categories));
        }
        let mut counted: BTreeMap<Point, u32> = BTreeMap::new();
        for answer in sorted.iter().flat_map(Sorted::answers) {
            *counted.entry(answer.point()).or_default() += 1;
        }
        let points: Vec<Point> = counted.keys().copied().collect();
        let mut paths = vec![Vec::new(); data.participants];
        for (place, point) in points.iter().enumerate() {
            paths[point.participant].push(small(place));
        }
        let mut frame = Self {
            informing: counted.into_values().collect(),
            paths,
            asked: Vec::new(),
            places: Vec::new(),
            items: data.items.len(),
            points,
        };
        for item in sorted {
            frame.take(item);
        }
        Ok(frame)
    }

    /// Returns the points in order of period, then participant.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Returns how many items inform a point.
    pub fn informing(&self, point: usize) -> usize {
        self.informing.get(point).map_or(0, |count| *count as usize)
    }

    /// Returns how many answers say something.
    pub fn answers(&self) -> usize {
        self.places.len()
    }

    /// Returns the numbers of the items that tell participants apart.
    pub fn telling(&self) -> impl Iterator<Item = usize> {
        self.asked.iter().map(|asked| asked.item)
    }

    fn take(&mut self, item: Sorted) {
        let mut blocks = Vec::new();
        for ((low, high), answers) in item.blocks {
            let from = self.places.len();
            // Every answer has its point: the points were collected from them.
            let found =
                answers.iter().filter_map(|answer| self.points.binary_search(&answer.point()).ok());
            self.places.extend(found.map(small));
            blocks.push(Block { low, high, from, to: self.places.len() });
        }
        self.asked.push(Asked { item: item.item, blocks, above: item.cuts, weight: item.weight });
    }
}

impl Answer {
    /// An answer in one category.
    pub fn exact(participant: usize, period: usize, category: u8) -> Self {
        Self { participant, period, lowest: category, highest: category }
    }

    fn point(&self) -> Point {
        Point { period: self.period, participant: self.participant }
    }
}

/// An item's answers by the cuts they lie between.
struct Sorted {
    item: usize,
    cuts: Vec<u8>,
    blocks: BTreeMap<(Option<usize>, Option<usize>), Vec<Answer>>,
    weight: f64,
}

impl Sorted {
    fn new(number: usize, item: &Item, categories: u8) -> Option<Self> {
        let cuts = telling_cuts(&item.answers, categories);
        if cuts.is_empty() {
            return None;
        }
        let mut blocks: BTreeMap<_, Vec<Answer>> = BTreeMap::new();
        for answer in &item.answers {
            // Of cuts that became one, the one that was kept stands for the others.
            let low = cuts.iter().rposition(|above| *above <= answer.lowest);
            let high = cuts.iter().position(|above| *above > answer.highest);
            if low.is_some() || high.is_some() {
                blocks.entry((low, high)).or_default().push(*answer);
            }
        }
        for answers in blocks.values_mut() {
            answers.sort_by_key(Answer::point);
        }
        Some(Self { item: number, cuts, blocks, weight: item.weight })
    }

    fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.blocks.values().flatten()
    }
}

/// Returns the cuts on which there is evidence, each by the category above it.
///
/// A cut below which nobody is known to lie, or above which nobody, would run away to one side;
/// two cuts between which nobody is known to lie would close up.
fn telling_cuts(answers: &[Answer], categories: u8) -> Vec<u8> {
    let is_floor = |cut: u8| answers.iter().any(|answer| answer.lowest == cut);
    let is_ceiling = |cut: u8| answers.iter().any(|answer| answer.highest + 1 == cut);
    let mut cuts: Vec<u8> =
        (1..categories).filter(|cut| is_floor(*cut) || is_ceiling(*cut)).collect();
    while cuts.first().is_some_and(|cut| !is_ceiling(*cut)) {
        cuts.remove(0);
    }
    while cuts.last().is_some_and(|cut| !is_floor(*cut)) {
        cuts.pop();
    }
    let mut kept: Vec<u8> = Vec::new();
    let mut floor = false;
    for cut in cuts {
        match kept.last_mut() {
            // Nobody between: the upper one stands for both, as floors are looked up from above.
            Some(last) if !floor || !is_ceiling(cut) => {
                let lower_is_ceiling_only = !floor;
                *last = if lower_is_ceiling_only { cut } else { *last };
                floor = floor || is_floor(cut);
            }
            _ => {
                kept.push(cut);
                floor = is_floor(cut);
            }
        }
    }
    kept
}

fn check(data: &Data, number: usize, item: &Item) -> Result<(), DataError> {
    let refused = |what: String| Err(DataError { what: format!("item {number}: {what}") });
    if !(item.weight > 0.0 && item.weight <= 1.0) {
        return refused(format!("a weight of {} is not above 0 and up to 1", item.weight));
    }
    if usize::from(data.categories) > CATEGORIES_MAX || data.categories < 2 {
        return refused(format!(
            "{} categories; there may be 2 to {CATEGORIES_MAX}",
            data.categories
        ));
    }
    let mut seen: Vec<Point> = Vec::with_capacity(item.answers.len());
    for answer in &item.answers {
        if answer.participant >= data.participants || answer.period >= data.periods {
            return refused(format!(
                "participant {} in period {}, of {} and {}",
                answer.participant, answer.period, data.participants, data.periods
            ));
        }
        if answer.lowest > answer.highest || answer.highest >= data.categories {
            return refused(format!(
                "categories {} to {}, of {}",
                answer.lowest, answer.highest, data.categories
            ));
        }
        seen.push(answer.point());
    }
    seen.sort_unstable();
    match seen.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => refused(format!(
            "participant {} answers twice in period {}",
            pair[0].participant, pair[0].period
        )),
        None => Ok(()),
    }
}

/// Returns a place as it is stored; four thousand million points are more than any record has.
fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cuts(ranges: &[(u8, u8)], expected: &[u8]) {
        let answers: Vec<Answer> = ranges
            .iter()
            .enumerate()
            .map(|(participant, (lowest, highest))| Answer {
                participant,
                period: 0,
                lowest: *lowest,
                highest: *highest,
            })
            .collect();
        assert_eq!(telling_cuts(&answers, 3), expected);
    }

    #[test]
    fn an_item_has_the_cuts_on_which_there_is_evidence() {
        cuts(&[(0, 0), (1, 1), (2, 2)], &[1, 2]);
        // Nobody abstained: one cut.
        assert_eq!(telling_cuts(&[Answer::exact(0, 0, 0), Answer::exact(1, 0, 2)], 3).len(), 1);
        cuts(&[(0, 0), (1, 1)], &[1]);
        cuts(&[(1, 1), (2, 2)], &[2]);
        cuts(&[(2, 2), (2, 2)], &[]);
        cuts(&[(0, 2), (1, 1)], &[]);
        // A range that ends where others begin.
        cuts(&[(0, 1), (2, 2)], &[2]);
        cuts(&[(0, 0), (1, 2)], &[1]);
    }

    #[test]
    fn answers_between_merged_cuts_lie_on_the_right_side() {
        let item = Item {
            answers: vec![Answer::exact(0, 0, 0), Answer::exact(1, 0, 2), Answer::exact(2, 0, 2)],
            weight: 1.0,
        };
        let data = Data { participants: 3, periods: 1, categories: 3, items: vec![item] };
        let frame = Frame::new(&data).unwrap();
        let blocks = &frame.asked[0].blocks;
        assert_eq!(blocks.len(), 2);
        assert_eq!(
            (blocks[0].low, blocks[0].high, blocks[0].to - blocks[0].from),
            (None, Some(0), 1)
        );
        assert_eq!(
            (blocks[1].low, blocks[1].high, blocks[1].to - blocks[1].from),
            (Some(0), None, 2)
        );
    }

    #[test]
    fn an_item_all_answer_alike_informs_nobody() {
        let item = Item {
            answers: (0..4).map(|participant| Answer::exact(participant, 0, 1)).collect(),
            weight: 1.0,
        };
        let data = Data { participants: 4, periods: 1, categories: 2, items: vec![item] };
        let frame = Frame::new(&data).unwrap();
        assert_eq!((frame.points().len(), frame.answers(), frame.telling().count()), (0, 0, 0));
    }

    #[test]
    fn data_that_contradict_themselves_are_refused() {
        let refused = |answers: Vec<Answer>, weight: f64| {
            let items = vec![Item { answers, weight }];
            Frame::new(&Data { participants: 2, periods: 1, categories: 3, items })
                .unwrap_err()
                .what
        };
        assert!(
            refused(vec![Answer::exact(0, 0, 0), Answer::exact(0, 0, 1)], 1.0).contains("twice")
        );
        assert!(refused(vec![Answer::exact(2, 0, 0)], 1.0).contains("participant 2"));
        assert!(refused(vec![Answer::exact(0, 0, 3)], 1.0).contains("categories 3"));
        assert!(refused(Vec::new(), 0.0).contains("weight"));
    }
}
