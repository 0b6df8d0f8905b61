//! Makes one vector of many: the mean of all tokens, of length 1.

use super::{DIMENSIONS, Vector};

pub(super) fn pooled(rows: &[Vector]) -> Vector {
    let mut sum = [0.0; DIMENSIONS];
    for row in rows {
        sum.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
    }
    let length = sum.iter().map(|number| number * number).sum::<f32>().sqrt();
    // The length divides the number of rows away.
    sum.map(|number| number / length.max(f32::MIN_POSITIVE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pooled_vector_has_length_one() {
        let mut rows = [[0.0; DIMENSIONS]; 2];
        (rows[0][0], rows[1][1]) = (3.0, 4.0);
        let pooled = pooled(&rows);
        assert!((pooled[0] - 0.6).abs() < 1e-6 && (pooled[1] - 0.8).abs() < 1e-6);
    }

    #[test]
    fn nothing_to_pool_is_no_vector_of_holes() {
        assert!(pooled(&[]).iter().all(|number| *number == 0.0));
    }
}
