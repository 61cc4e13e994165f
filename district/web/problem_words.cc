#include "district/web/problem_words.h"

#include <map>
#include <string_view>

namespace hailong::district::web {

ProblemWords problem_words(const std::string& kind) {
  static const std::map<std::string_view, ProblemWords> kWords = {
      {"foreign-form",
       {"Biểu mẫu chưa được nhận",
        "Biểu mẫu được gửi từ trang khác, hoặc từ một phiên đăng nhập đã kết thúc; chưa có gì thay "
        "đổi. Xin mở lại trang trong hệ thống, điền và gửi lại."}},
      {"no-token",
       {"Chưa đăng nhập",
        "Địa chỉ này chỉ mở được sau khi đăng nhập. Xin đăng nhập ở trang tổng quan rồi mở lại."}},
      {"no-right",
       {"Không có quyền xem",
        "Tài khoản này không được giao quyền đọc nội dung vừa yêu cầu, hoặc phải đổi mật khẩu "
        "trước. Nếu cần, xin liên hệ người quản trị hệ thống."}},
      {"no-such-page",
       {"Không có trang này",
        "Địa chỉ gõ sai hoặc trang đã được đổi chỗ. Xin kiểm tra lại địa chỉ, hoặc đi từ trang "
        "tổng quan."}},
      {"method-not-allowed",
       {"Địa chỉ này không mở trực tiếp được",
        "Đây là nơi nhận biểu mẫu, không phải một trang. Xin đi từ trang tổng quan."}},
      {"too-large",
       {"Nội dung gửi lên dài quá",
        "Máy chủ chưa nhận gì. Xin quay lại, rút ngắn nội dung rồi gửi lại."}},
      {"store-unavailable",
       {"Máy chủ đang bận",
        "Việc vừa yêu cầu chưa thực hiện được. Xin thử lại sau ít phút; nếu vẫn không được, xin "
        "báo người quản trị hệ thống."}},
      {"store-failed",
       {"Máy chủ gặp lỗi",
        "Việc vừa yêu cầu chưa thực hiện được; lỗi đã ghi vào nhật ký của máy chủ. Xin báo người "
        "quản trị hệ thống, kèm thời điểm gặp lỗi."}},
  };
  const auto found = kWords.find(kind);
  if (found != kWords.end()) return found->second;
  return {"Yêu cầu chưa đúng",
          "Địa chỉ hoặc biểu mẫu có phần máy chủ không hiểu; chưa có gì thay đổi. Xin đi lại từ "
          "trang tổng quan."};
}

}  // namespace hailong::district::web
