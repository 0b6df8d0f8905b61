quarantine-title = Karantene
quarantine-text = Brev som Torg ikkje klarte å lese. Ingenting er tapt: sjå dei i rå form, eller prøv igjen.
quarantine-none = Ingenting i karantene
quarantine-none-text = Alt som har kome, er lagt på plass.
quarantine-no-sender = Ukjend avsendar
quarantine-one = Brev i karantene
quarantine-from = Frå { $name }
quarantine-back = Til karantenen
quarantine-why = Kvifor det ligg her:
quarantine-safe = Sjølve brevet er lagra uendra.
quarantine-facts =
    Kom { $when } til { $to } · { $size } · { $attempts ->
        [one] eitt forsøk
       *[other] { $attempts } forsøk
    }
quarantine-retry = Prøv igjen
quarantine-raw = Alt i rå form
quarantine-content = Innhald
quarantine-more = Her er byrjinga. Resten står under «Alt i rå form».
quarantine-readdress = Send til ei anna av adressene våre
quarantine-to = Kven sitt brev er det?
quarantine-readdress-help = Det blir lagt på plass som om det hadde kome dit. Kan det ikkje lesast, kjem det tilbake i karantene.
quarantine-readdress-now = Send dit
quarantine-opens = Ja, alle tilsette kan sjå det som til no berre var for éi avdeling
quarantine-discard = Forkast
quarantine-discard-why = Kvifor?
quarantine-discard-help = Det kan leggjast tilbake i 30 dagar. Deretter er det borte for godt.
quarantine-discard-now = Forkast brevet
quarantine-discarded = Forkasta
quarantine-discarded-text = Blir lagra i 30 dagar; så lenge kan dei leggjast tilbake.
quarantine-discarded-one = Dette brevet er forkasta. Det kan leggjast tilbake i 30 dagar.
quarantine-restore = Legg tilbake
