// Recipes of form controls. Each brings its label, hint and error with it.

import {t} from '../texts/texts';
import {setFieldValue} from './fields';
import {attribute, type Context, element, flag, number, type Part, type Recipe, textOf}
    from './part';

type Field = HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement;
const inputTypes = ['text', 'search', 'email', 'tel', 'url', 'number', 'password', 'date',
                    'checkbox', 'radio'];
let counter = 0;

/// A control between its label and its hint and error.
function field(part: Part, control: Field): {el: HTMLElement; slot: null; control: HTMLElement} {
  const el = element('div', 'v-field');
  const label = element('label', 'v-field-label');
  const hint = element('div', 'v-field-hint');
  const error = element('div', 'v-field-error');
  control.id = `field-${++counter}`;
  control.classList.add('v-control');
  label.htmlFor = control.id;
  hint.id = `${control.id}-hint`;
  error.id = `${control.id}-error`;
  hint.hidden = error.hidden = label.hidden = true;
  control.autocomplete = 'off';
  el.append(label, control, hint, error);
  Object.assign(part.extra, {label, hint, error});
  return {el, slot: null, control};
}

function describe(part: Part): void {
  const control = part.control!;
  const ids = ['hint', 'error'].map(name => part.extra[name] as HTMLElement | undefined)
                  .filter(place => place !== undefined && !place.hidden)
                  .map(place => place!.id);
  attribute(control, 'aria-describedby', ids.length > 0 ? ids.join(' ') : null);
}

function setWords(part: Part, name: 'label' | 'hint' | 'error', value: string | null): void {
  const place = part.extra[name] as HTMLElement | undefined;
  if (place === undefined) return;
  place.textContent = value ?? '';
  place.hidden = value === null || value === '';
  describe(part);
}

function fieldProp(part: Part, name: string, value: string | null): void {
  const control = part.control as HTMLInputElement;
  switch (name) {
    case 'value': return setFieldValue(control, value ?? '');
    case 'placeholder': control.placeholder = value ?? ''; return;
    case 'disabled': control.disabled = flag(value); return;
    case 'readonly': control.readOnly = flag(value); return;
    case 'required': control.required = flag(value); return;
    case 'checked': control.checked = flag(value); return;
    case 'maxlength':
      if (value === null) control.removeAttribute('maxlength');
      else control.maxLength = number(value, 0, 16384, 16384);
      return;
    case 'min':
    case 'max':
    case 'step': return attribute(control, name, value);
    case 'rows': return attribute(control, 'rows', String(number(value, 1, 40, 3)));
    case 'dir':
    case 'lang': return attribute(control, name, value);
    case 'label': return setWords(part, 'label', value);
    case 'hint': return setWords(part, 'hint', value);
    case 'error': return setWords(part, 'error', value);
    case 'type': {
      const type = value !== null && inputTypes.includes(value) ? value : 'text';
      control.type = type;
      const choice = type === 'checkbox' || type === 'radio';
      (part.el as HTMLElement).classList.toggle('v-choice', choice);
    }
  }
}

/// Every control has a name for a screen reader: its label, the `label` around it or for it, its
/// placeholder, or that it has none.
function settleField(part: Part, context: Context): void {
  const control = part.control!;
  const invalid = flag(part.props.get('invalid') ?? null) || !!part.props.get('error');
  attribute(control, 'aria-invalid', invalid ? 'true' : null);
  if (part.props.get('label')) {
    control.removeAttribute('aria-label');
    return;
  }
  const around = labelAround(part) ?? context.labelFor(part);
  const name = around === null ? '' : textOf(around, 200);
  control.setAttribute('aria-label', name || part.props.get('placeholder') || t().view.unnamed);
}

function labelAround(part: Part): Part | null {
  for (let up = part.parent; up !== null; up = up.parent) if (up.component === 'label') return up;
  return null;
}

const input: Recipe = {
  make: part => {
    const control = element('input');
    control.type = 'text';
    return field(part, control);
  },
  prop: fieldProp,
  settle: settleField,
  native: true,
};

const textarea: Recipe = {
  make: part => {
    const control = element('textarea');
    control.rows = 3;
    return field(part, control);
  },
  prop: fieldProp,
  settle: settleField,
  native: true,
};

const date: Recipe = {
  make: part => {
    const control = element('input');
    control.type = 'date';
    return field(part, control);
  },
  prop: (part, name, value) => {
    if (name !== 'type' && name !== 'placeholder') fieldProp(part, name, value);
  },
  settle: settleField,
  native: true,
};

