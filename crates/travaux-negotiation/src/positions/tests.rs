//! Positions on hand-made records.
