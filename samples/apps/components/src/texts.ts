// The words of the catalogue's own frame, in both languages. Names of components and properties are
// those of the code and are not translated.

const en = {
  title: 'Components',
  sections: {
    text: 'Text',
    layout: 'Layout',
    controls: 'Controls',
    pictures: 'Pictures',
    state: 'State',
    overlays: 'Overlays',
  },
  choose: 'Section',
  heard: (event: string, value: string) => `Heard: ${event} ${value}`,
  nothing: 'Nothing was heard yet.',
  open: 'Open',
  close: 'Close',
  inside: 'It stays inside the mini-app.',
};

const ru: typeof en = {
  title: 'Компоненты',
  sections: {
    text: 'Текст',
    layout: 'Раскладка',
    controls: 'Управление',
    pictures: 'Картинки',
    state: 'Состояние',
    overlays: 'Поверх',
  },
  choose: 'Раздел',
  heard: (event, value) => `Услышано: ${event} ${value}`,
  nothing: 'Пока ничего не услышано.',
  open: 'Открыть',
  close: 'Закрыть',
  inside: 'Остаётся внутри мини-приложения.',
};

export type Section = keyof typeof en.sections;
export type Texts = typeof en;

/// The texts for a BCP 47 language; English for those there are none for.
export function textsFor(tag: string): Texts {
  return tag.toLowerCase().startsWith('ru') ? ru : en;
}
