style-title = House style
style-about = One voice: greeting, closing and words, language by language.
style-greeting = Greeting
style-closing = Closing
style-greeting-help = Put around a letter with one button. In a standard answer the greeting comes where { $greeting } stands, and the closing where { $closing } stands. Filled in by themselves:
style-address = Form of address
style-address-free = As the writer likes
style-avoided = Words we avoid
style-avoided-help = One a line. After = stands what to write instead: user = resident
style-sentence = Most words in a sentence
style-sentence-help = Longer sentences are pointed out while writing. Empty for never.
style-plain = Point out officialese and suggest the plain word
style-bad-number = A sentence may have between { $least } and { $most } words. Leave the field empty for no limit.
style-too-many = That is more than 5,000 characters of words to avoid. Make the list shorter.
style-bad-greeting = Greeting and closing may have 200 characters each, and cannot hold the placeholders { $greeting } or { $closing }. Change them and save again.
style-greet = Greeting
style-greet-title = Put greeting and closing around the text
style-check = Check the text
style-nothing = Nothing to point out.
style-hints = { $count ->
    [one] 1 hint on style
   *[other] { $count } hints on style
}
style-find = Show
style-no-greeting = The letter has no greeting.
style-no-closing = The letter has no closing.
style-hint-avoided = We avoid “{ $word }”.
style-hint-instead = “{ $word }”: we write “{ $instead }”.
style-hint-plainer = “{ $word }” is officialese. Plainer: “{ $instead }”.
style-hint-address = “{ $word }” is not our form of address.
style-hint-long = { $words } words in one sentence: “{ $begins } …”
