// Recipes of components that show something: texts, pictures, progress.

import {drawIcon, isIcon} from '../icons/icons';
import {drawQr} from '../icons/qr';
import {initials, tintOf} from '../icons/letters';
import {t} from '../texts/texts';
import {assetUrl, attribute, type Context, element, flag, number, oneOf, type Part, type Recipe,
        textOf} from './part';
import {toneOf} from './recipes_layout';

const sizes = ['small', 'normal', 'large'] as const;
const sizeOf = (el: HTMLElement, value: string | null) => oneOf(el, 'size', value, sizes);
const textRoles = ['alert', 'status', 'log'];

function clickable(part: Part): void {
  const el = part.el as HTMLElement;
  const taps = part.events.has('click');
  el.classList.toggle('v-taps', taps);
  if (taps) {
    el.tabIndex = 0;
    el.setAttribute('role', 'button');
  } else if (el.getAttribute('role') === 'button') {
    el.removeAttribute('role');
    el.removeAttribute('tabindex');
  }
}

const text: Recipe = {
  make: () => ({el: element('span', 'v-text')}),
  prop: (part, name, value) => {
    const el = part.el as HTMLElement;
    if (name === 'tone') toneOf(el, value);
    else if (name === 'size') sizeOf(el, value);
    else if (name === 'strong') el.classList.toggle('v-strong', flag(value));
    else if (name === 'block') el.classList.toggle('v-block', flag(value));
    else if (name === 'role') attribute(el, 'role', textRoles.includes(value ?? '') ? value : null);
    else if (name === 'live') attribute(el, 'aria-live', value === 'off' ? null : value);
    else if (name === 'dir' || name === 'lang') attribute(el, name, value);
  },
  settle: clickable,
};

const heading: Recipe = {
  make: () => {
    const el = element('div', 'v-heading level-2');
    el.setAttribute('role', 'heading');
    el.setAttribute('aria-level', '2');
    return {el};
  },
  prop: (part, name, value) => {
    const el = part.el as HTMLElement;
    if (name === 'level') {
      const level = String(Math.round(number(value, 1, 6, 2)));
      el.setAttribute('aria-level', level);
      oneOf(el, 'level', level, ['1', '2', '3', '4', '5', '6']);
    } else if (name === 'dir' || name === 'lang') {
      attribute(el, name, value);
    }
  },
};

const badge: Recipe = {
  make: () => ({el: element('span', 'v-badge')}),
  prop: (part, name, value) => {
    const el = part.el as HTMLElement;
    if (name === 'tone') toneOf(el, value);
    if (name === 'label') part.extra['label'] = value;
  },
  settle: part => {
    const el = part.el as HTMLElement;
    const label = part.props.get('label');
    if (part.kids.length === 0) el.dataset['text'] = label ?? '';
    else delete el.dataset['text'];
    attribute(el, 'role', label === undefined ? null : 'img');
    attribute(el, 'aria-label', label ?? null);
  },
};

/// A file of the package; when it cannot be shown its name stands in its place.
function setPicture(part: Part, context: Context, image: HTMLImageElement, src: string | null) {
  const url = src === null ? null : assetUrl(context.host.session, src);
  const el = part.el as HTMLElement;
  el.classList.toggle('v-missing', url === null);
  if (url === null) {
    image.removeAttribute('src');
    return;
  }
  image.addEventListener('error', () => el.classList.add('v-missing'), {once: true});
  image.src = url;
}

const image: Recipe = {
  make: part => {
    const el = element('figure', 'v-image v-missing');
    const img = element('img');
    const lost = element('span', 'v-image-lost');
    img.alt = '';
    img.decoding = 'async';
    lost.setAttribute('aria-hidden', 'true');
    lost.append(drawIcon('image'), element('span'));
    el.append(img, lost);
    Object.assign(part.extra, {img, lost: lost.lastElementChild});
    return {el, slot: null};
  },
  prop: (part, name, value, context) => {
    const img = part.extra['img'] as HTMLImageElement;
    if (name === 'src') setPicture(part, context, img, value);
    else if (name === 'label') {
      img.alt = value ?? '';
      (part.extra['lost'] as HTMLElement).textContent = value ?? '';
    } else if (name === 'ratio') {
      oneOf(part.el as HTMLElement, 'ratio', value, ['auto', 'square', 'wide', 'portrait']);
    } else if (name === 'fit') {
      oneOf(part.el as HTMLElement, 'fit', value, ['cover', 'contain']);
    }
  },
  settle: part => {
    clickable(part);
    const el = part.el as HTMLElement;
    const role = el.getAttribute('role') === 'button';
    attribute(el, 'aria-label', role ? part.props.get('label') ?? null : null);
  },
};

