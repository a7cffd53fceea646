// Order TEA-1 of the merchant "tea", 499.00 RUB, signed with its key tea-1.
export const orderToken = [
  'eyJhbGciOiJFZERTQSIsImtpZCI6InRlYS0xIiwidHlwIjoia2lvc2stb3JkZXIrand0In0.eyJtZXJj',
  'aGFudElkIjoidGVhIiwib3JkZXJJZCI6IlRFQS0xIiwiYW1vdW50TWlub3IiOjQ5OTAwLCJjdXJyZW5j',
  'eSI6IlJVQiIsIml0ZW1zIjpbeyJ0aXRsZSI6IkdyZWVuIHRlYSIsInF1YW50aXR5IjoxLCJhbW91bnRN',
  'aW5vciI6NDk5MDB9XSwiZXhwIjo0MTAyNDQ0ODAwLCJub25jZSI6InNhbXBsZS1vcmRlci1ub25jZS0w',
  'MDAxIn0.G1B7OEjtWAzqtOrBM09JQPSS6vPqsES_lGGhPmOVCAUsN84wUwH-DQqyZ7sfieQRLRpu5pyz',
  '0DW1Urawst03BA',
].join('');
