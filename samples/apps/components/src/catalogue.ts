// Every component with its properties and states, as data: what app.ts draws, section by section.

import type {Section} from './texts';

export interface Example {
  component: string;
  props?: Record<string, string | number | boolean>;
  text?: string;
  children?: Example[];
}

const of = (component: string, props: Example['props'] = {}, text?: string, children?: Example[]) =>
    ({component, props, text, children});
const each = (component: string, property: string, values: string[]) =>
    values.map(value => of(component, {[property]: value}, value));
const labelled = (component: string, states: [string, Example['props']][]) =>
    states.map(([label, props]) => of(component, {label, ...props}));

const tones = ['neutral', 'accent', 'positive', 'warning', 'negative', 'muted'];
const sizes = ['small', 'normal', 'large'];
const icons = [
  'search', 'home', 'chat', 'card', 'wallet', 'check', 'close', 'plus', 'minus', 'trash', 'edit',
  'star', 'bell', 'calendar', 'map', 'truck', 'box', 'school', 'book', 'user', 'users', 'phone',
  'mail', 'lock', 'camera', 'gift', 'cart', 'arrow-left', 'arrow-right', 'chevron-right', 'info',
  'warning', 'error', 'help', 'filter', 'sort', 'share', 'download',
];
const options = [
  of('option', {value: 'a'}, 'Apples'),
  of('option', {value: 'b'}, 'Bread'),
  of('option', {value: 'c', disabled: true}, 'Cherries (sold out)'),
];
const tiles = ['one', 'two', 'three', 'four'].map(word => of('card', {title: word}));

export const catalogue: Record<Section, Example[]> = {
  text: [
    ...['1', '2', '3', '4'].map(level => of('heading', {level}, `heading, level ${level}`)),
    ...tones.map(tone => of('text', {tone, block: true}, `text, tone ${tone}`)),
    ...sizes.map(size => of('text', {size, block: true}, `text, size ${size}`)),
    of('code', {}, 'code  keeps\n  its spaces'),
    of('address', {label: 'Post office'}, '1 Sample Street\nExampleville'),
    of('text', {block: true}, 'one line', [of('break'), of('text', {}, 'and the next')]),
    of('link', {}, 'link'),
    of('link', {disabled: true}, 'link, disabled'),
  ],
  layout: [
    of('stack', {gap: 'small', label: 'stack'}, undefined, each('text', 'size', ['normal'])),
    ...['none', 'small', 'normal', 'large'].map(
        gap => of('row', {gap}, undefined, [of('badge', {}, 'row'), of('badge', {}, gap)])),
    ...['1', '2', '3', '4'].map(columns => of('grid', {columns, gap: 'small'}, undefined, tiles)),
    of('card', {title: 'card'}, 'A surface of its own.'),
    of('divider'),
    of('list', {label: 'list'}, undefined, [of('item', {}, 'item'), of('item', {}, 'another')]),
    of('sponsored', {advertiser: 'Example Tea'}, 'Paid content; the host says who pays.'),
  ],
  controls: [
    ...tones.map(tone => of('button', {tone}, `button, ${tone}`)),
    of('button', {disabled: true}, 'button, disabled'),
    of('button', {pressed: true}, 'button, pressed'),
    ...labelled('input', [
      ['input', {placeholder: 'a placeholder'}],
      ['input, required', {required: true}],
      ['input, at most 5 characters', {maxlength: 5, value: 'value'}],
      ['input, disabled', {disabled: true, value: 'cannot be changed'}],
    ]),
    ...labelled('textarea', [['textarea', {placeholder: 'several lines'}]]),
    of('select', {label: 'select', value: 'b'}, undefined, options),
    ...labelled('checkbox', [['checkbox', {}], ['checkbox, on', {checked: true}],
                             ['checkbox, disabled', {disabled: true}]]),
    ...labelled('switch', [['switch', {}], ['switch, on', {checked: true}],
                           ['switch, disabled', {disabled: true}]]),
    of('radiogroup', {label: 'radiogroup', value: 'b'}, undefined, [
      of('radio', {value: 'a', label: 'radio a'}),
      of('radio', {value: 'b', label: 'radio b', checked: true}),
      of('radio', {value: 'c', label: 'radio c, disabled', disabled: true}),
    ]),
    ...labelled('date', [['date', {}],
                         ['date, in March', {value: '2026-03-12', min: '2026-03-01',
                                             max: '2026-03-31'}]]),
    of('label', {for: 'named'}, 'label for an input'),
    of('input', {id: 'named'}),
    of('tabs', {value: 'second', label: 'tabs'}, undefined, [
      of('tab', {value: 'first', label: 'first tab'}),
      of('tab', {value: 'second', label: 'second tab'}),
    ]),
  ],
  pictures: [
    of('row', {gap: 'small'}, undefined, icons.map(name => of('icon', {name, label: name}))),
    ...['square', 'wide', 'portrait'].map(
        ratio => of('image', {src: 'pictures/hills.png', label: `image, ${ratio}`, ratio})),
    of('row', {gap: 'small'}, undefined, [
      of('avatar', {label: 'Anna Ivanova'}),
      of('avatar', {label: 'A picture', src: 'pictures/hills.png'}),
    ]),
    of('qr', {value: 'https://example.org/parcel/RA123456785RU', label: 'qr: a parcel'}),
  ],
  state: [
    of('row', {gap: 'small'}, undefined, tones.map(tone => of('badge', {tone}, tone))),
    of('progress', {value: 30, max: 100, label: 'progress, 30 of 100'}),
    of('progress', {label: 'progress, nobody knows how far'}),
    of('spinner', {label: 'spinner'}),
  ],
  overlays: [],
};
