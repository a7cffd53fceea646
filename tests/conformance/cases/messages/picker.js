/*---
id: MSG-001
title: sharing goes to the chat that the user picks, and the app does not learn which
level: 4
grants: none
steps: [ { tap: "Share" }, { pick: "Family" } ]
expect: { outcome: ok, host: { callsOk: 1 } }
---*/
await tapped('Share');
const result = await kiosk.messages.share({text: 'news', link: 'https://example.org/'});
equal(JSON.stringify(result), '{"status":"shared"}', 'the result');
