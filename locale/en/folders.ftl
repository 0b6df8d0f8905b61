folders-shared = Shared inbox
folders-own = Mine
folders-colleagues = Colleagues
folders-other = Other
folders-departments = My departments
folders-other-departments = Other departments
folders-all = All departments
folders-unowned = Unowned
folders-mine = Mine
folders-waiting = Awaiting reply
folders-sent = Answered by me
folders-closed = Closed
folders-quarantine = Quarantine
folders-department = Department
folders-colleague = Colleague
folders-restricted = restricted
folders-list = List of inquiries
folders-waiting-count =
    { $count ->
        [one] { $shown } waits
       *[other] { $shown } wait
    }
folders-unread = Unread.
folders-messages =
    { $count ->
        [one] One message
       *[other] { $count } messages
    }
folders-paging = Pages of the list
folders-older = Older
folders-newer = Newer
folders-more = More
folders-top = To the top
folders-see-unowned =
    { $count ->
        [one] See the one without an owner
       *[other] See the { $count } without an owner
    }
folders-department-gone = This department is gone
folders-department-gone-text = It was removed, or is for its members only. What was in it lies in another one.
folders-all-done = All answered
folders-all-done-text = Nobody is waiting here. New letters appear by themselves.
folders-mine-done = You are up to date
folders-mine-done-text = Nobody is waiting for an answer from you.
folders-nothing-waits = Nothing is waiting
folders-nothing-waits-text = What you have answered stays here until the resident replies or you close it.
folders-colleague-none = Nothing open
folders-colleague-none-text = This colleague has no open inquiries that you can see.
folders-none-closed = Nothing is closed yet
folders-none-closed-text = What is done lies here.
folders-drafts = Drafts
folders-no-drafts = No drafts
folders-no-drafts-text = What you begin to write lies here until you send it.
folders-none-sent = You have not answered anyone yet
folders-none-sent-text = What you have answered lies here, newest first.
folders-snoozed = Snoozed
folders-followed = Following
folders-none-snoozed = Nothing is snoozed
folders-none-snoozed-text = What you put off lies here and comes back by itself.
folders-none-followed = You follow nothing
folders-none-followed-text = Choose Follow under More, or be named with @ in an internal note.
folders-newer-above = Newer: {"{n}"}
folders-left = No longer in this folder.
