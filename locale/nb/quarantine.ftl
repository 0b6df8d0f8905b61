quarantine-title = Karantene
quarantine-text = Brev som Torg ikke klarte å lese. Ingenting er tapt: se dem i rå form, eller prøv igjen.
quarantine-none = Ingenting i karantene
quarantine-none-text = Alt som har kommet, er lagt på plass.
quarantine-no-sender = Ukjent avsender
quarantine-one = Brev i karantene
quarantine-from = Fra { $name }
quarantine-back = Til karantenen
quarantine-why = Hvorfor det ligger her:
quarantine-safe = Selve brevet er lagret uendret.
quarantine-facts =
    Kom { $when } til { $to } · { $size } · { $attempts ->
        [one] ett forsøk
       *[other] { $attempts } forsøk
    }
quarantine-retry = Prøv igjen
quarantine-raw = Alt i rå form
quarantine-content = Innhold
quarantine-more = Her vises begynnelsen. Resten står under «Alt i rå form».
quarantine-readdress = Send til en annen av våre adresser
quarantine-to = Hvem sitt brev er det?
quarantine-readdress-help = Det legges på plass som om det hadde kommet dit. Kan det ikke leses, kommer det tilbake i karantene.
quarantine-readdress-now = Send dit
quarantine-opens = Ja, alle ansatte kan se det som til nå bare var for én avdeling
quarantine-discard = Forkast
quarantine-discard-why = Hvorfor?
quarantine-discard-help = Det kan legges tilbake i 30 dager. Deretter er det borte for godt.
quarantine-discard-now = Forkast brevet
quarantine-discarded = Forkastet
quarantine-discarded-text = Lagres i 30 dager; så lenge kan de legges tilbake.
quarantine-discarded-one = Dette brevet er forkastet. Det kan legges tilbake i 30 dager.
quarantine-restore = Legg tilbake
