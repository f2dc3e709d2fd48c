//! A record's file, from outside: what is kept, what is refused, what a crash may cost.

// Marked as tests so that the lints know helpers from product code.
#[cfg(test)]
mod bad_files;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod keeping;
