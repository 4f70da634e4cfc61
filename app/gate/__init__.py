"""The way in: the charter item by item, first steps, a coordinator's word about a post. Uses accounts and questions.

Where somebody stands on the way in is kept in a locker of their own (`app.questions.promise`), so nobody can list who is
new; who has accepted nothing is led to /welcome and posts nothing. A wish for a word comes with any post
(`app.questions.wishing`), so that a row here does not say whose first post it is about.
"""
