// Form controls and what the user is typing into them. The host holds the value, but what it sends
// may be older than what stands here: then it waits, and is taken when the host has seen all.

import type {Context, Part} from './part';

const settledMs = 1_500;

type Field = HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement;

/// Sends what the user did in `part` and remembers its number.
export function actFrom(part: Part, context: Context, event: string, value?: string): void {
  part.lastAct = context.host.act(part.id, event, value);
  const mine = part.lastAct;
  // An act without an effect on the view brings no patch: then its number is not waited for.
  setTimeout(() => {
    if (part.lastAct === mine) {
      part.lastAct = 0;
      releaseHeld(part, 0);
      restoreTick(part);
    }
  }, settledMs);
}

/// Puts a box, a radio or a switch back to what the host says, should the host not have taken it.
function restoreTick(part: Part): void {
  const control = part.control;
  if (!(control instanceof HTMLInputElement) || control.type !== 'checkbox') return;
  const checked = part.props.get('checked');
  control.checked = checked !== undefined && checked !== 'false' && checked !== '';
}

/// Takes a value that was held back, if the host has seen the user's last act by now.
export function releaseHeld(part: Part, acked: number): void {
  if (part.heldValue === null || part.lastAct > acked) return;
  const value = part.heldValue;
  part.heldValue = null;
  if (part.control !== null) setFieldValue(part.control as Field, value);
}

/// Sets a value without moving the caret of someone who is typing, nor breaking a composition.
export function setFieldValue(field: Field, value: string): void {
  if (field.value === value || field.dataset['composing'] === 'yes') return;
  if (field instanceof HTMLSelectElement || document.activeElement !== field) {
    field.value = value;
    return;
  }
  const fromEnd = field.value.length - (field.selectionEnd ?? field.value.length);
  field.value = value;
  try {
    const caret = Math.max(0, value.length - fromEnd);
    field.setSelectionRange(caret, caret);
  } catch {
    // Numbers and dates have no caret.
  }
}
