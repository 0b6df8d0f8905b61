//! Letters as people send them: typing errors, and a mail's greeting, chat, quote and signature.

/// One letter in twenty is left out, doubled, swapped with the next, or another.
pub(super) fn typos(text: &str, seed: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (mut out, mut at) = (String::new(), 0);
    while let Some(&c) = letters.get(at) {
        let is_hit = c.is_alphabetic() && chance(seed, at, 20) == 0;
        match (is_hit, chance(seed, at + 100_000, 4)) {
            (false, _) => out.push(c),
            (true, 0) => {}
            (true, 1) => out.extend([c, c]),
            (true, 2) => {
                out.extend(letters.get(at + 1));
                out.push(c);
                at += 1;
            }
            (true, _) => out.push(['a', 'e', 'r', 'n', 't', 's'][chance(seed, at + 7, 6)]),
        }
        at += 1;
    }
    out
}

/// How many styles of mail there are.
pub(super) const STYLES: usize = 3;

/// A message inside a mail, in one of a few styles.
pub(super) fn mail(style: usize, language: &str, text: &str, seed: usize) -> String {
    let column = LANGUAGES.iter().position(|known| *known == language).unwrap_or_default();
    let pick = |list: &[[&'static str; 5]], salt| list[chance(seed, salt, list.len())][column];
    let (hello, chat, bye) = (pick(HELLO, 1), pick(CHAT, 2), pick(BYE, 3));
    let (about, after, quote) = (pick(ABOUT, 4), pick(AFTER, 5), pick(QUOTE, 6));
    match style {
        0 => format!("{hello}\n\n{chat} {text}\n\n{bye}"),
        1 => format!("{hello}\n{chat} {about}\n\n{text} {after}\n{bye}\n\n{quote}"),
        _ => format!("{hello} {text}\n{after}\n\n{chat}\n\n{bye}"),
    }
}

/// A number below `below` that looks like chance, the same for the same seed and place.
fn chance(seed: usize, place: usize, below: usize) -> usize {
    let mut mixed = ((seed << 20) ^ place).wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ (mixed >> 31)) % below
}

const LANGUAGES: [&str; 5] = ["da", "nb", "nn", "sv", "en"];

const HELLO: &[[&str; 5]] = &[
    ["Hej kommune,", "Hei kommunen!", "Hei der i kommunen", "Hejsan kommunen!", "Dear council,"],
    ["Kære medarbejder", "Hei,", "Heisann!", "Hej!", "Hello there!"],
    ["Goddag", "God dag", "God dag", "God dag,", "Good morning,"],
    [
        "Til rette vedkommende",
        "Til rette vedkommende,",
        "Til den det gjeld",
        "Till den det berör",
        "To whom it may concern,",
    ],
];
const CHAT: &[[&str; 5]] = &[
    [
        "Tak for et godt arrangement på biblioteket i lørdags, mine børn elskede det.",
        "Takk for et fint arrangement på biblioteket lørdag, ungene mine elsket det.",
        "Takk for eit fint arrangement på biblioteket laurdag, ungane mine var i hundre.",
        "Tack för ett fint arrangemang på biblioteket i lördags, mina barn älskade det.",
        "Thank you for the lovely event at the library last Saturday, my children loved it.",
    ],
    [
        "Jeg håber, I har en god uge trods sneen og de mørke aftener.",
        "Jeg håper dere har en fin uke til tross for snøen og de mørke kveldene.",
        "Eg håpar de har ei fin veke trass i snøen og dei mørke kveldane.",
        "Hoppas ni har en bra vecka trots snön och de mörka kvällarna.",
        "I hope you are having a good week despite the snow and the dark evenings.",
    ],
    [
        "Undskyld ulejligheden, jeg ved I har travlt på rådhuset for tiden.",
        "Beklager bryet, jeg vet dere har det travelt på rådhuset for tiden.",
        "Orsak bryet, eg veit de har det travelt på rådhuset no.",
        "Ursäkta besväret, jag vet att ni har mycket att göra i kommunhuset just nu.",
        "Sorry to bother you, I know you are busy at the town hall these days.",
    ],
    [
        "Jeg prøvede at ringe, men stod i kø i en halv time, så nu skriver jeg i stedet.",
        "Jeg prøvde å ringe, men sto i kø i en halv time, så nå skriver jeg i stedet.",
        "Eg prøvde å ringje, men stod i kø ein halv time, så no skriv eg i staden.",
        "Jag försökte ringa men stod i kö en halvtimme, så nu skriver jag i stället.",
        "I tried to call but was on hold for half an hour, so I am writing instead.",
    ],
    [
        "Min nabo på skolen, hvor vores børn går, sagde, at jeg skulle skrive til jer.",
        "Ei venninne fra skolen til barna sa at jeg burde skrive til dere.",
        "Ei venninne frå skulen til borna sa at eg burde skrive til dykk.",
        "En vän från barnens skola sa att jag skulle skriva till er.",
        "A friend from our children's school told me to write to you.",
    ],
];
const ABOUT: &[[&str; 5]] = &[
    [
        "Vi har boet her i tolv år, og jeg arbejder selv som sygeplejerske på skiftende vagter.",
        "Vi har bodd her i tolv år, og jeg jobber selv som sykepleier i turnus.",
        "Vi har budd her i tolv år, og eg arbeider sjølv som sjukepleiar i turnus.",
        "Vi har bott här i tolv år och jag arbetar själv som sjuksköterska på schema.",
        "We have lived here for twelve years, and I work shifts as a nurse myself.",
    ],
    [
        "Min kone og jeg købte huset sidste forår af en ældre dame.",
        "Kona og jeg kjøpte huset i fjor vår av en eldre dame.",
        "Kona og eg kjøpte huset i fjor vår av ei eldre dame.",
        "Min fru och jag köpte huset förra våren av en äldre dam.",
        "My wife and I bought the house last spring from an elderly lady.",
    ],
    [
        "Jeg er pensionist og ikke så god til computere.",
        "Jeg er pensjonist og ikke så god på data.",
        "Eg er pensjonist og ikkje så god på data.",
        "Jag är pensionär och inte så bra på datorer.",
        "I am retired and not very good with computers.",
    ],
];
const AFTER: &[[&str; 5]] = &[
    [
        "I må gerne ringe til mig efter klokken 16, hvis det er nemmere.",
        "Dere må gjerne ringe meg etter klokka 16 hvis det er lettere.",
        "De må gjerne ringje meg etter klokka 16 om det er lettare.",
        "Ni får gärna ringa mig efter klockan 16 om det är enklare.",
        "You are welcome to call me after 4 pm if that is easier.",
    ],
    [
        "Jeg kunne ikke finde noget om det på hjemmesiden.",
        "Jeg fant ikke noe om det på nettsiden.",
        "Eg fann ikkje noko om det på nettsida.",
        "Jag hittade inget om det på hemsidan.",
        "I could not find anything about it on the website.",
    ],
    [
        "Jeg ser frem til at høre fra jer.",
        "Ser fram til å høre fra dere.",
        "Ser fram til å høyre frå dykk.",
        "Ser fram emot att höra från er.",
        "Looking forward to hearing from you.",
    ],
];
const BYE: &[[&str; 5]] = &[
    [
        "Med venlig hilsen\nKirsten Holm\nBiblioteksvej 12, 1. th\nTlf. 22 41 90 17",
        "Med vennlig hilsen\nKari Haugen\nSkolegata 12\nTlf. 922 41 017",
        "Venleg helsing\nKari Haugen\nSkulegata 12\nTlf. 922 41 017",
        "Med vänliga hälsningar\nKarin Holm\nSkolgatan 12\nTel. 070-224 19 17",
        "Kind regards,\nKaren Hill\n12 Library Road\nTel. 07700 900 417",
    ],
    ["Mvh Jens", "Mvh Jens", "Helsing Jens", "Mvh Jens", "Best,\nJames"],
    [
        "På forhånd tak.\n\nVenlig hilsen\n\nPeter Krogh\nprojektleder\nKrogh Byg & Tag ApS | www.kroghbyg.example",
        "På forhånd takk!\n\nHilsen\n\nPer Krog\nprosjektleder\nKrog Bygg & Tak AS | www.krogbygg.example",
        "På førehand takk!\n\nHelsing\n\nPer Krog\nprosjektleiar\nKrog Bygg & Tak AS | www.krogbygg.example",
        "Tack på förhand!\n\nHälsningar\n\nPer Krok\nprojektledare\nKrok Bygg & Tak AB | www.krokbygg.example",
        "Thanks in advance.\n\nRegards,\n\nPeter Crook\nproject manager\nCrook Building & Roofing Ltd | www.crookbuild.example",
    ],
];
const QUOTE: &[[&str; 5]] = &[
    [
        "Sendt fra min iPhone",
        "Sendt fra min iPhone",
        "Sendt fra min iPhone",
        "Skickat från min iPhone",
        "Sent from my iPhone",
    ],
    [
        "Den 3. maj 2026 kl. 09.14 skrev Kommunen <post@kommune.example>:\n> Tak for din henvendelse om hundetegn.\n> Du skal betale parkeringsafgiften først.",
        "Den 3. mai 2026 kl. 09.14 skrev Kommunen <post@kommune.example>:\n> Takk for henvendelsen om hundehold.\n> Du må betale parkeringsboten først.",
        "Den 3. mai 2026 kl. 09.14 skreiv Kommunen <post@kommune.example>:\n> Takk for førespurnaden om hundehald.\n> Du må betale parkeringsbota først.",
        "Den 3 maj 2026 kl. 09:14 skrev Kommunen <post@kommun.example>:\n> Tack för din fråga om hundar.\n> Du måste betala parkeringsboten först.",
        "On 3 May 2026 at 09:14, Council <post@council.example> wrote:\n> Thank you for asking about dogs.\n> You have to pay the parking fine first.",
    ],
    [
        "Denne e-mail kan indeholde fortrolige oplysninger. Er du ikke den rette modtager, bedes du slette den.",
        "Denne e-posten kan inneholde fortrolig informasjon. Er du ikke rett mottaker, ber vi deg slette den.",
        "Denne e-posten kan innehalde fortruleg informasjon. Er du ikkje rett mottakar, ber vi deg slette han.",
        "Detta e-postmeddelande kan innehålla konfidentiell information. Är du inte rätt mottagare ber vi dig radera det.",
        "This e-mail may contain confidential information. If you are not the intended recipient, please delete it.",
    ],
];
