"""Prints a Word document as other programs read it: its paragraphs with their styles, its tables, its page."""
import sys

import docx

document = docx.Document(sys.argv[1])
section = document.sections[0]
print("page", *(round(length.mm) for length in (
    section.page_width, section.page_height, section.top_margin, section.right_margin,
    section.bottom_margin, section.left_margin)))
print("title", document.core_properties.title)
print("mark", "NGƯỠNG TẠM" in section.first_page_header._element.xml,
      "NGƯỠNG TẠM" in section.header._element.xml)
print("foot", "|".join(footer.paragraphs[0].text for footer in (
    section.first_page_footer, section.footer)))
for paragraph in document.paragraphs:
    print(f"{paragraph.style.name}: {paragraph.text}")
for table in document.tables:
    repeats = "w:tblHeader" in table.rows[0]._tr.xml
    print(f"== table repeats={repeats}")
    for row in table.rows:
        print("|".join(cell.text.replace("\n", " / ") for cell in row.cells))
