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
persons-add = Tilføj
persons-not-an-address = Det er ikke en borgers e-mailadresse.
persons-not-joined = Disse to kan ikke slås sammen her.
persons-add-address-help = Er en anden kendt under adressen, bliver du spurgt, om de to er den samme.
persons-back = Til henvendelserne
persons-join-question = Er { $name } og { $other } den samme person?
persons-join-known =
    { $other } er kendt under den adresse og har { $count ->
        [one] én henvendelse
       *[other] { $count } henvendelser
    }.
persons-join-what = Er de det, bliver begge til { $name } med én historik og alle adresser. Du kan fortryde det her på siden.
persons-join = Ja, slå dem sammen
persons-join-not = Nej, lad dem være to
persons-joined = Slået sammen med
persons-joined-by =
    { $count ->
        [one] én henvendelse
       *[other] { $count } henvendelser
    } · slået sammen af { $by } { $when }
persons-undo = Fortryd
