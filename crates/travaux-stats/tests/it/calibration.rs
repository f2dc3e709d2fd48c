//! Whether the posterior is the posterior: truths drawn from the prior must fall anywhere among its
//! draws with equal probability (Cook, Gelman and Rubin 2006; Talts and others 2018).

use travaux_stats::ideal_point::{Answer, Chain, Data, Frame, Item, Posterior, Settings};
use travaux_stats::normal_table::Table;
use travaux_stats::random::Draws;

/// How a room is drawn.
struct Room {
    participants: usize,
    periods: usize,
    /// Items of each period.
    items: usize,
    categories: u8,
}

/// Points by period and participant, slopes, and the answers given.
fn drawn(
    room: &Room,
    settings: &Settings,
    draws: &mut Draws,
    table: &Table,
) -> (Vec<Vec<f64>>, Vec<f64>, Data) {
    let mut x = vec![vec![0.0; room.participants]; room.periods];
    for participant in 0..room.participants {
        let mut at = 0.0;
        for (period, x) in x.iter_mut().enumerate() {
            let variance = settings.step_variance
                + if period == 0 { settings.first_variance - settings.step_variance } else { 0.0 };
            at += libm::sqrt(variance) * draws.normal(table);
            x[participant] = at;
        }
    }
    let mut slopes = Vec::new();
    let mut items = Vec::new();
    for (period, x) in x.iter().enumerate() {
        for _ in 0..room.items {
            let slope = libm::sqrt(settings.slope_variance) * draws.normal(table);
            let mut cuts: Vec<f64> = (1..room.categories)
                .map(|_| libm::sqrt(settings.cut_variance) * draws.normal(table))
                .collect();
            cuts.sort_by(f64::total_cmp);
            let answers = x.iter().enumerate().map(|(participant, x)| {
                let latent = slope * x + draws.normal(table);
                let category = cuts.iter().filter(|cut| latent > **cut).count();
                Answer::exact(participant, period, u8::try_from(category).unwrap())
            });
            slopes.push(slope);
            items.push(Item { answers: answers.collect(), weight: 1.0 });
        }
    }
    let data = Data {
        participants: room.participants,
        periods: room.periods,
        categories: room.categories,
        items,
    };
    (x, slopes, data)
}

/// Draws many rooms and says into which tenth of the posterior the truths fall.
#[track_caller]
fn calibrated(room: &Room, rooms: u64) {
    let table = Table::new();
    let mut settings = Settings::new(1_500, 1);
    settings.standardised = false;
    settings.cut_variance = 0.5;
    settings.slope_variance = 1.5;
    let mut tenths = [0_u32; 10];
    let mut slope_tenths = [0_u32; 10];
    for seed in 0..rooms {
        let (x, slopes, data) = drawn(room, &settings, &mut Draws::new(seed, 7), &table);
        settings.seed = seed;
        let frame = Frame::new(&data).unwrap();
        let posterior = Posterior::new(&frame, vec![Chain::new(&frame, &settings, 0).run()]);
        // Turning the line round changes nothing, so what is compared must not turn: the product of
        // two points, and of a point and a slope.
        let first = posterior.place(0, 0).unwrap();
        let other = posterior.place(1, room.periods - 1).unwrap();
        let truth = x[0][0] * x[room.periods - 1][1];
        let products = posterior.drawn(first).zip(posterior.drawn(other)).map(|(a, b)| a * b);
        count(&mut tenths, truth, products);
        if let Some(item) = posterior.telling().next() {
            let truth = slopes[item] * x[0][0];
            let products = (0..posterior.draws()).map(|draw| {
                let slope =
                    posterior.items_in(draw).find(|(number, _)| *number == item).unwrap().1[0];
                f64::from(slope) * f64::from(posterior.draw(draw).unwrap()[first])
            });
            count(&mut slope_tenths, truth, products);
        }
    }
    for tenths in [tenths, slope_tenths] {
        let expected = rooms as f64 / 10.0;
        let square: f64 =
            tenths.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
        // Chi-square of nine degrees of freedom: 27.9 is exceeded once in a thousand.
        assert!(square < 27.9, "{tenths:?}: {square}");
    }
}

fn count(tenths: &mut [u32; 10], truth: f64, draws: impl Iterator<Item = f64>) {
    let draws: Vec<f64> = draws.collect();
    let below = draws.iter().filter(|draw| **draw < truth).count();
    tenths[(10 * below / (draws.len() + 1)).min(9)] += 1;
}

#[test]
fn truths_of_one_period_fall_anywhere_in_the_posterior() {
    calibrated(&Room { participants: 12, periods: 1, items: 10, categories: 2 }, 200);
}

#[test]
fn truths_of_several_periods_fall_anywhere_in_the_posterior() {
    calibrated(&Room { participants: 12, periods: 4, items: 6, categories: 2 }, 200);
}

#[test]
fn truths_with_three_categories_fall_anywhere_in_the_posterior() {
    calibrated(&Room { participants: 30, periods: 2, items: 6, categories: 3 }, 200);
}
