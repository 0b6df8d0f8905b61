//! Weights in 4 bits, as `Q4_0` files hold them: blocks of 32 with one scale.
//!
//! A block is a half-precision scale and 16 bytes; byte `j` holds weight `j` in its low half and
//! weight `j + 16` in its high half. A weight is (half − 8) × scale.

/// Weights in a block.
pub(super) const BLOCK: usize = 32;
/// Bytes of a block in the file.
pub(super) const BLOCK_BYTES: usize = 18;

/// The bytes that `count` weights take in the file.
pub(super) const fn bytes_of(count: usize) -> usize {
    count / BLOCK * BLOCK_BYTES
}

/// The scale of a block.
pub(super) fn scale(block: &[u8; BLOCK_BYTES]) -> f32 {
    half(u16::from_le_bytes([block[0], block[1]]))
}

/// Writes the weights of `blocks` as floats; both sides end where the shorter one does.
pub(super) fn unpack(blocks: &[u8], into: &mut [f32]) {
    let blocks = blocks.as_chunks::<BLOCK_BYTES>().0;
    for (block, floats) in blocks.iter().zip(into.as_chunks_mut::<BLOCK>().0) {
        let scale = scale(block);
        let (low, high) = floats.split_at_mut(BLOCK / 2);
        for ((&byte, low), high) in block[2..].iter().zip(low).zip(high) {
            *low = (f32::from(byte & 15) - 8.0) * scale;
            *high = (f32::from(byte >> 4) - 8.0) * scale;
        }
    }
}

/// A number of half precision (IEEE 754 binary16).
pub(super) fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (bits >> 10 & 31, bits & 0x3ff);
    let size = match exponent {
        0 => f32::from(fraction) * 2f32.powi(-24),
        31 if fraction == 0 => f32::INFINITY,
        31 => f32::NAN,
        _ => f32::from(fraction | 0x400) * 2f32.powi(i32::from(exponent) - 25),
    };
    sign * size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_is_read_exactly() {
        let cases = [(0x3c00, 1.0), (0xc000, -2.0), (0x7bff, 65504.0), (0x0400, 6.103_515_6e-5)];
        for (bits, number) in cases.into_iter().chain([(0x0001, 5.960_464_5e-8), (0x8000, -0.0)]) {
            assert_eq!(half(bits).to_bits(), f32::to_bits(number), "{bits:04x}");
        }
        assert!(half(0x7e00).is_nan() && half(0xfc00) == f32::NEG_INFINITY);
    }

    #[test]
    fn the_low_halves_come_before_the_high_ones() {
        let mut block = [0x88; BLOCK_BYTES];
        (block[0], block[1]) = (0x00, 0x38);
        (block[2], block[17]) = (0x8f, 0x08);
        let mut floats = [0.0; BLOCK];
        unpack(&block, &mut floats);
        let mut expected = [0.0; BLOCK];
        (expected[0], expected[15], expected[31]) = (3.5, 0.0, -4.0);
        assert_eq!(floats, expected);
    }
}
