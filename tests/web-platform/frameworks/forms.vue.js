import {
  createApp,
  h,
  nextTick,
  ref,
  Suspense,
  Transition,
  vModelCheckbox,
  vModelRadio,
  vModelSelect,
  vModelText,
  vShow,
  withDirectives,
  withModifiers,
} from '@vue/runtime-dom';

// What a template's v-model compiles to.
const model = (tag, directive, state, props, children, modifiers = {}) =>
  withDirectives(
    h(
      tag,
      {
        ...props,
        'onUpdate:modelValue': (value) => {
          state.value = value;
        },
      },
      children,
    ),
    [[directive, state.value, undefined, modifiers]],
  );

const Later = {
  async setup() {
    await nextTick();
    return () => h('p', 'data came');
  },
};

const App = {
  setup() {
    const agreed = ref(false);
    const reason = ref('ill');
    const child = ref('b');
    const note = ref('start');
    const amount = ref('');
    const sent = ref('nothing');
    const left = ref('');
    const leave = () => {
      left.value = 'faded away';
    };
    const now = () =>
      `${agreed.value} ${reason.value} ${child.value} ${note.value} ${amount.value}`;
    const send = withModifiers(() => {
      sent.value = now();
    }, ['prevent']);
    const options = { a: 'Anna', b: 'Boris', c: 'Vera' };
    return () =>
      h('form', { onSubmit: send }, [
        model('input', vModelCheckbox, agreed, { type: 'checkbox', 'aria-label': 'Agree' }),
        ...['ill', 'family'].map((value) =>
          model('input', vModelRadio, reason, { type: 'radio', value, 'aria-label': value }),
        ),
        model(
          'select',
          vModelSelect,
          child,
          { 'aria-label': 'Child' },
          Object.entries(options).map(([value, name]) => h('option', { value }, name)),
        ),
        model('textarea', vModelText, note, { 'aria-label': 'Note' }),
        model('input', vModelText, amount, { 'aria-label': 'Digits' }, undefined, {
          number: true,
          trim: true,
        }),
        h('button', 'Send'),
        h('p', `now ${now()}`),
        h('p', `sent ${sent.value}`),
        withDirectives(h('p', 'shown when agreed'), [[vShow, agreed.value]]),
        h(Transition, { name: 'fade', onAfterLeave: leave }, () =>
          agreed.value ? null : h('p', 'fades'),
        ),
        h('p', left.value),
        h(Suspense, null, { default: () => h(Later), fallback: () => h('p', 'waiting') }),
      ]);
  },
};
createApp(App).mount(document.body);
