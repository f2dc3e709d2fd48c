//! The program as its users see it: arguments and files in; standard output, standard error and
//! an exit code out.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

mod amending;
mod bad_input;
mod compare;
mod drafts;
mod examples;
mod forecast;
mod help;
mod huge;
mod leaning;
mod life;
mod merge;
mod official;
mod positions;
mod precedent;
mod program;
mod record;
mod references;
mod serve;
mod sides;
