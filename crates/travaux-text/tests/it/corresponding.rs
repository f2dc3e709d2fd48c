//! The successive drafts of the shipped case: which paragraph became which, judged by the stable ids.
//!
//! What is compared sees words and their order alone; ids, numbers and ranks are hidden from it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use travaux_text::{Correspondence, correspond};

use crate::redlining::Dice;

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

/// How sure what is said of a passage is, and whether the ids say so, too.
struct Judged {
    confidence: f64,
    is_right: bool,
}

/// Judges all that is said of two drafts. A split or a merger is right where each of its parts has an id of the whole.
fn judged(old: &Draft, new: &Draft) -> Vec<Judged> {
    let id = |ids: &[String], at: usize| ids[at].clone();
    let judge = |one: Correspondence| {
        let olds: Vec<String> = one.old.iter().map(|&at| id(&old.ids, at)).collect();
        let news: Vec<String> = one.new.iter().map(|&at| id(&new.ids, at)).collect();
        let is_right = match (olds.is_empty(), news.is_empty()) {
            (false, false) => olds.iter().any(|id| news.contains(id)),
            (false, true) => !new.ids.contains(&olds[0]),
            _ => !old.ids.contains(&news[0]),
        };
        Judged { confidence: one.confidence, is_right }
    };
    correspond(&old.texts(), &new.texts()).into_iter().map(judge).collect()
}

/// The drafts of the practice conference: `{id} words`.
fn practice(name: &str) -> Draft {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/practice/texts");
    let page =
        std::fs::read_to_string(path.join(format!("{name}.md"))).expect("a draft that ships");
    let mut read = Draft { ids: Vec::new(), texts: Vec::new() };
    for line in page.lines().filter(|line| !line.starts_with('#')) {
        if let Some((_, rest)) = line.split_once('{')
            && let Some((id, words)) = rest.split_once("} ")
        {
            read.ids.push(id.to_owned());
            read.texts.push(words.to_owned());
        }
    }
    read
}

/// A draft as it might be issued anew: provisions gone, new ones from elsewhere, some moved, and up to
/// half of the words of others replaced.
fn planted(draft: &Draft, other: &Draft, seed: u64) -> Draft {
    let mut dice = Dice(seed);
    let pool: Vec<&str> = other.texts.iter().flat_map(|text| text.split(' ')).collect();
    let mut new = Draft { ids: Vec::new(), texts: Vec::new() };
    for (id, text) in draft.ids.iter().zip(&draft.texts) {
        if dice.below(100) < 8 {
            continue;
        }
        if dice.below(100) < 8 {
            let at = dice.below(other.ids.len());
            new.ids.push(format!("new-{at}-{}", new.ids.len()));
            new.texts.push(other.texts[at].clone());
        }
        let share = [0, 0, 10, 25, 40, 55][dice.below(6)];
        let words = text
            .split(' ')
            .map(|word| if dice.below(100) < share { pool[dice.below(pool.len())] } else { word });
        new.ids.push(id.clone());
        new.texts.push(words.collect::<Vec<_>>().join(" "));
    }
    for _ in 0..new.ids.len() / 12 {
        let (from, to) = (dice.below(new.ids.len()), dice.below(new.ids.len()));
        let (id, text) = (new.ids.remove(from), new.texts.remove(from));
        new.ids.insert(to, id);
        new.texts.insert(to, text);
    }
    new
}

/// What is judged, by where it comes from.
fn all_judged() -> Vec<(String, Vec<Judged>)> {
    let case = DRAFTS.map(Draft::read);
    let fiction = ["zero", "revised", "adopted"].map(practice);
    let mut all = Vec::new();
    for (name, drafts) in [("the case", &case[..]), ("the practice conference", &fiction[..])] {
        for two in drafts.windows(2) {
            all.push((name.to_owned(), judged(&two[0], &two[1])));
        }
    }
    for (seed, draft) in (1..).zip(case.iter().chain(&fiction)) {
        let other = if seed > 4 { &case[0] } else { &fiction[0] };
        for round in 0..3 {
            let new = planted(draft, other, seed * 10 + round);
            all.push(("renumberings planted".to_owned(), judged(draft, &new)));
        }
    }
    all
}

const BINS: [(f64, f64); 5] = [(0.0, 0.3), (0.3, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 1.01)];

/// What is said and what is right, on average; shipped drafts and planted ones each count for half.
fn reliability(
    all: &[(String, Vec<Judged>)],
    is_in: impl Fn(&Judged) -> bool,
) -> (f64, f64, usize) {
    let (mut said, mut right, mut weight, mut count) = (0.0, 0.0, 0.0, 0);
    for is_planted in [false, true] {
        let of_kind = |name: &str| (name == "renumberings planted") == is_planted;
        let held = || all.iter().filter(|(name, _)| of_kind(name)).flat_map(|(_, judged)| judged);
        let each = 1.0 / f64::from(u32::try_from(held().count().max(1)).expect("few"));
        for one in held().filter(|one| is_in(one)) {
            said += each * one.confidence;
            right += if one.is_right { each } else { 0.0 };
            weight += each;
            count += 1;
        }
    }
    (said / weight, right / weight, count)
}

#[test]
fn a_confidence_is_the_share_that_is_right() {
    let all = all_judged();
    let mut wrong = Vec::new();
    for source in ["the case", "the practice conference", "renumberings planted", ""] {
        for (from, below) in BINS {
            let is_in = |one: &Judged| (from..below).contains(&one.confidence);
            let line = |(said, right, count): (f64, f64, usize)| {
                format!("{source} {from} to {below}: said {said:.3}, right {right:.3} of {count}")
            };
            if source.is_empty() {
                let found = reliability(&all, is_in);
                println!("{}", line(found));
                if found.2 >= 40 && (found.0 - found.1).abs() > 0.06 {
                    wrong.push(line(found));
                }
            } else {
                let held: Vec<&Judged> =
                    all.iter().filter(|one| one.0 == source).flat_map(|one| &one.1).collect();
                let held: Vec<&&Judged> = held.iter().filter(|one| is_in(one)).collect();
                let count = f64::from(u32::try_from(held.len().max(1)).unwrap());
                let said = held.iter().map(|one| one.confidence).sum::<f64>() / count;
                let right = f64::from(
                    u32::try_from(held.iter().filter(|one| one.is_right).count()).unwrap(),
                ) / count;
                println!("{}", line((said, right, held.len())));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
