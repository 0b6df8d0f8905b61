//! Multiplies by weights in 4 bits: the numbers to multiply are rounded to 8 bits, 32 at a time
//! with a scale of their own, and everything within 32 is whole numbers.
//!
//! Eight outputs are calculated side by side, one in each lane of a register. Their weights are
//! laid out for that once, at the start, still in 4 bits: for each block four groups of 32 bytes,
//! in which eight times four bytes belong to one output each.

#[cfg(target_arch = "x86_64")]
mod kernels;
mod rounded;

use fearless_simd::Level;

use super::file::{Tensors, expect};
use super::packed::{BLOCK, BLOCK_BYTES, bytes_of, scale};
use super::source::Broken;

pub(super) use rounded::{Rounded, TOGETHER, round};

/// Outputs that are calculated in one register.
const SIDE_BY_SIDE: usize = 8;
const GROUPS: usize = 4;

/// A block of eight outputs.
type Groups = [[u8; BLOCK]; GROUPS];
type Outputs = [[f32; SIDE_BY_SIDE]; TOGETHER];

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
    groups: Vec<Groups>,
    scales: Vec<[f32; SIDE_BY_SIDE]>,
    bias: [f32; SIDE_BY_SIDE],
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

    /// Multiplies rows of numbers as [`round`] gives them. `outputs` has as many rows.
    pub(super) fn multiply(
        &self,
        level: Level,
        inputs: &[[Rounded; TOGETHER]],
        outputs: &mut [f32],
    ) {
        let width = self.strips.len() * SIDE_BY_SIDE;
        // A strip's weights stay in the nearest cache for all rows.
        for (place, strip) in self.strips.iter().enumerate() {
            let rows = inputs.chunks_exact(self.blocks);
            for (rows, outputs) in rows.zip(outputs.chunks_exact_mut(width * TOGETHER)) {
                let outputs = outputs.chunks_exact_mut(width);
                for (outputs, eight) in outputs.zip(strip.multiply(level, rows)) {
                    outputs.as_chunks_mut().0[place] = eight;
                }
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

    /// Eight outputs for each of four rows.
    fn multiply(&self, level: Level, rows: &[[Rounded; TOGETHER]]) -> Outputs {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx512) = level.as_avx512() {
            return kernels::with_avx512(avx512, self, rows);
        } else if let Some(avx2) = level.as_avx2() {
            return kernels::with_avx2(avx2, self, rows);
        }
        let mut outputs = [self.bias; TOGETHER];
        for ((rows, groups), scales) in rows.iter().zip(&self.groups).zip(&self.scales) {
            for (outputs, row) in outputs.iter_mut().zip(rows) {
                for ((output, sum), scale) in outputs.iter_mut().zip(sums(row, groups)).zip(scales)
                {
                    *output += sum as f32 * (scale * row.scale);
                }
            }
        }
        outputs
    }
}

fn sums(row: &Rounded, groups: &Groups) -> [i32; SIDE_BY_SIDE] {
    let mut sums = [row.offset; SIDE_BY_SIDE];
    let (low, high) = row.fours().split_at(GROUPS);
    for ((group, low), high) in groups.iter().zip(low).zip(high) {
        for (sum, four) in sums.iter_mut().zip(group.as_chunks::<4>().0) {
            for ((byte, low), high) in four.iter().zip(low).zip(high) {
                *sum += i32::from(byte & 15) * i32::from(*low);
                *sum += i32::from(byte >> 4) * i32::from(*high);
            }
        }
    }
    sums
}
