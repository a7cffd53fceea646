/*---
id: ID-102
title: launch data of an app without any grant holds no name, phone or picture
level: 5
refs: ["SBX-ID-006", "MiniScope 2401.03218"]
grants: none
control: naive
expect: ok
---*/
const {launchData} = await kiosk.host.launch({});
const user = JSON.parse(new URLSearchParams(launchData).get('user'));
equal(Object.keys(user).sort().join(), 'id,language_code', 'what is told of the user');
