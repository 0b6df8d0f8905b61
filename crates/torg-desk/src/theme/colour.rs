//! Colours that can be read: contrast as WCAG 2.2 measures it, and the nearest colour that has it.
//!
//! Shades are found in Oklch, where one step of lightness looks like one step at every hue.

use std::fmt;
use std::str::FromStr;

use palette::color_difference::Wcag21RelativeContrast;
use palette::{FromColor, Oklch, Srgb};

/// What words need on their ground (WCAG 2.2, 1.4.3).
const WORDS: f64 = 4.5;
/// What a button or a line needs beside its page (WCAG 2.2, 1.4.11).
const PARTS: f64 = 3.0;

const WHITE: Colour = Colour(Srgb::new(0xff, 0xff, 0xff));
/// The darkest ground of light pages and the lightest of dark ones that buttons stand on.
const LIGHT_PAGE: Colour = Colour(Srgb::new(0xf6, 0xf4, 0xf1));
const DARK_PAGE: Colour = Colour(Srgb::new(0x2b, 0x29, 0x27));
/// The words on the accent of dark pages.
const DARK_WORDS: Colour = Colour(Srgb::new(0x09, 0x09, 0x09));
/// How light the accent of dark pages is, and how colourful at most.
const DARK_LIGHTNESS: f64 = 0.77;
const DARK_CHROMA: f64 = 0.12;
/// The steps in which a lightness is sought; none is seen.
const STEP: f64 = 0.0025;

/// A colour in sRGB, written as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(Srgb<u8>);

/// What is written is no `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a colour such as #005d88")]
pub struct NotAColour;

/// Two colours that meet on pages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    pub meeting: Meeting,
    /// 1 to 21.
    pub contrast: f64,
    /// What it must be.
    pub least: f64,
}

/// Which two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    WordsOnLight,
    LightOnPage,
    WordsOnDark,
    DarkOnPage,
}

impl Pair {
    pub fn holds(&self) -> bool {
        self.contrast >= self.least
    }
}

impl Colour {
    /// Every pair it makes on pages, the light ones first.
    pub fn pairs(self) -> [Pair; 4] {
        let dark = self.on_dark();
        let pair = |meeting, one: Self, other, least| Pair {
            meeting,
            contrast: one.contrast(other),
            least,
        };
        [
            pair(Meeting::WordsOnLight, self, WHITE, WORDS),
            pair(Meeting::LightOnPage, self, LIGHT_PAGE, PARTS),
            pair(Meeting::WordsOnDark, dark, DARK_WORDS, WORDS),
            pair(Meeting::DarkOnPage, dark, DARK_PAGE, PARTS),
        ]
    }

    /// Whether all pairs have the contrast they need.
    pub fn holds(self) -> bool {
        self.pairs().iter().all(Pair::holds)
    }

    /// Itself, or the nearest of its hue that holds.
    pub fn nearest(self) -> Self {
        self.legible(&[(WHITE, WORDS), (LIGHT_PAGE, PARTS)])
    }

    /// What stands for it on dark pages: as light as is calm there, of the same hue.
    pub fn on_dark(self) -> Self {
        let chroma = self.oklch().chroma.min(DARK_CHROMA);
        self.at(DARK_LIGHTNESS, chroma).legible(&[(DARK_WORDS, WORDS), (DARK_PAGE, WORDS)])
    }

    /// A shade of this hue, as light as `own` and at most as colourful: what `own` is to `base`,
    /// it is to this colour.
    pub fn like(self, own: Self, base: Self) -> Self {
        let (hers, theirs) = (self.oklch().chroma, base.oklch().chroma.max(STEP));
        let own = own.oklch();
        self.at(own.l, own.chroma * (hers / theirs).min(1.0))
    }

    /// This colour a little lighter (darker, where `by` is below 0).
    pub fn lighter(self, by: f64) -> Self {
        let colour = self.oklch();
        self.at((colour.l + by).clamp(0.0, 1.0), colour.chroma)
    }

    /// Itself, or the nearest lightness of its hue with the contrast that each ground asks for.
    /// White or black hold wherever any of it does.
    pub fn legible(self, grounds: &[(Self, f64)]) -> Self {
        let fits =
            |shade: &Self| grounds.iter().all(|(ground, least)| shade.contrast(*ground) >= *least);
        let steps = (1..=400).map(|step| f64::from(step) * STEP);
        let shades = steps.flat_map(|by| [self.lighter(-by), self.lighter(by)]);
        std::iter::once(self).chain(shades).find(fits).unwrap_or(self)
    }

    /// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other): (Srgb<f64>, Srgb<f64>) = (self.0.into_format(), other.0.into_format());
        one.relative_contrast(other)
    }

    fn oklch(self) -> Oklch<f64> {
        Oklch::from_color(self.0.into_format::<f64>())
    }

    fn at(self, lightness: f64, chroma: f64) -> Self {
        let shade = Oklch::new(lightness, chroma, self.oklch().hue);
        Self(Srgb::from_color(shade).into_format())
    }
}

impl FromStr for Colour {
    type Err = NotAColour;
    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').ok_or(NotAColour)?;
        let is_plain = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !is_plain {
            return Err(NotAColour);
        }
        digits.parse().map(Self).map_err(|_| NotAColour)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Srgb { red, green, blue, .. } = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_dark_blue_stays_as_it_is() {
        let blue: Colour = "#005d88".parse().unwrap();
        assert!(blue.holds());
        assert_eq!(blue.nearest(), blue);
        assert_eq!(blue.to_string(), "#005d88");
    }

    #[test]
    fn yellow_is_too_light_for_white_words_and_for_the_page() {
        let yellow: Colour = "#ffcc00".parse().unwrap();
        let failing = yellow.pairs().into_iter().filter(|pair| !pair.holds());
        let failing: Vec<_> = failing.map(|pair| pair.meeting).collect();
        assert_eq!(failing, [Meeting::WordsOnLight, Meeting::LightOnPage]);
        assert!(yellow.nearest().holds());
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let [white, black, grey] = ["#ffffff", "#000000", "#767676"].map(|c| c.parse::<Colour>());
        let (white, black, grey) = (white.unwrap(), black.unwrap(), grey.unwrap());
        assert!((white.contrast(black) - 21.0).abs() < 0.01);
        assert!((4.5..4.6).contains(&grey.contrast(white)), "the guidelines' own example");
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for odd in ["", "#", "005d88", "#12345", "#1234567", "#12345g", "blue", "#é234", "#+12345"]
        {
            assert_eq!(odd.parse::<Colour>(), Err(NotAColour), "{odd}");
        }
    }

    proptest! {
        #[test]
        fn the_nearest_colour_always_holds(red: u8, green: u8, blue: u8) {
            let colour = Colour(Srgb::new(red, green, blue));
            prop_assert!(colour.nearest().holds());
            prop_assert_eq!(colour.nearest().nearest(), colour.nearest());
            prop_assert!(colour.pairs().iter().skip(2).all(Pair::holds), "dark pages always do");
        }
    }
}
