persons-about = About the resident
persons-open = Show the resident
persons-since = Has written since { $year }
persons-addresses = Addresses
persons-inquiries = Inquiries
persons-all =
    { $count ->
        [one] Show the one
       *[other] Show all { $count }
    }
persons-page = Full page
persons-same-matter-question = The same matter?
persons-same-matter = Same matter
persons-not-the-same = Not the same
persons-linked = Belongs together with
persons-why-number = The number is in the subject, but somebody else wrote.
persons-why-reference = The letter refers to something several people may hold.
persons-why-subject = Same sender and same subject.
persons-add-address = Another address
persons-add = Add
persons-not-an-address = That is no e-mail address of a resident.
persons-not-joined = These two cannot be joined here.
persons-add-address-help = If somebody else is known by it, you are asked whether the two are one.
persons-back = Back to the inquiries
persons-join-question = Are { $name } and { $other } the same person?
persons-join-known =
    { $other } is known by that address and has { $count ->
        [one] one inquiry
       *[other] { $count } inquiries
    }.
persons-join-what = If they are, both become { $name }, with one history and all addresses. You can undo it on this page.
persons-join = Yes, join them
persons-join-not = No, leave them as two
persons-joined = Joined with
persons-joined-by =
    { $count ->
        [one] one inquiry
       *[other] { $count } inquiries
    } · joined by { $by } { $when }
persons-undo = Undo
