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
