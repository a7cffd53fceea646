// element.style: what is set can be read again, and nothing of it is sent. How a component looks is
// the host's matter.
import { define, ObjectKeys, own, StringCtor, webInterface } from '../primordials.js';

class Style {
  setProperty(name, value) {
    this[StringCtor(name)] = value === null ? '' : StringCtor(value);
  }
  getPropertyValue(name) {
    return own(this, StringCtor(name)) ?? '';
  }
  removeProperty(name) {
    const before = this.getPropertyValue(name);
    delete this[StringCtor(name)];
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
    if (StringCtor(text) !== '') define(this, 'css', StringCtor(text), true);
  }
}
webInterface(Style, 'CSSStyleDeclaration');

export function makeStyle() {
  return new Style();
}
