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
persons-add = Lägg till
persons-not-an-address = Det är inte en invånares e-postadress.
persons-not-joined = De här två kan inte slås ihop här.
persons-add-address-help = Om någon annan är känd under adressen får du frågan om de två är samma person.
persons-back = Till förfrågningarna
persons-join-question = Är { $name } och { $other } samma person?
persons-join-known =
    { $other } är känd under adressen och har { $count ->
        [one] en förfrågan
       *[other] { $count } förfrågningar
    }.
persons-join-what = Om de är det blir båda { $name } med en historik och alla adresser. Du kan ångra det här på sidan.
persons-join = Ja, slå ihop dem
persons-join-not = Nej, låt dem vara två
persons-joined = Hopslagen med
persons-joined-by =
    { $count ->
        [one] en förfrågan
       *[other] { $count } förfrågningar
    } · hopslagna av { $by } { $when }
persons-undo = Ångra
