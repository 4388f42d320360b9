"""Each table on a page can be taken as a file, or it is said why not and where its rows are taken instead."""

from tests.house.source import ROOT, TEMPLATES, text_of

# Typed into, or a question before something is done: what is stored stands in a list with a file.
FORMS = """
participants/batch_mend.html participants/month_entry_cell.html participants/month_entry_grid.html
participants/month_entry_print.html participants/month_entry_regions.html participants/month_entry_repeat.html
participants/person_correct.html participants/person_grid.html budgets/money_month.html
budgets/tariff_calculator.html reports/_review_table.html reports/plan_create.html regions/_rule_effect.html
participants/_extra_field_rows.html regions/month_rule_list.html reports/exchange_list.html
reports/definition_detail.html
"""
# Parts of a page that carries the downloads of all its tables: `angka.csv`, `tren.csv`, the PDF of a tab.
PARTS = """
reports/_board_below.html reports/_category_targets.html reports/_dues.html reports/_money_months.html
reports/_payers.html reports/_rank.html reports/_section_table.html reports/_segments.html
reports/_targets.html reports/_trend.html reports/_published.html reports/_comparison_parts.html
reports/_moved_figure.html reports/_moved_rows.html reports/_funnel.html participants/_funnel.html
participants/_category_targets.html reports/_target_years.html reports/_since_approval.html
reports/_plan_hangs_on.html reports/_plan_left_out.html reports/_plan_months.html reports/_plan_years.html
reports/_used_plan.html reports/regulations/_stage_table.html
"""
# Where the same rows are taken, by the template that shows them.
ELSEWHERE = {
    "budgets/double_funding_person.html": "pendanaan-ganda/unduh/",
    "budgets/money_batch_detail.html": "anggaran/berkas/…/bertanda/",
    "budgets/reconciliation_detail.html": "rekonsiliasi/…/orang.csv",
    "budgets/tariff_timeline.html": "tarif/daftar/",
    "participants/_duplicate_pair.html": "two records side by side, each in peserta/unduh/",
    "participants/attachment_list.html": "the documents themselves",
    "participants/batch_detail.html": "kiriman/…/bertanda/",
    "participants/person_detail.html": "peserta/…/pelindungan/data/",
    "participants/person_privacy.html": "peserta/…/pelindungan/data/",
    "regions/ledger.html": "catatan/unduh/",
    "regions/hook_detail.html": "api/v1/hooks/",
    "regions/hook_list.html": "api/v1/hooks/",
    "reports/_home_months.html": "bulan/",
    "reports/_home_quarter.html": "bulan/",
    "reports/_pack_table.html": "the files of the pack",
    "reports/_pack_verdict.html": "the files of the pack",
    "reports/cover_ending_people.html": "peserta/unduh/",
    "reports/home_auditor.html": "catatan/unduh/, penyajian-kembali/",
    "reports/home_planner.html": "wilayah/…/angka.csv",
    "reports/meeting.html": "one page to be shown; wilayah/…/angka.csv",
    "reports/minutes_detail.html": "the minutes as DOCX",
    "reports/pack_job.html": "pekerjaan/",
    "reports/plan_line.html": "rencana/…/ and its lines",
    "reports/plan_month.html": "rencana/…/ and its lines",
    "reports/_plan_opened_lines.html": "rencana/…/ and its lines",
    "reports/public_region.html": "publik/…/angka.csv",
    "reports/regulations/regulation_detail.html": "counts of addressees of one rule; the register is a list",
    "reports/practice_steps.html": "the answers of whoever sent the list, in the first steps of practice",
    "reports/preparation.html": "what an administrator has yet to do",
    "reports/statement_list.html": "pernyataan/…/",
    "reports/target_page.html": "target/, target/kategori/",
    "reports/user_detail.html": "pengguna/",
    "reports/pack_schedule_list.html": "what is made by itself, and when",
    "reports/pack_template_list.html": "the templates themselves",
    "reports/crest_list.html": "the pictures themselves",
}
# Of the account of the person who looks, or of the application itself.
OWN = """
account/login.html mfa/webauthn/authenticator_list.html regions/_api_tokens.html regions/components_page.html
usersessions/usersession_list.html
"""


def test_each_table_has_its_file():
    given = {*FORMS.split(), *PARTS.split(), *ELSEWHERE, *OWN.split()}
    with_table, without_file = set(), set()
    for path in TEMPLATES:
        name, text = str(path.relative_to(ROOT / "templates")), text_of(path)
        if "<table" in text:
            with_table.add(name)
            if "components/downloads.html" not in text and "unduh" not in text:
                without_file.add(name)
    assert sorted(without_file - given) == []
    assert sorted(given - without_file) == [], "no table any more, or it has a file now"
