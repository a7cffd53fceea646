// What the user did, as the host tells it: {id, type, value?}. A value is set on the element before
// any listener runs, so that event.target.value and event.target.checked are what the user sees.
import { click, fire, isRadio, isToggle, submitFrom, takesText, toggle } from './controls.js';
import { elementState } from './element.js';
import { kElement, tree } from './node.js';
import { nodeById } from './view.js';
import { isObject, own, StringCtor } from '../primordials.js';

// Events that stay with their target, as in browsers.
const kStays = {
  __proto__: null,
  close: true,
  cancel: true,
  toggle: true,
  scroll: true,
  load: true,
  error: true,
};

let active = null;

/** The element that the user is in, as far as the host has told; null when it is none. */
export function activeElement() {
  return active !== null && active.isConnected ? active : null;
}

/**
 * `input` and `change` carry the new value and both are dispatched, input first: an app hears of
 * the value whichever of the two it listens to.
 */
function changed(element, value) {
  if (isToggle(element)) {
    toggle(element, isRadio(element) || value === true || value === 'true', true);
    return;
  }
  if (elementState.name(element) === 'tab') {
    if (!fire(element, 'click', { __proto__: null, trusted: true, cancelable: true })) return;
  } else if (takesText(element)) active = element;
  // A flag is of no use to what is no switch: the host has let the user tap it.
  if (value !== undefined && typeof value !== 'boolean') {
    elementState.setLive(element, 'value', value === null ? '' : StringCtor(value));
  }
  fire(element, 'input', { __proto__: null, trusted: true });
  fire(element, 'change', { __proto__: null, trusted: true });
}

/** The value of the tabs or the radiogroup in which something was chosen. */
function setGroup(params) {
  const group = nodeById(own(params, 'group'));
  const value = own(params, 'groupValue');
  if (group === undefined || tree.kind(group) !== kElement || value === undefined) return;
  elementState.setLive(group, 'value', StringCtor(value));
}

function focused(node) {
  active = node;
  fire(node, 'focus', { __proto__: null, trusted: true, bubbles: false });
  fire(node, 'focusin', { __proto__: null, trusted: true });
}

function blurred(node) {
  if (active === node) active = null;
  fire(node, 'blur', { __proto__: null, trusted: true, bubbles: false });
  fire(node, 'focusout', { __proto__: null, trusted: true });
}

/** The user closed a sheet or dialog: it is closed for the app as well before it hears of it. */
function closed(element) {
  element.removeAttribute('open');
  fire(element, 'close', { __proto__: null, trusted: true, bubbles: false });
}

/** Brings a `ui.event` to its node: {id, type, value?, group?, groupValue?}. */
export function hostEvent(params) {
  if (!isObject(params)) return;
  const node = nodeById(own(params, 'id'));
  const type = own(params, 'type');
  if (node === undefined || typeof type !== 'string' || type === '') return;
  if (tree.kind(node) !== kElement) {
    fire(node, type, { __proto__: null, trusted: true, cancelable: true });
    return;
  }
  setGroup(params);
  if (type === 'input' || type === 'change') changed(node, own(params, 'value'));
  else if (type === 'click') click(node, true);
  else if (type === 'submit') submitFrom(node);
  else if (type === 'focus') focused(node);
  else if (type === 'blur') blurred(node);
  else if (type === 'close') closed(node);
  else {
    const bubbles = kStays[type] !== true;
    fire(node, type, { __proto__: null, trusted: true, cancelable: true, bubbles });
  }
}
