persons-about = Om innbyggjaren
persons-open = Vis innbyggjaren
persons-since = Har skrive sidan { $year }
persons-addresses = Adresser
persons-inquiries = Henvendingar
persons-all =
    { $count ->
        [one] Vis den eine
       *[other] Vis alle { $count }
    }
persons-page = Heile sida
persons-same-matter-question = Same sak?
persons-same-matter = Same sak
persons-not-the-same = Ikkje den same
persons-linked = Høyrer saman med
persons-why-number = Nummeret står i emnet, men ein annan har skrive.
persons-why-reference = Brevet viser til noko fleire kan ha fått.
persons-why-subject = Same avsendar og same emne.
persons-add-address = Enda ei adresse
persons-add = Legg til
persons-not-an-address = Dette er ikkje e-postadressa til ein innbyggjar.
persons-not-joined = Desse to kan ikkje slåast saman her.
persons-add-address-help = Er nokon andre kjend med adressa, blir du spurd om dei to er den same.
persons-back = Til henvendingane
persons-join-question = Er { $name } og { $other } same person?
persons-join-known =
    { $other } er kjend med den adressa og har { $count ->
        [one] éi henvending
       *[other] { $count } henvendingar
    }.
persons-join-what = Er dei det, blir begge til { $name } med éin historikk og alle adresser. Du kan angre det her på sida.
persons-join = Ja, slå dei saman
persons-join-not = Nei, la dei vere to
persons-joined = Slått saman med
persons-joined-by =
    { $count ->
        [one] éi henvending
       *[other] { $count } henvendingar
    } · slått saman av { $by } { $when }
persons-undo = Angre
