hours-title = Åpningstider
hours-title-text = Når det arbeides. Frister telles bare i tiden det er åpent.
hours-targets = Svarfrister
hours-targets-text = Hvor raskt innbyggerne får svar, og hvilke frister loven setter.
hours-categories = Kategorier
hours-categories-text = Hva slags sak en henvendelse er. Svarfrister kan avhenge av det.
hours-name = Navn
hours-new = Nye åpningstider
hours-remove = Fjern
hours-add = Legg til
hours-week = Uken
hours-week-help = Skriv for eksempel 8-12, 12.30-15.30. Over midnatt: 22-6. Hele døgnet: 0-24. Tomt er stengt.
hours-monday = mandag
hours-tuesday = tirsdag
hours-wednesday = onsdag
hours-thursday = torsdag
hours-friday = fredag
hours-saturday = lørdag
hours-sunday = søndag
hours-closed = Stengt
hours-half = Stenger kl. 12
hours-as-usual = Som ellers
hours-holidays = Helligdager
hours-holidays-help = Fyll ut slik det er vanlig i:
hours-denmark = Danmark
hours-norway = Norge
hours-sweden = Sverige
hours-one-offs = Dager som er annerledes
hours-one-offs-help = En stengt uke, en kveld med lengre åpent, sommertidene. En tom linje gjelder ikke.
hours-from = Fra
hours-to = Til og med
hours-open = Åpent
hours-what = Hva
hours-no-date = En dag som er annerledes, må ha en dato i feltet Fra.
hours-not-hours = «{ $text }» er ingen tider. Skriv for eksempel 8-12, 12.30-15.30.
hours-never-open = Med disse tidene blir det aldri åpent, og ingen frist ville noen gang løpe ut. Skriv tider for minst én dag.
hours-wrong-order = En sluttdato ligger før startdatoen. Bytt dem om.
hours-too-long = Særlige tider kan høyst gjelde ett år. Endre uken i stedet.
hours-too-many = Det er for mange dager som er annerledes. Fjern dem som er forbi.
hours-no-name = Skriv et navn.
hours-name-there = Navnet er i bruk. Velg et annet.
hours-in-use = Svarfrister teller etter disse tidene. Fjern fristene først.
hours-target-there = Det finnes en slik frist for de samme henvendelsene. Fjern den først.
hours-no-time = Skriv hvor lang tid: timer som 4 eller 1,5, dager som 7.
hours-in-short = { $week } · helligdager: { $holidays } · andre dager: { $days }
hours-hours-of-work = 
    { $count ->
        [one] én arbeidstime
       *[other] { $count } arbeidstimer
    }
hours-minutes-of-work = 
    { $count ->
        [one] ett minutt av arbeidstiden
       *[other] { $count } minutter av arbeidstiden
    }
hours-working-days = 
    { $count ->
        [one] én arbeidsdag
       *[other] { $count } arbeidsdager
    }
hours-calendar-days = 
    { $count ->
        [one] én kalenderdag
       *[other] { $count } kalenderdager
    }
hours-for-all = Alle henvendelser
hours-category-unused = { $name } (brukes ikke lenger)
hours-new-target = Ny frist
hours-first = Frister telles i åpningstider, og det finnes ingen ennå.
hours-no-targets = Det er ingen frister ennå. Legg til den første nedenfor.
hours-target-what = Hva
hours-what-first-answer = Første svar, i arbeidstimer
hours-what-done = Avsluttet, i arbeidstimer
hours-what-working-days = Lovens frist, i arbeidsdager
hours-what-calendar-days = Lovens frist, i kalenderdager
hours-amount = Hvor mange
hours-department = Avdeling
hours-all-departments = Alle avdelinger
hours-category = Kategori
hours-any-category = Alle kategorier
hours-calendar = Telles i
hours-remind = Påminn så mange timer før
hours-remind-help = Eieren får beskjed. En frist i dager påminner en dag før.
hours-trial = Prøv
hours-trial-at = Et brev som kommer
hours-trial-ask = Se fristen
hours-trial-due = { $aim }: { $when }
hours-trial-none = For et slikt brev gjelder ingen frist.
hours-no-categories = Det er ingen kategorier ennå.
hours-new-category = Ny kategori
hours-sort = Plass
hours-sort-number = Plass er et helt tall, for eksempel 3. Ingenting er lagret.
hours-used = Brukes
hours-new-years-day = Første nyttårsdag
hours-twelfth-night = Helligtrekongersaften
hours-epiphany = Helligtrekongersdag
hours-wednesday-before-easter = Onsdag før skjærtorsdag
hours-maundy-thursday = Skjærtorsdag
hours-good-friday = Langfredag
hours-easter-sunday = Første påskedag
hours-easter-monday = Andre påskedag
hours-walpurgis-night = Valborgsaften
hours-labour-day = 1. mai
hours-norwegian-national-day = 17. mai
hours-ascension-day = Kristi himmelfartsdag
hours-day-after-ascension = Fredag etter Kristi himmelfart
hours-whit-sunday = Første pinsedag
hours-whit-monday = Andre pinsedag
hours-danish-constitution-day = Grunnlovsdagen i Danmark
hours-swedish-national-day = Sveriges nasjonaldag
hours-midsummer-eve = Midtsommeraften
hours-midsummer-day = Midtsommerdagen
hours-all-saints-day = Allehelgensdag
hours-christmas-eve = Julaften
hours-christmas-day = Første juledag
hours-second-christmas-day = Andre juledag
hours-new-years-eve = Nyttårsaften
