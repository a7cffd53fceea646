// A mini-app's view on the page: plain DOM, one part for each node, changed by the host's patches.
// Measured against a virtual DOM for 10,000 nodes: a patch touches only what it names.

import type {PatchRecord, ViewNode} from '../core/types';
import {bindEvents} from './events';
import {releaseHeld} from './fields';
import {element, type Context, type Part, type ViewHost} from './part';
import {recipes, unknownRecipe} from './recipes';

export class ViewTree {
  /// The element that a panel shows. It may be moved from one place on the page to another.
  readonly root: HTMLElement;
  readonly #scroll: HTMLElement;
  readonly #top: Part;
  readonly #parts = new Map<number, Part>();
  /// Parts by the name that the app gave them (`id`), and labels by whom they name (`for`).
  readonly #named = new Map<string, Part>();
  readonly #labels = new Map<string, Part>();
  /// Controls with a value of the host that waits.
  readonly #held = new Set<Part>();
  readonly #dirty = new Set<Part>();
  readonly #context: Context;
  readonly #unbind: () => void;

  constructor(host: ViewHost) {
    this.root = element('div', 'view');
    this.#scroll = element('div', 'view-scroll');
    this.root.append(this.#scroll);
    this.#context = {
      host,
      root: this.root,
      find: id => this.#parts.get(id),
      domId: id => `view-${host.session}-${id}`,
      dirty: part => this.#dirty.add(part),
      labelFor: part => this.#labels.get(part.props.get('id') ?? '') ?? null,
      named: label => this.#named.get(label.props.get('for') ?? '') ?? null,
      labelsChanged: label => {
        const named = this.#named.get(label.props.get('for') ?? '');
        if (named !== undefined) this.#dirty.add(named);
        for (const kid of label.kids) if (kid.control !== null) this.#dirty.add(kid);
      },
    };
    this.#top = this.#blank(0, 'page', this.#scroll);
    this.#parts.set(0, this.#top);
    this.#unbind = bindEvents(this.root, this.#context, el => this.#partOf(el));
  }

  destroy(): void {
    this.#unbind();
    this.root.remove();
  }

  get size(): number {
    return this.#parts.size - 1;
  }

  /// Makes the page show `view`. Parts that are there already stay, with the caret and the scroll
  /// position in them: ids are never used twice. The root node itself is not drawn, its kids are.
  replace(view: ViewNode, acked = 0): void {
    const kids = view.id === 0 ? view.k ?? [] : [view];
    this.#reconcileKids(this.#top, kids, acked);
    this.#settle();
  }

