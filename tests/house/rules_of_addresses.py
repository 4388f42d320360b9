"""What stands behind the addresses of rules, duties, meetings and outreach: their arguments."""

from participants.services.outreach_event import record_outreach_events
from participants.services.perisai_agent import record_agent_recruits
from regions.services.duty import DutyGiven, file_evidence, record_duty
from regions.services.meeting import record_commitments, record_minutes
from regions.services.regulation import record_regulations
from tests.cast import KOTA_A
from tests.factories import (
    AgentRecruitsFactory,
    CommitmentFactory,
    MinutesFactory,
    OutreachEventFactory,
    RegulationFactory,
)
from tests.sent_facts import stored_agent


def rules_of_an_office(cast, system):
    """Arguments of the addresses of a rule of Kota A, and of a duty with evidence."""
    (rule,) = record_regulations([RegulationFactory()], by=system).created
    pages = ("correct", "detail", "stages", "link")
    found = {f"regulation_{page}": [rule.pk] for page in pages}
    given = DutyGiven("Sosialisasi", ["wali_kota"], "Surat uji nomor 1")
    duty = record_duty(regulation=rule.pk, given=given, by=cast.wayan)
    filed = file_evidence(
        duty=duty.pk, region_code=KOTA_A, period=None, statement="Rapat 1 Juli", by=cast.wayan
    )
    found |= {"duty_change": [duty.pk], "duty_file": [duty.pk, KOTA_A]}
    found |= {"duty_evidence": [filed.pk], "duty_check": [filed.pk]}
    found |= {"duty_place": [KOTA_A], "duty_letter": [KOTA_A], "duty_addressees": [KOTA_A, duty.pk]}
    (held,) = record_minutes([MinutesFactory()], by=system).created
    (promised,) = record_commitments(
        [CommitmentFactory(minutes=held, problem="Nelayan Uji", promise="Uji")], by=system
    ).created
    found |= {f"minutes_{page}": [held.pk] for page in ("correct", "detail", "file")}
    found |= {"commitment_correct": [promised.pk], "duty_board": [KOTA_A]}
    found |= outreach_of(system)
    facts = ("regulation_correct", "minutes_correct", "commitment_correct", *OUTREACH)
    found |= rows_for_programs({name: found[name] for name in facts})
    return {**found, "regulation_unlink": [rule.pk, 1], "legal_basis": [KOTA_A]}


OUTREACH = ("outreach_event_correct", "perisai_agent_correct", "agent_recruits_correct")


def outreach_of(system):
    """Arguments of the addresses of an event, an agent and whom they registered."""
    (event,) = record_outreach_events([OutreachEventFactory(title="Nelayan Uji")], by=system).created
    agent = stored_agent(name="Agen Rahasia")
    (recruits,) = record_agent_recruits([AgentRecruitsFactory(agent=agent)], by=system).created
    return {
        "outreach_event_detail": [event.pk],
        **{key: [KOTA_A] for key in ("outreach_board", "dossier", "dossier_file")},
        **dict(zip(OUTREACH, ([event.pk], [agent.pk], [recruits.pk]), strict=True)),
    }


def rows_for_programs(arguments):
    """The same rows at the addresses of the API."""
    return {
        f"api_{name.removesuffix('_correct')}_{place}": one
        for name, one in arguments.items()
        for place in ("row", "removal")
    }
