demo-title = Invånarnas brevlådor
demo-text = Skriv till { $town } som invånare och läs svaret här när det kommer.
demo-banner = Det här är demon: människorna är påhittade och ingen post lämnar datorn.
demo-see-it-arrive = Se det komma in
demo-mailboxes = Brevlådor
demo-letters-count =
    { $count ->
        [one] Ett brev från kommunen
       *[other] { $count } brev från kommunen
    }
demo-no-letters = Inga brev än
demo-no-letters-text = Skriv ett, så visas det här.
demo-write-title = Skriv ett brev
demo-answer-title = Svara på brevet
demo-from-name = Namn
demo-from-address = E-postadress
demo-to = Till
demo-subject = Ämne
demo-letter = Brev
demo-send = Skicka brevet
demo-answer = Svara
demo-in-workspace = Se { $number } i inkorgen
demo-not-an-address = Det ser inte ut som en e-postadress.
demo-unknown-recipient = Kommunen har inte den adressen. Prova den gemensamma.
demo-empty = Brevet är tomt. Skriv några ord.
