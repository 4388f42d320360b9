"""Remarks on persons, at the service itself, whichever page or command asks it."""

import pytest

from participants.models import Comment
from participants.services.persons.comment import comment_on_person
from regions.errors import NotPermitted, OutsideScope
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db
READERS = dict.fromkeys(("ratna", "dewi", "lestari"), NotPermitted)
STRANGERS = dict.fromkeys(("budi", "nobody"), OutsideScope)


@pytest.mark.parametrize(("who", "refused"), (READERS | STRANGERS).items())
def test_reading_is_not_writing(cast, who, refused):
    one = ParticipantFactory(entered_by=cast.wayan)
    with pytest.raises(refused):
        comment_on_person(participant_id=one.pk, text="dari pembaca", by=getattr(cast, who))
    assert not Comment.objects.exists()
    made = comment_on_person(participant_id=one.pk, text="dari petugas", by=cast.wayan)
    assert list(Comment.objects.values_list("pk", "text")) == [(made.pk, "dari petugas")]
