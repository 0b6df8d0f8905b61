hours-title = Opningstider
hours-title-text = Når det blir arbeidd. Fristar tel berre i tida det er ope.
hours-targets = Svarfristar
hours-targets-text = Kor raskt innbyggjarane får svar, og kva fristar lova set.
hours-categories = Kategoriar
hours-categories-text = Kva slags sak ei henvending er. Svarfristar kan vere avhengige av det.
hours-name = Namn
hours-new = Nye opningstider
hours-remove = Fjern
hours-add = Legg til
hours-week = Veka
hours-week-help = Skriv til dømes 8-12, 12.30-15.30. Over midnatt: 22-6. Heile døgnet: 0-24. Tomt er stengt.
hours-monday = måndag
hours-tuesday = tysdag
hours-wednesday = onsdag
hours-thursday = torsdag
hours-friday = fredag
hours-saturday = laurdag
hours-sunday = søndag
hours-closed = Stengt
hours-half = Stengjer kl. 12
hours-as-usual = Som elles
hours-holidays = Heilagdagar
hours-holidays-help = Fyll ut slik det er vanleg i:
hours-denmark = Danmark
hours-norway = Noreg
hours-sweden = Sverige
hours-one-offs = Dagar som er annleis
hours-one-offs-help = Ei stengd veke, ein kveld med lengre ope, sommartidene. Ei tom linje gjeld ikkje.
hours-from = Frå
hours-to = Til og med
hours-open = Ope
hours-what = Kva
hours-no-date = Ein dag som er annleis, må ha ein dato i feltet Frå.
hours-not-hours = «{ $text }» er ikkje tider. Skriv til dømes 8-12, 12.30-15.30.
hours-never-open = Med desse tidene blir det aldri ope, og ingen frist ville nokon gong gå ut. Skriv tider for minst éin dag.
hours-wrong-order = Ein sluttdato ligg før startdatoen. Byt dei om.
hours-too-long = Særlege tider kan gjelde i høgst eitt år. Endre veka i staden.
hours-too-many = Det er for mange dagar som er annleis. Fjern dei som er forbi.
hours-no-name = Skriv eit namn.
hours-name-there = Namnet er i bruk. Vel eit anna.
hours-in-use = Svarfristar tel etter desse tidene. Fjern fristane først.
hours-target-there = Det finst ein slik frist for dei same henvendingane. Fjern han først.
hours-no-time = Skriv kor lang tid: timar som 4 eller 1,5, dagar som 7.
hours-in-short = { $week } · heilagdagar: { $holidays } · andre dagar: { $days }
hours-hours-of-work =
    { $count ->
        [one] éin arbeidstime
       *[other] { $count } arbeidstimar
    }
hours-minutes-of-work =
    { $count ->
        [one] eitt minutt av arbeidstida
       *[other] { $count } minutt av arbeidstida
    }
hours-working-days =
    { $count ->
        [one] éin arbeidsdag
       *[other] { $count } arbeidsdagar
    }
hours-calendar-days =
    { $count ->
        [one] éin kalenderdag
       *[other] { $count } kalenderdagar
    }
hours-for-all = Alle henvendingar
hours-category-unused = { $name } (ikkje lenger i bruk)
hours-new-target = Ny frist
hours-first = Fristar tel i opningstider, og det finst ingen enno.
hours-no-targets = Det er ingen fristar enno. Legg til den første nedanfor.
hours-target-what = Kva
hours-what-first-answer = Første svar, i arbeidstimar
hours-what-done = Avslutta, i arbeidstimar
hours-what-working-days = Lovfrist, i arbeidsdagar
hours-what-calendar-days = Lovfrist, i kalenderdagar
hours-amount = Kor mange
hours-department = Avdeling
hours-all-departments = Alle avdelingar
hours-category = Kategori
hours-any-category = Alle kategoriar
hours-calendar = Tel i
hours-remind = Minn på så mange timar før
hours-remind-help = Eigaren får beskjed. Ein frist i dagar gir ei påminning ein dag før.
hours-trial = Prøv
hours-trial-at = Eit brev som kjem
hours-trial-ask = Sjå fristen
hours-trial-due = { $aim }: { $when }
hours-trial-none = For eit slikt brev gjeld ingen frist.
hours-no-categories = Det er ingen kategoriar enno.
hours-new-category = Ny kategori
hours-sort = Plass
hours-sort-number = Plass er eit heilt tal, til dømes 3. Ingenting er lagra.
hours-used = I bruk
hours-new-years-day = Første nyttårsdag
hours-twelfth-night = Heilagtrekongarsaftan
hours-epiphany = Heilagtrekongarsdag
hours-wednesday-before-easter = Onsdag før skjærtorsdag
hours-maundy-thursday = Skjærtorsdag
hours-good-friday = Langfredag
hours-easter-sunday = Første påskedag
hours-easter-monday = Andre påskedag
hours-walpurgis-night = Valborgsaftan
hours-labour-day = 1. mai
hours-norwegian-national-day = 17. mai
hours-ascension-day = Kristi himmelfartsdag
hours-day-after-ascension = Fredag etter Kristi himmelfart
hours-whit-sunday = Første pinsedag
hours-whit-monday = Andre pinsedag
hours-danish-constitution-day = Grunnlovsdagen i Danmark
hours-swedish-national-day = Nasjonaldagen i Sverige
hours-midsummer-eve = Midtsommaraftan
hours-midsummer-day = Midtsommardagen
hours-all-saints-day = Allehelgensdag
hours-christmas-eve = Julaftan
hours-christmas-day = Første juledag
hours-second-christmas-day = Andre juledag
hours-new-years-eve = Nyttårsaftan
