from django import template

from regions import formats
from regions.device import device_words
from regions.month import month_choices
from regions.stored_text import retold, shown

register = template.Library()

for number in (
    formats.whole,
    formats.percent,
    formats.rupiah,
    formats.short_rupiah,
    formats.points,
    formats.signed,
    formats.svg_share,
):
    register.filter(number.__name__, number)
for day in (
    formats.month_name,
    formats.day_name,
    formats.moment,
    formats.short_moment,
    formats.exact_moment,
    formats.iso_month,
):
    register.filter(day.__name__, day, expects_localtime=True)
register.filter("device_words", device_words)
register.filter("shown", shown)
register.filter("retold", retold)
register.filter("month_choices", month_choices)
