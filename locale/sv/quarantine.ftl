quarantine-title = Karantän
quarantine-text = Brev som Torg inte kunde läsa. Inget är förlorat: visa dem i råform eller försök igen.
quarantine-none = Inget i karantän
quarantine-none-text = Allt som har kommit är på plats.
quarantine-no-sender = Okänd avsändare
quarantine-one = Brev i karantän
quarantine-from = Från { $name }
quarantine-back = Till karantänen
quarantine-why = Varför det ligger här:
quarantine-safe = Själva brevet är sparat oförändrat.
quarantine-facts =
    Kom { $when } till { $to } · { $size } · { $attempts ->
        [one] ett försök
       *[other] { $attempts } försök
    }
quarantine-retry = Försök igen
quarantine-raw = Allt i råform
quarantine-content = Innehåll
quarantine-more = Här visas början. Resten finns under ”Allt i råform”.
