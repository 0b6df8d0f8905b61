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
