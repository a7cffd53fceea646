/*---
id: ISO-111
title: a shared card takes no picture from outside and no other address than https
level: 4
refs: ["SBX-ISO-005"]
grants: all
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const link
         of ['http://example.org/', 'javascript:alert(1)', 'file:///etc/passwd', 'https://',
             'https://user:pass@example.org/', 'data:text/html,x']) {
  let code;
  await kiosk.messages.share({text: 'x', link}).catch(error => code = error.code);
  assert(['invalid_params', 'activation_required'].includes(code), `${link}: ${code}`);
}
