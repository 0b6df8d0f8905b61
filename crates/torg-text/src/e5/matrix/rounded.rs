//! Numbers rounded to 8 bits.

use fearless_simd::{Level, dispatch, f32x8, i32x8, prelude::*};

use crate::e5::packed::BLOCK;

/// Rows are rounded and multiplied this many at a time; their count must be a multiple.
pub(in crate::e5) const TOGETHER: usize = 4;

/// 32 numbers, rounded: each is `numbers[i]` × `scale`.
#[derive(Debug, Clone, Copy)]
pub(in crate::e5) struct Rounded {
    /// -127 to 127.
    numbers: [i8; BLOCK],
    pub(super) scale: f32,
    /// -8 times the sum of `numbers`: the file's weights are 8 too great.
    pub(super) offset: i32,
}

impl Rounded {
    /// The numbers by four, as they are multiplied.
    #[inline(always)]
    pub(super) fn fours(&self) -> &[[i8; 4]; BLOCK / 4] {
        // The slice has as many fours as the array; it cannot fail.
        self.numbers.as_chunks().0.first_chunk().unwrap_or(&[[0; 4]; BLOCK / 4])
    }
}

/// Rounds rows of `width` numbers. What four rows have at the same place comes together.
pub(in crate::e5) fn round(
    level: Level,
    numbers: &[f32],
    width: usize,
    into: &mut Vec<[Rounded; TOGETHER]>,
) {
    into.clear();
    dispatch!(level, simd => each_row(simd, numbers, width, into));
}

#[inline(always)]
fn each_row<S: Simd>(simd: S, numbers: &[f32], width: usize, into: &mut Vec<[Rounded; TOGETHER]>) {
    let blocks = width / BLOCK;
    for rows in numbers.chunks_exact(width * TOGETHER) {
        let rows = rows.as_chunks::<BLOCK>().0;
        for place in 0..blocks {
            into.push([
                round_block(simd, &rows[place]),
                round_block(simd, &rows[place + blocks]),
                round_block(simd, &rows[place + blocks * 2]),
                round_block(simd, &rows[place + blocks * 3]),
            ]);
        }
    }
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
