/*---
id: LOG-106
title: lone surrogates in a log line become U+FFFD
level: 5
refs: ["SBX-LOG-001"]
grants: none
expect: { outcome: ok, logs: "begin\ufffdend" }
---*/
console.log('begin\ud800end');
