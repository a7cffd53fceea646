// What the user does inside a view, from DOM events to acts. Listeners stand on the view's root
// alone; a node that the app listens on nothing for sends nothing but its form value.

import {actFrom} from './fields';
import type {Context, Part} from './part';

const isToggle = (control: EventTarget|null): boolean =>
    control instanceof HTMLInputElement &&
    (control.type === 'checkbox' || control.type === 'radio');

/// Whether the app listens for `event` on `part` or above it.
function heard(part: Part|null, event: string): boolean {
  for (let up = part; up !== null; up = up.parent) if (up.events.has(event)) return true;
  return false;
}

/// The node that a tap at `part` is for: a button, link or tab, else the nearest that listens.
function tapTarget(part: Part|null): Part|null {
  for (let up = part; up !== null; up = up.parent) {
    if (['button', 'link', 'tab'].includes(up.component)) return up;
    if (up.control !== null && up.component !== 'progress') return null;
    if (up.events.has('click') && !up.props.has('disabled')) return up;
  }
  return null;
}

export function bindEvents(
    root: HTMLElement, context: Context, partOf: (el: Element|null) => Part | null): () => void {
  const within = (event: Event) => partOf(event.target instanceof Element ? event.target : null);
  const tap = (part: Part) => actFrom(part, context, 'click', undefined);

  const onClick = (event: MouseEvent) => {
    const target = event.target as Element;
    if (closeOverlay(target)) return;
    const part = within(event);
    if (part === null || isToggle(event.target) || target.closest('label.v-tick') !== null) return;
    const label = target.closest('.v-label');
    if (label !== null && part.control === null) focusLabelled(partOf(label), context);
    const tapped = tapTarget(part);
    if (tapped === null || (tapped.el as HTMLElement).classList.contains('v-busy')) return;
    tap(tapped);
  };

  const closeOverlay = (target: Element): boolean => {
    const overlay = target.closest('.v-overlay');
    if (overlay === null) return false;
    const part = partOf(overlay);
    const outside = target === overlay || target.closest('.v-overlay-close') !== null;
    if (part === null || !outside) return false;
    if (part.events.has('close')) actFrom(part, context, 'close', undefined);
    return true;
  };

  const onInput = (event: Event) => {
    const part = within(event);
    const control = event.target as HTMLInputElement;
    if (part?.control !== control || isToggle(control)) return;
    actFrom(part, context, 'input', control.value);
  };

  const onChange = (event: Event) => {
    const part = within(event);
    const control = event.target as HTMLInputElement;
    if (part?.control !== control) return;
    if (isToggle(control)) tap(part);
    else actFrom(part, context, 'change', control.value);
  };

  const onKey = (event: KeyboardEvent) => {
    const part = within(event);
    if (part === null || event.defaultPrevented || event.isComposing) return;
    const target = event.target as HTMLElement;
    if (event.key === 'Escape' || event.key === 'Tab') return keyInOverlay(event, target);
    if (event.key === 'Enter' && target instanceof HTMLInputElement && !isToggle(target)) {
      // After the browser's own change event for what was typed.
      if (heard(part, 'submit')) setTimeout(() => actFrom(part, context, 'submit', undefined));
      return;
    }
    const role = target.getAttribute('role');
    if (role === 'tab') return keyInTabs(event, target);
    const pressed = event.key === 'Enter' || event.key === ' ';
    if (pressed && !event.repeat && target.classList.contains('v-taps') && target === part.el) {
      event.preventDefault();
      tap(part);
    }
  };

  const keyInOverlay = (event: KeyboardEvent, target: HTMLElement) => {
    const overlay = target.closest('.v-overlay');
    const part = partOf(overlay);
    if (overlay === null || part === null) return;
    if (event.key === 'Tab') return keepInside(event, overlay);
    if (!part.events.has('close')) return;
    event.preventDefault();
    actFrom(part, context, 'close', undefined);
  };

  const onFocus = (event: FocusEvent) => {
    const part = within(event);
    const kind = event.type === 'focusin' ? 'focus' : 'blur';
    if (part !== null && part.events.has(kind)) actFrom(part, context, kind, undefined);
  };

  const onCompose = (event: CompositionEvent) => {
    const control = event.target as HTMLElement;
    if (event.type === 'compositionstart') control.dataset['composing'] = 'yes';
    else delete control.dataset['composing'];
  };

  const stop = new AbortController();
  const {signal} = stop;
  root.addEventListener('click', onClick, {signal});
  root.addEventListener('input', onInput, {signal});
  root.addEventListener('change', onChange, {signal});
  root.addEventListener('keydown', onKey, {signal});
  root.addEventListener('focusin', onFocus, {signal});
  root.addEventListener('focusout', onFocus, {signal});
  root.addEventListener('compositionstart', onCompose, {signal});
  root.addEventListener('compositionend', onCompose, {signal});
  return () => stop.abort();
}

/// A tap on a label goes to the control that it names.
function focusLabelled(label: Part|null, context: Context): void {
  if (label === null) return;
  const inside = label.kids.find(kid => kid.control !== null) ?? context.named(label);
  const control = inside?.control;
  if (isToggle(control ?? null)) (control as HTMLInputElement).click();
  else control?.focus();
}

/// Arrow keys go from tab to tab, as readers of screens expect.
function keyInTabs(event: KeyboardEvent, target: HTMLElement): void {
  const row = target.closest('[role=tablist]');
  const all = [...(row?.querySelectorAll<HTMLElement>('[role=tab]:not(:disabled)') ?? [])];
  const rtl = getComputedStyle(target).direction === 'rtl' ? -1 : 1;
  const steps: Record<string, number> = {ArrowRight: rtl, ArrowLeft: -rtl};
  const at = all.indexOf(target);
  const step = steps[event.key];
  const to = event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 :
      step === undefined ? -1 : (at + step + all.length) % all.length;
  if (to < 0) return;
  event.preventDefault();
  all[to]?.focus();
  all[to]?.click();
}

const focusable = 'button,input,select,textarea,[tabindex="0"]';

function keepInside(event: KeyboardEvent, overlay: Element): void {
  const all = [...overlay.querySelectorAll<HTMLElement>(focusable)].filter(
      el => el.offsetParent !== null && !el.hasAttribute('disabled'));
  const first = all[0];
  const last = all.at(-1);
  if (first === undefined || last === undefined) return event.preventDefault();
  const active = document.activeElement;
  const outside = event.shiftKey ? active === first || !all.includes(active as HTMLElement) :
                                   active === last;
  if (!outside) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}
