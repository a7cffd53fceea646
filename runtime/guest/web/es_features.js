// ES features that V8 10.2 lacks, from core-js; 'kiosk:es-features' is made by the bundler from
// core-js-compat's list for the floor (see tools/bundle.mjs). Newer V8 versions keep their own.
import 'kiosk:es-features';

// core-js leaves a registry on the global object; its modules hold it, and no app should.
delete globalThis['__core-js_shared__'];
