//! A small PNG picture (W3C PNG, third edition): a flat scene with the grain of a telephone's camera.

use crate::dice::Dice;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use std::io::Write;

const WIDTH: i64 = 256;
const HEIGHT: i64 = 192;
type Colour = [u8; 3];

/// The picture of `scene`, as bytes of a file.
pub(super) fn photo(scene: &str, seed: u64) -> Vec<u8> {
    let mut dice = Dice::new(seed);
    let mut picture = Picture::new([168, 190, 208]);
    picture.paint(scene, &mut dice);
    encoded(&picture.rows(&mut dice))
}

struct Picture(Vec<Colour>);

impl Picture {
    fn new(sky: Colour) -> Picture {
        Picture(vec![sky; usize::try_from(WIDTH * HEIGHT).unwrap_or(0)])
    }

    fn paint(&mut self, scene: &str, dice: &mut Dice) {
        let x = dice.between(30, 170);
        let y = dice.between(110, 140);
        self.house(dice.between(0, 60), dice);
        self.house(dice.between(140, 200), dice);
        let ground = match scene {
            "snow" => [232, 236, 240],
            "tree" | "park" => [104, 138, 84],
            _ => [122, 122, 120],
        };
        self.fill(0, 100, WIDTH, HEIGHT, ground);
        match scene {
            "road" => {
                self.fill(0, 145, WIDTH, 148, [210, 206, 190]);
                self.fill(x, y, x + 52, y + 16, [52, 50, 48]);
                self.fill(x + 8, y + 4, x + 40, y + 12, [36, 34, 33]);
            }
            "snow" => self.fill(x, 70, x + 70, 130, [214, 220, 228]),
            "lamp" => {
                self.fill(0, 0, WIDTH, 100, [38, 42, 60]);
                self.fill(x, 20, x + 5, 150, [88, 88, 92]);
                self.fill(x, 20, x + 28, 26, [70, 70, 74]);
            }
            "water" => self.fill(x - 25, y, x + 70, y + 40, [112, 128, 132]),
            "bin" => {
                self.fill(x, 80, x + 34, 140, [44, 76, 54]);
                self.fill(x - 3, 74, x + 37, 81, [34, 58, 42]);
                self.fill(x + 36, 104, x + 62, 140, [226, 222, 210]);
            }
            "tree" => self.fill(x - 20, y, x + 90, y + 12, [92, 68, 46]),
            _ => self.fill(x, 84, x + 60, 140, [150, 110, 74]),
        }
    }

    fn house(&mut self, left: i64, dice: &mut Dice) {
        let wall = *dice.pick(&[[176, 62, 50], [224, 214, 190], [196, 166, 92], [240, 240, 236]]);
        let top = dice.between(30, 55);
        self.fill(left, top, left + 56, 100, wall);
        self.fill(left - 4, top - 8, left + 60, top, [72, 66, 66]);
        for window in [left + 8, left + 34] {
            self.fill(window, top + 12, window + 14, top + 28, [62, 78, 96]);
        }
    }

    fn fill(&mut self, left: i64, top: i64, right: i64, bottom: i64, colour: Colour) {
        for y in top.max(0)..bottom.min(HEIGHT) {
            for x in left.max(0)..right.min(WIDTH) {
                if let Some(pixel) =
                    usize::try_from(y * WIDTH + x).ok().and_then(|at| self.0.get_mut(at))
                {
                    *pixel = colour;
                }
            }
        }
    }

    /// The rows as PNG wants them, each after a zero for "no filter".
    fn rows(&self, dice: &mut Dice) -> Vec<u8> {
        let mut rows = Vec::with_capacity(self.0.len() * 3 + 192);
        let width = usize::try_from(WIDTH).unwrap_or(1);
        for row in self.0.chunks(width) {
            rows.push(0);
            for colour in row {
                let grain = u8::try_from(dice.between(0, 5)).unwrap_or(0);
                rows.extend(colour.map(|part| part.saturating_add(grain)));
            }
        }
        rows
    }
}

fn encoded(rows: &[u8]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    for side in [WIDTH, HEIGHT] {
        header.extend(u32::try_from(side).unwrap_or(0).to_be_bytes());
    }
    // Eight bits a sample, RGB, deflate, the usual filters, not interlaced.
    header.extend([8, 2, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &header);
    chunk(&mut file, b"IDAT", &deflated(rows));
    chunk(&mut file, b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    file.extend(crc.sum().to_be_bytes());
}

/// Writing to memory does not fail.
fn deflated(rows: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(rows).and_then(|()| encoder.finish()).unwrap_or_default()
}
