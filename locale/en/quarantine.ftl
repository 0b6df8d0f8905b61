quarantine-title = Quarantine
quarantine-text = Letters that Torg could not read. Nothing of them is lost: look at them as they came, or try again.
quarantine-none = Nothing in quarantine
quarantine-none-text = Everything that came is in its place.
quarantine-no-sender = Unknown sender
quarantine-one = Letter in quarantine
quarantine-from = From { $name }
quarantine-back = Back to the quarantine
quarantine-why = Why it is here:
quarantine-safe = The letter itself is kept unchanged.
quarantine-facts =
    Came { $when } to { $to } · { $size } · { $attempts ->
        [one] one attempt
       *[other] { $attempts } attempts
    }
quarantine-retry = Try again
quarantine-raw = All of it, raw
quarantine-content = Content
quarantine-more = This is the beginning. The rest is under “All of it, raw”.
