import { createApp, h, ref, watchEffect } from '@vue/runtime-dom';

const App = {
  setup() {
    const count = ref(0);
    const name = ref('');
    const items = ref(['a', 'b', 'c']);
    const effect = ref('no effect');
    const open = ref(false);
    watchEffect(() => {
      effect.value = `effect ran ${count.value}`;
    });
    const onInput = (event) => {
      name.value = event.target.value.toUpperCase();
    };
    const toggle = () => {
      open.value = !open.value;
    };
    return () =>
      h('div', [
        h('h1', 'Framework'),
        h('p', `Count ${count.value}`),
        h('button', { onClick: () => count.value++ }, 'Add'),
        h('input', { 'aria-label': 'Name', value: name.value, onInput }),
        h('p', `Hello ${name.value || 'nobody'}`),
        h(
          'ul',
          items.value.map((item) => h('li', { key: item }, item)),
        ),
        h('button', { onClick: () => (items.value = [...items.value].reverse()) }, 'Reverse'),
        h('button', { onClick: () => (items.value = items.value.slice(1)) }, 'Drop'),
        h('p', effect.value),
        h('button', { disabled: count.value < 2, onClick: toggle }, 'Gate'),
        open.value ? h('p', 'gate open') : null,
      ]);
  },
};
createApp(App).mount(document.body);
