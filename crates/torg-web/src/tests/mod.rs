//! Pages from hand-made readings.
