bulk-title = Several inquiries
bulk-back = Back to the list
bulk-running = { $done } of { $total } done, { $refused } not. You can go on meanwhile.
bulk-finished = { $done } of { $total } done, { $refused } not.
bulk-stopped = Stopped: { $done } of { $total } done, { $refused } not.
bulk-stop = Stop
bulk-undo = Undo all of it
bulk-undone = Undone
bulk-not-done =
    { $count ->
        [one] One was not done
       *[other] { $count } were not done
    }
bulk-nothing = There were none
bulk-would-open = It is restricted. Refer it by itself.
bulk-gone = It lies elsewhere now.
bulk-other = It could not be done. Try it by itself.
bulk-ask =
    { $count ->
        [one] What should be done to the one?
       *[other] What should be done to the { $count }?
    }
bulk-ask-all = What should be done to the whole folder?
bulk-missing = Something is missing. Choose who, where or when.
bulk-untag = Take off
bulk-choose = Select several
bulk-choose-this = Select { $number }
bulk-all-uncounted = All in the folder, the newest { $most } at most
bulk-all-count = All { $count } in the folder
bulk-chosen = {"{n}"} selected
bulk-mark-read = Mark as read
bulk-merge = Merge them
bulk-merge-into = Everything goes on in the oldest, { $number } { $subject }, and the others are closed. It can be undone.
bulk-merge-anyway = Yes, they are about the same matter, also those from other people
bulk-merge-send = Merge
bulk-two-persons = It is from another person. Merge it by itself if it is the same matter.
