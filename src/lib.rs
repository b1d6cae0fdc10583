//! Kontobro.
