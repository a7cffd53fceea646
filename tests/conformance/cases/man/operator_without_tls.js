/*---
id: MAN-044
title: a privacy policy without TLS is refused
level: 0
manifest:
  operator:
    { name: n, address: a, email: a@example.org, privacy_policy_url: "http://example.org/p",
      terms_url: "https://example.org/t", age_rating: 0+ }
package: {}
expect: { refused: package.manifest_invalid, detail: "starts with https://" }
---*/
