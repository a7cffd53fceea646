// The shell: sections at the side (at the foot on a phone), the section itself, and beside it the
// mini-app that is open.

import {useEffect, useRef, useState} from 'preact/hooks';

import {go, parseRoute, type Section} from '../core/router';
import {show} from '../core/slots';
import {type Page, update, use} from '../core/store';
import {Icon} from '../icons/icon';
import type {IconName} from '../icons/icons';
import {t} from '../texts/texts';
import {Activity} from './activity';
import {AppDetails} from './app_details';
import {Chats} from './chats';
import {Gallery} from './gallery';
import {Notices} from './notices';
import {Panel} from './panel';
import {AppIcon, Avatar} from './parts';
import {Privacy} from './privacy';
import {ReceiptView} from './receipt';
import {SettingsScreen} from './settings';
import {WalletScreen} from './wallet';

const sections: {name: Section; icon: IconName}[] = [
  {name: 'chats', icon: 'chat'},
  {name: 'apps', icon: 'apps'},
  {name: 'wallet', icon: 'wallet'},
  {name: 'notices', icon: 'bell'},
  {name: 'privacy', icon: 'shield'},
  {name: 'activity', icon: 'activity'},
];

const unreadChats = (page: Page) => page.chats.reduce((sum, chat) => sum + chat.unread, 0);
const unseenNotices = (page: Page) =>
    page.notices.filter(notice => notice.atMs > page.noticesSeenMs).length;

function Rail({section}: {section: Section}) {
  const user = use(page => page.user);
  const slots = use(page => page.slots);
  const shown = use(page => page.shown);
  const counts: Partial<Record<Section, number>> = {
    chats: use(unreadChats),
    notices: use(unseenNotices),
  };
  return (
    <nav class="rail" aria-label={t().nav.label}>
      <ul class="rail-sections">
        {sections.map(({name, icon}) => (
          <li key={name} class={`rail-${name}`}>
            <a class="rail-link" href={`#/${name}`}
               aria-current={section === name ? 'page' : undefined}
               onClick={() => hideOnPhone()}>
              <span class="rail-icon">
                <Icon name={icon} />
                {(counts[name] ?? 0) > 0 && (
                  <span class="count" aria-hidden="true">{counts[name]}</span>
                )}
              </span>
              <span class="rail-name">{t().nav[name as 'chats']}</span>
              {(counts[name] ?? 0) > 0 && (
                <span class="sr-only">{t().nav.unread(counts[name]!)}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
      {slots.length > 0 && (
        <ul class="rail-running" aria-label={t().nav.running}>
          {slots.map(slot => {
            const name = slot.open?.appName ?? slot.app;
            return (
              <li key={slot.key}>
                <button type="button" class="rail-app" aria-label={t().chats.openApp(name)}
                        title={name} aria-pressed={slot.key === shown}
                        onClick={() => show(slot.key)}>
                  <AppIcon id={slot.app} name={name} size="small" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <a class="rail-me" href="#/settings" aria-label={t().nav.settings} title={user?.name}
         aria-current={section === 'settings' ? 'page' : undefined} onClick={() => hideOnPhone()}>
        <Avatar name={user?.name ?? '?'} size="small" />
        <span class="rail-name">{t().nav.settings}</span>
      </a>
    </nav>
  );
}

const phone = matchMedia('(max-width: 760px)');

/// On a phone a mini-app covers the section; whoever goes to another section puts it away.
function hideOnPhone(): void {
  if (phone.matches) show(null);
}

/// Whether the window is as narrow as a phone's, where a mini-app covers the section.
function usePhone(): boolean {
  const [narrow, setNarrow] = useState(phone.matches);
  useEffect(() => {
    const follow = () => setNarrow(phone.matches);
    phone.addEventListener('change', follow);
    return () => phone.removeEventListener('change', follow);
  }, []);
  return narrow;
}

function Banner() {
  const link = use(page => page.link);
  return (
    <div class={`banner banner-${link}`} role="status">
      {link === 'lost' && (
        <>
          <span class="ring" aria-hidden="true" />
          {t().link.lost}
        </>
      )}
    </div>
  );
}

export function Shell() {
  const route = use(page => page.route);
  const shown = use(page => page.shown);
  const full = use(page => page.full);
  const details = use(page => page.details);
  const receipt = use(page => page.receipt);
  const slot = use(page => page.slots.find(item => item.key === page.shown) ?? null);
  const {section, id} = parseRoute(route);
  const main = useRef<HTMLElement>(null);
  useTitle(section);
  const skip = (event: Event) => {
    event.preventDefault();
    main.current?.focus();
  };
  const covered = usePhone() && slot !== null;
  const layout = shown === null ? 'without-panel' : full ? 'panel-full' : 'with-panel';
  const inside = section === 'chats' && id !== null ? 'in-chat' : '';
  return (
    <div class={`shell ${layout} ${inside}`}>
      <a class="skip" href="#main" onClick={skip}>{t().common.skip}</a>
      <Banner />
      <Rail section={section} />
      <main id="main" class="main" tabIndex={-1} ref={main} inert={covered}>
        {section === 'chats' && <Chats id={id} />}
        {section === 'apps' && <Gallery />}
        {section === 'wallet' && <WalletScreen />}
        {section === 'notices' && <Notices />}
        {section === 'privacy' && <Privacy />}
        {section === 'activity' && <Activity />}
        {section === 'settings' && <SettingsScreen />}
      </main>
      {slot !== null && <Panel key={slot.key} slot={slot} />}
      {details !== null && <AppDetails id={details} />}
      {receipt !== null && <ReceiptView id={receipt} />}
    </div>
  );
}

function useTitle(section: Section): void {
  const hostName = use(page => page.hostName);
  const unread = use(unreadChats);
  const name = t().nav[section as 'chats'];
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${name} · ${hostName}`;
  }, [unread, name, hostName]);
}

/// A notice or a message leads here.
export function follow(link: {chat?: string; app?: string}): void {
  if (link.chat !== undefined) go('chats', link.chat);
  else if (link.app !== undefined) update({details: link.app});
}
