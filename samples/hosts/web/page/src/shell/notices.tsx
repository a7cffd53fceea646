// The notification centre.

import {useEffect} from 'preact/hooks';

import {update, use} from '../core/store';
import {Icon} from '../icons/icon';
import type {IconName} from '../icons/icons';
import {fullTime, isoTime} from '../texts/format';
import {t} from '../texts/texts';
import {Empty, Screen} from './parts';
import {follow} from './shell';

const icons: Record<string, IconName> =
    {message: 'chat', payment: 'wallet', app: 'apps', consent: 'shield', warning: 'warning'};

export function Notices() {
  const notices = use(page => page.notices);
  const newest = notices[0]?.atMs ?? 0;
  useEffect(() => update({noticesSeenMs: newest}), [newest]);
  return (
    <Screen title={t().notices.title}>
      {notices.length === 0 && (
        <Empty icon="bell" title={t().notices.none} text={t().notices.noneText} />
      )}
      {notices.length > 0 && (
        <ul class="rows">
          {notices.map(({id, kind, title, text, atMs, link}) => (
            <li key={id} class="row">
              <span class="row-icon"><Icon name={icons[kind] ?? 'bell'} /></span>
              <span class="row-words">
                <b>{title}</b>
                <span>{text}</span>
                <time class="quiet" dateTime={isoTime(atMs)}>{fullTime(atMs)}</time>
              </span>
              {link && (
                <button type="button" class="button" aria-label={`${t().notices.open}: ${title}`}
                        onClick={() => follow(link)}>{t().notices.open}</button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Screen>
  );
}
