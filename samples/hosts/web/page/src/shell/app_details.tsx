// What a mini-app is and what it may ask for, before it is opened.

import {openApp} from '../core/slots';
import {update, use} from '../core/store';
import {Icon} from '../icons/icon';
import type {IconName} from '../icons/icons';
import {byteSize} from '../texts/format';
import {t} from '../texts/texts';
import type {App, AppPermission} from '../core/types';
import {AppIcon, IconButton, Modal} from './parts';

/// The part before the dot says what a permission is about.
const icons: Record<string, IconName> = {
  identity: 'user',
  payments: 'wallet',
  messages: 'chat',
  device: 'camera',
  storage: 'box',
  support: 'help',
  net: 'link',
};
export const permissionIcon = (name: string): IconName =>
    name === 'identity.phone' ? 'phone' : icons[name.split(/[.:]/)[0] ?? ''] ?? 'key';

const scaleMax = 20;

export function AppDetails({id}: {id: string}) {
  const app = use(page => page.apps.find(item => item.id === id));
  const close = () => update({details: null});
  if (app === undefined) return null;
  return (
    <Modal label={app.name} onClose={close} className="modal-details">
      <header class="details-head">
        <AppIcon id={app.id} name={app.name} size="huge" />
        <div class="details-names">
          <h2>{app.name}</h2>
          <p>{app.operator}</p>
        </div>
        <IconButton icon="close" label={t().common.close} onClick={close} />
      </header>
      <div class="details-body" tabIndex={0} role="group" aria-label={t().apps.details}>
        <p class="details-text">{app.description}</p>
        <Permissions list={app.permissions} />
        <PrivacyPoints app={app} />
        <dl class="facts">
          <div><dt>{t().apps.operator}</dt><dd>{app.operator}</dd></div>
          <div><dt>{t().apps.version}</dt><dd>{app.version}</dd></div>
          <div><dt>{t().apps.size}</dt><dd>{byteSize(app.size)}</dd></div>
        </dl>
      </div>
      <footer class="modal-foot">
        <button type="button" class="button button-primary button-wide"
                aria-label={t().chats.openApp(app.name)} onClick={() => void openApp(app.id)}>
          {t().common.open}
        </button>
      </footer>
    </Modal>
  );
}

function Permissions({list}: {list: AppPermission[]}) {
  return (
    <section class="details-part">
      <h3>{t().apps.permissions}</h3>
      {list.length === 0 && <p class="quiet">{t().apps.noPermissions}</p>}
      <ul class="permissions">
        {list.map(({name, title, reason, required}) => (
          <li key={name}>
            <span class="permission-icon"><Icon name={permissionIcon(name)} /></span>
            <span class="permission-words">
              <b>{title}</b>
              {reason !== '' && <span class="quiet">{t().common.quoted(reason)}</span>}
            </span>
            <span class={`tag ${required ? 'tag-strong' : ''}`}>
              {required ? t().apps.required : t().apps.optional}
            </span>
          </li>
        ))}
      </ul>
      {list.length > 0 && <p class="quiet small">{t().apps.asks}</p>}
    </section>
  );
}

function PrivacyPoints({app}: {app: App}) {
  const points = app.privacyPoints;
  return (
    <section class="details-part">
      <h3>{t().apps.privacy}</h3>
      <div class="budget">
        <progress class={points > scaleMax / 2 ? 'meter meter-high' : 'meter'} value={points}
                  max={Math.max(scaleMax, points)} aria-label={t().apps.privacy} />
        <b>{t().apps.points(points)}</b>
      </div>
      <p class="quiet small">{t().apps.pointsText}</p>
    </section>
  );
}
