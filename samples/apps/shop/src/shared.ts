// What every screen is given, and what a failure means to the user.

import type {Language, Texts} from './texts';

export interface Shared {
  texts: Texts;
  language: Language;
}

/// The user's words for `error`. The message is for developers: it goes to the log.
export function errorText(error: unknown, texts: Texts): string {
  const {code, message} = error as {code?: string; message?: string};
  console.warn(`${code ?? 'error'}: ${message ?? error}`);
  return texts.errors[code ?? ''] ?? texts.otherError(code ?? 'internal');
}
