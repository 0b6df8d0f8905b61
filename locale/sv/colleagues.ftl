colleagues-lent = För { $name }
colleagues-take-over = Ta över
colleagues-take-over-title = Ta över från en kollega
colleagues-take-over-from = { $name } har den nu och får veta att den är din.
colleagues-word-to-citizen = Ett ord till invånaren (valfritt)
colleagues-word-to-citizen-help = Det skickas som svar genast. Utan det får invånaren inget besked.
colleagues-title = Kollegor
colleagues-text = Vilka är här och vilka är borta. Är någon borta ligger nya svar till dem redo för er andra.
colleagues-me = Jag själv
colleagues-none = Du är ensam
colleagues-none-text = Kollegor i dina avdelningar visas här.
colleagues-here = Är här
colleagues-not-here = Inte inloggad just nu
colleagues-is-away = borta
colleagues-away = Är borta …
colleagues-away-until = Borta till och med { $day }
colleagues-deputy-is = { $name } får svaren.
colleagues-for-all = Nya svar ligger utan ansvarig.
colleagues-open =
    { $count ->
        [one] en öppen
       *[other] { $count } öppna
    }
colleagues-take-over-all = Ta över alla
colleagues-take-over-count =
    { $count ->
        [one] Ta över den
       *[other] Ta över alla { $count }
    }
colleagues-word-to-citizens = Ett ord till invånarna (kan utelämnas)
colleagues-word-help = Skickas som svar i var och en av dem.
colleagues-lent-count =
    { $count ->
        [one] En av dina ligger hos andra.
       *[other] { $count } av dina ligger hos andra.
    }
colleagues-hand-back = Ta tillbaka dem
colleagues-back = Är tillbaka
colleagues-from = Första dagen
colleagues-to = Sista dagen
colleagues-why = Ett ord om varför (kan utelämnas)
colleagues-deputy = Vem får svaren?
colleagues-no-deputy = Ingen särskild, hela avdelningen
colleagues-go-away = Spara frånvaron
colleagues-ends-too-early = Sista dagen får inte ligga före den första eller ha passerat.
colleagues-no-such = Den kollegan arbetar inte här längre.
colleagues-own-deputy = Välj någon annan som får svaren.
