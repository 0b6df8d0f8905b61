folders-shared = Gemensam inkorg
folders-own = Mitt
folders-colleagues = Kollegor
folders-other = Annat
folders-departments = Mina avdelningar
folders-other-departments = Andra avdelningar
folders-all = Alla avdelningar
folders-unowned = Utan ansvarig
folders-mine = Mina
folders-waiting = Väntar på svar
folders-sent = Besvarade av mig
folders-closed = Avslutade
folders-quarantine = Karantän
folders-department = Avdelning
folders-colleague = Kollega
folders-restricted = skyddad
folders-list = Lista över förfrågningar
folders-waiting-count =
    { $count ->
        [one] { $shown } väntar
       *[other] { $shown } väntar
    }
folders-unread = Oläst.
folders-messages =
    { $count ->
        [one] Ett meddelande
       *[other] { $count } meddelanden
    }
folders-paging = Bläddra i listan
folders-older = Äldre
folders-newer = Nyare
folders-more = Fler
folders-top = Till början
folders-see-unowned =
    { $count ->
        [one] Visa den enda utan ansvarig
       *[other] Visa de { $count } utan ansvarig
    }
folders-department-gone = Den här avdelningen är borta
folders-department-gone-text = Den har tagits bort, eller är bara för sina medlemmar. Det som låg i den ligger i en annan.
folders-all-done = Allt är besvarat
folders-all-done-text = Här väntar ingen. Nya brev dyker upp av sig själva.
folders-mine-done = Du är i kapp
folders-mine-done-text = Ingen väntar på svar från dig.
folders-nothing-waits = Inget väntar
folders-nothing-waits-text = Här står det du har besvarat, tills invånaren svarar eller du avslutar det.
folders-colleague-none = Inget öppet
folders-colleague-none-text = Kollegan har inga öppna förfrågningar som du kan se.
folders-none-closed = Inget är avslutat än
folders-none-closed-text = Det som är klart ligger här.
folders-drafts = Utkast
folders-no-drafts = Inga utkast
folders-no-drafts-text = Det du börjar skriva ligger här tills du skickar det.
folders-none-sent = Du har inte svarat någon ännu
folders-none-sent-text = Här ligger det du har svarat på, nyaste först.
folders-snoozed = Uppskjutna
folders-followed = Följer
folders-none-snoozed = Inget är uppskjutet
folders-none-snoozed-text = Det du skjuter upp ligger här och kommer tillbaka av sig självt.
folders-none-followed = Du följer inget
folders-none-followed-text = Välj Följ under Mer, eller bli nämnd med @ i en intern anteckning.
folders-newer-above = Nyare: {"{n}"}
folders-left = Inte längre i den här mappen.
