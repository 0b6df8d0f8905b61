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
quarantine-readdress = Skicka till en annan av våra adresser
quarantine-to = Vems brev är det?
quarantine-readdress-help = Det läggs på plats som om det hade kommit dit. Om det inte kan läsas kommer det tillbaka i karantän.
quarantine-readdress-now = Skicka dit
quarantine-opens = Ja, alla medarbetare får se det som hittills bara var för en avdelning
quarantine-discard = Kassera
quarantine-discard-why = Varför?
quarantine-discard-help = Det kan läggas tillbaka i 30 dagar. Därefter är det borta för alltid.
quarantine-discard-now = Kassera brevet
quarantine-discarded = Kasserade
quarantine-discarded-text = Sparas i 30 dagar; så länge kan de läggas tillbaka.
quarantine-discarded-one = Det här brevet är kasserat. Det kan läggas tillbaka i 30 dagar.
quarantine-restore = Lägg tillbaka
