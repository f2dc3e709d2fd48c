//! The successive drafts of the shipped case: which paragraph became which, judged by the stable ids.
//!
//! What is compared sees words and their order alone; ids, numbers and ranks are hidden from it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use travaux_text::correspond;

/// A draft: the stable ids of the provisions that carry words, and these words.
struct Draft {
    ids: Vec<String>,
    texts: Vec<String>,
}

impl Draft {
    fn read(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/ahc/texts");
        let text = std::fs::read(path.join(format!("{name}.json"))).expect("a draft that ships");
        let draft: Value = serde_json::from_slice(&text).expect("a draft is JSON");
        let mut read = Self { ids: Vec::new(), texts: Vec::new() };
        for provision in draft["provisions"].as_array().expect("provisions are a list") {
            if let Some(text) = provision["text"].as_str().filter(|text| !text.is_empty()) {
                read.ids.push(provision["id"].as_str().expect("an id").to_owned());
                read.texts.push(text.to_owned());
            }
        }
        read
    }

    fn texts(&self) -> Vec<&str> {
        self.texts.iter().map(String::as_str).collect()
    }
}

/// What is said of each old passage (its new one, or gone) and of each new one.
type Said = (Vec<Option<usize>>, Vec<Option<usize>>);

/// Counts what is said rightly, of how much, by the ids.
fn right(old: &Draft, new: &Draft, said: &Said) -> (usize, usize) {
    let place = |draft: &Draft, id: &str| draft.ids.iter().position(|other| other == id);
    let olds = old.ids.iter().zip(&said.0).filter(|(id, said)| place(new, id) == **said).count();
    let news = new.ids.iter().zip(&said.1).filter(|(id, said)| place(old, id) == **said).count();
    (olds + news, old.ids.len() + new.ids.len())
}

/// Ours. Of a split or a merger each part is said to be the whole.
fn ours(old: &Draft, new: &Draft) -> Said {
    let mut said = (vec![None; old.ids.len()], vec![None; new.ids.len()]);
    for one in correspond(&old.texts(), &new.texts()) {
        one.old.iter().for_each(|&at| said.0[at] = one.new.first().copied());
        one.new.iter().for_each(|&at| said.1[at] = one.old.first().copied());
    }
    said
}

/// The place of what is most alike, and how alike it is.
type Nearest = (usize, f64);

/// The plain way: the cosine of counts of words by rarity, each new passage with the old one most
/// like it, and the other way round.
fn tf_idf(old: &Draft, new: &Draft) -> (Vec<Nearest>, Vec<Nearest>) {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let all: Vec<Vec<String>> =
        old.texts.iter().chain(&new.texts).map(|text| words(text)).collect();
    let mut held: BTreeMap<&str, f64> = BTreeMap::new();
    for passage in &all {
        let distinct: std::collections::BTreeSet<&str> =
            passage.iter().map(String::as_str).collect();
        for word in distinct {
            *held.entry(word).or_default() += 1.0;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a draft has few hundred passages")]
    let count = all.len() as f64;
    let vectors: Vec<BTreeMap<&str, f64>> = all
        .iter()
        .map(|passage| {
            let mut vector: BTreeMap<&str, f64> = BTreeMap::new();
            for word in passage {
                let idf = ((1.0 + count) / (1.0 + held[word.as_str()])).ln() + 1.0;
                *vector.entry(word).or_default() += idf;
            }
            let length = vector.values().map(|weight| weight * weight).sum::<f64>().sqrt();
            for weight in vector.values_mut() {
                *weight /= length;
            }
            vector
        })
        .collect();
    let (olds, news) = vectors.split_at(old.ids.len());
    let cosine = |a: &BTreeMap<&str, f64>, b: &BTreeMap<&str, f64>| -> f64 {
        a.iter().filter_map(|(word, weight)| Some(weight * b.get(word)?)).sum()
    };
    let nearest = |one: &BTreeMap<&str, f64>, others: &[BTreeMap<&str, f64>]| {
        let likeness = others.iter().map(|other| cosine(one, other)).enumerate();
        likeness.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).expect("no draft is empty")
    };
    let olds_said = olds.iter().map(|one| nearest(one, news)).collect();
    (olds_said, news.iter().map(|one| nearest(one, olds)).collect())
}

/// Takes what is alike enough.
fn alike(nearest: &[Nearest], threshold: f64) -> Vec<Option<usize>> {
    nearest.iter().map(|&(at, likeness)| (likeness >= threshold).then_some(at)).collect()
}

/// What may count as alike enough for the plain way; it is given the best of them.
const THRESHOLDS: [f64; 8] = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5];

const DRAFTS: [&str; 4] = ["cnd", "zero", "rev3", "final"];

#[test]
fn ninety_seven_in_a_hundred_are_right_and_more_than_plain_tf_idf() {
    let drafts = DRAFTS.map(Draft::read);
    let mut ours_right = (0, 0);
    let mut plain_right = [0; THRESHOLDS.len()];
    for (two, names) in drafts.windows(2).zip(DRAFTS.windows(2)) {
        let [old, new] = two else { unreachable!("windows of two") };
        let (count, all) = right(old, new, &ours(old, new));
        ours_right = (ours_right.0 + count, ours_right.1 + all);
        let nearest = tf_idf(old, new);
        let plain = THRESHOLDS.map(|threshold| {
            let said = (alike(&nearest.0, threshold), alike(&nearest.1, threshold));
            right(old, new, &said).0
        });
        plain_right.iter_mut().zip(plain).for_each(|(sum, count)| *sum += count);
        println!("{} to {}: {count} of {all}; TF-IDF {plain:?}", names[0], names[1]);
    }
    let plain = plain_right.into_iter().max().unwrap_or_default();
    println!("all: {} of {}; TF-IDF {plain}", ours_right.0, ours_right.1);
    assert!(ours_right.0 * 100 >= ours_right.1 * 97, "{} of {}", ours_right.0, ours_right.1);
    assert!(ours_right.0 > plain, "{} against {plain} of {}", ours_right.0, ours_right.1);
}
