//! Benchmarks alone; `cargo xtask bench` runs those that give ratios.
