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
quarantine-readdress = Send til en anden af vores adresser
quarantine-to = Hvis brev er det?
quarantine-readdress-help = Det lægges på plads, som om det var kommet dertil. Kan det ikke læses, kommer det tilbage i karantæne.
quarantine-readdress-now = Send dertil
quarantine-opens = Ja, alle medarbejdere må se det, som hidtil kun var for én afdeling
quarantine-discard = Kassér
quarantine-discard-why = Hvorfor?
quarantine-discard-help = Det kan lægges tilbage i 30 dage. Derefter er det væk for altid.
quarantine-discard-now = Kassér brevet
quarantine-discarded = Kasseret
quarantine-discarded-text = Gemmes i 30 dage; så længe kan de lægges tilbage.
quarantine-discarded-one = Dette brev er kasseret. Det kan lægges tilbage i 30 dage.
quarantine-restore = Læg tilbage
