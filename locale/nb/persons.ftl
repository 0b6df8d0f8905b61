persons-about = Om innbyggeren
persons-open = Vis innbyggeren
persons-since = Har skrevet siden { $year }
persons-addresses = Adresser
persons-inquiries = Henvendelser
persons-all =
    { $count ->
        [one] Vis den ene
       *[other] Vis alle { $count }
    }
persons-page = Hele siden
persons-same-matter-question = Samme sak?
persons-same-matter = Samme sak
persons-not-the-same = Ikke den samme
persons-linked = Hører sammen med
persons-why-number = Nummeret står i emnet, men en annen har skrevet.
persons-why-reference = Brevet viser til noe flere kan ha fått.
persons-why-subject = Samme avsender og samme emne.
persons-add-address = Enda en adresse
persons-add-address-help = Var noen andre kjent med adressen, blir de to til én person med én historikk.
persons-add = Legg til
persons-not-an-address = Dette er ikke en innbyggers e-postadresse.
persons-not-joined = Disse to kan ikke slås sammen her.
