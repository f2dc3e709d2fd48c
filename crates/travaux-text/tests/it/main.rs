//! The text kernel from outside: its laws, its scenarios, its notations.

mod composing;
mod corresponding;
mod documents;
mod drafting;
mod generate;
mod instruct;
mod laws;
mod layouts;
mod notations;
mod real_drafts;
mod redlining;
mod references;
mod scenarios;
mod scripts;
mod streamline;
mod structure;
