// What this browser remembers of how things should look. Kept on this device only.

import {type Language, setLanguage} from '../texts/texts';

export type SchemeChoice = 'system' | 'light' | 'dark';
export type Scheme = 'light' | 'dark';
export type DirectionChoice = 'auto' | 'ltr' | 'rtl';

export const textSizes = [90, 100, 115, 130, 150] as const;

export interface Settings {
  scheme: SchemeChoice;
  textSize: number;
  language: 'auto' | Language;
  direction: DirectionChoice;
  panelWidth: number;
}

const key = 'kiosk.settings';
export const panelWidthMin = 320;
export const panelWidthMax = 900;

function load(): Settings {
  const settings: Settings =
      {scheme: 'system', textSize: 100, language: 'auto', direction: 'auto', panelWidth: 420};
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Settings>;
    if (['system', 'light', 'dark'].includes(kept.scheme ?? '')) settings.scheme = kept.scheme!;
    if (textSizes.some(size => size === kept.textSize)) settings.textSize = kept.textSize!;
    if (['auto', 'ru', 'en'].includes(kept.language ?? '')) settings.language = kept.language!;
    if (['auto', 'ltr', 'rtl'].includes(kept.direction ?? '')) settings.direction = kept.direction!;
    const width = Number(kept.panelWidth);
    if (width >= panelWidthMin && width <= panelWidthMax) settings.panelWidth = width;
  } catch {
    // A browser that keeps nothing, or something that is not ours: the defaults hold.
  }
  return settings;
}

let settings = load();
let userLanguage: Language = 'en';
const listeners = new Set<() => void>();
const darkQuery = matchMedia('(prefers-color-scheme: dark)');

export const getSettings = (): Settings => settings;

export const effectiveScheme = (): Scheme =>
    settings.scheme === 'system' ? (darkQuery.matches ? 'dark' : 'light') : settings.scheme;

export const effectiveLanguage = (): Language =>
    settings.language === 'auto' ? userLanguage : settings.language;

export const effectiveDirection = (): 'ltr' | 'rtl' =>
    settings.direction === 'auto' ? 'ltr' : settings.direction;

/// Told after every change of what is effective.
export function onAppearance(listener: () => void): void {
  listeners.add(listener);
}

export function changeSettings(change: Partial<Settings>): void {
  settings = {...settings, ...change};
  try {
    localStorage.setItem(key, JSON.stringify(settings));
  } catch {
    // Kept for this page at least.
  }
  applyAppearance();
}

/// The language that the user's account asks for; a choice made here goes before it.
export function setUserLanguage(language: string): void {
  userLanguage = language.toLowerCase().startsWith('ru') ? 'ru' : 'en';
  applyAppearance();
}

/// Writes the settings into the document's root, from where the style sheet takes them.
export function applyAppearance(): void {
  const root = document.documentElement;
  setLanguage(effectiveLanguage());
  root.lang = effectiveLanguage();
  root.dir = effectiveDirection();
  root.dataset['scheme'] = effectiveScheme();
  root.dataset['text'] = String(settings.textSize);
  root.style.setProperty('--panel-width', `${settings.panelWidth}px`);
  for (const listener of listeners) listener();
}

setUserLanguage(navigator.language);
darkQuery.addEventListener('change', applyAppearance);
