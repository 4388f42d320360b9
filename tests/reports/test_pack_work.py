from tests.reports.packs import made


def test_first(figures, cast):
    pack = made(cast.siti)
    assert sorted(pack.files.values_list("face", flat=True)) == ["docx", "pdf", "pptx", "xlsx"]
    for f in pack.files.all():
        open(f"/tmp/hD_first.{f.face}", "wb").write(bytes(f.content))
