//! A weight of a learner: whole while it studies, packed while it is kept.

/// What a term says for or against a class.
pub(in crate::answers) trait Weight: Copy + Default {
    /// The number it stands for.
    fn value(self) -> f32;

    /// It as near to `value` as can be.
    fn of(value: f32) -> Self;

    /// Takes so much off.
    fn lose(&mut self, step: f32) {
        *self = Self::of(self.value() - step);
    }
}

/// In half the room, to a two-thousandth, from -16 to 16; none that is learnt comes near to that.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::answers) struct Packed(i16);

const PARTS: f32 = 2048.0;

impl Weight for f32 {
    fn value(self) -> f32 {
        self
    }

    fn of(value: f32) -> Self {
        value
    }
}

impl Weight for Packed {
    fn value(self) -> f32 {
        f32::from(self.0) / PARTS
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "what does not fit becomes the most that does"
    )]
    fn of(value: f32) -> Self {
        Self((value * PARTS).round() as i16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_weight_is_what_it_was_to_a_four_thousandth() {
        for value in [0.0, 1.0, -2.345, 0.0004, 15.9] {
            assert!((Packed::of(value).value() - value).abs() <= 0.5 / PARTS, "{value}");
        }
        assert!(Packed::of(99.0).value() > 15.9, "too much is the most");
    }
}
