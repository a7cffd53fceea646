// element.style: what is set can be read again, and nothing of it is sent. How a component looks is
// the host's matter.
import { define, ObjectKeys, own, toText, webInterface } from '../primordials.js';

class Style {
  setProperty(name, value) {
    this[toText(name)] = value === null ? '' : toText(value);
  }
  getPropertyValue(name) {
    return own(this, toText(name)) ?? '';
  }
  removeProperty(name) {
    const before = this.getPropertyValue(name);
    delete this[toText(name)];
    return before;
  }
  get cssText() {
    const names = ObjectKeys(this);
    let text = '';
    for (let i = 0; i < names.length; i++) {
      text += (i === 0 ? '' : ' ') + names[i] + ': ' + own(this, names[i]) + ';';
    }
    return text;
  }
  set cssText(text) {
    const names = ObjectKeys(this);
    for (let i = 0; i < names.length; i++) delete this[names[i]];
    if (toText(text) !== '') define(this, 'css', toText(text), true);
  }
}
webInterface(Style, 'CSSStyleDeclaration');

export function makeStyle() {
  return new Style();
}
