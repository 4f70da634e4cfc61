"""What a member is told: a note that their own session finds in their inbox, and where they want it a mail.

Every kind of note is named in `kinds`; whoever has something to tell calls `service.tell`. Uses mail and jobs.
"""
