/*---
id: CONS-131
title: no short text that the host shows in its frame holds a character that cannot be seen
level: 4
refs: ["SBX-CONS-004", "SBX-ISO-008"]
grants: ask
expect: { outcome: ok, host: { consentsAsked: 0, callsOk: 0 } }
---*/
const invisible = [
  '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\u2064', '\ufeff', '\u00ad',
  '\u061c', '\u180e', '\u2066', '\u2069', '\u202e', '\u2028', '\u3164', '\u115f', '\uffa0',
  '\u034f', '\u{e0041}'
];
const button = label => ({id: 'yes', label});
const uses = [
  text => kiosk.ui.setTitle({title: text}),
  text => kiosk.ui.setMainButton({text, visible: true}),
  text => kiosk.ui.setSecondaryButton({text}),
  text => kiosk.ui.toast({message: text}),
  text => kiosk.ui.alert({message: text}),
  text => kiosk.ui.alert({title: text, message: 'Sure?'}),
  text => kiosk.ui.alert({message: 'Sure?', buttons: [button(text)]}),
  text => kiosk.ui.actionSheet({items: [button(text)]}),
  text => kiosk.ui.actionSheet({title: text, items: [button('Yes')]}),
  text => kiosk.ui.navigateTo({path: `/${text}`}),
  text => kiosk.payments.requestMoney({amountMinor: 100, currency: 'RUB', note: text}),
];
// Each use meets each character, and none of them the rate of its method.
for (const [at, character] of invisible.entries()) {
  const use = uses[at % uses.length];
  await fails('invalid_params', () => use(character));
  await fails('invalid_params', () => use(`a${character}b`));
}
for (const use of uses) await fails('invalid_params', () => use('Pay\u200b'));
