demo-title = Innbyggernes postkasser
demo-text = Skriv til { $town } som en innbygger, og les svaret her når det kommer.
demo-banner = Dette er demoen: menneskene er oppdiktet, og ingen post forlater maskinen.
demo-see-it-arrive = Se det komme inn
demo-mailboxes = Postkasser
demo-letters-count =
    { $count ->
        [one] Ett brev fra kommunen
       *[other] { $count } brev fra kommunen
    }
demo-no-letters = Ingen brev ennå
demo-no-letters-text = Skriv et, så står det her.
demo-write-title = Skriv et brev
demo-answer-title = Svar på brevet
demo-from-name = Navn
demo-from-address = E-postadresse
demo-to = Til
demo-subject = Emne
demo-letter = Brev
demo-send = Send brevet
demo-answer = Svar
demo-in-workspace = Se { $number } i innboksen
demo-not-an-address = Det ligner ikke en e-postadresse.
demo-unknown-recipient = Kommunen har ikke den adressen. Prøv den felles.
demo-empty = Brevet er tomt. Skriv et par ord.
