sign-in-title = Logg inn
sign-in-button = Logg inn
sign-in-email = E-post
sign-in-password = Passord
sign-in-wrong = E-post eller passord stemmer ikke. Prøv igjen.
sign-in-too-many =
    { $minutes ->
        [one] For mange forsøk. Vent ett minutt og prøv igjen.
       *[other] For mange forsøk. Vent { $minutes } minutter og prøv igjen.
    }
sign-in-busy = Mange logger inn akkurat nå. Prøv igjen om et øyeblikk.
sign-in-ended = Du var logget ut før du fikk sendt.
sign-in-kept = Teksten din følger med og står klar når du har logget inn. Den er ikke sendt.
sign-in-demo = Prøv som en av disse
sign-in-demo-text = Dette er en demo med oppdiktede mennesker. Åpne to vinduer og vær to kolleger samtidig.
sign-in-demo-mailboxes = Skriv som innbygger i stedet
