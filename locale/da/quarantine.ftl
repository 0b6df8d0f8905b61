quarantine-title = Karantæne
quarantine-text = Breve, som Torg ikke kunne læse. Intet af dem er tabt: se dem i rå form, eller prøv igen.
quarantine-none = Intet i karantæne
quarantine-none-text = Alt, der er kommet, er lagt på plads.
quarantine-no-sender = Ukendt afsender
quarantine-one = Brev i karantæne
quarantine-from = Fra { $name }
quarantine-back = Til karantænen
quarantine-why = Hvorfor det ligger her:
quarantine-safe = Brevet selv er gemt uændret.
quarantine-facts =
    Kom { $when } til { $to } · { $size } · { $attempts ->
        [one] et forsøg
       *[other] { $attempts } forsøg
    }
quarantine-retry = Prøv igen
quarantine-raw = Alt i rå form
quarantine-content = Indhold
quarantine-more = Her vises begyndelsen. Resten står under »Alt i rå form«.
