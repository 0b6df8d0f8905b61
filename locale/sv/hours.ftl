hours-title = Öppettider
hours-title-text = När det arbetas. Tider räknas bara när det är öppet.
hours-targets = Svarstider
hours-targets-text = Hur snart invånarna får svar, och vilka frister lagen sätter.
hours-categories = Kategorier
hours-categories-text = Vilket slags ärende en förfrågan är. Svarstider kan bero på det.
hours-name = Namn
hours-new = Nya öppettider
hours-remove = Ta bort
hours-add = Lägg till
hours-week = Veckan
hours-week-help = Skriv till exempel 8-12, 12.30-15.30. Över midnatt: 22-6. Dygnet runt: 0-24. Tomt är stängt.
hours-monday = måndag
hours-tuesday = tisdag
hours-wednesday = onsdag
hours-thursday = torsdag
hours-friday = fredag
hours-saturday = lördag
hours-sunday = söndag
hours-closed = Stängt
hours-half = Stänger kl. 12
hours-as-usual = Som vanligt
hours-holidays = Helgdagar
hours-holidays-help = Fyll i som det är brukligt i:
hours-denmark = Danmark
hours-norway = Norge
hours-sweden = Sverige
hours-one-offs = Dagar som är annorlunda
hours-one-offs-help = En stängd vecka, en kväll med längre öppet, sommarens tider. En tom rad räknas inte.
hours-from = Från
hours-to = Till och med
hours-open = Öppet
hours-what = Vad
hours-no-date = En dag som är annorlunda måste ha ett datum i fältet Från.
hours-not-hours = ”{ $text }” är inga tider. Skriv till exempel 8-12, 12.30-15.30.
hours-never-open = Med de tiderna blir det aldrig öppet, och ingen tid skulle någonsin gå ut. Skriv tider för minst en dag.
hours-wrong-order = Ett slutdatum ligger före sitt startdatum. Byt plats på dem.
hours-too-long = Särskilda tider kan gälla högst ett år. Ändra veckan i stället.
hours-too-many = Det är för många dagar som är annorlunda. Ta bort dem som är förbi.
hours-no-name = Skriv ett namn.
hours-name-there = Namnet används redan. Välj ett annat.
hours-in-use = Svarstider räknas efter de här tiderna. Ta bort svarstiderna först.
hours-target-there = Det finns en sådan tid för samma förfrågningar. Ta bort den först.
hours-no-time = Skriv hur lång tid: timmar som 4 eller 1,5, dagar som 7.
hours-in-short = { $week } · helgdagar: { $holidays } · andra dagar: { $days }
hours-hours-of-work = 
    { $count ->
        [one] en arbetstimme
       *[other] { $count } arbetstimmar
    }
hours-minutes-of-work = 
    { $count ->
        [one] en minut av arbetstiden
       *[other] { $count } minuter av arbetstiden
    }
hours-working-days = 
    { $count ->
        [one] en arbetsdag
       *[other] { $count } arbetsdagar
    }
hours-calendar-days = 
    { $count ->
        [one] en kalenderdag
       *[other] { $count } kalenderdagar
    }
hours-for-all = Alla förfrågningar
hours-category-unused = { $name } (används inte längre)
hours-new-target = Ny svarstid
hours-first = Svarstider räknas i öppettider, och det finns inga ännu.
hours-no-targets = Det finns inga svarstider ännu. Lägg till den första nedan.
hours-target-what = Vad
hours-what-first-answer = Första svar, i arbetstimmar
hours-what-done = Avslutad, i arbetstimmar
hours-what-working-days = Lagens frist, i arbetsdagar
hours-what-calendar-days = Lagens frist, i kalenderdagar
hours-amount = Hur många
hours-department = Avdelning
hours-all-departments = Alla avdelningar
hours-category = Kategori
hours-any-category = Alla kategorier
hours-calendar = Räknas i
hours-remind = Påminn så många timmar innan
hours-remind-help = Den ansvariga får besked. En frist i dagar påminner en dag innan.
hours-trial = Prova
hours-trial-at = Ett brev som kommer
hours-trial-ask = Se när
hours-trial-due = { $aim }: { $when }
hours-trial-none = För ett sådant brev finns ingen svarstid.
hours-no-categories = Det finns inga kategorier ännu.
hours-new-category = Ny kategori
hours-sort = Plats
hours-sort-number = Platsen är ett heltal, till exempel 3. Inget har sparats.
hours-used = Används
hours-new-years-day = Nyårsdagen
hours-twelfth-night = Trettondagsafton
hours-epiphany = Trettondedag jul
hours-wednesday-before-easter = Onsdag före påsk
hours-maundy-thursday = Skärtorsdagen
hours-good-friday = Långfredagen
hours-easter-sunday = Påskdagen
hours-easter-monday = Annandag påsk
hours-walpurgis-night = Valborgsmässoafton
hours-labour-day = Första maj
hours-norwegian-national-day = 17 maj
hours-ascension-day = Kristi himmelsfärdsdag
hours-day-after-ascension = Fredag efter Kristi himmelsfärd
hours-whit-sunday = Pingstdagen
hours-whit-monday = Annandag pingst
hours-danish-constitution-day = Danmarks grundlagsdag
hours-swedish-national-day = Sveriges nationaldag
hours-midsummer-eve = Midsommarafton
hours-midsummer-day = Midsommardagen
hours-all-saints-day = Alla helgons dag
hours-christmas-eve = Julafton
hours-christmas-day = Juldagen
hours-second-christmas-day = Annandag jul
hours-new-years-eve = Nyårsafton
