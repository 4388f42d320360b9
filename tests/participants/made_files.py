"""Small spreadsheets written by hand, as offices and applications write them. All persons are invented."""

import random
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from msoffcrypto.format.ooxml import OOXMLFile

HEADER = ["No", "NIK", "Nama Lengkap", "Tanggal Lahir", "L/P", "Kecamatan"]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"


def person(serial, **changes):
    """A row of HEADER whose parts agree: a man born on 7 April 1965 in 36.72."""
    row = {"no": serial, "nik": f"367201070465{serial:04}", "name": f"Budi {_letters(serial)}"}
    row |= {"birth": "07/04/1965", "sex": "L", "district": "Cibeber"} | changes
    return list(row.values())


def _letters(number):
    return "".join(chr(97 + int(digit)) for digit in str(number))


def cell_name(row, column):
    return f"{chr(65 + column)}{row}"


def sheet_xml(rows, first_row=1, first_column=0):
    lines = []
    for number, cells in enumerate(rows, start=first_row):
        inside = []
        for column, value in enumerate(cells, start=first_column):
            name = cell_name(number, column)
            if isinstance(value, int | float):
                inside.append(f'<c r="{name}"><v>{value!r}</v></c>')
            elif value != "":
                text = f"<is><t>{escape(value)}</t></is>"
                inside.append(f'<c r="{name}" t="inlineStr">{text}</c>')
        lines.append(f'<row r="{number}">{"".join(inside)}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def xlsx(sheets, hidden=()):
    """Bytes of a workbook: name of a sheet → its rows, or its XML."""
    listed, relations, types, parts = [], [], [], {}
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed.append(f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="r{number}"/>')
        relations.append(
            f'<Relationship Id="r{number}" Type="{_RELATIONS}/worksheet" '
            f'Target="worksheets/sheet{number}.xml"/>'
        )
        part = f"xl/worksheets/sheet{number}.xml"
        types.append(f'<Override PartName="/{part}" ContentType="{_SHEET.format("worksheet")}"/>')
        parts[part] = rows if isinstance(rows, str) else sheet_xml(rows)
    main = f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET.format("sheet.main")}"/>'
    default = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    parts["[Content_Types].xml"] = f'<Types xmlns="{_TYPES}">{default}{main}{"".join(types)}</Types>'
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}">{"".join(relations)}</Relationships>'
    )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{"".join(listed)}</sheets></workbook>'
    )
    return zipped(parts)


def ods(rows, tail=""):
    """Bytes of an OpenDocument sheet; `tail` is XML after the last row."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in rows)
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    table = f'<table:table table:name="Daftar">{lines}{tail}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return zipped(
        {
            "mimetype": kind,
            "content.xml": f"<office:document-content {names}>{body}</office:document-content>",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}"/>',
        }
    )


def _ods_cell(value):
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if value == "":
        return "<table:table-cell/>"
    text = f"<text:p>{escape(value)}</text:p>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


def csv(rows, delimiter=";", encoding="utf-8"):
    lines = (delimiter.join(str(cell) for cell in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def locked(book, password):
    """A workbook behind a password. Padded with what no list shows: small ones the library writes so that
    nobody can open them."""
    content = BytesIO(book)
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("docProps/custom.xml", random.Random(1).randbytes(9000))
    output = BytesIO()
    OOXMLFile(content).encrypt(password, output)
    return output.getvalue()
