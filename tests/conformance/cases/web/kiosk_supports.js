/*---
id: WEB-KIOSK-001
title: kiosk.supports reads the same catalogue as the facades
level: 2
grants: none
expect: ok
---*/
equal(kiosk.supports('messages.share'), true, 'a method');
equal(kiosk.supports('messages.share', 'text'), true, 'a parameter');
equal(kiosk.supports('messages.share', 'nothing'), false, 'no parameter');
equal(kiosk.supports('no.such'), false, 'no method');
equal(kiosk.supports('constructor'), false, 'not a name of an object');
equal(typeof kiosk.storage.local.get, 'function', 'a facade two levels down');
