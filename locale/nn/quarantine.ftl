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
