//! General Assembly roll calls by session beside the points published for them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;
use std::time::Instant;

use travaux_stats::ideal_point::{Answer, Data, Item, Posterior, Settings, Standing, updated};

fn table(name: &str) -> Option<csv::Reader<std::io::Cursor<Vec<u8>>>> {
    let folder = std::env::var_os("TRAVAUX_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let mut all = Vec::new();
    flate2::read::GzDecoder::new(File::open(folder.join("unga").join(name)).ok()?)
        .read_to_end(&mut all)
        .unwrap();
    Some(csv::Reader::from_reader(std::io::Cursor::new(all)))
}

struct Assembly {
    data: Data,
    codes: Vec<String>,
    years: Vec<String>,
}

fn assembly() -> Option<Assembly> {
    let (mut sessions, mut left_out) = (BTreeMap::new(), BTreeSet::new());
    for row in table("roll_calls.csv.gz")?.records() {
        let row = row.unwrap();
        let session: u32 = row[1].parse().unwrap();
        // What the published estimates leave out: session 19, which voted once, and paragraphs and amendments
        // from 1990 on.
        if session == 19 || (session > 44 && (&row[5] == "1" || &row[6] == "1")) {
            left_out.insert(row[0].to_owned());
        }
        sessions.insert(row[0].to_owned(), (session + 1945).to_string());
    }
    let mut calls: BTreeMap<String, Vec<(String, String, u8)>> = BTreeMap::new();
    let (mut codes, mut years) = (BTreeSet::new(), BTreeSet::new());
    for row in table("votes.csv.gz")?.records() {
        let row = row.unwrap();
        let category = match &row[3] {
            "no" => 0,
            "abstain" => 1,
            "yes" => 2,
            _ => continue,
        };
        if left_out.contains(&row[0]) {
            continue;
        }
        let year = sessions[&row[0]].clone();
        codes.insert(row[2].to_owned());
        years.insert(year.clone());
        calls.entry(row[0].to_owned()).or_default().push((row[2].to_owned(), year, category));
    }
    let codes: Vec<String> = codes.into_iter().collect();
    let years: Vec<String> = years.into_iter().collect();
    let place = |list: &[String], what: &String| list.binary_search(what).unwrap();
    let mut items: Vec<(u64, Item)> = calls
        .into_iter()
        .map(|(call, votes)| {
            let answers = votes
                .iter()
                .map(|(code, year, category)| {
                    Answer::exact(place(&codes, code), place(&years, year), *category)
                })
                .collect();
            (call.parse().unwrap(), Item { answers, weight: 1.0 })
        })
        .collect();
    items.sort_by_key(|(call, _)| *call);
    let items = items.into_iter().map(|(_, item)| item).collect();
    let data = Data { participants: codes.len(), periods: years.len(), categories: 3, items };
    Some(Assembly { data, codes, years })
}

pub(crate) fn bench() {
    let Some(assembly) = assembly() else {
        println!("assembly: the roll calls are not there");
        return;
    };
    let who = |code: &str| assembly.codes.iter().position(|known| known == code).unwrap();
    let sweeps = std::env::var("SWEEPS").ok().and_then(|count| count.parse().ok()).unwrap_or(1_500);
    let settings = Settings { anchors: Some((who("USA"), who("RUS"))), ..Settings::new(sweeps, 1) };
    let (frame, posterior, seconds) = crate::run(&assembly.data, &settings);
    println!(
        "assembly: {} points, {} items, {} answers; 2 chains of {sweeps} sweeps in {seconds:.1} s",
        frame.points().len(),
        frame.telling().count(),
        frame.answers()
    );
    println!("  {:?}", posterior.diagnostics(&frame));
    for series in ["idealpointlegacy", "idealpointall"] {
        against(&assembly, &posterior, series);
    }
    update(&assembly, &posterior);
}

/// Compares with one of the published series, session by session: each is published under the year in which it opened.
fn against(assembly: &Assembly, posterior: &Posterior, series: &str) {
    let mut rows = table("published_ideal_points.csv.gz").unwrap();
    let header = rows.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|known| known == name);
    let (code, year, point) =
        (column("iso3c").unwrap(), column("year").unwrap(), column(series).unwrap());
    let quantiles = series
        .strip_prefix("idealpoint")
        .map(|end| (column(&format!("q5{end}")), column(&format!("q95{end}"))));
    let mut by_year: BTreeMap<String, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    let (mut ours, mut theirs, mut widths) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows.records() {
        let row = row.unwrap();
        let (Ok(period), Ok(participant)) = (
            assembly.years.binary_search(&row[year].to_owned()),
            assembly.codes.binary_search(&row[code].to_owned()),
        ) else {
            continue;
        };
        let (Ok(published), Some(place)) =
            (row[point].parse::<f64>(), posterior.place(participant, period))
        else {
            continue;
        };
        let summary = posterior.summary(place);
        let lists = by_year.entry(row[year].to_owned()).or_default();
        lists.0.push(summary.mean);
        lists.1.push(published);
        ours.push(summary.mean);
        theirs.push(published);
        if let Some((Some(low), Some(high))) = quantiles
            && let (Ok(low), Ok(high)) = (row[low].parse::<f64>(), row[high].parse::<f64>())
        {
            widths.push((summary.high - summary.low) / (high - low));
        }
    }
    let mut within: Vec<(f64, String, usize)> = by_year
        .iter()
        .map(|(year, (a, b))| (crate::correlation(a, b), year.clone(), a.len()))
        .collect();
    within.sort_by(|a, b| a.0.total_cmp(&b.0));
    widths.sort_by(f64::total_cmp);
    println!(
        "  {series}: {} points; within sessions r median {:.4}, least {:.4?}; overall {:.4}; widths {:.3} of theirs (median)",
        ours.len(),
        within[within.len() / 2].0,
        &within[..4],
        crate::correlation(&ours, &theirs),
        widths.get(widths.len() / 2).copied().unwrap_or(f64::NAN)
    );
}

/// How long it takes until one more roll call has moved the points of its year.
fn update(assembly: &Assembly, posterior: &Posterior) {
    let call = assembly.data.items.iter().rev().find(|item| item.answers.len() > 150).unwrap();
    let period = call.answers[0].period;
    let known: Vec<Standing> = (0..assembly.codes.len())
        .map(|participant| {
            posterior
                .place(participant, period)
                .map_or(Standing { mean: 0.0, deviation: 1.0 }, |place| {
                    posterior.summary(place).into()
                })
        })
        .collect();
    let mut item = call.clone();
    item.answers.iter_mut().for_each(|answer| answer.period = 0);
    let start = Instant::now();
    let before = crate::at_work(start);
    let after = updated(&known, &item, 3, 1).unwrap();
    let seconds = crate::at_work(start) - before;
    let moved = known.iter().zip(&after).map(|(a, b)| (a.mean - b.mean).abs()).fold(0.0, f64::max);
    println!(
        "  one more roll call of {} votes: {:.2} ms; furthest move {moved:.3}",
        item.answers.len(),
        seconds * 1e3
    );
}
