// Short news at the edge of the window. A mini-app's toast always names the app.

import {t} from '../texts/texts';
import {ApiError} from './api';
import {getPage, update} from './store';
import type {Tone} from './types';

const toastMs = 4_500;
const toastsMax = 3;
const textMax = 240;
let key = 0;

export function toast(text: string, tone: Tone = 'neutral', from?: string): void {
  const mine = ++key;
  const shown = {key: mine, text: text.slice(0, textMax), tone, from};
  update(now => ({toasts: [...now.toasts, shown].slice(-toastsMax)}));
  setTimeout(() => dismissToast(mine), toastMs);
}

export function dismissToast(which: number): void {
  update(now => ({toasts: now.toasts.filter(item => item.key !== which)}));
}

export function toastFrom(session: string, text: string, tone: Tone): void {
  const slot = getPage().slots.find(item => item.id === session);
  if (slot !== undefined) toast(text, tone, slot.open?.appName ?? slot.app);
}

/// A sentence for a failure; every code that has none of its own gets the general one.
export function sentenceOf(error: unknown): string {
  const failures: Record<string, string> = t().failures;
  const code = error instanceof ApiError ? error.code : 'internal';
  return failures[code] ?? failures['internal']!;
}

export const toastFailure = (error: unknown) => toast(sentenceOf(error), 'negative');
