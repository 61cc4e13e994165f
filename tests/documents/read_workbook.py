"""Prints a workbook as other programs read it: a line for each sheet, then one for each row, the kind of
every value before it (s text, n figure)."""
import sys

import openpyxl

workbook = openpyxl.load_workbook(sys.argv[1])
print("created", workbook.properties.created.isoformat())
for sheet in workbook.worksheets:
    print(f"== {sheet.title} frozen={sheet.freeze_panes} mark={sheet.oddHeader.center.text or ''}")
    for row in sheet.iter_rows():
        print("|".join(f"{cell.data_type}:{cell.value}" for cell in row if cell.value is not None))
