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
persons-add-address-help = Var nokon andre kjend med adressa, blir dei to til éin person med éi historie.
persons-add = Legg til
persons-not-an-address = Dette er ikkje e-postadressa til ein innbyggjar.
persons-not-joined = Desse to kan ikkje slåast saman her.
