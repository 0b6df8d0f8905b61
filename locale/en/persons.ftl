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
persons-add-address-help = If somebody else was known by it, the two become one person with one history.
persons-add = Add
persons-not-an-address = That is no e-mail address of a resident.
persons-not-joined = These two cannot be joined here.
