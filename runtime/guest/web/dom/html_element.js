// HTMLElement and its like: the classes of which nodes are made, and the live properties of form
// controls. value and checked stand on the prototype of a node's own class, for React wraps them
// where it finds them as own properties of the prototype of a node's constructor; the host's own
// components (switch, tabs, date …) are plain HTMLElements, so HTMLElement has them too.
//
// Constructors are written out, for V8 10.2 iterates the arguments of one that is not.
import { DOMException } from '../dom_exception.js';
import {
  chosenOption,
  controlsOf,
  formOf,
  isDisabled,
  optionsOf,
  optionText,
  optionValue,
  reflectsValue,
  reset,
  selectOf,
  setChecked,
  submit,
  typeOf,
} from './controls.js';
import { Element, elementHooks, elementState } from './element.js';
import { staticList } from './lists.js';
import { kElement, makeNode } from './node.js';
import {
  BooleanCtor,
  define,
  newList,
  NumberCtor,
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  quoted,
  ReflectOwnKeys,
  RegExpPrototypeExec,
  SafeWeakMap,
  StringPrototypeToLowerCase,
  toNumber,
  toText,
  webInterface,
} from '../primordials.js';

export const kHtmlNamespace = 'http://www.w3.org/1999/xhtml';
const validName = /^[^\s"'<>/=\u0000-\u001f\u007f]{1,256}$/;

function setLive(element, name, value, before) {
  elementState.setLive(element, name, value);
  if (value !== before) elementHooks.propertyChanged(element, name, value);
}

function textOf(value) {
  return value === null ? '' : toText(value);
}

export class HTMLElement extends Element {
  constructor(made) {
    super(made);
  }
  get type() {
    return typeOf(this);
  }
  set type(value) {
    this.setAttribute('type', value);
  }
  get value() {
    return elementState.live(this)?.value ?? this.getAttribute('value') ?? '';
  }
  set value(value) {
    if (reflectsValue(this)) this.setAttribute('value', textOf(value));
    else setLive(this, 'value', textOf(value), this.value);
  }
  get checked() {
    return elementState.live(this)?.checked ?? this.hasAttribute('checked');
  }
  set checked(value) {
    setChecked(this, BooleanCtor(value));
  }
  get disabled() {
    return isDisabled(this);
  }
  set disabled(value) {
    setLive(this, 'disabled', BooleanCtor(value), this.disabled);
  }
}
webInterface(HTMLElement, 'HTMLElement');

// The cursor is the host's: what is set is kept, and the end of the text is the answer else.
const selections = new SafeWeakMap();
const selectionMembers = {
  get selectionStart() {
    return selections.get(this)?.start ?? this.value.length;
  },
  get selectionEnd() {
    return selections.get(this)?.end ?? this.value.length;
  },
  setSelectionRange(start, end) {
    selections.set(this, { __proto__: null, start: start >>> 0, end: end >>> 0 });
  },
  select() {
    selections.set(this, { __proto__: null, start: 0, end: this.value.length });
  },
};
function addSelection(Class) {
  const keys = ReflectOwnKeys(selectionMembers);
  for (let i = 0; i < keys.length; i++) {
    const member = ObjectGetOwnPropertyDescriptor(selectionMembers, keys[i]);
    ObjectDefineProperty(Class.prototype, keys[i], { __proto__: null, ...member });
  }
}

export class HTMLInputElement extends HTMLElement {
  constructor(made) {
    super(made);
  }
  get value() {
    const value = elementState.live(this)?.value ?? this.getAttribute('value');
    return value ?? (reflectsValue(this) ? 'on' : '');
  }
  set value(value) {
    if (reflectsValue(this)) this.setAttribute('value', textOf(value));
    else setLive(this, 'value', textOf(value), this.value);
  }
  get defaultValue() {
    return this.getAttribute('value') ?? '';
  }
  set defaultValue(value) {
    this.setAttribute('value', value);
  }
  get checked() {
    return elementState.live(this)?.checked ?? this.hasAttribute('checked');
  }
  set checked(value) {
    setChecked(this, BooleanCtor(value));
  }
  get defaultChecked() {
    return this.hasAttribute('checked');
  }
  set defaultChecked(value) {
    this.toggleAttribute('checked', BooleanCtor(value));
  }
  get valueAsNumber() {
    return this.value === '' ? NaN : NumberCtor(this.value);
  }
  set valueAsNumber(value) {
    this.value = toNumber(value);
  }
  get form() {
    return formOf(this);
  }
}
addSelection(HTMLInputElement);
webInterface(HTMLInputElement, 'HTMLInputElement');

export class HTMLTextAreaElement extends HTMLElement {
  constructor(made) {
    super(made);
  }
  get value() {
    return elementState.live(this)?.value ?? this.defaultValue;
  }
  set value(value) {
    setLive(this, 'value', textOf(value), this.value);
  }
  get defaultValue() {
    return this.getAttribute('value') ?? this.textContent;
  }
  set defaultValue(value) {
    this.textContent = value;
  }
  get form() {
    return formOf(this);
  }
}
addSelection(HTMLTextAreaElement);
webInterface(HTMLTextAreaElement, 'HTMLTextAreaElement');

export class HTMLSelectElement extends HTMLElement {
  constructor(made) {
    super(made);
  }
  get value() {
    const chosen = chosenOption(this);
    return chosen === null ? '' : optionValue(chosen);
  }
  set value(value) {
    setLive(this, 'value', textOf(value), this.value);
  }
  get options() {
    return staticList(optionsOf(this));
  }
  get selectedOptions() {
    const list = newList();
    const chosen = chosenOption(this);
    if (chosen !== null) list[0] = chosen;
    return staticList(list);
  }
  get selectedIndex() {
    const chosen = chosenOption(this);
    const options = optionsOf(this);
    for (let i = 0; i < options.length; i++) if (options[i] === chosen) return i;
    return -1;
  }
  set selectedIndex(index) {
    const option = optionsOf(this)[toNumber(index)];
    this.value = option === undefined ? '' : optionValue(option);
  }
  get form() {
    return formOf(this);
  }
}
webInterface(HTMLSelectElement, 'HTMLSelectElement');

export class HTMLOptionElement extends HTMLElement {
  constructor(made) {
    super(made);
  }
  get value() {
    return optionValue(this);
  }
  set value(value) {
    this.setAttribute('value', textOf(value));
  }
  get text() {
    return optionText(this);
  }
  set text(value) {
    this.textContent = value;
  }
  get defaultSelected() {
    return this.hasAttribute('selected');
  }
  set defaultSelected(value) {
    this.toggleAttribute('selected', BooleanCtor(value));
  }
  get selected() {
    const select = selectOf(this);
    return select === null ? this.hasAttribute('selected') : chosenOption(select) === this;
  }
  set selected(value) {
    const select = selectOf(this);
    if (select === null) this.toggleAttribute('selected', BooleanCtor(value));
    else if (value) setLive(select, 'value', optionValue(this), undefined);
    else if (chosenOption(select) === this) setLive(select, 'value', '', undefined);
  }
  get index() {
    const select = selectOf(this);
    const options = select === null ? newList() : optionsOf(select);
    for (let i = 0; i < options.length; i++) if (options[i] === this) return i;
    return 0;
  }
}
webInterface(HTMLOptionElement, 'HTMLOptionElement');

export class HTMLButtonElement extends HTMLElement {
  constructor(made) {
    super(made);
  }
  get form() {
    return formOf(this);
  }
}
webInterface(HTMLButtonElement, 'HTMLButtonElement');

export class HTMLFormElement extends HTMLElement {
  constructor(made) {
    super(made);
  }
  get elements() {
    return staticList(controlsOf(this));
  }
  // A page would be left by it; here is nowhere to go.
  submit() {}
  requestSubmit(submitter = null) {
    submit(this, submitter, false);
  }
  reset() {
    reset(this);
  }
}
webInterface(HTMLFormElement, 'HTMLFormElement');

export class SVGElement extends Element {
  constructor(made) {
    super(made);
  }
}
webInterface(SVGElement, 'SVGElement');

// No element is one: React asks whether the active element is a frame.
export class HTMLIFrameElement extends HTMLElement {
  constructor(made) {
    super(made);
  }
}
webInterface(HTMLIFrameElement, 'HTMLIFrameElement');

const kClasses = {
  __proto__: null,
  input: HTMLInputElement,
  textarea: HTMLTextAreaElement,
  select: HTMLSelectElement,
  option: HTMLOptionElement,
  button: HTMLButtonElement,
  form: HTMLFormElement,
};

export function makeElement(name, namespace, document) {
  const Class = namespace === kHtmlNamespace ? (kClasses[name] ?? HTMLElement) : SVGElement;
  return makeNode(Class, kElement, document, { __proto__: null, name, namespace });
}
elementState.make = makeElement;

export function makeHtmlElement(name, document) {
  if (RegExpPrototypeExec(validName, name) === null) {
    throw new DOMException(quoted(name) + ' is not a name of an element', 'InvalidCharacterError');
  }
  return makeElement(StringPrototypeToLowerCase(name), kHtmlNamespace, document);
}

export function installHtmlElements(global) {
  const classes = [
    HTMLElement,
    HTMLInputElement,
    HTMLTextAreaElement,
    HTMLSelectElement,
    HTMLOptionElement,
    HTMLButtonElement,
    HTMLFormElement,
    SVGElement,
    HTMLIFrameElement,
  ];
  for (const Class of classes) define(global, Class.name, Class);
}
