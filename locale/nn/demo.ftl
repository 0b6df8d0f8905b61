demo-title = Postkassene til innbyggjarane
demo-text = Skriv til { $town } som innbyggjar, og les svaret her når det kjem.
demo-banner = Dette er demoen: menneska er oppdikta, og ingen post forlèt maskina.
demo-see-it-arrive = Sjå det kome inn
demo-mailboxes = Postkasser
demo-letters-count =
    { $count ->
        [one] Eitt brev frå kommunen
       *[other] { $count } brev frå kommunen
    }
demo-no-letters = Ingen brev enno
demo-no-letters-text = Skriv eit, så står det her.
demo-write-title = Skriv eit brev
demo-answer-title = Svar på brevet
demo-from-name = Namn
demo-from-address = E-postadresse
demo-to = Til
demo-subject = Emne
demo-letter = Brev
demo-send = Send brevet
demo-answer = Svar
demo-in-workspace = Sjå { $number } i innboksen
demo-not-an-address = Det liknar ikkje ei e-postadresse.
demo-unknown-recipient = Kommunen har ikkje den adressa. Prøv den felles.
demo-empty = Brevet er tomt. Skriv eit par ord.
