//! The text kernel from outside: its laws, its scenarios, its notations.

mod laws;
mod real_drafts;
