told-claimed = You took { $number }
told-released = { $number } is released
told-assigned = { $number } is assigned
told-referred = { $number } is referred
told-replied = Reply sent, { $number }
told-replied-and-closed = Reply sent, and { $number } is closed
told-noted = Note saved on { $number }
told-marked-urgent = { $number } is marked as urgent
told-unmarked-urgent = { $number } is no longer urgent
told-closed = { $number } is closed
told-reopened = { $number } is open again
told-linked = Linked
told-dismissed = Suggestion removed
told-retried = Trying again now
told-saved = Saved
told-password-changed = Password changed
told-session-ended = Signed out there
told-letter-sent = Letter sent
told-readdressed = Sent there, and filed now
told-discarded = Discarded. It can be put back for 30 days
told-restored = It is back in quarantine
told-joined = They are one person now. You can undo it below
told-parted = They are two persons again
told-forwarded = { $number } is forwarded
told-draft-discarded = Draft discarded
told-withdrawn = Not sent; the text is your draft again
told-marked-unread = { $number } is marked as unread
told-undone = Undone
told-not-undone = Not undone: it has been changed since
told-invited = The link is on its way by mail
told-undo = Undo
told-snoozed = { $number } is snoozed
told-tagged = Tag added
told-untagged = Tag removed
told-followed = You follow { $number }
told-unfollowed = You no longer follow { $number }
told-unlinked = No longer linked
told-split = Split off into { $number }
told-merged = Merged into { $number }
told-taken-over = You took over { $number }
told-went-away = The absence is saved
told-came-back = Welcome back
told-many-back = { $count ->
    [one] One is as it was before
   *[other] { $count } are as they were before
}
told-many =
    { $count ->
        [one] One done
       *[other] { $count } done
    }
told-begun = Here is how it went
told-stopped = Stopped
told-nothing-chosen = There was nothing to do
told-categorised = The category of { $number } is changed
