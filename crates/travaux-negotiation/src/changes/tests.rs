//! The sentences, on hand-made records.
