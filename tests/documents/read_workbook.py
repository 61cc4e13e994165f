"""Prints a workbook as other programs read it: a line for each sheet, then one for each row, the kind of
every value before it (s text, n figure), and one for each chart: its kind, where its figures are, its
axis, the colours of its bars."""
import sys

import openpyxl

workbook = openpyxl.load_workbook(sys.argv[1])
print("created", workbook.properties.created.isoformat())
for sheet in workbook.worksheets:
    print(f"== {sheet.title} frozen={sheet.freeze_panes} mark={sheet.oddHeader.center.text or ''}"
          f" foot={(sheet.oddFooter.left.text or '').replace('&&', '&')}")
    for row in sheet.iter_rows():
        print("|".join(f"{cell.data_type}:{cell.value}" for cell in row if cell.value is not None))
    for chart in sheet._charts:
        series = chart.series[0]
        colours = ",".join(point.spPr.solidFill.srgbClr for point in series.dPt)
        print(f"chart {chart.tagname} {series.cat.strRef.f} {series.val.numRef.f} "
              f"{chart.y_axis.scaling.min:g}-{chart.y_axis.scaling.max:g} [{colours}]")
