//! Which instructions this processor has, found out while running.
//!
//! Each piece of arithmetic is written once as plain loops; `fearless_simd` compiles it a second
//! time for processors with AVX2 (nearly all since 2015) and makes calling that safe.

use fearless_simd::Level;

/// How to calculate. Both ways give the same vectors but for the last digits.
#[derive(Debug, Clone, Copy)]
pub(super) enum Machine {
    #[cfg(target_arch = "x86_64")]
    Avx2(fearless_simd::Avx2),
    Plain,
}

impl Machine {
    /// The fastest that this processor can.
    pub(super) fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = Level::new().as_avx2() {
            return Self::Avx2(avx2);
        }
        Self::Plain
    }
}

/// a × b + c, with one rounding or two.
pub(super) trait Arithmetic {
    fn fused(a: f32, b: f32, c: f32) -> f32;
}

/// One instruction where the processor has it, and a slow function where it has not.
pub(super) struct Fused;

/// Two instructions everywhere.
pub(super) struct Separate;

impl Arithmetic for Fused {
    #[inline(always)]
    fn fused(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }
}

impl Arithmetic for Separate {
    #[inline(always)]
    fn fused(a: f32, b: f32, c: f32) -> f32 {
        a * b + c
    }
}

/// Sums, greatest and the like are kept in as many lanes, because the compiler may not reorder
/// additions of floats by itself.
pub(super) const LANES: usize = 32;

/// The lanes taken together two by two.
#[inline(always)]
pub(super) fn together(lanes: [f32; LANES], both: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = lanes;
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] = both(lanes[lane], lanes[lane + half]);
        }
        half /= 2;
    }
    lanes[0]
}
