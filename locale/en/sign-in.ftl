sign-in-title = Sign in
sign-in-button = Sign in
sign-in-email = E-mail
sign-in-password = Password
sign-in-wrong = E-mail or password do not match. Try again.
sign-in-too-many =
    { $minutes ->
        [one] Too many attempts. Wait a minute and try again.
       *[other] Too many attempts. Wait { $minutes } minutes and try again.
    }
sign-in-busy = Many people are signing in right now. Try again in a moment.
sign-in-ended = You were signed out before it was sent.
sign-in-kept = Your text comes along and waits for you when you have signed in. It has not been sent.
sign-in-demo = Try it as one of these
sign-in-demo-text = This is a demo with invented people. Open two windows and be two colleagues at once.
sign-in-demo-mailboxes = Write as a resident instead
