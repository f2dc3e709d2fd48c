//! Signatures and deposits as a depositary would record them.
