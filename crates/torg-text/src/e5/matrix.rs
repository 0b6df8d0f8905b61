//! Multiplies by weights in 4 bits: the numbers to multiply are rounded to 8 bits, 32 at a time
//! with a scale of their own, and everything within 32 is whole numbers.
//!
//! Eight outputs are calculated side by side, one in each lane of a register. Their weights are
//! laid out for that once, at the start, still in 4 bits: for each block four groups of 32 bytes,
//! in which eight times four bytes belong to one output each.

use fearless_simd::{Level, dispatch, f32x8, i32x8, prelude::*};

use super::file::{Tensors, expect};
use super::packed::{BLOCK, BLOCK_BYTES, bytes_of, scale};
use super::source::Broken;

/// Rows of numbers are multiplied this many at a time; their count must be a multiple.
pub(super) const TOGETHER: usize = 4;
const SIDE_BY_SIDE: usize = 8;
const GROUPS: usize = 4;

/// A matrix of weights and what is added to each output.
#[derive(Debug)]
pub(super) struct Matrix {
    /// Blocks of an input row.
    blocks: usize,
    strips: Vec<Strip>,
}

/// The weights of eight outputs.
#[derive(Debug)]
struct Strip {
    groups: Vec<[[u8; BLOCK]; GROUPS]>,
    scales: Vec<[f32; SIDE_BY_SIDE]>,
    bias: [f32; SIDE_BY_SIDE],
}

/// 32 numbers, rounded: each is `numbers[i]` × `scale`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rounded {
    /// -127 to 127.
    numbers: [i8; BLOCK],
    scale: f32,
    /// -8 times the sum of `numbers`: the file's weights are 8 too great.
    offset: i32,
}

impl Matrix {
    /// Reads `name`.w and `name`.b, made for `inputs` and `outputs` numbers.
    pub(super) fn read(
        tensors: &Tensors,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, Broken> {
        expect(
            inputs.is_multiple_of(BLOCK) && outputs.is_multiple_of(SIDE_BY_SIDE),
            "the size of a matrix",
        )?;
        let weights = tensors.blocks(&format!("{name}.w"), inputs * outputs)?;
        let bias = tensors.floats(&format!("{name}.b"), outputs)?;
        let strips = weights.chunks_exact(bytes_of(inputs) * SIDE_BY_SIDE);
        let strips = strips.zip(bias.as_chunks().0).map(|(rows, bias)| Strip::of(rows, *bias));
        Ok(Self { blocks: inputs / BLOCK, strips: strips.collect() })
    }

    /// Multiplies rows of numbers. `outputs` has as many rows as `inputs`, a multiple of
    /// [`TOGETHER`].
    pub(super) fn multiply(&self, level: Level, inputs: &[Rounded], outputs: &mut [f32]) {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = level.as_avx2() {
            return multiply_avx2(avx2, self, inputs, outputs);
        }
        self.multiply_plainly(inputs, outputs);
    }

    fn width(&self) -> usize {
        self.strips.len() * SIDE_BY_SIDE
    }

    fn multiply_plainly(&self, inputs: &[Rounded], outputs: &mut [f32]) {
        let rows = inputs.chunks_exact(self.blocks).zip(outputs.chunks_exact_mut(self.width()));
        for (row, outputs) in rows {
            for (strip, outputs) in self.strips.iter().zip(outputs.as_chunks_mut().0) {
                *outputs = strip.multiply(row);
            }
        }
    }
}

impl Strip {
    /// Takes eight rows of blocks as the file holds them.
    fn of(rows: &[u8], bias: [f32; SIDE_BY_SIDE]) -> Self {
        let rows = rows.as_chunks::<BLOCK_BYTES>().0;
        let blocks = rows.len() / SIDE_BY_SIDE;
        let (mut groups, mut scales) = (Vec::with_capacity(blocks), Vec::with_capacity(blocks));
        for block in 0..blocks {
            let (mut group, mut scale_of) = ([[0; BLOCK]; GROUPS], [0.0; SIDE_BY_SIDE]);
            for output in 0..SIDE_BY_SIDE {
                let bytes = &rows[output * blocks + block];
                scale_of[output] = scale(bytes);
                for (group, four) in group.iter_mut().zip(bytes[2..].as_chunks::<4>().0) {
                    group.as_chunks_mut::<4>().0[output] = *four;
                }
            }
            groups.push(group);
            scales.push(scale_of);
        }
        Self { groups, scales, bias }
    }

