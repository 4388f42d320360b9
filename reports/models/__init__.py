from reports.models.alert_rule import AlertRule
from reports.models.backup_note import BackupNote
from reports.models.coverage_definition import CoverageDefinition
from reports.models.crest import Crest
from reports.models.dossier_text import DossierText
from reports.models.exchange import CodeKind, ExchangeCode, ExchangeSystem
from reports.models.figure_question import FigureQuestion, FigureReply
from reports.models.heartbeat import Heartbeat
from reports.models.measure_value import MeasureValue
from reports.models.pack import Document, Face, Pack, PackDownload, PackFile
from reports.models.pack_job import JobPhase, JobState, PackJob
from reports.models.pack_schedule import PackSchedule
from reports.models.pack_template import PackTemplate
from reports.models.pack_text import PackText
from reports.models.practice_room import LIVING, PracticeRoom, RoomState
from reports.models.published_figure import PublishedFigure
from reports.models.recount import Recount
from reports.models.reminder import Mail, Reminder
from reports.models.restatement import Restatement
from reports.models.run import Run
from reports.models.statement_check import StatementCheck
from reports.models.waiting_region import Cause, WaitingRegion

__all__ = [
    "LIVING",
    "AlertRule",
    "BackupNote",
    "Cause",
    "CodeKind",
    "CoverageDefinition",
    "Crest",
    "Document",
    "DossierText",
    "ExchangeCode",
    "ExchangeSystem",
    "Face",
    "FigureQuestion",
    "FigureReply",
    "Heartbeat",
    "JobPhase",
    "JobState",
    "Mail",
    "MeasureValue",
    "Pack",
    "PackDownload",
    "PackFile",
    "PackJob",
    "PackSchedule",
    "PackTemplate",
    "PackText",
    "PracticeRoom",
    "PublishedFigure",
    "Recount",
    "Reminder",
    "Restatement",
    "RoomState",
    "Run",
    "StatementCheck",
    "WaitingRegion",
]
