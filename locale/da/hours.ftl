hours-title = Åbningstider
hours-title-text = Hvornår der arbejdes. Frister tælles kun i den tid, hvor der er åbent.
hours-targets = Svarfrister
hours-targets-text = Hvor hurtigt borgerne får svar, og hvilke frister loven sætter.
hours-categories = Kategorier
hours-categories-text = Hvilken slags sag en henvendelse er. Svarfrister kan afhænge af det.
hours-name = Navn
hours-new = Nye åbningstider
hours-remove = Fjern
hours-add = Tilføj
hours-week = Ugen
hours-week-help = Skriv for eksempel 8-12, 12.30-15.30. Efter midnat: 22-6. Hele døgnet: 0-24. Tomt er lukket.
hours-monday = mandag
hours-tuesday = tirsdag
hours-wednesday = onsdag
hours-thursday = torsdag
hours-friday = fredag
hours-saturday = lørdag
hours-sunday = søndag
hours-closed = Lukket
hours-half = Lukker kl. 12
hours-as-usual = Som ellers
hours-holidays = Helligdage
hours-holidays-help = Fyld ud, som det er skik i:
hours-denmark = Danmark
hours-norway = Norge
hours-sweden = Sverige
hours-one-offs = Dage, der er anderledes
hours-one-offs-help = En lukket uge, en aften med længere åbent, sommerens tider. En tom linje gælder ikke.
hours-from = Fra
hours-to = Til og med
hours-open = Åbent
hours-what = Hvad
hours-no-date = En dag, der er anderledes, skal have en dato i feltet Fra.
hours-not-hours = »{ $text }« er ingen tider. Skriv for eksempel 8-12, 12.30-15.30.
hours-never-open = Med de tider bliver der aldrig åbent, og ingen frist ville nogensinde udløbe. Skriv tider for mindst én dag.
hours-wrong-order = En slutdato ligger før sin startdato. Byt dem om.
hours-too-long = Særlige tider kan højst gælde et år. Ret ugen i stedet.
hours-too-many = Der er for mange dage, som er anderledes. Fjern dem, der er forbi.
hours-no-name = Skriv et navn.
hours-name-there = Navnet er i brug. Vælg et andet.
hours-in-use = Svarfrister tæller efter disse tider. Fjern fristerne først.
hours-target-there = Der er en sådan frist for de samme henvendelser. Fjern den først.
hours-no-time = Skriv, hvor lang tid: timer som 4 eller 1,5, dage som 7.
hours-in-short = { $week } · helligdage: { $holidays } · andre dage: { $days }
hours-hours-of-work = 
    { $count ->
        [one] én arbejdstime
       *[other] { $count } arbejdstimer
    }
hours-minutes-of-work = 
    { $count ->
        [one] ét minut af arbejdstiden
       *[other] { $count } minutter af arbejdstiden
    }
hours-working-days = 
    { $count ->
        [one] én arbejdsdag
       *[other] { $count } arbejdsdage
    }
hours-calendar-days = 
    { $count ->
        [one] én kalenderdag
       *[other] { $count } kalenderdage
    }
hours-for-all = Alle henvendelser
hours-category-unused = { $name } (bruges ikke mere)
hours-new-target = Ny frist
hours-first = Frister tælles i åbningstider, og dem er der ingen af endnu.
hours-no-targets = Der er ingen frister endnu. Tilføj den første nedenfor.
hours-target-what = Hvad
hours-what-first-answer = Første svar, i arbejdstimer
hours-what-done = Afsluttet, i arbejdstimer
hours-what-working-days = Lovens frist, i arbejdsdage
hours-what-calendar-days = Lovens frist, i kalenderdage
hours-amount = Hvor mange
hours-department = Afdeling
hours-all-departments = Alle afdelinger
hours-category = Kategori
hours-any-category = Alle kategorier
hours-calendar = Tælles i
hours-remind = Påmind, så mange timer før
hours-remind-help = Ejeren får besked. En frist i dage påminder en dag før.
hours-trial = Prøv
hours-trial-at = Et brev, der kommer
hours-trial-ask = Se fristen
hours-trial-due = { $aim }: { $when }
hours-trial-none = For sådan et brev gælder ingen frist.
hours-no-categories = Der er ingen kategorier endnu.
hours-new-category = Ny kategori
hours-sort = Plads
hours-sort-number = Pladsen er et helt tal, for eksempel 3. Intet er gemt.
hours-used = Bruges
hours-new-years-day = Nytårsdag
hours-twelfth-night = Helligtrekongersaften
hours-epiphany = Helligtrekonger
hours-wednesday-before-easter = Onsdag før påske
hours-maundy-thursday = Skærtorsdag
hours-good-friday = Langfredag
hours-easter-sunday = Påskedag
hours-easter-monday = Anden påskedag
hours-walpurgis-night = Valborgsaften
hours-labour-day = 1. maj
hours-norwegian-national-day = 17. maj
hours-ascension-day = Kristi himmelfartsdag
hours-day-after-ascension = Fredag efter Kristi himmelfart
hours-whit-sunday = Pinsedag
hours-whit-monday = Anden pinsedag
hours-danish-constitution-day = Grundlovsdag
hours-swedish-national-day = Sveriges nationaldag
hours-midsummer-eve = Midsommeraften
hours-midsummer-day = Midsommerdag
hours-all-saints-day = Allehelgensdag
hours-christmas-eve = Juleaftensdag
hours-christmas-day = Juledag
hours-second-christmas-day = Anden juledag
hours-new-years-eve = Nytårsaftensdag
