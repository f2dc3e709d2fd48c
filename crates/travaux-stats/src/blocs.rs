//! Which participants go together, and whether any do.
//!
//! Participants are joined by how much more, or less, than chance they answer alike. A partition is sought whose
//! parts hold what joins and cut what parts: modularity with negative links (Traag and Bruggeman 2009). It is sought anew for
//! every resampling of the items, and what is shown is how often two stand together. The same search in answers shuffled within each item
//! says how much modularity there is where there are no blocs: nothing is shown that does not exceed it. What a bloc is about is
//! not known here.

use crate::random::Draws;

/// Answers of participants to items: `rows[item][participant]`, none for the absent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answers {
    /// How many participants.
    pub participants: usize,
    /// The answers, item by item.
    pub rows: Vec<Vec<Option<u8>>>,
}

/// The blocs of a room, as far as there are any.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocs {
    /// Of each pair, the share of resamplings in which both stand in one part: `participants` squared, row by row.
    pub together: Vec<f64>,
    /// The modularity of the answers as they are.
    pub modularity: f64,
    /// The largest modularity but one in twenty among shuffled answers.
    pub by_chance: f64,
    /// The bloc of each participant; none where there are no blocs.
    pub membership: Option<Vec<usize>>,
    /// Of each participant, its mean share of standing together with the others of its bloc: low for who stands between.
    pub firmness: Vec<f64>,
}

/// How often the search is repeated.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Effort {
    /// Resamplings of the items.
    pub resamplings: usize,
    /// Shufflings for the null check.
    pub shufflings: usize,
    /// The seed.
    pub seed: u64,
}

/// Returns the blocs of a room.
pub fn blocs(answers: &Answers, effort: Effort) -> Blocs {
    let count = answers.participants;
    let mut draws = Draws::new(effort.seed, 0);
    let all: Vec<usize> = (0..answers.rows.len()).collect();
    let (_, modularity) = search(&links(answers, &all), count, &mut draws);
    let mut chance: Vec<f64> = (0..effort.shufflings)
        .map(|_| {
            let shuffled = shuffled(answers, &mut draws);
            search(&links(&shuffled, &all), count, &mut draws).1
        })
        .collect();
    chance.sort_by(f64::total_cmp);
    let by_chance = chance.get(chance.len() * 19 / 20).copied().unwrap_or_default();
    let mut together = vec![0.0; count * count];
    for _ in 0..effort.resamplings {
        let resampled: Vec<usize> = all.iter().map(|_| draws.below(all.len())).collect();
        let (parts, _) = search(&links(answers, &resampled), count, &mut draws);
        for a in 0..count {
            for b in 0..count {
                if parts[a] == parts[b] {
                    together[a * count + b] += 1.0 / whole(effort.resamplings);
                }
            }
        }
    }
    let there_are_some = modularity > by_chance;
    let membership = there_are_some.then(|| consensus(&together, count, &mut draws));
    let firmness = firmness(&together, membership.as_deref(), count);
    Blocs { together, modularity, by_chance, membership, firmness }
}

/// Returns how much each pair agrees beyond what the shares of each item's answers would bring about, over the items both answered.
fn links(answers: &Answers, items: &[usize]) -> Vec<f64> {
    let count = answers.participants;
    let (mut sums, mut met) = (vec![0.0; count * count], vec![0.0; count * count]);
    for item in items {
        let row = &answers.rows[*item];
        let mut shares = [0.0; 256];
        let voted = whole(row.iter().flatten().count().max(1));
        for category in row.iter().flatten() {
            shares[usize::from(*category)] += 1.0 / voted;
        }
        let expected: f64 = shares.iter().map(|share| share * share).sum();
        for (a, mine) in row.iter().enumerate() {
            let Some(mine) = mine else { continue };
            for (b, theirs) in row.iter().enumerate().skip(a + 1) {
                let Some(theirs) = theirs else { continue };
                let alike = if mine == theirs { 1.0 } else { 0.0 };
                sums[a * count + b] += alike - expected;
                met[a * count + b] += 1.0;
            }
        }
    }
    let mut links = vec![0.0; count * count];
    for a in 0..count {
        for b in a + 1..count {
            let place = a * count + b;
            // A pair that met once says little: it is drawn towards nought.
            links[place] = sums[place] / (met[place] + 2.0);
            links[b * count + a] = links[place];
        }
    }
    links
}

/// Answers put into another order within each item: who answers what means nothing, how many do stays.
fn shuffled(answers: &Answers, draws: &mut Draws) -> Answers {
    let rows = answers.rows.iter().map(|row| {
        let mut given: Vec<u8> = row.iter().flatten().copied().collect();
        draws.shuffle(&mut given);
        let mut given = given.into_iter();
        row.iter().map(|answer| answer.and_then(|_| given.next())).collect()
    });
    Answers { participants: answers.participants, rows: rows.collect() }
}

