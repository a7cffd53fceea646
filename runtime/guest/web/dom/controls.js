// What form controls know beyond their attributes: which option of a select is chosen, which radio
// button of a group is on, which form a control belongs to, and what a click does by itself.
//
// Two kinds of elements have a value. Of HTML's own controls (`kSplit`) the attribute is where they
// start and the property is what they are at; of the host's components (tabs, switch …) both are
// one, and the later wins.
import { Event, eventState } from '../event.js';
import { dispatch } from '../event_target.js';
import { elementHooks, elementState } from './element.js';
import { kElement, nextInTree, tree } from './node.js';
import {
  define,
  newList,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  StringPrototypeTrim,
} from '../primordials.js';

const kSplit = { __proto__: null, input: true, textarea: true, select: true, option: true };
const kListed = {
  __proto__: null,
  input: true,
  textarea: true,
  select: true,
  button: true,
  checkbox: true,
  radio: true,
  switch: true,
  date: true,
};
const kToggleNames = { __proto__: null, checkbox: true, radio: true, switch: true };
// The type of a control that says none.
const kTypes = {
  __proto__: null,
  input: 'text',
  textarea: 'textarea',
  select: 'select-one',
  button: 'submit',
};
const kNotText = {
  __proto__: null,
  checkbox: true,
  radio: true,
  button: true,
  submit: true,
  reset: true,
  hidden: true,
};

function attributeOf(element, name) {
  return elementState.attributes(element).get(name);
}

function inputType(element) {
  return StringPrototypeToLowerCase(attributeOf(element, 'type') ?? 'text');
}

/** Whether attribute and property of value and checked are two things, as in HTML. */
export function isSplit(element) {
  return kSplit[elementState.name(element)] === true;
}

export function isToggle(element) {
  const name = elementState.name(element);
  if (name !== 'input') return kToggleNames[name] === true;
  const type = inputType(element);
  return type === 'checkbox' || type === 'radio';
}

export function isRadio(element) {
  const name = elementState.name(element);
  return name === 'radio' || (name === 'input' && inputType(element) === 'radio');
}

/** Whether the user writes text into it. */
export function takesText(element) {
  const name = elementState.name(element);
  return name === 'textarea' || (name === 'input' && kNotText[inputType(element)] !== true);
}

/** Whether the value is the attribute and nothing else. */
export function reflectsValue(element) {
  const name = elementState.name(element);
  return name === 'option' || name === 'button' || isToggle(element);
}

function closest(element, name) {
  for (let e = tree.parent(element); e !== null; e = tree.parent(e)) {
    if (tree.kind(e) === kElement && elementState.name(e) === name) return e;
  }
  return null;
}

/** The form that `element` stands in, or null. */
export function formOf(element) {
  return closest(element, 'form');
}

/** What kind of button or input it is; a button in a form sends it unless it says otherwise. */
export function typeOf(element) {
  const given = attributeOf(element, 'type');
  return given ?? kTypes[elementState.name(element)] ?? '';
}

export function isDisabled(element) {
  return (
    elementState.live(element)?.disabled ?? elementState.attributes(element).has('disabled')
  );
}

function isShownOn(element) {
  return elementState.live(element)?.checked ?? elementState.attributes(element).has('checked');
}

// The other radio buttons of the same group: those in one radiogroup, or those of one name in one
// form (or in the tree, outside of forms).
function othersOfGroup(radio) {
  const found = newList();
  const group = closest(radio, 'radiogroup');
  const name = attributeOf(radio, 'name');
  if (group === null && (name === undefined || name === '')) return found;
  const form = formOf(radio);
  const top = group ?? form ?? radio.getRootNode();
  for (let n = nextInTree(top, top); n !== null; n = nextInTree(n, top)) {
    if (n === radio || tree.kind(n) !== kElement || !isRadio(n)) continue;
    if (group !== null || (attributeOf(n, 'name') === name && formOf(n) === form)) {
      found[found.length] = n;
    }
  }
  return found;
}

function setState(element, name, value) {
  elementState.setLive(element, name, value);
  elementHooks.propertyChanged(element, name, value);
}

/** What an app's `checked = on` does; of a group of radio buttons one is on. */
export function setChecked(element, on) {
  if (isShownOn(element) === on) elementState.setLive(element, 'checked', on);
  else setState(element, 'checked', on);
  if (on && isRadio(element)) turnOffOthers(element);
}

function turnOffOthers(radio) {
  const others = othersOfGroup(radio);
  let wasOn = null;
  for (let i = 0; i < others.length; i++) {
    if (!isShownOn(others[i])) continue;
    wasOn = others[i];
    setState(wasOn, 'checked', false);
  }
  return wasOn;
}

/** The options of a select, in order. */
export function optionsOf(select) {
  const found = newList();
  for (let n = nextInTree(select, select); n !== null; n = nextInTree(n, select)) {
    if (tree.kind(n) === kElement && elementState.name(n) === 'option') found[found.length] = n;
  }
  return found;
}

