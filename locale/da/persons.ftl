persons-about = Om borgeren
persons-open = Vis borgeren
persons-since = Har skrevet siden { $year }
persons-addresses = Adresser
persons-inquiries = Henvendelser
persons-all =
    { $count ->
        [one] Vis den ene
       *[other] Vis alle { $count }
    }
persons-page = Hele siden
persons-same-matter-question = Samme sag?
persons-same-matter = Samme sag
persons-not-the-same = Ikke den samme
persons-linked = Hører sammen med
persons-why-number = Nummeret står i emnet, men en anden har skrevet.
persons-why-reference = Brevet henviser til noget, flere kan have fået.
persons-why-subject = Samme afsender og samme emne.
