"""Addresses of places, months and words alone: nothing stored stands behind their arguments."""

from tests.cast import KOTA_A

OF_PLACES = dict.fromkeys(
    (
        *("arrears", "region_board", "meeting", "region_comparison", "region_comparison_csv"),
        *("region_comparison_pdf", "region_comparison_picture", "region_status", "category_need"),
        *("used_plan", "region_pledges", "cover_endings", "region_definitions", "job_retry"),
        *("region_share", "region_card", "public_region", "public_csv", "what_moved", "what_moved_csv"),
        *("what_moved_pdf", "target_page", "denominators"),
    ),
    (KOTA_A,),
)
MONTH = [KOTA_A, "2025-07"]
FIGURE = [*MONTH, "COV-01"]
OF_WORDS = {
    "ledger_export": ["csv"],
    "glossary_term": ["ucj"],
    "practice_over": [1],
    "practice_over_below": [1, "kiriman/"],
    **dict.fromkeys(("handbook", "handbook_pdf"), ("perencana",)),
    **dict.fromkeys(("definition_detail", "definition_decide"), ("ucj-semua-segmen",)),
    "region_tab": [KOTA_A, "uang"],
    "region_pdf": [KOTA_A, "uang"],
    "region_csv": [KOTA_A, "angka"],
    "region_picture": [KOTA_A, "kategori"],
    "what_moved_picture": [KOTA_A, "ditanggung"],
    **dict.fromkeys(("cover_ending_people", "cover_ending_letter"), (KOTA_A, "2025-09")),
    "api_changes": [KOTA_A, "2025-06", "2025-07"],
    "api_nothing": ["tidak-ada"],
    **dict.fromkeys(("explanation", "question_ask", "api_explanation"), FIGURE),
    **dict.fromkeys(("evidence", "api_measures", "api_month_steps", "api_month_extra", "month_extra"), MONTH),
    **dict.fromkeys(("month_page", "month_step", "reopening_ask", "closing_record", "person_month"), MONTH),
    **dict.fromkeys((f"month_entry_{page}" for page in ("grid", "grid_row", "grid_undo")), MONTH),
    **dict.fromkeys((f"month_entry_{page}" for page in ("repeat", "print")), MONTH),
    **dict.fromkeys((f"money_month{page}" for page in ("", "_row", "_undo", "_none")), MONTH),
    **dict.fromkeys((f"month_entry_regions{page}" for page in ("", "_row", "_undo")), ("2025-07",)),
    "month_entry_cell": [*MONTH, "members:pu"],
    **dict.fromkeys(
        (f"person_grid{page}" for page in ("", "_row", "_undo")),
        (KOTA_A, "linmas", "apbd_kabkota", "2025-07"),
    ),
    **dict.fromkeys(
        ("person_month_repeat", "person_month_end", "cell_comments"), (*MONTH, "linmas", "apbd_kabkota")
    ),
}
# What follows the address.
ASKED = {
    "list_template": f"?wilayah={KOTA_A}&kategori=linmas&bulan=2025-07",
    "search": "?kata=Budi",
    "api_data_values": "?period=202507",
    "api_attachments": f"?kind=month&subject={KOTA_A}_2025-07",
    "overlap_persons": "?kategori=linmas&kategori=kader",
    "region_picture": "?periode=2025-07",
    "region_comparison_picture": "?periode=2025-07",
    "what_moved_csv": "?dari=2025-05&sampai=2025-07",
    "what_moved_picture": "?dari=2025-05&sampai=2025-07",
}
