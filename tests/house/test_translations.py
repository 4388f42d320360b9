from jamsostek_monitor.translations import extract, problems


def test_messages_of_templates_and_of_python_are_found():
    found = {message.id if isinstance(message.id, str) else message.id[0] for message in extract()}
    assert {
        "Perkembangan UCJ",
        "Universal Coverage Jamsostek (UCJ)",
        "Belum ada angka publikasi yang dicatat untuk wilayah ini.",
        # Inside an f-string.
        "Perlu diperbaiki:",
    } <= found


def test_english_is_complete():
    assert problems("en") == []
