//! Attention: each token takes from the others what it asks for (Vaswani et al. 2017,
//! <https://arxiv.org/abs/1706.03762>), separately for each head of 32 numbers.

use super::DIMENSIONS;
use super::curves::exp;
use super::machine::{Arithmetic, Fused, LANES, Machine, Separate, together};

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

/// Writes for each token what it takes.
pub(super) fn attend(machine: Machine, rows: Rows<'_>, taken: &mut [f32]) {
    match machine {
        #[cfg(target_arch = "x86_64")]
        Machine::Avx2(avx2) => attend_avx2(avx2, rows, taken),
        Machine::Plain => attend_with::<Separate>(rows, taken),
    }
}

fearless_simd::kernel!(
    fn attend_avx2(avx2: Avx2, rows: Rows<'_>, taken: &mut [f32]) {
        attend_with::<Fused>(rows, taken);
    }
);

#[inline(always)]
fn attend_with<A: Arithmetic>(rows: Rows<'_>, taken: &mut [f32]) {
    let mut turned = vec![[[0.0; LANES]; HEAD]; rows.tokens.div_ceil(LANES)];
    let mut weights = vec![[0.0; LANES]; turned.len()];
    for head in 0..DIMENSIONS / HEAD {
        turn(head, rows, &mut turned);
        for token in 0..rows.tokens {
            let asked = heads(rows.asked, token)[head];
            weigh::<A>(&asked, rows.tokens, &turned, &mut weights);
            heads_mut(taken, token)[head] = gather::<A>(head, rows, weights.as_flattened());
        }
    }
}

/// Turns what a head is offered so that tokens lie side by side.
#[inline(always)]
fn turn(head: usize, rows: Rows<'_>, turned: &mut [[[f32; LANES]; HEAD]]) {
    for token in 0..rows.tokens {
        let lanes = &mut turned[token / LANES];
        for (lane, number) in lanes.iter_mut().zip(heads(rows.offered, token)[head]) {
            lane[token % LANES] = number;
        }
    }
}

/// How much of each token is taken, 1 in all.
#[inline(always)]
fn weigh<A: Arithmetic>(
    asked: &[f32; HEAD],
    tokens: usize,
    turned: &[[[f32; LANES]; HEAD]],
    weights: &mut [[f32; LANES]],
) {
    let scale = 1.0 / (HEAD as f32).sqrt();
    let mut greatest = [f32::MIN; LANES];
    for (at, (weights, turned)) in weights.iter_mut().zip(turned).enumerate() {
        *weights = [0.0; LANES];
        for (number, lanes) in asked.iter().zip(turned) {
            for (weight, lane) in weights.iter_mut().zip(lanes) {
                *weight = A::fused(*number, *lane, *weight);
            }
        }
        // Beyond the last token nothing may be taken.
        let beyond = tokens.saturating_sub(at * LANES).min(LANES);
        weights.iter_mut().for_each(|weight| *weight *= scale);
        weights[beyond..].fill(f32::MIN);
        for (greatest, weight) in greatest.iter_mut().zip(&*weights) {
            *greatest = greatest.max(*weight);
        }
    }
    let greatest = together(greatest, f32::max);
    let mut sums = [0.0; LANES];
    for weights in weights.iter_mut() {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *weight = exp::<A>(*weight - greatest);
            *sum += *weight;
        }
    }
    let share = 1.0 / together(sums, |a, b| a + b);
    weights.as_flattened_mut().iter_mut().for_each(|weight| *weight *= share);
}

#[inline(always)]
fn gather<A: Arithmetic>(head: usize, rows: Rows<'_>, weights: &[f32]) -> [f32; HEAD] {
    let mut taken = [0.0; HEAD];
    for (token, weight) in weights.iter().enumerate().take(rows.tokens) {
        for (taken, given) in taken.iter_mut().zip(&heads(rows.given, token)[head]) {
            *taken = A::fused(*weight, *given, *taken);
        }
    }
    taken
}

#[inline(always)]
fn heads(rows: &[f32], token: usize) -> &[[f32; HEAD]] {
    rows[token * DIMENSIONS..][..DIMENSIONS].as_chunks().0
}

#[inline(always)]
fn heads_mut(rows: &mut [f32], token: usize) -> &mut [[f32; HEAD]] {
    rows[token * DIMENSIONS..][..DIMENSIONS].as_chunks_mut().0
}
