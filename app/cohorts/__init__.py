"""仲間の会: four to six people of one group and of different organisations, with a goal each, for six or twelve weeks.

A term is what coordinators open; whoever signs up has a seat under a label of their own secret; when sign-up ends, seats
are put together into cohorts. A cohort is a place of `app.community`: talk, check-ins and canvases are writings there,
and whoever has no seat in it is told that there is no such page. Uses community, knowledge, escalation and questions.
"""
