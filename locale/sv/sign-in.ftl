sign-in-title = Logga in
sign-in-button = Logga in
sign-in-email = E-post
sign-in-password = Lösenord
sign-in-wrong = E-post eller lösenord stämmer inte. Försök igen.
sign-in-too-many =
    { $minutes ->
        [one] För många försök. Vänta en minut och försök igen.
       *[other] För många försök. Vänta { $minutes } minuter och försök igen.
    }
sign-in-busy = Många loggar in just nu. Försök igen om en stund.
sign-in-ended = Du var utloggad innan du hann skicka.
sign-in-kept = Din text följer med och väntar när du har loggat in. Den är inte skickad.
sign-in-demo = Prova som någon av dessa
sign-in-demo-text = Det här är en demo med påhittade människor. Öppna två fönster och var två kollegor samtidigt.
sign-in-demo-mailboxes = Skriv som invånare i stället
