// Draws the catalogue and says what it hears. Overlays are drawn here, for they have states of
// their own: open and closed.

import {createApp, defineComponent, h, ref, type VNode} from 'vue';

import {catalogue, type Example} from './catalogue';
import {type Section, type Texts, textsFor} from './texts';

const kinds = ['sheet', 'dialog'] as const;
const tones = ['neutral', 'positive', 'negative'];

/// The first property of an example that tells what it is called, for the line about events.
function nameOf({component, props, text}: Example): string {
  return String(props?.label ?? text ?? component);
}

function draw(example: Example, hear: (event: Event, name: string) => void): VNode {
  const {component, props = {}, text, children = []} = example;
  const listener = (event: Event) => {
    event.stopPropagation();
    hear(event, nameOf(example));
  };
  const heard = {
    button: {onClick: listener},
    link: {onClick: listener},
    input: {onChange: listener},
    textarea: {onChange: listener},
    select: {onChange: listener},
    checkbox: {onChange: listener},
    switch: {onChange: listener},
    radiogroup: {onChange: listener},
    date: {onChange: listener},
    tabs: {onChange: listener},
  }[component];
  const inside = children.map(child => draw(child, hear));
  return h(component, {...props, ...heard}, text === undefined ? inside : [text, ...inside]);
}

const Overlays = defineComponent({
  props: {texts: {type: Object as () => Texts, required: true}},
  emits: {hear: (_event: Event, _name: string) => true},
  setup({texts}, {emit}) {
    const open = ref<string | null>(null);
    const toast = ref<string | null>(null);
    const show = (kind: string) => h('button', {onClick: () => (open.value = kind)},
                                     `${texts.open}: ${kind}`);
    const panel = (kind: string) => {
      const closed = (event: Event) => {
        open.value = null;
        emit('hear', event, kind);
      };
      return h(kind, {title: kind, open: open.value === kind, onClose: closed}, [
        h('p', texts.inside),
        h('button', {onClick: () => (open.value = null)}, `${texts.close}: ${kind}`),
      ]);
    };
    return () => h('stack', {gap: 'normal'}, [
      ...kinds.map(show),
      ...tones.map(tone => h('button', {onClick: () => (toast.value = tone)}, `toast, ${tone}`)),
      ...kinds.map(panel),
      toast.value === null ? null : h('toast', {tone: toast.value, text: `toast, ${toast.value}`}),
    ]);
  },
});

const App = defineComponent({
  setup() {
    const texts = textsFor(kiosk.language ?? 'en');
    const sections = Object.keys(texts.sections) as Section[];
    const section = ref<Section>('text');
    const heard = ref(texts.nothing);
    const hear = (event: Event, name: string) => {
      const {value, checked} = event.currentTarget as HTMLInputElement;
      const state = checked ? 'on' : '';
      heard.value = texts.heard(`${event.type} ${name}`, value || state);
    };
    const choose = (event: Event) => {
      section.value = (event.currentTarget as HTMLInputElement).value as Section;
    };
    return () => h('page', {label: texts.title}, [
      h('h1', texts.title),
      h('tabs', {label: texts.choose, value: section.value, onChange: choose},
        sections.map(name => h('tab', {value: name}, texts.sections[name]))),
      h('p', {'aria-live': 'polite'}, heard.value),
      section.value === 'overlays' ?
        h(Overlays, {texts, onHear: hear}) :
        h('stack', {gap: 'normal', key: section.value},
          catalogue[section.value].map(example => draw(example, hear))),
    ]);
  },
});

createApp(App).mount(document.body);
