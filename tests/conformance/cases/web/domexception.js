/*---
id: WEB-DOMX-001
title: DOMException has name, code, message and a stack
level: 2
grants: none
expect: ok
---*/
const error = new DOMException('text', 'NotFoundError');
equal(`${error.name} ${error.code} ${error.message}`, 'NotFoundError 8 text', 'parts');
equal(`${error}`, 'NotFoundError: text', 'text');
assert(error instanceof Error && typeof error.stack === 'string', 'an Error');
equal(DOMException.ABORT_ERR, 20, 'constant');
equal(new DOMException().code, 0, 'code without a name');
