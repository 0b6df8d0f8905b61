//! The style sheet of a colour: every shade of Torg's own accent (`tokens.css`), turned to that hue.

use torg_desk::Colour;

/// Raised when the same colour gives another sheet, for browsers keep a sheet for good; a test says
/// when.
const SERIES: &str = "44b1";

/// Torg's own accent, as `tokens.css` has it: a shade's name, and how it is on light and on dark
/// pages.
const OWN: [(&str, &str, &str); 15] = [
    ("background-default", "#ffffff", "#0e1317"),
    ("background-tinted", "#f6fbfe", "#101c24"),
    ("surface-default", "#f6fbfe", "#11232e"),
    ("surface-tinted", "#e9f5fe", "#142a37"),
    ("surface-hover", "#d9effe", "#183243"),
    ("surface-active", "#c7e6fc", "#1c3d51"),
    ("border-subtle", "#b0d5ee", "#2b4c61"),
    ("border-default", "#408fbe", "#4085af"),
    ("border-strong", "#116b98", "#62a7d2"),
    ("text-subtle", "#005d88", "#89c1e6"),
    ("text-default", "#003a56", "#c2e3fa"),
    ("base-hover", "#024d71", "#97cff5"),
    ("base-active", "#003e5c", "#b3e0fe"),
    ("base-contrast-subtle", "#e8f0f5", "#183140"),
    ("base-contrast-default", "#ffffff", "#090909"),
];
/// Torg's own accent itself.
pub(super) const BASE: &str = "#005d88";
const BASE_DARK: &str = "#7cbde7";
/// The darkest grounds of light pages that words stand on, and the lightest of dark ones.
const LIGHT_GROUND: &str = "#e4e3e0";
const DARK_GROUND: &str = "#343230";

/// Where the sheet of a colour lies.
pub(crate) fn address(colour: Colour) -> String {
    format!("/theme/{}-{SERIES}.css", colour.to_string().trim_start_matches('#'))
}

/// Where the sheet lies that shows a colour in the elements of class `tried` only.
pub(super) fn trial_address(colour: Colour) -> String {
    address(colour).replace("/theme/", "/theme/tried-")
}

/// The sheet that an address names, if it names one.
pub(super) fn named(file: &str) -> Option<String> {
    let (selector, rest) = match file.strip_prefix("tried-") {
        Some(rest) => (".tried", rest),
        None => (":root", file),
    };
    let (digits, _) = rest.strip_suffix(".css")?.split_once('-')?;
    Some(sheet(selector, format!("#{digits}").parse().ok()?))
}

fn sheet(selector: &str, colour: Colour) -> String {
    let shades = shades(colour)
        .into_iter()
        .map(|(name, light, dark)| format!("--ds-color-accent-{name}:light-dark({light},{dark});"));
    // They are made from the accent on the root, and would keep what it is there.
    let made = ["default", "contrast-default"]
        .map(|name| format!("--ds-color-base-{name}:var(--ds-color-accent-base-{name});"));
    format!("{selector}{{{}{}}}\n", shades.collect::<String>(), made.concat())
}

fn shades(colour: Colour) -> Vec<(&'static str, Colour, Colour)> {
    let read = |text: &str| text.parse().unwrap_or(colour);
    let (base, base_dark) = (read(BASE), read(BASE_DARK));
    let (light_ground, dark_ground) = (read(LIGHT_GROUND), read(DARK_GROUND));
    let alike = OWN.map(|(name, light, dark)| {
        (name, colour.like(read(light), base), colour.like(read(dark), base_dark))
    });
    let active = alike.iter().find(|(name, ..)| *name == "surface-active");
    let (light_active, dark_active) =
        active.map_or((light_ground, dark_ground), |(_, light, dark)| (*light, *dark));
    let contrast = |name: &str| if name.starts_with("text") { 4.5 } else { 3.0 };
    let mut shades: Vec<_> = alike
        .into_iter()
        .map(|(name, light, dark)| match name {
            "text-subtle" | "text-default" | "border-default" | "border-strong" => {
                let grounds = |one, other| [(one, contrast(name)), (other, contrast(name))];
                let on_white =
                    |ground| if name.starts_with("text") { ground } else { read("#ffffff") };
                let on_black =
                    |ground| if name.starts_with("text") { ground } else { read("#1d1b19") };
                let light = light.legible(&grounds(on_white(light_active), on_white(light_ground)));
                (name, light, dark.legible(&grounds(on_black(dark_active), on_black(dark_ground))))
            }
            "base-hover" => (name, pressed(colour, 1.0), dark),
            "base-active" => (name, pressed(colour, 2.0), dark),
            "base-contrast-default" => (name, read("#ffffff"), read("#090909")),
            _ => (name, light, dark),
        })
        .collect();
    shades.push(("base-default", colour, colour.on_dark()));
    shades
}

