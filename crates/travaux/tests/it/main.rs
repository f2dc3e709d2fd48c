//! The program as its users see it: arguments and files in; standard output, standard error and
//! an exit code out.

#![expect(
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, and say what they skip"
)]

mod amending;
mod bad_input;
mod compare;
mod drafts;
mod examples;
mod exports;
mod floor;
mod forecast;
mod help;
mod huge;
mod leaning;
mod life;
mod merge;
mod night;
mod official;
mod positions;
mod precedent;
mod program;
mod record;
mod references;
mod round_trip;
mod serve;
mod sides;
