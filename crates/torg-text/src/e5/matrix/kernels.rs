//! The innermost loops, in instructions of the processor: four rows by eight outputs.

use std::arch::x86_64::{
    __m256, __m256i, _mm256_add_epi16, _mm256_add_epi32, _mm256_and_si256, _mm256_cvtepi32_ps,
    _mm256_dpbusd_epi32, _mm256_fmadd_ps, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_mul_ps,
    _mm256_set1_epi8, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_si256,
    _mm256_srli_epi16,
};

use fearless_simd::{f32x8, prelude::*, u8x32};

use super::{GROUPS, Outputs, Rounded, Strip, TOGETHER};

fearless_simd::kernel!(
    /// Products are added in 16 bits: at most 8 × 2 × 15 × 127 = 30,480, which fits.
    pub(super) fn with_avx2(avx2: Avx2, strip: &Strip, rows: &[[Rounded; TOGETHER]]) -> Outputs {
        let (ones, low_half) = (_mm256_set1_epi16(1), _mm256_set1_epi8(15));
        let bias: __m256 = f32x8::load_array_ref(avx2, &strip.bias).into();
        let mut totals = [bias; TOGETHER];
        for ((rows, groups), scales) in rows.iter().zip(&strip.groups).zip(&strip.scales) {
            let mut sums = [_mm256_setzero_si256(); TOGETHER];
            for (at, group) in groups.iter().enumerate() {
                let group: __m256i = u8x32::load_array_ref(avx2, group).into();
                let low = _mm256_and_si256(group, low_half);
                let high = _mm256_and_si256(_mm256_srli_epi16(group, 4), low_half);
                for (sum, row) in sums.iter_mut().zip(rows) {
                    let four = _mm256_set1_epi32(whole(row.fours()[at]));
                    *sum = _mm256_add_epi16(*sum, _mm256_maddubs_epi16(low, four));
                    let four = _mm256_set1_epi32(whole(row.fours()[at + GROUPS]));
                    *sum = _mm256_add_epi16(*sum, _mm256_maddubs_epi16(high, four));
                }
            }
            let scales: __m256 = f32x8::load_array_ref(avx2, scales).into();
            for ((total, sum), row) in totals.iter_mut().zip(sums).zip(rows) {
                let sum = _mm256_madd_epi16(sum, ones);
                let sum = _mm256_add_epi32(sum, _mm256_set1_epi32(row.offset));
                let scales = _mm256_mul_ps(scales, _mm256_set1_ps(row.scale));
                *total = _mm256_fmadd_ps(_mm256_cvtepi32_ps(sum), scales, *total);
            }
        }
        let [a, b, c, d] = totals;
        let stored = |total: __m256| -> f32x8<_> { total.simd_into(avx2) };
        [stored(a).to_array(), stored(b).to_array(), stored(c).to_array(), stored(d).to_array()]
    }
);

fearless_simd::kernel!(
    /// Four products and their sum are one instruction here (VNNI). Low and high halves are added
    /// apart, because each addition waits for the one before.
    pub(super) fn with_avx512(
        avx512: Avx512,
        strip: &Strip,
        rows: &[[Rounded; TOGETHER]],
    ) -> Outputs {
        let low_half = _mm256_set1_epi8(15);
        let bias: __m256 = f32x8::load_array_ref(avx512, &strip.bias).into();
        let mut totals = [bias; TOGETHER];
        for ((rows, groups), scales) in rows.iter().zip(&strip.groups).zip(&strip.scales) {
            let mut lows = [_mm256_setzero_si256(); TOGETHER];
            let mut highs = lows;
            for (low, row) in lows.iter_mut().zip(rows) {
                *low = _mm256_set1_epi32(row.offset);
            }
            for (at, group) in groups.iter().enumerate() {
                let group: __m256i = u8x32::load_array_ref(avx512, group).into();
                let low = _mm256_and_si256(group, low_half);
                let high = _mm256_and_si256(_mm256_srli_epi16(group, 4), low_half);
                for ((lows, highs), row) in lows.iter_mut().zip(&mut highs).zip(rows) {
                    let four = _mm256_set1_epi32(whole(row.fours()[at]));
                    *lows = _mm256_dpbusd_epi32(*lows, low, four);
                    let four = _mm256_set1_epi32(whole(row.fours()[at + GROUPS]));
                    *highs = _mm256_dpbusd_epi32(*highs, high, four);
                }
            }
            let scales: __m256 = f32x8::load_array_ref(avx512, scales).into();
            for (((total, low), high), row) in totals.iter_mut().zip(lows).zip(highs).zip(rows) {
                let sum = _mm256_cvtepi32_ps(_mm256_add_epi32(low, high));
                let scales = _mm256_mul_ps(scales, _mm256_set1_ps(row.scale));
                *total = _mm256_fmadd_ps(sum, scales, *total);
            }
        }
        let [a, b, c, d] = totals;
        let stored = |total: __m256| -> f32x8<_> { total.simd_into(avx512) };
        [stored(a).to_array(), stored(b).to_array(), stored(c).to_array(), stored(d).to_array()]
    }
);

#[inline(always)]
fn whole(four: [i8; 4]) -> i32 {
    i32::from_le_bytes(four.map(i8::cast_unsigned))
}
