//! What nobody in Fjordby wanted: spam of the last weeks, in our own words.

use jiff::{SignedDuration, Timestamp};

/// A mail from nobody in town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spam {
    pub at: Timestamp,
    pub from_name: &'static str,
    pub from_address: String,
    pub subject: String,
    pub text: String,
    /// A colleague said that it is spam, soon after it came.
    pub marked: bool,
}

/// One kind of it: sender, what stands before the `@`, domain, subject and text. `{n}` is another number each time.
type Bait = (&'static str, &'static str, &'static str, &'static str, &'static str);

static BAITS: [Bait; 8] = [
    (
        "Posten Sporing",
        "pakke",
        "sporing-pakken{n}.top",
        "Pakken din {n} kunne ikke leveres",
        "Kjære kunde,\n\nvi kunne ikke levere pakken {n}. Betal 19 kr i toll innen 24 timer for å få den levert:\nhttp://sporing-pakken{n}.top/betal?id={n}\n\nHvis du ikke betaler, sendes pakken i retur.\n\nPosten Sporing",
    ),
    (
        "BankID Sikkerhet",
        "sikkerhet",
        "bank1d-bekreft{n}.click",
        "Din BankID er sperret",
        "Hei,\n\nvi har oppdaget uvanlig aktivitet på kontoen din. Bekreft passord og kode her innen 12 timer, ellers blir BankID sperret:\nhttp://bank1d-bekreft{n}.click/login\n\nSaksnummer {n}",
    ),
    (
        "Skatteetaten",
        "refusjon",
        "skatt-refusjon{n}.xyz",
        "Du har penger til gode: {n} kr",
        "Etter en ny beregning har du {n} kr til gode. Fyll ut skjemaet med kortnummer for å få pengene utbetalt i dag:\nhttp://skatt-refusjon{n}.xyz/skjema\n\nTilbudet gjelder i 24 timer.",
    ),
    (
        "IT-support",
        "support",
        "postkasse-kvote{n}.site",
        "Postkassen din er full",
        "Postkassen din har nådd grensen på {n} MB. Logg inn med brukernavn og passord for å få mer plass, ellers slettes e-posten din:\nhttp://postkasse-kvote{n}.site/webmail\n\nIT-support",
    ),
    (
        "Lucky Spins",
        "vinn",
        "lucky-spins{n}.buzz",
        "{n} gratisspinn venter på deg!!!",
        "GRATULERER! Du er trukket ut til {n} gratisspinn og 10 000 kr i bonus. Klikk her nå og hent gevinsten:\nhttp://lucky-spins{n}.buzz/bonus\n\nKun i dag!",
    ),
    (
        "Rask SEO",
        "salg",
        "rask-seo{n}.online",
        "Nettsiden deres kan bli nummer 1 på Google",
        "Hei,\n\nvi har sett på nettsiden deres og fant {n} feil. Vi garanterer førsteplassen på Google på 30 dager. Svar på denne e-posten, så sender vi et uforpliktende tilbud med 70 % rabatt.\n\nRask SEO",
    ),
    (
        "Kreditt Nå",
        "lan",
        "kreditt-na{n}.loan",
        "Lån inntil {n} 000 kr uten sikkerhet",
        "Du er forhåndsgodkjent for et lån på {n} 000 kr uten sikkerhet. Ingen kredittsjekk, penger på konto i dag. Søk her:\nhttp://kreditt-na{n}.loan/sok\n\nTilbudet er personlig og gjelder i 24 timer.",
    ),
    (
        "Fakturaservice",
        "faktura",
        "faktura-service{n}.shop",
        "Ubetalt faktura {n} – siste varsel",
        "Siste varsel: Faktura {n} er ikke betalt. Betal i dag for å unngå inkasso og se fakturaen her:\nhttp://faktura-service{n}.shop/faktura/{n}\n\nMerk at vi har nytt kontonummer.",
    ),
];

/// So many are marked, over the last month, and so many came after that.
const MARKED: i64 = 24;
const UNMARKED: i64 = 6;

/// The spam of the month that ends at `until`, in order of time.
pub fn spam(until: Timestamp) -> Vec<Spam> {
    let marked = (0..MARKED).map(|n| (n, until - SignedDuration::from_hours(30 * 24 - n * 28)));
    let unmarked =
        (0..UNMARKED).map(|n| (MARKED + n, until - SignedDuration::from_hours(32 - n * 5)));
    marked
        .chain(unmarked)
        .zip(BAITS.iter().cycle())
        .map(|((n, at), bait)| one(n, at, bait))
        .collect()
}

fn one(n: i64, at: Timestamp, (from_name, local, domain, subject, text): &Bait) -> Spam {
    let number = (1_037 + n * 313).to_string();
    let fill = |text: &str| text.replace("{n}", &number);
    Spam {
        at,
        from_name,
        from_address: format!("{local}@{}", fill(domain)),
        subject: fill(subject),
        text: fill(text),
        marked: n < MARKED,
    }
}

#[cfg(test)]
mod tests {
    use super::spam;

    #[test]
    fn spam_comes_in_order_and_each_is_another() {
        let all = spam("2026-06-01T12:00:00Z".parse().unwrap());
        assert!(all.is_sorted_by_key(|one| one.at));
        assert!(all.iter().all(|one| !one.text.contains('{') && !one.subject.contains('{')));
        let mut senders: Vec<_> = all.iter().map(|one| &one.from_address).collect();
        senders.sort();
        senders.dedup();
        assert_eq!(senders.len(), all.len());
    }
}
