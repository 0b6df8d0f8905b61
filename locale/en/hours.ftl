hours-title = Opening hours
hours-title-text = When people are at work. Targets count only while it is open.
hours-targets = Service targets
hours-targets-text = How soon residents are answered, and which deadlines the law sets.
hours-categories = Categories
hours-categories-text = What kind of matter an inquiry is. Service targets may depend on it.
hours-name = Name
hours-new = New opening hours
hours-remove = Remove
hours-add = Add
hours-week = The week
hours-week-help = Write for example 8-12, 12:30-15:30. Past midnight: 22-6. Around the clock: 0-24. Empty is closed.
hours-monday = Monday
hours-tuesday = Tuesday
hours-wednesday = Wednesday
hours-thursday = Thursday
hours-friday = Friday
hours-saturday = Saturday
hours-sunday = Sunday
hours-closed = Closed
hours-half = Closes at 12
hours-as-usual = As usual
hours-holidays = Holidays
hours-holidays-help = Fill in as is usual in:
hours-denmark = Denmark
hours-norway = Norway
hours-sweden = Sweden
hours-one-offs = Days that differ
hours-one-offs-help = A week of closure, a long evening, the summer’s hours. An empty line does not count.
hours-from = From
hours-to = To
hours-open = Open
hours-what = What
hours-no-date = A day that differs needs a date in the field From.
hours-not-hours = “{ $text }” are no hours. Write for example 8-12, 12:30-15:30.
hours-never-open = With these hours it never opens, and nothing would ever be due. Write hours for at least one day.
hours-wrong-order = An end date lies before its start date. Swap them.
hours-too-long = Special hours may last a year at most. Change the week instead.
hours-too-many = There are too many days that differ. Remove those that are past.
hours-no-name = Write a name.
hours-name-there = The name is in use. Choose another.
hours-in-use = Service targets count by these hours. Remove the targets first.
hours-target-there = There is such a target for the same inquiries. Remove that one first.
hours-no-time = Write how long: hours such as 4 or 1.5, days such as 7.
hours-in-short = { $week } · holidays: { $holidays } · other days: { $days }
hours-hours-of-work = 
    { $count ->
        [one] one hour of work
       *[other] { $count } hours of work
    }
hours-minutes-of-work = 
    { $count ->
        [one] one minute of work
       *[other] { $count } minutes of work
    }
hours-working-days = 
    { $count ->
        [one] one working day
       *[other] { $count } working days
    }
hours-calendar-days = 
    { $count ->
        [one] one calendar day
       *[other] { $count } calendar days
    }
hours-for-all = All inquiries
hours-category-unused = { $name } (no longer used)
hours-new-target = New target
hours-first = Targets count in opening hours, and there are none yet.
hours-no-targets = There are no targets yet. Add the first one below.
hours-target-what = What
hours-what-first-answer = First answer, in hours of work
hours-what-done = Done, in hours of work
hours-what-working-days = Legal deadline, in working days
hours-what-calendar-days = Legal deadline, in calendar days
hours-amount = How many
hours-department = Department
hours-all-departments = All departments
hours-category = Category
hours-any-category = Any category
hours-calendar = Counted in
hours-remind = Remind this many hours before
hours-remind-help = The owner is told. A deadline in days reminds a day before.
hours-trial = Try it
hours-trial-at = A letter that comes in at
hours-trial-ask = See when it is due
hours-trial-due = { $aim } is due { $when }
hours-trial-none = No target holds for such a letter.
hours-no-categories = There are no categories yet.
hours-new-category = New category
hours-sort = Place
hours-sort-number = The place is a whole number, such as 3. Nothing was saved.
hours-used = In use
hours-new-years-day = New Year’s Day
hours-twelfth-night = Twelfth Night
hours-epiphany = Epiphany
hours-wednesday-before-easter = Wednesday before Easter
hours-maundy-thursday = Maundy Thursday
hours-good-friday = Good Friday
hours-easter-sunday = Easter Sunday
hours-easter-monday = Easter Monday
hours-walpurgis-night = Walpurgis Night
hours-labour-day = 1 May
hours-norwegian-national-day = 17 May
hours-ascension-day = Ascension Day
hours-day-after-ascension = Friday after Ascension
hours-whit-sunday = Whit Sunday
hours-whit-monday = Whit Monday
hours-danish-constitution-day = Danish Constitution Day
hours-swedish-national-day = Swedish National Day
hours-midsummer-eve = Midsummer Eve
hours-midsummer-day = Midsummer Day
hours-all-saints-day = All Saints’ Day
hours-christmas-eve = Christmas Eve
hours-christmas-day = Christmas Day
hours-second-christmas-day = 26 December
hours-new-years-eve = New Year’s Eve
