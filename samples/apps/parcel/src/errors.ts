// What a failed call means to the user.

import type {Texts} from './texts';

/// The user's words for `error`. The host's message is for developers: it goes to the log.
export function errorText(error: unknown, texts: Texts): string {
  const {code, message} = error as {code?: string; message?: string};
  console.warn(`${code ?? 'error'}: ${message ?? error}`);
  return texts.errors[code ?? ''] ?? texts.otherError(code ?? 'internal');
}
