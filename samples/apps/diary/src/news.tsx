// The announcements; which of them were read is kept by the host for this user and this app.

import type {Announcement} from './school';
import type {Language, Texts} from './texts';

const key = 'read';

export async function loadRead(): Promise<string[]> {
  const {found, value} = await kiosk.storage.local.get({key});
  return found && Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

export async function keepRead(read: string[]): Promise<void> {
  await kiosk.storage.local.set({key, value: read});
}

interface NewsProps {
  announcements: Announcement[];
  read: string[];
  markRead: (id: string) => void;
  texts: Texts;
  language: Language;
}

export function News({announcements, read, markRead, texts, language}: NewsProps) {
  return (
    <section>
      {announcements.every(({id}) => read.includes(id)) && <p>{texts.allRead}</p>}
      {announcements.map(({id, day, title, text}) => (
        <card key={id} title={title[language]}>
          <small>{day}</small>
          <p>{text[language]}</p>
          {read.includes(id) ?
            <badge tone="muted">{texts.isRead}</badge> :
            <button aria-label={`${texts.markRead}: ${title[language]}`}
                    onClick={() => markRead(id)}>{texts.markRead}</button>}
        </card>
      ))}
    </section>
  );
}
