import resource
import signal
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import InternalError, connection, transaction
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from regions.enums import Verb
from regions.head import BadHead, opened, typed_head
from regions.ledger import hash_of
from regions.merkle import GrowingTree, hash_of_span, leaf_hash, node_hash
from regions.models import Act, Checkpoint, Leaf, LedgerCheck
from regions.selectors.act import list_acts
from regions.selectors.ledger_check import (
    HeadState,
    anchored_heads,
    check_head,
    check_ledger,
    kept_until,
    root_at,
)
from regions.services.act import record_act
from regions.services.head import check_every_night, declare_fork, head_to_print, write_checkpoint
from tests.cast import KOTA_A, KOTA_B
from tests.ledgers import LEDGER_TABLES, settle

pytestmark = pytest.mark.usefixtures("cast_once")


def made(size, seed):
    return [sha256(f"{seed} {place}".encode()).digest() for place in range(size)]


ENTRIES = st.builds(made, st.integers(1, 70), st.integers(0, 2**32))


def grown(entries):
    """The nodes of all entries, and the root after each of them."""
    tree, nodes, roots = GrowingTree(), {}, []
    for entry in entries:
        nodes.update(tree.append(entry))
        roots.append(tree.root)
    return nodes, roots


def root_of(entries):
    tree = GrowingTree()
    for entry in entries:
        tree.append(entry)
    return tree.root


def test_roots_are_those_of_the_standard():
    """RFC 6962, 2.1: the empty tree, one leaf, and three leaves of which the third stands alone."""
    a, b, c = (bytes([n]) * 32 for n in range(3))
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root_of([a]) == leaf_hash(a)
    assert root_of([a, b, c]) == node_hash(node_hash(leaf_hash(a), leaf_hash(b)), leaf_hash(c))


@given(ENTRIES, st.data())
def test_every_size_is_hashed_from_nodes_and_every_leaf_counts(entries, data):
    nodes, roots = grown(entries)
    assert [hash_of_span((0, size), nodes) for size in range(1, len(entries) + 1)] == roots
    place = data.draw(st.integers(0, len(entries) - 1))
    _nodes, others = grown([*entries[:place], bytes(33), *entries[place + 1 :]])
    assert [one == other for one, other in zip(roots, others, strict=True)] == [
        size <= place for size in range(1, len(entries) + 1)
    ]


def recorded(cast, count, **more):
    acts = [record_act(by=cast.wayan, verb=Verb.RECORDED, subject=f"uji {n}", **more) for n in range(count)]
    settle()
    return acts


