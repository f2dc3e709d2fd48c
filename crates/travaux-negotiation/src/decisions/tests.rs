//! Decisions as a secretary would record them.