/// Seeks the partition of largest modularity: participants move to the part that gains most, in an order at random, until nobody
/// gains; then parts join where that gains. Returns it, and its modularity over the weight of all links.
fn search(links: &[f64], count: usize, draws: &mut Draws) -> (Vec<usize>, f64) {
    const STARTS: usize = 16;
    let gains = gains(links, count);
    let mut best: (Vec<usize>, f64) = ((0..count).collect(), f64::NEG_INFINITY);
    for start in 0..STARTS {
        // Each by itself first; then a few parts at random, since one start may be a dead end.
        let mut parts: Vec<usize> = match start {
            0 => (0..count).collect(),
            _ => (0..count).map(|_| draws.below(count.min(1 + start))).collect(),
        };
        let mut order: Vec<usize> = (0..count).collect();
        loop {
            draws.shuffle(&mut order);
            let moved = moves(&gains, &mut parts, &order);
            if !joins(&gains, &mut parts) && !moved {
                break;
            }
        }
        let found = quality(&gains, &parts);
        if found > best.1 + 1e-12 {
            best = (parts, found);
        }
    }
    let weight: f64 = links.iter().map(|link| link.abs()).sum();
    (best.0, if weight > 0.0 { best.1 / weight } else { 0.0 })
}

/// What each pair gains by standing together: its link less what the positive and negative strength of both would bring about.
fn gains(links: &[f64], count: usize) -> Vec<f64> {
    let strength = |sign: f64| -> Vec<f64> {
        (0..count)
            .map(|a| (0..count).map(|b| (sign * links[a * count + b]).max(0.0)).sum())
            .collect()
    };
    let (plus, minus) = (strength(1.0), strength(-1.0));
    let (all_plus, all_minus) = (plus.iter().sum::<f64>(), minus.iter().sum::<f64>());
    let expected = |of: &[f64], all: f64, a: usize, b: usize| {
        if all > 0.0 { of[a] * of[b] / all } else { 0.0 }
    };
    let mut gains = vec![0.0; count * count];
    for a in 0..count {
        for b in 0..count {
            if a != b {
                gains[a * count + b] = links[a * count + b] - expected(&plus, all_plus, a, b)
                    + expected(&minus, all_minus, a, b);
            }
        }
    }
    gains
}

fn moves(gains: &[f64], parts: &mut [usize], order: &[usize]) -> bool {
    let count = parts.len();
    let mut any = false;
    loop {
        let mut moved = false;
        for one in order {
            let mut gain = vec![0.0; count];
            for other in 0..count {
                gain[parts[other]] += gains[one * count + other];
            }
            let own = parts[*one];
            let best = (0..count)
                .max_by(|a, b| gain[*a].total_cmp(&gain[*b]).then(b.cmp(a)))
                .unwrap_or(own);
            if gain[best] > gain[own] + 1e-12 {
                parts[*one] = best;
                moved = true;
            }
        }
        any |= moved;
        if !moved {
            return any;
        }
    }
}

/// Joins the two parts whose joining gains most; reports whether any did.
fn joins(gains: &[f64], parts: &mut [usize]) -> bool {
    let count = parts.len();
    let mut between = vec![0.0; count * count];
    for a in 0..count {
        for b in 0..count {
            between[parts[a] * count + parts[b]] += gains[a * count + b];
        }
    }
    let mut best: Option<(usize, usize)> = None;
    for a in 0..count {
        for b in a + 1..count {
            let better = best.is_none_or(|(c, d)| between[a * count + b] > between[c * count + d]);
            if between[a * count + b] > 1e-12 && better {
                best = Some((a, b));
            }
        }
    }
    let Some((kept, joined)) = best else { return false };
    for part in parts.iter_mut().filter(|part| **part == joined) {
        *part = kept;
    }
    true
}

fn quality(gains: &[f64], parts: &[usize]) -> f64 {
    let count = parts.len();
    let pairs = (0..count).flat_map(|a| (0..count).map(move |b| (a, b)));
    pairs.filter(|(a, b)| parts[*a] == parts[*b]).map(|(a, b)| gains[a * count + b]).sum()
}

