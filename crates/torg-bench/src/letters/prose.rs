//! What citizens write about, in four languages.

use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// Of the logarithm of the number of sentences.
const MEDIAN_SENTENCES: f64 = 7.0;
const SPREAD: f64 = 0.8;

/// The words of one language. `{n}` stands for a number, `{s}` for a street, `{d}` for a day.
#[derive(Debug)]
pub(crate) struct Prose {
    pub(crate) tag: &'static str,
    /// What stands before the subject of an answer.
    pub(crate) re: &'static str,
    /// The line above quoted text; `{}` is the writer.
    pub(crate) wrote: &'static str,
    /// "From", "Sent", "To", "Subject" above a quoted letter.
    pub(crate) labels: [&'static str; 4],
    pub(crate) from_a_telephone: &'static str,
    pub(crate) greetings: [&'static str; 3],
    pub(crate) closings: [&'static str; 2],
    subjects: [&'static str; 6],
    sentences: [&'static str; 16],
    streets: [&'static str; 8],
    days: [&'static str; 5],
    first_names: [&'static str; 8],
    last_names: [&'static str; 8],
}

impl Prose {
    pub(crate) fn name(&self, dice: &mut StdRng) -> String {
        format!("{} {}", pick(dice, &self.first_names), pick(dice, &self.last_names))
    }

    /// The name as it stands in an address.
    pub(crate) fn mailbox_of(&self, name: &str) -> String {
        let plain = |letter: char| match letter {
            'å' | 'ä' | 'æ' => 'a',
            'ø' | 'ö' => 'o',
            ' ' => '.',
            other => other,
        };
        name.to_lowercase().chars().map(plain).collect()
    }

    pub(crate) fn subject(&self, dice: &mut StdRng) -> String {
        self.filled(dice, pick_of(&self.subjects))
    }

    pub(crate) fn sentence(&self, dice: &mut StdRng) -> String {
        self.filled(dice, pick_of(&self.sentences))
    }

    /// Greeting, sentences in paragraphs, closing.
    pub(crate) fn letter(&self, dice: &mut StdRng, name: &str) -> String {
        let mut text = format!("{}\r\n\r\n", pick(dice, &self.greetings));
        let most = MEDIAN_SENTENCES * (SPREAD * normal(dice)).exp();
        let mut count = 0.0;
        while count < most.clamp(1.0, 120.0) {
            text += &self.filled(dice, pick_of(&self.sentences));
            text += if dice.random_bool(0.25) { "\r\n\r\n" } else { " " };
            count += 1.0;
        }
        format!("{}\r\n\r\n{}\r\n{name}\r\n", text.trim_end(), pick(dice, &self.closings))
    }

    fn filled(&self, dice: &mut StdRng, pick: impl Fn(&mut StdRng) -> &'static str) -> String {
        let text = pick(dice);
        let number = dice.random_range(2..2_000).to_string();
        let (street, day) = (pick_of(&self.streets)(dice), pick_of(&self.days)(dice));
        text.replace("{n}", &number).replace("{s}", street).replace("{d}", day)
    }
}

fn pick(dice: &mut StdRng, of: &[&'static str]) -> &'static str {
    of.choose(dice).copied().unwrap_or_default()
}

fn pick_of(of: &[&'static str]) -> impl Fn(&mut StdRng) -> &'static str {
    move |dice| pick(dice, of)
}

/// Box and Muller's way to a normal number.
fn normal(dice: &mut StdRng) -> f64 {
    let (first, second): (f64, f64) = (dice.random_range(f64::EPSILON..1.0), dice.random());
    (-2.0 * first.ln()).sqrt() * (std::f64::consts::TAU * second).cos()
}

pub(crate) static PROSES: [Prose; 4] = [DANISH, BOKMAL, SWEDISH, ENGLISH];

const DANISH: Prose = Prose {
    tag: "da",
    re: "Sv",
    wrote: "Den tors. 2. apr. 2026 kl. 09.14 skrev <{}>:",
    labels: ["Fra", "Sendt", "Til", "Emne"],
    from_a_telephone: "Sendt fra min telefon",
    greetings: ["Hej", "Til kommunen,", "Goddag"],
    closings: ["Med venlig hilsen", "Mange hilsner"],
    subjects: [
        "Gadelampen på {s} er slukket",
        "Afhentning af skrald ved {s} {n}",
        "Spørgsmål om plads i børnehave",
        "Ansøgning om carport, sag {n}",
        "Regning på {n} kroner",
        "Støj fra {s}",
    ],
    sentences: [
        "Gadelampen ud for nummer {n} på {s} har været slukket siden i {d}s.",
        "Kan I fortælle mig, hvornår skraldet bliver hentet i vores gade?",
        "Jeg har søgt om plads i dagtilbud til min datter, men har ikke hørt noget i {n} dage.",
        "Vi ønsker at bygge en carport på {n} kvadratmeter og vil vide, om det kræver tilladelse.",
        "Min mand ringede til jer i {d}s og blev stillet om tre gange uden at få svar.",
        "Hullet i vejen ved {s} er nu så dybt, at cyklisterne må ud på den anden side.",
        "Jeg vil gerne klage over afgørelsen i sagen med journalnummer {n}.",
        "Vores nabo brænder haveaffald af hver {d}, og røgen driver ind i stuen.",
        "Hvor mange ledige tider har I tilbage til fornyelse af pas i denne måned?",
        "Der ligger stadig en stor gren over fortovet efter stormen.",
        "Jeg har vedlagt et billede, så I kan se, hvad jeg mener.",
        "Det ville være rart at få en skriftlig bekræftelse, inden fristen udløber på {d}.",
        "Min mor på {n} år får hjemmehjælp, men der kommer aldrig den samme to gange.",
        "Jeg forstår ikke, hvorfor beløbet på {n} kroner er trukket to gange fra min konto.",
        "Legepladsen bag biblioteket trænger til nyt sand og en ny gynge.",
        "Hvis det er en anden afdeling, jeg skal skrive til, må I gerne sende brevet videre.",
    ],
    streets: [
        "Søndergade",
        "Kærvej",
        "Ærøgade",
        "Møllebakken",
        "Skolevej",
        "Havnegade",
        "Rosenvænget",
        "Torvet",
    ],
    days: ["mandag", "tirsdag", "onsdag", "torsdag", "fredag"],
    first_names: ["Mette", "Søren", "Kirsten", "Jørgen", "Signe", "Rasmus", "Lærke", "Poul"],
    last_names: ["Sørensen", "Kjær", "Møller", "Nørgaard", "Bæk", "Skov", "Lund", "Højgaard"],
};

const BOKMAL: Prose = Prose {
    tag: "nb",
    re: "Sv",
    wrote: "tor. 2. apr. 2026 kl. 09:14 skrev <{}>:",
    labels: ["Fra", "Sendt", "Til", "Emne"],
    from_a_telephone: "Sendt fra min telefon",
    greetings: ["Hei", "Hei!", "Til rette vedkommende,"],
    closings: ["Med vennlig hilsen", "Hilsen"],
    subjects: [
        "Hull i veien ved {s}",
        "Spørsmål om eiendomsskatt {n}",
        "Barnehageplass fra høsten",
        "Søknad om garasje, sak {n}",
        "Brøyting i {s}",
        "Klage på vedtak {n}",
    ],
    sentences: [
        "Veien forbi skolen i {s} er full av hull, og barna sykler der hver dag.",
        "Jeg fikk et brev om eiendomsskatt på {n} kroner som jeg ikke forstår.",
        "Kan noen ringe meg etter klokken fire på {d}?",
        "Vi har ventet på svar på søknaden om barnehageplass i over {n} dager.",
        "Søppeldunken vår i {s} {n} ble ikke tømt denne uken heller.",
        "Hvilket skjema skal jeg bruke når jeg vil sette opp et gjerde mot naboen?",
        "Det er ikke brøytet på fortauet, og moren min på {n} år kommer seg ikke til butikken.",
        "Jeg vil gjerne vite hvem som er saksbehandler, og når saken blir behandlet.",
        "Gatelyset ved fotgjengerfeltet har vært mørkt siden {d}.",
        "Vannet fra springen har vært brunt i flere dager, også etter at det fikk renne.",
        "Jeg legger ved et bilde, så ser dere bedre hva jeg mener.",
        "Hvis fristen går ut på {d}, håper jeg at dere kan gi meg utsettelse.",
        "Naboen har begynt å bygge uten at vi har fått noe nabovarsel.",
        "Er det mulig å få avtale om pass en kveld, siden jeg arbeider på dagtid?",
        "Beløpet på {n} kroner er trukket to ganger, og jeg ber om å få det ene tilbake.",
        "Gi gjerne beskjed dersom jeg har skrevet til feil avdeling.",
    ],
    streets: [
        "Storgata",
        "Bjørkeveien",
        "Fjordgata",
        "Skolebakken",
        "Øvre vei",
        "Kirkeveien",
        "Solsvingen",
        "Torget",
    ],
    days: ["mandag", "tirsdag", "onsdag", "torsdag", "fredag"],
    first_names: ["Ingrid", "Øystein", "Solveig", "Håkon", "Marte", "Pål", "Synnøve", "Geir"],
    last_names: ["Sæther", "Ødegård", "Lien", "Nygård", "Moen", "Tveit", "Kvåle", "Hågensen"],
};

const SWEDISH: Prose = Prose {
    tag: "sv",
    re: "Sv",
    wrote: "Den tors 2 apr. 2026 kl 09:14 skrev <{}>:",
    labels: ["Från", "Skickat", "Till", "Ämne"],
    from_a_telephone: "Skickat från min telefon",
    greetings: ["Hej", "Hej!", "Till kommunen,"],
    closings: ["Med vänliga hälsningar", "Vänligen"],
    subjects: [
        "Snöröjning på {s}",
        "Överklagande av beslut {n}",
        "Fråga om förskoleplats",
        "Bygglov för altan, ärende {n}",
        "Trasig gatlampa vid {s}",
        "Faktura på {n} kronor",
    ],
    sentences: [
        "Snön har inte röjts på gångvägen utanför {s} {n} på fyra dagar.",
        "Jag undrar hur jag överklagar beslutet som jag fick förra veckan.",
        "Vi har köat till förskolan i {n} dagar och undrar hur långt det är kvar.",
        "Behöver man bygglov för en altan på {n} kvadratmeter?",
        "Lampan vid busshållplatsen på {s} har varit släckt sedan i {d}s.",
        "Min granne har ställt sin husvagn så att man inte ser något när man svänger ut.",
        "Jag ringde i {d}s och fick vänta i nästan en timme innan samtalet bröts.",
        "Kan ni skicka en kopia av ritningarna som finns i ärendet?",
        "Fakturan på {n} kronor stämmer inte med det vi kom överens om.",
        "Hemtjänsten kommer sällan på samma tid, och min pappa blir orolig.",
        "Jag bifogar en bild så att ni ser hur det ser ut.",
        "Det vore bra att få ett skriftligt svar före {d}.",
        "Vattnet har smakat konstigt sedan arbetet började på gatan.",
        "Vilken blankett ska jag använda, och vart ska den skickas?",
        "Lekplatsen i parken behöver ny sand och en hel gunga.",
        "Om ni inte är rätt enhet får ni gärna skicka brevet vidare.",
    ],
    streets: [
        "Storgatan",
        "Björkvägen",
        "Ängsvägen",
        "Kyrkogatan",
        "Hamngatan",
        "Skolgatan",
        "Östra vägen",
        "Torget",
    ],
    days: ["måndag", "tisdag", "onsdag", "torsdag", "fredag"],
    first_names: ["Åsa", "Göran", "Märta", "Björn", "Linnéa", "Sören", "Maja", "Kjell"],
    last_names: ["Åkerström", "Sjögren", "Öberg", "Lindström", "Hägg", "Wallén", "Ek", "Nyström"],
};

const ENGLISH: Prose = Prose {
    tag: "en",
    re: "Re",
    wrote: "On Thu, Apr 2, 2026 at 9:14 AM <{}> wrote:",
    labels: ["From", "Sent", "To", "Subject"],
    from_a_telephone: "Sent from my phone",
    greetings: ["Hello", "Dear Sir or Madam,", "Hi,"],
    closings: ["Kind regards", "Best wishes"],
    subjects: [
        "Street light out in {s}",
        "My application {n}",
        "Missed collection at {s} {n}",
        "Question about school places",
        "Registering a new address",
        "Invoice of {n} kroner",
    ],
    sentences: [
        "My application has the number {n} and I would like to know where it is now.",
        "The playground behind the library has had a broken swing since {d}.",
        "We moved here in spring and have not been able to register our new address.",
        "Could somebody who speaks English call me back before {d}?",
        "The bins at {s} {n} were not emptied for the second week in a row.",
        "I was told on the telephone that the answer would take {n} days at most.",
        "There is a deep hole in the cycle path, and my son fell there yesterday.",
        "Please let me know which papers I need to bring to the appointment.",
        "The invoice of {n} kroner has been paid already, as the attached receipt shows.",
        "Our neighbours hold loud parties every {d}, and nobody answers at night.",
        "Is it possible to get a place at the school in {s} in the middle of the year?",
        "I do not understand the letter I received, because my Norwegian is still poor.",
        "The street light opposite our door flickers all night long.",
        "We would like to build a small shed and wonder whether we have to apply first.",
        "Thank you very much for your help the last time I wrote.",
        "If this should go to another department, please pass it on for me.",
    ],
    streets: [
        "Harbour Street",
        "Storgata",
        "School Road",
        "Kærvej",
        "Mill Lane",
        "Torget",
        "Church Hill",
        "Fjordgata",
    ],
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    first_names: ["Amina", "John", "Priya", "Thomas", "Elena", "Wei", "Sarah", "Omar"],
    last_names: ["Khan", "Smith", "Patel", "Nowak", "Rossi", "Chen", "Jones", "Haddad"],
};
