"""The rehearsal room: a fictional meeting in a browser, against the real service and the local Teams service.

A seat's page (`/seat/<seat>/`) is the page of `web`, whose back end here is one person of the local Teams: what they
see is the copy of each card that their Teams client would hold, and a press goes to the bot over HTTP as Teams sends
it. The room adds what a rehearsal needs: whose part the script plays, the clock, an inbox, the minutes, another case.
"""
