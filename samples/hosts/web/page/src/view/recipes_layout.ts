// Recipes of components that hold others.

import {drawIcon, isIcon} from '../icons/icons';
import {t} from '../texts/texts';
import {attribute, element, flag, number, oneOf, type Part, type Recipe}
    from './part';

const tones = ['neutral', 'accent', 'positive', 'warning', 'negative', 'muted'] as const;
const gaps = ['none', 'small', 'normal', 'large'] as const;
const aligns = ['start', 'center', 'end', 'stretch'] as const;
const justifies = ['start', 'center', 'end', 'between'] as const;
const roles = ['alert', 'status', 'group', 'region', 'navigation', 'search', 'log'];

export const toneOf = (el: HTMLElement, value: string | null) => oneOf(el, 'tone', value, tones);

/// A line of text that a property gives, above the kids. Made when it is first needed.
function setTitle(part: Part, box: HTMLElement, value: string | null): void {
  let title = part.extra['title'] as HTMLElement | undefined;
  if (title === undefined) {
    title = element('div', 'v-title');
    title.setAttribute('role', 'heading');
    title.setAttribute('aria-level', '3');
    part.extra['title'] = title;
    box.prepend(title);
  }
  title.textContent = value ?? '';
  title.hidden = value === null || value === '';
}

/// Properties that every box has.
function boxProp(part: Part, name: string, value: string | null): void {
  const el = part.el as HTMLElement;
  const slot = part.slot ?? el;
  switch (name) {
    case 'gap': return oneOf(slot, 'gap', value, gaps);
    case 'align': return oneOf(slot, 'align', value, aligns);
    case 'justify': return oneOf(slot, 'justify', value, justifies);
    case 'direction': return oneOf(slot, 'direction', value, ['column', 'row']);
    case 'tone': return toneOf(el, value);
    case 'label': return attribute(el, 'aria-label', value);
    case 'live': return attribute(el, 'aria-live', ['polite', 'assertive'].includes(value ?? '') ?
                                                      value : null);
    case 'title': return setTitle(part, el, value);
    case 'columns':
      return oneOf(slot, 'columns', String(number(value, 1, 4, 2)), ['1', '2', '3', '4']);
    case 'dir': return attribute(el, 'dir', value);
    case 'lang': return attribute(el, 'lang', value);
  }
}

const controls = 'a,button,input,select,textarea,[tabindex],[role=button]';

/// Gives a box the role it has by now: what its property says, or a button when taps on it are
/// listened for. With controls of its own inside it is a group: a button may hold none.
function settleBox(part: Part, otherwise: string | null): void {
  const el = part.el as HTMLElement;
  const asked = part.props.get('role');
  const taps = part.events.has('click') && !part.props.has('disabled');
  el.classList.toggle('v-taps', taps);
  const inner = taps && el.querySelector(controls) !== null;
  if (taps) {
    el.tabIndex = 0;
    attribute(el, 'role', inner ? 'group' : 'button');
  } else {
    el.removeAttribute('tabindex');
    const labelled = part.props.has('label') ? 'group' : null;
    attribute(el, 'role', asked !== undefined && roles.includes(asked) ? asked :
                                                                         otherwise ?? labelled);
  }
}

const box = (className: string): Recipe => ({
  make: () => ({el: element('div', className)}),
  prop: boxProp,
  settle: part => settleBox(part, null),
});

const titledBox = (className: string): Recipe => ({
  make: () => {
    const el = element('div', className);
    const slot = element('div', `${className}-body v-flow`);
    el.append(slot);
    return {el, slot};
  },
  prop: boxProp,
  settle: part => settleBox(part, null),
});

const isRow = (part: Part) => part.component === 'item' && !part.events.has('click');

