//! Our vectors beside those of the package's own engine, where the model is at hand; everything
//! else with a small file made here.

mod golden;
mod small;
mod wrong;

use fearless_simd::Level;

/// This processor's best way to calculate, and all that it could do if it were older.
pub(super) fn levels() -> Vec<Level> {
    let best = Level::new();
    #[cfg(target_arch = "x86_64")]
    let older = best.as_avx2().map(Level::Avx2);
    #[cfg(not(target_arch = "x86_64"))]
    let older = None;
    [Some(best), older, Some(Level::baseline())].into_iter().flatten().collect()
}
