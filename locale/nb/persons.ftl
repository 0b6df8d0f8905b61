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
persons-add = Legg til
persons-not-an-address = Dette er ikke en innbyggers e-postadresse.
persons-not-joined = Disse to kan ikke slås sammen her.
persons-add-address-help = Er noen andre kjent med adressen, blir du spurt om de to er den samme.
persons-back = Til henvendelsene
persons-join-question = Er { $name } og { $other } samme person?
persons-join-known =
    { $other } er kjent med den adressen og har { $count ->
        [one] én henvendelse
       *[other] { $count } henvendelser
    }.
persons-join-what = Er de det, blir begge til { $name } med én historikk og alle adresser. Du kan angre det her på siden.
persons-join = Ja, slå dem sammen
persons-join-not = Nei, la dem være to
persons-joined = Slått sammen med
persons-joined-by =
    { $count ->
        [one] én henvendelse
       *[other] { $count } henvendelser
    } · slått sammen av { $by } { $when }
persons-undo = Angre
