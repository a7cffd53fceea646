// From the tree under document.body to remote-dom's mutation records, gathered in a turn and sent
// as `ui.commit` notifications. Records are written as JSON text at once, so what is sent is what
// the tree was at that moment, and no list of the app's is involved.
//
//   [0, parent, node, index]      insert   node: {id, type, element, properties, attributes,
//   [1, parent, index]            remove          eventListeners, children} or {id, type, data}
//   [2, node, text]               text
//   [3, node, name, value, kind]  kind 1 property, 2 attribute, 3 event listener (true, or null)
import { elementHooks, elementState } from './element.js';
import { kElement, nextInTree, tree, treeHooks } from './node.js';
import { quote, utf8Length } from '../json_text.js';
import { config, natives } from '../state.js';
import { eventTargetHooks, targetState } from '../event_target.js';
import {
  MathFloor,
  MathMax,
  MathMin,
  newList,
  NumberPrototypeToString,
  SafeMap,
  SafeWeakMap,
  StringCtor,
  StringPrototypeSlice,
} from '../primordials.js';

const kRootId = '~';
const kProperty = 1;
const kAttribute = 2;
const kListener = 3;
const kHead = '{"jsonrpc":"2.0","method":"ui.commit","params":{"records":[';
const kTail = ']}}';
// The host counts each value and each key.
const kFrameValues = 9;
// A record's node stands at depth 5 of the frame and its attributes one deeper; each level of
// children adds two.
const kNodeDepth = 6;
const kStringCharsMax = 65536;

let root = null;
let lastId = 0;
// A node keeps its id for life; `nodes` holds those that are in the view now.
const ids = new SafeWeakMap();
const nodes = new SafeMap();
let text = '';
let bytes = 0;
let values = 0;
const rootListeners = new SafeMap();
let isRootFamily = () => false;

/** Attributes that stay in the guest: how a component looks is the host's matter. */
function isPrivate(name) {
  return name === 'style' || name === 'class';
}

// What is between the tags of a textarea is its value, not something that is shown.
function isTextarea(node) {
  return tree.kind(node) === kElement && elementState.name(node) === 'textarea';
}

/** An attribute behind a property that was set since: a control does not go back to its start. */
function isOutdated(element, name) {
  const live = elementState.live(element);
  if (live === undefined || !elementHooks.isSplit(element)) return false;
  return (
    (name === 'value' && live.value !== undefined) ||
    (name === 'checked' && live.checked !== undefined)
  );
}

function isUnsent(element, name) {
  return isPrivate(name) || isOutdated(element, name);
}

/** The value that a textarea starts with, which it has as text. */
function startOf(node) {
  if (!isTextarea(node) || elementState.live(node)?.value !== undefined) return '';
  return elementState.attributes(node).has('value') ? '' : node.textContent;
}

function textareaChanged(node) {
  if (elementState.live(node)?.value !== undefined) return;
  addUpdate(node, 'value', node.value, kProperty);
}

function isShown(node) {
  const id = ids.get(node);
  return id !== undefined && nodes.has(id);
}

function isLive(node) {
  return node === root || isShown(node);
}

function idOf(node) {
  if (node === root) return kRootId;
  return ids.get(node);
}

function cut(value) {
  const room = MathMax(16, MathMin(kStringCharsMax, MathFloor(config.messageBytesMax / 8)));
  return quote(value.length > room ? StringPrototypeSlice(value, 0, room) : value);
}

function valueText(value) {
  if (value === null) return 'null';
  return typeof value === 'boolean' ? (value ? 'true' : 'false') : cut(StringCtor(value));
}

function send() {
  if (text === '') return;
  const frame = kHead + text + kTail;
  text = '';
  bytes = values = 0;
  natives.send(frame);
}

/**
 * Adds a record of `count` JSON values; sends what was gathered first if both do not fit a
 * frame.
 */
function add(record, count) {
  const size = utf8Length(record) + 1;
  if (
    text !== '' &&
    (bytes + size + kHead.length + kTail.length > config.messageBytesMax ||
      values + count + kFrameValues > config.messageValuesMax)
  ) {
    send();
  }
  text += (text === '' ? '' : ',') + record;
  bytes += size;
  values += count;
}

export function flushView() {
  send();
}

function addUpdate(node, name, value, kind) {
  add('[3,"' + idOf(node) + '",' + cut(name) + ',' + valueText(value) + ',' + kind + ']', 6);
}

function newId(node) {
  let id = ids.get(node);
  if (id === undefined) {
    id = NumberPrototypeToString(lastId++);
    ids.set(node, id);
  }
  nodes.set(id, node);
  return id;
}

// One record may take half a frame of bytes and values; what does not fit follows as records of its
// own.
function newBudget() {
  return {
    __proto__: null,
    bytes: MathFloor(config.messageBytesMax / 4),
    values: MathFloor(config.messageValuesMax / 2),
    count: 0,
    children: newList(),
    elements: newList(),
  };
}

function member(name, body, budget) {
  if (body === '') return '';
  budget.count += 2;
  return ',"' + name + '":{' + body + '}';
}

function membersOf(node, budget) {
  let attributes = '';
  elementState.attributes(node).forEach((value, name) => {
    if (isUnsent(node, name)) return;
    attributes += (attributes === '' ? '' : ',') + cut(name) + ':' + cut(value);
    budget.count += 2;
  });
  const live = elementState.live(node);
  let properties = '';
  if (live !== undefined) {
    if (live.value !== undefined) properties += ',"value":' + cut(live.value);
    if (live.checked !== undefined) properties += ',"checked":' + live.checked;
    if (live.disabled !== undefined) properties += ',"disabled":' + live.disabled;
    budget.count += 6;
  }
  const start = startOf(node);
  if (start !== '') {
    properties += ',"value":' + cut(start);
    budget.count += 2;
  }
  let listeners = '';
  targetState.forEachType(node, (type) => {
    listeners += (listeners === '' ? '' : ',') + cut(type) + ':true';
    budget.count += 2;
  });
  return (
    member('properties', StringPrototypeSlice(properties, 1), budget) +
    member('attributes', attributes, budget) +
    member('eventListeners', listeners, budget)
  );
}

