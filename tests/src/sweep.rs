//! What time alone moves.
