// The page's words: one table for each language, the same keys in both (a test holds them to it).

import {en} from './en';
import {ru} from './ru';

export type Language = 'en'|'ru';
export type Texts = typeof en;

export const languages: Readonly<Record<Language, Texts>> = {en, ru};

let language: Language = 'en';

/// The words of the language in use.
export const t = (): Texts => languages[language];
export const setLanguage = (wanted: Language): void => void (language = wanted);
export const currentLanguage = (): Language => language;