function writeNode(node, level, budget) {
  const start = '{"id":"' + newId(node) + '","type":' + tree.kind(node);
  budget.count += 9;
  if (tree.kind(node) !== kElement) {
    const data = start + ',"data":' + cut(treeHooks.dataOf(node)) + '}';
    budget.bytes -= data.length;
    return data;
  }
  let own = start + ',"element":' + cut(elementState.name(node));
  const members = membersOf(node, budget);
  if (members.length < config.messageBytesMax / 8) own += members;
  else budget.elements[budget.elements.length] = node;
  budget.bytes -= own.length;
  return own + ',"children":[' + writeChildren(node, level, budget) + ']}';
}

function writeChildren(node, level, budget) {
  if (isTextarea(node)) return '';
  const levelsMax = MathFloor((config.messageDepthMax - kNodeDepth) / 2);
  let out = '';
  let index = 0;
  for (let c = tree.first(node); c !== null; c = tree.next(c)) {
    if (level >= levelsMax || budget.bytes < 0 || budget.count > budget.values) {
      budget.children[budget.children.length] = { __proto__: null, parent: node, child: c, index };
      return out;
    }
    out += (index === 0 ? '' : ',') + writeNode(c, level + 1, budget);
    index++;
  }
  return out;
}

// Writes `node` as one record and what did not fit as further ones, without recursion into itself.
function addInsert(parent, node, index) {
  const queue = newList();
  queue[0] = { __proto__: null, parent, child: node, index, one: true };
  for (let at = 0; at < queue.length; at++) {
    const job = queue[at];
    let place = job.index;
    for (let c = job.child; c !== null; c = job.one ? null : tree.next(c)) {
      const budget = newBudget();
      const nodeText = writeNode(c, 0, budget);
      add('[0,"' + idOf(job.parent) + '",' + nodeText + ',' + place + ']', budget.count + 4);
      for (let i = 0; i < budget.elements.length; i++) addMembers(budget.elements[i]);
      for (let i = 0; i < budget.children.length; i++) queue[queue.length] = budget.children[i];
      place++;
    }
    queue[at] = null;
  }
}

function addMembers(node) {
  elementState.attributes(node).forEach((value, name) => {
    if (!isUnsent(node, name)) addUpdate(node, name, value, kAttribute);
  });
  const start = startOf(node);
  if (start !== '') addUpdate(node, 'value', start, kProperty);
  const live = elementState.live(node);
  if (live !== undefined && live.value !== undefined)
    addUpdate(node, 'value', live.value, kProperty);
  if (live !== undefined && live.checked !== undefined) {
    addUpdate(node, 'checked', live.checked, kProperty);
  }
  if (live !== undefined && live.disabled !== undefined) {
    addUpdate(node, 'disabled', live.disabled, kProperty);
  }
  targetState.forEachType(node, (type) => addUpdate(node, type, true, kListener));
}

function forget(node) {
  for (let n = node; n !== null; n = nextInTree(n, node)) {
    const id = ids.get(n);
    if (id !== undefined) nodes.delete(id);
  }
}

// A listener on body, html, document or window hears what bubbles to the root.
function rootListening(type, present) {
  const before = rootListeners.get(type) ?? 0;
  const now = before + (present ? 1 : -1);
  if (now === 0) rootListeners.delete(type);
  else rootListeners.set(type, now);
  if (before === 0 || now === 0) {
    add('[3,"' + kRootId + '",' + cut(type) + ',' + (present ? 'true' : 'null') + ',3]', 6);
  }
}

export function hasRootListeners() {
  return rootListeners.size > 0;
}

export function hasViewChildren() {
  return tree.first(root) !== null;
}

/** The node that the host calls `id`; undefined when it is not in the view any more. */
export function nodeById(id) {
  return id === kRootId ? root : nodes.get(id);
}

/**
 * Makes `body` the root of the view. `inRootFamily` says which targets an event bubbles to from
 * it.
 */
export function startView(body, inRootFamily) {
  root = body;
  isRootFamily = inRootFamily;
  treeHooks.inserted = (parent, node, index) => {
    if (!isLive(parent)) return;
    if (isTextarea(parent)) textareaChanged(parent);
    else addInsert(parent, node, index);
  };
  treeHooks.removed = (parent, node, index) => {
    if (!isLive(parent)) return;
    if (isTextarea(parent)) {
      textareaChanged(parent);
      return;
    }
    add('[1,"' + idOf(parent) + '",' + index + ']', 4);
    forget(node);
  };
  treeHooks.textChanged = (node) => {
    if (isLive(node)) add('[2,"' + idOf(node) + '",' + cut(treeHooks.dataOf(node)) + ']', 4);
    const parent = tree.parent(node);
    if (parent !== null && isTextarea(parent) && isLive(parent)) textareaChanged(parent);
  };
  elementHooks.attributeChanged = (element, name, value) => {
    if (isShown(element) && !isUnsent(element, name)) addUpdate(element, name, value, kAttribute);
  };
  elementHooks.propertyChanged = (element, name, value) => {
    if (isShown(element)) addUpdate(element, name, value, kProperty);
  };
  eventTargetHooks.listening = (target, type, present) => {
    if (isRootFamily(target)) rootListening(type, present);
    else if (isShown(target)) addUpdate(target, type, present ? true : null, kListener);
  };
}
