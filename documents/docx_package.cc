#include "documents/docx_package.h"

#include <zip.h>

#include <memory>

#include "documents/xml.h"

namespace hailong::documents {
namespace {

struct DiscardArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, DiscardArchive>;
using Source = std::unique_ptr<zip_source_t, FreeSource>;

core::Failure cannot_pack(const std::string& why) {
  return core::fail(core::Fault::kIo, "cannot pack a document: " + why);
}

std::string content_types() {
  const std::string word = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
  return std::string(kXmlHead) +
         "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
         "<Default Extension=\"rels\" "
         "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
         "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
         "<Override PartName=\"/word/document.xml\" ContentType=\"" +
         word + "document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"" +
         word + "styles+xml\"/><Override PartName=\"/word/header_first.xml\" ContentType=\"" +
         word + "header+xml\"/><Override PartName=\"/word/header_next.xml\" ContentType=\"" + word +
         "header+xml\"/><Override PartName=\"/word/footer.xml\" ContentType=\"" + word +
         "footer+xml\"/><Override PartName=\"/docProps/core.xml\" "
         "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";
}

std::string relationships(const std::string& entries) {
  return std::string(kXmlHead) +
         "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
         entries + "</Relationships>";
}

std::string relationship(const std::string& id, const std::string& type,
                         const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + type + "\" Target=\"" + target + "\"/>";
}

std::string core_properties(const DocumentProperties& properties) {
  const std::string moment = core::to_string(properties.date) + "T00:00:00Z";
  return std::string(kXmlHead) +
         "<cp:coreProperties "
         "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
         "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>" +
         xml_text(properties.title) + "</dc:title><dc:creator>" + xml_text(properties.author) +
         "</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">" + moment +
         "</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">" + moment +
         "</dcterms:modified></cp:coreProperties>";
}

/// A date as ZIP files keep it (PKWARE APPNOTE 4.4.6): years since 1980, month, day.
zip_uint16_t dos_date(core::LocalDate date) {
  return static_cast<zip_uint16_t>(((static_cast<int>(date.year()) - 1980) << 9) |
                                   static_cast<int>(static_cast<unsigned>(date.month()) << 5) |
                                   static_cast<int>(static_cast<unsigned>(date.day())));
}

core::Result<void> add_part(zip_t* archive, const std::string& path, const std::string& text,
                            core::LocalDate date) {
  // Not copied: `text` outlives the archive.
  Source source(zip_source_buffer(archive, text.data(), text.size(), 0));
  if (!source) return cannot_pack(zip_strerror(archive));
  const zip_int64_t index = zip_file_add(archive, path.c_str(), source.get(), ZIP_FL_ENC_UTF_8);
  if (index < 0) return cannot_pack(zip_strerror(archive));
  static_cast<void>(source.release());  // the archive's now
  if (zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, dos_date(date), 0) != 0) {
    return cannot_pack(zip_strerror(archive));
  }
  return {};
}

core::Result<std::string> bytes_of_source(zip_source_t* source) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) {
    return cannot_pack(zip_error_strerror(zip_source_error(source)));
  }
  std::string bytes(stat.size, '\0');
  const zip_int64_t length = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (length != static_cast<zip_int64_t>(bytes.size())) return cannot_pack("it is cut short");
  return bytes;
}

}  // namespace

core::Result<std::string> pack_docx(std::vector<std::pair<std::string, std::string>> parts,
                                    const DocumentProperties& properties) {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  parts.insert(parts.begin(), {"[Content_Types].xml", content_types()});
  parts.emplace_back(
      "_rels/.rels",
      relationships(
          relationship("rIdDocument", office + "officeDocument", "word/document.xml") +
          relationship("rIdProperties",
                       "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
                       "core-properties",
                       "docProps/core.xml")));
  parts.emplace_back("word/_rels/document.xml.rels",
                     relationships(relationship("rIdStyles", office + "styles", "styles.xml") +
                                   relationship("rIdFirst", office + "header", "header_first.xml") +
                                   relationship("rIdNext", office + "header", "header_next.xml") +
                                   relationship("rIdFooter", office + "footer", "footer.xml")));
  parts.emplace_back("docProps/core.xml", core_properties(properties));

  zip_error_t error;
  zip_error_init(&error);
  const Source target(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!target) return cannot_pack(zip_error_strerror(&error));
  zip_source_keep(target.get());  // the archive gives up one hold of it when it closes
  Archive archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, &error));
  if (!archive) {
    zip_source_free(target.get());
    return cannot_pack(zip_error_strerror(&error));
  }
  for (const auto& [path, text] : parts) {
    if (auto added = add_part(archive.get(), path, text, properties.date); !added) {
      return core::Failure(added.error());
    }
  }
  if (zip_close(archive.get()) != 0) return cannot_pack(zip_strerror(archive.get()));
  static_cast<void>(archive.release());
  return bytes_of_source(target.get());
}

}  // namespace hailong::documents