/** What an option reads as: its text with white space brought together. */
export function optionText(option) {
  const text = StringPrototypeTrim(option.textContent);
  let out = '';
  let gap = false;
  for (let i = 0; i < text.length; i++) {
    const code = StringPrototypeCharCodeAt(text, i);
    const isSpace = code === 32 || (code >= 9 && code <= 13);
    if (!isSpace) out += (gap ? ' ' : '') + StringPrototypeSlice(text, i, i + 1);
    gap = isSpace;
  }
  return out;
}

export function optionValue(option) {
  return attributeOf(option, 'value') ?? optionText(option);
}

export function selectOf(option) {
  return closest(option, 'select');
}

/**
 * The option that a select shows: the one it was set to; else the last that says `selected`; else
 * the first that can be chosen.
 */
export function chosenOption(select) {
  const options = optionsOf(select);
  const wanted = elementState.live(select)?.value;
  if (wanted !== undefined) return firstOfValue(options, wanted);
  for (let i = options.length - 1; i >= 0; i--) {
    if (elementState.attributes(options[i]).has('selected')) return options[i];
  }
  const start = attributeOf(select, 'value');
  const started = start === undefined ? null : firstOfValue(options, start);
  if (started !== null) return started;
  for (let i = 0; i < options.length; i++) if (!isDisabled(options[i])) return options[i];
  return null;
}

function firstOfValue(options, value) {
  for (let i = 0; i < options.length; i++) {
    if (optionValue(options[i]) === value) return options[i];
  }
  return null;
}

/** The controls of a form, in order. */
export function controlsOf(form) {
  const found = newList();
  for (let n = nextInTree(form, form); n !== null; n = nextInTree(n, form)) {
    if (tree.kind(n) === kElement && kListed[elementState.name(n)] === true) {
      found[found.length] = n;
    }
  }
  return found;
}

/** Dispatches an event of the user's (`trusted`) or the app's; false when it was prevented. */
export function fire(node, type, { trusted, bubbles = true, cancelable = false, submitter }) {
  const event = new Event(type, { __proto__: null, bubbles, cancelable, composed: true });
  if (submitter !== undefined) define(event, 'submitter', submitter, true);
  if (trusted) eventState.setTrusted(event);
  return dispatch(node, event);
}

/** A click, with what HTML does upon it: a control is switched, a form is sent or reset. */
export function click(element, trusted) {
  if (isToggle(element)) toggle(element, isRadio(element) || !isShownOn(element), trusted);
  else if (fire(element, 'click', { __proto__: null, trusted, cancelable: true })) {
    afterClick(element, trusted);
  }
}

function afterClick(element, trusted) {
  if (elementState.name(element) !== 'button' && elementState.name(element) !== 'input') return;
  const form = formOf(element);
  if (form === null || isDisabled(element)) return;
  const type = StringPrototypeToLowerCase(typeOf(element));
  if (type === 'submit') submit(form, element, trusted);
  else if (type === 'reset') reset(form);
}

/**
 * Switches a checkbox, switch or radio button as a click on it does: `click`, then `input` and
 * `change`. A listener that prevents the click puts it back, and the host is told.
 */
export function toggle(element, on, trusted) {
  const before = isShownOn(element);
  const wasOn = on && isRadio(element) ? turnOffOthers(element) : null;
  if (trusted) elementState.setLive(element, 'checked', on);
  else setState(element, 'checked', on);
  if (!fire(element, 'click', { __proto__: null, trusted, cancelable: true })) {
    setState(element, 'checked', before);
    if (wasOn !== null) setState(wasOn, 'checked', true);
  } else if (before !== on && element.isConnected) {
    fire(element, 'input', { __proto__: null, trusted });
    fire(element, 'change', { __proto__: null, trusted });
  }
}

/** Sends a form: nothing but the event, for there is nowhere to go. */
export function submit(form, submitter, trusted) {
  fire(form, 'submit', { __proto__: null, trusted, cancelable: true, submitter });
}

/**
 * The user's wish to send what `node` stands in (the Enter key): through the form's own button,
 * if it has one, as HTML says.
 */
export function submitFrom(node) {
  const isForm = elementState.name(node) === 'form';
  const form = isForm ? node : formOf(node);
  if (form === null) {
    fire(node, 'submit', { __proto__: null, trusted: true, cancelable: true });
    return;
  }
  const controls = controlsOf(form);
  for (let i = 0; i < controls.length && !isForm; i++) {
    if (typeOf(controls[i]) !== 'submit') continue;
    if (!isDisabled(controls[i])) click(controls[i], true);
    return;
  }
  submit(form, null, true);
}

/** Brings every control of a form back to where it started. */
export function reset(form) {
  if (!fire(form, 'reset', { __proto__: null, trusted: false, cancelable: true })) return;
  const controls = controlsOf(form);
  for (let i = 0; i < controls.length; i++) {
    const control = controls[i];
    if (isToggle(control)) {
      setChecked(control, elementState.attributes(control).has('checked'));
    } else if (elementState.live(control)?.value !== undefined) {
      elementState.setLive(control, 'value', undefined);
      elementHooks.propertyChanged(control, 'value', control.value);
    }
  }
}

elementHooks.isSplit = isSplit;
elementState.click = (element) => click(element, false);
