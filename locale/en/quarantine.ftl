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
quarantine-readdress = Send to another of our addresses
quarantine-to = Whose letter is it?
quarantine-readdress-help = It is filed as if it had come there. If it cannot be read, it comes back to the quarantine.
quarantine-readdress-now = Send there
quarantine-opens = Yes, all staff may see what until now was only for one department
quarantine-discard = Discard
quarantine-discard-why = Why?
quarantine-discard-help = It can be put back for 30 days. Then it is gone for good.
quarantine-discard-now = Discard the letter
quarantine-discarded = Discarded
quarantine-discarded-text = Kept for 30 days; until then each can be put back.
quarantine-discarded-one = This letter was discarded. It can be put back for 30 days.
quarantine-restore = Put back