/// The partition that agrees best with how often pairs stood together, numbered in the order of participants.
fn consensus(together: &[f64], count: usize, draws: &mut Draws) -> Vec<usize> {
    let links: Vec<f64> = together
        .iter()
        .enumerate()
        .map(|(place, share)| if place % (count + 1) == 0 { 0.0 } else { share - 0.5 })
        .collect();
    let mut parts: Vec<usize> = (0..count).collect();
    let mut order: Vec<usize> = (0..count).collect();
    draws.shuffle(&mut order);
    while moves(&links, &mut parts, &order) | joins(&links, &mut parts) {}
    let mut names: Vec<usize> = Vec::new();
    parts
        .into_iter()
        .map(|part| {
            names.iter().position(|known| *known == part).unwrap_or_else(|| {
                names.push(part);
                names.len() - 1
            })
        })
        .collect()
}

fn firmness(together: &[f64], membership: Option<&[usize]>, count: usize) -> Vec<f64> {
    let Some(membership) = membership else { return vec![0.0; count] };
    (0..count)
        .map(|one| {
            let others =
                (0..count).filter(|other| *other != one && membership[*other] == membership[one]);
            let shares: Vec<f64> = others.map(|other| together[one * count + other]).collect();
            if shares.is_empty() { 1.0 } else { shares.iter().sum::<f64>() / whole(shares.len()) }
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of participants")]
fn whole(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const EFFORT: Effort = Effort { resamplings: 40, shufflings: 60, seed: 4 };

    /// Thirty participants in camps; who belongs to none votes at random, as all do now and then.
    fn room(camps: &[usize], loyalty: f64, items: usize, seed: u64) -> Answers {
        let mut draws = Draws::new(seed, 0);
        let most = camps.iter().max().map_or(0, |most| most + 1);
        let rows = (0..items).map(|_| {
            let lines: Vec<u8> = (0..most).map(|_| u8::try_from(draws.below(3)).unwrap()).collect();
            let answers = camps.iter().map(|camp| {
                let own = u8::try_from(draws.below(3)).unwrap();
                let loyal = draws.uniform() < loyalty;
                (draws.uniform() < 0.9).then_some(if loyal { lines[*camp] } else { own })
            });
            answers.collect()
        });
        Answers { participants: camps.len(), rows: rows.collect() }
    }

    #[test]
    fn planted_blocs_are_found() {
        let camps: Vec<usize> = (0..30).map(|participant| participant / 10).collect();
        let found = blocs(&room(&camps, 0.7, 60, 1), EFFORT);
        assert!(found.modularity > found.by_chance);
        assert_eq!(found.membership, Some(camps));
        assert!(found.firmness.iter().all(|firm| *firm > 0.8), "{:?}", found.firmness);
    }

    #[test]
    fn no_blocs_are_found_where_votes_were_shuffled() {
        let camps: Vec<usize> = (0..30).map(|participant| participant / 10).collect();
        let mut found = 0;
        for seed in 0..20 {
            let shuffled = shuffled(&room(&camps, 0.7, 60, seed), &mut Draws::new(seed, 9));
            found += usize::from(blocs(&shuffled, Effort { seed, ..EFFORT }).membership.is_some());
        }
        // The check lets one in twenty through.
        assert!(found <= 3, "{found} of 20");
    }

    #[test]
    fn who_votes_now_with_the_one_and_now_with_the_other_stands_less_firmly() {
        let camps: Vec<usize> = (0..20).map(|participant| participant / 10).collect();
        let mut answers = room(&camps, 0.8, 80, 3);
        for (item, row) in answers.rows.iter_mut().enumerate() {
            row[0] = if item % 2 == 0 { row[1] } else { row[11] };
        }
        let found = blocs(&answers, EFFORT);
        let others = found.firmness[1..].iter().sum::<f64>() / 19.0;
        assert!(found.firmness[0] < others - 0.1, "{:?}", found.firmness);
    }

    #[test]
    fn the_search_finds_the_best_partition_of_a_small_room() {
        // Five participants have 52 partitions; all are tried.
        let mut draws = Draws::new(8, 0);
        for _ in 0..50 {
            let mut links = vec![0.0; 25];
            for a in 0..5 {
                for b in a + 1..5 {
                    links[a * 5 + b] = draws.uniform() - 0.5;
                    links[b * 5 + a] = links[a * 5 + b];
                }
            }
            let gains = gains(&links, 5);
            let all = (0..5_usize.pow(5))
                .map(|code| (0..5).map(|at| code / 5_usize.pow(at) % 5).collect::<Vec<_>>());
            let best = all.map(|parts| quality(&gains, &parts)).fold(f64::NEG_INFINITY, f64::max);
            let weight: f64 = links.iter().map(|link| link.abs()).sum();
            let found = search(&links, 5, &mut draws).1 * weight;
            assert!((found - best).abs() < 1e-9, "{found} of {best}");
        }
    }

    #[test]
    fn an_empty_room_has_no_blocs() {
        let found = blocs(&Answers { participants: 0, rows: Vec::new() }, EFFORT);
        assert_eq!(found.membership, None);
    }
}
