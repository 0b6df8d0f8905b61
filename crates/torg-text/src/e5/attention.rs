//! Attention: each token takes from the others what it asks for (Vaswani et al. 2017,
//! <https://arxiv.org/abs/1706.03762>), separately for each head of 32 numbers.

use fearless_simd::{Level, dispatch, f32x8, prelude::*};

use super::DIMENSIONS;
use super::curves::{LANES, exp};

/// How many numbers a head has.
pub(super) const HEAD: usize = 32;

/// What is asked, offered and given, a row for each token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) asked: &'a [f32],
    pub(super) offered: &'a [f32],
    pub(super) given: &'a [f32],
    /// How many of the rows are tokens.
    pub(super) tokens: usize,
}

/// Tokens whose offers lie side by side: one number of each of 32 tokens, then the next.
type Turned = [[f32; ABREAST]; HEAD];
/// Four registers of eight: a processor can add to four while one addition takes its time.
const ABREAST: usize = 4 * LANES;

/// Writes for each token what it takes.
pub(super) fn attend(level: Level, rows: Rows<'_>, taken: &mut [f32]) {
    let mut turned = vec![[[0.0; ABREAST]; HEAD]; rows.tokens.div_ceil(ABREAST)];
    let mut weights = vec![[0.0; ABREAST]; turned.len()];
    for head in 0..DIMENSIONS / HEAD {
        turn(head, rows, &mut turned);
        dispatch!(level, simd => one_head(simd, head, rows, &turned, &mut weights, taken));
    }
}

/// Turns what a head is offered so that tokens lie side by side.
fn turn(head: usize, rows: Rows<'_>, turned: &mut [Turned]) {
    for token in 0..rows.tokens {
        let lanes = &mut turned[token / ABREAST];
        for (lane, number) in lanes.iter_mut().zip(heads(rows.offered, token)[head]) {
            lane[token % ABREAST] = number;
        }
    }
}

#[inline(always)]
fn one_head<S: Simd>(
    simd: S,
    head: usize,
    rows: Rows<'_>,
    turned: &[Turned],
    weights: &mut [[f32; ABREAST]],
    taken: &mut [f32],
) {
    for token in 0..rows.tokens {
        let asked = &heads(rows.asked, token)[head];
        for (weights, turned) in weights.iter_mut().zip(turned) {
            *weights = alike(simd, asked, turned);
        }
        // Beyond the last token nothing may be taken.
        weights.as_flattened_mut()[rows.tokens..].fill(f32::MIN);
        let share = 1.0 / shares(simd, weights.as_flattened_mut());
        let gathered = gather(simd, head, rows, weights.as_flattened());
        let taken = &mut taken[token * DIMENSIONS + head * HEAD..][..HEAD];
        for (lanes, gathered) in taken.as_chunks_mut().0.iter_mut().zip(gathered) {
            (gathered * share).store_array(lanes);
        }
    }
}

/// How well what is asked fits to what each of 32 tokens offers.
#[inline(always)]
fn alike<S: Simd>(simd: S, asked: &[f32; HEAD], turned: &Turned) -> [f32; ABREAST] {
    let mut sums = [f32x8::splat(simd, 0.0); ABREAST / LANES];
    for (number, lanes) in asked.iter().zip(turned) {
        let number = f32x8::splat(simd, *number);
        for (sum, lanes) in sums.iter_mut().zip(lanes.as_chunks().0) {
            *sum = number.mul_add(f32x8::load_array_ref(simd, lanes), *sum);
        }
    }
    let mut alike = [0.0; ABREAST];
    for (alike, sum) in alike.as_chunks_mut().0.iter_mut().zip(sums) {
        (sum * SCALE).store_array(alike);
    }
    alike
}

/// 1 / √32.
const SCALE: f32 = 0.176_776_7;

/// Raises e to the power of each number less the greatest, and gives the sum.
#[inline(always)]
fn shares<S: Simd>(simd: S, weights: &mut [f32]) -> f32 {
    let mut greatest = f32x8::splat(simd, f32::MIN);
    for eight in weights.as_chunks::<LANES>().0 {
        greatest = greatest.max(f32x8::load_array_ref(simd, eight));
    }
    let greatest = f32x8::splat(simd, greatest.reduce_max());
    let mut sum = f32x8::splat(simd, 0.0);
    for eight in weights.as_chunks_mut::<LANES>().0 {
        let share = exp(f32x8::load_array_ref(simd, eight) - greatest);
        sum += share;
        share.store_array(eight);
    }
    sum.reduce_sum()
}

/// The sum of what all tokens give, each by its weight.
#[inline(always)]
fn gather<S: Simd>(
    simd: S,
    head: usize,
    rows: Rows<'_>,
    weights: &[f32],
) -> [f32x8<S>; HEAD / LANES] {
    let mut sums = [f32x8::splat(simd, 0.0); HEAD / LANES];
    for (weight, given) in weights.iter().zip(rows.given.chunks_exact(DIMENSIONS)).take(rows.tokens)
    {
        let weight = f32x8::splat(simd, *weight);
        let given = &given.as_chunks::<HEAD>().0[head];
        for (sum, given) in sums.iter_mut().zip(given.as_chunks().0) {
            *sum = weight.mul_add(f32x8::load_array_ref(simd, given), *sum);
        }
    }
    sums
}

fn heads(rows: &[f32], token: usize) -> &[[f32; HEAD]] {
    rows[token * DIMENSIONS..][..DIMENSIONS].as_chunks().0
}
