// What the renderer keeps for each node of a view, and what a component's recipe may use.

import type {ViewNode} from '../core/types';

/// What a tree needs of its surroundings.
export interface ViewHost {
  session: string;
  /// Sends what the user did; the number comes back as `acked`.
  act(node: number, event: string, value?: string): number;
}

/// A node on the page. A text node has neither recipe nor kids.
export interface Part {
  id: number;
  component: string;
  /// What stands in the parent's slot.
  el: HTMLElement | Text;
  /// Where the kids go; null when the component takes none.
  slot: HTMLElement | null;
  /// The form control, for those that have one.
  control: HTMLElement | null;
  parent: Part | null;
  kids: Part[];
  props: Map<string, string>;
  events: Set<string>;
  recipe: Recipe | null;
  /// The number of the last act from this control, 0 when there was none.
  lastAct: number;
  /// A value that the host sent while the user's own was on its way.
  heldValue: string | null;
  extra: Record<string, unknown>;
}

export interface Context {
  host: ViewHost;
  find(id: number): Part | undefined;
  /// A document-wide id for a node's control, for `aria-labelledby` and radio groups.
  domId(id: number): string;
  /// Asks for `settle` of this part after the patch.
  dirty(part: Part): void;
  /// The `label` that names `part` with its `for`.
  labelFor(part: Part): Part | null;
  /// What a `label` names with its `for`.
  named(label: Part): Part | null;
  /// A `label` says something else now: what it names is settled again.
  labelsChanged(label: Part): void;
  /// The panel's own root, to which sheets and toasts are held.
  root: HTMLElement;
}

/// How one component is drawn. Nothing here takes HTML: texts become text nodes, and properties
/// become classes of a closed list, ARIA attributes and form values.
export interface Recipe {
  make(part: Part, context: Context): {el: HTMLElement; slot?: HTMLElement | null;
                                        control?: HTMLElement};
  /// A property changed; null means that it is gone.
  prop?(part: Part, name: string, value: string | null, context: Context): void;
  /// Kids, properties or events changed; called once after a patch.
  settle?(part: Part, context: Context): void;
  /// Whether the browser itself makes it work with the keyboard.
  native?: boolean;
}

export type {ViewNode};

export function element<K extends keyof HTMLElementTagNameMap>(
    tag: K, className = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  return made;
}

/// Puts `prefix-value` on `el` when `value` is of the closed list, and takes the others away.
export function oneOf(
    el: HTMLElement, prefix: string, value: string | null, allowed: readonly string[]): void {
  for (const name of allowed) el.classList.toggle(`${prefix}-${name}`, name === value);
}

export const flag = (value: string | null): boolean =>
    value !== null && value !== 'false' && value !== '';

export function attribute(el: HTMLElement, name: string, value: string | null): void {
  if (value === null) el.removeAttribute(name);
  else el.setAttribute(name, value);
}

/// A whole number within bounds, or `otherwise`.
export function number(value: string | null, min: number, max: number, otherwise: number): number {
  const parsed = Number(value ?? NaN);
  return Number.isFinite(parsed) ? Math.min(max, Math.max(min, parsed)) : otherwise;
}

/// The text of a part and below, as a person reads it.
export function textOf(part: Part, max = 400): string {
  if (part.recipe === null) return (part.el as Text).data.slice(0, max);
  let text = '';
  for (const kid of part.kids) {
    if (text.length >= max) break;
    text += `${textOf(kid, max - text.length)} `;
  }
  return text.trim();
}

const raster = /\.(png|jpe?g|gif|webp|avif)$/i;

/// A picture of the package as an address of this origin. The path is taken apart and each piece
/// encoded, so nothing in it can leave the folder or name another host.
export function assetUrl(session: string, path: string): string | null {
  if (path.length > 512 || !raster.test(path) || /^[a-z][a-z0-9+.-]*:/i.test(path)) return null;
  if (path.startsWith('//') || path.includes('\\')) return null;
  const pieces = path.split('/').filter(piece => piece !== '' && piece !== '.');
  if (pieces.length === 0 || pieces.includes('..')) return null;
  return `/assets/${encodeURIComponent(session)}/${pieces.map(encodeURIComponent).join('/')}`;
}
