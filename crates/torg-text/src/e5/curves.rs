//! The curved functions of the network, without branches, so that they run on many numbers at once.

use super::machine::{Arithmetic, Fused, LANES, Machine, Separate, together};
use super::{DIMENSIONS, Vector};

/// How rows are brought to one scale after each half of a layer.
#[derive(Debug)]
pub(super) struct Norm {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
    /// Added to the variance.
    pub(super) epsilon: f32,
}

/// Replaces each number by its GELU: x · Φ(x), with the normal distribution's Φ
/// (Hendrycks and Gimpel 2016, <https://arxiv.org/abs/1606.08415>).
pub(super) fn gelu(machine: Machine, numbers: &mut [f32]) {
    match machine {
        #[cfg(target_arch = "x86_64")]
        Machine::Avx2(avx2) => gelu_avx2(avx2, numbers),
        Machine::Plain => gelu_of::<Separate>(numbers),
    }
}

impl Norm {
    /// Adds `other` to `rows`, brings each row to mean 0 and variance 1, and stretches and moves it.
    pub(super) fn apply(&self, machine: Machine, rows: &mut [f32], other: &[f32]) {
        match machine {
            #[cfg(target_arch = "x86_64")]
            Machine::Avx2(avx2) => norm_avx2(avx2, self, rows, other),
            Machine::Plain => norm_of::<Separate>(self, rows, other),
        }
    }
}

fearless_simd::kernel!(
    fn gelu_avx2(avx2: Avx2, numbers: &mut [f32]) {
        gelu_of::<Fused>(numbers);
    }
);

fearless_simd::kernel!(
    fn norm_avx2(avx2: Avx2, norm: &Norm, rows: &mut [f32], other: &[f32]) {
        norm_of::<Fused>(norm, rows, other);
    }
);

#[inline(always)]
fn gelu_of<A: Arithmetic>(numbers: &mut [f32]) {
    for number in numbers {
        *number = 0.5 * *number * (1.0 + erf::<A>(*number * std::f32::consts::FRAC_1_SQRT_2));
    }
}

#[inline(always)]
fn norm_of<A: Arithmetic>(norm: &Norm, rows: &mut [f32], other: &[f32]) {
    let (rows, others) = (rows.as_chunks_mut().0, other.as_chunks().0);
    for (row, other) in rows.iter_mut().zip(others) {
        norm_row::<A>(norm, row, other);
    }
}

#[inline(always)]
fn norm_row<A: Arithmetic>(norm: &Norm, row: &mut Vector, other: &Vector) {
    let size = DIMENSIONS as f32;
    row.iter_mut().zip(other).for_each(|(number, other)| *number += other);
    let mut lanes = [0.0; LANES];
    for chunk in row.as_chunks::<LANES>().0 {
        lanes.iter_mut().zip(chunk).for_each(|(lane, number)| *lane += number);
    }
    let mean = together(lanes, |a, b| a + b) / size;
    let mut lanes = [0.0; LANES];
    for chunk in row.as_chunks::<LANES>().0 {
        for (lane, number) in lanes.iter_mut().zip(chunk) {
            *lane = A::fused(number - mean, number - mean, *lane);
        }
    }
    let variance = together(lanes, |a, b| a + b) / size;
    let stretch = 1.0 / (variance + norm.epsilon).sqrt();
    for ((number, weight), bias) in row.iter_mut().zip(&norm.weight).zip(&norm.bias) {
        *number = A::fused((*number - mean) * stretch, *weight, *bias);
    }
}

/// The error function, wrong by at most 2e-7 (Abramowitz and Stegun 1964, 7.1.26).
#[inline(always)]
fn erf<A: Arithmetic>(x: f32) -> f32 {
    let size = x.abs();
    let t = 1.0 / A::fused(0.327_591_1, size, 1.0);
    let mut sum = A::fused(1.061_405_4, t, -1.453_152);
    for factor in [1.421_413_8, -0.284_496_72, 0.254_829_6] {
        sum = A::fused(sum, t, factor);
    }
    A::fused(-sum * t, exp::<A>(-size * size), 1.0).copysign(x)
}

/// e to the power of `x` for x ≤ 0, wrong by at most 2 parts in 10 million; 0 or next to it below -87.
///
/// 2 to the power of the nearest whole number of x / ln 2, times the series for the rest.
#[inline(always)]
pub(super) fn exp<A: Arithmetic>(x: f32) -> f32 {
    /// Added to a number, leaves its nearest whole number in the lowest bits.
    const TO_WHOLE: f32 = 12_582_912.0;
    let x = x.max(-87.0);
    let shifted = A::fused(x, std::f32::consts::LOG2_E, TO_WHOLE);
    let whole = shifted - TO_WHOLE;
    // ln 2 in two parts, so that little is lost.
    let rest = A::fused(whole, 2.121_944_4e-4, A::fused(whole, -0.693_359_4, x));
    let mut sum = 1.0 / 720.0;
    for factor in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = A::fused(sum, rest, factor);
    }
    sum * f32::from_bits(shifted.to_bits().wrapping_add(127) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_e_agree_with_the_library() {
        for step in 0..=43_500_u16 {
            let x = -f32::from(step) / 500.0;
            let (ours, right) = (f64::from(exp::<Separate>(x)), f64::from(x).exp());
            assert!((ours / right - 1.0).abs() < 4e-7, "{x}: {ours} {right}");
        }
        assert!(exp::<Fused>(-1000.0) < 1e-37);
    }

    #[test]
    fn gelu_agrees_with_known_values() {
        // From tables of the normal distribution.
        let known = [(0.0, 0.0), (1.0, 0.841_345), (-1.0, -0.158_655), (2.0, 1.954_5)];
        for (x, right) in known.into_iter().chain([(-3.0, -0.004_049_7), (30.0, 30.0)]) {
            for machine in [Machine::best(), Machine::Plain] {
                let mut numbers = [x];
                gelu(machine, &mut numbers);
                assert!((numbers[0] - right).abs() < 1e-6, "{x}: {} {right}", numbers[0]);
            }
        }
    }

    #[test]
    fn a_row_is_brought_to_mean_and_variance() {
        let norm =
            Norm { weight: vec![2.0; DIMENSIONS], bias: vec![1.0; DIMENSIONS], epsilon: 1e-12 };
        for machine in [Machine::best(), Machine::Plain] {
            let mut rows: Vec<f32> = (0..384_u16).map(f32::from).collect();
            norm.apply(machine, &mut rows, &[3.0; DIMENSIONS]);
            let mean = rows.iter().sum::<f32>() / DIMENSIONS as f32;
            let variance = rows.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / DIMENSIONS as f32;
            assert!(
                (mean - 1.0).abs() < 1e-4 && (variance - 4.0).abs() < 1e-3,
                "{mean} {variance}"
            );
        }
    }
}
