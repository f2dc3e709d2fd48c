//! The draft on hand-made records.
