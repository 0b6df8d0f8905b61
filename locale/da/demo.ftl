demo-title = Borgernes postkasser
demo-text = Skriv til { $town } som en borger, og læs svaret her, når det kommer.
demo-banner = Det her er demoen: menneskene er opdigtede, og ingen post forlader maskinen.
demo-see-it-arrive = Se det komme ind
demo-mailboxes = Postkasser
demo-letters-count =
    { $count ->
        [one] Et brev fra kommunen
       *[other] { $count } breve fra kommunen
    }
demo-no-letters = Ingen breve endnu
demo-no-letters-text = Skriv et, så står det her.
demo-write-title = Skriv et brev
demo-answer-title = Svar på brevet
demo-from-name = Navn
demo-from-address = E-mailadresse
demo-to = Til
demo-subject = Emne
demo-letter = Brev
demo-send = Send brevet
demo-answer = Svar
demo-in-workspace = Se { $number } i indbakken
demo-not-an-address = Det ligner ikke en e-mailadresse.
demo-unknown-recipient = Kommunen har ikke den adresse. Prøv den fælles.
demo-empty = Brevet er tomt. Skriv et par ord.
