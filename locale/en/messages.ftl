messages-thread = Conversation
messages-from = Letter from { $name }
messages-answer-from = Reply from { $name }
messages-note-from = Internal note from { $name }
messages-mail = E-mail
messages-answer = Reply
messages-note = Internal note
messages-vacation = Out of office
messages-bounce = Not delivered
messages-list = Newsletter
messages-automatic = Automatic
messages-new = New
messages-no-text = The letter has no text.
messages-quoted =
    { $lines ->
        [one] Quoted text, one line
       *[other] Quoted text, { $lines } lines
    }
messages-formatted = Show as the sender formatted it
messages-raw = See the letter as it came
messages-images-blocked =
    { $count ->
        [one] One picture from the web was not fetched, because it would tell the sender that the letter was opened.
       *[other] { $count } pictures from the web were not fetched, because they would tell the sender that the letter was opened.
    }
messages-images-show = Fetch the pictures
messages-waiting = Sending …
messages-delayed = Not sent yet.
messages-delayed-text = The mail server does not answer. We keep trying, you need not do anything.
messages-no-relay = No outgoing mail server is set yet. It leaves by itself as soon as an administrator has set one.
messages-failed = Could not be sent.
messages-failed-text = It has not reached its recipient or, of several, those named here. Check the address, or phone.
messages-send-again = Send again
messages-bounced = Came back.
messages-bounced-text = The recipient’s mailbox did not accept the reply. Check the address, or phone.
messages-send-on = Forward this letter
messages-sent-on-to = Forwarded to { $address }
messages-forward-from = Forwarded by { $name }
messages-forward = Forwarded
messages-held = Leaves in
messages-undo = Undo
messages-automatic-answer = Automatic answer
messages-earlier =
    { $count ->
        [one] Show one earlier message
       *[other] Show { $count } earlier messages
    }
messages-only-newest = Show only the newest