    fn multiply(&self, row: &[Rounded]) -> [f32; SIDE_BY_SIDE] {
        let mut outputs = self.bias;
        for ((rounded, groups), scales) in row.iter().zip(&self.groups).zip(&self.scales) {
            let mut sums = [rounded.offset; SIDE_BY_SIDE];
            let (low, high) = rounded.numbers.split_at(BLOCK / 2);
            let halves = low.as_chunks::<4>().0.iter().zip(high.as_chunks::<4>().0);
            for (group, (low, high)) in groups.iter().zip(halves) {
                for (sum, four) in sums.iter_mut().zip(group.as_chunks::<4>().0) {
                    for ((byte, low), high) in four.iter().zip(low).zip(high) {
                        *sum += i32::from(byte & 15) * i32::from(*low)
                            + i32::from(byte >> 4) * i32::from(*high);
                    }
                }
            }
            for ((output, sum), scale) in outputs.iter_mut().zip(sums).zip(scales) {
                *output += sum as f32 * (scale * rounded.scale);
            }
        }
        outputs
    }
}

fearless_simd::kernel!(
    fn multiply_avx2(avx2: Avx2, matrix: &Matrix, inputs: &[Rounded], outputs: &mut [f32]) {
        use fearless_simd::u8x32;
        use std::arch::x86_64::{
            __m256, __m256i, _mm256_add_epi16, _mm256_add_epi32, _mm256_and_si256,
            _mm256_cvtepi32_ps, _mm256_fmadd_ps, _mm256_madd_epi16, _mm256_maddubs_epi16,
            _mm256_mul_ps, _mm256_set1_epi8, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_set1_ps,
            _mm256_setzero_si256, _mm256_srli_epi16,
        };
        let (ones, low_half) = (_mm256_set1_epi16(1), _mm256_set1_epi8(15));
        let width = matrix.width();
        for (place, strip) in matrix.strips.iter().enumerate() {
            let bias: __m256 = f32x8::from_slice(avx2, &strip.bias).into();
            let tiles = inputs.chunks_exact(matrix.blocks * TOGETHER);
            for (rows, outputs) in tiles.zip(outputs.chunks_exact_mut(width * TOGETHER)) {
                let (first, second) = rows.split_at(matrix.blocks * 2);
                let (first, second) =
                    (first.split_at(matrix.blocks), second.split_at(matrix.blocks));
                let rows = first.0.iter().zip(first.1).zip(second.0.iter().zip(second.1));
                let mut totals = [bias; TOGETHER];
                for ((groups, scales), ((a, b), (c, d))) in
                    strip.groups.iter().zip(&strip.scales).zip(rows)
                {
                    let rows = [a, b, c, d];
                    // At most 8 × 2 × 15 × 127 = 30,480: it fits in 16 bits.
                    let mut sums = [_mm256_setzero_si256(); TOGETHER];
                    for (group, bytes) in groups.iter().enumerate() {
                        let bytes: __m256i = u8x32::from_slice(avx2, bytes).into();
                        let low = _mm256_and_si256(bytes, low_half);
                        let high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low_half);
                        for (sum, row) in sums.iter_mut().zip(rows) {
                            let (fours, _) = row.numbers.as_chunks::<4>();
                            let four = |at: usize| {
                                _mm256_set1_epi32(i32::from_le_bytes(
                                    fours[at].map(i8::cast_unsigned),
                                ))
                            };
                            let both = _mm256_maddubs_epi16(low, four(group));
                            *sum = _mm256_add_epi16(*sum, both);
                            let both = _mm256_maddubs_epi16(high, four(group + GROUPS));
                            *sum = _mm256_add_epi16(*sum, both);
                        }
                    }
                    let scales: __m256 = f32x8::from_slice(avx2, scales).into();
                    for ((total, sum), row) in totals.iter_mut().zip(sums).zip(rows) {
                        let sum = _mm256_madd_epi16(sum, ones);
                        let sum = _mm256_add_epi32(sum, _mm256_set1_epi32(row.offset));
                        let scales = _mm256_mul_ps(scales, _mm256_set1_ps(row.scale));
                        *total = _mm256_fmadd_ps(_mm256_cvtepi32_ps(sum), scales, *total);
                    }
                }
                for (outputs, total) in outputs.chunks_exact_mut(width).zip(totals) {
                    let total: f32x8<_> = total.simd_into(avx2);
                    total.store_slice(&mut outputs.as_chunks_mut::<SIDE_BY_SIDE>().0[place]);
                }
            }
        }
    }
);

/// Rounds numbers, 32 at a time.
pub(super) fn round(level: Level, numbers: &[f32], into: &mut Vec<Rounded>) {
    into.clear();
    dispatch!(level, simd => {
        for block in numbers.as_chunks().0 {
            into.push(round_block(simd, block));
        }
    });
}

#[inline(always)]
fn round_block<S: Simd>(simd: S, block: &[f32; BLOCK]) -> Rounded {
    let block = block.as_chunks().0;
    let (a, b) = (f32x8::load_array_ref(simd, &block[0]), f32x8::load_array_ref(simd, &block[1]));
    let (c, d) = (f32x8::load_array_ref(simd, &block[2]), f32x8::load_array_ref(simd, &block[3]));
    let greatest = a.abs().max(b.abs()).max(c.abs().max(d.abs())).reduce_max();
    let scale = greatest / 127.0;
    let times = if scale > 0.0 { 1.0 / scale } else { 0.0 };
    let (a, b, c, d) = (whole(a, times), whole(b, times), whole(c, times), whole(d, times));
    let sum = (a + b + (c + d)).reduce_sum();
    let numbers = a.narrow(b).narrow(c.narrow(d)).to_array();
    Rounded { numbers, scale, offset: sum.wrapping_mul(-8) }
}

#[inline(always)]
fn whole<S: Simd>(numbers: f32x8<S>, times: f32) -> i32x8<S> {
    (numbers * times).round_ties_even().to_int()
}
