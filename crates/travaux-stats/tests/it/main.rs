//! The estimator against exact answers, against itself, and against data drawn from the model.

#![expect(clippy::cast_precision_loss, clippy::unwrap_used, reason = "tests of small counts")]

mod calibration;
mod exact;
mod recovery;
