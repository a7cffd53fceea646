// Recipes of what is pressed: buttons, links, tabs; and of sheets and dialogs, which stay inside
// the panel of their app.

import {drawIcon, isIcon} from '../icons/icons';
import {t} from '../texts/texts';
import {attribute, type Context, element, flag, oneOf, type Part, type Recipe, textOf}
    from './part';
import {toneOf} from './recipes_layout';

/// A button's inside: icon, its label when it holds no text of its own, its kids.
function pressable(part: Part, className: string): {el: HTMLElement; slot: HTMLElement} {
  const el = element('button', className);
  const icon = element('span', 'v-button-icon');
  const label = element('span', 'v-button-label');
  const slot = element('span', 'v-button-kids');
  el.type = 'button';
  icon.hidden = true;
  el.append(icon, label, slot);
  Object.assign(part.extra, {icon, label});
  return {el, slot};
}

function pressProp(part: Part, name: string, value: string | null): void {
  const el = part.el as HTMLButtonElement;
  switch (name) {
    case 'disabled': el.disabled = flag(value); return;
    case 'tone': return toneOf(el, value);
    case 'size': return oneOf(el, 'size', value, ['small', 'normal', 'large']);
    case 'pressed': return attribute(el, 'aria-pressed', value === null ? null : value);
    case 'expanded': return attribute(el, 'aria-expanded', value === null ? null : value);
    case 'busy':
      el.classList.toggle('v-busy', flag(value));
      return attribute(el, 'aria-busy', flag(value) ? 'true' : null);
    case 'icon': {
      const place = part.extra['icon'] as HTMLElement;
      place.replaceChildren(...(isIcon(value) ? [drawIcon(value)] : []));
      place.hidden = !isIcon(value);
      return;
    }
    case 'dir':
    case 'lang': return attribute(el, name, value);
  }
}

function settlePress(part: Part): void {
  const el = part.el as HTMLElement;
  const label = part.props.get('label');
  const own = textOf(part, 200);
  const visible = part.extra['label'] as HTMLElement;
  visible.textContent = own === '' ? label ?? '' : '';
  visible.hidden = visible.textContent === '';
  const name = label !== undefined && own !== '' ? label : null;
  const nameless = own === '' && label === undefined ? t().view.unnamed : null;
  attribute(el, 'aria-label', name ?? nameless);
}

const button: Recipe = {
  make: part => pressable(part, 'v-button'),
  prop: pressProp,
  settle: settlePress,
  native: true,
};

const link: Recipe = {
  make: part => {
    const made = pressable(part, 'v-link');
    made.el.setAttribute('role', 'link');
    return made;
  },
  prop: pressProp,
  settle: settlePress,
  native: true,
};

const tabs: Recipe = {
  make: () => {
    const el = element('div', 'v-tabs');
    el.setAttribute('role', 'tablist');
    return {el};
  },
  prop: (part, name, value) => {
    if (name === 'label') attribute(part.el as HTMLElement, 'aria-label', value);
  },
  settle: part => {
    const value = part.props.get('value');
    const all = part.kids.filter(kid => kid.component === 'tab');
    attribute(part.el as HTMLElement, 'role', all.length > 0 ? 'tablist' : null);
    const chosen = all.find(tab => isChosen(tab, value)) ?? null;
    for (const tab of all) {
      const el = tab.el as HTMLElement;
      el.setAttribute('aria-selected', String(tab === chosen));
      el.tabIndex = tab === (chosen ?? all[0]) ? 0 : -1;
    }
  },
};

function isChosen(tab: Part, value: string | undefined): boolean {
  if (value === undefined) return false;
  return (tab.props.get('value') ?? tab.props.get('label') ?? textOf(tab)) === value;
}

const tab: Recipe = {
  make: part => {
    const made = pressable(part, 'v-tab');
    made.el.setAttribute('role', 'tab');
    made.el.setAttribute('aria-selected', 'false');
    const badge = element('span', 'v-tab-badge');
    badge.hidden = true;
    made.el.append(badge);
    part.extra['badge'] = badge;
    return made;
  },
  prop: (part, name, value) => {
    if (name !== 'badge') return pressProp(part, name, value);
    const badge = part.extra['badge'] as HTMLElement;
    badge.textContent = value ?? '';
    badge.hidden = value === null || value === '';
  },
  settle: (part, context) => {
    settlePress(part);
    if (part.parent !== null) context.dirty(part.parent);
  },
  native: true,
};

const overlay = (kind: 'sheet' | 'dialog'): Recipe => ({
  make: part => {
    const el = element('div', `v-overlay v-overlay-${kind}`);
    const boxed = element('div', 'v-overlay-box');
    const head = element('div', 'v-overlay-head');
    const title = element('div', 'v-overlay-title');
    const close = element('button', 'v-overlay-close');
    const slot = element('div', 'v-overlay-body v-flow');
    close.type = 'button';
    close.setAttribute('aria-label', t().common.close);
    close.append(drawIcon('close'));
    title.setAttribute('role', 'heading');
    title.setAttribute('aria-level', '2');
    boxed.setAttribute('role', 'dialog');
    boxed.setAttribute('aria-modal', 'true');
    boxed.setAttribute('aria-label', kind);
    boxed.tabIndex = -1;
    head.append(title, close);
    boxed.append(head, slot);
    el.append(boxed);
    el.hidden = true;
    Object.assign(part.extra, {boxed, title, close});
    return {el, slot};
  },
  prop: (part, name, value, context) => {
    const title = part.extra['title'] as HTMLElement;
    if (name === 'title') title.textContent = value ?? '';
    if (name === 'open') setOpen(part, flag(value), context);
  },
  settle: part => {
    const name = part.props.get('label') ?? part.props.get('title') ?? textOf(part, 60);
    (part.extra['boxed'] as HTMLElement).setAttribute('aria-label', name || t().view.unnamed);
    const taken = part.events.has('close');
    (part.extra['close'] as HTMLElement).hidden = !taken;
  },
});

function setOpen(part: Part, open: boolean, context: Context): void {
  const el = part.el as HTMLElement;
  if (el.hidden === !open) return;
  el.hidden = !open;
  if (open) {
    part.extra['before'] = document.activeElement;
    // After the patch: what it holds is there by then. Focus is taken only inside this app.
    requestAnimationFrame(() => {
      const active = document.activeElement;
      if (context.root.contains(active) || active === document.body) {
        (part.extra['boxed'] as HTMLElement).focus({preventScroll: true});
      }
    });
  } else {
    const before = part.extra['before'] as HTMLElement | undefined;
    if (before?.isConnected && context.root.contains(before)) before.focus({preventScroll: true});
  }
}

export const controlRecipes: Record<string, Recipe> =
    {button, link, tabs, tab, sheet: overlay('sheet'), dialog: overlay('dialog')};
