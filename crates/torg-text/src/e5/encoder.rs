//! The network: a row for each token, then layer upon layer in which tokens take from each other
//! ([`attention`](super::attention)) and each is changed by itself.

use fearless_simd::Level;

use super::attention::{Rows, attend};
use super::curves::{Norm, gelu};
use super::file::{Shape, Tensors, expect};
use super::matrix::{Matrix, Rounded, TOGETHER, round};
use super::packed::{bytes_of, unpack};
use super::pooling::pooled;
use super::source::Broken;
use super::{DIMENSIONS, MAX_TOKENS, Vector};

/// Turns tokens into a vector.
#[derive(Debug)]
pub(super) struct Encoder {
    level: Level,
    tensors: Tensors,
    /// Where in the file the rows of tokens begin, and how many there are.
    rows_at: u64,
    rows: usize,
    /// What is added to the row of a token for its place in the text.
    places: Vec<f32>,
    first: Norm,
    layers: Vec<Layer>,
    inner: usize,
}

#[derive(Debug)]
struct Layer {
    asks: Matrix,
    offers: Matrix,
    gives: Matrix,
    takes: Matrix,
    after_taking: Norm,
    widens: Matrix,
    narrows: Matrix,
    after_narrowing: Norm,
}

/// Room for one text on its way through the layers; about 3 MB for the longest.
struct Room {
    rounded: Vec<[Rounded; TOGETHER]>,
    asked: Vec<f32>,
    offered: Vec<f32>,
    given: Vec<f32>,
    taken: Vec<f32>,
    wide: Vec<f32>,
    /// Numbers of a row of `wide`.
    inner: usize,
}

impl Encoder {
    pub(super) fn of(shape: Shape, tensors: Tensors, level: Level) -> Result<Self, Broken> {
        let mut places = tensors.floats("emb.pos", MAX_TOKENS * DIMENSIONS)?;
        // All our text is of the first of the kinds the network can tell apart.
        let kind = tensors.floats("emb.type", DIMENSIONS)?;
        for place in places.chunks_exact_mut(DIMENSIONS) {
            place.iter_mut().zip(&kind).for_each(|(place, kind)| *place += kind);
        }
        let layers = (0..shape.layers).map(|layer| Layer::read(&tensors, shape, layer));
        Ok(Self {
            level,
            rows_at: tensors.place("emb.word", shape.rows * DIMENSIONS)?,
            rows: shape.rows,
            places,
            first: norm(&tensors, "emb.ln", shape)?,
            layers: layers.collect::<Result<_, _>>()?,
            inner: shape.inner,
            tensors,
        })
    }

    /// The vector of a text's tokens.
    pub(super) fn read(&self, tokens: &[u32]) -> Result<Vector, Broken> {
        let tokens = tokens.get(..MAX_TOKENS).unwrap_or(tokens);
        let rows = tokens.len().next_multiple_of(TOGETHER);
        let mut numbers = vec![0.0; rows * DIMENSIONS];
        self.look_up(tokens, &mut numbers)?;
        let nothing = vec![0.0; numbers.len()];
        self.first.apply(self.level, &mut numbers, &nothing);
        let mut room = Room::of(rows, self.inner);
        for layer in &self.layers {
            layer.apply(self.level, &mut numbers, &mut room, tokens.len());
        }
        Ok(pooled(&numbers.as_chunks().0[..tokens.len()]))
    }

    fn look_up(&self, tokens: &[u32], numbers: &mut [f32]) -> Result<(), Broken> {
        const ROW: usize = bytes_of(DIMENSIONS);
        let mut row = [0; ROW];
        let places = self.places.chunks_exact(DIMENSIONS);
        for ((token, numbers), place) in
            tokens.iter().zip(numbers.chunks_mut(DIMENSIONS)).zip(places)
        {
            expect((*token as usize) < self.rows, "the number of a token")?;
            self.tensors.row(self.rows_at + u64::from(*token) * ROW as u64, &mut row)?;
            unpack(&row, numbers);
            numbers.iter_mut().zip(place).for_each(|(number, place)| *number += place);
        }
        Ok(())
    }
}

impl Layer {
    fn read(tensors: &Tensors, shape: Shape, layer: usize) -> Result<Self, Broken> {
        let square =
            |name| Matrix::read(tensors, &format!("l{layer}.{name}"), DIMENSIONS, DIMENSIONS);
        let (widens, narrows) = (format!("l{layer}.fi"), format!("l{layer}.fo"));
        Ok(Self {
            asks: square("q")?,
            offers: square("k")?,
            gives: square("v")?,
            takes: square("ao")?,
            after_taking: norm(tensors, &format!("l{layer}.aln"), shape)?,
            widens: Matrix::read(tensors, &widens, DIMENSIONS, shape.inner)?,
            narrows: Matrix::read(tensors, &narrows, shape.inner, DIMENSIONS)?,
            after_narrowing: norm(tensors, &format!("l{layer}.oln"), shape)?,
        })
    }

    fn apply(&self, level: Level, numbers: &mut [f32], room: &mut Room, tokens: usize) {
        round(level, numbers, DIMENSIONS, &mut room.rounded);
        self.asks.multiply(level, &room.rounded, &mut room.asked);
        self.offers.multiply(level, &room.rounded, &mut room.offered);
        self.gives.multiply(level, &room.rounded, &mut room.given);
        let rows = Rows { asked: &room.asked, offered: &room.offered, given: &room.given, tokens };
        attend(level, rows, &mut room.taken);
        round(level, &room.taken, DIMENSIONS, &mut room.rounded);
        self.takes.multiply(level, &room.rounded, &mut room.asked);
        self.after_taking.apply(level, numbers, &room.asked);

        round(level, numbers, DIMENSIONS, &mut room.rounded);
        self.widens.multiply(level, &room.rounded, &mut room.wide);
        gelu(level, &mut room.wide);
        round(level, &room.wide, room.inner, &mut room.rounded);
        self.narrows.multiply(level, &room.rounded, &mut room.asked);
        self.after_narrowing.apply(level, numbers, &room.asked);
    }
}

impl Room {
    fn of(rows: usize, inner: usize) -> Self {
        let narrow = || vec![0.0; rows * DIMENSIONS];
        Self {
            rounded: Vec::with_capacity(rows * inner / super::packed::BLOCK / TOGETHER),
            asked: narrow(),
            offered: narrow(),
            given: narrow(),
            taken: narrow(),
            wide: vec![0.0; rows * inner],
            inner,
        }
    }
}

fn norm(tensors: &Tensors, name: &str, shape: Shape) -> Result<Norm, Broken> {
    Ok(Norm {
        weight: tensors.floats(&format!("{name}.w"), DIMENSIONS)?,
        bias: tensors.floats(&format!("{name}.b"), DIMENSIONS)?,
        epsilon: shape.epsilon,
    })
}
