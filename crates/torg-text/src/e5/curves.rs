//! The curved functions of the network, without branches, eight numbers at a time.
//!
//! `fearless_simd` compiles each once for every kind of processor and chooses while running; all
//! that is called inside must be inlined into what is compiled so.

use fearless_simd::{Level, dispatch, f32x8, prelude::*};

use super::DIMENSIONS;

/// Numbers that are calculated side by side.
pub(super) const LANES: usize = 8;

/// How rows are brought to one scale after each half of a layer.
#[derive(Debug)]
pub(super) struct Norm {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
    /// Added to the variance.
    pub(super) epsilon: f32,
}

/// Replaces each number by its GELU: x · Φ(x), with the normal distribution's Φ
/// (Hendrycks and Gimpel 2016, <https://arxiv.org/abs/1606.08415>). What is left over after the
/// last eight stays as it is.
pub(super) fn gelu(level: Level, numbers: &mut [f32]) {
    dispatch!(level, simd => each_gelu(simd, numbers));
}

impl Norm {
    /// Adds `other` to `rows`, brings each row to mean 0 and variance 1, and stretches and moves it.
    pub(super) fn apply(&self, level: Level, rows: &mut [f32], other: &[f32]) {
        dispatch!(level, simd => each_row(simd, self, rows, other));
    }
}

#[inline(always)]
fn each_gelu<S: Simd>(simd: S, numbers: &mut [f32]) {
    for eight in numbers.as_chunks_mut::<LANES>().0 {
        let x = f32x8::load_array_ref(simd, eight);
        let phi = erf(x * std::f32::consts::FRAC_1_SQRT_2) * 0.5 + 0.5;
        (x * phi).store_array(eight);
    }
}

#[inline(always)]
fn each_row<S: Simd>(simd: S, norm: &Norm, rows: &mut [f32], other: &[f32]) {
    let (rows, others) = (rows.chunks_exact_mut(DIMENSIONS), other.chunks_exact(DIMENSIONS));
    for (row, other) in rows.zip(others) {
        one_row(simd, norm, row.as_chunks_mut().0, other.as_chunks().0);
    }
}

#[inline(always)]
fn one_row<S: Simd>(simd: S, norm: &Norm, row: &mut [[f32; LANES]], other: &[[f32; LANES]]) {
    let size = DIMENSIONS as f32;
    let mut sum = f32x8::splat(simd, 0.0);
    for (row, other) in row.iter_mut().zip(other) {
        let both = f32x8::load_array_ref(simd, row) + f32x8::load_array_ref(simd, other);
        sum += both;
        both.store_array(row);
    }
    let mean = f32x8::splat(simd, sum.reduce_sum() / size);
    let mut sum = f32x8::splat(simd, 0.0);
    for row in &*row {
        let off = f32x8::load_array_ref(simd, row) - mean;
        sum = off.mul_add(off, sum);
    }
    let stretch = 1.0 / (sum.reduce_sum() / size + norm.epsilon).sqrt();
    let (weights, biases) = (norm.weight.as_chunks().0, norm.bias.as_chunks().0);
    for ((row, weight), bias) in row.iter_mut().zip(weights).zip(biases) {
        let weight = f32x8::load_array_ref(simd, weight);
        let bias = f32x8::load_array_ref(simd, bias);
        let off = f32x8::load_array_ref(simd, row) - mean;
        (off * stretch).mul_add(weight, bias).store_array(row);
    }
}

/// The error function, wrong by at most 2e-7 (Abramowitz and Stegun 1964, 7.1.26).
#[inline(always)]
fn erf<S: Simd>(x: f32x8<S>) -> f32x8<S> {
    let simd = x.token();
    let size = x.abs();
    let t = f32x8::splat(simd, 1.0) / size.mul_add(0.327_591_1, 1.0);
    let mut sum = t.mul_add(1.061_405_4, -1.453_152);
    sum = sum.mul_add(t, 1.421_413_8);
    sum = sum.mul_add(t, -0.284_496_72);
    sum = sum.mul_add(t, 0.254_829_6);
    let rest = sum * t * exp(-(size * size));
    (1.0 - rest).copysign(x)
}

/// e to the power of `x` for x ≤ 0, wrong by at most 4 parts in 10 million; nearly 0 below -87.
///
/// 2 to the power of the nearest whole number of x / ln 2, times the series for the rest.
#[inline(always)]
pub(super) fn exp<S: Simd>(x: f32x8<S>) -> f32x8<S> {
    let x = x.max(-87.0);
    // Adding this leaves the nearest whole number in the lowest bits.
    let shifted = x.mul_add(std::f32::consts::LOG2_E, TO_WHOLE);
    let whole = shifted - TO_WHOLE;
    // ln 2 in two parts, so that little is lost.
    let rest = whole.mul_add(-0.693_359_4, x);
    let rest = whole.mul_add(2.121_944_4e-4, rest);
    let mut sum = rest.mul_add(1.0 / 720.0, 1.0 / 120.0);
    sum = sum.mul_add(rest, 1.0 / 24.0);
    sum = sum.mul_add(rest, 1.0 / 6.0);
    sum = sum.mul_add(rest, 0.5);
    sum = sum.mul_add(rest, 1.0);
    sum = sum.mul_add(rest, 1.0);
    sum * f32x8::from_bits((shifted.to_bits() + 127) << 23)
}

/// 1.5 · 2²³: floats of that size are whole numbers.
const TO_WHOLE: f32 = 12_582_912.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_e_agree_with_the_library() {
        for level in crate::e5::tests::levels() {
            for step in 0..=43_500_u16 {
                let x = -f32::from(step) / 500.0;
                let (ours, right) = (f64::from(exp_of(level, x)), f64::from(x).exp());
                assert!((ours / right - 1.0).abs() < 4e-7, "{x}: {ours} {right}");
            }
            assert!(exp_of(level, -1000.0) < 1e-37);
        }
    }

    #[test]
    fn gelu_agrees_with_known_values() {
        // From tables of the normal distribution.
        let known = [(0.0, 0.0), (1.0, 0.841_345), (-1.0, -0.158_655), (2.0, 1.954_5)];
        for (x, right) in known.into_iter().chain([(-3.0, -0.004_049_7), (30.0, 30.0)]) {
            for level in crate::e5::tests::levels() {
                let mut numbers = [x; LANES];
                gelu(level, &mut numbers);
                assert!((numbers[0] - right).abs() < 1e-6, "{x}: {} {right}", numbers[0]);
            }
        }
    }

    #[test]
    fn a_row_is_brought_to_mean_and_variance() {
        let norm =
            Norm { weight: vec![2.0; DIMENSIONS], bias: vec![1.0; DIMENSIONS], epsilon: 1e-12 };
        for level in crate::e5::tests::levels() {
            let mut rows: Vec<f32> = (0..384_u16).map(f32::from).collect();
            norm.apply(level, &mut rows, &[3.0; DIMENSIONS]);
            let mean = rows.iter().sum::<f32>() / DIMENSIONS as f32;
            let variance = rows.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / DIMENSIONS as f32;
            assert!(
                (mean - 1.0).abs() < 1e-4 && (variance - 4.0).abs() < 1e-3,
                "{mean} {variance}"
            );
        }
    }

    fn exp_of(level: Level, x: f32) -> f32 {
        dispatch!(level, simd => exp(f32x8::splat(simd, x)).to_array()[0])
    }
}
