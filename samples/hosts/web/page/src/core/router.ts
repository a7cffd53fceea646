// Where the user is, as the part of the address behind '#': so Back and bookmarks work.

import {update} from './store';

export type Section =
    'chats' | 'apps' | 'wallet' | 'notices' | 'privacy' | 'activity' | 'settings';
const sections: Section[] =
    ['chats', 'apps', 'wallet', 'notices', 'privacy', 'activity', 'settings'];

export interface Route {
  section: Section;
  id: string | null;
}

export function parseRoute(text: string): Route {
  const [section, id] = text.replace(/^#?\/?/, '').split('/');
  const known = sections.find(name => name === section);
  let decoded: string | null = null;
  try {
    decoded = id === undefined || id === '' ? null : decodeURIComponent(id);
  } catch {
    // An address that someone mistyped leads to the section itself.
  }
  return {section: known ?? 'chats', id: known === undefined ? null : decoded};
}

export const routeTo = (section: Section, id?: string): string =>
    `#/${section}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;

export function go(section: Section, id?: string): void {
  const hash = routeTo(section, id);
  if (location.hash === hash) return;
  location.hash = hash;
}

export function watchRoute(): void {
  const follow = () => update({route: location.hash});
  addEventListener('hashchange', follow);
  follow();
}
