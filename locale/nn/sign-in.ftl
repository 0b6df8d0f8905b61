sign-in-title = Logg inn
sign-in-button = Logg inn
sign-in-email = E-post
sign-in-password = Passord
sign-in-wrong = E-post eller passord stemmer ikkje. Prøv igjen.
sign-in-too-many =
    { $minutes ->
        [one] For mange forsøk. Vent eitt minutt og prøv igjen.
       *[other] For mange forsøk. Vent { $minutes } minutt og prøv igjen.
    }
sign-in-busy = Mange loggar inn akkurat no. Prøv igjen om ein augeblink.
sign-in-ended = Du var logga ut før du fekk sendt.
sign-in-kept = Teksten din følgjer med og står klar når du har logga inn. Han er ikkje send.
sign-in-demo = Prøv som ein av desse
sign-in-demo-text = Dette er ein demo med oppdikta menneske. Opne to vindauge og ver to kollegaer samtidig.
sign-in-demo-mailboxes = Skriv som innbyggjar i staden
