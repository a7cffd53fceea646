#pragma once
// The changes of a package's files: what its maker does, before it is signed.

#include "sdk/conformance/change_fields.h"
#include "sdk/conformance/package_changes.h"

namespace kiosk::conformance {

/// Fields of a header that a change may set: madeBy, version, flags, method, time, date, crc,
/// packedBytes, sizeBytes, attributes (numbers), name, extra, comment (texts).
bool isHeaderField(std::string_view name);

/// add: `name`, or `nameHex` for a name that is no text, and `text`, `hex` or `zeros`; `deflate`
/// packs it, `header` sets fields of both headers, `times` adds so many, numbered.
void addFile(ChangeFields& fields, PackageDraft& draft);
/// remove: the file `file`.
void removeFile(ChangeFields& fields, PackageDraft& draft);
/// header: `set` are fields of the headers of `file`, `in` both (when absent), local or central;
/// `offset` is where the directory says that the local header is.
void setHeader(ChangeFields& fields, PackageDraft& draft);
/// reverse: the files stand in the opposite order.
void reverseFiles(ChangeFields& fields, PackageDraft& draft);
/// insert: bytes behind the data of `file`, or `at` start, files or directory.
void insertBytes(ChangeFields& fields, PackageDraft& draft);
/// end: `count`, `countOnDisk`, `disk`, `directoryBytes`, `directoryOffset`, `comment`.
void setEnd(ChangeFields& fields, PackageDraft& draft);

}  // namespace kiosk::conformance
