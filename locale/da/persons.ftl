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
persons-add-address = Endnu en adresse
persons-add-address-help = Var en anden kendt under adressen, bliver de to til én person med én historik.
persons-add = Tilføj
persons-not-an-address = Det er ikke en borgers e-mailadresse.
persons-not-joined = Disse to kan ikke slås sammen her.