const icon: Recipe = {
  make: () => ({el: element('span', 'v-icon'), slot: null}),
  prop: (part, name, value) => {
    const el = part.el as HTMLElement;
    if (name === 'name') el.replaceChildren(...(isIcon(value) ? [drawIcon(value)] : []));
    else if (name === 'tone') toneOf(el, value);
    else if (name === 'size') sizeOf(el, value);
    else if (name === 'label') {
      attribute(el, 'role', value === null ? null : 'img');
      attribute(el, 'aria-label', value);
    }
  },
};

const avatar: Recipe = {
  make: part => {
    const el = element('span', 'v-avatar v-missing');
    const img = element('img');
    const letters = element('span', 'v-avatar-letters');
    img.alt = '';
    letters.setAttribute('aria-hidden', 'true');
    el.setAttribute('role', 'img');
    el.setAttribute('aria-label', '?');
    el.append(img, letters);
    Object.assign(part.extra, {img, letters});
    return {el, slot: null};
  },
  prop: (part, name, value, context) => {
    const el = part.el as HTMLElement;
    if (name === 'src') setPicture(part, context, part.extra['img'] as HTMLImageElement, value);
    else if (name === 'size') sizeOf(el, value);
    else if (name === 'label') {
      el.setAttribute('aria-label', value ?? '?');
      (part.extra['letters'] as HTMLElement).textContent = initials(value ?? '?');
      oneOf(el, 'tint', String(tintOf(value ?? '')), ['0', '1', '2', '3', '4', '5', '6', '7']);
    }
  },
};

const progress: Recipe = {
  make: part => {
    const el = element('div', 'v-progress');
    const label = element('span', 'v-progress-label');
    const bar = element('progress');
    label.hidden = true;
    bar.setAttribute('aria-label', t().view.progress);
    el.append(label, bar);
    part.extra['label'] = label;
    return {el, slot: null, control: bar};
  },
  prop: (part, name, value) => {
    const bar = part.control as HTMLProgressElement;
    if (name === 'max') bar.max = number(value, 0, 1e9, 1) || 1;
    else if (name === 'value') {
      if (value === null) bar.removeAttribute('value');
      else bar.value = number(value, 0, 1e9, 0);
    } else if (name === 'label') {
      bar.setAttribute('aria-label', value ?? t().view.progress);
      const label = part.extra['label'] as HTMLElement;
      label.textContent = value ?? '';
      label.hidden = value === null;
    } else if (name === 'tone') {
      toneOf(part.el as HTMLElement, value);
    }
  },
};

const spinner: Recipe = {
  make: part => {
    const el = element('span', 'v-spinner');
    const ring = element('span', 'ring');
    const label = element('span', 'v-spinner-label');
    el.setAttribute('role', 'status');
    ring.setAttribute('aria-hidden', 'true');
    label.textContent = t().view.working;
    label.classList.add('sr-only');
    el.append(ring, label);
    part.extra['label'] = label;
    return {el, slot: null};
  },
  prop: (part, name, value) => {
    if (name === 'size') sizeOf(part.el as HTMLElement, value);
    if (name !== 'label') return;
    const label = part.extra['label'] as HTMLElement;
    label.textContent = value ?? t().view.working;
    label.classList.toggle('sr-only', value === null);
  },
};

const qr: Recipe = {
  make: () => {
    const el = element('div', 'v-qr');
    el.setAttribute('role', 'img');
    el.setAttribute('aria-label', t().view.qr);
    return {el, slot: null};
  },
  prop: (part, name, value) => {
    const el = part.el as HTMLElement;
    if (name === 'value') el.replaceChildren(...drawQr(value ?? ''));
    else if (name === 'label') el.setAttribute('aria-label', value ?? t().view.qr);
    else if (name === 'size') sizeOf(el, value);
  },
};

const code: Recipe = {
  make: () => {
    const el = element('pre', 'v-code');
    const slot = element('code');
    el.tabIndex = 0;
    el.setAttribute('role', 'group');
    el.setAttribute('aria-label', t().view.code);
    el.append(slot);
    return {el, slot};
  },
  prop: (part, name, value) => {
    if (name !== 'label') return;
    (part.el as HTMLElement).setAttribute('aria-label', value ?? t().view.code);
  },
};

const toast: Recipe = {
  make: part => {
    const el = element('div', 'v-toast');
    const words = element('span');
    el.setAttribute('role', 'status');
    el.append(words);
    part.extra['words'] = words;
    return {el, slot: el};
  },
  prop: (part, name, value) => {
    if (name === 'text') (part.extra['words'] as HTMLElement).textContent = value ?? '';
    else if (name === 'tone') toneOf(part.el as HTMLElement, value);
  },
  settle: part => {
    (part.el as HTMLElement).classList.toggle(
        'v-empty', !part.props.get('text') && textOf(part, 1) === '');
  },
};

export const textRecipes: Record<string, Recipe> =
    {text, heading, badge, image, icon, avatar, progress, spinner, qr, code, toast};
