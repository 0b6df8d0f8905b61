persons-about = Om invånaren
persons-open = Visa invånaren
persons-since = Har skrivit sedan { $year }
persons-addresses = Adresser
persons-inquiries = Förfrågningar
persons-all =
    { $count ->
        [one] Visa den enda
       *[other] Visa alla { $count }
    }
persons-page = Hela sidan
persons-same-matter-question = Samma sak?
persons-same-matter = Samma sak
persons-not-the-same = Inte samma
persons-linked = Hör ihop med
persons-why-number = Numret står i ämnet, men någon annan har skrivit.
persons-why-reference = Brevet hänvisar till något som flera kan ha fått.
persons-why-subject = Samma avsändare och samma ämne.
persons-add-address = Ytterligare en adress
persons-add-address-help = Om någon annan var känd under adressen blir de två en person med en historik.
persons-add = Lägg till
persons-not-an-address = Det är inte en invånares e-postadress.
persons-not-joined = De här två kan inte slås ihop här.
