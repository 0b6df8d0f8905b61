//! A vector as bytes: one signed byte a number, the largest as 127. Where vectors are compared, what
//! rounding takes away is less than what the model's weights in four bits do.

use super::{DIMENSIONS, Vector};

/// As [`DIMENSIONS`] bytes.
pub fn written_vector(vector: &Vector) -> Vec<u8> {
    let most = vector.iter().fold(f32::MIN_POSITIVE, |most, value| most.max(value.abs()));
    vector.iter().flat_map(|value| packed(value / most).to_le_bytes()).collect()
}

/// The vector of bytes that [`written_vector`] made, of length 1 again; none if there are too few
/// or too many.
pub fn read_vector(bytes: &[u8]) -> Option<Vector> {
    if bytes.len() != DIMENSIONS {
        return None;
    }
    let mut vector = [0.0; DIMENSIONS];
    for (value, byte) in vector.iter_mut().zip(bytes) {
        *value = f32::from(i8::from_le_bytes([*byte]));
    }
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    Some(vector.map(|value| value / length.max(f32::MIN_POSITIVE)))
}

/// A number between -1 and 1 as one between -127 and 127.
#[expect(clippy::cast_possible_truncation, reason = "a number between -127 and 127 is meant")]
fn packed(value: f32) -> i8 {
    (value * 127.0).round() as i8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again_nearly_as_it_was() {
        let mut vector = [0.0; DIMENSIONS];
        (0i8..)
            .zip(vector.iter_mut())
            .take(100)
            .for_each(|(at, value)| *value = f32::from(at - 50));
        let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
        let vector = vector.map(|value| value / length);
        let bytes = written_vector(&vector);
        let read = read_vector(&bytes).unwrap();
        let cosine: f32 = vector.iter().zip(read).map(|(one, other)| one * other).sum();
        assert!(cosine > 0.9999, "{cosine}");
        assert_eq!(read_vector(&bytes[1..]), None);
    }
}