/// A button of the colour under the pointer or finger: darker, or lighter where it is all but black.
fn pressed(colour: Colour, steps: f64) -> Colour {
    let darker = colour.lighter(-0.055 * steps);
    let seen = colour.contrast(darker) >= 1.0 + 0.08 * steps;
    if seen { darker } else { colour.lighter(0.055 * steps) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(digits: &str) -> Colour {
        digits.parse().unwrap()
    }

    #[test]
    fn torgs_own_colour_gives_torgs_own_shades() {
        for (name, light, _) in shades(of(BASE)) {
            let own = OWN.iter().find(|(own, ..)| *own == name).map_or(BASE, |(_, own, _)| own);
            assert!(light.contrast(of(own)) < 1.12, "{name}: {light} for {own}");
        }
    }

    #[test]
    fn every_colour_that_is_let_in_gives_words_and_borders_that_are_seen() {
        let steps = ["00", "33", "66", "99", "cc", "ff"];
        for (red, green) in steps.iter().flat_map(|red| steps.map(|green| (red, green))) {
            for blue in steps {
                let colour = of(&format!("#{red}{green}{blue}")).nearest();
                let shades = shades(colour);
                let find = |wanted: &str| {
                    let (_, light, dark) =
                        shades.iter().find(|(name, ..)| *name == wanted).unwrap();
                    (*light, *dark)
                };
                let (light, dark) = find("surface-active");
                for words in ["text-subtle", "text-default"] {
                    let (on_light, on_dark) = find(words);
                    assert!(on_light.contrast(light) >= 4.5, "{colour} {words}");
                    assert!(on_light.contrast(of(LIGHT_GROUND)) >= 4.5, "{colour} {words}");
                    assert!(on_dark.contrast(dark) >= 4.5, "{colour} {words}");
                    assert!(on_dark.contrast(of(DARK_GROUND)) >= 4.5, "{colour} {words}");
                }
                for base in ["base-default", "base-hover", "base-active"] {
                    let (on_light, on_dark) = find(base);
                    assert!(on_light.contrast(of("#ffffff")) >= 4.5, "{colour} {base} {on_light}");
                    assert!(on_dark.contrast(of("#090909")) >= 4.5, "{colour} {base} {on_dark}");
                }
                let (on_light, on_dark) = find("border-default");
                assert!(on_light.contrast(of("#ffffff")) >= 3.0, "{colour}");
                assert!(on_dark.contrast(of("#1d1b19")) >= 3.0, "{colour}");
            }
        }
    }

    #[test]
    fn a_sheet_is_named_after_what_is_in_it() {
        let whole: String = ["#005d88", "#8d3a08", "#000000", "#767676"]
            .iter()
            .map(|colour| sheet(":root", of(colour)))
            .collect();
        let sum = whole.bytes().fold(0_u16, |sum, byte| sum.rotate_left(5) ^ u16::from(byte));
        assert_eq!(format!("{sum:04x}"), SERIES, "the sheets are others now, so is SERIES");
    }

    #[test]
    fn only_names_of_sheets_name_one() {
        assert!(named("005d88-1.css").is_some_and(|sheet| sheet.starts_with(":root{--ds-color")));
        assert!(named("tried-005d88-1.css").is_some_and(|sheet| sheet.starts_with(".tried{")));
        for odd in ["", "005d88.css", "005d8-1.css", "x05d88-1.css", "005d88-1", "}-1.css", "-.css"]
        {
            assert_eq!(named(odd), None, "{odd}");
        }
    }
}
