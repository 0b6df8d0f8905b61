sign-in-title = Log ind
sign-in-button = Log ind
sign-in-email = E-mail
sign-in-password = Adgangskode
sign-in-wrong = E-mail eller adgangskode passer ikke. Prøv igen.
sign-in-too-many =
    { $minutes ->
        [one] For mange forsøg. Vent et minut, og prøv igen.
       *[other] For mange forsøg. Vent { $minutes } minutter, og prøv igen.
    }
sign-in-busy = Mange logger ind lige nu. Prøv igen om et øjeblik.
sign-in-ended = Du var logget ud, inden du nåede at sende.
sign-in-kept = Din tekst følger med og står klar, når du er logget ind. Den er ikke sendt.
sign-in-demo = Prøv som en af disse
sign-in-demo-text = Det her er en demo med opdigtede mennesker. Åbn to vinduer, og vær to kolleger på én gang.
sign-in-demo-mailboxes = Skriv som borger i stedet
