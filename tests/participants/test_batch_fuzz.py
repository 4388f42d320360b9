"""Whatever is sent as a list: read or refused, shown, stored wholly or not at all; never an error page."""

import os
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from participants.models import Batch, BatchRow, Enrolment, Participant
from participants.services.batches.batch import confirm_batch
from participants.services.batches.work import work_on_batches
from tests.participants.any_file import SEEDS, mutate
from tests.participants.test_batch_pages import form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(2))
def test_no_upload_gives_an_error_or_half_a_batch(cast, client_of, seed):
    chance, client = random.Random(100 + seed), client_of(cast.wayan)
    for _file in range(int(os.environ.get("FUZZ_UPLOADS", "40"))):
        content = mutate(chance.choice(SEEDS), chance)
        sent = client.post(reverse("batch_send"), form(content, file=SimpleUploadedFile("a.xlsx", content)))
        assert sent.status_code == 302
        work_on_batches()
        batch = Batch.objects.latest("pk")
        assert batch.state in {"checked", "refused"}
        assert client.get(reverse("batch_detail", args=[batch.pk])).status_code == 200
        rows = BatchRow.objects.filter(batch=batch).count()
        if batch.state == "refused":
            assert (rows, bool(batch.refusal)) == (0, True)
            continue
        assert sum(batch.counts["state"].values()) == rows == batch.done
        confirm_batch(pk=batch.pk, by=cast.wayan)
        work_on_batches()
        batch.refresh_from_db()
        assert batch.state == "stored"
        listed = BatchRow.objects.filter(batch=batch, state__in=["new", "changed", "same"])
        digests = {bytes(one) for one in listed.values_list("nik_digest", flat=True)}
        stored = Participant.objects.filter(nik_digest__in=digests)
        assert stored.count() == len(digests) == listed.count()
        assert Enrolment.objects.filter(participant__in=stored).count() == len(digests)
