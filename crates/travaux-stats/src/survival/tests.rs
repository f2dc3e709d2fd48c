//! Whether the model finds what is there, and what its distributions obey.

use proptest::prelude::*;

use super::*;

fn case(needed: u32, deposited: u32, in_last_year: u32, pending: Option<u32>, age: f64) -> Case {
    Case { needed, deposited, in_last_year, pending, age, members: 193 }
}

/// A number from a seed, evenly between nought and one.
fn dice(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    f64::from(u32::try_from(*seed >> 32).expect("half of the bits")) / f64::from(u32::MAX)
}

#[test]
fn a_fit_finds_the_middle_and_spread_that_made_the_waits() {
    let mut dice_at = 7;
    let (slope, spread) = (1.5, 0.6);
    let seen: Vec<Seen> = (0..4_000)
        .map(|i| {
            let needed = 5 + i * 7 % 60;
            let case = case(needed, 3, 1, None, 1.0);
            let missing = libm::log(f64::from(needed - 3)) - 3.0;
            let z = normal::quantile(0.001 + 0.998 * dice(&mut dice_at));
            let years = libm::exp(1.0 + slope * missing + spread * z);
            // Nobody watched for longer than eight years.
            Seen { case, years: years.min(8.0), reached: years <= 8.0, weight: 1.0 }
        })
        .collect();
    let model = fit(&seen, &[]).expect("enough cases");
    for needed in [10, 25, 60] {
        let wait = model.wait(&case(needed, 3, 1, None, 1.0));
        let middle = libm::exp(1.0 + slope * (libm::log(f64::from(needed - 3)) - 3.0));
        assert!(
            (wait.quantile(0.5) / middle - 1.0).abs() < 0.1,
            "{needed}: {} {middle}",
            wait.quantile(0.5)
        );
    }
    assert!((model.spread - spread).abs() < 0.05, "{}", model.spread);
}

#[test]
fn too_few_cases_are_refused_with_their_number() {
    let seen =
        vec![Seen { case: case(40, 3, 1, None, 1.0), years: 2.0, reached: true, weight: 1.0 }; 5];
    let error = fit(&seen, &[]).expect_err("too few");
    assert_eq!(error.to_string(), "5 of 5 cases ended; at least 30 must have, and one must not");
}

#[test]
fn the_shipped_models_are_read_and_written_to_the_bit() {
    for knows in [Knows::Deposits, Knows::DepositsAndSignatures] {
        let model = Model::shipped(knows).expect("the shipped model is well formed");
        assert_eq!(Model::parse(&model.written()), Ok(model));
    }
    assert_eq!(Model::parse("spread"), Err(ParameterError::Line { line: 1 }));
    assert_eq!(Model::parse(""), Err(ParameterError::Missing { name: "intercept" }));
}

#[test]
fn the_constant_pace_agrees_with_counting_by_hand() {
    // Of four States two are missing and one is needed: half a deposit more than none in a year of four.
    let case =
        Case { needed: 3, deposited: 2, in_last_year: 1, pending: None, age: 1.0, members: 4 };
    let each = 1.0 - libm::exp(-2.5 / 4.0);
    let expected = 1.0 - (1.0 - each) * (1.0 - each);
    assert!((constant_hazard(&case, 1.0) - expected).abs() < 1e-12);
    assert!(constant_hazard(&Case { needed: 5, ..case }, 100.0).abs() < 1e-300);
}

proptest! {
    #[test]
    fn chances_rise_with_time_and_quantiles_undo_them(
        missing in 1_u32..70, deposited in 0_u32..60, pending in 0_u32..100, age in 0.1_f64..20.0, p in 0.01_f64..0.99,
    ) {
        for knows in [Knows::Deposits, Knows::DepositsAndSignatures] {
            let model = Model::shipped(knows).expect("shipped");
            let pending = (knows == Knows::DepositsAndSignatures).then_some(pending);
            let wait = model.wait(&case(deposited + missing, deposited, deposited.min(5), pending, age));
            prop_assert!((wait.within(wait.quantile(p)) - p).abs() < 1e-9);
            let chances: Vec<f64> = (0..40).map(|half| wait.within(f64::from(half) / 2.0)).collect();
            prop_assert!(chances.windows(2).all(|pair| pair[0] <= pair[1]), "{chances:?}");
        }
    }
}
