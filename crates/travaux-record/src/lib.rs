//! What happened in a negotiation, and how we know.
