"""The day on which tests of roles and links take place; see the fixture `on_that_day`."""

from datetime import timedelta

from django.utils.timezone import localdate

# After the day on which the tables of reference were loaded, even where that was done near midnight.
TODAY = localdate() + timedelta(days=1)