def tamper(statement, *values, table="regions_act"):
    """As somebody who owns the tables."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        cursor.execute(statement, values)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ledger_no_truncate")


def remove_last(count):
    """The last acts, their places and what they completed of the tree: without a trace in the database."""
    size = Leaf.objects.count() - count
    tree, numbers = GrowingTree(), []
    for place in range(size + count):
        completed = [subtree.number for subtree, _made in tree.append(bytes(32))]
        numbers += completed if place >= size else []
    tamper("DELETE FROM regions_act WHERE id IN (SELECT act_id FROM regions_leaf WHERE position >= %s)", size)
    tamper("DELETE FROM regions_leaf WHERE position >= %s", size, table="regions_leaf")
    tamper("DELETE FROM regions_treenode WHERE number = ANY(%s)", numbers, table="regions_treenode")
    return size


def test_the_tree_in_the_database_is_the_one_of_the_acts(cast):
    recorded(cast, 21)
    assert check_ledger().faults == []
    in_order = Leaf.objects.order_by("position").values_list("act_id", flat=True)
    by_pk = dict(Act.objects.values_list("pk", "hash"))
    assert sorted(by_pk) == sorted(in_order)
    entries = [bytes.fromhex(by_pk[pk]) for pk in in_order]
    _nodes, roots = grown(entries)
    assert [root_at(size) for size in range(1, len(entries) + 1)] == [root.hex() for root in roots]


def test_a_changed_act_is_named(cast):
    acts = recorded(cast, 3)
    write_checkpoint()
    tamper("UPDATE regions_act SET subject = 'lain' WHERE id = %s", acts[1].pk)
    assert check_ledger().faults == [f"Catatan nomor {acts[1].pk} ditulis ulang."]


def test_a_changed_act_with_a_hash_that_fits_breaks_the_chain_and_the_head(cast):
    acts = recorded(cast, 3)
    day = write_checkpoint().at
    acts[1].subject = "lain"
    tamper("UPDATE regions_act SET subject = 'lain', hash = %s WHERE id = %s", hash_of(acts[1]), acts[1].pk)
    assert check_ledger().faults == [
        f"Rantai putus pada catatan nomor {acts[1].pk}.",
        f"{Leaf.objects.count()} catatan pertama bukan yang ditandatangani pada {localdate(day)}; "
        "terakhir sesuai: —.",
        "Simpul pohon catatan tidak sesuai dengan catatannya.",
    ]


def test_rows_removed_at_the_end_are_missed(cast):
    """Nothing in the database shows it: the chain is whole, the tree fits. The head outside does not."""
    recorded(cast, 8)
    head = write_checkpoint()
    size = remove_last(3)
    tamper("DELETE FROM regions_checkpoint", table="regions_checkpoint")
    assert check_ledger().faults == [
        f"Dipendekkan: pada {localdate()} ada {head.size} catatan, sekarang {size}."
    ]
    assert check_head(head.size, head.root[:16]).state == HeadState.SHORTENED


def test_a_head_from_paper_is_told_how_the_ledger_stands(cast):
    recorded(cast, 4)
    first = write_checkpoint()
    assert check_head(first.size, first.root).state == HeadState.FITS
    recorded(cast, 4)
    second = write_checkpoint()
    assert [check_head(head.size, head.root[:16]).state for head in (first, second)] == [HeadState.FITS] * 2
    assert check_head(second.size, "0" * 16).state == HeadState.UNKNOWN
    assert check_head(second.size + 9, "0" * 16).state == HeadState.UNKNOWN
    remove_last(2)
    recorded(cast, 5)
    found = check_head(second.size, second.root)
    assert found.state == HeadState.REWRITTEN
    assert (found.after.size, found.before.size) == (first.size, second.size)


def test_a_restored_backup_goes_on_as_a_declared_fork(cast):
    recorded(cast, 4)
    kept = write_checkpoint()
    recorded(cast, 4)
    lost = write_checkpoint()
    remove_last(4)
    recorded(cast, 6)
    assert len(check_ledger().faults) == 1
    fork = declare_fork(reason="dipulihkan dari cadangan semalam", by=cast.admin)
    settle()
    head = opened(fork.note)
    assert (head.forked_at, head.reason) == (kept.size, "dipulihkan dari cadangan semalam")
    assert check_ledger().faults == []
    found = check_head(lost.size, lost.root)
    assert (found.state, found.reason) == (HeadState.FORKED, "dipulihkan dari cadangan semalam")
    act = Act.objects.get(verb=Verb.FORKED)
    assert (act.subject, act.detail) == (f"{kept.size}", {"reason": "dipulihkan dari cadangan semalam"})
    with pytest.raises(ValueError, match="reason"):
        declare_fork(reason="  ", by=cast.admin)


def test_heads_are_signed_anchored_and_written_once_a_day(cast, settings, time_machine):
    recorded(cast, 2)
    first = write_checkpoint()
    assert write_checkpoint().pk == first.pk
    time_machine.move_to(first.at + timedelta(days=1), tick=False)
    second = write_checkpoint()
    assert [head.size for head in anchored_heads().good] == [first.size, second.size]
    assert settings.LEDGER_ANCHORS.stat().st_mode & 0o777 == 0o600
    assert settings.LEDGER_ANCHORS.read_text().startswith(first.note)
    forged = first.note.replace(f"\n{first.size}\n", f"\n{first.size + 1}\n", 1)
    with pytest.raises(BadHead):
        opened(forged)
    settings.LEDGER_ANCHORS.write_text(forged + "\n")
    assert check_ledger().faults == [ONE_BAD]


def test_a_head_for_which_there_is_no_room_leaves_none_behind(cast, settings):
    recorded(cast, 2)
    write_checkpoint()
    whole = settings.LEDGER_ANCHORS.read_bytes()
    recorded(cast, 1)
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    # As on a full disk: the first bytes still fit, the others do not.
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 10, most[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_checkpoint()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
        signal.signal(signal.SIGXFSZ, ignored)
    assert settings.LEDGER_ANCHORS.read_bytes() == whole
    write_checkpoint()
    assert check_ledger().faults == []
    assert anchored_heads().bad == 0


ONE_BAD = "1 segel yang tersimpan tidak bertanda tangan kunci instalasi ini."


@pytest.mark.parametrize("bad", ["bukan kepala\n\n— siapa AAAA\n\n", "tanpa tanda tangan"])
def test_a_bad_head_keeps_no_other_from_being_checked(cast, settings, bad):
    recorded(cast, 8)
    head = write_checkpoint()
    with settings.LEDGER_ANCHORS.open("a") as stream:
        stream.write(bad)
    check = check_ledger()
    assert (check.faults, check.heads) == ([ONE_BAD], 1)
    assert check_head(head.size + 9, "0" * 16).state == HeadState.UNREADABLE
    size = remove_last(3)
    assert check_ledger().faults == [
        ONE_BAD,
        f"Dipendekkan: pada {localdate()} ada {head.size} catatan, sekarang {size}.",
    ]
    assert check_head(head.size, head.root[:16]).state == HeadState.SHORTENED


def test_a_head_of_before_a_bad_one_in_the_file_and_one_after_it_are_found(cast, settings, time_machine):
    recorded(cast, 2)
    first = write_checkpoint()
    with settings.LEDGER_ANCHORS.open("a") as stream:
        stream.write("bukan kepala\n\n— siapa AAAA\n\n")
    time_machine.move_to(first.at + timedelta(days=1), tick=False)
    second = write_checkpoint()
    tamper("DELETE FROM regions_checkpoint", table="regions_checkpoint")
    found = anchored_heads()
    assert ([head.size for head in found.good], found.bad) == ([first.size, second.size], 1)


def test_without_a_key_there_is_a_sentence_and_papers_bear_no_head(cast, settings):
    recorded(cast, 2)
    write_checkpoint()
    settings.LEDGER_KEY = ""
    tamper("DELETE FROM regions_checkpoint", table="regions_checkpoint")
    (fault,) = check_ledger().faults
    assert fault.startswith("LEDGER_KEY belum ada")
    assert head_to_print() == ""
    assert check_head(99_999, "0" * 16).state == HeadState.UNREADABLE
    assert check_every_night().faults == [fault]


def test_many_heads_are_compared_by_one_question(cast, django_assert_max_num_queries):
    for _head in range(5):
        recorded(cast, 1)
        write_checkpoint()
    heads = anchored_heads().good
    with django_assert_max_num_queries(2):
        assert kept_until(heads) == heads[-1].size
    wrong = replace(heads[2], root="00" * 32)
    assert kept_until([*heads[:2], wrong]) == heads[1].size


def test_every_night_is_noted_and_a_broken_ledger_is_not_signed(cast):
    acts = recorded(cast, 3)
    good = check_every_night()
    assert (good.faults, good.acts, Checkpoint.objects.count()) == ([], Leaf.objects.count(), 1)
    tamper("UPDATE regions_act SET subject = 'lain' WHERE id = %s", acts[0].pk)
    bad = check_every_night()
    assert bad.faults == [f"Catatan nomor {acts[0].pk} ditulis ulang."]
    assert (LedgerCheck.objects.count(), Checkpoint.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12-0123456789abcdef", (12, "0123456789abcdef")),
        (" 12 - 0123 4567 89AB CDEF ", (12, "0123456789abcdef")),
        ("12-0123", None),
        ("x-0123456789abcdef", None),
        ("12-0123456789abcdeg", None),
        ("", None),
    ],
)
def test_a_head_is_read_as_people_type_it(text, read):
    assert typed_head(text) == read


@pytest.mark.parametrize("table", LEDGER_TABLES)
@pytest.mark.parametrize("statement", ["TRUNCATE {} CASCADE", "DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_database_itself_refuses_to_change_the_ledger(cast, table, statement):
    recorded(cast, 1)
    write_checkpoint()
    column = {"regions_leaf": "position", "regions_treenode": "number"}.get(table, "id")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ledger_no_truncate")
        text = statement.format(table, column, column)
        with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
            cursor.execute(text)
    assert check_ledger().faults == []


def test_an_auditor_reads_the_acts_of_the_own_province_only(cast):
    inside = record_act(by=cast.wayan, verb=Verb.RECORDED, subject="di A", region_code=KOTA_A)
    record_act(by=cast.wayan, verb=Verb.RECORDED, subject="lain", region_code="32.16")
    seen = [act.subject for act in list_acts(cast.lestari) if act.verb == Verb.RECORDED]
    assert seen == [inside.subject]
    assert KOTA_B not in {act.region_code for act in list_acts(cast.siti)}


def test_recording_takes_no_lock_before_the_commit(cast):
    """Whoever works long after an act keeps nobody from the ledger."""
    record_act(by=cast.wayan, verb=Verb.RECORDED, subject="uji")
    held = "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND objid = 7312001"
    with connection.cursor() as cursor:
        cursor.execute(held)
        assert cursor.fetchone() == (0,)
        settle()
        cursor.execute(held)
        assert cursor.fetchone() == (1,)