  #reconcileKids(parent: Part, nodes: ViewNode[], acked: number): void {
    const wanted = new Set(nodes.map(node => node.id));
    for (const kid of [...parent.kids]) if (!wanted.has(kid.id)) this.#remove(kid);
    nodes.forEach((node, index) => {
      const known = this.#parts.get(node.id);
      if (known !== undefined && known.parent === parent && known.component === (node.c ?? '')) {
        this.#move(parent, known, index);
        this.#reconcile(known, node, acked);
        return;
      }
      if (known !== undefined) this.#remove(known);
      this.#insert(parent, index, node);
    });
  }

  #move(parent: Part, part: Part, index: number): void {
    if (parent.kids[index] === part) return;
    parent.kids.splice(parent.kids.indexOf(part), 1);
    parent.kids.splice(index, 0, part);
    parent.slot!.insertBefore(part.el, parent.kids[index + 1]?.el ?? null);
    this.#dirtyUp(parent);
  }

  #reconcile(part: Part, node: ViewNode, acked: number): void {
    if (part.recipe === null) {
      if (node.x !== undefined && (part.el as Text).data !== node.x) {
        (part.el as Text).data = node.x;
        this.#dirtyUp(part.parent);
      }
      return;
    }
    const props = node.p ?? {};
    for (const name of [...part.props.keys()]) {
      if (!Object.hasOwn(props, name)) this.#setProp(part, name, null, acked);
    }
    for (const [name, value] of Object.entries(props)) {
      if (part.props.get(name) !== value) this.#setProp(part, name, value, acked);
    }
    part.events = new Set(node.e ?? []);
    this.#dirty.add(part);
    if (part.slot !== null) this.#reconcileKids(part, node.k ?? [], acked);
  }

  /// Applies records in order. One that does not fit (its node went away) is passed over.
  patch(records: PatchRecord[], acked: number): void {
    for (const record of records) this.#apply(record, acked);
    for (const part of this.#held) {
      releaseHeld(part, acked);
      if (part.heldValue === null) this.#held.delete(part);
    }
    this.#settle();
  }

  #apply(record: PatchRecord, acked: number): void {
    switch (record[0]) {
      case '+': {
        const parent = this.#parts.get(record[1]);
        if (parent?.slot) this.#insert(parent, record[2], record[3]);
        return;
      }
      case '-': {
        const part = this.#parts.get(record[2]);
        if (part !== undefined && part !== this.#top) this.#remove(part);
        return;
      }
      case 'x': {
        const part = this.#parts.get(record[1]);
        if (part === undefined || part.recipe !== null) return;
        (part.el as Text).data = record[2];
        this.#dirtyUp(part.parent);
        return;
      }
      case 'p': {
        const part = this.#parts.get(record[1]);
        if (part !== undefined) this.#setProp(part, record[2], record[3], acked);
        return;
      }
      case '=': return this.replace(record[1], acked);
      case 'e': {
        const part = this.#parts.get(record[1]);
        if (part === undefined) return;
        part.events = new Set(record[2]);
        this.#dirty.add(part);
        return;
      }
    }
  }

  #blank(id: number, component: string, el: HTMLElement | Text): Part {
    return {
      id,
      component,
      el,
      slot: el instanceof HTMLElement ? el : null,
      control: null,
      parent: null,
      kids: [],
      props: new Map(),
      events: new Set(),
      recipe: null,
      lastAct: 0,
      heldValue: null,
      extra: {},
    };
  }

  #insert(parent: Part, index: number, node: ViewNode): void {
    if (this.#parts.has(node.id)) return;
    const part = this.#build(parent, node);
    const at = Math.max(0, Math.min(index, parent.kids.length));
    const before = parent.kids[at];
    parent.kids.splice(at, 0, part);
    parent.slot!.insertBefore(part.el, before?.el ?? null);
    this.#dirtyUp(parent);
  }

  /// Builds a node with everything below it, off the page.
  #build(parent: Part, node: ViewNode): Part {
    if (node.x !== undefined) {
      const text = this.#blank(node.id, '', document.createTextNode(node.x));
      text.parent = parent;
      this.#parts.set(node.id, text);
      return text;
    }
    const component = node.c ?? 'stack';
    const recipe =
        Object.hasOwn(recipes, component) ? recipes[component]! : unknownRecipe;
    const part = this.#blank(node.id, component, document.createTextNode(''));
    part.parent = parent;
    part.recipe = recipe;
    part.events = new Set(node.e ?? []);
    const made = recipe.make(part, this.#context);
    part.el = made.el;
    part.slot = made.slot === undefined ? made.el : made.slot;
    part.control = made.control ?? null;
    this.#parts.set(node.id, part);
    made.el.dataset['node'] = String(node.id);
    this.#dirty.add(part);
    for (const kid of node.k ?? []) {
      if (part.slot === null || this.#parts.has(kid.id)) continue;
      const built = this.#build(part, kid);
      part.kids.push(built);
      part.slot.append(built.el);
    }
    // After the kids: a select takes its value only when its options are there.
    for (const [name, value] of Object.entries(node.p ?? {})) this.#setProp(part, name, value, 0);
    return part;
  }

  #remove(part: Part): void {
    const parent = part.parent;
    if (parent === null) return;
    const index = parent.kids.indexOf(part);
    if (index >= 0) parent.kids.splice(index, 1);
    part.el.remove();
    this.#drop(part);
    this.#dirtyUp(parent);
  }

  #drop(part: Part): void {
    this.#parts.delete(part.id);
    this.#dirty.delete(part);
    this.#held.delete(part);
    this.#register(this.#named, part, 'id', null);
    this.#register(this.#labels, part, 'for', null);
    for (const kid of part.kids) this.#drop(kid);
  }

  #setProp(part: Part, name: string, value: string | null, acked: number): void {
    if (part.recipe === null) return;
    if (name === 'id') this.#register(this.#named, part, name, value);
    if (name === 'for') this.#register(this.#labels, part, name, value);
    if (value === null) part.props.delete(name);
    else part.props.set(name, value);
    this.#dirty.add(part);
    const awaited = part.lastAct > acked && (name === 'value' || name === 'checked');
    if (awaited) {
      // What the user did is newer than this: it waits until the host has seen it.
      if (name === 'value') {
        part.heldValue = value ?? '';
        this.#held.add(part);
      }
      return;
    }
    if (name === 'value') {
      part.heldValue = null;
      this.#held.delete(part);
    }
    if (name === 'hidden') (part.el as HTMLElement).hidden = value !== null && value !== 'false';
    else part.recipe.prop?.(part, name, value, this.#context);
  }

  #register(names: Map<string, Part>, part: Part, prop: string, value: string | null): void {
    const old = part.props.get(prop);
    if (old !== undefined && names.get(old) === part) names.delete(old);
    if (value !== null) names.set(value, part);
  }

  /// Kids changed: the parent is settled, and every part above that is told apart by its kids.
  #dirtyUp(part: Part | null): void {
    for (let up = part; up !== null && up !== this.#top; up = up.parent) this.#dirty.add(up);
  }

  #settle(): void {
    // Settling may ask for more (a tab for its tabs): two rounds are as deep as that goes.
    for (let round = 0; round < 3 && this.#dirty.size > 0; ++round) {
      const parts = [...this.#dirty];
      this.#dirty.clear();
      for (const part of parts) part.recipe?.settle?.(part, this.#context);
    }
    this.#dirty.clear();
  }

  #partOf(el: Element | null): Part | null {
    const marked = el?.closest('[data-node]');
    if (!marked || !this.root.contains(marked)) return null;
    return this.#parts.get(Number(marked.getAttribute('data-node'))) ?? null;
  }
}