const select: Recipe = {
  make: part => {
    const control = element('select');
    const none = element('option');
    none.value = '';
    none.disabled = none.hidden = true;
    const made = field(part, control);
    part.extra['none'] = none;
    control.prepend(none);
    return {...made, slot: control};
  },
  prop: (part, name, value) => {
    if (name === 'placeholder') (part.extra['none'] as HTMLOptionElement).label = value ?? '';
    else if (name !== 'value' && name !== 'type') fieldProp(part, name, value);
  },
  settle: (part, context) => {
    settleField(part, context);
    const control = part.control as HTMLSelectElement;
    if (part.lastAct !== 0) return;
    const value = part.props.get('value');
    const marked = part.kids.find(kid => kid.props.has('selected'));
    const first = part.props.has('placeholder') ? undefined : part.kids.find(k => k.control);
    if (value !== undefined) control.value = value;
    else control.value = ((marked ?? first)?.control as HTMLOptionElement | null)?.value ?? '';
  },
  native: true,
};

const option: Recipe = {
  make: () => {
    const el = element('option');
    return {el, slot: element('span'), control: el};
  },
  // What an option holds is drawn by the browser: it takes text alone, from its kids.
  settle: (part, context) => {
    const el = part.el as HTMLOptionElement;
    const words = part.props.get('label') ?? textOf(part, 200);
    el.textContent = words;
    el.value = part.props.get('value') ?? words;
    el.disabled = flag(part.props.get('disabled') ?? null);
    if (part.parent !== null) context.dirty(part.parent);
  },
};

const tick = (kind: 'checkbox' | 'radio' | 'switch'): Recipe => ({
  make: part => {
    const el = element('label', `v-tick v-tick-${kind}`);
    const control = element('input');
    const words = element('span', 'v-tick-words');
    const label = element('span', 'v-tick-label');
    const slot = element('span', 'v-tick-kids');
    const hint = element('span', 'v-field-hint');
    control.type = kind === 'radio' ? 'radio' : 'checkbox';
    control.id = `field-${++counter}`;
    hint.id = `${control.id}-hint`;
    hint.hidden = true;
    if (kind === 'switch') control.setAttribute('role', 'switch');
    words.append(label, slot, hint);
    el.append(control, words);
    Object.assign(part.extra, {label, hint});
    return {el, slot, control};
  },
  prop: (part, name, value) => {
    if (name === 'label') (part.extra['label'] as HTMLElement).textContent = value ?? '';
    else if (name === 'hint') setWords(part, 'hint', value);
    else if (['checked', 'disabled', 'required', 'dir', 'lang'].includes(name)) {
      fieldProp(part, name, value);
    }
  },
  settle: (part, context) => {
    const control = part.control as HTMLInputElement;
    attribute(control, 'aria-invalid', flag(part.props.get('invalid') ?? null) ? 'true' : null);
    if (part.props.get('label') || textOf(part, 1) !== '') control.removeAttribute('aria-label');
    else settleField(part, context);
    if (kind === 'radio') settleRadio(part, context);
  },
  native: true,
});

function groupOf(part: Part): Part | null {
  for (let up = part.parent; up !== null; up = up.parent)
    if (up.component === 'radiogroup') return up;
  return null;
}

function settleRadio(part: Part, context: Context): void {
  const control = part.control as HTMLInputElement;
  const group = groupOf(part);
  const name = part.props.get('name') ?? '';
  control.name = group !== null ? context.domId(group.id) :
                                  `${context.domId(0)}-${encodeURIComponent(name || part.id)}`;
  if (group === null) return;
  control.disabled = part.props.has('disabled') || group.props.has('disabled');
  const value = group.props.get('value');
  if (value === undefined || group.lastAct !== 0 || part.lastAct !== 0) return;
  control.checked = value === (part.props.get('value') ?? part.props.get('label') ?? textOf(part));
}

const radiogroup: Recipe = {
  make: part => {
    const el = element('div', 'v-radiogroup');
    const label = element('div', 'v-field-label');
    const slot = element('div', 'v-flow');
    label.hidden = true;
    el.setAttribute('role', 'radiogroup');
    el.append(label, slot);
    part.extra['label'] = label;
    return {el, slot};
  },
  prop: (part, name, value) => {
    if (name !== 'label') return;
    const label = part.extra['label'] as HTMLElement;
    label.textContent = value ?? '';
    label.hidden = value === null;
    attribute(part.el as HTMLElement, 'aria-label', value);
  },
  settle: (part, context) => {
    const visit = (kid: Part) => {
      if (kid.component === 'radio') settleRadio(kid, context);
      else kid.kids.forEach(visit);
    };
    part.kids.forEach(visit);
  },
};

const label: Recipe = {
  make: () => ({el: element('div', 'v-label')}),
  settle: (part, context) => context.labelsChanged(part),
};

export const fieldRecipes: Record<string, Recipe> = {
  input, textarea, date, select, option, radiogroup, label,
  checkbox: tick('checkbox'),
  radio: tick('radio'),
  switch: tick('switch'),
};
