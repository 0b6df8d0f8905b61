demo-title = Residents’ mailboxes
demo-text = Write to { $town } as a resident, and read the reply here when it comes.
demo-banner = This is the demo: the people are invented, and no mail leaves this machine.
demo-see-it-arrive = See it arrive
demo-mailboxes = Mailboxes
demo-letters-count =
    { $count ->
        [one] One letter from the municipality
       *[other] { $count } letters from the municipality
    }
demo-no-letters = No letters yet
demo-no-letters-text = Write one, and it appears here.
demo-write-title = Write a letter
demo-answer-title = Answer the letter
demo-from-name = Name
demo-from-address = E-mail address
demo-to = To
demo-subject = Subject
demo-letter = Letter
demo-send = Send the letter
demo-answer = Answer
demo-in-workspace = See { $number } in the inbox
demo-not-an-address = That does not look like an e-mail address.
demo-unknown-recipient = The municipality does not have that address. Try the general one.
demo-empty = The letter is empty. Write a few words.