const list: Recipe = {
  make: () => {
    const el = element('div', 'v-list');
    const slot = element('div', 'v-list-body');
    el.append(slot);
    return {el, slot};
  },
  prop: (part, name, value) => {
    if (name === 'label') attribute(part.slot!, 'aria-label', value);
    else boxProp(part, name, value);
  },
  // It is a list for assistive technology as long as all in it are items that are no buttons.
  settle: (part: Part) => {
    const pure = part.kids.length > 0 && part.kids.every(isRow);
    attribute(part.slot!, 'role', pure ? 'list' : part.props.has('label') ? 'group' : null);
    for (const kid of part.kids) {
      if (isRow(kid)) attribute(kid.el as HTMLElement, 'role', pure ? 'listitem' : null);
    }
  },
};

const item: Recipe = {
  make: part => {
    const el = element('div', 'v-item');
    const icon = element('span', 'v-item-icon');
    const body = element('div', 'v-item-body');
    const slot = element('div', 'v-item-main');
    const detail = element('div', 'v-item-detail');
    const value = element('span', 'v-item-value');
    const more = element('span', 'v-item-more');
    more.append(drawIcon('chevron-right'));
    icon.hidden = detail.hidden = value.hidden = more.hidden = true;
    body.append(slot, detail);
    el.append(icon, body, value, more);
    Object.assign(part.extra, {icon, detail, value, more});
    return {el, slot};
  },
  prop: (part, name, value) => {
    const el = part.el as HTMLElement;
    if (name === 'detail' || name === 'value') {
      const place = part.extra[name] as HTMLElement;
      place.textContent = value ?? '';
      place.hidden = value === null;
    } else if (name === 'icon') {
      const place = part.extra['icon'] as HTMLElement;
      place.replaceChildren(...(isIcon(value) ? [drawIcon(value)] : []));
      place.hidden = !isIcon(value);
    } else if (name === 'selected') {
      el.classList.toggle('v-selected', flag(value));
    } else if (name === 'disabled') {
      el.classList.toggle('v-disabled', flag(value));
    } else {
      boxProp(part, name, value);
    }
  },
  settle: (part, context) => {
    settleBox(part, part.parent?.slot?.getAttribute('role') === 'list' ? 'listitem' : null);
    const el = part.el as HTMLElement;
    (part.extra['more'] as HTMLElement).hidden = el.getAttribute('role') !== 'button';
    const chosen = part.events.has('click') && part.props.has('selected');
    attribute(el, 'aria-pressed', chosen && el.getAttribute('role') === 'button' ? 'true' : null);
    if (part.parent?.component === 'list') list.settle?.(part.parent, context);
  },
};

const sponsored: Recipe = {
  make: part => {
    const el = element('section', 'v-sponsored');
    const mark = element('div', 'v-sponsored-mark');
    const slot = element('div', 'v-flow');
    el.append(mark, slot);
    el.hidden = true;
    part.extra['mark'] = mark;
    return {el, slot};
  },
  prop: (part, name, value) => {
    if (name !== 'advertiser') return boxProp(part, name, value);
    // The host's own words; without an advertiser there is nothing to see.
    const words = t().view.sponsored(value ?? '');
    (part.extra['mark'] as HTMLElement).textContent = words;
    (part.el as HTMLElement).setAttribute('aria-label', words);
    (part.el as HTMLElement).hidden = value === null || value === '';
  },
  settle: part => settleBox(part, 'region'),
};

const address: Recipe = {
  make: () => {
    const el = element('div', 'v-address');
    const slot = element('address', 'v-flow');
    el.append(drawIcon('pin'), slot);
    return {el, slot};
  },
  prop: boxProp,
};

export const layoutRecipes: Record<string, Recipe> = {
  page: titledBox('v-page'),
  stack: box('v-stack v-flow'),
  row: box('v-row'),
  grid: box('v-grid'),
  card: titledBox('v-card'),
  list,
  item,
  sponsored,
  address,
  divider: {make: () => ({el: element('hr', 'v-divider'), slot: null})},
  break: {make: () => ({el: element('br'), slot: null})},
};
