#pragma once

/// Paper, margins and sizes of administrative documents: Nghị định 30/2020/NĐ-CP, Phụ lục I, parts
/// I (general rules, components) and V (sizes), compared line by line with a transcription of its
/// text (github.com/ericphan28/van-ban-plus,
/// docs/van-ban-phap-quy/nghi-dinh/30-2020-ND-CP/phu-luc). Where the decree leaves a range, the
/// value chosen stands beside it. Its font is Times New Roman; ours is Liberation Serif, which is
/// free and of the same widths.

namespace hailong::documents::layout {

// Phụ lục I, phần I, mục I: A4 upright; millimetres.
inline constexpr double kPageWidth = 210;
inline constexpr double kPageHeight = 297;
inline constexpr double kTop = 20;     // 20 to 25
inline constexpr double kBottom = 20;  // 20 to 25
inline constexpr double kLeft = 30;    // 30 to 35
inline constexpr double kRight = 15;   // 15 to 20
inline constexpr double kTextWidth = kPageWidth - kLeft - kRight;
// Page number: Arabic, centred in the upper margin, none on the first page.
inline constexpr double kPageNumber = 9;  // below the upper edge

// Phụ lục I, mẫu chữ và chi tiết trình bày; points.
inline constexpr double kCountrySize = 12;  // 12 to 13, capitals, bold
inline constexpr double kMottoSize = 13;    // 13 to 14, bold, a line below as long as the text
inline constexpr double kIssuerSize = 12;   // 12 to 13, capitals, bold; a line of 1/3 to 1/2 below
inline constexpr double kNumberSize = 13;   // 13
inline constexpr double kDateSize = 13;     // 13 to 14, italic
inline constexpr double kTitleSize = 14;    // kind and subject: 13 to 14, bold
inline constexpr double kBodySize = 13;     // 13 to 14, justified
inline constexpr double kSignatureSize = 13;    // 13 to 14, capitals, bold
inline constexpr double kRecipientsTitle = 12;  // 12, bold italic
inline constexpr double kRecipientsSize = 11;   // 11
inline constexpr double kPageNumberSize = 13;   // 13 to 14
inline constexpr double kParagraphGap = 6;      // at least 6
inline constexpr double kLineSpacing = 1.1;     // single to 1.5 lines
inline constexpr double kFirstLine = 10;        // 10 or 12.7 mm

// Tables: no size in the decree; small enough for eight columns.
inline constexpr double kTableSize = 11;

// The head's two columns: issuer to the left, country to the right; shares of the text's width.
inline constexpr double kHeadLeft = 0.42;

}  // namespace hailong::documents::layout
